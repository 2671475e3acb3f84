"""What commands share: names and filters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder import settings
from coder.cli.options import chosen, name, reading
from coder.domain.quotes import QuoteFilter


def test_acts_are_done_under_the_name_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert name() == "Noor Hadley"
    monkeypatch.delenv("EVIDENCE_CODER_NAME")
    settings.save(replace(settings.load(), coder="Asha Verma"))
    assert name() == "Asha Verma"


def test_what_is_asked_for_becomes_ids_and_the_projects_own_spelling(sample: Path) -> None:
    with reading(sample) as project:
        wanted = chosen(
            project,
            codes=("volunteering",),
            every=True,
            without=("Business and belonging/Employer schemes",),
            types=("charity",),
            permissions=("named",),
            coders=("ASHA VERMA",),
            refs=("sic0001",),
            text="bus",
            marked=True,
        )
        assert wanted == QuoteFilter(
            codes=(project.codebook.at("Volunteering").id,),
            every=True,
            without=(project.codebook.at("Employer schemes").id,),
            types=("charity",),
            permissions=("named",),
            coders=("Asha Verma",),
            submissions=("SIC0001",),
            text="bus",
            marked=True,
        )
