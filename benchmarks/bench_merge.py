"""What bringing in the copies of two colleagues costs.

    python -m benchmarks.bench_merge

Two hundred submissions of 20,000 characters. Each of two colleagues has put 50,000 tags on them in
a copy of their own, one act each, and both copies are brought in, one after the other; a third has
put 100,000 on them alone.
"""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.waiting import Waiting
from coder.domain.model import Code, Coder, Coding, Document, DocumentKind, Style, Submission, now
from coder.domain.paragraphs import lay_out
from coder.jobs import Job
from coder.project import Project
from coder.store.store import Store

SUBMISSIONS, TAGS, CODES = 200, 50_000, 60
_SENTENCE = "Our volunteers met in the old hall on every Tuesday and nobody was turned away. "
_COLLEAGUES = ("Asha", "Ben")


def run() -> list[Figure]:
    """Seconds for the preview, both merges, their undoing, and opening afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "alone"
        _make(alone)
        large = _worked_on(alone, Path(folder) / "Cleo", "Cleo", 2 * TAGS)
        with Project.open(alone, "Noor") as project:
            at_once = _timed(lambda: project.merging.merge(large, Job()))
        base = Path(folder) / "base"
        _make(base)
        copies = [_worked_on(base, Path(folder) / name, name) for name in _COLLEAGUES]
        with Project.open(base, "Noor") as project:
            preview = _timed(lambda: project.merging.preview(copies[0], Job()))
            both = [_beside(lambda c=copy: project.merging.merge(c, Job())) for copy in copies]
            merged = [seconds for seconds, _ in both]
            again = _timed(lambda: project.merging.merge(copies[0], Job()))
            verified = _timed(project.verify)
            undone = _timed(project.undo)
        opened = _timed(lambda: Project.open(base, "Noor").close())
    what = f"{TAGS:,} tags in as many acts of each of two colleagues"
    return [
        Figure("merge: preview of the first copy", preview, "s", None, what),
        Figure(
            "merge: a copy with 100,000 tags",
            at_once,
            "s",
            15,
            f"{2 * TAGS:,} tags in as many acts of one colleague",
        ),
        Figure("merge: both copies brought in", sum(merged), "s", None, what),
        Figure("merge: the second of them", merged[1], "s", None, what),
        Figure(
            "merge: longest wait of another thread",
            max(wait for _, wait in both),
            "ms",
            None,
            "Python letting go of what it read",
        ),
        Figure("merge: most memory", _megabytes(), "MB", 1_000, "of all this"),
        Figure("merge: a copy that has nothing new", again, "s", None, what),
        Figure("merge: undone", undone, "s", None, what),
        Figure("merge: verify afterwards", verified, "s", None, what),
        Figure("merge: open afterwards", opened, "s", None, what),
    ]


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def _beside(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that work took, and the most milliseconds that another thread waited meanwhile."""
    with Waiting() as waiting:
        seconds = _timed(work)
    return seconds, waiting.longest


def _megabytes() -> float:
    """The most memory that this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make(folder: Path) -> None:
    coder = Coder("noor", "Noor", now())
    text, spans = lay_out([(_SENTENCE * 5, Style.BODY)] * 50)
    with (
        closing(Store.create(folder, "Long", "LNG", "", coder)) as store,
        store.step("Import", coder) as tx,
    ):
        for number in range(SUBMISSIONS):
            tx.put(Submission(f"s{number}", f"LNG{number + 1:04}"))
            kind = DocumentKind.DOCUMENT
            tx.put(Document(f"d{number}", f"s{number}", 0, f"{number}.txt", kind, text, spans))
        for number in range(CODES):
            tx.put(Code(f"c{number}", f"Code {number}", position=number))


def _worked_on(base: Path, folder: Path, name: str, tags: int = TAGS) -> Path:
    shutil.copytree(base, folder)
    coder = Coder(name.lower(), name, now())
    with closing(Store.open(folder)) as store:
        text = store.read.document("d0").text
        for first in range(0, tags, 5_000):
            with store.batch():
                for number in range(first, min(first + 5_000, tags)):
                    start = (number * 37) % (len(text) - 200)
                    end = start + 40 + number % 100
                    place = (f"d{number % SUBMISSIONS}", f"c{number % CODES}", coder.id, start, end)
                    with store.step(f"Tag “Code {number % CODES}”", coder) as tx:
                        tx.put(Coding(f"{name}{number}", *place, text[start:end], now()))
    return folder


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.2f} {figure.unit}")
