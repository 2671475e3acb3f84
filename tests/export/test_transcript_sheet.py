"""What an exported transcript says of itself, and its words in turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.model import Permission, Segment, Status
from coder.domain.pauses import pauses
from coder.domain.segments import laid_out
from coder.export.transcript_sheet import INTERNAL, Piece, Turn, turns
from tests.export.sheets import sheet_of, timed


def test_it_says_first_that_it_is_internal_and_then_what_is_allowed() -> None:
    notes = sheet_of([], permission=Permission.WITHHELD, finished=False, corrected=2).notes()

    assert notes == [
        INTERNAL,
        "SIC0031: must not be published.",
        sheet_of([]).standing,
        "Not finished: the recording goes on beyond its end.",
        "Transcribed by faster-whisper (base).",
        "2 sentences were corrected by hand.",
    ]


@pytest.mark.parametrize(
    ("permission", "status", "told"),
    [
        (Permission.NAMED, Status.RECEIVED, "may be quoted with the name"),
        (Permission.ANONYMOUS, Status.INCLUDED, "may be quoted only without the name"),
        (
            Permission.UNKNOWN,
            Status.RECEIVED,
            "permission not known yet; until it is, nothing may be published",
        ),
        (Permission.NAMED, Status.DUPLICATE, "must not be published (duplicate)"),
    ],
)
def test_the_permission_is_said_in_words(permission: Permission, status: Status, told: str) -> None:
    assert sheet_of([], permission=permission, status=status).allowed == f"SIC0031: {told}."


def test_only_what_a_machine_wrote_is_called_checked() -> None:
    draft = sheet_of([])

    assert draft.standing.startswith("Machine draft, not checked. A quote from it is from an unch")
    assert replace(draft, draft=False).standing.startswith("Checked:")
    assert replace(draft, draft=False, by_machine=False).standing == ""


def test_a_turn_is_all_that_somebody_says_and_has_the_time_of_its_beginning() -> None:
    said = [timed(0, 900, "Yes.", "Ann"), timed(900, 2_000, "And\nno.", "Ann")]
    found = turns(sheet_of([*said, timed(2_000, 3_000, "Why?", "Chair")]))

    assert found == [
        Turn(0, "Ann", "", [Piece("Yes."), Piece("And no.")]),
        Turn(2_000, "Chair", "", [Piece("Why?")]),
    ]


def test_a_long_turn_goes_on_in_a_new_paragraph_without_the_name() -> None:
    said = [timed(at, at + 9_000, "word", "Ann") for at in range(0, 60_000, 10_000)]

    assert [(one.start_ms, one.speaker) for one in turns(sheet_of(said))] == [
        (0, "Ann"),
        (30_000, ""),
    ]


def test_who_is_not_known_among_people_who_are_is_not_taken_for_them() -> None:
    found = turns(sheet_of([timed(0, 900, "Yes", "Ann"), timed(900, 1_800, "No")]))

    assert [one.speaker for one in found] == ["Ann", "Unknown speaker"]


def test_a_pause_stands_before_the_turn_that_ends_it_or_between_the_words() -> None:
    said = laid_out([timed(0, 900, "Yes", "Ann"), timed(5_000, 6_000, "No", "Ann")])
    said = laid_out([*said, timed(9_000, 9_900, "Why", "Chair"), Segment("e", "d", 0, 0, 0, "")])
    found = turns(sheet_of(said, pauses=tuple(pauses(said))))

    assert found == [
        Turn(0, "Ann", "", [Piece("Yes"), Piece("[pause, 4 seconds]", pause=True), Piece("No")]),
        Turn(9_000, "Chair", "[pause, 3 seconds]", [Piece("Why")]),
    ]


def test_it_says_who_sent_it_in_and_what_its_date_is_of() -> None:
    told = sheet_of([], respondent="Margaret Ellis, Lunch Club").summary()

    assert told.startswith("Margaret Ellis, Lunch Club  ·  Exported 22 November 2020  ·  “film")
    assert sheet_of([]).summary().startswith("Exported 22 November 2020")
