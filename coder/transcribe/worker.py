"""The process that transcribes: one request as a line of JSON in, lines of JSON out.

It ends at once when told `cancel` or when whoever started it is gone; everything it said before
stands, since each line is sent off whole.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.errors import EvidenceError, Unreadable
from coder.transcribe.devices import load
from coder.transcribe.engine import Engine, Options, without_lead

if TYPE_CHECKING:
    from coder.transcribe.audio import Block, Samples
    from coder.transcribe.speech import Turn

    Planned = tuple[Block, list[Turn]]

Request = Mapping[str, Any]
Tell = Callable[[dict[str, Any]], None]

STOPPED = 3
"""The exit code of a process that was told to stop."""


def main() -> int:
    """Serves one request. Standard output carries messages only: what a library prints is sent to
    standard error."""
    out = os.dup(1)
    os.dup2(2, 1)
    lines = _lines()
    request = json.loads(next(lines))
    threading.Thread(target=_obey, args=(lines,), daemon=True).start()
    try:
        work(request, lambda message: _send(out, message))
        _send(out, {"event": "done"})
    except EvidenceError as problem:
        _send(
            out,
            {
                "event": "error",
                "unreadable": isinstance(problem, Unreadable),
                "what": problem.what,
                "remedy": problem.remedy,
            },
        )
    return 0


def work(request: Request, tell: Tell) -> None:
    """Does what a request asks for in `do`, and tells of it in messages. Raises EvidenceError.

    First comes `device`, before it `trying` where a graphics card is tried. `load` wants no more.
    `transcribe`: a `piece` and `progress` for each turn, and a `note` for what a person must know
    about the recording; with `from_ms`, the end of a piece that is kept, the same turns are made
    as without, and those before are left out. `hear`: a `piece` for each of `spans`, whether
    anybody is found to speak there or not. `align`: `words` for each of `texts`.
    """
    if "path" in request:
        _refuse_unplayable(request)
    engine = load(
        request["engine"],
        Path(request["model"]),
        request["model_name"],
        threads=request["threads"],
        device=request["device"],
        trying=lambda: tell({"event": "trying"}),
    )
    tell({"event": "device", "device": engine.device})
    act = {"load": _load, "transcribe": _transcribe, "hear": _hear, "align": _align}
    act[request["do"]](engine, request, tell)


def _refuse_unplayable(request: Request) -> None:
    """Raises Unreadable before a model is loaded for nothing."""
    from coder.transcribe.audio import open_sound

    with open_sound(
        Path(request["path"]), request["track"], request["name"], apart=request["apart"]
    ):
        return


def _load(engine: Engine, request: Request, tell: Tell) -> None:
    del engine, request, tell


def _transcribe(engine: Engine, request: Request, tell: Tell) -> None:
    from coder.transcribe.pieces import heard_in, ms

    options = Options.from_json(request["options"])
    from_ms = request["from_ms"]
    path, name, apart = Path(request["path"]), request["name"], request["apart"]
    with engine.decode(path, request["track"], name, apart=apart) as sound:
        for block, turns in _ahead(_planned(engine, sound.blocks(), options, from_ms)):
            for turn in turns:
                end_ms = ms(block.start + turn.end)
                if end_ms > from_ms:
                    piece = heard_in(engine, block, turn, options)
                    tell({"event": "piece", **piece.as_json()})
                    tell(_progress(end_ms, sound.duration_ms))
        for problem in sound.problems:
            tell({"event": "note", "what": problem})


def _hear(engine: Engine, request: Request, tell: Tell) -> None:
    from coder.transcribe.pieces import heard_whole

    options = Options.from_json(request["options"])
    for done, span in enumerate(request["spans"], 1):
        piece = heard_whole(engine, _stretch(request, span), span, options)
        tell({"event": "piece", **piece.as_json()})
        tell(_progress(done, len(request["spans"])))


def _align(engine: Engine, request: Request, tell: Tell) -> None:
    options = Options.from_json(request["options"])
    for done, asked in enumerate(request["texts"], 1):
        apart = asked["voice"] > 0
        voices = _stretch({**request, "apart": apart}, asked["span"])
        samples = voices[asked["voice"] - 1 if apart else 0]
        words = without_lead(engine.align(samples, asked["span"][0], asked["text"], options))
        tell({"event": "words", "words": [asdict(word) for word in words]})
        tell(_progress(done, len(request["texts"])))


def _stretch(request: Request, span: Sequence[int]) -> tuple[Samples, ...]:
    from coder.transcribe.audio import stretch

    path, name, apart = Path(request["path"]), request["name"], request["apart"]
    return stretch(path, span[0], span[1], request["track"], name, apart=apart)


def _planned(
    engine: Engine, blocks: Iterable[Block], options: Options, from_ms: int
) -> Iterator[Planned]:
    """Each block with its turns, none where all of it is known already."""
    from coder.transcribe.pieces import ms

    for block in blocks:
        yield block, engine.plan(block, options) if ms(block.end) > from_ms else []


def _ahead(items: Iterator[Planned]) -> Iterator[Planned]:
    """The same items, the next being made in a thread of its own while one is in use: the engine
    then does not wait for the next stretch of sound to be decoded."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def _progress(done: int, total: int) -> dict[str, Any]:
    return {"event": "progress", "done": done, "total": max(done, total)}


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
