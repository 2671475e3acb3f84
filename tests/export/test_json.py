"""The pack for other programs."""

from __future__ import annotations

import json as reader
from collections.abc import Callable

from coder.domain.model import Permission, Submission
from coder.domain.quotes import Quote
from coder.export import json
from coder.export.outline import Pack
from tests.export.conftest import written
from tests.export.whole import basket_pack, whole_pack


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


def test_headings_counts_and_method_are_told() -> None:
    made = whole_pack()
    told = reader.loads(written(json.write, made))
    first = told["sections"][0]
    assert (first["name"], first["depth"], first["quotes"]) == ("Volunteering | hours", 0, 3)
    assert (first["raised"]["raised"], first["raised"]["of"]) == (4, 4)
    assert first["raised"]["regions"] == {"Essex": 1, "Kent": 2}
    assert first["count"] == str(made.sections[0].raised)
    assert first["holds"] == [{"quote": "SIC0001-100000-9-39"}, {"quote": "SIC0003-300000-49-28"}]
    assert [one["ref"] for one in first["voices"]] == ["SIC0001", "SIC0003"]
    assert told["method"]["account"]["received"] == 4
    assert told["quotes"][4]["before"] == "When the café closed nobody had anywhere to sit."


def test_a_writers_own_words_stand_in_their_place() -> None:
    (section,) = reader.loads(written(json.write, basket_pack()))["sections"]
    assert section["raised"] is None
    assert section["holds"][-1] == {"text": "So much for *chairs*."}
    assert len(section["holds"]) == 3
