"""How long a Word quote pack takes, from a project to the file, and how much memory with many."""

from __future__ import annotations

import io
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder import places
from coder.domain.model import (
    Coding,
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Style,
    Submission,
    new_id,
    now,
)
from coder.domain.packing import Citing, PackOptions
from coder.domain.paragraphs import lay_out
from coder.domain.quotes import QuoteFilter
from coder.project import Project

OURS, FEW, MANY, NAIVE = 5_000, 10_000, 100_000, 1_000
CODES, EACH = 20, 50
"""So many codes, and so many quotes from each submission."""

WORDS = (
    "We had 214 offers of help in nine days. The difficulty was never willingness; it was that the"
    " insurance, the checks and the rota all assumed that we had nine months."
)
PLAIN, FULL = PackOptions(charts=False), PackOptions(citing=Citing.FOOTNOTES, context=120)


def run() -> list[Figure]:
    """Seconds from a project to a file of 5,000 quotes, without and with charts and all else, the
    better of two; megabytes that a hundred thousand take more than ten thousand; and how many times
    longer a quote takes when it is added as paragraphs (measured on 1,000)."""
    with tempfile.TemporaryDirectory() as place:
        for size in (OURS, FEW, MANY):
            _make(Path(place) / str(size), size)
        plain, charts, full = (
            min(_apart(Path(place) / str(OURS), options)[0] for _ in range(2))
            for options in (PLAIN, PackOptions(), FULL)
        )
        _, few = _apart(Path(place) / str(FEW), PLAIN)
        many, most = _apart(Path(place) / str(MANY), PLAIN)
    naive = _seconds(_paragraph_by_paragraph)
    half = "half of them anonymous, from the project to the file"
    return [
        Figure("pack: 5,000 quotes as .docx", plain, "s", 1.5, half),
        Figure("pack: the same with 20 charts", charts, "s", 1.5, "matplotlib is loaded for them"),
        Figure("pack: the same with footnotes and context", full, "s", None, "and charts"),
        Figure("pack: 100,000 quotes as .docx", many, "s", None, f"{most:.0f} MB at most"),
        Figure(
            "pack: memory for 100,000 quotes over that for 10,000",
            most - few,
            "MB",
            50.0,
            f"{few:.0f} MB for 10,000",
        ),
        Figure(
            "pack: python-docx by paragraph, per quote, against ours",
            (naive / NAIVE) / (plain / OURS),
            "times",
            None,
            f"{NAIVE:,} quotes in {naive:.2f} s",
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _apart(folder: Path, options: PackOptions) -> tuple[float, float]:
    """Seconds, and megabytes at most, that a pack takes in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    worker = spawn.Process(target=_pack, args=(folder, options, sending))
    worker.start()
    found: tuple[float, float] = receiving.recv()
    worker.join()
    return found


def _pack(folder: Path, options: PackOptions, answers: Any) -> None:
    with Project.open(folder, "Noor Hadley", read_only=True) as project:
        path = folder.with_suffix(".docx")
        took = _seconds(lambda: project.packs.write(QuoteFilter(), path, options))
    answers.send((took, _most()))


def _most() -> float:
    """The most memory in megabytes that this process had since it began by itself; its `ru_maxrss`
    may be that of the process which it came from."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _make(folder: Path, size: int) -> None:
    """A project of so many tagged passages."""
    dice = random.Random(7)
    with Project.create(folder, "Many", "SIC", "Noor Hadley") as project:
        codes = [project.codebook.add(f"Code {number}") for number in range(CODES)]
        with project._store.step("Bring them in", project.coder) as tx:
            for number in range(size // EACH):
                text, spans = lay_out((f"{n} {WORDS}", Style.BODY) for n in range(EACH))
                one = Submission(
                    new_id(),
                    f"SIC{number:04}",
                    "Gwenllian Hughes",
                    type=dice.choice(list(RespondentType)),
                    permission=Permission.ANONYMOUS if number % 2 else Permission.NAMED,
                )
                document = Document(
                    new_id(), one.id, 0, "letter.txt", DocumentKind.DOCUMENT, text, spans
                )
                tx.put(one)
                tx.put(document)
                for n, span in enumerate(spans):
                    start, end = span.start, span.end
                    code = codes[(n + number) % CODES].id
                    words = text[start:end]
                    tx.put(
                        Coding(
                            new_id(), document.id, code, project.coder.id, start, end, words, now()
                        )
                    )


def _paragraph_by_paragraph() -> bytes:
    from docx import Document as Word

    document = Word(str(places.resources() / "pack.docx"))
    for _ in range(NAIVE):
        document.add_paragraph(WORDS, style="Quote")
        document.add_paragraph("— Individual (SIC0012, para 7)", style="Attribution")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
