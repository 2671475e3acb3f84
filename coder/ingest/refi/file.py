"""A REFI-QDA project file, opened to be read: what it says, its texts and its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self

from coder.domain.draft import Source
from coder.domain.interchange import Note, SourceFile, Text
from coder.ingest.packed.shelf import Shelf
from coder.ingest.refi.package import Package
from coder.ingest.refi.qde import read_document
from coder.ingest.refi.units import STANDARD, RawText, Units, units_of
from coder.ingest.text import MARKS, decoded


class RefiFile:
    """One file, open until it is closed. `project` is what its document says, and `sound` whether
    all of that document could be read. A context manager."""

    def __init__(self, source: Source) -> None:
        """Raises Unreadable where it is no such file, damaged, or made to do harm."""
        self._package = Package(source)
        try:
            self.project, self.sound = read_document(self._package.document(), source.name)
        except BaseException:
            self._package.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._package.close()

    def text(self, text: Text) -> RawText | None:
        """The words of a text, or None where they are nowhere in the file. Raises Unreadable."""
        if text.content is not None:
            return RawText(text.content)
        return self._words(text.plain)

    def words_of(self, note: Note) -> str:
        """The words of a note. Raises Unreadable."""
        found = self._words(note.path) if note.path and not note.text else None
        return found.raw if found else note.text

    def file(self, path: str, name: str, shelf: Shelf) -> Source | None:
        """A file that lies inside or beside, under this name, or None. Raises Unreadable."""
        return self._package.file(path, name, shelf) if path else None

    def extras(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Our own rows, where the file was written here."""
        return self._package.extras() if self.project.ours else iter(())

    def units(self) -> Units:
        """In which units this file gives the places of its selections. Raises Unreadable."""
        if self.project.ours:
            return STANDARD
        return units_of(self._measured())

    def _measured(self) -> Iterator[tuple[RawText, list[tuple[int, int]]]]:
        for text in every_text(self.project.sources):
            spans = [
                (one.start, one.end)
                for one in text.selections
                if one.start is not None and one.end is not None
            ]
            spans += [(one.position,) * 2 for one in text.sync if one.position is not None]
            raw = self.text(text) if spans else None
            if raw is not None:
                yield raw, spans

    def _words(self, path: str) -> RawText | None:
        data = self._package.data(path) if path else None
        if data is None:
            return None
        return RawText(decoded(data), marked=data.startswith(MARKS))


def every_text(sources: Iterable[SourceFile]) -> Iterator[Text]:
    """The texts of all sources, transcripts too."""
    for one in sources:
        if one.text is not None:
            yield one.text
        yield from one.transcripts
