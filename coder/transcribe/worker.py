"""The process that transcribes: one request as a line of JSON in, lines of JSON out.

It ends at once when told `cancel` or when whoever started it is gone; everything it said before
stands, since each line is sent off whole.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.errors import EvidenceError, Unreadable
from coder.transcribe import machine
from coder.transcribe.engine import Engine, Options

if TYPE_CHECKING:
    from coder.transcribe.audio import Block
    from coder.transcribe.speech import Span

    Spoken = tuple[Block, list[Span]]

STOPPED = 3
"""The exit code of a process that was told to stop."""

_ENGINES = {
    "faster-whisper": ("coder.transcribe.faster", "FasterWhisper"),
    "whisper": ("coder.transcribe.openai", "OpenAIWhisper"),
}


def main() -> int:
    """Serves one request to transcribe, or to load a model."""
    return serve(work)


def serve(work: Callable[[Mapping[str, Any]], Iterable[dict[str, Any]]]) -> int:
    """Serves one request by doing this work. Standard output carries messages only: what a library
    prints is sent to standard error."""
    out = os.dup(1)
    os.dup2(2, 1)
    lines = _lines()
    request = json.loads(next(lines))
    threading.Thread(target=_obey, args=(lines,), daemon=True).start()
    try:
        for message in work(request):
            _send(out, message)
        _send(out, {"event": "done"})
    except EvidenceError as problem:
        unreadable = isinstance(problem, Unreadable)
        _send(
            out,
            {
                "event": "error",
                "unreadable": unreadable,
                "what": problem.what,
                "remedy": problem.remedy,
            },
        )
    return 0


def work(request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages for a request: `info`, then `segment` and `progress` as it goes, and `note`
    for what a person must know about the recording. Raises EvidenceError.

    A request without a recording (`path`) only loads the model. With `from_ms` the same pieces are
    listened to as without, so that what comes after is the same too; only what ends before is left
    out.
    """
    if "path" not in request:
        load(request["engine"], Path(request["model"]), request["name"])
        return
    from coder.transcribe.audio import open_sound

    options = Options(**request["options"])
    from_ms = request["from_ms"]
    with open_sound(Path(request["path"]), request["track"], request["name"]) as sound:
        total = sound.duration_ms
        yield {"event": "info", "duration_ms": total}
        engine = load(request["engine"], Path(request["model"]))
        for block, spans in _ahead(_spoken(sound.blocks(), options, from_ms)):
            for start, end in spans:
                if _ms(block.start + end) <= from_ms:
                    continue
                offset_ms = _ms(block.start + start)
                for heard in engine.transcribe(block.samples[start:end], offset_ms, options):
                    if (heard.start_ms + heard.end_ms) // 2 > from_ms:
                        yield {"event": "segment", **heard.as_json()}
                yield _progress(block.start + end, total)
            yield _progress(block.end, total)
        for problem in sound.problems:
            yield {"event": "note", "what": problem}


def _spoken(blocks: Iterable[Block], options: Options, from_ms: int) -> Iterator[Spoken]:
    """Each block with the chunks of speech in it, none where all of it is known already."""
    from coder.transcribe.speech import chunks

    for block in blocks:
        yield block, chunks(block.samples, options) if _ms(block.end) > from_ms else []


def _ahead(items: Iterator[Spoken]) -> Iterator[Spoken]:
    """The same items, the next being made in a thread of its own while one is in use: the engine
    then does not wait for the next stretch of sound to be decoded."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def _progress(place: int, total_ms: int) -> dict[str, Any]:
    return {"event": "progress", "done_ms": _ms(place), "total_ms": max(_ms(place), total_ms)}


def _ms(samples: int) -> int:
    from coder.transcribe.audio import RATE

    return samples * 1000 // RATE


def load(engine: str, model: Path, name: str = "") -> Engine:
    """The engine of that name with the model loaded, which errors call by `name`. Raises
    EvidenceError."""
    module, kind = _ENGINES[engine]
    make = getattr(importlib.import_module(module), kind)
    made: Engine = make(model, machine.threads(), name)
    return made


def _lines() -> Iterator[bytes]:
    """Lines of standard input, read without a lock that the end of the process would wait for."""
    held = b""
    while piece := os.read(0, 65536):
        held += piece
        *whole, held = held.split(b"\n")
        yield from whole


def _obey(lines: Iterator[bytes]) -> None:
    for line in lines:
        if line.strip() == b"cancel":
            break
    os._exit(STOPPED)


def _send(out: int, message: Mapping[str, Any]) -> None:
    line = json.dumps(message, ensure_ascii=False).encode() + b"\n"
    while line:
        line = line[os.write(out, line) :]


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)
