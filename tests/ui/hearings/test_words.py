"""What becomes of a recording is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from coder.domain.model import Hearing, Standing
from coder.jobs import Progress
from coder.project.recordings import Listed
from coder.project.taking import NOTHING
from coder.ui.background import Workshop
from coder.ui.hearings import words
from coder.ui.hearings.crew import Crew
from coder.ui.status import spoken_time


@pytest.fixture
def crew(qtbot) -> Iterator[Crew]:
    parent = QWidget()
    qtbot.addWidget(parent)
    workshop = Workshop(parent)
    yield Crew(workshop, parent)
    workshop.close()


def listed(name: str, standing: Standing = Standing.WAITING, **more: object) -> Listed:
    hearing = Hearing(name, f"m-{name}", standing=standing, model="/models/small", **more)  # type: ignore[arg-type]
    return Listed(hearing, "s", f"SIC{name}", f"{name}.mp4", 100_000)


def heard(done: float, left: float | None, label: str = "Transcribing “a.mp4”") -> Progress:
    return Progress(done, 50_000, label, left)


def test_a_recording_that_goes_on_counts_what_was_heard_before(crew: Crew) -> None:
    # Given a recording of 100 s of which the last 50 are being heard
    row = listed("0031")
    crew.rows, crew.running = [row, listed("0032"), listed("0033")], {"0031": heard(20_000, 90)}
    assert words.share(crew, row) == pytest.approx(0.7)
    assert words.state(crew, row) == "Being heard 70% · about 2 min left"
    assert words.summary(crew) == "transcribing SIC0031 70% (about 2 min left) · 2 waiting"
    assert words.totals(crew) == "3 recordings · 1 being heard · 2 waiting"


def test_before_anything_is_heard_it_says_what_is_done(crew: Crew) -> None:
    row = listed("0031")
    crew.rows, crew.running = [row], {"0031": None}
    assert words.state(crew, row) == "Getting ready"
    crew.running = {"0031": heard(10, 5, "Checking the model")}
    assert words.state(crew, row) == "Getting ready: checking the model"
    assert words.summary(crew) == "transcribing SIC0031"


def test_several_at_once_are_counted(crew: Crew) -> None:
    crew.rows = [listed("0031"), listed("0032"), listed("0033")]
    crew.running = {"0031": heard(0, None), "0032": heard(0, None)}
    assert words.summary(crew) == "transcribing SIC0031 50% · 1 more at once · 1 waiting"


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing.WAITING, "Waiting"),
        (Standing.HELD, "Held back"),
        (Standing.FAILED, "Given up: It broke. Try again."),
        (Standing.DONE, "Done: a machine draft. Listen before you quote."),
    ],
)
def test_how_a_recording_stands(crew: Crew, standing: Standing, told: str) -> None:
    row = listed("0031", standing, problem="It broke. Try again.")
    crew.rows = [row]
    assert words.state(crew, row) == told


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ((NOTHING,), "Done: no speech was found in it."),
        (("It breaks off at 00:05.", NOTHING), "Done: no speech was found in it."),
        (("It breaks off at 00:05.",), "Done: It breaks off at 00:05."),
    ],
)
def test_what_is_done_says_what_a_person_must_know_of_it(
    crew: Crew, notes: tuple[str, ...], told: str
) -> None:
    row = replace(listed("0031", Standing.DONE), notes=notes)
    crew.rows = [row]
    assert words.state(crew, row) == told
    assert NOTHING not in words.notes(row)


def test_what_has_just_ended_does_not_seem_to_wait(crew: Crew) -> None:
    # Given a recording that was heard to its end, of which the list does not know yet
    row = replace(listed("0031"), heard_ms=4_000)
    crew.rows, crew.settling = [row], {"0031": Progress(100_000, 100_000, "Transcribing “a.mp4”")}
    assert words.state(crew, row) == "Being heard 100%"
    assert crew.waiting() == 0
    # But one that was given up says so at once
    crew.problems["0031"] = "It broke."
    assert words.doing(crew, row) == words.FAILED


@pytest.mark.parametrize(
    ("problem", "helps"),
    [("There is no model at “x”.", True), ("“a.mp4” is missing from the project folder.", False)],
)
def test_another_model_is_advised_only_where_it_can_help(
    crew: Crew, problem: str, helps: bool
) -> None:
    row = listed("0031", Standing.FAILED, problem=problem)
    assert ("Change how" in words.next_step(crew, row)) is helps


def test_what_was_given_up_stays_in_the_line(crew: Crew) -> None:
    crew.rows = [listed("0031", Standing.FAILED)]
    assert words.summary(crew) == "1 not transcribed"
    crew.rows.append(listed("0032"))
    assert words.summary(crew) == "1 waiting · 1 not transcribed"


def test_a_pause_is_said(crew: Crew) -> None:
    crew.rows, crew.paused = [listed("0031")], True
    assert words.summary(crew) == "transcription paused · 1 waiting"
    assert words.state(crew, crew.rows[0]) == "Waiting; all is paused"


def test_nothing_is_said_where_nothing_waits(crew: Crew) -> None:
    crew.rows = [listed("0031", Standing.DONE), listed("0032", Standing.HELD)]
    assert words.summary(crew) == ""


def test_how_it_is_heard_names_only_what_is_special(crew: Crew) -> None:
    assert words.manner(listed("0031")) == "small · English"
    row = listed("0031", language="cy", track=1, apart=True)
    assert words.manner(row) == "small · Welsh · sound track 2 · left and right apart"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "about 1 s"), (89, "about 89 s"), (120, "about 2 min"), (7_800, "about 2 h 10 min")],
)
def test_time_is_said_as_people_say_it(seconds: float, told: str) -> None:
    assert spoken_time(seconds) == told
