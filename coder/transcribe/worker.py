"""The process that transcribes, hears passages again, and times words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from coder.transcribe import devices
from coder.transcribe.engine import Engine, Options, without_lead
from coder.transcribe.serving import Message, Request, serve

if TYPE_CHECKING:
    from coder.transcribe.audio import Block, Samples
    from coder.transcribe.speech import Turn

    Planned = tuple[Block, list[Turn]]


def work(request: Request) -> Iterator[Message]:
    """The messages for a request, which says in `do` what it asks for. Raises EvidenceError.

    First comes `device`, before it `trying` where a graphics card is tried. `load` wants no more.
    `transcribe`: a `piece` and `progress` for each turn, and a `note` for what a person must know
    about the recording; with `from_ms`, the end of a piece that is kept, the same turns are made
    as without, and those before are left out. `hear`: a `piece` for each of `spans`, whether
    anybody is found to speak there or not. `align`: `words` for each of `texts`.
    """
    if "path" in request:
        _refuse_unplayable(request)
    if request["device"] == devices.AUTO and devices.has_graphics(request["engine"]):
        yield {"event": "trying"}
    engine = devices.load(
        request["engine"],
        Path(request["model"]),
        request["model_name"],
        threads=request["threads"],
        device=request["device"],
    )
    yield {"event": "device", "device": engine.device}
    acts = {"transcribe": _transcribe, "hear": _hear, "align": _align}
    if request["do"] in acts:
        yield from acts[request["do"]](engine, request)


def _refuse_unplayable(request: Request) -> None:
    """Raises Unreadable before a model is loaded for nothing."""
    from coder.transcribe.audio import open_sound

    with open_sound(
        Path(request["path"]), request["track"], request["name"], apart=request["apart"]
    ):
        return


def _transcribe(engine: Engine, request: Request) -> Iterator[Message]:
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
                    yield {"event": "piece", **piece.as_json()}
                    yield _progress(end_ms, sound.duration_ms)
        for problem in sound.problems:
            yield {"event": "note", "what": problem}


def _hear(engine: Engine, request: Request) -> Iterator[Message]:
    from coder.transcribe.pieces import heard_whole

    options = Options.from_json(request["options"])
    for done, span in enumerate(request["spans"], 1):
        piece = heard_whole(engine, _stretch(request, span), span, options)
        yield {"event": "piece", **piece.as_json()}
        yield _progress(done, len(request["spans"]))


def _align(engine: Engine, request: Request) -> Iterator[Message]:
    options = Options.from_json(request["options"])
    for done, asked in enumerate(request["texts"], 1):
        apart = asked["voice"] > 0
        voices = _stretch({**request, "apart": apart}, asked["span"])
        samples = voices[asked["voice"] - 1 if apart else 0]
        words = without_lead(engine.align(samples, asked["span"][0], asked["text"], options))
        yield {"event": "words", "words": [asdict(word) for word in words]}
        yield _progress(done, len(request["texts"]))


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


def _progress(done: int, total: int) -> Message:
    return {"event": "progress", "done": done, "total": max(done, total)}


if __name__ == "__main__":
    serve(work)
