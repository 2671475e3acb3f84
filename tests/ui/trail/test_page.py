"""The page *Trail*: steps by day, narrowed, each with what it changed; what was; sign-offs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QFileDialog

from coder.domain.model import Permission
from coder.project import Project
from coder.project.signed_state import Signers
from coder.ui.codebook.card import CodeCard
from coder.ui.dialogs.particulars import ParticularsDialog
from coder.ui.trail.lines import LINE
from coder.ui.trail.page import TrailPage
from coder.ui.window import Window
from tests.ui.test_accessible import _cut, _nameless, _out_of_reach, _small


@pytest.fixture
def rest(qtbot, opened: Window) -> Callable[[], None]:
    """Waits until nothing is read any more."""

    def wait() -> None:
        page = opened.audit.trail
        timers = (page._later, page.filters._later)
        qtbot.waitUntil(
            lambda: not opened.workshop.running and not any(one.isActive() for one in timers),
            timeout=20_000,
        )

    return wait


@pytest.fixture
def project(opened: Window) -> Project:
    assert opened.session is not None
    return opened.session.project


@pytest.fixture
def page(opened: Window, project: Project, rest: Callable[[], None]) -> TrailPage:
    """The trail, with a tag and a change of permission as its latest steps."""
    [document] = [project.document(one.id) for one in project.evidence.one("STR0001").documents]
    start = document.text.index("I ring four people")
    project.codings.tag(document, start, start + 18, [project.codebook.at("Volunteering")])
    project.evidence.change("STR0001", permission=Permission.NAMED)
    opened.registry["trail"].trigger()
    rest()
    return opened.audit.trail


def shown(page: TrailPage) -> list[str]:
    return [str(page.model.index(row).data()) for row in range(page.model.rowCount())]


def test_steps_stand_below_their_day_with_their_words(page: TrailPage) -> None:
    day, first, second, *_ = shown(page)
    assert day == f"{QDateTime.currentDateTime().toPython():%A}, " + day.split(", ")[1]
    assert first.endswith("Noor Hadley changed the permission of STR0001 from unknown to named")
    assert second.endswith("tagged “I ring four people” (STR0001, para 3) with “Volunteering”")
    assert "fingerprint" in page.summary.text()
    assert page.list.currentIndex().row() == 1
    assert page.list.hasFocus()
    assert "from unknown to named" in page.view.words.toPlainText()


def test_filters_narrow_it_and_say_where_nothing_fits(
    page: TrailPage, rest: Callable[[], None]
) -> None:
    page.filters.deed.setCurrentIndex(page.filters.deed.findText("Tags"))
    rest()
    assert len(shown(page)) == 2
    page.find_words()
    assert page.filters.words.hasFocus()
    page.filters.words.setText("zebra")
    rest()
    assert not page.list.isVisible()
    assert page._none.text() == "No step fits these filters."
    page.clear.click()
    rest()
    assert page.list.isVisible()
    assert page.filters.deed.currentIndex() == 0


def test_a_day_that_is_none_is_told(qtbot, page: TrailPage) -> None:
    with qtbot.waitSignal(page.note) as told:
        page.filters.since.setText("someday")
    assert "“someday” is not a day" in told.args[0]


def test_what_is_done_meanwhile_comes_in_on_top(
    page: TrailPage, project: Project, rest: Callable[[], None]
) -> None:
    project.codebook.add("Transport")
    rest()
    assert shown(page)[1].endswith("made the code “Transport”")


def test_pages_come_as_one_goes_down(
    page: TrailPage, project: Project, rest: Callable[[], None]
) -> None:
    code = project.codebook.at("Volunteering")
    for number in range(110):
        project.codebook.define(code, definition=f"Meaning {number}")
    rest()
    before = page.model.rowCount()
    assert page.model.canFetchMore(page.list.rootIndex())
    page.list.scrollToBottom()
    page.model.fetchMore(page.list.rootIndex())
    rest()
    assert page.model.rowCount() > before
    steps = project.trail.fingerprint().steps
    seqs = [page.model.index(row).data(LINE) for row in range(page.model.rowCount())]
    assert [one.seq for one in seqs if one] == list(range(steps, 0, -1))


def test_enter_goes_to_the_passage(
    qtbot, opened: Window, page: TrailPage, rest: Callable[[], None]
) -> None:
    page.list.setCurrentIndex(page.model.index(2))
    rest()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.place() == 0
    assert opened.evidence.desk.reader.selected_text() == "I ring four people"


def test_what_has_gone_is_not_jumped_to(
    qtbot, page: TrailPage, project: Project, rest: Callable[[], None]
) -> None:
    project.undo()
    project.undo()
    project.undo()  # the import: nothing of it is there any more
    rest()
    place = next(
        row for row in range(page.model.rowCount()) if "tagged “I ring" in str(shown(page)[row])
    )
    page.list.setCurrentIndex(page.model.index(place))
    rest()
    with qtbot.waitSignal(page.note) as told:
        page.view.show_in.click()
    assert "no longer there" in told.args[0]


def test_as_it_was_after_a_step(opened: Window, page: TrailPage, rest: Callable[[], None]) -> None:
    page.list.setCurrentIndex(page.model.index(2))
    rest()
    page.view.was.click()
    rest()
    was = opened.trailing.was
    assert was is not None
    assert was.what.currentText() == "STR0001"
    assert "1 tags then" in was.stood.toPlainText() or "1 tag then" in was.stood.toPlainText()
    assert "Not known yet" in was.stood.toPlainText()
    assert was.tabs.tabText(1) == "Different now (1)"
    assert "from unknown to named" in was.since.toPlainText()

    was.moment.setDateTime(QDateTime(2020, 1, 1, 0, 0, 0))
    rest()
    assert "not there yet" in was.stood.toPlainText()
    was.what.setCurrentIndex(0)
    rest()
    assert "Volunteering" in was.stood.toPlainText()
    was.close()


def _signed(window: Window) -> Signers:
    """Who has signed off the first submission, as the list of evidence knows it."""
    return window.evidence.list.model.views[0].signed


def test_signing_off_and_what_changed_since(
    qtbot, opened: Window, page: TrailPage, project: Project, rest: Callable[[], None]
) -> None:
    opened.registry["sign-offs"].trigger()
    rest()
    signs = opened.trailing.signs
    assert signs is not None
    assert "Nothing is signed off yet" in signs.changes.toPlainText()
    signs.choose("STR0001")
    signs.note.setText("Read by both")
    signs.sign.click()
    rest()
    assert [signs.list.topLevelItem(0).text(place) for place in (0, 3, 4)] == [
        "STR0001", "Read by both", "Unchanged",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: _signed(opened) == Signers(("Noor Hadley",)))
    signs.choose("")
    signs.version.setText("1.0")
    signs.sign.click()
    rest()
    project.evidence.change("STR0001", region="Wexbrook")
    rest()
    signs.list.setCurrentItem(signs.list.topLevelItem(1))
    rest()
    assert signs.list.topLevelItem(1).text(4) == "Changed since"
    qtbot.waitUntil(lambda: _signed(opened) == Signers((), ("Noor Hadley",)))
    assert "from nothing to “Wexbrook”" in signs.changes.toPlainText()

    # The particulars and the card of a code say it too
    views = project.signing.of("STR0001")
    form = ParticularsDialog(project.submission("STR0001"), project.pseudonyms, opened, views)
    assert form.signed.text().startswith("Changed since it was signed by Noor Hadley")
    assert opened.session is not None
    card = CodeCard(opened.session, project.codebook.at("Volunteering"), opened)
    assert "version 1.0: Signed by Noor Hadley" in card.signed.text()
    for dialog in (form, card):
        dialog.deleteLater()

    signs.take_back.click()
    rest()
    assert [one.what for one in project.signing.all()] == ["The codebook, version 1.0"]
    signs.close()


def test_verifying_tells_a_fingerprint_and_holds_one_against_it(
    opened: Window, page: TrailPage, project: Project, rest: Callable[[], None]
) -> None:
    noted = str(project.trail.fingerprint())
    project.codebook.add("Transport")
    page.verify.click()
    rest()
    window = opened.trailing.verifying
    assert window is not None
    assert f"Fingerprint of today: {project.trail.fingerprint()}" in window.told.toPlainText()
    window.noted.setText(noted)
    window.go.click()
    rest()
    assert "is the beginning of this one" in window.told.toPlainText()
    window.noted.setText(noted.replace("-", "0-", 1))
    window.go.click()
    rest()
    assert "cut off" in window.told.toPlainText()
    window.close()


def test_the_trail_is_saved_as_it_is_narrowed(
    opened: Window,
    page: TrailPage,
    rest: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "trail.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.filters.words.setText("I ring four")
    rest()
    page.save.click()
    rest()
    text = target.read_text(encoding="utf-8-sig")
    assert "with the words “I ring four”" in text
    assert "permission of STR0001" not in text
    assert "1 step." in opened.status.currentMessage()


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_all_of_it_can_be_reached_and_read(
    qtbot, opened: Window, page: TrailPage, rest: Callable[[], None], appearance: str
) -> None:
    opened.set_appearance(appearance)
    opened.resize(1280, 800)
    rest()
    assert _nameless(page) == []
    assert _out_of_reach(qtbot, page) == []
    assert _small(page) == []
    assert _cut(page) == []
