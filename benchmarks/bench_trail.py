"""How quick the trail of 100,000 steps is: a page of it, narrowed in each way, a submission as it
stood at a past moment, and the whole as a file.

python -m benchmarks trail
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.waiting import Waiting
from coder.domain.model import Coding, Document, DocumentKind, Style, Submission, new_id, now
from coder.domain.paragraphs import lay_out
from coder.domain.trail import Asked, Deed
from coder.project import Project

STEPS = 100_000
SUBMISSIONS = 500
CODES = 40
PEOPLE = ("Asha Verma", "Tom Pryce", "Ines Doyle")
WORDS = ("when", "lockdown", "began", "our", "volunteers", "carried", "food", "to", "every")
NOTE = f"{STEPS:,} steps, {SUBMISSIONS} submissions"


def run() -> list[Figure]:
    """The figures, measured without a window."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_CODER_HOME"] = str(Path(folder) / "home")
        with Project.create(Path(folder) / "project", "Many", "SIC", "Noor Hadley") as project:
            per_step = _fill(project)
            return [
                Figure("a step written down", per_step, "ms", None, NOTE),
                *_narrowing(project),
                *_replaying(project),
                *_saving(project, Path(folder)),
            ]


def _fill(project: Project) -> float:
    """Writes the steps; gives the milliseconds that each took."""
    dice, store = random.Random(7), project._store
    documents: list[Document] = []
    with store.step("Bring them in", project.coder) as tx:
        for number in range(1, SUBMISSIONS + 1):
            submission = Submission(new_id(), f"SIC{number:04}")
            parts = [(" ".join(dice.choices(WORDS, k=40)), Style.BODY) for _ in range(8)]
            text, spans = lay_out(parts)
            kind = DocumentKind.DOCUMENT
            document = Document(new_id(), submission.id, 0, "letter.txt", kind, text, spans)
            tx.put(submission)
            tx.put(document)
            documents.append(document)
    codes = [project.codebook.add(f"Theme/Code {number}") for number in range(CODES)]
    began = time.perf_counter()
    for first in range(0, STEPS, 5_000):
        project.as_coder(PEOPLE[first // 5_000 % len(PEOPLE)])
        with store.batch():
            for _ in range(5_000):
                document, code = dice.choice(documents), dice.choice(codes)
                start = dice.randrange(len(document.text) - 60)
                where = (document.id, code.id, project.coder.id, start, start + 40)
                coding = Coding(new_id(), *where, document.text[start : start + 40], now())
                with store.step(f"Tag “{code.name}”", project.coder) as tx:
                    tx.put(coding)
    return (time.perf_counter() - began) * 1_000 / STEPS


def _narrowing(project: Project) -> list[Figure]:
    trail, codes = project.trail, project.codebook.codes()
    deep = trail.page(limit=1, each=True)
    for _ in range(200):
        deep = trail.page(before=deep[-1], limit=250, each=True)
    ways: dict[str, Callable[[], object]] = {
        "the first page": trail.page,
        "a page behind 50,000 others": lambda: trail.page(before=deep[-1]),
        "page of one coder": lambda: trail.page(trail.asked(coders=["Tom Pryce"])),
        "page of one submission": lambda: trail.page(trail.asked(submissions=["SIC0042"])),
        "page of one code": lambda: trail.page(trail.asked(codes=[codes[-1]])),
        "page of one kind of act": lambda: trail.page(Asked(deeds=(Deed.CODEBOOK,))),
        "page with words that are nowhere": lambda: trail.page(Asked(words="zeppelin")),
        "count of everything": trail.count,
    }
    return [Figure(name, _timed(act), "ms", 500, NOTE) for name, act in ways.items()]


def _replaying(project: Project) -> list[Figure]:
    trail = project.trail
    middle = trail.page(limit=1, each=True, before=None)[0].seq // 2

    def look() -> object:
        return trail.since(trail.after_step("SIC0042", middle))

    return [Figure("a submission as it was, against now", _timed(look), "ms", 200, NOTE)]


def _saving(project: Project, folder: Path) -> list[Figure]:
    figures = []
    for ending in ("csv", "docx"):
        began = time.perf_counter()
        with Waiting() as waiting:
            project.trail.export(folder / f"trail.{ending}")
        seconds, wait = time.perf_counter() - began, f"longest wait of another thread, {ending}"
        figures += [
            Figure(f"the whole trail as {ending}", seconds, "s", None, NOTE),
            Figure(wait, waiting.longest, "ms", 100, NOTE),
        ]
    return figures


def _timed(act: Callable[[], object]) -> float:
    """The milliseconds of the act: the median of five."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1_000)
    return sorted(taken)[2]


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
