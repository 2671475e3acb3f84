"""Reads plain text and Markdown, in whatever encoding and with whatever line ends it comes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ingest.charset_guess import foreign
from coder.ingest.mail.folds import fold_pasted

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARKS = tuple(mark for mark, _ in _MARKS)
"""With what a text begins that has a byte order mark."""

_WINDOWS = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

_WRAPPED_AT = 120
_ITEM = re.compile(r"\s*(?:[-*+•–]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z])[.)])\s+\S")
_QUOTED = re.compile(r"\s{0,3}>")
_HASHES = re.compile(r"\s{0,3}#{1,6}(?:[ \t]+|$)")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*")

Part = tuple[str, Style]


def decode(data: bytes) -> str:
    """The text of `data` with line feeds as line ends.

    A byte order mark decides; then UTF-8 where it is valid; then Windows-1252, in the form of the
    WHATWG Encoding Standard, which has a character for every byte, unless the words are clearly
    of another code page. Never raises.
    """
    return decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """The text of `data` as `decode` tells it, with its own line ends."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        other = foreign(data)
        return (
            data.decode(other, "replace") if other else data.decode("latin-1").translate(_WINDOWS)
        )


def read_text(text: str) -> tuple[str, tuple[Paragraph, ...]]:
    """Plain text as paragraphs: blocks between blank lines, or lines where there are none.

    Every visible character is kept. In a block, a line longer than a wrapped one would be, an item
    of a list and a quoted line stand for themselves. Of a mail that was pasted into a file,
    signature and earlier mails are marked.
    """
    return lay_out(fold_pasted(list(_plain_parts(text))))


def read_markdown(text: str) -> tuple[str, tuple[Paragraph, ...]]:
    """Markdown as paragraphs, verbatim but for the marks of headings, which become their style."""
    return lay_out(_markdown_parts(text))


def _plain_parts(text: str) -> Iterator[Part]:
    lines = text.split("\n")
    if all(line.strip() for line in lines[:-1]):
        yield from ((line, _line_style(line)) for line in lines)
        return
    for block in _blocks(lines):
        yield from _paragraphs(block)


def _markdown_parts(text: str) -> Iterator[Part]:
    in_code = False
    for block in _blocks(text.split("\n")):
        rest: list[str] = []
        for line in block:
            in_code ^= _FENCE.match(line) is not None
            if in_code:
                rest.append(line)
            elif _HASHES.match(line):
                yield from _paragraphs(rest)
                rest = []
                yield _HASHES.sub("", line), Style.HEADING
            elif len(rest) == 1 and _UNDERLINE.fullmatch(line) and not _ITEM.match(rest[0]):
                yield rest.pop(), Style.HEADING
            else:
                rest.append(line)
        yield from _paragraphs(rest)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines that are not blank."""
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _paragraphs(block: list[str]) -> Iterator[Part]:
    """The paragraphs of a block, whose wrapped lines stay lines of one paragraph."""
    wrapped = all(len(line) <= _WRAPPED_AT for line in block)
    held: list[str] = []
    for line in block:
        begins = not wrapped or _ITEM.match(line)
        if held and (begins or bool(_QUOTED.match(line)) != bool(_QUOTED.match(held[0]))):
            yield "\n".join(held), _line_style(held[0])
            held = []
        held.append(line)
    if held:
        yield "\n".join(held), _line_style(held[0])


def _line_style(line: str) -> Style:
    if _QUOTED.match(line):
        return Style.REPLY
    return Style.LIST if _ITEM.match(line) else Style.BODY
