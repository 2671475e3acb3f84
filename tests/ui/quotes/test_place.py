"""What the quotes place counts, calls things, and copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMessageBox

from coder.domain.model import Permission, Status
from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.domain.sight import Others
from coder.ui.actions import ACTS
from coder.ui.dialogs.particulars import ParticularsDialog
from coder.ui.dialogs.withdraw import WithdrawDialog
from coder.ui.quotes.cards import USED
from coder.ui.quotes.place import QuotesPlace
from coder.ui.quotes.rows import heading
from coder.ui.window import Window
from tests.ui.quotes.conftest import Settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _group(place: QuotesPlace, grouping: Grouping) -> None:
    place.pane.groups.setCurrentIndex(place.pane.groups.findData(grouping.value))


def test_quotes_submissions_and_tags_are_counted_apart(quoting: Window, settle: Settle) -> None:
    assert quoting.session is not None
    quotes, tags = settle(quoting), quoting.session.project.quotes.select()
    assert len(quotes) < len(tags)
    submissions = {quote.submission_id for quote in quotes}
    assert quoting.quotes.pane.count.text() == (
        f"{len(quotes)} quotes from {len(submissions)} submissions; {len(tags)} tags"
    )
    assert any(quote.coder == "Asha Verma; Tom Pryce" for quote in quotes)


def test_a_theme_counts_the_tags_of_the_codes_below_it(quoting: Window) -> None:
    assert quoting.session is not None
    project = quoting.session.project
    counts = []
    tree = quoting.quotes.filters.tree
    for place in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(place)
        assert item is not None
        code = project.codebook.at(item.text(0).rpartition("  (")[0])
        below = len(project.quotes.select(QuoteFilter(codes=(code.id,))))
        assert item.text(0) == f"{code.name}  ({below})"
        counts.append(below)
    assert sum(counts) == len(project.quotes.select())


def test_a_step_shows_in_the_list_and_the_quote_at_hand_stays(
    qtbot, quoting: Window, settle: Settle
) -> None:
    quotes = settle(quoting)
    quoting.quotes.list.choose(7)
    assert quoting.session is not None
    project = quoting.session.project
    alone = next(n for n, one in enumerate(quotes[:7]) if len(one.coding_ids) == 1)
    project.as_coder(quotes[alone].coder)
    project.codings.untag([project.codings.one(quotes[alone].id)])
    qtbot.waitUntil(lambda: len(settle(quoting)) == len(quotes) - 1)
    current = quoting.quotes.list.current()
    assert current is not None
    assert current.coding_ids == quotes[7].coding_ids


def test_groups_have_headings_that_keys_go_over_and_past(
    qtbot, quoting: Window, settle: Settle
) -> None:
    place = quoting.quotes
    _group(place, Grouping.THEME)
    settle(quoting)
    groups = place.model.groups
    assert [group.first for group in groups] == sorted(group.first for group in groups)
    place.list.choose(0)
    assert place.list.currentIndex().row() == 1
    assert str(place.list.currentIndex().data()).startswith(f"{groups[0].title}: ")
    qtbot.keyClick(place.list, Qt.Key.Key_Down, CTRL)
    assert place.model.place_of(place.list.currentIndex().row()) == groups[1].first
    qtbot.keyClick(place.list, Qt.Key.Key_Up)  # past the heading
    assert place.model.place_of(place.list.currentIndex().row()) == groups[1].first - 1
    qtbot.keyClick(place.list, Qt.Key.Key_Up, CTRL)
    assert place.model.place_of(place.list.currentIndex().row()) == groups[0].first
    place.list.choose(groups[1].first + 2)
    place.list.scrollTo(place.list.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)
    assert place.list._above._words == heading(groups[1])
    assert place.list._above.isVisible()


def test_a_place_far_down_is_read_when_it_comes_into_view(
    qtbot, quoting: Window, settle: Settle
) -> None:
    quotes = settle(quoting)
    place = quoting.quotes
    place.list.choose(len(quotes) - 1)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    current = place.list.current()
    assert current is not None
    assert current.id == quotes[-1].id
    qtbot.waitUntil(lambda: quotes[-1].document in place.preview._where.text())


def test_joined_quotes_and_orders_are_shown_as_they_are_wished(
    quoting: Window, settle: Settle
) -> None:
    apart = settle(quoting)
    pane = quoting.quotes.pane
    pane.join.setChecked(True)
    assert len(settle(quoting)) < len(apart)
    pane.orders.setCurrentIndex(pane.orders.findData(Order.SHORTEST.value))
    lengths = [one.end - one.start for one in settle(quoting)]
    assert lengths == sorted(lengths)


def test_words_under_several_codes_are_marked_under_all_of_them(
    qtbot, quoting: Window, settle: Settle
) -> None:
    # Given the words of the first quote are tagged with another code too
    place, session = quoting.quotes, quoting.session
    assert session is not None
    project = session.project
    quote = settle(quoting)[0]
    spare = project.codebook.add("Spare")
    document = project.document(quote.document_id)
    project.codings.tag(document, quote.start, quote.end, [spare])
    settle(quoting)

    # When either is chosen, the other code is told
    twins = [one for one in settle(quoting) if one.key == quote.key]
    assert len({one.code for one in twins}) == len(twins) > 1
    place.list.choose(settle(quoting).index(quote))
    qtbot.waitUntil(lambda: "The same words under" in place.preview._who.text())
    assert "Spare" in place.preview._who.text()

    # When it is marked, both have the star, and lose it together
    qtbot.keyClick(place.list, Qt.Key.Key_U)
    assert {one.marked for one in settle(quoting) if one.key == quote.key} == {not quote.marked}
    qtbot.keyClick(place.list, Qt.Key.Key_U)
    assert {one.marked for one in settle(quoting) if one.key == quote.key} == {quote.marked}


def test_several_quotes_are_marked_copied_and_given_to_the_basket_by_key(
    qtbot, quoting: Window, settle: Settle
) -> None:
    place = quoting.quotes
    quotes = settle(quoting)[:5]
    place.list.choose(0)
    for _ in range(4):
        qtbot.keyClick(place.list, Qt.Key.Key_Down, SHIFT)
    assert [one.id for one in place.at_hand()] == [one.id for one in quotes]

    assert quoting.session is not None
    baskets = quoting.session.project.baskets
    chapter = baskets.make("Chapter 2")
    place.basket.choose(chapter.id)
    qtbot.waitUntil(lambda: place.basket.current() is not None)
    qtbot.keyClick(place.list, Qt.Key.Key_B)
    taken = [entry.quote for entry in baskets.items(chapter.id)]
    spans = [(one.document_id, one.start, one.end) for one in quotes]
    assert [(one.document_id, one.start, one.end) for one in taken if one] == list(
        dict.fromkeys(spans)
    )
    settle(quoting)
    assert [one.id for one in place.at_hand()] == [one.id for one in quotes], "they stay chosen"

    with qtbot.waitSignal(place.note, check_params_cb=lambda told: told == "Copied: 5 quotes"):
        quoting.registry["copy-cited"].trigger()
    assert QGuiApplication.clipboard().text().count("(SIC") == 5

    qtbot.keyClick(place.list, Qt.Key.Key_U)
    assert all(one.marked for one in settle(quoting)[:5])
    quoting.registry["undo"].trigger()
    assert [one.marked for one in settle(quoting)[:5]] == [one.marked for one in quotes]


def test_enter_jumps_and_space_plays_only_what_was_recorded(
    qtbot, quoting: Window, settle: Settle
) -> None:
    place = quoting.quotes
    quotes = settle(quoting)
    written = next(n for n, one in enumerate(quotes) if one.time_ms is None)
    spoken = next(n for n, one in enumerate(quotes) if one.time_ms is not None)
    place.list.choose(written)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    qtbot.keyClick(place.list, Qt.Key.Key_Space)
    assert place.preview.hearing.player is None
    place.list.choose(spoken)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    qtbot.keyClick(place.list, Qt.Key.Key_Space)
    assert place.preview.hearing.isVisible()
    assert quoting.place() == 1
    place.list.choose(written)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    assert quoting.place() == 0


def test_more_context_comes_when_it_is_asked_for(qtbot, quoting: Window, settle: Settle) -> None:
    settle(quoting)
    preview = quoting.quotes.preview
    before = len(preview._words.text())
    qtbot.keyClick(quoting.quotes.list, Qt.Key.Key_M)
    more = len(preview._words.text())
    assert more > before + 400
    while preview._more.isVisible():
        preview._more.click()
    assert "…" not in preview._words.text()[:60]
    quoting.quotes.list.choose(1)
    assert len(preview._words.text()) < more


def test_what_is_in_a_basket_says_so_on_its_card(quoting: Window, settle: Settle) -> None:
    assert quoting.session is not None
    baskets = quoting.session.project.baskets
    chapter = baskets.make("Chapter 2")
    baskets.add(chapter.id, settle(quoting)[:1])
    settle(quoting)
    index = quoting.quotes.model.index(0)
    assert index.data(USED) == ("Chapter 2",)
    assert "in Chapter 2" in index.data()
    quoting.quotes.filters.unused.setChecked(True)
    assert all("Edith" not in one.quote or one.start for one in settle(quoting))


def test_an_empty_list_says_why_and_offers_the_way_out(
    qtbot, quoting: Window, settle: Settle
) -> None:
    place = quoting.quotes
    everything = len(settle(quoting))
    qtbot.keyClicks(place.filters.words, "zzzz")
    assert settle(quoting) == []
    assert place.pane.empty.text() == "No passage matches these filters."
    assert place.pane.count.text() == "0 quotes"
    assert place.preview.quote is None
    assert not place.pane.export.isEnabled()
    place.pane.clear.click()
    assert len(settle(quoting)) == everything
    assert place.filters.words.text() == ""


def test_an_inquiry_without_tags_says_what_to_do(opened: Window, settle: Settle) -> None:
    opened.go_to_place(1)
    assert settle(opened) == []
    assert "Tag passages in Evidence" in opened.quotes.pane.empty.text()
    assert not opened.quotes.pane.clear.isVisible()


@pytest.mark.parametrize(
    ("permission", "sensitive", "said"),
    [
        (Permission.WITHHELD, False, " [not for publication: withheld]"),
        (Permission.UNKNOWN, False, " [not for publication: permission not known]"),
        (Permission.NAMED, True, " [not for publication: sensitive]"),
        (Permission.NAMED, False, ""),
    ],
)
def test_what_may_not_be_published_says_so_when_copied(
    qtbot, quoting: Window, settle: Settle, permission: Permission, sensitive: bool, said: str
) -> None:
    place, quote = next(
        (place, quote)
        for place, quote in enumerate(settle(quoting))
        if quote.permission is permission and quote.sensitive is sensitive
    )
    quoting.quotes.list.choose(place)
    qtbot.waitUntil(lambda: quoting.quotes.list.current() is not None)
    quoting.registry["copy-cited"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == f"“{quote.quote}” {quote.citation}{said}"
    # And the same words copied from the document say the same
    quoting.show_passage(quote.submission_id, quote.document_id, quote.start, quote.end)
    quoting.registry["copy-cited"].trigger()
    assert QGuiApplication.clipboard().text() == copied


def test_a_name_that_may_not_be_published_is_masked_when_copied(opened: Window) -> None:
    assert opened.session is not None
    opened.session.project.evidence.change(
        "STR0001", permission="anonymous", respondent="Ada Marsh"
    )
    document = opened.evidence.desk.document
    assert document is not None
    start = document.text.index("Yours")
    opened.evidence.desk.reader.select(start, len(document.text))
    opened.registry["copy-cited"].trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("“Yours, [name]")
    assert "not for publication" not in copied


def test_the_preview_is_flush(quoting: Window) -> None:
    preview = quoting.quotes.preview
    shown = preview.grab().toImage()
    lefts = []
    for label in (preview._where, preview._who, preview._words):
        corner = label.mapTo(preview, label.rect().topLeft())
        rows = range(corner.y() + 2, corner.y() + label.fontMetrics().height())
        ground = shown.pixel(corner.x() - 2, corner.y() + 2)
        columns = range(corner.x(), corner.x() + 40)
        lefts.append(next(x for x in columns if any(shown.pixel(x, y) != ground for y in rows)))
    assert max(lefts) - min(lefts) <= 2, "letters begin within two pixels of one line"


def test_while_others_tags_are_hidden_only_ones_own_are_quotes(
    quoting: Window, settle: Settle
) -> None:
    session = quoting.session
    assert session is not None
    session.work_as("Tom Pryce")
    session.set_others(Others.HIDDEN)

    quotes = quoting.quotes
    assert {quote.coder for quote in settle(quoting)} == {"Tom Pryce"}
    assert quotes.pane.count.text().endswith(" · only yours: others’ tags are hidden")
    session.set_others(Others.SHOWN)
    assert len({quote.coder for quote in settle(quoting)}) > 1
    assert "hidden" not in quotes.pane.count.text()


def test_a_pack_made_blind_says_so(quoting: Window, qtbot, tmp_path: Path, settle: Settle) -> None:
    session = quoting.session
    assert session is not None
    session.work_as("Tom Pryce")
    session.set_others(Others.BLIND)
    settle(quoting)
    assert "blind: without others’ tags" in quoting.quotes.pane.count.text()

    quoting.chores.write_pack(tmp_path / "pack.docx")

    def told() -> QMessageBox:
        [box] = quoting.findChildren(QMessageBox)
        return box

    qtbot.waitUntil(lambda: bool(quoting.findChildren(QMessageBox)), timeout=20_000)
    assert "Made as you see it now, blind" in told().informativeText()
    told().close()


def test_acts_on_a_submission_are_about_that_of_the_chosen_quote(
    qtbot, quoting: Window, settle: Settle
) -> None:
    """What was last open in Evidence is out of sight, and stays as it is."""
    assert quoting.session is not None
    project, place, act = quoting.session.project, quoting.quotes, quoting.registry
    hidden = quoting.evidence.list.current()
    number, quote = next(
        (number, one)
        for number, one in enumerate(settle(quoting))
        if one.submission_id != hidden and one.status is Status.RECEIVED
    )
    place.list.choose(number)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    assert quoting.submission_at_hand() == quote.submission_id
    before = project.submission(hidden)
    act["mark-included"].trigger()
    assert project.submission(quote.submission_id).status is Status.INCLUDED
    act["particulars"].trigger()
    [dialog] = [one for one in quoting.findChildren(ParticularsDialog) if one.isVisible()]
    assert quote.ref in dialog.windowTitle()
    dialog.reject()
    act["withdraw"].trigger()
    [asked] = [one for one in quoting.findChildren(WithdrawDialog) if one.isVisible()]
    assert asked.windowTitle() == f"Withdraw {quote.ref}"
    asked.reject()
    assert project.submission(hidden) == before


def test_nothing_out_of_sight_can_be_changed(qtbot, quoting: Window, settle: Settle) -> None:
    settle(quoting)
    names = [one.id for one in ACTS if one.needs in ("text", "recording", "transcript")]
    assert {"tag", "untag", "mark", "memo", "retag", "end-earlier", "coded", "read"} <= set(names)
    assert not [name for name in names if quoting.registry[name].isEnabled()]
    assert not quoting.registry["transcribe-again"].isEnabled()
    assert not quoting.registry["recognise"].isEnabled()
    about = [one.id for one in ACTS if one.needs == "submission"]
    assert quoting.registry["withdraw"].isEnabled()
    qtbot.keyClick(quoting.quotes.list, Qt.Key.Key_Down, SHIFT)
    assert not [name for name in about if quoting.registry[name].isEnabled()], "of two quotes"
    quoting.quotes.list.choose(1)
    assert quoting.registry["withdraw"].isEnabled()
    quoting.quotes.filters.words.setText("zzzz")
    settle(quoting)
    assert not [name for name in about if quoting.registry[name].isEnabled()], "of none"
    quoting.go_to_place(2)
    assert not [name for name in about if quoting.registry[name].isEnabled()]
    quoting.go_to_place(0)
    assert quoting.registry["untag"].isEnabled()


def test_a_key_goes_back_to_the_quote_from_its_document(
    qtbot, quoting: Window, settle: Settle
) -> None:
    settle(quoting)
    place, back = quoting.quotes, quoting.evidence.desk.way_back
    place.list.choose(4)
    qtbot.waitUntil(lambda: place.list.current() is not None)
    quote = place.list.current()
    assert back.isHidden()
    qtbot.keyClick(place.list, Qt.Key.Key_Return)
    assert quoting.place() == 0
    assert back.isVisible()
    assert "Back to quotes" in back.button.text()
    quoting.registry["way-back"].trigger()
    assert quoting.place() == 1
    assert place.list.current() == quote
    assert quoting.focusWidget() is place.list
    assert back.isHidden()
    quoting.go_to_place(0)
    assert back.isHidden(), "who comes by himself is sent nowhere"
