"""How fast everything is searched: 20 million characters in 10,000 documents, as one types."""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.domain.draft import DraftCode
from coder.domain.find import places
from coder.domain.model import (
    Document,
    DocumentKind,
    RespondentType,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.domain.query import parse, parse_typed
from coder.jobs import Job
from coder.project import Project
from coder.project.finding import Unit

SUBMISSIONS = 10_000
PARAGRAPHS = 10
LIMIT = 20

FREQUENT = (
    *("the", "of", "and", "to", "in", "we", "people", "community", "volunteers", "food"),
    *("hall", "bank", "lonely", "winter", "council", "neighbours"),
)
SEARCHES = (
    ("a word found nowhere", "zettelkasten"),
    ("a rare word", "trampoline"),
    ("a common word", "people"),
    ("the commonest word", "the"),
    ("two common words", "people community"),
    ("the commonest words as a phrase", '"of the"'),
    ("a phrase", '"food bank"'),
    ("a beginning of two letters", "vo*"),
    ("a beginning of three letters", "com*"),
    ("NEAR of two common words", "people NEAR/5 community"),
    ("OR of common words", "the OR of OR people"),
    ("common, without another", "people NOT food"),
    ("a common word, in one submission", "people in:SIC9990"),
    ("a common word, from a type", "people type:charity"),
    ("a common word, under a code", "people code:Volunteering"),
)
TYPED = 'community volunteers "food bank" NOT winter'


def _words(dice: random.Random) -> tuple[list[str], list[float]]:
    """Forty thousand words and how often each comes: Zipf's law, as in any language."""
    letters, weights = "etaoinshrdlucmfwypvbgkjqxz", range(26, 0, -1)
    made: set[str] = set()
    while len(made) < 40_000:
        made.add("".join(dice.choices(letters, weights, k=dice.randrange(2, 12))))
    words = [*FREQUENT, *sorted(made - set(FREQUENT))]
    return words, list(itertools.accumulate(1 / (place + 2.7) for place in range(len(words))))


def _fill(project: Project) -> int:
    """Ten thousand submissions; gives the number of their characters."""
    dice = random.Random(11)
    words, weights = _words(dice)
    kinds = list(RespondentType)
    characters = 0
    store = project._store
    with store.batch():
        for number in range(1, SUBMISSIONS + 1):
            said = [
                " ".join(dice.choices(words, cum_weights=weights, k=28)).capitalize() + "."
                for _ in range(PARAGRAPHS)
            ]
            if number % 1_000 == 0:
                said[3] += " The trampoline broke."
            text, paragraphs = lay_out((part, Style.BODY) for part in said)
            characters += len(text)
            one = Submission(
                new_id(), f"SIC{number:04}", f"Writer {number}", type=kinds[number % 9]
            )
            document = Document(
                new_id(), one.id, 0, "Statement.docx", DocumentKind.DOCUMENT, text, paragraphs
            )
            with store.step(f"Import {one.ref}", project.coder) as tx:
                tx.put(one)
                tx.put(document)
    return characters


def _p95(act: Callable[[], object], times: int = 20) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1_000)
    return statistics.quantiles(taken, n=20)[-1]


def _first(project: Project, typed: str) -> None:
    """What a person sees at once: the number of places, and the first of them in their words."""
    next(project.finding.look(parse(typed), Job()))


def _as_typed(project: Project) -> Iterator[float]:
    for length in range(1, len(TYPED) + 1):
        query = parse_typed(TYPED[:length])
        if query:
            began = time.perf_counter()
            next(project.finding.look(query, Job()))
            yield (time.perf_counter() - began) * 1_000


def _everything(project: Project, typed: str) -> None:
    for _ in project.finding.look(parse(typed), Job()):
        pass


def run() -> list[Figure]:
    """The figures, on a project made for them."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "inquiry"
        codes = (DraftCode("Volunteering", ""),)
        with Project.create(folder, "Search", "SIC", "Bench", codes=codes) as project:
            characters = _fill(project)
            note = f"{characters / 1e6:.0f} million characters"
            rare = project.finding.all_hits(parse("trampoline"), Job())
            spans = [(hit.document_id, *place) for hit in rare for place in hit.places]
            code = project.codebook.at("Volunteering")
            project.finding.tag_all(project.finding.passages(spans, Unit.PARAGRAPH), code)
            figures = [
                Figure(
                    f"search: {name}, p95",
                    _p95(lambda typed=typed: _first(project, typed)),
                    "ms",
                    None if ":" in typed else LIMIT,
                    note,
                )
                for name, typed in SEARCHES
            ]
            typed = sorted(_as_typed(project))
            figures += [
                Figure("search: as one types, worst keystroke", typed[-1], "ms", LIMIT, TYPED),
                Figure(
                    "search: the commonest word, to the last count",
                    _p95(lambda: _everything(project, "the"), 5),
                    "ms",
                    None,
                    note,
                ),
                *_tagging(project),
            ]
    return [*figures, *_here()]


def _tagging(project: Project) -> list[Figure]:
    began = time.perf_counter()
    hits = project.finding.all_hits(parse("lonely winter"), Job())
    found = time.perf_counter()
    spans = [(hit.document_id, *place) for hit in hits for place in hit.places]
    passages = project.finding.passages(spans, Unit.SENTENCE)[:5_000]
    read = time.perf_counter()
    made = project.finding.tag_all(passages, "Loneliness")
    done = time.perf_counter()
    note = f"{len(hits):,} places, {len(made):,} tags"
    return [
        Figure("tag all: to find the places", found - began, "s", None, note),
        Figure("tag all: to read their sentences", read - found, "s", None, note),
        Figure("tag all: to tag them, one step", done - read, "s", None, note),
    ]


def _here() -> list[Figure]:
    """Finding in one text of 200,000 characters with 18,000 places, as the bar does."""
    text = ("the rain ’ " * 22_000)[:200_000]
    places(text, "the")
    taken = _p95(lambda: places(text, "rain"))
    return [Figure("find here: 18,000 places in 200,000 characters", taken, "ms", LIMIT, "")]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.value:8.2f} {figure.unit}  {figure.name} ({figure.note})")
