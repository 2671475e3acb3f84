"""What a check finds: a line for each quotation, and for each name or citation that is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from coder.domain.text import counted
from coder.export.checking.story import Stretch


class What(StrEnum):
    """What in the report a finding is about."""

    QUOTATION = "quotation"
    PHRASE = "phrase"
    CITATION = "citation"
    NAME = "name"


class Status(StrEnum):
    """What a quotation is, in the words that scripts rely on."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    NOT_FOUND = "not-found"
    WRONG_REFERENCE = "wrong-reference"
    NOT_PERMITTED = "not-permitted"


class Kind(StrEnum):
    """What is wrong, the gravest first; of the last ones (`SOFT`) nobody can tell whether it is."""

    WITHDRAWN = "withdrawn"
    PERMISSION = "not-permitted"
    NAMED = "named"
    SENSITIVE = "sensitive"
    NOT_FOUND = "not-found"
    ALTERED = "altered"
    NO_REFERENCE = "no-such-reference"
    REFERENCE = "wrong-reference"
    NAME = "wrong-name"
    MOVED = "moved"
    PARAGRAPH = "wrong-paragraph"
    TIME = "wrong-time"
    OMISSION = "omission"
    SENTENCE = "sentence-end"
    SPEAKER = "another-speaker"
    UNREAD = "unreadable-reference"
    OUTSIDE = "another-source"
    UNQUOTED = "unquoted"
    TWICE = "used-twice"


SOFT = frozenset({
    Kind.OMISSION, Kind.SENTENCE, Kind.SPEAKER, Kind.UNREAD, Kind.OUTSIDE, Kind.UNQUOTED,
    Kind.TWICE,
})  # fmt: skip
"""What is to be looked at by hand, and may well be right."""


KIND_NAMES = {
    Kind.WITHDRAWN: "Withdrawn evidence",
    Kind.PERMISSION: "Not permitted",
    Kind.NAMED: "Named without permission",
    Kind.SENSITIVE: "Marked sensitive",
    Kind.NOT_FOUND: "Not found",
    Kind.ALTERED: "Altered",
    Kind.NO_REFERENCE: "No such reference",
    Kind.REFERENCE: "Wrong reference",
    Kind.NAME: "Wrong name",
    Kind.MOVED: "Reference has moved",
    Kind.PARAGRAPH: "Wrong paragraph",
    Kind.TIME: "Wrong time",
    Kind.OMISSION: "Words left out",
    Kind.SENTENCE: "Sentence ends moved",
    Kind.SPEAKER: "Another speaker",
    Kind.UNREAD: "Unreadable reference",
    Kind.OUTSIDE: "Another source",
    Kind.UNQUOTED: "Citation without quotation",
    Kind.TWICE: "Used twice",
}

