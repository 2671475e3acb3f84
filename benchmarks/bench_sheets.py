"""How long packs take as Excel, CSV, HTML, Markdown, JSON and PDF, and what memory they need."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.domain.draft import DraftCode
from coder.domain.model import Coding, Document, new_id, now
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project

FEW, SOME, MANY = 5_000, 10_000, 100_000
LETTERS = 200
LIMITS = {".xlsx": 2.0, ".csv": 0.5, ".html": 0.5, ".md": 0.5, ".json": 0.5}
GROWTH_MB = 60.0
"""What memory may grow by from ten thousand quotes to ten times as many."""

_WORDS = "we they had offers of help nine days insurance checks rota months hall café “neighbours”"
_CODES = tuple(DraftCode(f"Code {number}") for number in range(20))


def run() -> list[Figure]:
    """Seconds to write 5,000 quotes that are chosen, with choosing them told apart; the most memory
    of a process that makes a pack of 10,000 and of 100,000 from a project, half of them anonymous;
    and seconds for a PDF."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        made = {number: _make(Path(folder) / str(number), number) for number in (FEW, SOME, MANY)}
        for ending, limit in LIMITS.items():
            few, some, many = (_measured(made[number], ending) for number in (FEW, SOME, MANY))
            note = f"and {few['chosen']:.2f} s to choose them; 100,000 in {many['written']:.1f} s"
            name = f"sheets: write 5,000 quotes as {ending}"
            figures.append(Figure(name, few["written"], "s", limit, note))
            grown = many["megabytes"] - some["megabytes"]
            note = (
                f"{some['megabytes']:.0f} MB with 10,000, {many['megabytes']:.0f} MB with 100,000"
            )
            name = f"sheets: memory more for ten times the quotes, {ending}"
            figures.append(Figure(name, grown, "MB", GROWTH_MB, note))
        pdf = _measured(made[FEW], ".pdf")
        note = f"{pdf['megabytes']:.0f} MB; beside the window, with progress"
        figures.append(Figure("sheets: 5,000 quotes as .pdf", pdf["written"], "s", None, note))
    return figures


def _make(folder: Path, number: int) -> Path:
    """A project of 200 submissions, every second of them anonymous, with so many quotes."""
    dice = random.Random(7)
    known = _WORDS.split()
    letters = folder.with_name(f"letters-{number}")
    letters.mkdir(exist_ok=True)
    for place in range(LETTERS):
        lines = (" ".join(dice.choices(known, k=60)) for _ in range(40))
        (letters / f"{place:03}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    with Project.create(folder, "Many", "SIC", "Noor Hadley", codes=_CODES) as project:
        project.intake.bring(sorted(letters.iterdir()), job=Job())
        for place, one in enumerate(project.evidence.all()):
            permission = "anonymous" if place % 2 else "named"
            person = f"{known[place % 9].title()} Hughes"
            project.evidence.change(one.submission.id, permission=permission, respondent=person)
        with project._store.step("Tag all over", project.coder) as tx:
            tx.put(project.coder)
            for coding in _codings(project, dice, number):
                tx.put(coding)
    return folder


def _codings(project: Project, dice: random.Random, number: int) -> Iterator[Coding]:
    codes = [code.id for code in project.codebook.codes()]
    documents = [one for view in project.evidence.all() for one in view.documents]
    texts: list[Document] = [project.document(one.id) for one in documents]
    for place in range(number):
        text = texts[place % len(texts)]
        start = dice.randrange(len(text.text) - 400)
        end = start + dice.randrange(80, 400)
        code = codes[place % len(codes)]
        words = text.text[start:end]
        yield Coding(new_id(), text.id, code, project.coder.id, start, end, words, now())


def _measured(folder: Path, ending: str) -> dict[str, float]:
    """What a process of its own takes: seconds to choose and to write, and its most memory."""
    command = [sys.executable, str(Path(__file__)), str(folder), ending]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def _pack(folder: Path, ending: str) -> None:
    """In the process: makes the pack, and tells what that took."""
    path = folder.with_name(f"{folder.name}{ending}")
    spent: list[tuple[str, float]] = []
    job = Job(lambda now_: spent.append((now_.label, time.perf_counter())))
    with Project.open(folder, "Noor Hadley", read_only=True) as project:
        if ending == ".pdf":
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            from PySide6.QtGui import QGuiApplication

            from coder.ui.printing.acts import write_pack_pdf

            application = QGuiApplication([])
            write_pack_pdf(project, QuoteFilter(), path, job=job)
            del application
        else:
            project.packs.write(QuoteFilter(), path, job=job)
    ended = time.perf_counter()
    choosing = spent[0][0]
    began, chosen = spent[0][1], next(at for label, at in spent if label != choosing)
    told = {"chosen": chosen - began, "written": ended - chosen, "megabytes": _most()}
    print(json.dumps(told))


def _most() -> float:
    """The most memory that this process ever held, in MB. (`ru_maxrss` would count what its parent
    held before it began.)"""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _pack(Path(sys.argv[1]), sys.argv[2])
    else:
        for figure in run():
            print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
