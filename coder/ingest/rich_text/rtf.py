r"""Reads Rich Text files (RTF 1.9.1) into text and paragraphs.

An own pass over the tokens: the libraries there are lose footnotes, comments, text boxes and what
follows binary data, and show hidden and deleted text. Groups are kept on a stack of our own, so
that nesting costs no recursion; what a group does not show (pictures, tables of fonts) is passed
over by its braces alone. List numbers stand in the file as text, since every writer puts them there
for older readers (`\listtext`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ingest.beside import Part, comment, fresh_margins, note_mark, unread
from coder.ingest.field_code import shown
from coder.ingest.rich_text.groups import BODY_LEVEL, Font, Group, Groups
from coder.ingest.rich_text.words import CODE_PAGES, codec

LARGEST = 256 * 1024 * 1024
"""Bytes beyond which a file is refused: pictures may lie in it as hexadecimal digits."""

_START = re.compile(rb"[\s\0\xef\xbb\xbf]*\{\s*\\rt")
_UNDEFINED = 25
_MATHS = {b"mden": "/", b"msup": "^", b"msub": "_"}


def read_rtf(source: Source) -> tuple[str, tuple[Paragraph, ...], tuple[str, ...]]:
    """The text of an RTF file, its paragraphs, and its problems as plain sentences.

    Notes follow the text, then comments, then what headers and footers say that the text does not.
    The text may be empty. Raises Unreadable for what is no RTF, is larger than `LARGEST` or nested
    beyond reason.
    """
    reader = _read(source)
    return (*lay_out(reader.parts()), tuple(reader.problems()))


def rtf_parts(source: Source, unread: Counter[str]) -> list[Part]:
    """The paragraphs alone, each with its style; adds what is not read. Raises Unreadable as
    `read_rtf` does."""
    reader = _read(source)
    unread.update(reader.unread)
    return reader.parts()


def rtf_text(data: bytes) -> str:
    """The text of an RTF document, a line for each paragraph, notes and comments behind it.

    Raises Unreadable for what is no RTF or is nested beyond reason.
    """
    return read_rtf(Source("The text", data=data))[0]


def _read(source: Source) -> _Reader:
    data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(
            f"“{source.name}” is too large for a text (more than 256 MB).",
            "Open it in Word or LibreOffice and save it as .docx.",
        )
    if not _START.match(data):
        raise Unreadable(f"“{source.name}” is no Rich Text file.", "Ask for it to be sent again.")
    reader = _Reader(data)
    try:
        reader.run()
    except ValueError as problem:
        raise Unreadable(f"“{source.name}” {problem}.", "Ask for it to be sent again.") from problem
    return reader


class _Reader(Groups):
    """What the control words of an RTF file do."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._notes: dict[int, str] = {}
        self._comments: list[Part] = []
        self._margins: list[tuple[str, str]] = []
        self._note_count = 0
        self._author = self._property = ""
        self._form: dict[bytes, int] = {}
        self._choices: list[str] = []

    def parts(self) -> list[Part]:
        """Everything there is to read, in order."""
        body = self.body.parts
        notes = [
            (f"{note_mark(count)} {text}", Style.NOTE)
            for count, text in sorted(self._notes.items())
            if text
        ]
        return [*body, *notes, *self._comments, *fresh_margins(self._margins, body)]

    def problems(self) -> Iterator[str]:
        """Sentences on what was not read."""
        yield from unread(self.unread)
        if self.cut_off:
            yield "The file breaks off before its end; what there is of it was read."

    def act(self, word: bytes, value: int | None) -> None:
        """Obeys a control word."""
        known = _ACTS.get(word)
        if known:
            known(self, word, value)
        elif self.state.aim == "form":
            self._form[word] = value or 0

    def charset(self, word: bytes, value: int | None) -> None:
        if self.state.aim == "fonts":
            self.font.signs = value == 2
            self.font.codec = CODE_PAGES.get(value or 0, "")

    def code_page(self, word: bytes, value: int | None) -> None:
        found = codec(value or 0)
        if word == b"ansicpg":
            self.codec = found or self.codec
        elif self.state.aim == "fonts" and found:
            self.font.codec = found

    def encoding(self, word: bytes, value: int | None) -> None:
        self.codec = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}[word]

    def choose_font(self, word: bytes, value: int | None) -> None:
        if self.state.aim == "fonts":
            self.font = self.fonts.setdefault(value or 0, Font())
        else:
            self.change(font=value or 0)

    def usual(self, word: bytes, value: int | None) -> None:
        self.usual_font = value or 0
        self.change(font=self.usual_font)

    def choose_style(self, word: bytes, value: int | None) -> None:
        if self.state.aim == "styles":
            self.style_at = value or 0
        else:
            self.change(style=value or 0)

    def outline(self, word: bytes, value: int | None) -> None:
        if self.state.aim == "styles":
            self.headings[self.style_at] = (value or 0) < BODY_LEVEL
        else:
            self.change(outline=value or 0)

    def paragraph(self, word: bytes, value: int | None) -> None:
        if self.state.aim == "text" and self.caught is None:
            self.story.end_paragraph(self.state.depth, heading=self._heads())

    def _heads(self) -> bool:
        return self.state.outline < BODY_LEVEL or self.headings.get(self.state.style, False)

    def in_table(self, word: bytes, value: int | None) -> None:
        self.change(depth=max(1, self.state.depth) if value != 0 else 0)

    def plain(self, word: bytes, value: int | None) -> None:
        self.change(font=self.usual_font, hidden=False, deleted=False)

    def cell(self, word: bytes, value: int | None) -> None:
        self.story.end_cell(1 if word == b"cell" else max(2, self.state.depth))

    def row(self, word: bytes, value: int | None) -> None:
        self.story.end_row(1 if word == b"row" else max(2, self.state.depth))

    def note_mark(self, word: bytes, value: int | None) -> None:
        if not self.state.beside:
            self.put(note_mark(self._note_count + 1))

    def note(self, word: bytes, value: int | None) -> None:
        self._note_count += 1
        count = self._note_count

        def end(_: Group) -> None:
            self._notes[count] = self.story.text()

        self.tell(end)

    def annotation(self, word: bytes, value: int | None) -> None:
        def end(_: Group) -> None:
            text = self.story.text()
            self._comments += [comment(self._author, text)] if text else []
            self._author = ""

        self.tell(end)

    def annotator(self, word: bytes, value: int | None) -> None:
        def end(_: Group) -> None:
            self._author = self.held()

        self.catch(end)

    def margin(self, word: bytes, value: int | None) -> None:
        def end(group: Group) -> None:
            self._margins.append((group.kind, self.story.text()))

        self.tell(end, "Header" if word.startswith(b"header") else "Footer")

    def box(self, word: bytes, value: int | None) -> None:
        def end(group: Group) -> None:
            self.story.close()
            group.story.boxes += self.story.parts

        self.tell(end)

    def label(self, word: bytes, value: int | None) -> None:
        def end(group: Group) -> None:
            label = self.held()
            if group.caught is None and self.state.aim == "text" and not group.state.hidden:
                unnamed = len(label) == 1 and not label.isalnum()
                group.story.label = "•" if unnamed else label

        self.catch(end)

    def name(self, word: bytes, value: int | None) -> None:
        def end(_: Group) -> None:
            self._property = self.held()

        self.catch(end)

    def value(self, word: bytes, value: int | None) -> None:
        """A property of a drawing, of which WordArt's is text."""

        def end(group: Group) -> None:
            if self._property == "gtextUNICODE":
                group.story.boxes.append((self.held(), Style.BODY))

        if self._property == "gtextUNICODE":
            self.catch(end)

    def instruction(self, word: bytes, value: int | None) -> None:
        """What a field is; signs (`SYMBOL 183 \\f Symbol`), prompts and form boxes have no
        result."""

        def end(group: Group) -> None:
            unseen = group.state.hidden or group.state.deleted
            if group.caught is None and self.state.aim == "text" and not unseen:
                group.story.write(shown(self.held()))

        self.catch(end)

    def form_field(self, word: bytes, value: int | None) -> None:
        def end(group: Group) -> None:
            group.story.write(self._filled())

        self._form, self._choices = {}, []
        self.aim("form")
        self.catch(end)

    def _filled(self) -> str:
        """What a tick box or drop-down list shows; other fields have a result of their own."""
        chosen = self._form.get(b"ffres", _UNDEFINED)
        if chosen == _UNDEFINED:
            chosen = self._form.get(b"ffdefres", 0)
        if self._form.get(b"fftype") == 1:
            return "☒" if chosen else "☐"
        listed = self._form.get(b"fftype") == 2 and 0 <= chosen < len(self._choices)
        return self._choices[chosen] if listed else ""

    def choice(self, word: bytes, value: int | None) -> None:
        def end(_: Group) -> None:
            self._choices.append(self.held())

        self.catch(end)

    def embedded(self, word: bytes, value: int | None) -> None:
        self.unread["embedded file"] += 1
        self.change(embedded=True)

    def maths(self, word: bytes, value: int | None) -> None:
        if self.caught is None:
            self.story.write(_MATHS[word])


