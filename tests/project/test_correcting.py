"""A transcript is corrected with its times, and every tag stays on its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.domain.errors import Cancelled, NotFound, Refused
from coder.domain.model import Document, DocumentKind, Segment, Word, new_id
from coder.domain.sight import Others, Sight
from coder.jobs import Job
from coder.project import Project
from coder.project.correcting import Correcting
from coder.project.manner import Manner
from tests.effort import tries
from tests.recorded import drafted

DATA = Path(__file__).parents[1] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")
LINES = (
    "We met every Tuesday in the old hall.",
    "Then the acquire opened its doors.",
    "And nobody had to sit alone.",
)

Write = Callable[..., Document]


def said(text: str, start_ms: int) -> tuple[Word, ...]:
    """A time for each word: 400 ms, and a pause of 100."""
    words, place = [], 0
    for number, token in enumerate(text.split()):
        at = start_ms + number * 500
        words.append(Word(place, place + len(token), at, at + 400, 0.4 if number else 0.9))
        place += len(token) + 1
    return tuple(words)


@pytest.fixture
def heard(project: Project) -> Write:
    """Writes a transcript of these lines into the project."""

    def write(*lines: str) -> Document:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        made = drafted(media)
        machine = project._store.read.coder_named("m") or project.coder
        with project._store.step("Hear", machine, "machine") as tx:
            tx.put(made)
            for n, text in enumerate(lines or LINES):
                words = said(text, n * 10_000)
                end = words[-1].end_ms
                tx.put(Segment(new_id(), made.id, n, n * 10_000, end, text, words=words))
        return project.document(made.id)

    return write


def tag(project: Project, document: Document, words: str, code: str = "Places") -> None:
    start = document.text.index(words)
    project.tag_with_new_code(document, start, start + len(words), code)


def quotes(project: Project) -> list[str]:
    return [quote.quote for quote in project.quotes.select()]


def test_a_corrected_sentence_keeps_its_times_and_every_tag(project: Project, heard: Write) -> None:
    film = heard()
    for words in ("the acquire", "acquire opened its", "doors.\nAnd nobody", "nobody had to sit"):
        tag(project, film, words)
    second = project.segments(film.id)[1]

    done = project.correcting.rewrite(second.id, "Then the choir  opened its\ngreat doors. ")

    assert done.tags == 2
    now = project.segments(film.id)
    assert now[1].text == "Then the choir opened its great doors."
    assert now[1].heard == second.text
    assert [(w.start_ms, w.end_ms) for w in now[1].words][:4] == [
        (w.start_ms, w.end_ms) for w in second.words
    ][:4]
    assert quotes(project) == [
        "the choir", "choir opened its", "doors.\nAnd nobody", "nobody had to sit",
    ]  # fmt: skip
    assert project.document(film.id).text.count("\n") == 2
    [hit] = project.find("choirs")
    assert project.document(film.id).text[hit.start : hit.end] == "choir"
    assert project.find("acquire") == []
    assert project.verify() == []
    assert project.undo() == "Correct 00:10 of “film (transcript)”"
    assert project.document(film.id) == film
    assert project.verify() == []


def test_others_tags_move_along_and_stay_theirs(project: Project, heard: Write) -> None:
    film = heard()
    project.as_coder("Asha Verma")
    tag(project, film, "sit alone")
    project.as_coder("Noor")

    project.correcting.rewrite(project.segments(film.id)[0].id, "We met.")

    [quote] = project.quotes.select()
    assert (quote.quote, quote.coder) == ("sit alone", "Asha Verma")
    assert quote.time_ms == 22_000
    assert project.verify() == []


def test_a_tag_whose_words_are_gone_shrinks_onto_the_nearest(
    project: Project, heard: Write
) -> None:
    film = heard()
    tag(project, film, "acquire opened")

    done = project.correcting.rewrite(project.segments(film.id)[1].id, "Then the its doors.")

    assert done.tags == 1
    assert quotes(project)[0] in ("the", "its")
    assert project.verify() == []


def test_a_sentence_needs_words_and_must_be_there(project: Project, heard: Write) -> None:
    film = heard()
    first = project.segments(film.id)[0]

    with pytest.raises(Refused, match="needs words"):
        project.correcting.rewrite(first.id, " \n ")
    with pytest.raises(Refused, match="needs words"):
        project.correcting.insert(first.id, "")
    with pytest.raises(NotFound, match="no longer in the transcript"):
        project.correcting.rewrite("gone", "We met.")
    assert project.correcting.rewrite(first.id, first.text).tags == 0
    assert project.history(1)[0].label == "Hear"


def test_a_sentence_is_split_and_joined_again_and_tags_across_stay(
    project: Project, heard: Write
) -> None:
    film = heard()
    tag(project, film, "Tuesday in the old")
    tag(project, film, "sit alone")
    first = project.segments(film.id)[0]

    parts = project.correcting.split(first.id, first.text.index("in the") + 1).segments

    assert project.document(film.id).text.startswith("We met every Tuesday\nin the old hall.\nThen")
    assert quotes(project) == ["Tuesday\nin the old", "sit alone"]
    assert [one.start_ms for one in project.segments(film.id)] == [0, 2_000, 10_000, 20_000]
    assert project.verify() == []

    project.correcting.join(parts[0].id)

    assert project.document(film.id).text == film.text
    assert quotes(project) == ["Tuesday in the old", "sit alone"]
    assert project.segments(film.id)[0] == first
    with pytest.raises(Refused, match="last sentence"):
        project.correcting.join(project.segments(film.id)[-1].id)
    with pytest.raises(Refused, match="no words on one side"):
        project.correcting.split(first.id, 0)
    assert project.verify() == []


def test_a_sentence_can_be_split_more_often_than_numbers_have_room(
    project: Project, heard: Write
) -> None:
    film = heard(" ".join(f"w{n}" for n in range(70)), "The end.")

    for _ in range(69):
        last = project.segments(film.id)[-2]
        project.correcting.split(last.id, last.text.index(" "))
        last = project.segments(film.id)[-2]

    assert project.document(film.id).text.split() == [*(f"w{n}" for n in range(70)), "The", "end."]
    assert len(project.segments(film.id)) == 71
    assert project.verify() == []


def test_a_tagged_sentence_is_not_deleted_but_one_that_is_tagged_beyond_is(
    project: Project, heard: Write
) -> None:
    film = heard()
    first, second, third = project.segments(film.id)
    tag(project, film, "doors.\nAnd nobody")
    tag(project, film, "old hall")

    with pytest.raises(Refused, match=r"A tag lies on this sentence, put there by Noor"):
        project.correcting.delete(first.id)
    project.correcting.delete(second.id)

    assert quotes(project) == ["old hall", "And nobody"]
    assert project.document(film.id).text == f"{first.text}\n{third.text}"
    project.undo()
    assert project.document(film.id) == film
    project.correcting.delete(third.id)
    assert quotes(project) == ["old hall", "doors."]
    assert project.verify() == []


def test_a_sentence_that_was_not_heard_is_put_in(project: Project, heard: Write) -> None:
    film = heard()
    first = project.segments(film.id)[0]
    tag(project, film, "hall.\nThen")
    tag(project, film, "nobody")

    [made] = project.correcting.insert(first.id, "Yes, every week.").segments

    assert project.document(film.id).text.split("\n")[1] == "Yes, every week."
    assert (made.start_ms, made.end_ms) == (first.end_ms, 10_000)
    assert quotes(project) == ["hall.\nYes, every week.\nThen", "nobody"]
    last = project.segments(film.id)[-1]
    project.correcting.insert(last.id, "Goodbye.")
    assert project.document(film.id).text.endswith("alone.\nGoodbye.")
    assert project.verify() == []


def test_words_that_were_listened_to_are_no_longer_unsure(project: Project, heard: Write) -> None:
    film = heard()
    first = project.segments(film.id)[0]

    project.correcting.confirm(first.id)

    assert {word.probability for word in project.segments(film.id)[0].words} == {1.0}
    assert project.undo() == "Confirm the words at 00:00 of “film (transcript)”"


def test_speakers_are_named_many_at_once_and_renamed_everywhere(
    project: Project, heard: Write
) -> None:
    film = heard()
    first, second, third = project.segments(film.id)

    project.correcting.set_speaker([first.id, third.id], " Ann  Lee ")
    project.correcting.set_speaker([second.id], "Ben")

    assert [one.speaker for one in project.segments(film.id)] == ["Ann Lee", "Ben", "Ann Lee"]
    assert project.correcting.speakers() == ["Ann Lee", "Ben"]
    assert project.correcting.rename_speaker(film, "Ann Lee", "Mrs Lee") == 2
    assert project.correcting.speakers(film) == ["Ben", "Mrs Lee"]
    assert project.undo() == "Rename the speaker “Ann Lee” to “Mrs Lee”"
    assert project.undo() == "Name the speaker “Ben” at 00:10 of “film (transcript)”"
    assert project.undo() == "Name the speaker “Ann Lee” at 00:00 of “film (transcript)”"
    assert project.correcting.speakers() == []
    with pytest.raises(NotFound, match="is called “Ann”"):
        project.correcting.rename_speaker(film, "Ann", "Eve")
    with pytest.raises(Refused, match="needs a name"):
        project.correcting.rename_speaker(film, "Ann", " ")
    assert project.verify() == []


def test_an_imported_document_has_nothing_to_correct(project: Project, letter) -> None:
    document = letter("We met.")

    assert project.segments(document.id) == []
    with pytest.raises(NotFound):
        project.correcting.rewrite(document.id, "We meet.")


def test_corrections_go_on_while_the_rest_is_heard(project: Project) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents

    def correct(done) -> None:
        if done.touches("segments") and done.kind == "machine":
            transcript = project.transcripts.of(media.id)
            lines = project.segments(transcript.id)
            if len(lines) == 1:
                tag(project, transcript, lines[0].text.split()[0])
                project.correcting.split(lines[0].id, len(lines[0].text) // 2)
            else:
                project.correcting.rewrite(lines[0].id, f"{lines[0].text} indeed")

    project.watch(correct)

    made = project.transcripts.make(media.id, SYNTHETIC)

    lines = project.segments(made.id)
    assert lines[0].text.count("indeed") == 3
    assert [one.start_ms for one in lines] == sorted(one.start_ms for one in lines)
    assert project.verify() == []
    project.codings.untag(project.codings.of(made.id))
    with pytest.raises(Refused, match="2 sentences were worked on by hand"):
        project.transcripts.may_replace(media.id)


def test_a_stopped_transcript_goes_on_behind_what_was_heard_whatever_was_deleted(
    project: Project,
) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    job = Job()
    project.watch(lambda done: job.cancel() if done.touches("segments") else None)
    with pytest.raises(Cancelled):
        project.transcripts.make(media.id, SYNTHETIC, job)
    stopped = project.transcripts.of(media.id)
    heard = project.segments(stopped.id)
    for one in heard[1:]:
        project.correcting.delete(one.id)
    project.correcting.rewrite(heard[0].id, "Something else.")

    done = project.transcripts.make(media.id, SYNTHETIC)

    lines = project.segments(done.id)
    assert lines[0].text == "Something else."
    assert lines[1].start_ms >= heard[-1].end_ms
    assert project.verify() == []


def test_a_corrected_transcript_does_not_make_way(project: Project) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0001").documents
    made = project.transcripts.make(media.id, SYNTHETIC)
    project.as_coder("Asha Verma")
    project.correcting.rewrite(project.segments(made.id)[0].id, "Something else.")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="worked on by hand"):
        project.undo()
    with pytest.raises(Refused, match="worked on by hand"):
        project.transcripts.make_again(media.id, SYNTHETIC)
    project.transcripts.remove(media.id)
    assert project.transcripts.of(media.id) is None


@pytest.mark.parametrize(
    "act",
    [
        lambda acts, one: acts.insert(one.id, "Nobody heard this."),
        lambda acts, one: acts.split(one.id, one.text.index("every")),
        lambda acts, one: acts.set_speaker([one.id], "Ann"),
        lambda acts, one: acts.confirm(one.id),
        lambda acts, one: acts.delete(one.id),
    ],
    ids=["put in", "split", "speaker", "confirmed", "deleted"],
)
def test_whatever_a_person_did_to_a_transcript_keeps_it_from_being_replaced_until_it_is_undone(
    project: Project, heard: Write, act: Callable[[Correcting, Segment], object]
) -> None:
    film = heard()
    project.transcripts.may_replace(film.source_id or "")

    act(project.correcting, project.segments(film.id)[0])

    with pytest.raises(Refused, match="worked on by hand"):
        project.transcripts.may_replace(film.source_id or "")
    project.undo()
    project.transcripts.may_replace(film.source_id or "")


def test_tags_that_come_to_lie_on_the_same_words_become_one(project: Project, heard: Write) -> None:
    film = heard("We met Anna Maria there.", "Then Anna went home.")
    tag(project, film, "Anna", "People")
    tag(project, film, "Anna Maria", "People")
    tag(project, film, "Anna went", "People")
    short, long, _ = project.codings.of(film.id)
    project.codings.write_memo(short, "same")
    project.codings.write_memo(long, "same")
    project.codebook.pin(long)
    before = project.codings.of(film.id)

    project.correcting.rewrite(project.segments(film.id)[0].id, "We met Annamaria there.")

    now = project.codings.of(film.id)
    assert [(one.id, one.quote, one.memo) for one in now] == [
        (short.id, "Annamaria", "same"), (before[2].id, "Anna went", ""),
    ]  # fmt: skip
    assert project.codebook.at("People").examples == (short.id,)
    assert project.verify() == []
    project.undo()
    assert project.codings.of(film.id) == before
    assert project.codebook.at("People").examples == (long.id,)


@pytest.mark.parametrize(
    "act",
    [
        lambda acts, old, one, code: acts.tag(old, one.start, one.end, [code]),
        lambda acts, old, one, code: acts.tag_words(old, "nobody", 1, lambda _: code),
        lambda acts, old, one, code: acts.tag_new(old, one.start, one.end, lambda _: code, "Tag"),
        lambda acts, old, one, code: acts.resize(one, old, one.start, one.end + 4),
        lambda acts, old, one, code: acts.split(one, old, one.start + 7),
        lambda acts, old, one, code: acts.join(acts.of(old.id), old),
    ],
    ids=["tag", "tag words", "new", "resize", "split", "join"],
)
def test_words_selected_before_a_correction_are_not_tagged_where_others_stand_now(
    project: Project, heard: Write, act: Callable[..., object]
) -> None:
    film = heard()
    tag(project, film, "nobody had")
    tag(project, film, "had to")
    project.correcting.rewrite(project.segments(film.id)[0].id, "We met.")
    code, before = project.codebook.add("Trust"), project.codings.of(film.id)

    with pytest.raises(Refused, match="corrected meanwhile"):
        act(project.codings, film, before[0], code)

    assert project.codings.of(film.id) == before
    assert project.verify() == []


def test_what_was_corrected_behind_the_selected_words_does_not_keep_them_from_being_tagged(
    project: Project, heard: Write
) -> None:
    film = heard()
    project.correcting.rewrite(project.segments(film.id)[2].id, "And nobody stayed away.")

    tag(project, film, "Tuesday in")

    assert quotes(project) == ["Tuesday in"]
    assert project.verify() == []


def test_a_blind_coder_does_not_learn_whose_tag_keeps_a_sentence(
    project: Project, heard: Write
) -> None:
    film = heard()
    project.as_coder("Asha Verma")
    tag(project, film, "old hall")
    project.as_coder("Noor")
    first = project.segments(film.id)[0]

    with pytest.raises(Refused, match="put there by another coder, so"):
        project.correcting.delete(first.id, Sight(project.coder.id, Others.BLIND))
    with pytest.raises(Refused, match="put there by Asha Verma, so"):
        project.correcting.delete(first.id)


def test_corrected_words_are_erased_with_the_submission(project: Project, heard: Write) -> None:
    film = heard()
    project.correcting.rewrite(project.segments(film.id)[0].id, "Xylophones everywhere.")
    project.correcting.set_speaker([project.segments(film.id)[0].id], "Quentin")

    project.withdrawal.withdraw("SIC0001")

    kept = (project.folder / "project.db").read_bytes()
    assert not [word for word in (b"Xylophone", b"Tuesday", b"Quentin") if word in kept]
    assert project.verify() == []


ACTS = st.one_of(
    st.tuples(
        st.just("rewrite"),
        st.integers(0, 9),
        st.lists(
            st.sampled_from(["We", "met", "the", "acquire", "choir", "🎉", "sit", "alone."]),
            min_size=1,
            max_size=7,
        ).map(" ".join),
    ),
    st.tuples(st.just("split"), st.integers(0, 9), st.integers(0, 40)),
    st.tuples(st.just("join"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("insert"), st.integers(0, 9), st.sampled_from(["Yes.", "🎉 well well"])),
    st.tuples(st.just("tag"), st.integers(0, 99), st.integers(1, 40)),
)


def _rows(project: Project) -> list[tuple]:
    database = sqlite3.connect(project.folder / "project.db")
    tables = ("segments", "codings", "passages")
    columns = {"passages": "owner, kind, document_id, start, text"}
    found = [
        row
        for table in tables
        for row in sorted(database.execute(f"SELECT {columns.get(table, '*')} FROM {table}"))
    ]
    database.close()
    return found


@settings(
    max_examples=tries(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(acts=st.lists(ACTS, max_size=6))
def test_whatever_is_corrected_every_tag_says_its_words_and_undo_brings_all_back(
    project: Project, heard: Write, acts
) -> None:
    if not project.evidence.all():
        heard()
    [film] = [d for d in project._store.read.documents() if d.kind is DocumentKind.TRANSCRIPT]
    before = _rows(project)
    done = 0
    for act, *values in acts:
        document = project.document(film.id)
        lines = project.segments(film.id)
        step = project.history(1)[0].seq
        try:
            if act == "tag":
                start, length = values
                words = document.text[start : start + length].strip()
                if words:
                    tag(project, document, words)
            elif lines:
                getattr(project.correcting, act)(lines[values[0] % len(lines)].id, *values[1:])
        except Refused:
            continue
        done += project.history(1)[0].seq - step
        assert project.codings.mismatches() == []
        text = project.document(film.id).text
        assert text == "\n".join(one.text for one in project.segments(film.id))
        for one in project.segments(film.id):
            assert one.text == one.text.strip() != ""
            assert text[one.start : one.end] == one.text
    assert project._store.verify() == []
    for _ in range(done):
        assert project.undo()
    assert _rows(project) == before
