"""Judges one quotation: whether the evidence has its words, where, and whether they may be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.domain.citation import UNCHECKED, barred
from coder.domain.model import Permission, Status, Submission
from coder.domain.quote_id import QuoteId
from coder.export.checking.alignment import Alignment, Edit, Span, align, places
from coder.export.checking.binding import Bound
from coder.export.checking.citations import Citation, Cited
from coder.export.checking.difference import difference, is_same, told
from coder.export.checking.evidence import Corpus
from coder.export.checking.findings import Finding, Kind, Piece, Problem, What
from coder.export.checking.omissions import Place, beside, omissions, turned
from coder.export.checking.pattern import Pattern
from coder.export.checking.quotations import Quotation
from coder.export.checking.sources import Sources
from coder.export.checking.stitched import Stitched, moved_ends, stitched
from coder.export.checking.stitched import beside as beside_stitched
from coder.export.checking.stitched import problem as of_stitched
from coder.export.checking.words import folded_words

PHRASE = 3
"""Words in quotation marks up to which they are a term or a phrase, unless they are cited."""

_ALIKE, _ALIKE_CITED = 0.6, 0.5
"""Share of the words, by weight, that a text must have for them to be its words altered: any text,
and one that is cited."""

_ABOUT, _ELSEWHERE = 2, 3
"""How a place goes with the citations, after the ones certain and those near."""

_SHORT = 6
_ALIKE_SHORT = 0.75
_LETTERS = re.compile(r"[^\W\d_][\w’']*")
_SMALL = {
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the",
    "to", "up", "with",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation with what it claims: its words (several ways where its marks leave open where it
    ends, the likeliest first), its citations, and how many paragraphs tell where it stands."""

    quotation: Quotation
    patterns: tuple[Pattern, ...]
    bound: Bound
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim: its finding, the words of the document that it has, and the citation
    that was taken for its own."""

    finding: Finding
    document_id: str = ""
    spans: tuple[Span, ...] = ()
    citations: tuple[Citation, ...] = ()


class Judge:
    """Judges quotations against the texts that a corpus has taken in."""

    def __init__(self, corpus: Corpus, sources: Sources, asked: Iterable[str] = ()) -> None:
        """`asked` are words of the inquiry itself."""
        self._corpus = corpus
        self._sources = sources
        self._asked = [corpus.vocabulary.spelled(folded_words(one)) for one in asked]

    def verdict(self, claim: Claim, nearest: Iterable[str]) -> Verdict | None:
        """What became of a claim; None where it is a phrase and no quotation. `nearest` are the
        documents that have most in common with it."""
        of_id = self._of_id(claim)
        candidates = self._candidates(claim, of_id, nearest)
        if found := self._places(claim.patterns[0], candidates):
            return self._verbatim(claim, found, of_id)
        if withdrawn := self._withdrawn(claim):
            return self._told(claim, withdrawn)
        like = self._nearest(claim, candidates, of_id)
        for number, pattern in enumerate(claim.patterns):
            if number and not like and (found := self._places(pattern, candidates)):
                return self._verbatim(_ended(claim, number), found, of_id)
        if not claim.bound.elsewhere:
            cited = self._cited_documents(claim)
            if joined := stitched(claim.patterns[0], candidates, cited, self._corpus):
                return self._joined(claim, joined)
        return self._unlike(claim, like)

    def holds(self, claim: Claim, cited: Cited) -> bool | None:
        """Whether a submission has the words of a quotation where it is cited; None where it has
        them elsewhere."""
        found = self._places(claim.patterns[0], self._sources.documents_of(cited.ref))
        if any(not self._misplacement(place, cited) for place in found):
            return True
        return None if found else False

    # Below: where to look

    def _of_id(self, claim: Claim) -> tuple[str, QuoteId] | None:
        """The document and place that the quotation's id names."""
        parsed = QuoteId.parse(claim.quotation.id)
        if parsed is None:
            return None
        document = self._sources.with_id(parsed.ref, parsed.document)
        return (document, parsed) if document else None

    def _candidates(
        self, claim: Claim, of_id: tuple[str, QuoteId] | None, nearest: Iterable[str]
    ) -> list[str]:
        bound = claim.bound
        found = [of_id[0]] if of_id else []
        for one in (*bound.own, *bound.near, *bound.about):
            for cited in one.cited:
                found += self._sources.documents_of(cited.ref)
        known = dict.fromkeys([*found, *nearest])
        return [one for one in known if self._corpus.number(one) >= 0]

    def _places(self, pattern: Pattern, candidates: Sequence[str]) -> list[Place]:
        return [
            Place(document, spans)
            for document in candidates
            for spans in places(
                pattern, self._corpus.spelled[self._corpus.number(document)], self._corpus
            )
        ]

    # Below: words that are there

    def _verbatim(
        self, claim: Claim, found: Sequence[Place], of_id: tuple[str, QuoteId] | None
    ) -> Verdict | None:
        bound = claim.bound
        short = len(claim.patterns[0]) <= PHRASE
        certain = bound.own or bound.near
        best: tuple[tuple[int, ...], Place, tuple[Citation, ...]] | None = None
        for place in found:
            rank, citations = self._rank(place, bound, of_id)
            if best is None or rank < best[0]:
                best = (rank, place, citations)
        if best is None:
            return None
        rank, place, citations = best
        if short and not citations and not bound.own:
            return None
        cited_well = rank[0] < _ELSEWHERE
        problems: list[Problem] = []
        remarks: list[str] = []
        gaps = omissions(self._sources, claim.quotation.text, claim.patterns[0], place)
        problems += turned(gaps, claim.quotation.text)
        problems += moved_ends(claim.quotation.text, claim.patterns[0], place, self._sources)
        if cited_well:
            problems += self._misplaced(place, citations)
        elif of_id and place.document_id == of_id[0] and not certain:
            pass
        elif certain and not bound.elsewhere:
            citations = bound.meant
            problems += self._wrong_reference(place, citations)
        if not citations and not bound.elsewhere:
            remarks.append("No citation is given.")
        verdict = self._told(claim, problems, place, citations, remarks)
        shown = beside(claim.quotation.text, claim.patterns[0], place, gaps, self._sources)
        return (
            replace(verdict, finding=replace(verdict.finding, difference=shown))
            if gaps
            else verdict
        )

    def _rank(
        self, place: Place, bound: Bound, of_id: tuple[str, QuoteId] | None
    ) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
        """How well a place goes with what the report cites: the least is the best."""
        refs = self._sources.refs(place.document_id)
        owner = self._sources.owner(place.document_id)
        barred_ = bool(barred(owner.permission, owner.status))
        at_id = not (of_id and self._at_id(place, of_id))
        for level, citations in enumerate((bound.own, bound.near, bound.about)):
            for order, citation in enumerate(citations):
                cited = [one for one in citation.cited if one.ref in refs]
                wrong = any(self._misplacement(place, one) for one in cited)
                if cited and not (wrong and level == _ABOUT):
                    return (level, wrong, order, at_id, barred_), (citation,)
        return (_ELSEWHERE, at_id, barred_, 0, 0), ()

    def _at_id(self, place: Place, of_id: tuple[str, QuoteId]) -> bool:
        document, named = of_id
        if place.document_id != document:
            return False
        stretches = self._sources.stretches(document, place.spans)
        return any(a < named.start + named.length and b > named.start for a, b in stretches)

    def _misplacement(self, place: Place, cited: Cited) -> str:
        return self._sources.misplaced(place.document_id, place.spans, cited)

    def _misplaced(self, place: Place, citations: Sequence[Citation]) -> Iterator[Problem]:
        refs = self._sources.refs(place.document_id)
        several = [one for citation in citations for one in citation.cited if one.ref in refs]
        found = [self._misplacement(place, one) for one in several]
        if not found or not all(found):
            return
        citation = self._sources.passage(place.document_id, place.spans).citation.strip("()")
        if found[0] == "time":
            yield Problem(Kind.TIME, f"These words are spoken elsewhere: {citation}.")
        else:
            yield Problem(Kind.PARAGRAPH, f"These words stand elsewhere: {citation}.")

    def _wrong_reference(self, place: Place, citations: Sequence[Citation]) -> Iterator[Problem]:
        known = [
            one.ref
            for citation in citations
            for one in citation.cited
            if one.ref in self._sources.by_ref
        ]
        if known:
            right = self._sources.passage(place.document_id, place.spans).citation.strip("()")
            wrong = " or ".join(dict.fromkeys(known))
            yield Problem(Kind.REFERENCE, f"These words are from {right}, and not from {wrong}.")

    # Below: words that are not there

    def _unlike(self, claim: Claim, nearest: tuple[str, Alignment] | None) -> Verdict | None:
        pattern, bound = claim.patterns[0], claim.bound
        if nearest:
            return self._altered(claim, *nearest)
        if bound.elsewhere or (len(pattern) <= PHRASE and not bound.own):
            return None
        if not bound.meant and (_is_title(claim.quotation.text) or self._is_asked(pattern)):
            return None
        if claim.quotation.bare and not bound.meant:
            return None
        if bound.named:
            named = f"“{bound.named}” is named as the source of these words: look there."
            problem = Problem(Kind.OUTSIDE, named)
            return self._told(claim, [problem])
        source = "" if bound.meant else ", and no source is given"
        problem = Problem(Kind.NOT_FOUND, f"These words are nowhere in the evidence{source}.")
        return self._told(claim, [problem], citations=bound.meant)

    def _nearest(
        self, claim: Claim, candidates: Sequence[str], of_id: tuple[str, QuoteId] | None
    ) -> tuple[str, Alignment] | None:
        """The document whose words come nearest to a claim, if they are like enough; None too for
        a phrase and for what is from elsewhere."""
        pattern, bound = claim.patterns[0], claim.bound
        if not of_id and (bound.elsewhere or (len(pattern) <= PHRASE and not bound.own)):
            return None
        cited = self._cited_documents(claim)
        best: tuple[float, str, Alignment] | None = None
        for document in candidates:
            spelled = self._corpus.spelled[self._corpus.number(document)]
            found = align(pattern, spelled, self._corpus)
            if found is None:
                continue
            needed = _ALIKE_CITED if document in cited else _ALIKE
            if document not in cited and len(pattern) <= _SHORT:
                needed = _ALIKE_SHORT
            named = bool(of_id and document == of_id[0])
            if found.likeness < needed and not named:
                continue
            score = found.likeness + 0.2 * (document in cited) + 0.5 * named
            if best is None or score > best[0]:
                best = (score, document, found)
        if of_id and (best is None or (best[1] == of_id[0] and best[2].likeness < _ALIKE_CITED)):
            return self._under_id(pattern, of_id)
        return best[1:] if best else None

    def _under_id(self, pattern: Pattern, of_id: tuple[str, QuoteId]) -> tuple[str, Alignment]:
        """The passage that an id names, however little the quotation has left of it."""
        document, named = of_id
        spelled = self._corpus.spelled[self._corpus.number(document)]
        words = self._sources.words(document)
        inside = [
            number
            for number, (start, end) in enumerate(words)
            if end > named.start and start < named.start + named.length
        ]
        within = (inside[0], inside[-1] + 1) if inside else (0, len(spelled))
        found = align(pattern, spelled, self._corpus, within) if len(pattern.runs) == 1 else None
        return document, found or Alignment(0.0, 0, (Edit(False, 0, len(pattern), *within),))

    def _is_asked(self, pattern: Pattern) -> bool:
        """Whether these are words of the inquiry itself."""
        return any(places(pattern, spelled, self._corpus) for spelled in self._asked)

    def _cited_documents(self, claim: Claim) -> set[str]:
        bound = claim.bound
        return {
            document
            for citation in (*bound.own, *bound.near, *bound.about)
            for cited in citation.cited
            for document in self._sources.documents_of(cited.ref)
        }

    def _altered(self, claim: Claim, document: str, alignment: Alignment) -> Verdict | None:
        pattern = claim.patterns[0]
        pieces = difference(
            claim.quotation.text,
            pattern,
            self._sources.document(document).text,
            self._sources.words(document),
            alignment.edits,
            lambda start, end: self._sources.tellable(document, start, end),
        )
        spans = alignment.spans or ((alignment.edits[0].source, alignment.edits[0].source + 1),)
        place = Place(document, tuple(sorted(spans)))
        of_id = self._of_id(claim)
        verdict = self._verbatim(claim, [place], of_id)
        in_order = list(spans) == sorted(spans)
        if verdict is None or (is_same(pieces) and in_order):
            return verdict
        changed = told(pieces)
        if not in_order:
            changed = "Its parts stand in another order in the evidence."
        finding = verdict.finding.adding(Problem(Kind.ALTERED, changed))
        return replace(verdict, finding=replace(finding, difference=tuple(pieces)))

    def _joined(self, claim: Claim, found: Stitched) -> Verdict | None:
        text, pattern = claim.quotation.text, claim.patterns[0]
        verdict = self._verbatim(claim, [found.main], self._of_id(claim))
        if verdict is None:
            return None
        problems = [of_stitched(found, text, pattern, self._sources)]
        for place in found.apart:
            problems += self._permission(place)
        finding = verdict.finding.adding(*problems)
        pieces = beside_stitched(found, text, pattern, self._sources)
        return replace(verdict, finding=replace(finding, difference=pieces))

    # Below: whether they may be used

    def _withdrawn(self, claim: Claim) -> list[Problem]:
        """What is cited and withdrawn; its words are gone, so they are not looked for."""
        meant = [one for citation in claim.bound.meant for one in citation.cited]
        parsed = QuoteId.parse(claim.quotation.id)
        refs = [one.ref for one in meant] or ([parsed.ref] if parsed else [])
        return [one for one in self.of_refs(refs) if one.kind is Kind.WITHDRAWN]

    def of_refs(self, refs: Iterable[str]) -> list[Problem]:
        """What is wrong with references, whatever is quoted under them."""
        found = []
        for ref in dict.fromkeys(refs):
            one = self._sources.by_ref.get(ref)
            if one is None:
                found.append(Problem(Kind.NO_REFERENCE, f"There is no {ref} in the evidence."))
            elif one.status is Status.WITHDRAWN:
                told_ = f"{ref} has been withdrawn and must not be used."
                found.append(Problem(Kind.WITHDRAWN, told_))
            elif one.status in (Status.DUPLICATE, Status.JOINED):
                found.append(Problem(Kind.MOVED, self._moved(one)))
        return found

    def of_places(self, citation: Citation) -> list[Problem]:
        """The paragraphs that a citation gives and the evidence does not have."""
        found = []
        for cited in citation.cited:
            missing = self._sources.missing(cited)
            if missing:
                told_ = f"{cited.ref} has no paragraph {', '.join(missing)}."
                found.append(Problem(Kind.PARAGRAPH, told_))
        return found

    def barred(self, citation: Citation) -> str:
        """A sentence on those of what is cited who may not be published; empty if all may."""
        refs = [
            one.ref
            for cited in citation.cited
            if (one := self._sources.by_ref.get(cited.ref))
            and one.permission in (Permission.WITHHELD, Permission.UNKNOWN)
        ]
        verb = "has" if len(refs) == 1 else "have"
        return f" {' and '.join(refs)} {verb} not agreed to be published." if refs else ""

    def _moved(self, one: Submission) -> str:
        now = self._sources.by_id.get(one.of_id)
        did = "repeats another submission" if one.status is Status.DUPLICATE else "was joined"
        if now is None:
            return f"{one.ref} {did}."
        did = (
            f"repeats {now.ref}" if one.status is Status.DUPLICATE else f"was joined with {now.ref}"
        )
        return f"{one.ref} {did}: cite {now.ref}."

    def _permission(self, place: Place) -> Iterator[Problem]:
        owner = self._sources.owner(place.document_id)
        if owner.permission is Permission.WITHHELD:
            told_ = f"{owner.ref} asked not to be published."
            yield Problem(Kind.PERMISSION, told_)
        elif owner.permission is Permission.UNKNOWN:
            told_ = f"Whether {owner.ref} may be published is not known yet."
            yield Problem(Kind.PERMISSION, told_)
        elif owner.status is Status.BLANK:
            yield Problem(Kind.PERMISSION, f"{owner.ref} counts as blank.")
        if self._sources.is_sensitive(
            place.document_id, self._sources.stretches(place.document_id, place.spans)
        ):
            yield Problem(Kind.SENSITIVE, "The passage is marked sensitive.")

    # Below: how it is told

    def _told(
        self,
        claim: Claim,
        problems: Iterable[Problem],
        place: Place | None = None,
        citations: Sequence[Citation] = (),
        remarks: Iterable[str] = (),
    ) -> Verdict:
        refs = [one.ref for citation in citations for one in citation.cited]
        every = [*problems, *self.of_refs(refs)]
        said = list(remarks)
        if place:
            every += self._permission(place)
            owner = self._sources.owner(place.document_id)
            if owner.ref not in refs:
                every += self.of_refs([owner.ref])
        draft = bool(place and self._sources.headers[place.document_id].machine_draft)
        if draft:
            said.append(f"From an {UNCHECKED}: listen to the recording first.")
        if claim.quotation.open:
            said.append("Its closing quotation mark is missing.")
        quotation = claim.quotation
        meant = citations or claim.bound.meant
        finding = Finding(
            What.QUOTATION,
            quotation.text,
            quotation.stretch,
            claim.where,
            ref=self._sources.owner(place.document_id).ref if place else "",
            cited="; ".join(one.text for one in meant),
            remarks=tuple(said),
            passage=self._sources.passage(place.document_id, place.spans) if place else None,
            difference=(Piece(True, quotation.text, ""),) if place else (),
            id=quotation.id,
            machine_draft=draft,
        ).adding(*every)
        return Verdict(
            finding,
            place.document_id if place else "",
            place.spans if place else (),
            tuple(meant),
        )


def _ended(claim: Claim, number: int) -> Claim:
    """The claim with the ending of this number."""
    if not number:
        return claim
    stretch = claim.quotation.others[number - 1]
    text = claim.quotation.text
    shorter = (
        text[: stretch.end - claim.quotation.stretch.start]
        if stretch.end < (claim.quotation.stretch.end)
        else text
    )
    quotation = replace(claim.quotation, stretch=stretch, text=shorter)
    return replace(claim, quotation=quotation, patterns=(claim.patterns[number],))


def _is_title(text: str) -> bool:
    """Whether this is written as a title: all but the small words have a capital."""
    long = [word for word in _LETTERS.findall(text) if word.lower() not in _SMALL]
    return len(long) > 1 and all(word[0].isupper() for word in long)
