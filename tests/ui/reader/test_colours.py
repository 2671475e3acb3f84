"""Words can be read on every ground they stand on, and stripes told from the page."""

from __future__ import annotations

import pytest

from coder.domain.palette import COLOURS, contrast, shade
from coder.ui.reader import DARK, LIGHT

PAGES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


@pytest.mark.parametrize("colours", PAGES)
def test_text_stands_out_from_every_ground(colours):
    assert contrast(colours.text, colours.page) >= 7
    for ground in (colours.tint, colours.strong, colours.selection, colours.spoken):
        assert contrast(colours.text, ground) >= 4.5


@pytest.mark.parametrize("colours", PAGES)
def test_muted_text_is_readable_on_page_and_tint(colours):
    assert contrast(colours.muted, colours.page) >= 4.5
    assert contrast(colours.muted, colours.tint) >= 4.5


@pytest.mark.parametrize("colours", PAGES)
def test_the_line_under_an_overlap_stands_out_from_its_tint(colours):
    assert contrast(colours.muted, colours.strong) >= 3


@pytest.mark.parametrize("name", COLOURS)
def test_stripes_stand_out_from_the_page(name):
    assert contrast(shade(name, dark=False), LIGHT.page) >= 3
    assert contrast(shade(name, dark=True), DARK.page) >= 3
