"""How quick the disagreements of five coders are found and settled: 60 codes, 10,000 tags.

python -m benchmarks settling
"""

from __future__ import annotations

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
from benchmarks.waiting import Waiting
from coder.analysis.disagreements import disagreements
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.project import Project

DOCUMENTS, PLACES = 100, 25
ROUNDS = 5
WORDS = "when lockdown began our volunteers carried food to every house and the bus was lonely"


def run() -> list[Figure]:
    """The figures, on a project made for them."""
    with (
        tempfile.TemporaryDirectory() as home,
        Project.create(Path(home) / "inquiry", "Settling", "SIC", "Noor") as project,
    ):
        codings, compared, themes = _fill(project)
        found = len(project.settling.queue().cases)
        note = f"{len(codings):,} tags, {found:,} disagreements"
        pure = _median(lambda: disagreements(codings, compared, themes))
        with Waiting() as waiting:
            queue = _median(project.settling.queue)
        case = project.settling.queue().cases[0]
        began = time.perf_counter()
        project.settling.accept(case, case.place.sides[0])
        one = time.perf_counter() - began
        began = time.perf_counter()
        adopted = project.settling.adopt()
        whole = time.perf_counter() - began
    return [
        Figure("settling: disagreements found", pure, "ms", 500, note),
        Figure("settling: the queue as it is shown", queue, "ms", 1_000, note),
        Figure("settling: longest wait of another thread", waiting.longest, "ms", 100, ""),
        Figure("settling: one is settled", one * 1_000, "ms", 100, ""),
        Figure("settling: adopting", whole, "s", None, f"{adopted.made:,} agreed tags"),
    ]


def _median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken)


def _fill(project: Project) -> tuple[list[Coding], dict[str, set[str]], dict[str, str]]:
    """Puts documents, codes and tags into the project; gives the tags, and what the comparison
    needs."""
    dice = random.Random(3)
    coders = [Coder(new_id(), f"Coder {number}", "2020-01-01") for number in range(5)]
    themes = [Code(new_id(), f"Theme {number}", None, number) for number in range(12)]
    codes = [
        *themes,
        *(Code(new_id(), f"Code {one.name}.{n}", one.id, n) for one in themes for n in range(4)),
    ]
    codings: list[Coding] = []
    with project._store.step("Fill", project.coder) as tx:
        for record in (*coders, *codes):
            tx.put(record)
        for number in range(1, DOCUMENTS + 1):
            text, spans = lay_out(
                (" ".join(dice.choices(WORDS.split(), k=70)), Style.BODY) for _ in range(40)
            )
            owner = Submission(new_id(), f"SIC{number:04}")
            made = Document(new_id(), owner.id, 0, "Letter", DocumentKind.DOCUMENT, text, spans)
            own = list(_codings(dice, made, codes, coders))
            for record in (owner, made, *own):
                tx.put(record)
            codings += own
    compared = {one.document_id: {coder.id for coder in coders} for one in codings}
    return codings, compared, {one.id: one.parent_id or one.id for one in codes}


def _codings(
    dice: random.Random, document: Document, codes: list[Code], coders: list[Coder]
) -> Iterator[Coding]:
    """Passages that most coders tagged, some with another code, some with other ends; one in five
    all alike."""
    for paragraph in dice.sample(document.paragraphs, PLACES):
        code, alike = dice.choice(codes), dice.random() < 0.2
        for coder in coders:
            if not alike and dice.random() < 0.25:
                continue
            chosen = code if alike or dice.random() < 0.8 else dice.choice(codes)
            end = paragraph.end - (0 if alike else dice.choice((0, 0, 12)))
            words = document.text[paragraph.start : end]
            yield Coding(
                new_id(), document.id, chosen.id, coder.id, paragraph.start, end, words,
                "2020-09-18T10:00:00.000000Z",
            )  # fmt: skip


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.value:8.1f} {figure.unit}  {figure.name} ({figure.note})")
