"""How long a suggestion takes with many tagged passages, and how often it names a right code in the
sample inquiry.

python -m benchmarks suggest
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.analysis.suggestion import NEAREST, Neighbour, telling, votes
from coder.domain.model import Code, Coding, Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.jobs import Job
from coder.project import Project
from coder.project.sample import make_sample
from coder.store import likeness

SIZES = (1_600, 20_000)
CODES, ASKED = 50, 60
A_PASSAGE = 40
"""Words in a tagged passage: two or three sentences."""

VOCABULARY = [f"word{number}" for number in range(20_000)]
_ZIPF = list(accumulate(1 / (rank + 30) for rank in range(len(VOCABULARY))))


def run() -> list[Figure]:
    """Milliseconds for a suggestion, and the hit rate by leaving each passage of the sample out."""
    with tempfile.TemporaryDirectory() as folder:
        figures = [_timed(Path(folder) / str(size), size) for size in SIZES]
        sample = Path(folder) / "sample"
        make_sample(sample, Job(), transcribe=False)
        with Project.open(sample, "Benchmark", read_only=True) as project:
            figures += _hits(project)
    return figures


def _timed(folder: Path, size: int) -> Figure:
    with Project.create(folder, "Many", "MNY", "Noor Hadley") as project:
        document = _fill(project, size)
        times = []
        for paragraph in document.paragraphs[-ASKED:]:
            began = time.perf_counter()
            project.suggestions.for_passage(document, paragraph.start, paragraph.end)
            times.append((time.perf_counter() - began) * 1000)
    return Figure(
        f"suggestion among {size:,} tagged passages",
        statistics.quantiles(times, n=20)[-1],
        "ms",
        40.0,
        f"p95; middle {statistics.median(times):.1f} ms; passages of {A_PASSAGE} words",
    )


def _fill(project: Project, size: int) -> Document:
    """Tags every paragraph but the last ones, a hundred to a document; gives the last document."""
    dice = Random(5)
    store = project._store
    codes = [Code(new_id(), f"Code {number}") for number in range(CODES)]
    with store.step("Fill", project.coder) as tx:
        for code in codes:
            tx.put(code)
        for number in range(size // 100 + 1):
            document = _document(dice, number)
            tx.put(Submission(document.submission_id, f"MNY{number:04}"))
            tx.put(document)
            for paragraph in document.paragraphs if number < size // 100 else ():
                words = document.text[paragraph.start : paragraph.end]
                place = (paragraph.start, paragraph.end, words, "2020")
                tx.put(
                    Coding(new_id(), document.id, dice.choice(codes).id, project.coder.id, *place)
                )
    return document


def _document(dice: Random, number: int) -> Document:
    parts = [
        (" ".join(dice.choices(VOCABULARY, cum_weights=_ZIPF, k=A_PASSAGE)), Style.BODY)
        for _ in range(100)
    ]
    text, paragraphs = lay_out(parts)
    kind = DocumentKind.DOCUMENT
    return Document(new_id(), new_id(), 0, f"{number}.txt", kind, text, paragraphs)


def _hits(project: Project) -> Iterator[Figure]:
    """How often a right code comes first, or among the first three, for a passage that is left out:
    all its own codings, and the same words elsewhere."""
    passages: dict[tuple[str, int, int], list[Coding]] = {}
    for submission in project.evidence.all():
        for document in submission.documents:
            for coding in project.codings.of(document.id):
                place = (coding.document_id, coding.start, coding.end)
                passages.setdefault(place, []).append(coding)
    first = third = 0
    for codings in passages.values():
        right = {coding.code_id for coding in codings}
        named = [vote.code_id for vote in votes(_neighbours(project, codings[0]))]
        first += bool(right & set(named[:1]))
        third += bool(right & set(named[:3]))
    whole = len(passages)
    note = f"{whole} passages, {len(project.codebook.codes())} codes; far too few to tell much"
    yield Figure("suggestion: no right code first, sample", 1 - first / whole, "share", None, note)
    yield Figure("suggestion: none in first three, sample", 1 - third / whole, "share", None, note)


def _neighbours(project: Project, asked: Coding) -> list[Neighbour]:
    """The nearest passages, without those that share words with this one's place."""
    groups: dict[str, tuple[set[str], float]] = {}
    for coding, score in likeness.nearest(project._store.reader, telling(asked.quote)):
        apart = coding.document_id != asked.document_id or (
            coding.end <= asked.start or coding.start >= asked.end
        )
        words = " ".join(coding.quote.casefold().split())
        if apart and words != " ".join(asked.quote.casefold().split()):
            if words not in groups and len(groups) == NEAREST:
                break
            groups.setdefault(words, (set(), score))[0].add(coding.code_id)
    return [Neighbour(score, frozenset(codes)) for codes, score in groups.values()]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
