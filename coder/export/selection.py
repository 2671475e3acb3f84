"""The one door through which quotes leave the project: what may is decided here and only here.

Writers take a `Selection`, and a `Selection` cannot hold a quote that may not be published, so no
kind of file can get it wrong. What is unknown stays in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, groupby
from typing import Any

from coder.domain import omissions
from coder.domain.citation import UNNAMED, barred, cite, tells_no_name
from coder.domain.errors import Refused
from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.domain.quotes import Quote
from coder.domain.text import counted, listed, reach
from coder.export.masking import Names, every_name, known, mask, names_of, secret_names
from coder.export.wording import printable

Place = tuple[str, int, int]
"""A passage: its document's id, where it starts and where it ends."""

_UNVEILED = "\0"
"""In place of a pseudonym that must not be told."""

UNMASKED = "names are not masked"
"""Why words of an anonymous respondent must not leave as they stand."""

_AROUND = 200
"""Code points beside a passage in which a name is looked for that the passage cuts off."""


@dataclass(frozen=True, slots=True)
class Released:
    """A quote as it may leave: without memo, and for anonymous respondents without the document's
    title and with their names masked in the words. Its code and its speakers are without secret
    names, and of anonymous respondents no speaker is named at all.

    `id` is the short id by which its place is found again (`QuoteId`). What a writer leaves out is
    shown as `[…]`; `omitted` are its spans. `before` and `after` are the words around it where
    they were asked for, masked as it is, in whole words and never any that are marked sensitive.
    Raises Refused where permission or status do not allow publishing or nobody can be named.
    """

    id: str
    code_id: str
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
    status: Status
    machine_draft: bool
    masked: bool
    speakers: tuple[str, ...] = ()
    region: str = ""
    question: str = ""
    before: str = ""
    after: str = ""
    omitted: tuple[omissions.Span, ...] = ()

    def __post_init__(self) -> None:
        if barred(self.permission, self.status) or not self.attribution.strip():
            raise Refused(
                f"A passage of {self.ref} may not be published.",
                "Set the submission's permission and status first.",
            )

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by the names that `quotes --json` gives them."""
        _, start, end = self.place
        return {
            "id": self.id,
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
            "status": self.status.value,
            "machine_draft": self.machine_draft,
            "masked": self.masked,
            "speaker": listed(self.speakers),
            "region": self.region,
            "question": self.question,
            "before": self.before,
            "after": self.after,
            "omitted": [list(span) for span in self.omitted],
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many passages stay in the project, for which reason, and from how many submissions.

    `unattributed` passages are those whose permission would do but for whom nobody can be named;
    `nameless` ones are anonymous, but it is not known which name to mask; `unveiled` ones are told
    under a pseudonym that is, or has become, the name of somebody in this project.
    """

    withdrawn: int = 0
    blank: int = 0
    duplicate: int = 0
    joined: int = 0
    withheld: int = 0
    unknown: int = 0
    sensitive: int = 0
    unattributed: int = 0
    nameless: int = 0
    unveiled: int = 0
    submissions: int = 0

    @property
    def passages(self) -> int:
        """How many passages are left out in all."""
        return sum(number for number, _ in self._reasons())

    def __str__(self) -> str:
        """A sentence for people; empty where nothing is left out."""
        if not self.passages:
            return ""
        verb = "is" if self.passages == 1 else "are"
        return (
            f"{counted(self.passages, 'passage')} from {counted(self.submissions, 'submission')}"
            f" {verb} left out: {', '.join(f'{n:,} {why}' for n, why in self._reasons() if n)}."
        )

    def why(self) -> str:
        """The reasons in a few words each, without numbers."""
        few = {
            "unknown": "permission not known",
            "unattributed": "cannot be attributed",
            "nameless": "name to mask not known",
            "unveiled": "pseudonym is a respondent’s name",
        }
        left = asdict(self)
        del left["submissions"]
        return ", ".join(few.get(reason, reason) for reason, count in left.items() if count)

    def _reasons(self) -> tuple[tuple[int, str], ...]:
        return (
            (self.withdrawn, "withdrawn"),
            (self.blank, "from a submission that counts as blank"),
            (self.duplicate, "from a duplicate" if self.duplicate == 1 else "from duplicates"),
            (self.joined, "from a submission that was joined with another"),
            (self.withheld, "withheld"),
            (self.unknown, "whose permission is not known yet"),
            (self.sensitive, "marked sensitive"),
            (self.unattributed, "that cannot be attributed"),
            (self.nameless, "whose name to mask is not known"),
            (self.unveiled, "under a pseudonym that is a respondent’s name"),
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes that may be published, in the order given, and an account of the others. They may
    lie on the disk, so whoever writes them takes them one by one."""

    quotes: Sequence[Released]
    left_out: LeftOut


def publishable(
    quotes: Iterable[Quote],
    submissions: Iterable[Submission],
    texts: Mapping[str, str],
    *,
    sensitive: bool = False,
    beside: Iterable[Quote] = (),
    context: int = 0,
) -> Selection:
    """The quotes that may leave the project, all of them at once; `Door` says which those are.

    Where a passage is marked sensitive by any coder, in `beside` too, which is for quotes that a
    filter kept out of sight, every quote that overlaps it stays in unless `sensitive` is asked for.
    """
    every = list(quotes)
    guarded = (
        {}
        if sensitive
        else guarded_in(map(_place, filter(_marked_sensitive, chain(every, beside))))
    )
    door = Door(submissions, texts, guarded, context)
    return Selection(tuple(door.let(every)), door.left_out)


class Door:
    """Lets those quotes through that may leave the project, and counts the others.

    A quote passes when the permission and status of its submission allow it, it can be attributed
    and, where it is anonymous, it is known which name to mask and its pseudonym is nobody's name;
    `submissions`, all of the project, give the names, and `texts`, by id, the documents that are
    quoted anonymously, and with context all that are quoted. What overlaps a stretch in `guarded`
    (see `guarded_in`) stays in. Of the text, up to `context` code points go along on either side.
    """

    def __init__(
        self,
        submissions: Iterable[Submission],
        texts: Mapping[str, str],
        guarded: Mapping[str, Sequence[omissions.Span]],
        context: int = 0,
    ) -> None:
        of = list(submissions)
        self._names, self._secret = _veiled(of), secret_names(of)
        self._texts = texts
        self._guarded = guarded
        self._context = context
        self._codes: dict[str, str] = {}
        self._reasons: Counter[str] = Counter()
        self._submissions: set[str] = set()

    @property
    def left_out(self) -> LeftOut:
        """The account of what did not pass so far."""
        return LeftOut(**self._reasons, submissions=len(self._submissions))

    def let(self, quotes: Iterable[Quote]) -> Iterator[Released]:
        """Those of these quotes that may leave, in their order. The same passage tagged alike by
        several coders comes once, so all that there is of a passage must be given together. Raises
        KeyError where a text is missing."""
        left: dict[Place, tuple[str, str]] = {}
        for quote, coders in _merge(quotes):
            own = self._names.get(quote.submission_id, Names())
            reason = _reason(quote, own)
            reason = reason or ("sensitive" if _touches(quote, self._guarded) else "")
            if reason:
                left[_place(quote)] = (reason, quote.submission_id)
            else:
                yield self._release(quote, coders, own)
        self._reasons.update(reason for reason, _ in left.values())
        self._submissions.update(submission for _, submission in left.values())

    def by_document(self, quotes: Iterable[Quote]) -> Iterator[Released]:
        """Those that may leave of quotes that come document by document, of which no more than one
        document's are ever looked at together."""
        for _, several in groupby(quotes, key=lambda quote: quote.document_id):
            yield from self.let(several)

    def _release(self, quote: Quote, coders: tuple[str, ...], names: Names) -> Released:
        if quote.code not in self._codes:
            self._codes[quote.code] = mask(quote.code, self._secret)
        released = _release(quote, coders, self._codes[quote.code], names, self._texts)
        if self._context:
            text = self._texts[quote.document_id]
            before, after = _around(quote, text, self._context, names, self._guarded)
            released = replace(released, before=before, after=after)
        return _without_secret(released, self._secret)


def guarded_in(stretches: Iterable[Place]) -> dict[str, list[omissions.Span]]:
    """Stretches that are marked sensitive by document, in order and without overlaps."""
    found: dict[str, list[omissions.Span]] = {}
    for document, start, end in sorted(stretches, key=lambda stretch: stretch[1]):
        known = found.setdefault(document, [])
        if known and start < known[-1][1]:
            known[-1] = (known[-1][0], max(known[-1][1], end))
        else:
            known.append((start, end))
    return found


def reasons(
    quotes: Iterable[Quote], submissions: Iterable[Submission], beside: Iterable[Quote]
) -> list[str]:
    """For each of these passages why its words must not leave the project as they stand, in a few
    words; empty where they may. Of an anonymous respondent they never may: no name is masked in
    them. `beside` are the quotes among which those marked sensitive count."""
    several = list(quotes)
    return [
        why or UNMASKED * (quote.permission is Permission.ANONYMOUS)
        for quote, why in zip(several, kept_in(several, submissions, beside), strict=True)
    ]


def kept_in(
    quotes: Iterable[Quote], submissions: Iterable[Submission], beside: Iterable[Quote]
) -> list[str]:
    """For each of these passages why no pack takes it, in a few words; empty where one does.
    `beside` are the quotes among which those marked sensitive count."""
    marked = guarded_in(map(_place, filter(_marked_sensitive, beside)))
    return why_kept(quotes, submissions, marked)


def why_kept(
    quotes: Iterable[Quote],
    submissions: Iterable[Submission],
    guarded: Mapping[str, Sequence[omissions.Span]],
) -> list[str]:
    """The same where it is known which stretches of each document are marked sensitive
    (`guarded_in`)."""
    names = _veiled(list(submissions))
    found = []
    for quote in quotes:
        reason = _reason(quote, names.get(quote.submission_id, Names()))
        reason = reason or ("sensitive" if _touches(quote, guarded) else "")
        found.append(LeftOut(**{reason: 1}).why() if reason else "")
    return found


def _marked_sensitive(quote: Quote) -> bool:
    return quote.sensitive


def _place(quote: Quote) -> Place:
    return (quote.document_id, quote.start, quote.end)


def _merge(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, tuple[str, ...]]]:
    """Each passage once for each code, with all who tagged it so, in the order first met."""
    alike: dict[tuple[Place, str, tuple[omissions.Span, ...]], list[Quote]] = {}
    for quote in quotes:
        alike.setdefault((_place(quote), quote.code_id, quote.omitted), []).append(quote)
    for several in alike.values():
        yield several[0], tuple(dict.fromkeys(quote.coder for quote in several))


