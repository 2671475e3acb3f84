"""How long the words of twenty million characters take to be counted, and how long the window would
stand still meanwhile.

python -m benchmarks words
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.analysis.words_small import SMALL
from coder.domain.model import Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.jobs import Job
from coder.project import Project
from coder.project.words import Order, Selection

DOCUMENTS, PARAGRAPHS, LENGTH = 10_000, 10, 35
"""Documents, paragraphs in each, and words in a paragraph: about twenty million characters."""

BEAT_S = 0.005


def run() -> list[Figure]:
    """Seconds for reading and counting, milliseconds for a word typed, megabytes kept, and the
    longest that another thread had to wait."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "many", "Many", "MNY", "Noor Hadley") as project,
    ):
        characters = _fill(project)
        return _measured(project, characters)


def _measured(project: Project, characters: int) -> list[Figure]:
    words, selection = project.words, Selection()
    before = _megabytes()
    read, stood = _timed(lambda: words.counted(selection, Job()))
    counted = words.counted(selection, Job())
    size = _megabytes() - before
    often, stood_often = _timed(lambda: words.frequencies(counted))
    families, _ = _timed(lambda: words.frequencies(counted, families=True))
    pairs, stood_pairs = _timed(lambda: words.pairs(counted, Job(), window=2))
    wide, stood_wide = _timed(lambda: words.pairs(counted, Job(), window=6))
    typed = []
    for query in ("the", "k", "ko", "kom", "koma", "the ba", "of the", "ko*"):
        for order in Order:
            began = time.perf_counter()
            found = words.concordance(counted, query, order)
            for row in range(min(40, len(found))):
                found.line(row)
            typed.append((time.perf_counter() - began) * 1000)
    stood = max(stood, stood_often, stood_pairs, stood_wide)
    note = f"{characters / 1e6:.1f} million characters in {DOCUMENTS:,} documents"
    return [
        Figure("words: read, for the first time", read, "s", 30.0, note),
        Figure("words: frequencies", often, "s", 3.0, ""),
        Figure("words: families of words", families, "s", 6.0, "stems of the whole vocabulary"),
        Figure("words: pairs next to each other", pairs, "s", 5.0, ""),
        Figure("words: pairs within five words", wide, "s", 15.0, ""),
        Figure(
            "words: concordance of what is typed",
            max(typed),
            "ms",
            600.0,
            f"slowest of {len(typed)}, in another thread; middle {statistics.median(typed):.0f} ms",
        ),
        Figure("words: kept while the window is open", size, "MB", 250.0, ""),
        Figure(
            "words: longest wait of another thread",
            stood * 1000,
            "ms",
            400.0,
            "Python’s own clearing up",
        ),
    ]


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds that an act took in a thread of its own, and the longest that this one waited."""
    worker = threading.Thread(target=act)
    began = last = time.perf_counter()
    worker.start()
    longest = 0.0
    while worker.is_alive():
        time.sleep(BEAT_S)
        now = time.perf_counter()
        longest, last = max(longest, now - last - BEAT_S), now
    return time.perf_counter() - began, longest


def _fill(project: Project) -> int:
    """Letters of a vocabulary that is used as English is: half of the words are small ones."""
    dice = Random(3)
    vocabulary = sorted(SMALL) + [_word(dice) for _ in range(60_000)]
    small = [1 / (rank + 3) for rank in range(len(SMALL))]
    others = [1 / (rank + 20) for rank in range(60_000)]
    scale = sum(small) / sum(others)
    weights = list(accumulate([*small, *(scale * one for one in others)]))
    characters = 0
    with project._store.batch():
        for number in range(DOCUMENTS):
            parts = [
                (" ".join(dice.choices(vocabulary, cum_weights=weights, k=LENGTH)), Style.BODY)
                for _ in range(PARAGRAPHS)
            ]
            text, paragraphs = lay_out(parts)
            characters += len(text)
            submission = Submission(new_id(), f"MNY{number:05}")
            with project._store.step("Import", project.coder) as tx:
                tx.put(submission)
                kind = DocumentKind.DOCUMENT
                tx.put(Document(new_id(), submission.id, 0, "letter", kind, text, paragraphs))
    return characters


def _word(dice: Random) -> str:
    """A word of two to four syllables."""
    syllables = (dice.choice("bdfgklmnprstvwz") + dice.choice("aeiou") for _ in range(4))
    return "".join(list(syllables)[: dice.randint(2, 4)])


def _megabytes() -> float:
    """The most memory that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
