"""The window of models: everything that can be done with one, without an inquiry open."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox

from coder import places, settings
from coder.project.models import Entry
from coder.transcribe import install
from coder.ui.help import HelpWindow
from coder.ui.models.picking import PickDialog
from coder.ui.models.window import ModelsWindow
from coder.ui.window import Window
from tests.hub import Hub, half, serving
from tests.ui.active import activate

SYNTHETIC = places.samples() / "whisper-synthetic"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving(Hub(), monkeypatch) as hub:
        yield hub


@pytest.fixture
def shown(qtbot, window: Window) -> ModelsWindow:
    """The window of models, over the welcome screen."""
    window.registry["models"].trigger()
    models = window.models.shown
    assert models is not None
    qtbot.waitUntil(lambda: bool(models.list.rows.entries))
    return models


@pytest.fixture
def settled(qtbot, shown: ModelsWindow) -> Callable[[], None]:
    """Waits until nothing is being done and the list shows what came of it."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not shown.doing.busy and not shown._look.reading, timeout=60_000)

    return wait


def choose(models: ModelsWindow, name: str) -> Entry:
    """Chooses a model in the list."""
    names = [entry.id for entry in models.list.rows.entries]
    models.list.setCurrentIndex(models.list.rows.index(names.index(name), 0))
    entry = models.list.current()
    assert entry is not None
    return entry


def press(models: ModelsWindow, button: str) -> str:
    """Presses a button of the box that asks something; gives what it asked."""
    box = [box for box in models.findChildren(QMessageBox) if box.isVisible()][-1]
    words = f"{box.text()} {box.informativeText()}"
    next(one for one in box.buttons() if one.text() == button).click()
    return words


def column(models: ModelsWindow, number: int) -> dict[str, str]:
    rows = models.list.rows
    return {entry.id: rows.data(rows.index(row, number)) for row, entry in enumerate(rows.entries)}


def test_where_none_is_installed_the_window_says_so_and_offers_the_one_that_suits(shown) -> None:
    assert "No model is installed yet" in shown.notice.text()
    assert "suits it" in shown.machine.text()
    current = shown.list.current()
    assert current.recommended
    assert shown.download.isEnabled()
    assert not shown.try_it.isEnabled()
    assert not shown.prefer.isEnabled()
    assert not shown.remove.isEnabled()
    assert column(shown, 1)["small"] == "486 MB"
    assert column(shown, 2)["small.en"] == "English"


def test_a_download_is_asked_for_once_and_can_be_stopped_and_gone_on_with(
    qtbot, shown, hub, settled
) -> None:
    # Given somebody who is told what a download costs, and agrees
    hub.holds = {"model.bin": 4_000_000}
    choose(shown, "base")
    shown.download.click()
    asked = press(shown, "Download")
    assert "148 MB" in asked
    assert "needs the internet" in asked

    # When it is stopped on the way
    qtbot.waitUntil(lambda: half(places.user_data() / "models" / ".part-base") > 3_200_000)
    qtbot.waitUntil(lambda: shown.doing.bar.value() > 0)
    assert "Downloading “base”" in shown.doing.label.text()
    assert not shown.download.isEnabled()
    shown.doing.cancel.click()
    settled()

    # Then what came is kept, and it goes on without a question
    hub.holds = {}
    assert "What has come is kept" in shown.doing.ended.text()
    assert "of 148 MB here" in column(shown, 4)["base"]
    assert shown.download.text() == "Go on with the download"
    shown.download.click()
    settled()
    assert shown.doing.ended.text() == "“base” is installed."
    assert column(shown, 4)["base"].startswith("Default")
    assert shown.notice.text() == ""
    assert hub.begun_at("model.bin")[-1] > 0


def test_who_does_not_agree_downloads_nothing(shown, hub) -> None:
    choose(shown, "base")
    shown.download.click()
    press(shown, "Not now")

    assert not shown.doing.busy
    assert hub.asked == []


