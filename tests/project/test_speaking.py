"""Who speaks is found from the sound, in one act, and what a person named stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.domain.model import Document, Segment, Word, new_id
from coder.jobs import Job
from coder.project import Project
from coder.project.models import add_model, missing_for_speakers, speaker_models
from coder.project.speaking import Found
from coder.project.taking import UNFINISHED
from coder.transcribe import voices
from coder.transcribe.voices import SpeakerTurn
from tests.recorded import drafted

DATA = Path(__file__).parents[1] / "data"

SAID = (
    ("Please do not use my real name.", 2600, 4580),
    ("Training for volunteers should be free.", 5080, 6906),
    ("The surgery only takes bookings through the app.", 8106, 10218),
    ("The garden project gave me a reason to get up.", 10818, 14049),
)
"""What is said in the film; the first and the third sentence in low voices."""

Write = Callable[..., Document]
Line = tuple[str, int, int]


def timed(text: str, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """The words of a line, each as long as the others."""
    tokens, words, place = text.split(), [], 0
    step = (end_ms - start_ms) / len(tokens)
    for number, token in enumerate(tokens):
        begins = round(start_ms + number * step)
        words.append(Word(place, place + len(token), begins, round(begins + step), 0.9))
        place += len(token) + 1
    return tuple(words)


@pytest.fixture
def heard(project: Project) -> Write:
    """Writes a transcript of the film into the project, of these lines."""

    def write(*lines: Line, words: bool = True, speakers: tuple[str, ...] = ()) -> Document:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        made = drafted(media)
        with project._store.step("Hear", project.coder, "machine") as tx:
            tx.put(made)
            for n, (text, start, end) in enumerate(lines or SAID):
                spoken = timed(text, start, end) if words else ()
                name = speakers[n] if n < len(speakers) else ""
                tx.put(Segment(new_id(), made.id, n, start, end, text, name, words=spoken))
        return project.document(made.id)

    return write


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives the answer of the process that listens: the edge of the machine."""

    def answer(*found: tuple[int, int, int]) -> None:
        monkeypatch.setattr(voices, "refuse_missing", lambda: None)
        made = [SpeakerTurn(*turn) for turn in found]
        monkeypatch.setattr(voices, "find_voices", lambda *_, **__: made)
        add_model(DATA / "voices")

    return answer


def named(project: Project, document: Document) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in project.segments(document.id)]


def speakers(project: Project, document: Document) -> list[str]:
    return [one.speaker for one in project.segments(document.id)]


@pytest.mark.speakers
def test_speakers_are_found_in_the_sound_and_undone_in_one_act(
    project: Project, heard: Write
) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    add_model(DATA / "voices")
    film = heard()
    project.tag_with_new_code(film, 0, 6, "Names")
    before = project.segments(film.id)

    found = project.speaking.find(film, 2)

    assert found == Found({"Speaker 1": 2, "Speaker 2": 2})
    assert speakers(project, film) == ["Speaker 1", "Speaker 2"] * 2
    assert [replace(one, speaker="") for one in project.segments(film.id)] == before
    assert project.history()[0].label == "Find the speakers of “film (transcript)”"
    assert project.undo()
    assert project.segments(film.id) == before
    assert project.redo()
    assert project.verify() == []


@pytest.mark.speakers
def test_a_sentence_is_parted_where_the_voice_changes(project: Project, heard: Write) -> None:
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    add_model(DATA / "voices")
    (one, start, middle), (two, begins, end) = SAID[2:]
    film = heard(SAID[0], SAID[1], (f"{one} {two}", start, end))
    with project._store.step("Time the words", project.coder) as tx:
        last = project.segments(film.id)[2]
        later = [
            replace(word, start=word.start + len(one) + 1, end=word.end + len(one) + 1)
            for word in timed(two, begins, end)
        ]
        tx.put(replace(last, words=(*timed(one, start, middle), *later)))
    film = project.document(film.id)
    at = film.text.index("the app. The garden")
    project.tag_with_new_code(film, at, at + 19, "Places")

    found = project.speaking.find(film, 2)

    assert found == Found({"Speaker 1": 2, "Speaker 2": 2}, parted=1)
    assert named(project, film)[2:] == [("Speaker 1", one), ("Speaker 2", two)]
    assert [quote.quote for quote in project.quotes.select()] == ["the app.\nThe garden"]
    assert project.undo()
    assert len(project.segments(film.id)) == 3
    assert [quote.quote for quote in project.quotes.select()] == ["the app. The garden"]
    assert project.verify() == []


def test_what_a_person_named_stays_and_names_the_rest_of_the_voice(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 4600, 0), (5000, 7000, 1), (8000, 10300, 0), (10800, 14100, 1))
    film = heard(speakers=("Ann",))

    found = project.speaking.find(film, 2)

    assert speakers(project, film) == ["Ann", "Speaker 1", "Ann", "Speaker 1"]
    assert found == Found({"Ann": 2, "Speaker 1": 2}, kept=1)


