"""What is looked at: the codebook, the evidence and its codings, in memory and by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coder.analysis.consistency.findings import Finding, Kind, Passage, Tag, state_of
from coder.domain.model import Code, Coding, Document, Reading, Status, Submission

_COUNTED = (Status.RECEIVED, Status.INCLUDED)

CAMPAIGN = "campaign"
"""The flag of a letter of a campaign."""


@dataclass(frozen=True)
class Material:
    """What consistency is looked for in. `documents` have texts and paragraphs; `coders` are names
    by id; `codings` are everyone's that may be seen, `agreed` those that coders settled on."""

    codes: Mapping[str, Code]
    coders: Mapping[str, str]
    submissions: Mapping[str, Submission]
    documents: Mapping[str, Document]
    codings: Sequence[Coding]
    readings: Sequence[Reading] = ()
    agreed: Sequence[Coding] = ()

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each code by its id."""
        return {one: self._path(code) for one, code in self.codes.items()}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each document in the order of references."""
        return {one: place for place, one in enumerate(self.documents)}

    @cached_property
    def standing(self) -> list[Coding]:
        """The codings of submissions that count, in the order of references and texts."""
        order = self.order
        counted = [one for one in self.codings if self.counts(one.document_id)]
        return sorted(counted, key=lambda c: (order[c.document_id], c.start, c.end, c.id))

    @cached_property
    def by_document(self) -> dict[str, list[Coding]]:
        """The standing codings of each document that has any, in the order of the text."""
        return _by(self.standing, "document_id")

    @cached_property
    def settled(self) -> dict[str, list[Coding]]:
        """What was agreed in each document where anything was."""
        return _by(self.agreed, "document_id")

    @cached_property
    def by_code(self) -> dict[str, list[Coding]]:
        """The standing codings of each code that has any."""
        return _by(self.standing, "code_id")

    @cached_property
    def reach(self) -> dict[str, int]:
        """How far each document has been gone through, in code points: to its end where somebody
        read it or declared it coded, otherwise up to its last tag."""
        far = {one: max(c.end for c in codings) for one, codings in self.by_document.items()}
        for reading in self.readings:
            document = self.documents.get(reading.document_id)
            if document and (reading.read_at or reading.coded_at):
                far[document.id] = len(document.text)
        return far

    @cached_property
    def campaigns(self) -> dict[str, str]:
        """The id of the letter that stands for the campaign, for each letter of one."""
        heads = {
            one.of_id
            for one in self.submissions.values()
            if CAMPAIGN in one.flags and one.of_id and one.status in _COUNTED
        }
        return {
            one.id: one.of_id or one.id
            for one in self.submissions.values()
            if one.status in _COUNTED
            and ((CAMPAIGN in one.flags and one.of_id in heads) or one.id in heads)
        }

    def counts(self, document_id: str) -> bool:
        """Whether a document is there and its submission counts as evidence."""
        document = self.documents.get(document_id)
        return document is not None and self.owner(document_id).status in _COUNTED

    def owner(self, document_id: str) -> Submission:
        """The submission of a document."""
        return self.submissions[self.documents[document_id].submission_id]

    def family(self, code_id: str) -> set[str]:
        """A code with those above and below it: who has one of them has the code, more or less."""
        family, fresh = {code_id}, {code_id}
        while fresh:
            fresh = {one.id for one in self.codes.values() if one.parent_id in fresh} - family
            family |= fresh
        above = self.codes[code_id].parent_id
        while above:
            family.add(above)
            above = self.codes[above].parent_id
        return family

    def passage(
        self, document_id: str, start: int, end: int, codings: Iterable[Coding] = (), side: str = ""
    ) -> Passage:
        """The words `[start, end)` of a document with these tags."""
        document, owner = self.documents[document_id], self.owner(document_id)
        return Passage(
            owner.id,
            owner.ref,
            document_id,
            document.title,
            start,
            end,
            document.text[start:end],
            tuple(map(self.tag, codings)),
            side,
        )

    def shown(self, coding: Coding, side: str = "") -> Passage:
        """The passage of a coding, with its tag."""
        return self.passage(coding.document_id, coding.start, coding.end, [coding], side)

    def several(self, codings: Iterable[Coding]) -> list[Passage]:
        """The passages of these codings; those on the same words are one, with several tags."""
        places: defaultdict[tuple[str, int, int], list[Coding]] = defaultdict(list)
        for one in codings:
            places[one.document_id, one.start, one.end].append(one)
        return [self.passage(*place, several) for place, several in places.items()]

    def tag(self, coding: Coding) -> Tag:
        """A coding as it is told."""
        return Tag(
            coding.id,
            coding.code_id,
            self.paths[coding.code_id],
            coding.coder_id,
            self.coders.get(coding.coder_id, ""),
            coding.created_at,
        )

    def name(self, code_id: str) -> str:
        """A code's name in quotation marks."""
        return f"“{self.codes[code_id].name}”"

    def finding(
        self,
        kind: Kind,
        about: Sequence[str],
        said: str,
        codes: Iterable[str],
        passages: Sequence[Passage] = (),
        *,
        state: Iterable[object] = (),
        size: int = 0,
        coders: Iterable[str] = (),
        submission_id: str = "",
    ) -> Finding:
        """A finding; its coders are those of its passages' tags where none are given."""
        ids = tuple(dict.fromkeys(codes))
        tagged = [tag.coder for one in passages for tag in one.tags]
        return Finding(
            kind,
            tuple(about),
            said,
            tuple(passages),
            ids,
            tuple(self.paths[one] for one in ids),
            tuple(dict.fromkeys(coders or tagged)),
            state_of(state),
            size,
            submission_id,
        )

    def meaning(self, *code_ids: str) -> list[str]:
        """What codes are said to mean: that it changed makes a pattern worth another look."""
        return [
            part
            for one in (self.codes[code_id] for code_id in code_ids)
            for part in (one.name, one.definition, one.use_when, one.not_when)
        ]

    def _path(self, code: Code) -> str:
        above = self.codes.get(code.parent_id or "")
        return f"{self._path(above)}/{code.name}" if above else code.name


def _by(codings: Iterable[Coding], field: str) -> dict[str, list[Coding]]:
    found: defaultdict[str, list[Coding]] = defaultdict(list)
    for one in codings:
        found[getattr(one, field)].append(one)
    return dict(found)


def lies_on(start: int, end: int, other: Coding) -> bool:
    """Whether a coding is on these words: the two share more than half of the shorter."""
    shared = min(end, other.end) - max(start, other.start)
    return 2 * shared > min(end - start, other.end - other.start)
