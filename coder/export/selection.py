"""The one door through which quotes leave the project: permission is decided here and only here.

Writers take a `Selection`, and a `Selection` cannot hold a quote that may not be published, so no
kind of file can get it wrong. What is unknown stays in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coder.domain.citation import PUBLISHABLE
from coder.domain.errors import Refused
from coder.domain.model import Permission, Quote, RespondentType
from coder.export.masking import Names, mask
from coder.export.wording import counted, printable

Place = tuple[str, int, int]
"""A passage: its document's id, where it starts and where it ends."""


@dataclass(frozen=True, slots=True)
class Released:
    """A quote as it may leave: without memo, and for anonymous respondents without the document's
    title and with their names masked in the words.

    `id` is that of the coding (the first, where several coders tagged the passage alike).
    Raises Refused where the permission does not allow publishing or nobody can be named.
    """

    id: str
    ref: str
    attribution: str
    citation: str
    quote: str
    code: str
    coders: tuple[str, ...]
    document: str
    place: Place
    paragraph: str
    time_ms: int | None
    permission: Permission
    type: RespondentType
    machine_draft: bool
    masked: bool

    def __post_init__(self) -> None:
        if self.permission not in PUBLISHABLE or not self.attribution.strip():
            raise Refused(
                f"A passage of {self.ref} may not be published.",
                "Set the submission's permission first.",
            )

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by the names that `quotes --json` gives them."""
        _, start, end = self.place
        return {
            "ref": self.ref,
            "attribution": self.attribution,
            "citation": self.citation,
            "quote": self.quote,
            "code": self.code,
            "coder": "; ".join(self.coders),
            "document": self.document,
            "start": start,
            "end": end,
            "paragraph": self.paragraph,
            "time_ms": self.time_ms,
            "permission": self.permission.value,
            "type": self.type.value,
            "machine_draft": self.machine_draft,
            "masked": self.masked,
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many passages stay in the project, for which reason, and from how many submissions.

    `unattributed` passages are those whose permission would do but for whom nobody can be named,
    or for whom it is not known which names to mask.
    """

    withheld: int = 0
    unknown: int = 0
    sensitive: int = 0
    unattributed: int = 0
    submissions: int = 0

    @property
    def passages(self) -> int:
        """How many passages are left out in all."""
        return self.withheld + self.unknown + self.sensitive + self.unattributed

    def __str__(self) -> str:
        """A sentence for people; empty where nothing is left out."""
        reasons = (
            (self.withheld, "withheld"),
            (self.unknown, "whose permission is not known yet"),
            (self.sensitive, "marked sensitive"),
            (self.unattributed, "that cannot be attributed"),
        )
        if not self.passages:
            return ""
        verb = "is" if self.passages == 1 else "are"
        return (
            f"{counted(self.passages, 'passage')} from {counted(self.submissions, 'submission')}"
            f" {verb} left out: {', '.join(f'{n:,} {why}' for n, why in reasons if n)}."
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes that may be published, in the order given, and an account of the others."""

    quotes: tuple[Released, ...]
    left_out: LeftOut


def publishable(
    quotes: Iterable[Quote], names: Mapping[str, Names], *, sensitive: bool = False
) -> Selection:
    """The quotes that may leave the project.

    A quote passes when its submission's permission allows it and it can be attributed; where a
    passage is marked sensitive by any coder, every quote that overlaps it stays in unless
    `sensitive` is asked for. `names` gives, by submission id, what to mask in anonymous quotes
    (`coder.export.masking.names_of`); an anonymous quote whose submission is missing there stays
    in. The same passage tagged alike by several coders comes once.
    """
    every = list(quotes)
    guarded = {} if sensitive else _sensitive(every)
    kept: list[Released] = []
    left: dict[Place, tuple[str, str]] = {}
    for quote, coders in _merge(every):
        reason = _reason(quote, names) or ("sensitive" if _touches(quote, guarded) else "")
        if reason:
            left[_place(quote)] = (reason, quote.submission_id)
        else:
            kept.append(_release(quote, coders, names.get(quote.submission_id, Names())))
    reasons = [reason for reason, _ in left.values()]
    return Selection(
        tuple(kept),
        LeftOut(
            withheld=reasons.count("withheld"),
            unknown=reasons.count("unknown"),
            sensitive=reasons.count("sensitive"),
            unattributed=reasons.count("unattributed"),
            submissions=len({submission for _, submission in left.values()}),
        ),
    )


def _place(quote: Quote) -> Place:
    return (quote.document_id, quote.start, quote.end)


def _merge(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, tuple[str, ...]]]:
    """Each passage once for each code, with all who tagged it so, in the order first met."""
    alike: dict[tuple[Place, str], list[Quote]] = {}
    for quote in quotes:
        alike.setdefault((_place(quote), quote.code_id), []).append(quote)
    for several in alike.values():
        yield several[0], tuple(dict.fromkeys(quote.coder for quote in several))


def _reason(quote: Quote, names: Mapping[str, Names]) -> str:
    """Why the quote must stay in, apart from being sensitive; empty where nothing speaks
    against it."""
    if quote.permission not in PUBLISHABLE:
        return "withheld" if quote.permission is Permission.WITHHELD else "unknown"
    nameless = quote.permission is Permission.ANONYMOUS and quote.submission_id not in names
    return "unattributed" if nameless or not quote.attribution.strip() else ""


def _sensitive(quotes: Iterable[Quote]) -> dict[str, list[tuple[int, int]]]:
    """The stretches of each document that are marked sensitive, in order and without overlaps."""
    stretches: dict[str, list[tuple[int, int]]] = {}
    for quote in sorted((q for q in quotes if q.sensitive), key=lambda q: q.start):
        known = stretches.setdefault(quote.document_id, [])
        if known and quote.start < known[-1][1]:
            known[-1] = (known[-1][0], max(known[-1][1], quote.end))
        else:
            known.append((quote.start, quote.end))
    return stretches


def _touches(quote: Quote, stretches: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    known = stretches.get(quote.document_id, ())
    before = bisect_left(known, quote.end, key=lambda stretch: stretch[0]) - 1
    return before >= 0 and known[before][1] > quote.start


def _release(quote: Quote, coders: tuple[str, ...], names: Names) -> Released:
    anonymous = quote.permission is not Permission.NAMED
    said = printable(quote.quote)
    words = mask(said, names) if anonymous else said
    return Released(
        id=quote.id,
        ref=quote.ref,
        attribution=quote.attribution,
        citation=quote.citation,
        quote=words,
        code=quote.code,
        coders=coders,
        document="" if anonymous else quote.document,
        place=_place(quote),
        paragraph=quote.paragraph,
        time_ms=quote.time_ms,
        permission=quote.permission,
        type=quote.type,
        machine_draft=quote.machine_draft,
        masked=words != said,
    )