def _reason(quote: Quote, names: Names) -> str:
    """Why the quote must stay in, as `LeftOut` counts it, apart from being sensitive; empty where
    nothing speaks against it."""
    if reason := barred(quote.permission, quote.status):
        return reason
    if not quote.attribution.strip():
        return "unattributed"
    if quote.permission is not Permission.ANONYMOUS:
        return ""
    if names.pseudonym == _UNVEILED:
        return "unveiled"
    return "" if known(names) else "nameless"


def _veiled(submissions: Sequence[Submission]) -> dict[str, Names]:
    """What to mask by submission; where the pseudonym is somebody's name it is `_UNVEILED`."""
    names = names_of(submissions)
    chosen = {one.pseudonym for one in names.values()} - {""}
    if not chosen:
        return names
    everyone = every_name(submissions)
    bad = {pseudonym for pseudonym in chosen if mask(pseudonym, everyone) != pseudonym}
    return {
        owner: replace(one, pseudonym=_UNVEILED) if one.pseudonym in bad else one
        for owner, one in names.items()
    }


def _touches(quote: Quote, stretches: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    known = stretches.get(quote.document_id, ())
    before = bisect_left(known, quote.end, key=lambda stretch: stretch[0]) - 1
    return before >= 0 and known[before][1] > quote.start


def _release(
    quote: Quote, coders: tuple[str, ...], code: str, names: Names, texts: Mapping[str, str]
) -> Released:
    anonymous = quote.permission is not Permission.NAMED
    said = printable(omissions.trimmed(quote.quote, quote.start, quote.omitted))
    words = _masked(quote, names, texts[quote.document_id]) if anonymous else said
    return Released(
        id=str(quote.key),
        code_id=quote.code_id,
        ref=quote.ref,
        attribution=quote.attribution,
        citation=quote.citation,
        quote=words,
        code=code,
        coders=coders,
        document="" if anonymous else quote.document,
        place=_place(quote),
        paragraph=quote.paragraph,
        time_ms=quote.time_ms,
        permission=quote.permission,
        type=quote.type,
        status=quote.status,
        machine_draft=quote.machine_draft,
        masked=words != said,
        speakers=quote.speakers,
        region=quote.region,
        question=quote.question,
        omitted=quote.omitted,
    )


def _around(
    quote: Quote,
    text: str,
    context: int,
    names: Names,
    guarded: Mapping[str, Sequence[omissions.Span]],
) -> tuple[str, str]:
    """The words before and after a quote as they may be shown beside it."""
    first, last = reach(text, quote.start, quote.end, context)
    for start, end in guarded.get(quote.document_id, ()):
        if end <= quote.start:
            first = max(first, end)
        elif start >= quote.end:
            last = min(last, start)
    spans = ((first, quote.start), (quote.end, last))
    if quote.permission is Permission.NAMED:
        before, after = (printable(text[start:end]).strip() for start, end in spans)
    else:
        before, after = (
            _masked_span(text[start:end], text, start, end, names).strip() for start, end in spans
        )
    return before, after


def _masked_span(words: str, text: str, start: int, end: int, names: Names) -> str:
    """The words `[start, end)` of a text with names masked, also such as they cut in two."""
    return mask(
        printable(words),
        names,
        printable(text[max(0, start - _AROUND) : start]),
        printable(text[end : end + _AROUND]),
    )


def _without_secret(quote: Released, secret: Names) -> Released:
    """The quote without the speakers who must not be named, and its question and region without
    secret names. A speaker's name that its attribution tells may be told; of all others those that
    hold a secret one are not."""
    if quote.region or quote.question:
        region, question = mask(quote.region, secret), mask(printable(quote.question), secret)
        quote = replace(quote, region=region, question=question)
    if not quote.speakers:
        return quote
    told = set(quote.attribution.split(", "))
    by_name = quote.permission is Permission.NAMED

    def may(name: str) -> bool:
        return by_name and (name in told or mask(name, secret) == name)

    speakers = [name if tells_no_name(name) or may(name) else UNNAMED for name in quote.speakers]
    kept = tuple(map(printable, dict.fromkeys(speakers)))
    citation = cite(quote.ref, time_ms=quote.time_ms, speakers=kept)
    return replace(quote, speakers=kept, citation=citation)


def _masked(quote: Quote, names: Names, text: str) -> str:
    """The words with names masked, part by part, so that what is left out still tells of a name
    that it cuts in two."""
    parts = omissions.kept(quote.start, quote.end, quote.omitted)
    shown_parts = [
        _masked_span(quote.quote[start - quote.start : end - quote.start], text, start, end, names)
        for start, end in parts
    ]
    if not quote.omitted:
        return "".join(shown_parts)
    return omissions.shown(
        shown_parts,
        before=not parts or parts[0][0] > quote.start,
        after=not parts or parts[-1][1] < quote.end,
    )
