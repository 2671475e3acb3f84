"""Tells texts apart by their lines: subtitles, tables, posts. Anything doubtful is a plain text."""

from __future__ import annotations

import re

from coder.ingest.looks import Look, plain_text

_NAMED_SUBTITLES = (".vtt", ".srt", ".sbv")
_NAMED_TABLES = (".csv", ".tsv", ".tab")
_NAMED_TEXTS = ("", ".txt", ".text")


def subtitles(look: Look) -> bool:
    """Subtitles by their first words or a first line with times; in a file that is named so, a
    line with times anywhere near the start."""
    from coder.ingest.timed.subtitles import is_timing

    text = _text(look, 16 * 1024)
    if text is None:
        return False
    if re.match(r"\s*WEBVTT(?:\s|$)", text, re.IGNORECASE):
        return True
    lines = [line for line in text.split("\n", 400) if line.strip()]
    if look.ending in _NAMED_SUBTITLES:
        return any(map(is_timing, lines))
    first = lines[1:2] if lines and lines[0].strip().isdigit() else lines[:1]
    return any(map(is_timing, first))


def table(look: Look) -> bool:
    """A table by its name and its content: most rows have as many cells as the headings."""
    from coder.ingest.grid import regular

    if look.ending not in _NAMED_TABLES:
        return False
    text = _text(look, len(look.head))
    return text is not None and regular(text, look.whole)


def posts(look: Look) -> bool:
    """Posts copied from a page, and nothing else."""
    from coder.ingest.posts import all_posts

    if look.ending not in _NAMED_TEXTS or b"@" not in look.head.replace(b"\0", b""):
        return False
    text = _text(look, len(look.head))
    return text is not None and all_posts(text if look.whole else text.rpartition("\n\n")[0])


def _text(look: Look, most: int) -> str | None:
    """The start of a file as text; None where it is none."""
    from coder.ingest.text import decode

    return decode(look.head[:most]) if plain_text(look) else None
