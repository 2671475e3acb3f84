"""Records: ids, moments, and the fixed names scripts rely on."""

import re

from coder.domain.model import Permission, RespondentType, Segment, Status, new_id, now
from coder.domain.quotes import Quote


def test_ids_are_fresh_and_moments_sort_as_text() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert re.fullmatch(r"[0-9a-f]{32}", new_id())
    moments = [now() for _ in range(100)]
    assert moments == sorted(moments)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", moments[0])


def test_a_segment_ends_after_its_text() -> None:
    assert Segment("s", "d", 1, 0, 900, "Hi 👋", start=10).end == 14


def test_a_quote_gives_scripts_its_fields_and_no_ids() -> None:
    quote = Quote(
        "i", "s", "d", "c", "SIC0001", "Jo", "(SIC0001)", "words", "A/B", "Ann", "letter", 0, 5,
        "1", None, Permission.NAMED, RespondentType.FAITH, Status.INCLUDED,
    )  # fmt: skip

    told = quote.as_json()

    assert {"submission_id", "document_id", "code_id", "coding_ids"}.isdisjoint(told)
    assert told["id"] == "SIC0001-d-0-5"
    assert told["ref"] == "SIC0001"
    assert (told["permission"], told["status"], told["time_ms"]) == ("named", "included", None)
