"""Transcripts in several hands: what each act made stands on what it had seen."""

from __future__ import annotations

from coder.domain.model import Segment
from coder.store.merging.deeds import Deed
from coder.store.merging.rowwise import Op
from coder.store.merging.transcripts import Transcript, Work
from coder.store.rows import Row, to_row


def deed(name: str, stamp: int, *seen: str) -> Deed:
    return Deed(name, name, 1, f"{stamp:03}", name, "act", dict.fromkeys(seen, 1))


def line(name: str, place: float, text: str) -> Row:
    start = int(place * 1000)
    return to_row(Segment(name, "d", place, start, start + 900, text))


A, B, C = line("a", 0.0, "one"), line("b", 1.0, "two"), line("c", 2.0, "three")


def work(by: Deed, *ops: tuple[Row | None, Row | None]) -> Work:
    found = {}
    for before, after in ops:
        row_id = (after or before or {})["id"]
        found[row_id] = Op(by, before, after, row_id)
    return Work(by, found)


HEARD = work(deed("h", 1), (None, A), (None, B), (None, C))


def said(transcript: Transcript) -> list[str]:
    return [text for _, text in transcript.lines(transcript.all())]


def test_one_after_another_each_stands_on_the_last() -> None:
    first = work(deed("x", 2, "h"), (A, {**A, "text": "ONE"}))
    then = work(deed("y", 3, "h", "x"), ({**A, "text": "ONE"}, None))
    transcript = Transcript("d", [then, HEARD, first])

    assert said(transcript) == ["two", "three"]
    assert [text for _, text in transcript.lines(transcript.seen_by(deed("z", 9, "h", "x")))] == [
        "ONE",
        "two",
        "three",
    ]


def test_different_sentences_are_both_kept() -> None:
    one = work(deed("x", 2, "h"), (A, {**A, "text": "ONE"}))
    parted = {**C, "text": "thr"}, line("n", 2.5, "ee")
    other = work(deed("y", 3, "h"), (C, parted[0]), (None, parted[1]))
    transcript = Transcript("d", [HEARD, one, other])

    assert said(transcript) == ["ONE", "two", "thr", "ee"]
    assert transcript.clashes == []


def test_a_sentence_in_two_shapes_is_taken_whole_from_the_later() -> None:
    one = work(deed("x", 20, "h"), (B, {**B, "text": "TWO"}), (C, {**C, "text": "THREE"}))
    parted = {**B, "text": "t"}, line("n", 1.5, "wo")
    split, corrected = ["one", "t", "wo", "three"], ["one", "TWO", "THREE"]
    for stamp, text, lost in ((30, split, "x"), (15, corrected, "y")):
        other = work(deed("y", stamp, "h"), (B, parted[0]), (None, parted[1]))
        transcript = Transcript("d", [HEARD, one, other])

        assert said(transcript) == text
        assert {clash.lost for clash in transcript.clashes} == {lost}


def test_a_later_act_on_the_sentence_settles_it() -> None:
    one = work(deed("x", 2, "h"), (B, {**B, "text": "TWO"}))
    other = work(deed("y", 3, "h"), (B, {**B, "text": "too"}))
    last = work(deed("z", 4, "h", "x", "y"), ({**B, "text": "too"}, {**B, "text": "2"}))

    assert said(Transcript("d", [HEARD, one, other])) == ["one", "too", "three"]
    assert said(Transcript("d", [HEARD, one, other, last])) == ["one", "2", "three"]


def test_sentences_put_into_one_place_are_ordered_by_time() -> None:
    early, late = {**line("e", 0.5, "early"), "start_ms": 300}, line("l", 0.5, "late")
    one = work(deed("x", 2, "h"), (None, late))
    other = work(deed("y", 3, "h"), (None, early))
    transcript = Transcript("d", [HEARD, one, other])

    assert said(transcript) == ["one", "early", "late", "two", "three"]
    assert sorted(row["position"] for row in transcript.final().values()) == [0, 1, 2, 3, 4]


def test_what_one_of_the_sides_had_not_seen_is_not_taken_for_common_ground() -> None:
    joined = work(deed("x", 2, "h"), (A, {**A, "text": "one two"}), (B, None))
    corrected = work(deed("y", 3, "h"), (B, {**B, "text": "TWO"}))
    beside = work(deed("p", 4, "h", "x"), (None, line("m", 2.5, "p was here")))
    knowing = work(deed("q", 5, "h", "x", "y"), (C, {**C, "text": "THREE"}))
    transcript = Transcript("d", [HEARD, joined, corrected, beside, knowing])

    assert said(transcript) == ["one", "TWO", "THREE", "p was here"]
    assert {(one.kept, one.lost) for one in transcript.clashes} == {("y", "x")}
