"""A report writer gathers quotes: in an order, trimmed, never twice without knowing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coder.domain.baskets import Basket, BasketItem
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import (
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Segment,
    Submission,
    new_id,
)
from coder.domain.quotes import Quote, QuoteFilter
from coder.project import Project
from coder.project.basket_order import room

WORDS = "We opened on Tuesdays, as ever, and stayed. Nobody sat alone."
LINES = ("We met in the hall.", "Then the acquire opened.", "Nobody sat alone.")


@pytest.fixture
def text(letter) -> Document:
    """A letter, SIC0001."""
    return letter(WORDS, "Buses stopped at six.")


@pytest.fixture
def basket(project: Project) -> Basket:
    return project.baskets.make("Interim report")


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


def says(project: Project, document: Document, words: str) -> Quote:
    document = project.document(document.id)
    start = document.text.index(words)
    return project.baskets.passage(document, start, start + len(words))


def put(project: Project, basket: Basket, document: Document, words: str) -> BasketItem:
    [item] = project.baskets.add(basket.id, [says(project, document, words)]).items
    return item


def shown(project: Project, basket: Basket) -> list[str]:
    return [entry.item.shown for entry in project.baskets.items(basket.id)]


def publish(project: Project, ref: str = "SIC0001", **particulars: object) -> None:
    one = project.submission(ref)
    given = {"permission": Permission.NAMED, "organisation": "Walsall Food Bank", **particulars}
    with project._store.step("Set", project.coder) as tx:
        tx.put(replace(one, **given))


def test_a_basket_is_made_named_copied_and_deleted(project: Project, text: Document) -> None:
    first = project.baskets.make("  Interim \n report ")
    put(project, first, text, "on Tuesdays")
    project.baskets.add_heading(first.id, "Opening")
    copy = project.baskets.copy(first.id, "Final report")

    assert [one.name for one in project.baskets.all()] == ["Interim report", "Final report"]
    assert shown(project, copy) == ["on Tuesdays", "Opening"]
    assert project.baskets.sizes() == {first.id: 1, copy.id: 1}
    assert project.baskets.by("final REPORT") == copy
    with pytest.raises(Refused, match="There is a basket “Final report” already"):
        project.baskets.rename(first.id, "final report")
    assert project.baskets.rename(first.id, "INTERIM report").name == "INTERIM report"
    with pytest.raises(Refused, match="needs a name"):
        project.baskets.make(" ")
    project.baskets.delete(first.id)
    with pytest.raises(NotFound, match="no longer there"):
        project.baskets.items(first.id)
    with pytest.raises(NotFound, match="no basket “Interim report”"):
        project.baskets.by("Interim report")

    assert project.undo() == "Delete the basket “INTERIM report”"
    assert shown(project, first) == ["on Tuesdays", "Opening"]
    assert project.verify() == []


def test_two_baskets_never_have_one_name_after_undo_and_redo(project: Project) -> None:
    project.baskets.make("Report")
    project.undo()
    project.as_coder("Ines")
    project.baskets.make("report")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="There is another basket"):
        project.redo()


def test_quotes_stand_in_an_order_made_by_hand(project: Project, basket, text) -> None:
    one = put(project, basket, text, "on Tuesdays")
    two = put(project, basket, text, "Nobody sat alone.")
    head = project.baskets.add_heading(basket.id, " Being \n together ", before=two.id)
    note = project.baskets.add_text(basket.id, "Some wrote of\nloneliness.", before=one.id)
    row = [note, one, head, two]
    assert [entry.item for entry in project.baskets.items(basket.id)] == row

    project.baskets.move([two.id, note.id], before=head.id)
    assert shown(project, basket) == [one.shown, note.shown, two.shown, "Being together"]
    assert project.undo() == "Move 2 items in “Interim report”"
    project.baskets.move([note.id, one.id], before=note.id)
    assert project.next_labels()[0] != "Move 2 items in “Interim report”", "nothing was moved"
    project.baskets.move([one.id])
    assert [entry.item.id for entry in project.baskets.items(basket.id)][-1] == one.id
    with pytest.raises(NotFound, match="place in the basket"):
        project.baskets.move([one.id], before="gone")
    assert project.baskets.quotes(basket.id)[0][0] == "Being together"
    assert not project.baskets.shift([one.id], 1)
    assert project.baskets.shift([head.id, two.id], -1)
    assert shown(project, basket)[:2] == ["Being together", two.shown]
    assert not project.baskets.shift([head.id], -1)
    assert project.baskets.shift([head.id, two.id], 1)
    project.baskets.remove([head.id, note.id])
    assert [heading for heading, _ in project.baskets.quotes(basket.id)] == ["", ""]
    assert project.undo() == "Take 2 items out of “Interim report”"
    assert len(shown(project, basket)) == 4


def test_where_positions_run_out_all_are_numbered_anew(project: Project, basket) -> None:
    first, last = (project.baskets.add_heading(basket.id, name) for name in ("first", "last"))
    for number in range(70):
        last = project.baskets.add_heading(basket.id, str(number), before=last.id)

    assert shown(project, basket) == ["first", *map(str, reversed(range(70))), "last"]
    positions = [entry.item.position for entry in project.baskets.items(basket.id)]
    assert len(set(positions)) == 72
    assert project.undo() == "Add a heading to “Interim report”"
    assert project.verify() == []
    with project._store.step("Look", project.coder) as tx, pytest.raises(NotFound):
        room(tx, basket.id, "gone", 1)
    assert first.position == 0


def test_the_same_passage_is_not_there_twice_without_being_told(
    project: Project, basket, text: Document
) -> None:
    project.tag_with_new_code(text, 0, 9, "Opening")
    project.tag_with_new_code(text, 0, 9, "Days")
    chosen = [*project.quotes.select(), says(project, text, "Nobody")]

    added = project.baskets.add(basket.id, chosen)

    assert [one.quote for one in added.items] == ["We opened", "Nobody"]
    assert added.items[0].code_id == chosen[0].code_id
    again = project.baskets.add(basket.id, chosen)
    assert (again.items, [one.quote for one in again.already]) == ((), ["We opened", "Nobody"])
    assert project.next_labels()[0] == "Add 2 quotes to “Interim report”"
    wanted = project.baskets.add(basket.id, chosen[:1], before=added.items[0].id, again=True)
    assert (len(wanted.items), wanted.already) == (1, ())
    assert [one.again for one in project.baskets.items(basket.id)] == [True, True, False]


def test_it_is_told_where_else_words_are_used(project: Project, basket, text: Document) -> None:
    other = project.baskets.make("Press release")
    put(project, basket, text, "on Tuesdays, as ever")
    put(project, basket, text, "Nobody sat alone.")
    put(project, other, text, "We opened on Tuesdays")

    found = project.baskets.items(basket.id)

    assert [one.also_in for one in found] == [("Press release",), ()]
    start = WORDS.index("on Tuesdays")
    spans = [(text.id, start, start + 3), (text.id, 0, 2), (text.id, 22, 25), ("else", 0, 99)]
    assert project.baskets.used_in(spans) == [
        ("Interim report", "Press release"), ("Press release",), ("Interim report",), (),
    ]  # fmt: skip
    assert project.baskets.used_in([]) == []


def test_whether_a_quote_may_leave_is_told(project: Project, basket, letter) -> None:
    texts = [letter("Buses stopped. Nobody came.") for _ in range(4)]
    publish(project, "SIC0002")
    publish(project, "SIC0003", permission=Permission.ANONYMOUS)
    publish(project, "SIC0004", permission=Permission.WITHHELD)
    [secret] = [project.tag_with_new_code(texts[1], 0, 5, "Transport")]
    project.codings.set_sensitive([secret], sensitive=True)
    chosen = [says(project, one, words) for one in texts for words in ("Buses", "Nobody came.")]
    project.baskets.add(basket.id, chosen)

    found = project.baskets.items(basket.id)

    assert [one.why for one in found] == [
        "permission not known", "permission not known", "sensitive", "", "", "",
        "withheld", "withheld",
    ]  # fmt: skip
    told = [one.quote for one in found if one.quote]
    assert [(one.ref, one.citation) for one in told][:2] == [
        ("SIC0001", "(SIC0001, para 1)"), ("SIC0001", "(SIC0001, para 1)"),
    ]  # fmt: skip
    assert told[3].attribution == "Walsall Food Bank"
    assert (told[2].code, told[2].coder) == ("", "")


def test_a_quote_names_those_who_tagged_it_under_the_code_it_was_found_under(
    project: Project, basket, text: Document
) -> None:
    project.tag_with_new_code(text, 0, 9, "Opening/Days")
    project.as_coder("Ines")
    project.tag_with_new_code(text, 0, 9, "Opening/Days")
    project.baskets.add(basket.id, project.quotes.select())

    [(_, quote)] = project.baskets.quotes(basket.id)

    assert (quote.code, quote.coder) == ("Opening/Days", "Ines; Noor")


def test_words_are_left_out_by_the_tool_alone(project: Project, basket, text: Document) -> None:
    item = put(project, basket, text, "on Tuesdays, as ever, and stayed.")
    at = WORDS.index(", as ever")

    cut = project.baskets.trim(item.id, [(at + 4, at + 9), (at, at + 5), (0, 3)])

    assert cut.omitted == ((at, at + 9),)
    assert cut.shown == "on Tuesdays […], and stayed."
    assert cut.quote == item.quote
    [(_, quote)] = project.baskets.quotes(basket.id)
    assert (quote.omitted, quote.quote) == (cut.omitted, item.quote)
    assert project.undo() == "Trim a quote of SIC0001 in “Interim report”"
    project.redo()
    with pytest.raises(Refused, match="Nothing would be left"):
        project.baskets.trim(item.id, [(0, at), (at, len(text.text))])
    assert project.baskets.trim(item.id, []).shown == item.quote
    head = project.baskets.add_heading(basket.id, "Days")
    with pytest.raises(Refused, match="A heading is no quote"):
        project.baskets.trim(head.id, [])
    assert project.verify() == []


def test_what_a_person_sees_as_one_character_is_not_cut(project: Project, basket, letter) -> None:
    words = "Ja e\u0301t 👩‍👩‍👧 🇬🇧🇮🇪 한 go"
    document = letter(words)
    item = put(project, basket, document, words)
    family, flag = words.index("👩"), words.index("🇬")

    assert project.baskets.trim(item.id, [(3, 4)]).omitted == ((3, 5),)
    assert project.baskets.trim(item.id, [(family + 2, family + 3)]).omitted == (
        (family, family + 5),
    )
    assert project.baskets.trim(item.id, [(flag + 1, flag + 2)]).omitted == ((flag, flag + 2),)
    assert project.baskets.set_span(item.id, 0, family + 1).end == family + 5


def test_a_quote_begins_and_ends_elsewhere(project: Project, basket, text: Document) -> None:
    item = put(project, basket, text, "Tuesdays, as ever")
    at = WORDS.index(", as ever")
    project.baskets.trim(item.id, [(at, at + 9)])

    wider = project.baskets.set_span(item.id, -5, WORDS.index(" Nobody") + 1)

    assert wider.quote == "We opened on Tuesdays, as ever, and stayed."
    assert wider.shown == "We opened on Tuesdays […], and stayed."
    narrow = project.baskets.set_span(item.id, 0, at + 4)
    assert narrow.omitted == ((at, at + 4),)
    with pytest.raises(Refused, match="Nothing would be left"):
        project.baskets.set_span(item.id, at, at + 4)
    with pytest.raises(Refused, match="No words are selected"):
        project.baskets.set_span(item.id, 900, 950)
    assert project.verify() == []


def test_notes_and_texts_are_reworded_and_quotes_are_not(project: Project, basket, text) -> None:
    item = put(project, basket, text, "on Tuesdays")
    head = project.baskets.add_heading(basket.id, "Days")

    project.baskets.set_note(item.id, " For the box ")
    project.baskets.set_text(head.id, "Opening \n days")

    first, second = (entry.item for entry in project.baskets.items(basket.id))
    assert (first.note, second.text) == ("For the box", "Opening days")
    with pytest.raises(Refused, match="the respondent's"):
        project.baskets.set_text(item.id, "on Mondays")
    with pytest.raises(Refused, match="A heading needs words"):
        project.baskets.set_text(head.id, " ")
    with pytest.raises(Refused, match="A text needs words"):
        project.baskets.add_text(basket.id, "\n")
    project.baskets.remove([head.id])
    with pytest.raises(NotFound, match="no longer in the basket"):
        project.baskets.set_note(head.id, "x")


def test_words_are_found_by_their_short_id(project: Project, text: Document) -> None:
    quote = says(project, text, "as ever")

    assert project.baskets.found(quote.key) == quote
    with pytest.raises(NotFound, match="no words with the id"):
        project.baskets.found(replace(quote.key, start=9_000))
    with pytest.raises(NotFound, match="SIC0009"):
        project.baskets.found(replace(quote.key, ref="SIC0009"))


def test_what_was_corrected_meanwhile_does_not_come_in(project: Project, basket, film) -> None:
    quote = says(project, film, "the acquire opened")
    project.correcting.rewrite(project.segments(film.id)[1].id, "Then the choir opened.")

    with pytest.raises(Refused, match="corrected meanwhile"):
        project.baskets.add(basket.id, [quote])

    assert shown(project, basket) == []


def test_the_spread_tells_who_is_missing(project: Project, basket, letter) -> None:
    texts = [letter(f"We opened. Number {number}.") for number in range(5)]
    kinds = (RespondentType.CHARITY, RespondentType.CHARITY, RespondentType.FAITH)
    regions = ("London", "Wales", "Wales")
    for ref, (kind, region) in enumerate(zip(kinds, regions, strict=True), 1):
        publish(project, f"SIC000{ref}", type=kind, region=region)
    project.tag_with_new_code(texts[0], 0, 9, "Opening/Days")
    project.tag_with_new_code(texts[2], 0, 9, "Places")
    project.baskets.add(basket.id, project.quotes.select(QuoteFilter(submissions=("SIC0001",))))
    put(project, basket, texts[0], "Number 0")
    put(project, basket, texts[4], "Number 4")

    found = project.baskets.spread(basket.id)

    def told(name: str) -> list[tuple[object, ...]]:
        return [
            (one.name, one.quotes, one.submissions, one.standing) for one in getattr(found, name)
        ]

    assert str(found) == "2 may leave, 1 may not, from 1 of 5 submissions"
    assert (found.quotes, found.submissions, found.standing) == (2, 1, 5)
    assert told("types") == [
        ("Charity or community group", 2, 1, 2), ("Faith group", 0, 0, 1),
    ]  # fmt: skip
    assert told("regions") == [
        ("London", 2, 1, 1), ("Wales", 0, 0, 2),
    ]  # fmt: skip
    assert told("themes") == [("Opening", 1, 1, 1), ("No theme", 1, 1, 1), ("Places", 0, 0, 1)]
    assert told("refs") == [("SIC0001", 2, 1, 1)]
    assert found.missing() == ["Faith group", "Wales"]


def test_another_coder_may_work_on_a_basket_and_undo_takes_back_only_ones_own(
    project: Project, basket, text
) -> None:
    mine = put(project, basket, text, "on Tuesdays")
    project.as_coder("Ines")
    theirs = put(project, basket, text, "Nobody sat alone.")
    project.baskets.move([theirs.id], before=mine.id)
    project.baskets.set_note(mine.id, "Strong")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="changed since"):
        project.undo()

    project.as_coder("Ines")
    assert project.undo() == "Write a note in “Interim report”"
    project.as_coder("Noor")
    assert project.undo() == "Add 1 quote to “Interim report”"
    assert shown(project, basket) == ["Nobody sat alone."]
    with pytest.raises(Refused, match="later work rests on it"):
        project.undo()
    assert project.verify() == []


def test_what_others_numbered_anew_is_still_ones_own_to_take_back(project: Project, basket) -> None:
    mine = project.baskets.add_heading(basket.id, "mine")
    other = project.baskets.add_heading(basket.id, "other")
    project.baskets.set_text(mine.id, "Mine")
    project.as_coder("Ines")
    for number in range(70):
        other = project.baskets.add_heading(basket.id, str(number), before=other.id)
    project.baskets.move([mine.id])
    project.as_coder("Noor")

    assert project.undo() == "Reword a heading in “Interim report”"

    assert shown(project, basket)[-1] == "mine"
    assert project.verify() == []


def test_a_code_that_goes_leaves_the_quote(project: Project, basket, text: Document) -> None:
    project.tag_with_new_code(text, 0, 9, "Opening")
    project.tag_with_new_code(text, 10, 21, "Days")
    project.baskets.add(basket.id, project.quotes.select())
    codes = {code.name: code for code in project.codebook.codes()}

    project.codebook.merge(codes["Days"], codes["Opening"])
    told = [quote.code for _, quote in project.baskets.quotes(basket.id)]
    assert told == ["Opening", "Opening"]
    coding = project.codings.of(text.id)[0]
    project.codebook.split(codes["Opening"], [coding], "Start")
    told = [quote.code for _, quote in project.baskets.quotes(basket.id)]
    assert told == ["Start", "Opening"]
    start = project.codebook.at("Start")
    project.codebook.delete(start, keep_in=codes["Opening"])
    project.codebook.delete(codes["Opening"])

    assert [(q.quote, q.code) for _, q in project.baskets.quotes(basket.id)] == [
        ("We opened", ""), ("on Tuesdays", ""),
    ]  # fmt: skip
    project.undo()
    told = [quote.code for _, quote in project.baskets.quotes(basket.id)]
    assert told == ["Opening", "Opening"]
    assert project.verify() == []


def test_what_was_joined_is_cited_anew(project: Project, basket, letter) -> None:
    letter("First.")
    second = letter("Second letter.")
    put(project, basket, second, "Second letter")

    project.joining.join("SIC0001", "SIC0002")

    [(_, quote)] = project.baskets.quotes(basket.id)
    assert (quote.ref, quote.citation) == ("SIC0001", "(SIC0001, para 1)")


def test_an_import_beneath_a_basket_stays(project: Project, write) -> None:
    project.intake.bring([write("letter.txt", "We run a lunch club in the hall.")])
    [document] = project.evidence.one("SIC0001").documents
    project.as_coder("Ines")
    basket = project.baskets.make("Report")
    put(project, basket, document, "a lunch club")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="later work rests on it"):
        project.undo()

    assert shown(project, basket) == ["a lunch club"]


def test_verify_finds_a_quote_that_its_text_does_not_say(project: Project, basket, text) -> None:
    item = put(project, basket, text, "on Tuesdays")
    with project._store.step("Break", project.coder) as tx:
        tx.put(replace(item, quote="on Mondays"))

    [finding] = project.verify()

    assert finding == (
        "SIC0001, “letter.txt”: the text does not say “on Mondays”, which is quoted in the basket"
        " “Interim report”."
    )


class Work(RuleBasedStateMachine):
    """Two coders at two baskets, a transcript and its codes. A refused act leaves no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "p", "T", "SIC", "Noor")
        self.film = Document("d1", "s1", 0, "t", DocumentKind.TRANSCRIPT)
        with self.project._store.step("Import", self.project.coder, "machine") as tx:
            tx.put(Submission("s1", "SIC0001"))
            tx.put(self.film)
            for n, line in enumerate(("We 🎉 e\u0301at.", "Then we sat alone.", "Nobody came.")):
                tx.put(Segment(new_id(), "d1", n, n * 9_000, n * 9_000 + 5_000, line))
        for name in "AB":
            self.project.baskets.make(name)

    def teardown(self) -> None:
        assert self.project.verify() == []
        self.project.close()
        shutil.rmtree(self.folder)

    def state(self) -> tuple[object, ...]:
        read = self.project._store.read
        baskets = read.baskets()
        items = [read.basket_items(one.id) for one in baskets]
        return baskets, items, read.document("d1").text, read.codings("d1")

    def attempt(self, act: Callable[[], object]) -> None:
        before = self.state()
        try:
            act()
        except EvidenceError:
            assert self.state() == before

    def items(self) -> list[BasketItem]:
        return [item for row in self.state()[1] for item in row]  # type: ignore[attr-defined]

    def some(self, data: st.DataObject) -> BasketItem:
        found = self.items()
        return found[data.draw(st.integers(0, 99)) % len(found)]

    @rule(name=st.sampled_from(["Noor", "Ines"]))
    def change_coder(self, name: str) -> None:
        self.project.as_coder(name)

    @rule(data=st.data(), span=st.tuples(st.integers(0, 30), st.integers(1, 20)))
    def add(self, data: st.DataObject, span: tuple[int, int]) -> None:
        basket = data.draw(st.sampled_from(self.project.baskets.all()))
        document = self.project.document("d1")
        self.attempt(
            lambda: self.project.baskets.add(
                basket.id, [self.project.baskets.passage(document, span[0], sum(span))]
            )
        )

    @precondition(items)
    @rule(data=st.data(), heading=st.booleans())
    def add_words(self, data: st.DataObject, heading: bool) -> None:
        item = self.some(data)
        baskets = self.project.baskets
        act = baskets.add_heading if heading else baskets.add_text
        self.attempt(lambda: act(item.basket_id, "Words", item.id))

    @precondition(items)
    @rule(data=st.data(), cut=st.tuples(st.integers(0, 9), st.integers(1, 9)))
    def trim(self, data: st.DataObject, cut: tuple[int, int]) -> None:
        item = self.some(data)
        span = item.start + cut[0], item.start + sum(cut)
        self.attempt(lambda: self.project.baskets.trim(item.id, [*item.omitted, span]))

    @precondition(items)
    @rule(data=st.data(), by=st.tuples(st.integers(-9, 9), st.integers(-9, 9)))
    def widen(self, data: st.DataObject, by: tuple[int, int]) -> None:
        item = self.some(data)
        self.attempt(
            lambda: self.project.baskets.set_span(item.id, item.start + by[0], item.end + by[1])
        )

    @precondition(items)
    @rule(data=st.data(), act=st.sampled_from(["remove", "accept", "move"]))
    def change(self, data: st.DataObject, act: str) -> None:
        item = self.some(data)
        self.attempt(lambda: getattr(self.project.baskets, act)([item.id]))

    @precondition(items)
    @rule(data=st.data())
    def move_before(self, data: st.DataObject) -> None:
        item, other = self.some(data), self.some(data)
        self.attempt(lambda: self.project.baskets.move([item.id], other.id))

    @rule(number=st.integers(0, 5), words=st.sampled_from(["We sat.", "Nobody 🎉 came", "e\u0301"]))
    def rewrite(self, number: int, words: str) -> None:
        lines = self.project.segments("d1")
        line = lines[number % len(lines)]
        self.attempt(lambda: self.project.correcting.rewrite(line.id, words))

    @rule(number=st.integers(0, 5), at=st.integers(0, 12), act=st.sampled_from(["join", "delete"]))
    def reshape(self, number: int, at: int, act: str) -> None:
        lines = self.project.segments("d1")
        line = lines[number % len(lines)]
        if at:
            self.attempt(lambda: self.project.correcting.split(line.id, at))
        elif len(lines) > 1:
            self.attempt(lambda: getattr(self.project.correcting, act)(line.id))

    @rule(redo=st.booleans())
    def undo_or_redo(self, redo: bool) -> None:
        self.attempt(self.project.redo if redo else self.project.undo)

    @rule()
    def undo_and_redo(self) -> None:
        before = self.state()
        try:
            label = self.project.undo()
        except Refused:
            label = None
        assert label is None or self.project.redo() == label
        assert self.state() == before

    @invariant()
    def every_quote_is_in_its_text(self) -> None:
        assert self.project.baskets.mismatches() == []
        for item in self.items():
            assert item.shown.replace("[…]", "").strip()


Work.TestCase.settings = settings(deadline=None, max_examples=8, stateful_step_count=25)
TestHistories = Work.TestCase
