"""The pack for other programs."""

from __future__ import annotations

import json as reader
from collections.abc import Callable

from coder.domain.model import Permission, Quote, Submission
from coder.export import json
from coder.export.outline import Pack
from tests.export.conftest import written


def test_a_pack_reads_back(
    quote: Callable[..., Quote],
    submission: Callable[..., Submission],
    pack: Callable[..., Pack],
) -> None:
    of = [submission(1), submission(2, permission=Permission.WITHHELD)]
    made = pack([quote(of[0], "é 🥖 \x1b“\ud800”"), quote(of[1])], of, "Trust")

    told = reader.loads(written(json.write, made))

    assert told["inquiry"] == "Social infrastructure"
    assert told["title"] == "Trust"
    assert told["created"] == "2020-11-22"
    assert [q["quote"] for q in told["quotes"]] == ["é 🥖 “”"]
    assert told["quotes"] == [q.as_json() for q in made.selection.quotes]
    assert told["left_out"] == {
        "withdrawn": 0,
        "blank": 0,
        "duplicate": 0,
        "joined": 0,
        "withheld": 1,
        "unknown": 0,
        "sensitive": 0,
        "unattributed": 0,
        "nameless": 0,
        "unveiled": 0,
        "submissions": 1,
    }
    assert told["notes"] == made.notes() != []
    assert told["themes"][1] == {
        "path": "Volunteering/First-time volunteers",
        "name": "First-time volunteers",
        "depth": 1,
        "definition": "New since March 2020.",
    }
    assert [source["ref"] for source in told["sources"]] == ["SIC0001"]
