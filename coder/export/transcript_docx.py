"""Writes a transcript as a Word document in the looks of a quote pack, to be read and marked up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coder.domain.text import clock
from coder.export.docx_package import assemble
from coder.export.docx_words import is_from_right, paragraph, runs
from coder.export.transcript_sheet import KIND, Sheet, Turn, turns

_REMARK = '<w:rStyle w:val="Remark"/>'
_PAUSE = '<w:i/><w:color w:val="5B646C"/>'


def write(sheet: Sheet, template: Path) -> bytes:
    """The transcript as a `.docx`, made from the Word file `template`. Raises EvidenceError where
    the template cannot be used."""
    title = f"{sheet.heading} · internal"
    return assemble(template, "".join(_body(sheet)), title, KIND, sheet.created)


def _body(sheet: Sheet) -> Iterator[str]:
    yield paragraph("Kicker", f"{KIND} · {sheet.inquiry}" if sheet.inquiry else KIND)
    yield paragraph("Title", sheet.heading)
    yield paragraph("PackSummary", sheet.summary())
    internal, *others = sheet.notes()
    yield f'<w:p><w:pPr><w:pStyle w:val="PackNote"/></w:pPr>{runs(internal, "<w:b/>")}</w:p>'
    for note in others:
        look = _REMARK if sheet.draft and note == sheet.standing else ""
        yield f'<w:p><w:pPr><w:pStyle w:val="PackNote"/></w:pPr>{runs(note, look)}</w:p>'
    for turn in turns(sheet):
        if turn.pause:
            yield f"<w:p>{runs(turn.pause, _PAUSE)}</w:p>"
        yield from _turn(turn, times=sheet.times)
    yield paragraph("PackEnd", "")


def _turn(turn: Turn, *, times: bool) -> Iterator[str]:
    """A line that says who speaks, and when, above what they say."""
    time = clock(turn.start_ms) if times else ""
    if turn.speaker or time:
        between = "  " if turn.speaker and time else ""
        said = runs(turn.speaker, "<w:b/>") if turn.speaker else ""
        said += runs(f"{between}{time}") if time else ""
        yield f'<w:p><w:pPr><w:pStyle w:val="Turn"/></w:pPr>{said}</w:p>'
    whole = " ".join(piece.text for piece in turn.pieces)
    side = is_from_right(whole)
    parts = [
        runs(piece.text, _PAUSE) if piece.pause else runs(piece.text, from_right=side)
        for piece in turn.pieces
    ]
    bidi = "<w:pPr><w:bidi/></w:pPr>" if side else ""
    yield f"<w:p>{bidi}{runs(' ').join(parts)}</w:p>"
