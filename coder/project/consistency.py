"""Whether the codebook is used consistently: what is odd, and what a reviewer says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from coder.analysis.consistency.findings import ADVICE, KIND_NAMES, Finding, Kind, Passage, Tag
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.looking import look
from coder.analysis.consistency.material import Material
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, DocumentKind, now
from coder.domain.sight import Sight
from coder.domain.text import counted
from coder.domain.together import AGREED, Dismissal
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.store import consistency
from coder.store.store import Store

__all__ = [
    "ADVICE", "KIND_NAMES", "TOUCHED", "Consistency", "Finding", "Judged", "Kind", "Limits", "Look",
    "Options", "Passage", "Tag", "as_json",
]  # fmt: skip

TOUCHED = ("codings", "codes", "submissions", "documents", "segments", "readings", "dismissals")
"""The tables on which findings rest: a change of one may make them others."""

_HALF_SEEN = (Kind.UNUSED, Kind.ONCE)
"""What cannot be told by those who do not see all tags."""

_SHORTEST = 6
"""Signs of an id that are enough to name it by."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is looked for, from whose view, and by which thresholds."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    sight: Sight = field(default_factory=Sight)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what was said of it: `dismissal` holds, or is of `before`, when what it is
    about stood otherwise."""

    finding: Finding
    dismissal: Dismissal | None = None
    before: Dismissal | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, and when it was looked at (ISO 8601, UTC)."""

    at: str
    judged: tuple[Judged, ...]

    @property
    def open(self) -> list[Judged]:
        """The findings that nobody has dismissed as they stand."""
        return [one for one in self.judged if one.dismissal is None]

    @property
    def dismissed(self) -> list[Judged]:
        """The findings that were dismissed, and stand as they did then."""
        return [one for one in self.judged if one.dismissal is not None]

    @property
    def counts(self) -> Counter[Kind]:
        """How many findings of each kind are open."""
        return Counter(one.finding.kind for one in self.open)

    def __str__(self) -> str:
        """The outcome in a sentence."""
        gone = f" {len(self.dismissed):,} dismissed." if self.dismissed else ""
        if not self.open:
            return f"Nothing odd was found.{gone}"
        return f"{counted(len(self.open), 'finding')}.{gone}"

    def by(self, ident: str) -> Judged:
        """The finding whose id begins so. Raises NotFound where there is none or several."""
        found = [one for one in self.judged if one.finding.id.startswith(ident)]
        if len(found) == 1 and len(ident) >= _SHORTEST:
            return found[0]
        raise NotFound(
            f"{'No' if not found else 'More than one'} finding has an id that begins with"
            f" “{ident}”.",
            "`consistency` lists them with their ids.",
        )


class Consistency:
    """Looks for what is odd about the codebook in use, and keeps what reviewers say of it."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    @at_one_moment
    def findings(self, options: Options = Options(), job: Job | None = None) -> Look:
        """Everything odd that the thresholds let through, each with what was said of it.

        Seconds to half a minute of work. Where others' tags are not seen, nothing is told of them.
        Raises Cancelled.
        """
        job = job or Job()
        at = now()
        kinds = [one for one in options.kinds if options.sight.whole or one not in _HALF_SEEN]
        found = look(self._material(options.sight, job), options.limits, kinds, job)
        return self.judge(found, options.limits, at)

    def judge(self, found: Sequence[Finding], limits: Limits = Limits(), at: str = "") -> Look:  # noqa: B008
        """These findings with what has been said of them by now."""
        said = consistency.dismissals(self._store.reader)
        judged = []
        for one in found:
            dismissal = said.get(one.id)
            if dismissal and _holds(dismissal, one, limits):
                judged.append(Judged(one, dismissal))
            else:
                judged.append(Judged(one, None, dismissal))
        return Look(at or now(), tuple(judged))

    def dismiss(self, finding: Finding, reason: str) -> Dismissal:
        """Has a finding told no more as long as it stands as it does. Raises Refused without a
        reason."""
        if not reason.strip():
            raise Refused(
                "A finding is dismissed with a reason.", "Say in a few words why it is as it is."
            )
        dismissal = Dismissal(
            finding.id,
            finding.kind,
            finding.about,
            self._who().id,
            now(),
            reason.strip(),
            finding.state,
            finding.size,
            finding.submissions,
        )
        with self._store.step(f"Dismiss “{finding.title}”: {finding.where}", self._who()) as tx:
            tx.put(dismissal)
        return dismissal

    def restore(self, dismissal: Dismissal) -> None:
        """Has a dismissed finding told again. Raises NotFound where it is so already."""
        if dismissal.id not in consistency.dismissals(self._store.reader):
            raise NotFound("This finding is not dismissed any more.", "Look again.")
        name = KIND_NAMES[Kind(dismissal.kind)]
        with self._store.step(f"Take back the dismissal of “{name}”", self._who()) as tx:
            tx.delete(dismissal)

    def save(self, judged: Sequence[Judged], path: Path) -> None:
        """Writes findings to `path`, `.csv` or `.docx`. Raises EvidenceError for another ending or
        a file that cannot be written."""
        from coder.export.consistency import write_findings

        inquiry, today = self._store.read.inquiry().title, datetime.now().astimezone().date()
        write_findings(inquiry, [as_json(one) for one in judged], path, today)

    def coder_names(self) -> dict[str, str]:
        """The names of all coders by their id."""
        return {one.id: one.name for one in self._store.read.coders()}

    def _material(self, sight: Sight, job: Job) -> Material:
        read = self._store.read
        documents = {}
        for header in read.documents():
            job.check()
            if header.kind is not DocumentKind.MEDIA:
                documents[header.id] = read.document(header.id)
        codes = {one.id: one for one in read.codes()}
        names = self.coder_names()
        agreed = {one for one, name in names.items() if name == AGREED}
        seen = [
            one
            for one in consistency.codings(self._store.reader, sight)
            if one.document_id in documents and one.code_id in codes
        ]
        return Material(
            codes,
            names,
            {one.id: one for one in read.submissions()},
            documents,
            [one for one in seen if one.coder_id not in agreed],
            consistency.readings(self._store.reader, sight),
            [one for one in seen if one.coder_id in agreed],
        )


def as_json(judged: Judged) -> dict[str, Any]:
    """A finding for scripts, by fixed names; `dismissed` is None where it is open, and `before`
    what was said when it stood otherwise."""
    one = judged.finding
    return {
        "id": one.id,
        "kind": one.kind.value,
        "title": one.title,
        "what": one.said,
        "do": one.advice,
        "codes": list(one.paths),
        "coders": list(one.coders),
        "passages": [_passage(passage) for passage in one.passages],
        "dismissed": _said(judged.dismissal),
        "before": _said(judged.before),
    }


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "side": one.side,
        "tags": [
            {"coding": tag.coding_id, "code": tag.code, "coder": tag.coder, "at": tag.at}
            for tag in one.tags
        ],
    }


def _said(dismissal: Dismissal | None) -> dict[str, str] | None:
    if dismissal is None:
        return None
    return {"reason": dismissal.reason, "at": dismissal.dismissed_at}


def _holds(dismissal: Dismissal, finding: Finding, limits: Limits) -> bool:
    """Whether what a dismissed finding is about still stands as it did."""
    small, large = sorted((dismissal.size, finding.size))
    return dismissal.state == finding.state and large <= limits.grown * small
