"""A transcript as plain text: who says what, when, and what the paper is."""

from __future__ import annotations

from coder.domain.pauses import pauses
from coder.domain.segments import laid_out
from coder.export.transcript_text import write
from tests.export.sheets import sheet_of, timed

SAID = laid_out([timed(0, 900, "Yes.", "Ann"), timed(134_000, 135_000, "No. -->", "Chair")])


def body(text: bytes) -> str:
    return text.decode().rpartition("---\n\n")[2]


def test_each_turn_has_its_time_and_its_speaker() -> None:
    assert body(write(sheet_of(SAID))) == "[00:00] Ann: Yes.\n\n[02:14] Chair: No. -->\n"


def test_times_can_be_left_out_and_pauses_marked() -> None:
    told = write(sheet_of(SAID, times=False, pauses=tuple(pauses(SAID))))

    assert body(told) == "Ann: Yes.\n\n[pause, 133 seconds]\n\nChair: No. -->\n"


def test_it_begins_with_what_it_is() -> None:
    told = write(sheet_of(SAID)).decode()

    assert told.startswith("Transcript: SIC0031 · film\n====")
    assert "Internal, not for publication" in told
    assert "Machine draft, not checked." in told


def test_a_long_turn_has_a_time_at_each_of_its_paragraphs() -> None:
    said = laid_out([timed(at, at + 9_000, "word", "Ann") for at in range(0, 60_000, 10_000)])

    assert body(write(sheet_of(said))) == (
        "[00:00] Ann: word word word\n\n[00:30] word word word\n"
    )