def test_a_download_that_fails_is_told_with_what_to_do(qtbot, shown, hub, settled, told) -> None:
    hub.status = 404
    choose(shown, "base")
    shown.download.click()
    press(shown, "Download")
    settled()

    assert "does not give it out" in told()
    assert shown.download.isEnabled()


def test_a_model_is_installed_tried_preferred_and_removed(shown, settled) -> None:
    shown.install(SYNTHETIC)
    settled()  # it was looked into
    settled()  # and installed
    assert shown.list.current().id == "whisper-synthetic"
    assert shown.list.current().own

    shown.try_it.click()
    settled()
    assert "an hour takes about" in shown.doing.ended.text()
    assert column(shown, 3)["whisper-synthetic"].startswith("about")

    install.add(SYNTHETIC, places.user_data(), "other")
    shown.refresh("other")
    settled()
    shown.prefer.click()
    settled()
    assert settings.load().model == "other"
    assert column(shown, 4)["other"] == "Default"
    assert not shown.prefer.isEnabled()

    shown.remove.click()
    asked = press(shown, "Remove")
    assert "“whisper-synthetic” is used from now on." in asked
    assert "goes on to its end" in asked
    settled()
    assert "other" not in column(shown, 4)
    assert settings.load().model == ""


def test_a_model_is_removed_with_the_key_and_kept_where_one_thinks_better(
    qtbot, shown, settled
) -> None:
    install.add(SYNTHETIC, places.user_data(), "ours")
    shown.refresh("ours")
    settled()

    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    press(shown, "Keep")
    assert not shown.doing.busy

    choose(shown, "large-v3")
    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert not [box for box in shown.findChildren(QMessageBox) if box.isVisible()]
    assert (places.user_data() / "models" / "ours").is_dir()


def test_a_zip_dropped_on_the_window_is_installed(shown, settled, tmp_path: Path) -> None:
    path = shutil.make_archive(str(tmp_path / "ours"), "zip", SYNTHETIC.parent, SYNTHETIC.name)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path)])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    shown.dropEvent(drop)
    settled()
    settled()

    assert "is installed" in shown.doing.ended.text()


def test_of_several_models_in_a_folder_those_ticked_are_installed(
    qtbot, shown, settled, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    for name in ("one", "two"):
        ignored = shutil.ignore_patterns("recipe", "model.json")
        shutil.copytree(SYNTHETIC, stick / name, ignore=ignored)

    shown.install(stick)
    qtbot.waitUntil(lambda: bool(shown.findChildren(PickDialog)))
    dialog = shown.findChild(PickDialog)
    assert dialog.names() == ["one", "two"]
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.go.isEnabled()
    dialog.accept()
    settled()

    assert shown.list.current().id == "two"
    assert "one" not in column(shown, 4)


def test_with_none_ticked_nothing_can_be_installed(qtbot, shown) -> None:
    model = install.add(SYNTHETIC, places.user_data())
    dialog = PickDialog("stick", [model], shown)
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)

    assert not dialog.go.isEnabled()


