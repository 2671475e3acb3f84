"""Checks a report against the evidence: every quotation, every citation, every name.

The texts are read once, one after another, against the words of all quotations (`evidence`); then
each quotation is judged by itself (`judging`), and last what concerns several of them together:
passages used twice, names, and citations without a quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.domain.model import Permission
from coder.export.checking.binding import Binder
from coder.export.checking.citations import Citation, CitationFinder
from coder.export.checking.evidence import Corpus, Index, Vocabulary
from coder.export.checking.findings import Finding, Findings, Kind, Problem, What
from coder.export.checking.judging import Claim, Judge, Verdict
from coder.export.checking.loose import loose, unread
from coder.export.checking.naming import Naming, Told
from coder.export.checking.pattern import Pattern, pattern
from coder.export.checking.quotations import Quotation, quotations
from coder.export.checking.several import with_each_reference
from coder.export.checking.sources import Evidence, Sources
from coder.export.checking.story import Story, Stretch, cut
from coder.jobs import Job

_MISNAMED = {Kind.NAME, Kind.SPEAKER, Kind.REFERENCE}

_LONGEST = 1500
"""Words beyond which what stands in quotation marks is no quotation."""

_LONGEST_TEXT = 30_000
"""Code points beyond which it is none either, and is not parted into words."""

_REUSED = 6
"""Words of a passage that may stand in the report again: fewer are a term that is taken up."""


def check_story(story: Story, evidence: Evidence, job: Job) -> Findings:
    """What of a report is as it should be, and what is not. Raises Cancelled."""
    return _Check(story, evidence, job).findings()


class _Check:
    def __init__(self, story: Story, evidence: Evidence, job: Job) -> None:
        self._story = story
        self._evidence = evidence
        self._job = job
        self._sources = Sources(evidence)
        self._finder = CitationFinder(self._sources.prefixes, self._sources.by_ref)
        self._citations = list(_citations(story, self._finder))
        self._naming = Naming(evidence.submissions, story)

    def findings(self) -> Findings:
        claims = self._claims()
        index, corpus = self._read([one for claim in claims for one in claim.patterns])
        judge = Judge(corpus, self._sources, self._evidence.asked)
        judged, phrases = self._judged(judge, claims, index, corpus)
        verdicts = [verdict for _, verdict in judged]
        found = [one.finding for one in _with_reuse(verdicts, self._story)]
        for number, problem in with_each_reference(judged, self._sources, judge):
            if problem.kind not in {one.kind for one in found[number].problems}:
                found[number] = found[number].adding(problem)
        found = self._named(found, verdicts)
        found = self._misnamed(found, verdicts)
        found[: len(verdicts)] = map(self._misspoken, found, verdicts)
        used = {id(one) for verdict in verdicts for one in verdict.citations}
        used |= {id(one) for claim in claims for one in claim.bound.meant}
        told = {one.stretch for one in found if one.what is What.CITATION}
        found += [
            one
            for one in loose(self._story, self._citations, used, judge)
            if one.kind is not Kind.UNQUOTED or one.stretch not in told
        ]
        found += unread(self._story, self._finder)
        found.sort(key=lambda one: (one.stretch.first, one.stretch.start))
        return Findings.of(found, phrases, sum(map(len, self._citations)))

    def _judged(
        self, judge: Judge, claims: Sequence[Claim], index: Index, corpus: Corpus
    ) -> tuple[list[tuple[Claim, Verdict]], int]:
        """The quotations with their verdicts, and how many others are phrases."""
        told = []
        number = 0
        for claim in claims:
            self._job.check()
            near = dict.fromkeys(
                one for step in range(len(claim.patterns)) for one in index.nearest(number + step)
            )
            number += len(claim.patterns)
            verdict = judge.verdict(claim, [corpus.documents[one] for one in near])
            if verdict is not None:
                told.append((claim, verdict))
        return told, len(claims) - len(told)

    # Below: which quotations there are

    def _claims(self) -> list[Claim]:
        every = quotations(self._story, self._citations)
        binder = Binder(self._story, self._citations, every)
        claims = []
        for one in every:
            if len(one.text) > _LONGEST_TEXT:
                continue
            patterns = tuple(self._patterns(one))
            if 0 < len(patterns[0]) <= _LONGEST:
                where = self._story.paragraphs[one.stretch.first].where
                claims.append(Claim(one, patterns, binder.bound(one), where))
        return claims

    def _patterns(self, quotation: Quotation) -> Iterator[Pattern]:
        yield pattern(quotation.text)
        for other in quotation.others:
            yield pattern(cut(self._story, other))

    def _read(self, patterns: Sequence[Pattern]) -> tuple[Index, Corpus]:
        corpus = Corpus(Vocabulary(patterns))
        index = Index(patterns, corpus)
        total = len(self._evidence.documents)

        def told(count: int) -> None:
            self._job.check()
            self._job.report(count, total, "Reading the evidence")

        index.read(self._evidence.texts if patterns else (), told)
        return index, corpus

    # Below: names that are told

    def _named(self, found: list[Finding], verdicts: Sequence[Verdict]) -> list[Finding]:
        """The findings, with the names that are told without permission: in the quotations that
        they belong to, and otherwise as findings of their own."""
        told: set[tuple[int, int, int]] = set()
        for number, verdict in enumerate(verdicts):
            if not verdict.document_id:
                continue
            owner = self._sources.owner(verdict.document_id)
            if owner.permission is Permission.NAMED:
                continue
            names: list[str] = []
            for place in self._beside(verdict):
                whole = [o for o in self._naming.anywhere(place) if owner.id in o.submissions]
                for one in (*whole, *self._naming.beside(place, owner.id)):
                    if any(a <= one.start and one.end <= b for p, a, b in told if p == place):
                        continue
                    told.add((place, one.start, one.end))
                    names.append(one.words)
            if names:
                listed = ", ".join(f"“{name}”" for name in dict.fromkeys(names))
                verb = "is" if len(set(names)) == 1 else "are"
                problem = Problem(
                    Kind.NAMED, f"{listed} {verb} named here, but {owner.ref} must not be."
                )
                found[number] = found[number].adding(problem)
        return found + list(self._elsewhere(told))

    def _beside(self, verdict: Verdict) -> Iterator[int]:
        """The paragraphs of a quotation and of the notes that its last one has marks of."""
        stretch = verdict.finding.stretch
        yield from range(stretch.first, stretch.last + 1)
        said = self._story.paragraphs[stretch.last]
        for mark in said.marks:
            yield from self._story.of_note(mark.note)
        for place in (stretch.last + 1,):
            if place < len(self._citations) and any(
                one in verdict.citations for one in self._citations[place]
            ):
                yield place

    def _elsewhere(self, told: set[tuple[int, int, int]]) -> Iterator[Finding]:
        for place, said in enumerate(self._story.paragraphs):
            known: dict[str, Told] = {}
            for one in self._naming.anywhere(place):
                if (place, one.start, one.end) not in told:
                    known.setdefault(one.words, one)
            for one in known.values():
                ref = self._sources.by_id[one.submissions[0]].ref
                problem = Problem(
                    Kind.NAMED,
                    f"“{one.words}” is named here, but must not be told to have given evidence.",
                )
                yield Finding(
                    What.NAME,
                    one.words,
                    Stretch(place, one.start, place, one.end),
                    said.where,
                    ref=ref,
                    problems=(problem,),
                )

    def _misnamed(self, found: list[Finding], verdicts: Sequence[Verdict]) -> list[Finding]:
        """The findings, with the names that stand before a citation and are not of whom it cites;
        those before citations without a quotation as findings of their own."""
        users = {
            id(citation): number
            for number, verdict in reversed(list(enumerate(verdicts)))
            for citation in verdict.citations
        }
        for place, several in enumerate(self._citations):
            for one in several:
                problem = self._misnaming(place, one)
                if problem is None:
                    continue
                number = users.get(id(one), -1)
                if number >= 0:
                    found[number] = found[number].adding(problem)
                    continue
                said = self._story.paragraphs[place]
                stretch = Stretch(place, one.start, place, one.end)
                text = said.text[one.start : one.end]
                found.append(
                    Finding(What.CITATION, text, stretch, said.where, cited=one.text).adding(
                        problem
                    )
                )
        return found

    def _misspoken(self, finding: Finding, verdict: Verdict) -> Finding:
        """The finding, with a problem where another speaker is named before the quotation."""
        if not verdict.document_id or _MISNAMED & {one.kind for one in finding.problems}:
            return finding
        stretch, owner = finding.stretch, self._sources.owner(verdict.document_id)
        named = self._naming.speaker(stretch.first, stretch.start)
        joined = {self._sources.by_ref[ref].id for ref in self._sources.refs(verdict.document_id)}
        if named is None or {owner.of_id, *joined} & set(named.submissions):
            return finding
        refs = [one.ref for key in named.submissions if (one := self._sources.by_id.get(key))]
        told = f"“{named.words}” is {' or '.join(refs)}, and these words are from {owner.ref}."
        return finding.adding(Problem(Kind.SPEAKER, told))

    def _misnaming(self, place: int, citation: Citation) -> Problem | None:
        text = self._story.paragraphs[place].text
        at = text.find(citation.cited[0].ref, citation.start)
        named = self._naming.before(place, max(at, citation.start))
        cited = [self._sources.by_ref.get(one.ref) for one in citation.cited]
        known = {key for one in cited if one for key in (one.id, one.of_id)}
        if named is None or not known or known & set(named.submissions):
            return None
        refs = [one.ref for key in named.submissions if (one := self._sources.by_id.get(key))]
        told = f"“{named.words}” is {' or '.join(refs)}, and not {citation.cited[0].ref}."
        return Problem(Kind.SPEAKER if named.loose else Kind.NAME, told)


def _citations(story: Story, finder: CitationFinder) -> Iterator[list[Citation]]:
    """The citations of each paragraph; in a note *ibid.* means the note before."""
    before: Citation | None = None
    for said in story.paragraphs:
        found = finder.find(said.text, before if said.note else None)
        if said.note and said.text.strip():
            before = found[-1] if found else None
        yield found


def _with_reuse(verdicts: Sequence[Verdict], story: Story) -> Iterator[Verdict]:
    """The verdicts, with a problem on each true quotation that for the most part quotes what was
    quoted before. Headings may take words from below them."""
    before: dict[str, list[tuple[set[int], Verdict]]] = {}
    for verdict in verdicts:
        if verdict.finding.altered or story.paragraphs[verdict.finding.stretch.first].heading:
            yield verdict
            continue
        words = {number for start, end in verdict.spans for number in range(start, end)}
        known = before.setdefault(verdict.document_id, [])
        first = next((other for old, other in known if _is_most(words, old)), None)
        known.append((words, verdict))
        if first is None or not verdict.document_id:
            yield verdict
            continue
        told = f"The same passage is quoted before, in {first.finding.where}."
        yield replace(verdict, finding=verdict.finding.adding(Problem(Kind.TWICE, told)))


def _is_most(words: set[int], others: set[int]) -> bool:
    shared = len(words & others)
    return shared >= _REUSED and 2 * shared > min(len(words), len(others))
