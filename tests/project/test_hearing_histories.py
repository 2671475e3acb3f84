"""Whatever two people, the queue and a machine do with recordings, in whatever order: nothing is
lost, nothing is there twice, and undo and redo lead back and forth."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coder.domain.errors import Cancelled, EvidenceError
from coder.domain.model import About, Document, DocumentKind, Hearing, Word
from coder.domain.quiet import quiet_in
from coder.jobs import Job
from coder.project import Project, relistening, speaking, transcripts
from coder.project.manner import Manner
from coder.store.journal import row_of
from coder.transcribe.engine import Heard
from coder.transcribe.pieces import Piece
from coder.transcribe.voices import SpeakerTurn
from tests.effort import tries

DATA = Path(__file__).parents[1] / "data"
SAID = ("We met at the choir.", "Nobody came; we sat alone.", "🎉 Two volunteers came.")
LENGTH_MS = 30_000
TABLES = ("submissions", "documents", "segments", "stretches", "hearings", "codings")
TABLES += ("baskets", "basket_items")
MORE = {"passages": "owner, kind, document_id, start, text", "readings": "*", "memos": "*"}

numbers = st.integers(0, 11)
words = st.lists(
    st.sampled_from(["We", "met", "the", "choir.", "🎉", "alone", "e\u0301at"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@cache
def evidence() -> Path:
    """An inquiry with two recordings and a letter, brought in by a third coder."""
    kept = tempfile.TemporaryDirectory()
    atexit.register(kept.cleanup)
    folder = Path(kept.name)
    with Project.create(folder / "p", "T", "SIC", "Asha") as project:
        for number in range(2):
            path = folder / f"film-{number}.mp4"
            path.write_bytes((DATA / "evidence_offset2.mp4").read_bytes() + bytes(number))
            project.intake.bring([path])
        path = folder / "letter.txt"
        path.write_text("We run a lunch club in the hall behind the chapel.", "utf-8")
        project.intake.bring([path])
    return folder / "p"


def heard(text: str, start_ms: int, end_ms: int, voice: int = 0) -> Heard:
    """Words said one after the other between two times."""
    spoken, place, each = [], 0, (end_ms - start_ms) // len(text.split())
    for number, word in enumerate(text.split()):
        begins = start_ms + number * each
        spoken.append(Word(place, place + len(word), begins, begins + each, 0.4))
        place += len(word) + 1
    return Heard(start_ms, end_ms, text, 0.5, 0.1, 1.2, 0.0, tuple(spoken), voice)


def pieces(from_ms: int, *, apart: bool) -> Iterator[Piece]:
    """What the machine hears of half a minute: sentences one close after the other, then
    silence."""
    for number, at in enumerate(range(0, LENGTH_MS, 10_000)):
        said = [heard(SAID[number], at + 200, at + 4_000, 1 if apart else 0)]
        if apart:
            said.append(heard("Yes, yes.", at + 1_000, at + 4_900, 2))
        said.append(heard("Yes.", at + 4_950, at + 5_000, 1 if apart else 0))
        for piece in (
            Piece(at, at + 5_000, True, tuple(said)),
            Piece(at + 5_000, at + 7_000, True, (heard("No.", at + 5_000, at + 7_000, apart),)),
            Piece(at + 7_000, at + 10_000, False),
        ):
            if piece.end_ms > from_ms:
                yield piece


class Machine:
    """What takes the place of the process that listens: the same in every respect but the sound."""

    def __init__(self) -> None:
        self.most = 99
        self.text = "We met."
        self.share = (0, 50)

    def hear_on(self, executor: object, path: Path, way: object, options: dict) -> Iterator[Piece]:
        for number, piece in enumerate(pieces(options["from_ms"], apart=way.apart)):
            if number == self.most:
                raise Cancelled
            yield piece

    def hear(self, path: Path, way: object, spans: list, *, job: Job, name: str) -> list[Piece]:
        found = []
        for begins, ends in spans:
            start, share = self.share
            begun = begins + (ends - begins) * start // 100
            ended = min(ends, begun + (ends - begins) * share // 100)
            said = (heard(self.text, begun, ended),) if self.text else ()
            found.append(Piece(begins, ends, True, said))
        return found

    def align(self, path: Path, way: object, lines: list, *, job: Job, name: str) -> list[tuple]:
        start, share = self.share
        found = []
        for line in lines:
            begins, ends = line.span
            begun = begins + (ends - begins) * start // 100
            one = heard(line.text, begun, min(ends, begun + (ends - begins) * share // 100))
            place, timed = 0, []
            for word, text in zip(one.words, line.text.split(), strict=True):
                at = line.text.index(text, place)
                place = at + len(text)
                timed.append(Word(at, place, word.start_ms, word.end_ms, 0.3))
            found.append(tuple(timed))
        return found

    def find_voices(
        self, path: Path, model: object, number: int, **more: object
    ) -> list[SpeakerTurn]:
        return [
            SpeakerTurn(at, at + 2_500, at // 2_500 % number) for at in range(0, LENGTH_MS, 2_500)
        ]


class Work(RuleBasedStateMachine):
    """Two coders at two recordings and a letter. What is refused leaves no trace."""

    @initialize(most=st.integers(2, 7), apart=st.booleans())
    def begin(self, most: int, apart: bool) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.machine = Machine()
        self.patches = [
            patch.object(transcripts, "_pieces", self.machine.hear_on),
            patch.object(relistening.run, "hear", self.machine.hear),
            patch.object(relistening.run, "align", self.machine.align),
            patch.object(speaking.voices, "refuse_missing", lambda: None),
            patch.object(speaking.voices, "model_for", lambda home, model: None),
            patch.object(speaking.voices, "find_voices", self.machine.find_voices),
        ]
        for one in self.patches:
            one.start()
        shutil.copytree(evidence(), self.folder / "p")
        self.project = Project.open(self.folder / "p", "Noor")
        self.transcribe(0, most, apart)

    def teardown(self) -> None:
        assert self.project.verify() == []
        self.project.close()
        for one in self.patches:
            one.stop()
        shutil.rmtree(self.folder)

    def rows(self) -> dict[str, list[tuple]]:
        database = sqlite3.connect(self.project.folder / "project.db")
        found = {
            table: sorted(database.execute(f"SELECT {columns} FROM {table}"))
            for table, columns in (dict.fromkeys(TABLES, "*") | MORE).items()
        }
        database.close()
        return found

    def attempt(self, act: Callable[[], object]) -> None:
        """Does something in one step, which leaves no trace where it is refused."""
        before = self.rows()
        try:
            act()
        except EvidenceError:
            assert self.rows() == before

    def documents(self, kind: DocumentKind) -> list[Document]:
        found = [one for one in self.project._store.read.documents() if one.kind is kind]
        return sorted(found, key=lambda one: (one.submission_id, one.position, one.title))

    def with_film(self, number: int, act: Callable[[Document], object]) -> None:
        films = self.documents(DocumentKind.MEDIA)
        if films:
            act(films[number % len(films)])

    def with_transcript(self, number: int, act: Callable[[Document], object]) -> None:
        found = self.documents(DocumentKind.TRANSCRIPT)
        if found:
            self.attempt(lambda: act(found[number % len(found)]))

    def with_sentence(self, number: int, act: Callable[[str], object]) -> None:
        found = [
            one.id
            for document in self.documents(DocumentKind.TRANSCRIPT)
            for one in self.project.segments(document.id)
        ]
        if found:
            self.attempt(lambda: act(found[number % len(found)]))

    def with_hearing(self, number: int, act: Callable[[Hearing], object]) -> None:
        found = self.project.queue.all()
        if found:
            self.attempt(lambda: act(found[number % len(found)]))

    def listen(self, act: Callable[[], object], most: int) -> None:
        """Has the machine listen, until it is stopped after so many pieces. What a person wrote or
        stands by is there afterwards as it was."""
        self.machine.most = most
        by_hand = self.by_hand()
        with suppress(EvidenceError):
            act()
        assert by_hand == [row for row in self.by_hand() if row in by_hand]

    def by_hand(self) -> list[tuple]:
        return [row for row in self.rows()["segments"] if row[-1] or row[-2]]

    @rule(name=st.sampled_from(["Noor", "Ines"]))
    def change_coder(self, name: str) -> None:
        self.project.as_coder(name)

    @rule(number=numbers, most=st.integers(0, 8), apart=st.booleans())
    def transcribe(self, number: int, most: int, apart: bool) -> None:
        manner = Manner(model="whisper-synthetic", apart=apart)
        self.with_film(
            number,
            lambda film: self.listen(lambda: self.project.transcripts.make(film.id, manner), most),
        )

    @rule(number=numbers, most=st.integers(0, 8), apart=st.booleans())
    def transcribe_again(self, number: int, most: int, apart: bool) -> None:
        manner = Manner(model="whisper-synthetic", apart=apart)
        self.with_film(
            number,
            lambda film: self.listen(
                lambda: self.project.transcripts.make_again(film.id, manner), most
            ),
        )

    @rule(number=numbers, again=st.booleans())
    def queue(self, number: int, again: bool) -> None:
        manner = Manner(model="whisper-synthetic")
        self.with_film(
            number,
            lambda film: self.attempt(
                lambda: self.project.queue.add([film.id], manner, again=again)
            ),
        )

    @rule(number=numbers, most=st.integers(0, 8))
    def work_on(self, number: int, most: int) -> None:
        waiting = self.project.queue.all()
        if waiting:
            one = waiting[number % len(waiting)]
            self.listen(lambda: self.project.transcripts.hear(one, Job()), most)

    @rule(number=numbers, act=st.sampled_from(["hold", "release", "remove"]))
    def change_queue(self, number: int, act: str) -> None:
        self.with_hearing(number, lambda one: getattr(self.project.queue, act)([one.id]))

    @rule(number=numbers)
    def give_up(self, number: int) -> None:
        self.with_hearing(number, lambda one: self.project.queue.give_up(one.id, "It broke off."))

    @rule(number=numbers, checked=st.booleans())
    def check(self, number: int, checked: bool) -> None:
        self.with_transcript(number, lambda one: self.project.set_checked(one.id, checked=checked))

    @rule(number=numbers, memo=st.sampled_from([False, False, True]))
    def read(self, number: int, memo: bool) -> None:
        def note(one: Document) -> None:
            self.project.progress.came_to_end(one.id)
            if memo:
                self.project.memos.write(About.DOCUMENT, one.id, "She speaks slowly.")

        self.with_transcript(number, note)

    @rule(number=numbers)
    def remove(self, number: int) -> None:
        self.with_film(
            number, lambda film: self.attempt(lambda: self.project.transcripts.remove(film.id))
        )

    @rule(number=numbers, start=st.integers(0, 99), length=st.integers(1, 60))
    def tag(self, number: int, start: int, length: int) -> None:
        def put(one: Document) -> None:
            document = self.project.document(one.id)
            begins = start % max(1, len(document.text))
            ends = min(len(document.text), begins + length)
            if document.text[begins:ends].strip():
                self.project.tag_with_new_code(document, begins, ends, "A")

        self.with_transcript(number, put)

    @rule(number=numbers, start=st.integers(0, 99), length=st.integers(1, 60))
    def quote(self, number: int, start: int, length: int) -> None:
        baskets = self.project.baskets
        if not baskets.all():
            baskets.make("Report")

        def put(one: Document) -> None:
            document = self.project.document(one.id)
            begins = start % max(1, len(document.text))
            chosen = baskets.passage(document, begins, begins + length)
            for item in baskets.add(baskets.all()[0].id, [chosen]).items:
                baskets.trim(item.id, [(item.start + 2, item.start + 4)])

        self.with_transcript(number, put)

    @rule(number=numbers, act=st.sampled_from(["remove", "move", "accept"]))
    def change_quote(self, number: int, act: str) -> None:
        baskets = self.project.baskets
        found = [one.item.id for basket in baskets.all() for one in baskets.items(basket.id)]
        if found:
            self.attempt(lambda: getattr(baskets, act)([found[number % len(found)]]))

    @rule(number=numbers)
    def untag(self, number: int) -> None:
        found = [
            one
            for document in self.documents(DocumentKind.TRANSCRIPT)
            for one in self.project.codings.of(document.id)
        ]
        if found:
            self.attempt(lambda: self.project.codings.untag([found[number % len(found)]]))

    @rule(number=numbers, text=words)
    def rewrite(self, number: int, text: str) -> None:
        self.with_sentence(number, lambda one: self.project.correcting.rewrite(one, text))

    @rule(number=numbers, at=st.integers(0, 30))
    def split(self, number: int, at: int) -> None:
        self.with_sentence(number, lambda one: self.project.correcting.split(one, at))

    @rule(number=numbers, act=st.sampled_from(["join", "delete", "confirm"]))
    def correct(self, number: int, act: str) -> None:
        self.with_sentence(number, getattr(self.project.correcting, act))

    @rule(number=numbers, text=words)
    def insert(self, number: int, text: str) -> None:
        self.with_sentence(number, lambda one: self.project.correcting.insert(one, text))

    @rule(number=numbers, name=st.sampled_from(["", "Ann", "Left"]))
    def name_speaker(self, number: int, name: str) -> None:
        self.with_sentence(number, lambda one: self.project.correcting.set_speaker([one], name))

    @rule(number=numbers, voices=st.integers(1, 3))
    def find_speakers(self, number: int, voices: int) -> None:
        self.with_transcript(number, lambda one: self.project.speaking.find(one, voices))

    @rule(
        number=numbers,
        act=st.sampled_from(["hear_again", "time_again"]),
        text=words,
        share=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    )
    def listen_again(self, number: int, act: str, text: str, share: tuple[int, int]) -> None:
        self.machine.text, self.machine.share = text, share
        self.with_sentence(number, lambda one: getattr(self.project.relistening, act)([one]))

    @rule(
        number=numbers,
        start=st.integers(0, LENGTH_MS),
        text=st.one_of(st.just(""), words),
        share=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    )
    def hear_anyway(self, number: int, start: int, text: str, share: tuple[int, int]) -> None:
        self.machine.text, self.machine.share = text, share
        self.with_transcript(
            number,
            lambda one: self.project.relistening.hear_anyway(one.id, start, start + 6_000),
        )

    @rule(number=numbers, start=st.integers(0, LENGTH_MS))
    def confirm_quiet(self, number: int, start: int) -> None:
        self.with_transcript(
            number,
            lambda one: self.project.relistening.confirm_quiet(one.id, start, start + 4_000),
        )

    @rule(one=st.integers(1, 3), other=st.integers(1, 3))
    def join_submissions(self, one: int, other: int) -> None:
        self.attempt(lambda: self.project.joining.join(f"SIC000{one}", f"SIC000{other}"))

    @rule(number=st.sampled_from([1, 2]), really=st.sampled_from([False] * 9 + [True]))
    def withdraw(self, number: int, really: bool) -> None:
        if really:
            try:
                self.project.withdrawal.withdraw(f"SIC000{number}")
            except EvidenceError:
                return

    @rule(times=st.integers(1, 3))
    def undo_and_redo(self, times: int) -> None:
        """As many times back and forth again as it goes; all is as it was."""
        states = [self.rows()]
        for _ in range(times):
            try:
                undone = self.project.undo()
            except EvidenceError:
                assert self.rows() == states[-1]
                break
            if undone:
                states.append(self.rows())
        while len(states) > 1:
            assert self.rows() == states.pop()
            assert self.project.redo()
        assert self.rows() == states[0]

    @rule()
    def undo(self) -> None:
        self.attempt(self.project.undo)

    @rule(really=st.sampled_from([False, False, True]))
    def undo_the_import(self, really: bool) -> None:
        if really:
            name = self.project.coder.name
            self.project.as_coder("Asha")
            self.undo_and_redo(1)
            self.attempt(self.project.undo)
            self.project.as_coder(name)

    @rule()
    def redo_the_import(self) -> None:
        name = self.project.coder.name
        self.project.as_coder("Asha")
        self.attempt(self.project.redo)
        self.project.as_coder(name)

    @rule()
    def redo(self) -> None:
        self.attempt(self.project.redo)

    @rule()
    def open_again(self) -> None:
        name, folder = self.project.coder.name, self.project.folder
        self.project.close()
        self.project = Project.open(folder, name)

    @invariant()
    def every_transcript_is_sound(self) -> None:
        if not hasattr(self, "project"):
            return
        for transcript in self.documents(DocumentKind.TRANSCRIPT):
            text = self.project.document(transcript.id).text
            lines = self.project.segments(transcript.id)
            assert text == "\n".join(one.text for one in lines)
            for one in lines:
                assert text[one.start : one.end] == one.text == one.text.strip() != ""
                assert one.start_ms <= one.end_ms
                for word in one.words:
                    assert 0 <= word.start < word.end <= len(one.text)
                    assert one.start_ms <= word.start_ms <= word.end_ms <= one.end_ms
                assert all(a.end <= b.start for a, b in pairwise(one.words))
            assert all(a.start_ms <= b.start_ms for a, b in pairwise(lines))
            assert len({one.position for one in lines}) == len(lines)
            self.stretches_are_sound(transcript)
        assert self.project.codings.mismatches() == self.project.baskets.mismatches() == []

    def stretches_are_sound(self, transcript: Document) -> None:
        """Without a hole and without one over the other."""
        stretches = self.project._store.read.stretches(transcript.id)
        assert all(a.end_ms == b.start_ms for a, b in pairwise(stretches))
        quiet = quiet_in(stretches, self.project.segments(transcript.id), 1)
        assert all(a.end_ms <= b.start_ms for a, b in pairwise(quiet))

    @invariant()
    def nothing_is_left_of_what_has_gone(self) -> None:
        if not hasattr(self, "project"):
            return
        database = self.project._store.reader
        rows = self.rows()
        assert {row[1] for row in rows["segments"]} <= {row[0] for row in rows["documents"]}
        assert {row[1] for row in rows["stretches"]} <= {row[0] for row in rows["documents"]}
        assert {row[1] for row in rows["readings"]} <= {row[0] for row in rows["documents"]}
        assert {row[2] for row in rows["memos"]} <= {row[0] for row in rows["documents"]}
        seen = set()
        for hearing in (
            one
            for film in self.documents(DocumentKind.MEDIA)
            for one in self.project._store.read.hearings_for(film.id)
        ):
            seen.add(hearing.id)
            if hearing.transcript_id:
                assert row_of(database, "documents", hearing.transcript_id), "its transcript"
        assert seen == {row[0] for row in rows["hearings"]}, "a hearing has its recording"
        sources = [one.source_id for one in self.documents(DocumentKind.TRANSCRIPT)]
        assert len(sources) == len(set(sources)), "one transcript each"
        whole = {one.id: one.submission_id for one in self.documents(DocumentKind.MEDIA)}
        for one in self.documents(DocumentKind.TRANSCRIPT):
            assert whole[one.source_id] == one.submission_id


Work.TestCase.settings = settings(
    deadline=None,
    max_examples=tries(4, 100),
    stateful_step_count=40,
)
TestHistories = Work.TestCase
