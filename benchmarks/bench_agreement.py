"""How long the agreement of five coders on sixty codes in a million characters takes to be told.

python -m benchmarks agreement
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.figure import Figure
from benchmarks.waiting import Waiting
from coder.analysis.agreement import nominal, passages
from coder.domain.agreement import AgreementOptions, Unit
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Style,
    Submission,
    new_id,
    now,
)
from coder.domain.paragraphs import lay_out
from coder.jobs import Job
from coder.project import Project
from coder.project.agreement_corpus import Corpus, gather

CODERS, CODES, SUBMISSIONS, PARAGRAPHS, LENGTH = 5, 60, 100, 25, 400
"""Coders, codes, submissions, paragraphs in each and characters in a paragraph."""

PASSAGES = 60
"""Passages with each code, most of which every coder has tagged, a little apart."""

T = TypeVar("T")

_ALL = (
    nominal.percent, nominal.cohen, nominal.conger, nominal.fleiss, nominal.brennan_prediger,
    nominal.ac1, nominal.alpha,
)  # fmt: skip


def run() -> list[Figure]:
    """Seconds for all coefficients of all codes at character unit, and for whole reports."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "many", "Many", "MNY", "Noor Hadley") as project,
    ):
        coders, codings = _fill(project)
        plain, full = AgreementOptions(samples=0), AgreementOptions()
        corpus, read = _timed(lambda: _gathered(project, coders))
        _, told = _timed(lambda: _codes(corpus))
        _, without = _timed(lambda: project.agreement.report(plain))
        with Waiting() as waiting:
            report, whole = _timed(lambda: project.agreement.report(full, Job()))
        sentence = AgreementOptions(unit=Unit.SENTENCE)
        _, by_sentence = _timed(lambda: project.agreement.report(sentence))
    note = f"{CODERS} coders, {codings:,} passages, {report.overall.units:,} characters"
    return [
        Figure("agreement: texts and passages read", read, "s", 2.0, note),
        Figure(f"agreement: all {CODES} codes by the character", told, "s", 1.0, "no intervals"),
        Figure("agreement: the whole report without intervals", without, "s", 15.0, "by character"),
        Figure("agreement: the whole report", whole, "s", 90.0, "1,000 samples for each figure"),
        Figure("agreement: longest wait of another thread", waiting.longest, "ms", 100.0, ""),
        Figure("agreement: the same by sentence", by_sentence, "s", 90.0, ""),
    ]


def _gathered(project: Project, coders: list[Coder]) -> Corpus:
    read = project._store.read
    submissions, order = read.submissions(), [one.id for one in read.codes()]
    rated = np.ones((len(submissions), len(coders)), dtype=np.bool_)
    return gather(project._store, coders, submissions, rated, order, Unit.CHARACTER, Job())


def _codes(corpus: Corpus) -> None:
    for number in range(len(corpus.codes)):
        marked = [own[number] for own in corpus.marked]
        ratings, _ = corpus.text.table(marked).grouped()
        for function in _ALL:
            function(ratings)
        passages.of_one(marked, corpus.text.length)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    made = act()
    return made, time.perf_counter() - began


def _fill(project: Project) -> tuple[list[Coder], int]:
    """Submissions that every coder has coded, in much the same way; gives the coders and how many
    passages there are."""
    dice = Random(4)
    documents = []
    with project._store.batch():
        for number in range(1, SUBMISSIONS + 1):
            parts = [_paragraph(dice) for _ in range(PARAGRAPHS)]
            text, paragraphs = lay_out((part, Style.BODY) for part in parts)
            one = Submission(new_id(), f"MNY{number:04}")
            document = Document(
                new_id(), one.id, 0, "letter", DocumentKind.DOCUMENT, text, paragraphs
            )
            with project._store.step("Import", project.coder) as tx:
                tx.put(one)
                tx.put(document)
            documents.append(document)
        codes = [Code(new_id(), f"Code {number}", position=number) for number in range(CODES)]
        with project._store.step("Codes", project.coder) as tx:
            for code in codes:
                tx.put(code)
        places = [
            (code, document, start, start + dice.randint(40, 600))
            for code in codes
            for document in dice.choices(documents, k=PASSAGES)
            for start in [dice.randrange(0, len(document.text) - 700)]
        ]
        coders, codings = [], 0
        for number in range(CODERS):
            project.as_coder(f"Coder {number}")
            with project._store.step("Tag", project.coder) as tx:
                for code, document, start, end in places:
                    if dice.random() < 0.85:
                        tx.put(_coding(document, code, project.coder, start, end, dice))
                        codings += 1
            coders.append(project.coder)
    return coders, codings


def _coding(
    document: Document, code: Code, coder: Coder, start: int, end: int, dice: Random
) -> Coding:
    start, end = start + dice.randint(0, 30), end + dice.randint(0, 60)
    quote = document.text[start:end]
    return Coding(new_id(), document.id, code.id, coder.id, start, end, quote, now())


def _paragraph(dice: Random) -> str:
    words: list[str] = []
    size = 0
    while size < LENGTH:
        words.append(dice.choice(("the", "hall", "bus", "people", "nobody", "asked.", "Then")))
        size += len(words[-1]) + 1
    return " ".join(words)


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.2f} {figure.unit} {figure.note}")
