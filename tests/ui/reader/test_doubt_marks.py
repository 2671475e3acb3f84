"""Signs and gaps stand beside the lines they belong to, and no text moves for them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import DARK, LIGHT
from coder.ui.reader.doubt_marks import Beside, Gap, gaps_in_view, reason_at, signs_in_view
from coder.ui.reader.margins import Numbers

LINES = [f"Sentence {number} is said. 😀" for number in range(60)]
TEXT, PARAGRAPHS = lay_out([(line, Style.BODY) for line in LINES])
STARTS = [one.start for one in PARAGRAPHS]


@pytest.fixture
def page(reader):
    reader.show_document(TEXT, PARAGRAPHS, ())
    QApplication.processEvents()
    return reader._page


def test_a_sign_stands_on_the_line_where_its_sentence_begins(reader, page) -> None:
    tops = [(row.start, row.top) for row in page.rows()]

    reader.set_doubts([Beside(STARTS[2], "unsure"), Beside(STARTS[4], "a loop", True)], [])
    QApplication.processEvents()

    assert [mark.reason for mark, _ in signs_in_view(page)] == ["unsure", "a loop"]
    baselines = {page.map.to_points(row.start): row.baseline for row in page.rows()}
    assert [at for _, at in signs_in_view(page)] == [baselines[STARTS[2]], baselines[STARTS[4]]]
    assert [(row.start, row.top) for row in page.rows()] == tops, "nothing has moved"
    assert reason_at(page, baselines[STARTS[4]] - 4) == "a loop"
    assert reason_at(page, baselines[STARTS[3]] - 4) == ""


def test_a_gap_lies_between_its_line_and_the_one_above_and_behind_the_last(reader, page) -> None:
    reader.set_doubts(
        [], [Gap(0, "9 s", "before"), Gap(STARTS[3], "5 s", "within"), Gap(len(TEXT), "7 s", "end")]
    )
    rows = page.rows()
    place = next(n for n, row in enumerate(rows) if page.map.to_points(row.start) == STARTS[3])

    first, within = gaps_in_view(page)
    assert first[1] < rows[0].top + 1
    assert rows[place - 1].bottom <= within[1] <= rows[place].top
    assert reason_at(page, round(within[1])) == "within"

    reader.select(len(TEXT), len(TEXT))
    QApplication.processEvents()
    [(last, y)] = gaps_in_view(page)
    assert (last.reason, y > page.rows()[-1].bottom) == ("end", True)


def test_only_what_is_in_view_is_painted_and_another_text_has_none(reader, page) -> None:
    reader.set_doubts([Beside(start, "unsure") for start in STARTS], [])

    assert 0 < len(list(signs_in_view(page))) < len(STARTS)
    reader.show_document("Another text.", (), ())
    assert list(signs_in_view(page)) == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_loop_is_marked_stronger_than_by_colour_alone(reader, page, colours) -> None:
    reader.set_colours(colours)
    reader.set_doubts([Beside(STARTS[1], "unsure"), Beside(STARTS[2], "a loop", True)], [])
    QApplication.processEvents()
    margin = page.findChild(Numbers)
    picture = margin.grab().toImage()
    ground = QColor(colours.page).rgb()

    def inked(baseline: int) -> int:
        right = margin.width()
        return sum(
            picture.pixel(x, y) != ground
            for x in range(right - 10, right)
            for y in range(baseline - 10, baseline + 2)
        )

    (_, ring), (_, square) = signs_in_view(page)
    assert inked(square) != inked(ring) > 0
    middle = picture.pixel(margin.width() - 5, square - 4)
    assert QColor(middle).lightness() != QColor(ground).lightness()
