"""What the quotes place counts, calls things, and copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from coder.domain.model import Permission, QuoteFilter
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
