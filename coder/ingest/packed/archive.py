"""Takes the members out of a zip, whatever it says of itself, and names what stays in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coder.domain.draft import Opened, Problem, Source
from coder.domain.errors import Unreadable
from coder.ingest.packed.entries import (
    ELSEWHERE,
    Bomb,
    Entry,
    Stream,
    Unfolding,
    can_unfold,
    listed,
    overlapping,
    placed,
    unlisted,
    walked,
)
from coder.ingest.packed.names import Names, clean_path, decode_names, not_evidence
from coder.ingest.packed.shelf import Full, Shelf

MOST_MEMBERS = 10_000
_UNLISTED = (
    "It holds more than its list of contents tells, such as files that were replaced or deleted, "
    "or another archive; that is not read."
)


@dataclass
class _Taking:
    """A container being emptied: what came out of it so far and what did not."""

    shelf: Shelf
    members: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    keep: bool = False

    def lost(self, name: str, what: str) -> None:
        """Names a member that does not come out, or not whole."""
        self.problems.append(Problem(name, what))
        self.keep = True

    def opened(self) -> Opened:
        """What came of it, with what systems left there counted."""
        return Opened(tuple(self.members), (), (*self.problems, *skipped(self.left)), self.keep)


def skipped(left: Counter[str]) -> list[Problem]:
    """The sentences that count what systems and programs left in a container."""
    return [
        Problem("", f"Skipped: {count} file{'s' if count > 1 else ''} inside ({what}).")
        for what, count in left.items()
        if count
    ]


def read_archive(source: Source, into: Path | None) -> Opened:
    """The members of a zip, named by their paths in it, on disk under names made here.

    At most 10,000 come out, 20 GB in all (200 MB in memory), and none that unfolds to 200 times its
    size. Of a zip that was cut off comes what is whole. What stays in it is named, and then its own
    bytes are to be kept. Raises Unreadable where entries lie one over another, and where there are
    none.
    """
    with source.open() as stream:
        entries = listed(stream)
        cut = entries is None
        if entries is None:
            entries = _found(stream)
        if not entries:
            raise _nothing(source, cut)
        entries = placed(stream, entries)
        if overlapping(entries):
            raise Unreadable(
                f"“{source.name}” was made to unfold without end: its entries share their bytes.",
                "Do not open it; ask for what it should hold to be sent again.",
            )
        taking = _Taking(Shelf(into))
        if cut:
            taking.lost("", "The archive is cut off or damaged; what could be found in it is here.")
        elif unlisted(stream, entries):
            taking.lost("", _UNLISTED)
        _take(stream, entries, taking)
    return taking.opened()


def _found(stream: Stream) -> list[Entry]:
    entries: list[Entry] = []
    for entry in walked(stream):
        entries.append(entry)
        if len(entries) > MOST_MEMBERS:
            break
    return entries


def _nothing(source: Source, cut: bool) -> Unreadable:
    if cut:
        return Unreadable(f"“{source.name}” is cut off or damaged.", "Ask for it to be sent again.")
    return Unreadable(f"“{source.name}” is an archive that holds no files.", "Ask what it held.")


def _take(stream: Stream, entries: list[Entry], taking: _Taking) -> None:
    files = [
        (clean_path(name), entry)
        for name, entry in zip(_names(entries), entries, strict=True)
        if not entry.folder
    ]
    names = Names()
    taken = 0
    for place, (path, entry) in enumerate(files):
        left = not_evidence(path)
        if left:
            taking.left[left] += 1
            continue
        if taken == MOST_MEMBERS:
            more = len(files) - place
            taking.lost("", f"It holds {more:,} more files; only the first {MOST_MEMBERS:,} came.")
            return
        taken += 1
        name = names.own(path)
        try:
            _take_one(stream, entry, name, taking)
        except Full as problem:
            more = len(files) - place
            taking.lost(name, f"{problem.what} It and {more - 1:,} others are not here.")
            return


def _names(entries: list[Entry]) -> list[str]:
    return decode_names([(entry.name, entry.utf8, entry.extra) for entry in entries])


def _take_one(stream: Stream, entry: Entry, name: str, taking: _Taking) -> None:
    if entry.link:
        taking.lost(name, "It is a link to another place and not followed.")
    elif entry.locked:
        taking.lost(
            name, "It is locked with a password. Unpack the archive with it and add the file."
        )
    elif entry.offset == ELSEWHERE:
        taking.lost(
            name,
            "Its bytes are not in this file: the archive is one of several parts, or cut off. Ask "
            "for all of it.",
        )
    elif not can_unfold(entry):
        taking.lost(
            name,
            f"It is packed in a way that is not read here (method {entry.method}). Unpack the "
            "archive with the program that made it and add the file.",
        )
    else:
        unfolding = Unfolding(stream, entry)
        try:
            member = taking.shelf.put(name, _not_nothing(unfolding))
        except (Bomb, _Empty) as problem:
            taking.lost(name, str(problem))
            return
        taking.members.append(member)
        if not unfolding.whole:
            taking.lost(name, "It is damaged inside the archive; only what came out of it is here.")


class _Empty(Unreadable):
    """A damaged entry of which nothing came out."""


def _not_nothing(unfolding: Unfolding) -> Iterator[bytes]:
    made = 0
    for chunk in unfolding:
        made += len(chunk)
        yield chunk
    if not made and not unfolding.whole:
        raise _Empty("It is damaged inside the archive.", "Ask for it to be sent again.")
