"""Reads OpenDocument texts (odt, ott, and the flat fodt) into text and paragraphs.

An own walk over the XML (see `odt_walk`). Behind the body come the notes, then comments, then what
headers and footers say that the body does not. The form is that of OASIS ODF 1.3.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import Paragraph
from coder.domain.paragraphs import lay_out
from coder.ingest.beside import Part, fresh_margins, unread
from coder.ingest.open_text.names import q
from coder.ingest.open_text.styles import Styles
from coder.ingest.open_text.walk import Findings, Walk
from coder.ingest.packed.package import Element, ZipPackage, xml_root

_LARGEST_FLAT = 200 * 1024 * 1024
_MARGINS = {
    q(f"style:{kind}{which}"): kind.capitalize()
    for kind in ("header", "footer")
    for which in ("", "-left", "-first")
}


def read_odt(source: Source) -> tuple[str, tuple[Paragraph, ...], tuple[str, ...]]:
    """The text of an OpenDocument text, its paragraphs, and its problems as plain sentences.

    The text may be empty. Raises Unreadable for a file that is damaged beyond reading, locked, or
    no OpenDocument text.
    """
    if source.read(2) != b"PK":
        return _read_flat(source)
    with ZipPackage(source, "LibreOffice") as package:
        if b"encryption-data" in (package.data("META-INF/manifest.xml") or b""):
            raise Unreadable(
                f"“{source.name}” is locked with a password.",
                "Ask for a copy without one, or open it in LibreOffice and save it unlocked.",
            )

        def embedded(name: str) -> Element | None:
            return package.tree(posixpath.join(posixpath.normpath(name), "content.xml"))

        content, styles = package.tree("content.xml"), package.tree("styles.xml")
        reader = _Reader(source.name, content, styles, embedded)
        text, paragraphs = lay_out(reader.parts())
        return text, paragraphs, (*package.problems, *unread(reader.findings.unread))


def _read_flat(source: Source) -> tuple[str, tuple[Paragraph, ...], tuple[str, ...]]:
    """The same of a text in one XML file."""
    data = source.read(_LARGEST_FLAT + 1)
    if len(data) > _LARGEST_FLAT:
        raise Unreadable(
            f"“{source.name}” is too large for a text (more than 200 MB).",
            "Open it in LibreOffice and save it as .docx.",
        )
    root, sound = xml_root(data)
    reader = _Reader(source.name, root, root, lambda _: None)
    text, paragraphs = lay_out(reader.parts())
    damage = () if sound else ("The file is damaged; what could be read of it was kept.",)
    return text, paragraphs, (*damage, *unread(reader.findings.unread))


class _Reader:
    """One text while it is read: the roots of its content and of its styles."""

    def __init__(
        self,
        name: str,
        content: Element | None,
        styles: Element | None,
        embedded: Callable[[str], Element | None],
    ) -> None:
        self.findings = Findings()
        body = None if content is None else content.find(f"{q('office:body')}/{q('office:text')}")
        if body is None:
            raise Unreadable(
                f"“{name}” holds no OpenDocument text, or is damaged.",
                "Open it in LibreOffice or Word and save it as .docx.",
            )
        self._body = body
        self._styles = styles
        own = content.find(q("office:automatic-styles")) if content is not None else None
        self._walk = Walk(_styles(own, styles), self.findings, embedded)
        pages = None if styles is None else styles.find(q("office:automatic-styles"))
        self._margin_walk = Walk(_styles(pages, styles), self.findings, embedded)

    def parts(self) -> list[Part]:
        """Everything there is to read, in order."""
        body = self._walk.gather(self._body)
        margins = list(fresh_margins(self._margins(), body))
        notes = [note for note in self.findings.notes if note[0]]
        return [*body, *notes, *self.findings.comments, *margins]

    def _margins(self) -> Iterator[tuple[str, str]]:
        for page in () if self._styles is None else self._styles.iter(q("style:master-page")):
            for element in page:
                kind = _MARGINS.get(element.tag)
                if kind and element.get(q("style:display")) != "false":
                    yield kind, self._margin_walk.text(element)


def _styles(own: Element | None, styles: Element | None) -> Styles:
    """Those of a part itself come before those that all share."""
    shared = None if styles is None else styles.find(q("office:styles"))
    return Styles(root for root in (own, shared) if root is not None)
