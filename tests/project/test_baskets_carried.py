"""What becomes of the quotes in baskets when transcripts change, and when evidence is withdrawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from coder.domain.baskets import Basket, BasketItem
from coder.domain.errors import Refused
from coder.domain.model import Document, DocumentKind, Segment, new_id
from coder.project import Project
from coder.project.splicing import put_in_place, put_in_time
from coder.transcribe.engine import Heard
from coder.transcribe.pieces import Piece
from tests.project.conftest import DATA
from tests.recorded import drafted

LINES = ("We met in the hall.", "Then the acquire, so to say, opened.", "Nobody sat alone.")

Put = Callable[[str], BasketItem]


@pytest.fixture
def film(project: Project, letter) -> Document:
    """A transcript of three lines."""
    before = letter("A covering note.")
    made = Document(new_id(), before.submission_id, 1, "film (transcript)", DocumentKind.TRANSCRIPT)
    with project._store.step("Hear", project.coder, "machine") as tx:
        tx.put(made)
        for n, line in enumerate(LINES):
            tx.put(Segment(new_id(), made.id, n, n * 9_000, n * 9_000 + 5_000, line))
    return project.document(made.id)


@pytest.fixture
def basket(project: Project) -> Basket:
    return project.baskets.make("Report")


@pytest.fixture
def put(project: Project, film: Document, basket: Basket) -> Put:
    """Puts words of the transcript into the basket."""

    def act(words: str) -> BasketItem:
        text = project.document(film.id).text
        start = text.index(words)
        quote = project.baskets.passage(project.document(film.id), start, start + len(words))
        [item] = project.baskets.add(basket.id, [quote]).items
        return item

    return act


def standing(project: Project, item: BasketItem) -> BasketItem:
    found = project._store.read.basket_item(item.id)
    assert found is not None
    assert project.verify() == []
    return found


def rewrite(project: Project, film: Document, number: int, words: str) -> None:
    project.correcting.rewrite(project.segments(film.id)[number].id, words)


def heard(start_ms: int, text: str) -> Heard:
    return Heard(start_ms, start_ms + 2_000, text, 0.5, 0.1, 1.2, 0.0)


def test_a_quote_behind_a_correction_moves_along_unmarked(project: Project, film, put: Put) -> None:
    item = put("Nobody sat alone.")

    rewrite(project, film, 0, "We met every Tuesday in the old hall.")

    now = standing(project, item)
    assert (now.quote, now.was) == ("Nobody sat alone.", "")
    assert now.start > item.start


def test_a_corrected_quote_says_what_it_was_until_somebody_looks(
    project: Project, film, put: Put
) -> None:
    item = put("the acquire, so to say, opened")
    at = film.text.index(", so to say")
    project.baskets.trim(item.id, [(at, at + len(", so to say,"))])

    rewrite(project, film, 1, "And then the choir, so to speak, opened.")

    now = standing(project, item)
    assert now.shown == "the choir […] opened"
    assert now.was == "the acquire […] opened"
    rewrite(project, film, 1, "And then the choir, so to speak, closed.")
    assert standing(project, item).was == "the acquire […] opened"
    project.baskets.accept([item.id])
    assert standing(project, item).was == ""
    assert project.undo() == "Accept the corrected words of a quote of SIC0001 in “Report”"
    assert project.undo().startswith("Correct 00:09")
    rewrite(project, film, 1, "Then the acquire, so to say, opened.")
    assert (standing(project, item).was, standing(project, item).quote) == ("", item.quote)


def test_what_is_left_out_alone_may_change_unmarked(project: Project, film, put: Put) -> None:
    item = put("the acquire, so to say, opened")
    at = film.text.index(" so to say")
    project.baskets.trim(item.id, [(at, at + len(" so to say,"))])

    rewrite(project, film, 1, "Then the acquire, as they say, opened.")

    now = standing(project, item)
    assert (now.shown, now.was) == ("the acquire, […] opened", "")
    assert now.quote == "the acquire, as they say, opened"
    rewrite(project, film, 1, "Then the acquire, opened.")
    assert standing(project, item).omitted == ()


def test_a_quote_whose_words_are_gone_is_placed_near_and_marked(
    project: Project, film, put: Put
) -> None:
    item = put("acquire, so")

    rewrite(project, film, 1, "Then the say, opened.")

    now = standing(project, item)
    assert now.quote in ("the", "say,")
    assert now.was == "acquire, so"


def test_where_only_what_was_left_out_remains_it_is_shown(project: Project, film, put: Put) -> None:
    item = put("the acquire, so to say, opened")
    at = film.text.index("so to say")
    project.baskets.trim(item.id, [(at, at + 9)])

    rewrite(project, film, 1, "Then so to say.")

    now = standing(project, item)
    assert (now.omitted, now.shown) == ((), "so to say")
    assert now.was == "the acquire, […], opened"


def test_sentences_are_parted_and_joined_under_a_quote(project: Project, film, put: Put) -> None:
    item = put("hall.\nThen the acquire")
    lines = project.segments(film.id)

    project.correcting.split(lines[0].id, lines[0].text.index("in the"))
    project.correcting.join(project.segments(film.id)[1].id)

    assert standing(project, item).quote == "hall. Then the acquire"
    assert standing(project, item).was == "hall.\nThen the acquire"


def test_a_sentence_is_not_deleted_under_a_quote(project: Project, film, put: Put) -> None:
    item, longer = put("Nobody sat"), put("opened.\nNobody")

    with pytest.raises(Refused, match="1 quote from this sentence is in the basket “Report”"):
        project.correcting.delete(project.segments(film.id)[2].id)
    project.baskets.remove([item.id])
    project.correcting.delete(project.segments(film.id)[2].id)

    now = standing(project, longer)
    assert (now.quote, now.was) == ("opened.", "opened.\nNobody")


def test_what_is_heard_again_takes_quotes_along(project: Project, film, put: Put) -> None:
    item, last = put("acquire, so to say"), put("Nobody sat alone.")
    again = Piece(9_000, 14_000, True, (heard(9_000, "Then the choir, so to say, sang."),))
    put_in = Piece(15_000, 17_000, True, (heard(15_000, "It was late."),))

    with project._store.step("Hear again", project.coder) as tx:
        put_in_place(tx, [project.segments(film.id)[1]], again)
        put_in_time(tx, film.id, put_in)

    now = standing(project, item)
    assert (now.quote, now.was) == ("choir, so to say", "acquire, so to say")
    moved = standing(project, last)
    assert (moved.quote, moved.was) == ("Nobody sat alone.", "")
    assert moved.start > last.start


def test_a_transcript_in_a_basket_does_not_make_way(project: Project, write, film) -> None:
    project.intake.bring([DATA / "evidence_offset2.mp4"])
    [media] = project.evidence.one("SIC0002").documents
    made = drafted(media)
    machine = project._store.read.coder_named("m") or project.coder
    with project._store.step("Hear", machine, "machine") as tx:
        tx.put(made)
        tx.put(Segment(new_id(), made.id, 0, 0, 5_000, "We met."))
    project.as_coder("Ines")
    basket = project.baskets.make("Report")
    project.baskets.add(basket.id, [project.baskets.passage(project.document(made.id), 0, 6)])

    for act in (project.transcripts.remove, project.transcripts.may_replace):
        with pytest.raises(Refused, match=r"1 quote from “.*” is in the basket “Report”"):
            act(media.id)
    project.as_coder("Noor")
    with pytest.raises(Refused):
        project.undo()
    assert len(project.baskets.items(basket.id)) == 1


def test_a_correction_is_not_undone_under_a_quote_taken_since(
    project: Project, film, put: Put
) -> None:
    rewrite(project, film, 0, "We met every Tuesday.")
    project.as_coder("Ines")
    item = put("Nobody sat alone.")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="in a basket"):
        project.undo()

    assert standing(project, item) == item


def test_a_quote_that_was_taken_out_does_not_come_back_on_other_words(
    project: Project, film, put: Put
) -> None:
    item = put("Nobody sat alone.")
    project.baskets.remove([item.id])
    project.as_coder("Ines")
    rewrite(project, film, 0, "We met every Tuesday.")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="put the quote in again"):
        project.undo()

    assert project.verify() == []


def test_a_correction_is_undone_where_the_quote_was_moved_or_noted_by_itself(
    project: Project, film, put: Put, basket: Basket
) -> None:
    item = put("the acquire")
    put("Nobody")
    rewrite(project, film, 1, "Then the choir opened.")
    project.as_coder("Ines")
    project.baskets.move([item.id])
    project.as_coder("Noor")

    assert project.undo().startswith("Correct")

    now = standing(project, item)
    assert (now.quote, now.was) == ("the acquire", "")
    assert [entry.item.id for entry in project.baskets.items(basket.id)][-1] == item.id


def test_withdrawn_evidence_leaves_no_basket_and_no_trace(
    project: Project, film, put: Put, letter, basket: Basket
) -> None:
    other = letter("Buses stopped at six.")
    item = put("Nobody sat alone.")
    gone = put("We met in the hall.")
    project.baskets.set_note(item.id, "Nobodaddy")
    project.baskets.copy(basket.id, "Copy")
    project.baskets.remove([gone.id])
    project.baskets.add(basket.id, [project.baskets.passage(other, 0, 5)])
    project.baskets.add_heading(basket.id, "Together")
    project._store.back_up(date(2020, 9, 18))

    erased = project.withdrawal.withdraw("SIC0001")

    assert erased.quoted == 3
    assert [entry.item.shown for entry in project.baskets.items(basket.id)] == ["Buses", "Together"]
    assert project.verify() == []
    [backup] = (project.folder / "backups").iterdir()
    for path in (project.folder / "project.db", backup):
        database = sqlite3.connect(path)
        everything = "\n".join(database.iterdump())
        database.close()
        assert "Buses" in everything
        for word in ("sat alone", "Nobodaddy", "in the hall"):
            assert word not in everything, (path, word)
            assert word.encode() not in path.read_bytes()
    assert project.undo() == "Add a heading to “Report”"
