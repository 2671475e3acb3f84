"""Speakers are found beside the window, with the number that a person gives."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coder.domain.model import Document
from coder.project.models import add_model
from coder.ui.dialogs.find_speakers import FindSpeakersDialog
from coder.ui.window import Window
from tests.ui.evidence.test_naming import film  # noqa: F401 – a fixture here too
from tests.ui.test_accessible import _nameless, _small

PAIR = Path(__file__).parents[2] / "data" / "voices"


def _asked(window: Window) -> FindSpeakersDialog:
    window.registry["find-speakers"].trigger()
    return window.evidence.desk.findChildren(FindSpeakersDialog)[-1]


def _speakers(window: Window, document: Document) -> set[str]:
    assert window.session is not None
    return {one.speaker for one in window.session.project.segments(document.id)}


@pytest.mark.speakers
def test_speakers_are_found_while_one_goes_on_and_undone_with_one_key(
    qtbot,
    window: Window,
    film: Document,  # noqa: F811
) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    add_model(PAIR)
    dialog = _asked(window)
    assert dialog.number.value() == 2
    assert dialog.begin.isEnabled()
    dialog.number.setValue(1)

    qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)
    title = f"Finding the speakers of “{film.title}”"
    assert title in [work.title for work in window.workshop.running]
    reader = window.evidence.desk.reader
    qtbot.waitUntil(
        lambda: [name for _, name in reader._page.speakers] == ["Speaker 1"], timeout=60_000
    )
    qtbot.waitUntil(lambda: window.status.currentMessage().startswith("Speaker 1 in "))
    assert _speakers(window, film) == {"Speaker 1"}

    window.registry["undo"].trigger()
    assert _speakers(window, film) == {""}


@pytest.mark.speakers
def test_finding_can_be_stopped_and_then_nobody_is_named(
    qtbot,
    window: Window,
    film: Document,  # noqa: F811
) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    add_model(PAIR)
    _asked(window).accept()
    work = next(one for one in window.workshop.running if one.title.startswith("Finding"))
    work.cancel()

    stopped = "Stopped. No speaker was named."
    qtbot.waitUntil(lambda: window.status.currentMessage() == stopped, timeout=20_000)
    assert _speakers(window, film) == {""}


def test_without_a_model_it_says_so_and_takes_one_from_a_folder(
    window: Window,
    film: Document,  # noqa: F811
) -> None:
    dialog = _asked(window)
    if not dialog._lacking:
        assert "No model for finding speakers is installed" in dialog.missing.text()
    assert not dialog.begin.isEnabled()

    dialog.add_model(PAIR)

    assert dialog.chosen() == str(PAIR)
    assert dialog.begin.isEnabled() is (dialog._lacking is None)


def test_without_sherpa_it_says_what_to_install(
    window: Window,
    film: Document,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    dialog = _asked(window)
    dialog.add_model(PAIR)

    assert "evidence-coder[speakers]" in dialog.missing.text()
    assert not dialog.begin.isEnabled()


def test_what_goes_wrong_is_told(
    qtbot,
    window: Window,
    film: Document,  # noqa: F811
    told,
    tmp_path: Path,
) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    dialog = _asked(window)
    (tmp_path / "empty").mkdir()
    dialog.add_model(tmp_path / "empty")
    dialog.accept()
    qtbot.waitUntil(lambda: not window.workshop.running, timeout=20_000)
    assert "“empty” is not a Whisper model" in told()


@pytest.mark.parametrize("check", [_nameless, _small], ids=["named", "large enough"])
def test_everything_in_the_question_is(window: Window, film: Document, check: Callable) -> None:  # noqa: F811
    assert check(_asked(window)) == []
