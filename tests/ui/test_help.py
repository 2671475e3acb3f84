"""F1 opens the page for the place, with the keys as they are; the tour shows the parts once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coder import places, settings
from coder.settings import Settings
from coder.ui import app
from coder.ui.actions import ACTS
from coder.ui.help import TOPICS, HelpWindow, topic_of
from coder.ui.help.pages import OF_WIDGETS, PLACEHOLDER, page, source
from coder.ui.tour import Tour
from coder.ui.window import Window


@pytest.mark.parametrize("topic", TOPICS)
def test_every_key_on_a_page_is_that_of_an_act(topic: str) -> None:
    known = {act.id for act in ACTS}
    assert [one for one in PLACEHOLDER.findall(source(topic)) if one not in known] == []


def test_there_is_a_page_for_each_topic_and_none_besides() -> None:
    files = {path.stem for path in (places.resources() / "help").glob("*.md")}
    assert files == set(TOPICS)
    assert set(OF_WIDGETS.values()) <= set(TOPICS)
    for topic in TOPICS:
        lines = source(topic).splitlines()
        assert lines[0] == f"# {TOPICS[topic]}"
        assert len(lines) <= 60


def test_a_page_says_the_keys_as_they_are_set(window: Window) -> None:
    window.registry.take_on(replace(Settings(), keys={"palette": "Ctrl+Alt+K", "new": ""}))
    words = page("starting", window.registry.shown_keys)
    assert "**Ctrl+Alt+K** lists every command" in words
    assert "*File, New inquiry…* begins a new one" in words
    assert "*File, Export clips…* cuts" in page("leaving", window.registry.shown_keys)


def test_every_widget_that_has_a_page_is_there(opened: Window) -> None:
    opened.go_to_place(1)
    names = {kind.__name__ for one in opened.findChildren(QWidget) for kind in type(one).__mro__}
    late = {
        "AssignDialog",
        "ChooseCopy",
        "Clashes",
        "ExportClipsDialog",
        "ExportPackDialog",
        "MergeDialog",
        "ModelsWindow",
        "NewInquiryDialog",
        "ParticularsDialog",
        "PassphraseDialog",
        "Player",
        "ShareDialog",
        "TranscribeDialog",
        "TranscriptionWindow",
    }  # made when they are wanted
    assert [name for name in OF_WIDGETS if name not in names | late] == []


@pytest.mark.parametrize(
    ("act", "topic"),
    [
        ("to-text", "tagging"),
        ("to-list", "reading"),
        ("to-themes", "codebook"),
        ("place-quotes", "quotes"),
        ("find", "finding"),
    ],
)
def test_help_opens_at_the_page_for_what_has_the_focus(
    qtbot, opened: Window, act: str, topic: str
) -> None:
    opened.registry[act].trigger()
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_F1)
    help_window = opened.findChild(HelpWindow)
    assert help_window is not None
    assert help_window.isVisible()
    assert not help_window.isModal()
    assert help_window.topic == topic
    assert TOPICS[topic] in help_window.text.toPlainText()
    help_window.close()


def test_help_opens_at_starting_where_no_inquiry_is_open(window: Window) -> None:
    assert topic_of(window.welcome.buttons["new"]) == "starting"
    assert topic_of(None) == "starting"


def test_a_search_lists_the_pages_that_hold_the_words_and_marks_them(qtbot, opened: Window) -> None:
    opened.helps.show_help()
    help_window = opened.findChild(HelpWindow)
    assert help_window is not None
    qtbot.keyClicks(help_window.field, "unsure words")
    listed = [help_window.contents.item(n).text() for n in range(help_window.contents.count())]
    assert listed == ["What is in doubt"]
    assert help_window.text.extraSelections()
    help_window.field.setText("xylophone")
    assert help_window.contents.count() == 0
    assert "Nothing was found" in help_window.text.toPlainText()
    qtbot.keyClick(help_window, Qt.Key.Key_Escape)
    assert not help_window.isVisible()


# The tour


def _tour(window: Window) -> Tour:
    window.registry["tour"].trigger()
    tour = window.findChild(Tour)
    assert tour is not None
    return tour


def test_the_tour_shows_a_document_with_tags_when_it_tells_of_stripes(
    qtbot, window: Window, own_sample: Path
) -> None:
    # Given the sample, which opens on an e-mail without a tag
    assert window.open_project(own_sample)
    desk = window.evidence.desk
    qtbot.waitUntil(lambda: desk.document is not None)
    # When the tour comes to the stripes, then tags are there to be seen
    tour = _tour(window)
    while tour.title.text() != "See and change":
        tour.next.click()
    assert desk.codings
    tour.end()


def test_the_tour_is_silent_of_stripes_where_nothing_is_tagged(opened: Window) -> None:
    tour = _tour(opened)
    assert "See and change" not in [stop.title for stop in tour._stops]
    tour.end()


def test_the_tour_is_walked_with_enter_and_remembered(qtbot, opened: Window) -> None:
    opened.evidence.desk.reader.select(0, 4)
    opened.evidence.tagging.tag_by_key("1")
    tour = _tour(opened)
    seen = []
    for _ in range(6):
        seen.append(tour.title.text())
        assert opened.rect().contains(tour.geometry())
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Return)
    assert len(set(seen)) == 6
    assert not tour.isVisible()
    assert settings.load().seen_tour


def test_escape_skips_the_tour_and_gives_the_focus_back(qtbot, opened: Window) -> None:
    opened.evidence.desk.reader.setFocus()
    before = opened.focusWidget()
    tour = _tour(opened)
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert opened.focusWidget() is before
    assert settings.load().seen_tour


def test_the_tour_goes_back_and_follows_the_window(qtbot, opened: Window) -> None:
    tour = _tour(opened)
    first = tour.title.text()
    tour.next.click()
    qtbot.keyClick(tour.next, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Space)
    assert tour.title.text() == first
    opened.resize(opened.minimumSizeHint())
    qtbot.waitUntil(lambda: opened.rect().contains(tour.geometry()))
    tour.end()


def test_one_tour_is_enough(opened: Window) -> None:
    tour = _tour(opened)
    opened.registry["tour"].trigger()
    assert opened.findChildren(Tour) == [tour]
    tour.end()


def test_the_tour_greets_whoever_opens_the_sample_for_the_first_time(
    qtbot, qapp, monkeypatch: pytest.MonkeyPatch, sample: Path
) -> None:
    # Given the program started as a person starts it, with the sample made already
    (places.user_data() / "sample").symlink_to(sample, target_is_directory=True)
    greeted: list[bool] = []

    def work() -> int:
        windows = (one for one in qapp.topLevelWidgets() if isinstance(one, Window))
        window = next(one for one in windows if one.isVisible())
        for _ in range(2):
            window.registry["sample"].trigger()
            tour = window.findChild(Tour)
            greeted.append(tour is not None and tour.isVisible())
            if tour is not None:
                tour.end()
                qtbot.waitUntil(lambda: window.findChild(Tour) is None)
        window.close()
        window.deleteLater()
        return 0

    monkeypatch.setattr(qapp, "exec", work)
    with monkeypatch.context() as hooks:
        hooks.setattr("sys.excepthook", None)
        hooks.setattr("threading.excepthook", None)
        app.main()
    # Then the tour comes the first time and not the second
    assert greeted == [True, False]