_STATUS = {
    Kind.WITHDRAWN: Status.NOT_PERMITTED,
    Kind.PERMISSION: Status.NOT_PERMITTED,
    Kind.NAMED: Status.NOT_PERMITTED,
    Kind.SENSITIVE: Status.NOT_PERMITTED,
    Kind.NOT_FOUND: Status.NOT_FOUND,
    Kind.ALTERED: Status.ALTERED,
    Kind.NO_REFERENCE: Status.WRONG_REFERENCE,
    Kind.REFERENCE: Status.WRONG_REFERENCE,
    Kind.NAME: Status.WRONG_REFERENCE,
    Kind.MOVED: Status.WRONG_REFERENCE,
    Kind.PARAGRAPH: Status.WRONG_REFERENCE,
    Kind.TIME: Status.WRONG_REFERENCE,
    Kind.OMISSION: Status.VERBATIM,
    Kind.SENTENCE: Status.VERBATIM,
    Kind.SPEAKER: Status.VERBATIM,
    Kind.UNREAD: Status.WRONG_REFERENCE,
    Kind.OUTSIDE: Status.NOT_FOUND,
    Kind.UNQUOTED: Status.VERBATIM,
    Kind.TWICE: Status.VERBATIM,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and how it is told, in full sentences."""

    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the report beside those of the evidence; either may be empty where they differ, and
    `tellable` is then what of the latter may be told outside the project. `omitted` are words of
    the evidence that the report leaves out, with the sign that it sets for them."""

    same: bool
    report: str
    evidence: str
    tellable: str = ""
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand in the evidence: `[start, end)` of a document, in code points, what
    they are there, and how they are cited. `tellable` is what of them may be told outside the
    project: with names masked where they must be, and nothing of what is not for publication."""

    document_id: str
    document: str
    start: int
    end: int
    words: str
    citation: str
    tellable: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation of the report and what became of it, or a citation or name that is wrong.

    `ref` is the submission that has the words, `cited` what the report gives as the source;
    `where` tells people the place in the report. `machine_draft` says that a machine wrote the
    words of the evidence and nobody has checked them.
    """

    what: What
    text: str
    stretch: Stretch
    where: str
    ref: str = ""
    cited: str = ""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    passage: Passage | None = None
    difference: tuple[Piece, ...] = ()
    id: str = ""
    machine_draft: bool = False

    @property
    def status(self) -> Status:
        """The status of its gravest problem; verbatim where there is none."""
        return _STATUS[self.kind] if self.kind else Status.VERBATIM

    @property
    def kind(self) -> Kind | None:
        """The gravest of its problems, or None."""
        return self.problems[0].kind if self.problems else None

    @property
    def soft(self) -> bool:
        """Whether it is only to be looked at by hand."""
        return self.kind in SOFT

    @property
    def title(self) -> str:
        """What it is, in two or three words."""
        if self.kind:
            return KIND_NAMES[self.kind]
        return "Verbatim with omissions" if self.omits else "Verbatim"

    @property
    def titles(self) -> str:
        """What it is, with all that is wrong, as a heading."""
        several = [KIND_NAMES[one.kind] for one in self.problems]
        return " · ".join(dict.fromkeys(several)) or self.title

    @property
    def altered(self) -> bool:
        """Whether some of its words differ from the evidence's."""
        return any(not one.same for one in self.difference)

    @property
    def omits(self) -> bool:
        """Whether it leaves out words of the evidence."""
        return any(one.omitted for one in self.difference)

    @property
    def marked(self) -> str:
        """The differences on one line: `[-words of the report-]`, `{+words of the evidence+}`; what
        is left out stands as `{…words…}`."""
        parts = []
        for one in self.difference:
            if one.omitted:
                parts += [one.report, f"{{…{one.evidence}…}}"]
                continue
            if one.same:
                parts.append(one.report)
                continue
            parts += [f"[-{one.report}-]"] * bool(one.report)
            parts += [f"{{+{one.evidence}+}}"] * bool(one.evidence)
        return " ".join(" ".join(parts).split())

    @property
    def problem(self) -> str:
        """All that is wrong, in sentences; empty where nothing is."""
        return " ".join(one.told for one in self.problems)

    def adding(self, *problems: Problem) -> Finding:
        """The finding with more problems, the gravest first."""
        order = list(Kind)
        every = sorted((*self.problems, *problems), key=lambda one: order.index(one.kind))
        return replace(self, problems=tuple(dict.fromkeys(every)))

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts, the fixed ones first."""
        found = self.passage
        return {
            "text": self.text,
            "status": self.status.value,
            "ref": self.ref,
            "cited": self.cited,
            "problem": self.problem,
            "what": self.what.value,
            "kind": self.kind.value if self.kind else "",
            "soft": self.soft,
            "kinds": [one.kind.value for one in self.problems],
            "remarks": list(self.remarks),
            "where": self.where,
            "machine_draft": self.machine_draft,
            "id": self.id,
            "document": found.document if found else "",
            "document_id": found.document_id if found else "",
            "start": found.start if found else None,
            "end": found.end if found else None,
            "evidence": found.words if found else "",
            "citation": found.citation if found else "",
            "difference": [
                {
                    "same": one.same,
                    "omitted": one.omitted,
                    "report": one.report,
                    "evidence": one.evidence,
                }
                for one in self.difference
            ],
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a check found, in the order of the report. `phrases` are words in quotation marks
    that are no quotations: titles, single terms, words from elsewhere; `citations` is how many
    citations there are."""

    found: tuple[Finding, ...]
    phrases: int = 0
    citations: int = 0
    counts: Counter[Kind] = field(default_factory=Counter)

    @classmethod
    def of(cls, found: Sequence[Finding], phrases: int, citations: int) -> Findings:
        """The findings with their problems counted."""
        counts = Counter(problem.kind for one in found for problem in one.problems)
        return cls(tuple(found), phrases, citations, counts)

    @property
    def quotations(self) -> int:
        """How many quotations there are."""
        return sum(one.what is What.QUOTATION for one in self.found)

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings with a problem, but for those that are only to be looked at."""
        return tuple(one for one in self.found if one.problems and not one.soft)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """The findings that are only to be looked at."""
        return tuple(one for one in self.found if one.soft)

    def summary(self) -> str:
        """The outcome in two or three sentences."""
        looked = (
            f"{counted(self.quotations, 'quotation')} and {counted(self.citations, 'citation')}"
            " checked."
        )
        if not self.quotations and not self.citations:
            return "No quotation and no citation was found in this report."
        told = [looked, self._told_wrong(), self._told_soft()]
        if not self.wrong and not self.soft:
            told.append("Nothing is wrong.")
        return " ".join(filter(None, told))

    def _told_wrong(self) -> str:
        kinds = self._listed(kind for kind in Kind if kind not in SOFT)
        place = counted(len(self.wrong), "place needs", "places need")
        return f"{place} a look: {kinds}." if self.wrong else ""

    def _told_soft(self) -> str:
        told = []
        if loose := self.counts[Kind.UNQUOTED]:
            stands = counted(loose, "citation stands", "citations stand")
            told.append(f"{stands} beside no quotation, to be looked at by hand.")
        if kinds := self._listed(kind for kind in Kind if kind in SOFT - {Kind.UNQUOTED}):
            told.append(f"Worth a glance: {kinds}.")
        return " ".join(told)

    def _listed(self, kinds: Iterable[Kind]) -> str:
        return ", ".join(
            f"{KIND_NAMES[kind].lower()} {self.counts[kind]:,}"
            for kind in kinds
            if self.counts[kind]
        )
