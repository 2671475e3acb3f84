"""Words can be read on every ground they stand on, and stripes told from the page."""

from __future__ import annotations

import pytest

from coder.domain.palette import COLOURS, contrast, shade
from coder.ui.reader import DARK, LIGHT

PAGES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


@pytest.mark.parametrize("colours", PAGES)
def test_text_stands_out_from_every_ground(colours):
    assert contrast(colours.text, colours.page) >= 7
    grounds = (colours.tint, colours.strong, colours.selection, colours.spoken)
    for ground in (*grounds, colours.found, colours.found_now):
        assert contrast(colours.text, ground) >= 4.5


@pytest.mark.parametrize("colours", PAGES)
def test_muted_text_is_readable_on_page_and_tint(colours):
    assert contrast(colours.muted, colours.page) >= 4.5
    assert contrast(colours.muted, colours.tint) >= 4.5


@pytest.mark.parametrize("colours", PAGES)
def test_the_line_under_an_overlap_stands_out_from_its_tint(colours):
    assert contrast(colours.muted, colours.strong) >= 3


@pytest.mark.parametrize("colours", PAGES)
def test_what_is_found_can_be_told_in_the_map_and_coders_beside_the_text(colours):
    for colour in (colours.tick, *colours.coders):
        assert contrast(colour, colours.page) >= 3
    assert len(set(colours.coders)) == len(colours.coders) > 5


@pytest.mark.parametrize("name", COLOURS)
def test_stripes_stand_out_from_the_page(name):
    assert contrast(shade(name, dark=False), LIGHT.page) >= 3
    assert contrast(shade(name, dark=True), DARK.page) >= 3
