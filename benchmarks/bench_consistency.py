"""How long it takes to look for what is odd in a thousand submissions with twenty thousand tags.

python -m benchmarks consistency
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from benchmarks.waiting import Waiting
from coder.analysis.words_small import SMALL
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Reading,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.project import Project
from coder.project.progress import reading_id

SUBMISSIONS, PARAGRAPHS, LENGTH = 1_000, 20, 60
"""Submissions, paragraphs in each, and words in a paragraph: 1.2 million words."""

CODES, CODERS, TAGS = 60, 5, 20
"""Codes, coders, and tags in each submission."""


def run() -> list[Figure]:
    """Seconds for a look at everything, the longest that another thread was kept waiting meanwhile,
    and the most memory that was used."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "many", "Many", "MNY", "Noor Hadley") as project,
    ):
        _fill(project)
        project.sentences("It warms up. Ready.")
        before = _megabytes()
        with Waiting() as waiting:
            began = time.perf_counter()
            found = project.consistency.findings()
            seconds = time.perf_counter() - began
        used = _megabytes() - before
    note = f"{len(found.judged)} findings"
    return [
        Figure("consistency: 1,000 submissions, 20,000 tags", seconds, "s", 15.0, note),
        Figure("consistency: longest wait of another thread", waiting.longest, "ms", 100.0, ""),
        Figure("consistency: memory beside the project's", used, "MB", 600.0, ""),
    ]


def _fill(project: Project) -> None:
    """Letters in a vocabulary that is used as English is, each code with words of its own."""
    dice = Random(5)
    vocabulary = sorted(SMALL) + [_word(dice) for _ in range(20_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    codes = [Code(new_id(), f"Code {n}", definition=f"It is {n}.") for n in range(CODES)]
    own = [[_word(dice) for _ in range(30)] for _ in codes]
    coders = [Coder(new_id(), f"Coder {n}", "") for n in range(CODERS)]
    began = datetime(2021, 1, 4, tzinfo=UTC)
    with project._store.batch():
        with project._store.step("Make", project.coder) as tx:
            for one in (*codes, *coders):
                tx.put(one)
        for number in range(SUBMISSIONS):
            chosen = [dice.randrange(CODES) for _ in range(PARAGRAPHS)]
            parts = [
                " ".join(
                    dice.choices(vocabulary, cum_weights=weights, k=LENGTH - 8)
                    + dice.choices(own[one], k=8)
                )
                for one in chosen
            ]
            text, paragraphs = lay_out((part, Style.BODY) for part in parts)
            owner = Submission(new_id(), f"MNY{number + 1:04}")
            letter = Document(
                new_id(), owner.id, 0, "letter", DocumentKind.DOCUMENT, text, paragraphs
            )
            who = coders[number % CODERS].id
            with project._store.step("Import", project.coder) as tx:
                tx.put(owner)
                tx.put(letter)
                for place in range(TAGS):
                    paragraph, code = paragraphs[place], codes[chosen[place]]
                    at = (began + timedelta(minutes=number)).isoformat().replace("+00:00", "Z")
                    span = paragraph.start, paragraph.end
                    quote = text[slice(*span)]
                    tx.put(Coding(new_id(), letter.id, code.id, who, *span, quote, at))
                tx.put(Reading(reading_id(letter.id, who), letter.id, who, began.isoformat()))


def _word(dice: Random) -> str:
    syllables = (dice.choice("bdfgklmnprstvwz") + dice.choice("aeiou") for _ in range(4))
    return "".join(list(syllables)[: dice.randint(2, 4)])


def _megabytes() -> float:
    """The most memory that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.2f} {figure.unit} {figure.note}")
