"""The columns of a table stand where their heading does, or do not pretend to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF

from coder.domain.model import Style
from coder.domain.paragraphs import lay_out
from coder.ui.reader import Reader
from coder.ui.reader.tables import GAP, own_stops, stops

ROWS = ["Place\t2010\t2020\tOpen in August 2020", "Community and welfare halls\t37\t29\t12"]


@pytest.fixture
def metrics(qapp) -> QFontMetricsF:
    return QFontMetricsF(QFont("DejaVu Serif", 12))


def test_each_column_begins_behind_the_widest_cell_before_it(metrics: QFontMetricsF) -> None:
    places = stops(ROWS, metrics, 2_000)
    assert places is not None
    assert len(places) == 3
    assert places[0] == metrics.horizontalAdvance(ROWS[1].split("\t")[0]) + GAP * metrics.height()


def test_a_table_that_is_too_wide_has_no_columns(metrics: QFontMetricsF) -> None:
    assert stops(ROWS, metrics, 200) is None


@given(st.lists(st.text(st.characters(exclude_characters="\t\n"), max_size=12), max_size=6))
def test_the_cells_of_a_row_by_itself_never_touch(cells: list[str]) -> None:
    metrics = QFontMetricsF(QFont("DejaVu Serif", 12))
    places = [0.0, *own_stops("\t".join(cells), metrics)]
    for (before, after), cell in zip(pairwise(places), cells, strict=False):
        assert after - before >= metrics.horizontalAdvance(cell) + metrics.height()


@pytest.mark.parametrize("width", [420, 1_200])
def test_figures_stand_below_their_heading_or_nowhere_near(qtbot, width: int) -> None:
    text, paragraphs = lay_out([(row, Style.TABLE) for row in ROWS])
    reader = Reader()
    qtbot.addWidget(reader)
    reader.resize(width, 400)
    reader.show()
    reader.show_document(text, paragraphs, ())
    qtbot.waitExposed(reader)

    def left(words: str) -> float:
        page = reader._page
        block = page.document().findBlock(page.map.to_units(text.index(words)))
        page._layout.blockBoundingRect(block)
        inside = page.map.to_units(text.index(words)) - block.position()
        line = block.layout().lineForTextPosition(inside)
        return line.cursorToX(inside)[0]

    aligned = left("2020") == pytest.approx(left("29"), abs=1)
    assert aligned == (width > 1_000)
    assert not aligned or left("37") < left("29") < left("12")
