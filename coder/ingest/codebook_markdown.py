"""Reads a codebook in Markdown or plain text as lines: headings, items of lists, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coder.ingest.codebook_lines import Kind, Line

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•▪○]|\d{1,3}[.)])[ \t]+(.*)", re.DOTALL)
_QUOTE = re.compile(r" {0,3}>")
_BEGINS = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)| {0,3}>|[ \t]*(?:[-*+•▪○]|\d{1,3}[.)])[ \t]")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});|\*+|__|`")
_OPEN_END = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_RULE = re.compile(r"\s*(?:[-=_*]\s*){3,}")
_LARGEST = 0x10FFFF


def markdown_lines(text: str) -> Iterator[Line]:
    """The text as lines. A line that ends in a hard break goes on in the next; what follows an item
    or a paragraph without an empty line between belongs to it."""
    held: list[str] = []
    for line in [*text.split("\n"), ""]:
        if held and _OPEN_END.search(held[-1]):
            held[-1] = held[-1][:-1]
            held.append(line)
        elif not held or not line.strip() or _BEGINS.match(line) or _HEADING.fullmatch(held[0]):
            if held:
                yield _line("\n".join(held))
            held = [line] if line.strip() else []
        else:
            held.append(line)


def _line(text: str) -> Line:
    heading = _HEADING.fullmatch(text)
    if heading:
        return Line(Kind.HEADING, len(heading[1]), _plain(heading[2] or ""))
    if _QUOTE.match(text) or _RULE.fullmatch(text):
        return Line(Kind.ASIDE, 0, "")
    item = _ITEM.fullmatch(text)
    if item:
        return Line(Kind.ITEM, len(item[1].expandtabs(4)), _plain(item[2]))
    return Line(Kind.BODY, 0, _plain(text))


def _plain(text: str) -> str:
    """The text without the marks of Markdown; signs that were written as such stay."""
    return _MARKS.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[2]:
        return chr(int(match[2])) if 0 < int(match[2]) <= _LARGEST else ""
    return ""
