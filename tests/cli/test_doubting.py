"""What is in doubt in a transcript is listed, confirmed, heard and timed again by command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from coder.domain.model import Segment, Stretch, new_id
from coder.project import Project
from coder.project.manner import Manner
from tests.cli.conftest import Command

FILM = Path(__file__).parents[1] / "data" / "evidence_offset2.mp4"
LOOP = "Thank you. Thank you. Thank you. Thank you."
ENDS = ("--from", "00:05", "--to", "00:05")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with a film of four sentences, the second of which was heard as a loop and the
    third taken for silence."""
    folder = tmp_path_factory.mktemp("heard") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([FILM])
        [media] = project.evidence.one("SIC0001").documents
        film = project.transcripts.make(media.id, Manner(model="whisper-synthetic"))
        _, second, third, _ = project.segments(film.id)
        with project._store.step("Hear badly", project.coder, "machine") as tx:
            tx.put(replace(second, text=LOOP, words=()))
            tx.delete(third)
            for stretch in tx.read.stretches(film.id):
                tx.delete(stretch)
            begins, ends = third.start_ms - 700, third.end_ms + 200
            tx.put(Stretch(new_id(), film.id, 0, begins))
            tx.put(Stretch(new_id(), film.id, begins, ends, speech=False))
            tx.put(Stretch(new_id(), film.id, ends, 15_000))
    return folder


@pytest.fixture
def film(heard: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    import shutil

    return Path(shutil.copytree(heard, tmp_path / "inquiry"))


def _lines(folder: Path) -> list[Segment]:
    with Project.open(folder, "Noor", read_only=True) as project:
        [found] = [one for one in project.evidence.one("SIC0001").documents if one.source_id]
        return project.segments(found.id)


def test_doubts_and_silence_are_listed_in_the_order_of_time(film: Path, cli: Command) -> None:
    told = cli("transcript", "doubts", film, "SIC0001")

    head, loop, silence = told.out.strip().splitlines()
    assert head.split() == ["TIME", "WHY", "WORDS"]
    assert loop.startswith("00:05")
    assert "Says the same again and again" in loop
    assert loop.endswith(LOOP)
    assert silence.split("  ")[0] == "00:07–00:10"

    [doubt] = (found := cli("transcript", "doubts", film, "SIC0001", "--json").json)["doubts"]
    assert (doubt["why"], doubt["text"], found["draft"]) == (["loop"], LOOP, True)
    assert [span["start_ms"] // 1000 for span in found["quiet"]] == [7]


def test_a_loop_is_heard_again_and_silence_anyway(film: Path, cli: Command) -> None:
    told = cli("transcript", "again", film, "SIC0001", *ENDS, "--json")
    assert told.json["heard"] == 1
    assert told.json["segments"][1]["text"] == "Training for volunteers should be free."

    told = cli("transcript", "anyway", film, "SIC0001", "--from", "00:07", "--to", "00:10")
    assert told.code == 0, told
    assert told.out.startswith("00:0")
    assert len(_lines(film)) == 4
    assert cli("transcript", "doubts", film, "SIC0001", "--json").json["quiet"] == []
    assert cli("verify", film).code == 0
    assert cli("undo", film, "--coder", "Noor Hadley").code == 0
    assert len(_lines(film)) == 3


def test_a_sentence_is_timed_by_the_sound(film: Path, cli: Command) -> None:
    cli("transcript", "correct", film, "SIC0001", "--at", "00:05", "--text", "Training for all.")
    assert not _lines(film)[1].words

    told = cli("transcript", "retime", film, "SIC0001", *ENDS)

    assert told.out == "Timed 1 sentence by the sound in SIC0001.\n"
    assert [word.probability for word in _lines(film)[1].words] == [1.0, 1.0, 1.0]


def test_what_is_confirmed_is_in_doubt_no_longer_and_is_not_heard_again(
    film: Path, cli: Command
) -> None:
    told = cli("transcript", "confirm", film, "SIC0001", "--at", "00:05", "--at", "00:10")

    assert told.out == "Confirmed 2 sentences in SIC0001.\n"
    assert cli("transcript", "doubts", film, "SIC0001", "--json").json["doubts"] == []
    assert cli("transcript", "again", film, "SIC0001", *ENDS).refuses("1 sentence was corrected")
    assert _lines(film)[1].text == LOOP


def test_a_transcript_is_checked_and_made_a_draft_again(film: Path, cli: Command) -> None:
    told = cli("transcript", "check", film, "SIC0001")

    assert told.code == 0
    assert "1 passage in doubt, 1 of them a loop; 1 span without speech" in told.err
    assert cli("transcript", "doubts", film, "SIC0001").out.startswith("A person has checked")
    with Project.open(film, "Noor", read_only=True) as project:
        marked = project.history(1)[0].at
    told_of = cli("show", film, "SIC0001", "--json").json["documents"][-1]
    assert (told_of["checked_by"], told_of["checked_at"]) == ("Noor Hadley", marked)
    when = datetime.fromisoformat(marked).astimezone()
    shown = cli("show", film, "SIC0001").out
    assert f", checked by Noor Hadley on {when.day} {when:%B} {when.year})" in shown
    assert cli("transcript", "check", film, "SIC0001").refuses("has been checked already")
    assert cli("transcript", "again", film, "SIC0001", *ENDS).refuses("checked by a person")
    assert cli("transcript", "draft", film, "SIC0001").code == 0
    assert cli("transcript", "draft", film, "SIC0001").refuses("a machine’s draft already")


def test_what_cannot_be_done_is_told_in_a_sentence(film: Path, cli: Command) -> None:
    silence = ("--from", "00:00", "--to", "00:03")
    assert cli("transcript", "anyway", film, "SIC0001", *silence).refuses("no part without speech")
    back = ("--from", "00:10", "--to", "00:05")
    assert cli("transcript", "again", film, "SIC0001", *back).refuses("00:10 comes behind 00:05")
    other = (*ENDS, "--model", "gone")
    assert cli("transcript", "retime", film, "SIC0001", *other).refuses("gone")
