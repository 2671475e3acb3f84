"""Where the quotes of a pack lie while it is made: few of them in memory, many on the disk.

A pack of a hundred thousand quotes takes hardly more memory than one of a thousand: of each quote
only some numbers stay, and its words come back one at a time.
"""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import compress
from typing import overload

from coder.domain.model import Permission, RespondentType, Status
from coder.export.selection import Place, Released

_IN_MEMORY = 8 * 1024 * 1024
_OFTEN = 256


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a quote is by, as far as a pack tells."""

    ref: str
    attribution: str
    type: RespondentType
    permission: Permission


class Facts:
    """What headings, counts and lists must know of quotes, by their place among them: `passages`
    are numbers, alike for the same words under several codes, of which there are `number`, and
    `drafts` tell what a machine wrote and nobody has checked."""

    def __init__(self, quotes: Iterable[Released] = ()) -> None:
        self._speakers: dict[Speaker, int] = {}
        self._codes: dict[tuple[str, str], int] = {}
        self._places: dict[Place, int] = {}
        self._speaker, self._code = array("I"), array("I")
        self.passages, self.drafts = array("I"), bytearray()
        self.number = 0
        for quote in quotes:
            self.add(quote)

    def __len__(self) -> int:
        return len(self.passages)

    def add(self, quote: Released) -> None:
        """Takes in one more quote."""
        number = self._places.setdefault(quote.place, self.number)
        self.number = max(self.number, number + 1)
        self.passages.append(number)
        self.drafts.append(quote.machine_draft)
        speaker = Speaker(quote.ref, quote.attribution, quote.type, quote.permission)
        self._speaker.append(self._speakers.setdefault(speaker, len(self._speakers)))
        code = (quote.code_id, quote.code)
        self._code.append(self._codes.setdefault(code, len(self._codes)))

    def forget_places(self) -> None:
        """Says that no quote to come is of a passage that came before."""
        self._places.clear()

    def speakers(self, places: Iterable[int] | None = None) -> Iterator[Speaker]:
        """Who these quotes are by, or all of them, in their order."""
        every = list(self._speakers)
        chosen = self._speaker if places is None else (self._speaker[one] for one in places)
        return (every[number] for number in chosen)

    def anonymous(self) -> set[int]:
        """The passages of respondents who are not named."""
        hidden = (one.permission is Permission.ANONYMOUS for one in self.speakers())
        return set(compress(self.passages, hidden))

    def unchecked(self) -> set[int]:
        """The passages that a machine wrote and nobody has checked."""
        return set(compress(self.passages, self.drafts))

    def refs(self) -> set[str]:
        """The submissions that are quoted, by reference."""
        return {one.ref for one in self._speakers}

    def by_code(self) -> dict[tuple[str, str], array[int]]:
        """The places of the quotes under each code, which is told by its id and its path."""
        found = [array("I") for _ in self._codes]
        for place, code in enumerate(self._code):
            found[code].append(place)
        return dict(zip(self._codes, found, strict=True))


class Shelf(Sequence[Released]):
    """Quotes that were set aside. `watch` is called every now and then while they are put there or
    fetched, and may raise; `by_document` says that they come document by document, so that places
    need not be remembered. Close it when all is done."""

    def __init__(
        self, quotes: Iterable[Released], watch: Callable[[], None], *, by_document: bool = False
    ) -> None:
        self.facts = Facts()
        self._watch = watch
        self._starts = array("Q", [0])
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (`close` closes it)
        try:
            self._put(quotes, by_document=by_document)
        except BaseException:
            self.close()
            raise

    def __len__(self) -> int:
        return len(self.facts)

    @overload
    def __getitem__(self, place: int) -> Released: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Released]: ...
    def __getitem__(self, place: int | slice) -> Released | Sequence[Released]:
        if isinstance(place, slice):
            return Shown(self, range(len(self))[place])
        start, end = self._starts[place], self._starts[place + 1]
        if place % _OFTEN == 0:
            self._watch()
        self._file.seek(start)
        return _unpacked(self._file.read(end - start))

    def close(self) -> None:
        """Throws away what was set aside."""
        self._file.close()

    def _put(self, quotes: Iterable[Released], *, by_document: bool) -> None:
        document = ""
        for number, quote in enumerate(quotes):
            if number % _OFTEN == 0:
                self._watch()
            if by_document and quote.place[0] != document:
                document = quote.place[0]
                self.facts.forget_places()
            self.facts.add(quote)
            self._starts.append(self._starts[-1] + self._file.write(_packed(quote)))


class Shown(Sequence[Released]):
    """Some of the quotes of a shelf, by their places there."""

    def __init__(self, shelf: Shelf, places: Sequence[int]) -> None:
        self.shelf = shelf
        self.places = places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> Released: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Released]: ...
    def __getitem__(self, place: int | slice) -> Released | Sequence[Released]:
        if isinstance(place, slice):
            return Shown(self.shelf, self.places[place])
        return self.shelf[self.places[place]]


def facts_of(quotes: Sequence[Released]) -> Facts:
    """What there is to know of these quotes."""
    return quotes.facts if isinstance(quotes, Shelf) else Facts(quotes)


def pick(quotes: Sequence[Released], places: Sequence[int]) -> Sequence[Released]:
    """The quotes at these places."""
    if isinstance(quotes, Shelf):
        return Shown(quotes, places)
    return tuple(quotes[place] for place in places)


def speakers_of(quotes: Sequence[Released]) -> Iterator[Speaker]:
    """Who these quotes are by, in their order."""
    if isinstance(quotes, Shown):
        return quotes.shelf.facts.speakers(quotes.places)
    return facts_of(quotes).speakers()


_NAMES = tuple(one.name for one in fields(Released))


def _packed(quote: Released) -> bytes:
    return json.dumps([getattr(quote, name) for name in _NAMES]).encode()


def _unpacked(data: bytes) -> Released:
    found = dict(zip(_NAMES, json.loads(data), strict=True))
    document, start, end = found["place"]
    return Released(
        **found
        | {
            "place": (document, start, end),
            "coders": tuple(found["coders"]),
            "speakers": tuple(found["speakers"]),
            "omitted": tuple((first, last) for first, last in found["omitted"]),
            "permission": Permission(found["permission"]),
            "type": RespondentType(found["type"]),
            "status": Status(found["status"]),
        }
    )