def test_a_damaged_folder_is_refused_with_the_reason(shown, settled, told, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    folder.mkdir()
    shutil.copy(SYNTHETIC / "model.bin", folder)

    shown.install(folder)
    settled()

    assert "“half” is not a Whisper model: config.json" in told()


def test_a_model_that_is_damaged_is_listed_and_can_be_had_again(shown, hub, settled) -> None:
    (install.add(SYNTHETIC, places.user_data(), "base").path / "model.bin").unlink()
    shown.refresh("base")
    settled()
    assert column(shown, 4)["base"] == "Damaged"
    assert "model.bin is missing" in shown.about.text()

    shown.download.click()
    press(shown, "Download")
    settled()

    assert column(shown, 4)["base"].startswith("Default")


def test_a_default_that_is_gone_is_told(shown, settled) -> None:
    install.add(SYNTHETIC, places.user_data(), "ours")
    settings.save(settings.Settings(model="gone"))
    shown.refresh()
    settled()

    assert "not here any more" in shown.notice.text()


def test_work_goes_on_behind_the_window_and_is_seen_when_it_is_opened_again(
    qtbot, window: Window, shown, hub, settled
) -> None:
    hub.holds = {"model.bin": 4_000_000}
    choose(shown, "base")
    shown.download.click()
    press(shown, "Download")
    qtbot.waitUntil(lambda: shown.doing.bar.value() > 0)

    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert window.workshop.busy_with() == "Downloading the model “base”"

    window.registry["models"].trigger()
    assert window.models.shown is shown
    assert shown.doing.busy
    shown.doing.cancel.click()
    settled()


def test_f1_opens_the_page_on_models(qtbot, window: Window, shown) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_F1)

    help_window = window.findChild(HelpWindow)
    assert help_window.topic == "models"
    help_window.close()


def test_each_cell_says_to_a_screen_reader_what_it_is_of(shown) -> None:
    rows = shown.list.rows
    told = rows.data(rows.index(1, 1), Qt.ItemDataRole.AccessibleTextRole)

    assert told == "Size: 78 MB"


def test_what_is_said_of_all_of_them_follows_the_list(
    qtbot, window: Window, shown, settled
) -> None:
    # Given the one that comes with the program, chosen when something was transcribed
    settings.save(settings.Settings(model=str(SYNTHETIC)))
    shown.refresh()
    settled()
    assert "“whisper-synthetic”, comes with the program" in shown.notice.text()
    assert "comes with the program" in column(shown, 4)["whisper-synthetic"]

    # When one is installed from elsewhere, and a person comes back to the window
    install.add(SYNTHETIC, places.user_data(), "ours")
    settings.save(settings.Settings(model="ours"))
    activate(qtbot, window)
    activate(qtbot, shown)

    # Then the sentence goes
    qtbot.waitUntil(lambda: shown.notice.text() == "")
    assert column(shown, 4)["ours"] == "Default"


def test_two_of_one_name_are_told_apart_and_each_says_what_it_knows(shown, settled) -> None:
    install.add(SYNTHETIC, places.user_data())
    shown.refresh()
    settled()

    rows = [entry for entry in shown.list.rows.entries if entry.id == "whisper-synthetic"]
    assert [shown.list.rows.called(one) for one in rows] == [
        "whisper-synthetic (yours)",
        "whisper-synthetic",
    ]
    own, shipped = (shown.list.rows.entries.index(one) for one in rows)
    for row in (own, shipped):
        shown.list.setCurrentIndex(shown.list.rows.index(row, 0))
        assert "knows no voice but the one in the sample" in shown.about.text()
    assert not shown.prefer.isEnabled()
    assert "it cannot be made the default" in shown.about.text()
    # And the one that was chosen stays chosen
    shown.refresh()
    settled()
    assert shown.list.currentIndex().row() == shipped


def test_the_message_of_the_last_act_goes_with_the_next_and_the_keys_stay_on_the_list(
    shown, settled
) -> None:
    for name in ("a", "others"):
        install.add(SYNTHETIC, places.user_data(), name)
    shown.refresh("a")
    settled()
    shown.prefer.setFocus()
    shown.prefer.click()
    settled()
    assert "“a” is used from now on" in shown.doing.ended.text()
    assert shown.focusWidget() is shown.list

    choose(shown, "others")

    assert shown.doing.ended.text() == ""


def test_speed_is_not_tried_while_something_is_transcribed(
    window: Window, shown, settled, told
) -> None:
    install.add(SYNTHETIC, places.user_data(), "ours")
    shown.refresh("ours")
    settled()
    window.hearings.crew.running["one"] = None

    shown.try_it.click()

    assert "would be far too high" in told()
    assert not shown.doing.busy
    window.hearings.crew.running.clear()