def test_a_name_that_lies_on_two_voices_names_neither(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 4600, 0), (4900, 7000, 1), (8000, 10300, 0), (10800, 14100, 1))
    film = heard((SAID[0][0], 2600, 4600), (SAID[1][0], 4900, 6900), *SAID[2:],
                 speakers=("Ann", "Ann"))  # fmt: skip

    project.speaking.find(film, 2)

    assert speakers(project, film) == ["Ann", "Ann", "Speaker 1", "Speaker 2"]


def test_fewer_voices_than_people_are_told_of(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 7000, 0), (8000, 14100, 1))

    assert project.speaking.find(heard(), 3).problems == ("Only 2 voices were heard, not 3.",)


def test_names_given_before_are_given_anew(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 14100, 0))
    film = heard(speakers=("Speaker 1", "Speaker 2", "Speaker 1", "Ben"))

    assert project.speaking.find(film, 1).speakers == {"Ben": 4}
    assert speakers(project, film) == ["Ben"] * 4


def test_a_voice_heard_for_a_breath_parts_no_sentence(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 4600, 0), (5000, 5700, 0), (5700, 6000, 1), (6000, 7000, 0), (8000, 10300, 1))
    film = heard(*SAID[:3])

    assert project.speaking.find(film, 2) == Found({"Speaker 1": 2, "Speaker 2": 1})


def test_without_word_times_a_sentence_of_two_voices_is_left_whole_and_told_of(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 4600, 0), (5000, 6300, 1), (6300, 7000, 0), (8000, 14100, 1))
    film = heard(words=False)

    found = project.speaking.find(film, 2)

    assert (found.mixed, found.parted) == (1, 0)
    assert speakers(project, film)[1] == "Speaker 2"


def test_a_sentence_in_which_nobody_was_heard_stays_without_a_name(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    turns((2600, 4600, 0), (10800, 14100, 1))
    film = heard()

    assert project.speaking.find(film, 2).unheard == 1
    assert speakers(project, film) == ["Speaker 1", "Speaker 1", "", "Speaker 2"]


def test_a_sentence_of_three_turns_becomes_three(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    text = "one two three four five six seven eight nine"
    turns((0, 3000, 0), (3000, 6000, 1), (6000, 9000, 0))
    film = heard((text, 0, 9000), ("And on.", 9000, 9900))

    project.speaking.find(film, 2)

    assert named(project, film) == [
        ("Speaker 1", "one two three"),
        ("Speaker 2", "four five six"),
        ("Speaker 1", "seven eight nine"),
        ("Speaker 1", "And on."),
    ]
    assert project.verify() == []


def test_what_cannot_be_done_is_refused_and_changes_nothing(
    project: Project, heard: Write, turns: Callable[..., None], letter: Write
) -> None:
    film = heard()
    with pytest.raises(Refused, match="0 speakers cannot be told apart"):
        project.speaking.find(film, 0)
    with pytest.raises(Refused, match="has no recording"):
        project.speaking.find(letter("Dear committee,"), 2)
    unfinished = replace(film, problems=(UNFINISHED,))
    with pytest.raises(Refused, match="is not finished"):
        project.speaking.find(unfinished, 2)
    turns()
    with pytest.raises(Refused, match="Nobody was heard"):
        project.speaking.find(film, 2)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.speaking.find(film, 2, job)
    assert speakers(project, film) == [""] * 4


def test_a_transcript_that_goes_meanwhile_is_told_of(
    project: Project, heard: Write, turns: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns()
    film = heard()

    def listen(*_: object, **__: object) -> list[SpeakerTurn]:
        project.transcripts.remove(film.source_id or "")
        return [SpeakerTurn(2600, 4600, 0)]

    monkeypatch.setattr(voices, "find_voices", listen)

    with pytest.raises(Refused, match="was removed while its speakers were looked for"):
        project.speaking.find(film, 1)
    assert project.history()[0].label.startswith("Remove the transcript")


def test_another_file_in_the_place_of_the_recording_is_refused(
    project: Project, heard: Write, turns: Callable[..., None]
) -> None:
    film = heard()
    turns((2600, 4600, 0))
    path = project._store.original_file(project.transcripts.recording_of(film))
    path.chmod(0o600)
    shutil.copy(DATA / "phone.3gp", path)

    with pytest.raises(EvidenceError, match="no longer the file that was imported"):
        project.speaking.find(film, 2)


def test_what_is_missing_is_known_before_anybody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speaker_models() == []
    model = add_model(DATA / "voices")
    assert speaker_models() == [model]

    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert "sherpa-onnx" in str(missing_for_speakers())
