"""What was chosen for a pack comes back the next time, but never the yes to what is sensitive."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.packing import Citing, PackOptions
from coder.ui.packing.formats import FORMATS, Choices, format_of, remember, remembered
from coder.ui.window_state import state_file


def test_what_was_chosen_is_remembered_but_for_the_yes() -> None:
    assert remembered() == Choices()
    options = PackOptions(
        sensitive=True,
        joined=True,
        citing=Citing.ENDNOTES,
        context=400,
        charts=False,
        team_notes=False,
        template=Path("house.dotx"),
    )
    remember(Choices(".pdf", options, "/somewhere"))
    kept = remembered()
    assert (kept.ending, kept.folder) == (".pdf", "/somewhere")
    assert not kept.options.sensitive
    assert not kept.options.team_notes
    assert kept.options.citing is Citing.ENDNOTES
    assert (kept.options.context, kept.options.joined, kept.options.charts) == (400, False, False)
    assert kept.options.template == Path("house.dotx")


@pytest.mark.parametrize("kept", ["", "{}", '{"options": 3}', '{"ending": 1, "options": {}}', "x"])
def test_what_cannot_be_read_is_as_if_nothing_was_chosen(kept: str) -> None:
    state_file().setValue("pack", kept)
    assert remembered() == Choices()


def test_every_option_that_a_kind_heeds_is_one() -> None:
    known = set(PackOptions.__dataclass_fields__) - {"sensitive"}
    assert set().union(*(one.heeds for one in FORMATS)) == known
    assert format_of(".PDF").name == "PDF"
