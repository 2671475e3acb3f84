"""What a person looks over before quotes leave: what is masked in anonymous ones, what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export.clues import Clue, Hint, clues
from coder.export.masking import Names, found, further, names_of
from coder.export.selection import Released, guarded_in, why_kept
from coder.project.evidence import Evidence
from coder.store import counting
from coder.store.store import Store

__all__ = ["Clue", "Hint", "Review", "Reviewed", "StaysIn"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An anonymous quote as it would leave. `masked` are the words of the source that are hidden,
    with what stands in their place; `clues` what may tell of a person and is not."""

    id: str
    ref: str
    attribution: str
    citation: str
    quote: str
    masked: tuple[tuple[str, str], ...]
    clues: tuple[Clue, ...]


@dataclass(frozen=True, slots=True)
class StaysIn:
    """Passages of a submission that must not leave, and why in a few words. `name` is how lists
    call it."""

    submission_id: str
    ref: str
    name: str
    why: str
    passages: int


class Review:
    """Anonymous quotes, looked over before they leave."""

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self._store = store
        self._evidence = evidence

    def of(self, quotes: Iterable[Released]) -> list[Reviewed]:
        """The anonymous among these quotes, each passage once, in their order."""
        names = names_of(self._store.read.submissions())
        texts: dict[str, str] = {}
        seen: dict[str, Reviewed] = {}
        for quote in quotes:
            if quote.permission is Permission.ANONYMOUS and quote.id not in seen:
                document_id, start, end = quote.place
                if document_id not in texts:
                    texts[document_id] = self._store.read.document(document_id).text
                text = texts[document_id]
                own = names.get(self._store.read.submission(quote.ref).id, Names())
                hidden = [
                    (text[start + first : start + last], shown)
                    for first, last, shown in found(text[start:end], own)
                ]
                seen[quote.id] = Reviewed(
                    quote.id,
                    quote.ref,
                    quote.attribution,
                    quote.citation,
                    quote.quote,
                    tuple(dict.fromkeys(hidden)),
                    tuple(clues(quote.quote, own)),
                )
        return list(seen.values())

    def stays_in(self, quotes: Iterable[Quote], *, sensitive: bool = False) -> list[StaysIn]:
        """Which of these stay in and why, by submission in the order of references; with
        `sensitive` those marked sensitive do not stay in for that."""
        every = list({(one.document_id, one.start, one.end): one for one in quotes}.values())
        submissions = self._store.read.submissions()
        guarded = {} if sensitive else guarded_in(counting.sensitive(self._store.reader))
        return staying(every, why_kept(every, submissions, guarded), submissions)

    def mask(self, ref: str, *words: str) -> Submission:
        """Masks further words in all anonymous quotes of a submission. Raises NotFound, and Refused
        for words too short to be found."""
        one = self._store.read.submission(ref)
        return self._evidence.change(
            one.id, also_masked="; ".join([*further(one.also_masked), *words])
        )


def staying(
    quotes: Iterable[Quote], whys: Iterable[str], submissions: Iterable[Submission]
) -> list[StaysIn]:
    """Quotes by submission and reason, without those that have no reason to stay in, in the order
    of references."""
    counts = Counter(
        (quote.submission_id, why) for quote, why in zip(quotes, whys, strict=True) if why
    )
    known = {one.id: one for one in submissions}
    found = [
        StaysIn(owner, one.ref, one.organisation or one.respondent, why, number)
        for (owner, why), number in counts.items()
        if (one := known[owner])
    ]
    return sorted(found, key=lambda one: (len(one.ref), one.ref, one.why))
