"""Turns HTML, from mails and saved pages, into the paragraphs that its reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.model import Style
from coder.ingest.charsets import decode_declared

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DEEPEST = 256
"""How deep elements may nest. Beyond it the parser's time grows with the square of the depth."""

_BLOCKS = frozenset(
    re.findall(
        r"[\w-]+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p "
        "pre section summary table tbody td tfoot th thead tr ul",
    )
)
_UNSEEN = frozenset(
    re.findall(
        r"[\w-]+",
        "audio canvas datalist head iframe math object script style svg template title video",
    )
)
_VOID = frozenset(
    re.findall(r"[\w-]+", "area base br col embed hr img input link meta source track wbr")
)
_SELF_CLOSING = frozenset(re.findall(r"[\w-]+", "dd dt li option p td th tr tbody thead tfoot"))
_HEADINGS = frozenset(re.findall(r"[\w-]+", "h1 h2 h3 h4 h5 h6"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_INVISIBLE = re.compile("[\\s\u00ad\u034f\u200b-\u200f\u2060\ufeff]*")
_TALLEST_CELL = 3


def html_parts(markup: str | bytes) -> list[tuple[str, Style]]:
    """The visible paragraphs of a page in reading order, each with its style.

    A list item begins with its number or bullet and a tab; a row of a table is one paragraph with
    its cells joined by tabs, unless the table only arranges the page; a line break stays inside
    its paragraph and two of them end it. Bytes are read by their byte order mark, the declared
    character set, UTF-8 or Windows-1252, in this order.
    """
    from selectolax.lexbor import LexborHTMLParser

    if isinstance(markup, bytes):
        declared = _META_CHARSET.search(markup[:2048])
        name = declared[1].decode("ascii", "replace") if declared else ""
        markup = decode_declared(markup, name)[0]
    tree = LexborHTMLParser(_shallow(markup))
    walk = _Walk()
    if tree.root is not None:
        walk.through(tree.root)
    return [(text, style) for text, style in walk.parts if not _INVISIBLE.fullmatch(text)]


def _shallow(markup: str) -> str:
    """The markup without the tags that nest deeper than `_DEEPEST`; where one of them would have
    begun a paragraph, one still begins."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        name = match[2].lower()
        if name in _VOID or name in _SELF_CLOSING:
            return match[0]
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth + bool(match[1]) <= _DEEPEST:
            return match[0]
        return "<p>" if name in _BLOCKS else ""

    return _TAG.sub(keep, markup.replace("\0", ""))


@dataclass
class _List:
    """A list that is being walked through: how its next item is marked."""

    ordered: bool
    letters: bool
    next: int

    def mark(self, value: str | None) -> str:
        if not self.ordered:
            return "•\t"
        if value and value.isdecimal():
            self.next = int(value[:9])
        self.next += 1
        number = self.next - 1
        return f"{_letter(number) if self.letters else number}.\t"


def _letter(number: int) -> str:
    return chr(96 + number) if 0 < number <= 26 else str(number)


@dataclass
class _Row:
    """A row of a table: where in the parts each of its cells begins."""

    cells: list[int] = field(default_factory=list)
    nested: bool = False


@dataclass
class _Walk:
    """One pass through a page, which gathers its parts."""

    parts: list[tuple[str, Style]] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    mark: str = ""
    lists: list[_List] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    quotes: int = 0
    headings: int = 0
    verbatim: int = 0

    def through(self, root: LexborNode) -> None:
        """Goes through the tree without recursion, so that depth costs nothing."""
        open_nodes: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            below = node.first_child if self._enter(node) else None
            if below is not None:
                open_nodes.append(node)
                node = below
                continue
            self._leave(node)
            while node.next is None and open_nodes:
                node = open_nodes.pop()
                self._leave(node)
            node = node.next if open_nodes else None
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Whether what is inside the node is to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._write(node.text_content or "")
            return False
        if tag == "br":
            self._break()
            return False
        if tag in _UNSEEN or tag.startswith(("-", "!")) or _hidden(node):
            return False
        if tag in _BLOCKS:
            self._flush()
            self._open(tag, node)
        return True

    def _open(self, tag: str, node: LexborNode) -> None:
        if tag in ("ul", "ol", "menu"):
            self.lists.append(_list(tag, node))
        elif tag == "li":
            self.mark = self.lists[-1].mark(node.attributes.get("value")) if self.lists else "•\t"
        elif tag == "table" and self.rows:
            self.rows[-1].nested = True
        elif tag == "tr":
            self.rows.append(_Row())
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].cells.append(len(self.parts))
        self.quotes += tag == "blockquote"
        self.headings += tag in _HEADINGS
        self.verbatim += tag == "pre"

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in _BLOCKS or _hidden(node):
            return
        self._flush()
        if tag in ("ul", "ol", "menu"):
            self.lists.pop()
        elif tag == "li":
            self.mark = ""
        elif tag == "tr":
            self._join(self.rows.pop())
        self.quotes -= tag == "blockquote"
        self.headings -= tag in _HEADINGS
        self.verbatim -= tag == "pre"

    def _write(self, text: str) -> None:
        if not self.verbatim:
            text = _SPACE.sub(" ", text)
            if not self.line or self.line[-1][-1] in " \n":
                text = text.lstrip(" ")
        if text:
            self.line.append(text)

    def _break(self) -> None:
        if self.line and self.line[-1] == "\n":
            self._flush()
        else:
            self.line.append("\n")

    def _flush(self) -> None:
        """Ends the paragraph."""
        text = "".join(self.line)
        self.line.clear()
        blocks = re.split(r"\n\s*\n", text) if self.verbatim else [text]
        for block in blocks:
            lines = block.split("\n") if self.verbatim else map(str.strip, block.split("\n"))
            kept = "\n".join(lines).strip("\n").rstrip()
            if not _INVISIBLE.fullmatch(kept):
                self.parts.append((self.mark + kept, self._style()))
                self.mark = ""

    def _style(self) -> Style:
        if self.headings:
            return Style.HEADING
        if self.quotes:
            return Style.REPLY
        return Style.LIST if self.lists else Style.BODY

    def _join(self, row: _Row) -> None:
        """Makes one part of a row's cells, where the row is one of a table of data."""
        if row.nested or not row.cells:
            return
        ends = [*row.cells[1:], len(self.parts)]
        cells = [self.parts[start:end] for start, end in zip(row.cells, ends, strict=True)]
        filled = [cell for cell in cells if cell]
        if len(filled) < 2 or max(map(len, filled)) > _TALLEST_CELL:
            return
        texts = [" ".join(text.replace("\n", " ") for text, _ in cell) for cell in cells]
        style = filled[0][0][1]
        del self.parts[row.cells[0] :]
        reply = style is Style.REPLY
        self.parts.append(("\t".join(texts).rstrip(), Style.REPLY if reply else Style.TABLE))


def _list(tag: str, node: LexborNode) -> _List:
    start = node.attributes.get("start") or ""
    first = int(start[:9]) if start.isdecimal() else 1
    return _List(tag == "ol", (node.attributes.get("type") or "") in ("a", "A"), first)


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
