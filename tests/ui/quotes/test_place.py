"""What the quotes place counts, calls things, and copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from coder.domain.model import Permission, QuoteFilter
from coder.domain.sight import Others
from coder.ui.window import Window


@pytest.fixture
def quoting(window: Window, own_sample: Path) -> Window:
    """The window in the quotes place of the sample."""
    assert window.open_project(own_sample)
    window.go_to_place(1)
    return window


def test_tags_passages_and_submissions_are_counted_apart(quoting: Window) -> None:
    assert quoting.session is not None
    quotes = quoting.session.project.quotes.select()
    passages = {(quote.document_id, quote.start, quote.end) for quote in quotes}
    submissions = {quote.submission_id for quote in quotes}
    assert len(passages) < len(quotes)
    assert quoting.quotes._count.text() == (
        f"{len(quotes)} tags on {len(passages)} passages from {len(submissions)} submissions"
    )


def test_a_theme_counts_the_tags_of_the_codes_below_it(quoting: Window) -> None:
    assert quoting.session is not None
    project = quoting.session.project
    counts = []
    for place in range(quoting.quotes.tree.topLevelItemCount()):
        item = quoting.quotes.tree.topLevelItem(place)
        assert item is not None
        code = project.codebook.at(item.text(0).rpartition("  (")[0])
        below = len(project.quotes.select(QuoteFilter(codes=(code.id,))))
        assert item.text(0) == f"{code.name}  ({below})"
        counts.append(below)
    assert sum(counts) == len(project.quotes.select())


def test_filters_say_what_they_filter_by_in_words(quoting: Window) -> None:
    quotes = quoting.quotes
    quotes.types.setCurrentIndex(quotes.types.findData("charity"))
    quotes.permissions.setCurrentIndex(quotes.permissions.findData("named"))
    assert quotes.types.currentText() == "Type: Charity or community group"
    assert quotes.permissions.currentText() == "Permission: Publish with the name"
    assert quotes.model.quotes
    assert {(q.type, q.permission) for q in quotes.model.quotes} == {("charity", "named")}
    assert quotes.wanted() == QuoteFilter(types=("charity",), permissions=("named",))


def test_only_people_are_offered_as_coders(quoting: Window) -> None:
    coders = quoting.quotes.coders
    names = [coders.itemText(place) for place in range(coders.count())]
    assert names == ["Coder: any", "Coder: Asha Verma", "Coder: Tom Pryce"]
    coders.setCurrentIndex(2)
    assert {quote.coder for quote in quoting.quotes.model.quotes} == {"Tom Pryce"}


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
    quoting: Window, permission: Permission, sensitive: bool, said: str
) -> None:
    quotes = quoting.quotes
    place, quote = next(
        (place, quote)
        for place, quote in enumerate(quotes.model.quotes)
        if quote.permission is permission and quote.sensitive is sensitive
    )
    quotes.list.setCurrentIndex(quotes.model.index(place))
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


def test_while_others_tags_are_hidden_only_ones_own_are_quotes(quoting: Window) -> None:
    session = quoting.session
    assert session is not None
    session.work_as("Tom Pryce")
    session.set_others(Others.HIDDEN)

    quotes = quoting.quotes
    assert {quote.coder for quote in quotes.model.quotes} == {"Tom Pryce"}
    assert quotes._count.text().endswith(" · only yours: others’ tags are hidden")
    session.set_others(Others.SHOWN)
    assert len({quote.coder for quote in quotes.model.quotes}) > 1
    assert "hidden" not in quotes._count.text()


def test_a_pack_made_blind_says_so(quoting: Window, qtbot, tmp_path: Path) -> None:
    session = quoting.session
    assert session is not None
    session.work_as("Tom Pryce")
    session.set_others(Others.BLIND)
    assert "blind: without others’ tags" in quoting.quotes._count.text()

    quoting.chores.write_pack(tmp_path / "pack.docx")

    def told() -> QMessageBox:
        [box] = quoting.findChildren(QMessageBox)
        return box

    qtbot.waitUntil(lambda: bool(quoting.findChildren(QMessageBox)), timeout=20_000)
    assert "Made as you see it now, blind" in told().informativeText()
    told().close()
