"""How long the window stands still in what a person does all day: the longest that it did not
listen while each act was done, on the sample inquiry.

python -m benchmarks manners
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure
from coder.jobs import Job
from coder.project.sample import make_sample

if TYPE_CHECKING:
    from coder.ui.window import Window

LIMIT_MS = 50
ROUNDS = 7
SOUGHT = ("volunteer", "community", "street", "hall", "choir", "bus", "food")
NOTE = f"the sample inquiry; of {ROUNDS} rounds"


def run() -> list[Figure]:
    """The figures, measured on the offscreen platform."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EVIDENCE_CODER_HOME"] = str(Path(folder) / "home")
        os.environ["EVIDENCE_CODER_NAME"] = "Noor Hadley"
        make_sample(Path(folder) / "sample", Job(), transcribe=False)
        return _in_a_window(Path(folder) / "sample")


def _in_a_window(sample: Path) -> list[Figure]:
    from benchmarks.heart import Heart, rest, shown_window

    app, window = shown_window()
    gc.freeze()  # as the program does when its window is there
    heart = Heart(window)
    rest(300)
    try:
        figures = []
        for name, act in _acts(window, sample).items():
            gaps = []
            for turn in range(ROUNDS):
                gaps.append(heart.longest_gap(lambda act=act, turn=turn: act(turn)))  # type: ignore[misc]
                _close_what_is_open(app, window)
                rest(100)
            figures += [
                Figure(f"{name}, median", statistics.median(gaps), "ms", LIMIT_MS, NOTE),
                Figure(f"{name}, longest", max(gaps), "ms", None, NOTE),
            ]
    finally:
        window.close()
    return figures


def _acts(window: Window, sample: Path) -> dict[str, Callable[[int], object]]:
    """What is done, in this order; each is told which time it is."""
    registry, desk = window.registry, window.evidence.desk

    def tag(turn: int) -> None:
        start = 40 + turn * 60
        desk.reader.select(start, start + 30)
        desk.reader.setFocus()
        window.evidence.tagging.tag_by_key("1")

    def choose(turn: int) -> None:
        views = window.evidence.list.model.views
        window.evidence.list.choose(views[turn % len(views)].submission.id)

    def search(turn: int) -> None:
        registry["find-everywhere"].trigger()
        [found] = [one for one in window.children() if type(one).__name__ == "FindWindow"]
        found.field.setText(SOUGHT[turn])

    return {
        "open the sample inquiry": lambda _: window.open_project(sample),
        "choose a submission": choose,
        "open the palette": lambda _: registry["palette"].trigger(),
        "find everywhere": search,
        "tag": tag,
        "switch the place": lambda turn: window.go_to_place(turn % 2),
        "larger letters": lambda turn: registry["larger" if turn % 2 else "smaller"].trigger(),
        "light and dark": lambda turn: registry[
            "appearance-dark" if turn % 2 else "appearance-light"
        ].trigger(),
        "open help": lambda _: registry["help"].trigger(),
    }


def _close_what_is_open(app: object, window: Window) -> None:
    from PySide6.QtWidgets import QApplication

    if isinstance(app, QApplication):
        for one in app.topLevelWidgets():
            if one is not window and one.isVisible():
                one.close()


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
