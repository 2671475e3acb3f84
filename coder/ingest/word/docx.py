"""Reads Word files (docx, docm, dotx, dotm; Transitional and Strict) into text and paragraphs.

An own walk over the XML (see `docx_walk`), since libraries lose text boxes, content controls,
tracked insertions, notes or list numbers; and always straight from the zip (see `docx_package`).
Behind the body come the notes, in one series of raised figures, then comments, and whatever words
the headers and footers have that the body has not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coder.domain.draft import Source
from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ingest.beside import Part, comment, fresh_margins, note_mark, unread
from coder.ingest.packed.package import Element
from coder.ingest.word.names import w
from coder.ingest.word.numbering import Numbering
from coder.ingest.word.package import Package
from coder.ingest.word.styles import Styles
from coder.ingest.word.walk import Findings, Walk


def read_docx(source: Source) -> tuple[str, tuple[Paragraph, ...], tuple[str, ...]]:
    """The text of a Word file, its paragraphs, and its problems as plain sentences.

    The text may be empty. Raises Unreadable for a file that is damaged beyond reading, locked, or
    no Word document.
    """
    with Package(source) as package:
        reader = _Reader(package)
        text, paragraphs = lay_out(reader.parts())
        return text, paragraphs, (*package.problems, *unread(reader.findings.unread))


def inner_parts(source: Source, unread: Counter[str]) -> list[Part]:
    """The paragraphs of a Word file that is inserted in another, each with its style; adds what is
    not read of it. Raises Unreadable as `read_docx` does."""
    with Package(source) as package:
        package.inner = True
        reader = _Reader(package)
        parts = reader.parts()
        unread.update(reader.findings.unread)
        return parts


class _Reader:
    """One file while it is read: its parts, and what they share."""

    def __init__(self, package: Package) -> None:
        self.findings = Findings()
        self._package = package
        self._main = package.main_part()
        self._related = [
            (relation.kind, relation.target)
            for relation in package.relations(self._main).values()
            if not relation.external
        ]
        self._styles = Styles(self._tree("styles"))
        self._numbering = Numbering(self._tree("numbering"))

    def parts(self) -> list[Part]:
        """Everything there is to read, in order."""
        root = self._package.tree(self._main)
        body = [] if root is None else self._gather(self._main, root)
        comments = list(self._comments())
        notes = list(self._notes())
        return [*body, *notes, *comments, *fresh_margins(self._margins(), body)]

    def _gather(self, part: str, element: Element) -> list[Part]:
        walk = Walk(self._package, part, self._styles, self._numbering, self.findings)
        return [(text, style) for text, style in walk.gather(element) if text.strip()]

    def _gathered_text(self, part: str, element: Element) -> str:
        return "\n".join(text.strip() for text, _ in self._gather(part, element))

    def _part(self, kind: str) -> str:
        """The name of the first part of a kind that the main part links to, or empty."""
        return next((target for found, target in self._related if found == kind), "")

    def _tree(self, kind: str) -> Element | None:
        part = self._part(kind)
        return self._package.tree(part) if part else None

    def _notes(self) -> Iterator[Part]:
        stories: dict[tuple[str, str], Element] = {}
        for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
            root = self._tree(kind)
            for note in () if root is None else root.findall(w(tag)):
                stories[kind, note.get(w("id"), "")] = note
        # A note may itself hold marks of notes, which makes the list longer as it is read.
        for count, (kind, name) in enumerate(self.findings.notes, start=1):
            note = stories.pop((kind, name), None)
            text = "" if note is None else self._gathered_text(self._part(kind), note)
            if text:
                yield f"{note_mark(count)} {text}", Style.NOTE

    def _comments(self) -> Iterator[Part]:
        root = self._tree("comments")
        for element in () if root is None else root.findall(w("comment")):
            text = self._gathered_text(self._part("comments"), element)
            if text:
                yield comment(element.get(w("author"), ""), text)

    def _margins(self) -> Iterator[tuple[str, str]]:
        for kind in ("header", "footer"):
            for target in (target for found, target in self._related if found == kind):
                root = self._package.tree(target)
                if root is not None:
                    yield kind.capitalize(), self._gathered_text(target, root)
