"""What a card has room for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from coder.ui.quotes.cards import foot_of
from coder.ui.window import Window
from tests.ui.quotes.conftest import Settle


@pytest.mark.parametrize("width", [260, 320, 420, 700])
@pytest.mark.parametrize("used", [(), ("A basket with quite a long name, for the press",)])
def test_reference_and_paragraph_are_never_cut(
    quoting: Window, settle: Settle, width: int, used: tuple[str, ...]
) -> None:
    metrics = QFontMetrics(QFont())
    long = "The Association of Friends of Tarn Street and its Neighbours"
    for quote in settle(quoting):
        cited = replace(quote, attribution=long, marked=True, sensitive=True)
        foot = foot_of(metrics, width, cited, used)
        assert foot.left.endswith(quote.citation)
        gaps = 14 * bool(foot.right) + 28 * bool(foot.badge)
        parts = (foot.left, foot.badge, foot.right)
        fits = sum(map(metrics.horizontalAdvance, parts)) + gaps <= width
        assert fits or parts == (f"★ ⚑ {quote.citation}", "", "")


def test_where_there_is_room_all_is_told(quoting: Window, settle: Settle) -> None:
    quote = settle(quoting)[0]
    foot = foot_of(QFontMetrics(QFont()), 2_000, quote, ("Chapter 3",))
    assert foot.left == f"{quote.attribution} {quote.citation}"
    assert foot.badge == "used in Chapter 3"
    assert foot.right.endswith(f"· {quote.coder}")
