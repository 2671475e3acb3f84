"""What correcting one sentence of a long transcript costs, committed and on screen.

    python -m benchmarks.bench_correct

Three hours of speech: 3,000 sentences of 12 words, with 500 tags all over it. The first sentence is
corrected, which moves everything behind it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QSplitter

from benchmarks.figure import Figure
from coder.domain.model import (
    Coding,
    Document,
    DocumentKind,
    Segment,
    Submission,
    Word,
    new_id,
    now,
)
from coder.project import Project
from coder.ui.evidence.playback import Playback
from coder.ui.reader import Reader
from coder.ui.session import Session

SENTENCES, TAGS, ROUNDS = 3_000, 500, 15
_WORDS = ("our", "volunteers", "met", "in", "the", "old", "hall", "on", "every", "Tuesday", "and")


def run() -> list[Figure]:
    """The median of fifteen corrections of the first sentence, in milliseconds."""
    QApplication.instance() or QApplication([])
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p", "Long", "LNG", "Noor") as project,
    ):
        document = _three_hours(project)
        first = project.segments(document.id)[0]
        size = _size(project)
        committed = _each(lambda n: project.correcting.rewrite(first.id, f"{first.text} {'x' * n}"))
        grown = (_size(project) - size) / ROUNDS / 1024
        same = _each(lambda n: project.correcting.rewrite(first.id, f"{first.text} {n + 10:02}"))
        shown = _on_screen(project, document, first.id)
    what = f"{SENTENCES:,} sentences, {TAGS} tags, the first one"
    return [
        Figure("correct a sentence: committed, all behind it moved", committed, "ms", 50, what),
        Figure("correct a sentence: committed, of the same length", same, "ms", 50, what),
        Figure("correct a sentence: shown", shown, "ms", 50, what),
        Figure("correct a sentence: what the project grows by", grown, "KiB", None, what),
    ]


def _three_hours(project: Project) -> Document:
    submission = Submission(new_id(), "LNG0001")
    document = Document(new_id(), submission.id, 0, "long", DocumentKind.TRANSCRIPT)
    text = " ".join([*_WORDS, "sang."])
    spans, place = [], 0
    for word in text.split():
        spans.append((place, place + len(word)))
        place += len(word) + 1
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(submission)
        tx.put(document)
        for n in range(SENTENCES):
            at = n * 3_600
            words = tuple(
                Word(start, end, at + 300 * k, at + 300 * k + 280, 0.9)
                for k, (start, end) in enumerate(spans)
            )
            tx.put(Segment(new_id(), document.id, n, at, at + 3_600, text, words=words))
    code = project.codebook.add("Places")
    with project._store.step("Tag", project.coder, "machine") as tx:
        for n in range(TAGS):
            start = n * (SENTENCES // TAGS) * (len(text) + 1)
            end = start + spans[6][1]
            where = (document.id, code.id, project.coder.id, start, end)
            tx.put(Coding(new_id(), *where, text[: end - start], now()))
    return project.document(document.id)


def _on_screen(project: Project, document: Document, segment_id: str) -> float:
    """How long the reader and what goes with it take to show a correction."""
    split = QSplitter()
    reader = Reader(split)
    split.addWidget(reader)
    split.resize(900, 700)
    split.show()
    playback = Playback(reader, split)
    session = Session(project, split)
    playback.open_session(session)
    document = project.document(document.id)
    playback.take(document)
    reader.show_document(
        document.text,
        document.paragraphs,
        [session.mark(one) for one in project.codings.of(document.id)],
    )
    playback.show_words()
    taken = []
    for n in range(ROUNDS):
        project.correcting.rewrite(segment_id, f"Something else {'y' * n}")
        began = time.perf_counter()
        document = playback.follow(document, [segment_id])
        reader.set_marks([session.mark(one) for one in project.codings.of(document.id)])
        QApplication.processEvents()
        taken.append(time.perf_counter() - began)
    split.deleteLater()
    return statistics.median(taken) * 1000


def _each(act: Callable[[int], object]) -> float:
    taken = []
    for n in range(1, ROUNDS + 1):
        began = time.perf_counter()
        act(n)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _size(project: Project) -> int:
    return sum(path.stat().st_size for path in project.folder.glob("project.db*"))


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name:<56} {figure.value:8.1f} {figure.unit}")
