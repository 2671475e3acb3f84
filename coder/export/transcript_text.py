"""Writes a transcript as plain text: a paragraph for each turn, with its time and speaker."""

from __future__ import annotations

from collections.abc import Iterator

from coder.domain.text import clock
from coder.export.transcript_sheet import KIND, Sheet, Turn, turns
from coder.export.wording import printable


def write(sheet: Sheet) -> bytes:
    """The transcript as text in UTF-8, paragraphs parted by blank lines."""
    return (printable("\n\n".join(_blocks(sheet))) + "\n").encode()


def _blocks(sheet: Sheet) -> Iterator[str]:
    heading = f"{KIND}: {_line(sheet.heading)}"
    yield f"{heading}\n{'=' * len(heading)}"
    yield "\n".join(filter(None, (_line(sheet.inquiry), sheet.summary())))
    yield "\n".join(map(_line, sheet.notes()))
    yield "-" * len(heading)
    for turn in turns(sheet):
        if turn.pause:
            yield turn.pause
        said = " ".join(piece.text for piece in turn.pieces)
        yield f"{_before(turn, times=sheet.times)}{said}"


def _before(turn: Turn, *, times: bool) -> str:
    """What stands before the words: `[02:14] Ann: `."""
    time = f"[{clock(turn.start_ms)}] " if times else ""
    return f"{time}{turn.speaker}: " if turn.speaker else time


def _line(text: str) -> str:
    return " ".join(text.split())