_Act = Callable[[_Reader, bytes, int | None], None]


def _switch(name: str) -> _Act:
    def act(reader: _Reader, _: bytes, value: int | None) -> None:
        reader.change(**{name: value != 0})

    return act


def _number(name: str, least: int = 0) -> _Act:
    def act(reader: _Reader, _: bytes, value: int | None) -> None:
        reader.change(**{name: max(least, value or 0)})

    return act


def _set(**values: Any) -> _Act:
    def act(reader: _Reader, _: bytes, __: int | None) -> None:
        reader.change(**values)

    return act


_MARGINS = dict.fromkeys(
    b"header headerl headerr headerf footer footerl footerr footerf".split(), _Reader.margin
)
_ACTS: dict[bytes, _Act] = {
    b"fonttbl": _set(aim="fonts"), b"stylesheet": _set(aim="styles"), b"f": _Reader.choose_font,
    b"fcharset": _Reader.charset, b"cpg": _Reader.code_page, b"ansicpg": _Reader.code_page,
    b"mac": _Reader.encoding, b"pc": _Reader.encoding, b"pca": _Reader.encoding,
    b"deff": _Reader.usual, b"s": _Reader.choose_style, b"outlinelevel": _Reader.outline,
    b"pard": _set(style=0, outline=BODY_LEVEL, depth=0), b"plain": _Reader.plain,
    b"v": _switch("hidden"), b"deleted": _switch("deleted"), b"uc": _number("fallback"),
    b"itap": _number("depth"), b"intbl": _Reader.in_table,
    **dict.fromkeys(b"par sect page column".split(), _Reader.paragraph),
    b"cell": _Reader.cell, b"nestcell": _Reader.cell, b"row": _Reader.row,
    b"nestrow": _Reader.row, b"chftn": _Reader.note_mark, b"footnote": _Reader.note,
    b"annotation": _Reader.annotation, b"atnauthor": _Reader.annotator, **_MARGINS,
    b"shptxt": _Reader.box, b"dptxbxtext": _Reader.box, b"shpinst": _set(aim="shape"),
    b"do": _set(aim="shape"), b"shppict": _set(aim="shape"), b"sn": _Reader.name,
    b"sv": _Reader.value, b"listtext": _Reader.label, b"pntext": _Reader.label,
    b"fldinst": _Reader.instruction, b"formfield": _Reader.form_field, b"ffl": _Reader.choice,
    b"object": _Reader.embedded, b"upr": _set(aim="none"), b"ud": _set(aim="text"),
    b"moMath": _set(aim="none"), b"mr": _set(aim="text"),
    **dict.fromkeys(_MATHS, _Reader.maths),
}  # fmt: skip
