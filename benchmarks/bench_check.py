"""How long a report of a hundred pages takes to be checked against a thousand submissions.

python -m benchmarks check
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.analysis.words_small import SMALL
from coder.domain.model import (
    Document,
    DocumentKind,
    Permission,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.jobs import Job
from coder.project import Project

SUBMISSIONS, PARAGRAPHS, LENGTH = 1_000, 30, 85
"""Submissions, paragraphs in each, and words in a paragraph: two and a half million words."""

PAGES, QUOTES_A_PAGE, WORDS_A_PAGE = 100, 5, 350


def run() -> list[Figure]:
    """Seconds for a check and for the commented copy, and the most memory that was used."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "many", "Many", "MNY", "Noor Hadley") as project,
    ):
        letters = _fill(project)
        report = Path(folder) / "report.docx"
        wrong = _write(report, letters)
        before = _megabytes()
        began = time.perf_counter()
        checked = project.checking.check(report, Job())
        seconds = time.perf_counter() - began
        used = _megabytes() - before
        if len(checked.wrong) != wrong:
            raise AssertionError(f"{len(checked.wrong)} of {wrong} errors were found")
        began = time.perf_counter()
        project.checking.write_back(checked, Path(folder) / "checked.docx")
        written = time.perf_counter() - began
    note = f"{checked.findings.quotations} quotations, {wrong} of them wrong"
    return [
        Figure("check: 100 pages against 1,000 submissions", seconds, "s", 20.0, note),
        Figure("check: the commented copy", written, "s", 5.0, ""),
        Figure("check: memory beside the project's", used, "MB", 300.0, ""),
    ]


def _fill(project: Project) -> list[list[str]]:
    """Letters of a vocabulary that is used as English is; gives their paragraphs."""
    dice = Random(5)
    vocabulary = sorted(SMALL) + [_word(dice) for _ in range(40_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    letters = []
    with project._store.batch():
        for number in range(1, SUBMISSIONS + 1):
            parts = [
                " ".join(dice.choices(vocabulary, cum_weights=weights, k=LENGTH))
                for _ in range(PARAGRAPHS)
            ]
            letters.append(parts)
            text, paragraphs = lay_out((part, Style.BODY) for part in parts)
            one = Submission(new_id(), f"MNY{number:04}", permission=Permission.NAMED)
            with project._store.step("Import", project.coder) as tx:
                tx.put(one)
                kind = DocumentKind.DOCUMENT
                tx.put(Document(new_id(), one.id, 0, "letter", kind, text, paragraphs))
    return letters


def _write(path: Path, letters: list[list[str]]) -> int:
    """Writes the report; every tenth quotation is altered and every twentieth cites another
    submission. Gives how many are wrong."""
    from docx import Document as Word

    dice, word, wrong = Random(9), Word(), 0
    for count in range(PAGES * QUOTES_A_PAGE):
        number, place = count * 2 % SUBMISSIONS, count % PARAGRAPHS
        words = letters[number][place].split()
        start = dice.randrange(0, LENGTH - 40)
        said = words[start : start + dice.randint(12, 40)]
        cited = number + 1
        if count % 10 == 3:
            said[len(said) // 2] = "telescopic"
        if count % 20 == 7:
            cited = number + 2
        wrong += count % 10 == 3 or count % 20 == 7
        around = " ".join(dice.choices(words, k=WORDS_A_PAGE // QUOTES_A_PAGE - 25))
        word.add_paragraph(f"{around}: “{' '.join(said)}” (MNY{cited:04}, para {place + 1}).")
    word.save(str(path))
    return wrong


def _word(dice: Random) -> str:
    syllables = (dice.choice("bdfgklmnprstvwz") + dice.choice("aeiou") for _ in range(4))
    return "".join(list(syllables)[: dice.randint(2, 4)])


def _megabytes() -> float:
    """The most memory that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.2f} {figure.unit} {figure.note}")
