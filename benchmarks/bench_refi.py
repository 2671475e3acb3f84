"""A project of 5,000 tags out as REFI-QDA, into a new project, and brought in a second time.

python -m benchmarks refi
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.figure import Figure
from coder.domain.model import Coding, Document, DocumentKind, Style, Submission, new_id, now
from coder.domain.paragraphs import lay_out
from coder.project import Project
from coder.project.founding import found_from

T = TypeVar("T")

SUBMISSIONS, TAGS, CODES = 100, 50, 60
LINE = "We met in the hall 🙂 every week, and nobody had to be asked to bring a chair or a cake. "


def run() -> list[Figure]:
    """Seconds for each way, and the size of the file."""
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "out.qdpx"
        with Project.create(folder / "one", "Streets", "STR", "Noor") as project:
            _fill(project)
            out, _ = _timed(lambda: project.interchange.export(file))
            again, report = _timed(lambda: project.interchange.bring_in(file))
            assert report.nothing_new
        into, (other, came) = _timed(lambda: found_from(file, folder / "two", "Noor"))
        other.close()
        assert came.new["codings"] == SUBMISSIONS * TAGS
        told = f"{SUBMISSIONS} submissions, {SUBMISSIONS * TAGS:,} tags"
        return [
            Figure("a project out as REFI-QDA", out, "s", 3.0, told),
            Figure("a new project of it", into, "s", 10.0, told),
            Figure("the same file brought in again", again, "s", 5.0, "nothing is new"),
            Figure("size of the file", file.stat().st_size / 1e6, "MB", 5.0, ""),
        ]


def _fill(project: Project) -> None:
    codes = [project.codebook.add(f"Theme {n % 6}/Code {n}") for n in range(CODES)]
    with project._store.step("Fill", project.coder) as tx:
        for number in range(1, SUBMISSIONS + 1):
            submission = Submission(new_id(), f"STR{number:04}")
            text, spans = lay_out((LINE * 5, Style.BODY) for _ in range(20))
            document = Document(
                new_id(), submission.id, 0, "letter", DocumentKind.DOCUMENT, text, spans
            )
            tx.put(submission)
            tx.put(document)
            for place in range(TAGS):
                start = place * len(LINE)
                end = start + 20
                tx.put(
                    Coding(
                        new_id(), document.id, codes[(number + place) % CODES].id,
                        project.coder.id, start, end, text[start:end], now(),
                    )
                )  # fmt: skip


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result
