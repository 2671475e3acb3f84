"""Citations that stand beside no quotation: what they cite may be wrong all the same, and whether
the evidence says what the report makes of it only a person can tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from coder.export.checking.citations import Citation, CitationFinder
from coder.export.checking.findings import Finding, Kind, Problem, What
from coder.export.checking.judging import Judge
from coder.export.checking.story import Part, Said, Story, Stretch
from coder.export.checking.words import folded_words

_TOLD_WITHDRAWN = re.compile(r"withdr[ae]w", re.IGNORECASE)


def loose(
    story: Story, citations: Sequence[Sequence[Citation]], used: Collection[int], judge: Judge
) -> Iterator[Finding]:
    """A finding for each citation of a report but those `used`, told by their identity. What stands
    in the cells of a list, such as that of who is cited, says nothing of its own."""
    for place, several in enumerate(citations):
        said = story.paragraphs[place]
        for citation in several:
            if id(citation) in used:
                continue
            problems = judge.of_refs(one.ref for one in citation.cited)
            if _TOLD_WITHDRAWN.search(said.text):
                problems = [one for one in problems if one.kind is not Kind.WITHDRAWN]
            problems += judge.of_places(citation)
            if not problems and (
                said.part is Part.TABLE and not folded_words(_rest(said, several))
            ):
                continue
            if not problems:
                barred = judge.barred(citation)
                problems = [Problem(Kind.UNQUOTED, f"It stands beside no quotation.{barred}")]
            stretch = Stretch(place, citation.start, place, citation.end)
            text = said.text[citation.start : citation.end]
            yield Finding(What.CITATION, text, stretch, said.where, cited=citation.text).adding(
                *problems
            )


def unread(story: Story, finder: CitationFinder) -> Iterator[Finding]:
    """A finding for each place that looks like a reference and cannot be read as one."""
    for place, said in enumerate(story.paragraphs):
        for start, end in finder.unread(said.text):
            text = said.text[start:end]
            told = f"“{text}” looks like a reference and cannot be read as one."
            yield Finding(
                What.CITATION, text, Stretch(place, start, place, end), said.where, cited=text
            ).adding(Problem(Kind.UNREAD, told))


def _rest(said: Said, citations: Sequence[Citation]) -> str:
    """What a paragraph says beside its citations."""
    edges = [0, *(edge for one in citations for edge in (one.start, one.end)), len(said.text)]
    return " ".join(said.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
