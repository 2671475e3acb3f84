"""Order, splits, merges, deletions and examples: each one step that undo takes back whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import About, Coding, Document
from coder.domain.quotes import QuoteFilter
from coder.domain.sight import Others, Sight
from coder.project import Project
from coder.project.codebook import DEEPEST
from coder.project.codebook_order import Shift

Letter = Callable[..., Document]
WORDS = "We volunteer at the hall because nobody else will."


def paths(project: Project) -> list[str]:
    return [view.path for view in project.codebook.tree()]


def state(project: Project, document: Document) -> tuple[object, ...]:
    return (project.codebook.codes(), project.codings.of(document.id))


@pytest.fixture
def three(project: Project) -> Project:
    """A project with the themes A, B (with B1 and B2) and C."""
    for path in ("A", "B/B1", "B/B2", "C"):
        project.codebook.add(path)
    return project


def test_a_code_is_put_before_another(three: Project) -> None:
    book = three.codebook

    book.move(book.at("C"), None, book.at("A"))
    book.move(book.at("A"), book.at("B"), book.at("B2"))

    assert paths(three) == ["C", "B", "B/B1", "B/A", "B/B2"]
    assert three.undo() == "Move “A” to “B”"
    assert three.undo() == "Reorder “C”"
    assert paths(three) == ["A", "B", "B/B1", "B/B2", "C"]
    assert three.verify() == []


def test_several_codes_move_as_one_act_in_their_order(three: Project) -> None:
    book = three.codebook

    book.move_all([book.at("C"), book.at("B1"), book.at("B")], book.at("A"))

    assert paths(three) == ["A", "A/B", "A/B/B1", "A/B/B2", "A/C"]
    assert three.undo() == "Move 2 codes to “A”"
    assert paths(three) == ["A", "B", "B/B1", "B/B2", "C"]


def test_several_codes_do_not_come_to_stand_beside_their_like(three: Project) -> None:
    book = three.codebook
    book.add("A/C")
    before = paths(three)

    with pytest.raises(Refused, match="“C” there already"):
        book.move_all([book.at("B1"), book.codes()[2]], book.at("A"))
    with pytest.raises(Refused, match="below itself"):
        book.move_all([book.at("B1"), book.at("B")], book.at("B2"))

    assert paths(three) == before


def test_a_code_before_which_one_stands_no_more_is_told(three: Project) -> None:
    book = three.codebook
    seen = book.at("B1")
    book.move(seen, None)

    with pytest.raises(NotFound, match="no longer there"):
        book.move(book.at("A"), book.at("B"), seen)


def test_a_code_is_shifted_by_one_place(three: Project) -> None:
    book = three.codebook

    assert book.shift(book.at("C"), Shift.UP)
    assert book.shift(book.at("B2"), Shift.OUT)
    assert book.shift(book.at("C"), Shift.IN)
    assert not book.shift(book.at("A"), Shift.UP)

    assert paths(three) == ["A", "A/C", "B", "B/B1", "B2"]


def test_several_codes_are_merged_into_one(three: Project, letter: Letter) -> None:
    document, book = letter(WORDS), three.codebook
    three.codings.tag(document, 3, 12, [book.at("B"), book.at("B1"), book.at("C")])
    three.memos.write(About.CODE, book.at("C").id, "Too wide.")
    before = state(three, document)

    book.merge_all([book.at("B"), book.at("B1"), book.at("C")], book.at("A"))

    assert paths(three) == ["A", "A/B2"]
    [left] = three.codings.of(document.id)
    assert left.code_id == book.at("A").id
    assert [memo.text for memo in three.memos.of(About.CODE, book.at("A").id)] == ["Too wide."]
    assert three.undo() == "Merge 3 codes into “A”"
    assert state(three, document) == before
    assert three.verify() == []


def test_a_merge_that_would_make_twins_changes_nothing(three: Project) -> None:
    book = three.codebook
    book.add("A/B1")
    before = paths(three)

    with pytest.raises(Refused, match="“B1” there already"):
        book.merge(book.at("B"), book.at("A"))

    assert paths(three) == before


def test_a_code_is_split_whoever_tagged(three: Project, letter: Letter) -> None:
    document, book = letter(WORDS), three.codebook
    code = book.at("B1")
    [mine] = three.codings.tag(document, 3, 12, [code])
    [stays] = three.codings.tag(document, 20, 24, [code])
    three.as_coder("Ines")
    [theirs] = three.codings.tag(document, 3, 12, [code])
    book.pin(mine)
    book.pin(stays)
    before = state(three, document)

    made = book.split(code, [mine, theirs], "B/Helping")

    assert made.name == "Helping"
    assert {one.id for one in book.codings(made)} == {mine.id, theirs.id}
    assert [one.id for one in book.codings(code)] == [stays.id]
    assert book.at("Helping").examples == (mine.id,)
    assert book.at("B1").examples == (stays.id,)
    assert three.undo() == "Split “Helping” from “B1”"
    assert state(three, document) == before


def test_a_split_into_a_code_that_is_there_joins_what_is_on_the_same_words(
    three: Project, letter: Letter
) -> None:
    document, book = letter(WORDS), three.codebook
    [one, other] = three.codings.tag(document, 3, 12, [book.at("B1"), book.at("B2")])
    book.pin(one)

    book.split(book.at("B1"), [one], "b / b2")

    assert [left.id for left in three.codings.of(document.id)] == [other.id]
    assert book.at("B2").examples == (other.id,)


def test_what_cannot_be_split(three: Project, letter: Letter) -> None:
    document, book = letter(WORDS), three.codebook
    [coding] = three.codings.tag(document, 3, 12, [book.at("B1")])

    with pytest.raises(Refused, match="No passage"):
        book.split(book.at("B1"), [], "New")
    with pytest.raises(Refused, match="from itself"):
        book.split(book.at("B1"), [coding], "B/B1")
    three.codings.recode([coding], book.at("C"))
    with pytest.raises(Refused, match="no longer has this code"):
        book.split(book.at("B1"), [coding], "New")

    assert "New" not in paths(three)


def test_the_tags_of_a_deleted_code_can_be_kept(three: Project, letter: Letter) -> None:
    document, book = letter(WORDS), three.codebook
    three.codings.tag(document, 3, 12, [book.at("B"), book.at("B1")])
    three.as_coder("Ines")
    three.codings.tag(document, 3, 12, [book.at("B2")])
    before = state(three, document)

    assert book.coders_of(book.family([book.at("B")])) == {"Noor": 2, "Ines": 1}
    assert book.delete_all([book.at("B"), book.at("B1")], book.at("A")) == 3

    assert paths(three) == ["A", "C"]
    assert sorted(one.code_id for one in three.codings.of(document.id)) == [book.at("A").id] * 2
    assert three.undo() == "Delete 2 codes"
    assert state(three, document) == before


def test_tags_cannot_be_kept_in_what_goes(three: Project) -> None:
    book = three.codebook
    with pytest.raises(Refused, match="“B1” would be deleted too"):
        book.delete(book.at("B"), book.at("B1"))


def test_memos_on_a_deleted_code_stay_or_follow_its_tags(three: Project) -> None:
    book = three.codebook
    for name in ("A", "C"):
        three.memos.write(About.CODE, book.at(name).id, f"On {name}.")

    book.delete(book.at("A"), book.at("B"))
    book.delete(book.at("C"))

    assert [memo.text for memo in three.memos.of(About.CODE, book.at("B").id)] == ["On A."]
    assert {memo.text for memo in three.memos.all()} == {"On A.", "On C."}


def test_everything_is_said_of_a_code_in_one_step(three: Project) -> None:
    book = three.codebook
    book.set_key(book.at("C"), "k")

    book.define(
        book.at("A"), name=" Alpha  one ", colour="teal", key="k", definition=" One\r\ntwo \n"
    )

    code = book.at("Alpha one")
    assert (code.colour, code.key, code.definition) == ("teal", "k", "One\ntwo")
    assert book.at("C").key == ""
    assert three.undo() == "Define “A”"
    assert book.at("C").key == "k"
    for fields in ({"name": "B"}, {"colour": "mauve"}, {"key": "M"}, {"name": "x/y"}):
        with pytest.raises(Refused):
            book.define(book.at("A"), **fields)
    assert book.at("A").definition == ""


def test_several_codes_take_on_a_colour(three: Project) -> None:
    book = three.codebook

    book.recolour_all([book.at("A"), book.at("C")], "rose")

    assert (book.at("A").colour, book.at("C").colour) == ("rose", "rose")
    assert three.undo() == "Recolour 2 codes"


@pytest.fixture
def tagged(three: Project, letter: Letter) -> tuple[Project, list[Coding]]:
    """A project with two passages tagged A."""
    document = letter(WORDS)
    codings = [
        three.codings.tag(document, *span, [three.codebook.at("A")])[0]
        for span in ((3, 12), (20, 24))
    ]
    return three, codings


def test_examples_are_pinned_in_order_and_unpinned(tagged: tuple[Project, list[Coding]]) -> None:
    project, [first, second] = tagged
    book = project.codebook

    assert book.pin(second)
    assert book.pin(first)
    assert not book.pin(first)
    assert project.next_labels()[0] == "Pin an example of “A”"
    assert _quotes(project) == [second.quote, first.quote]
    assert book.unpin(second)
    assert not book.unpin(second)
    assert _quotes(project) == [first.quote]


def test_an_example_that_has_gone_or_has_another_code_is_passed_over(
    tagged: tuple[Project, list[Coding]],
) -> None:
    project, [first, second] = tagged
    for coding in (first, second):
        project.codebook.pin(coding)

    project.codings.untag([first])
    project.codings.recode([second], project.codebook.at("B"))

    assert _quotes(project) == []
    project.undo()
    assert _quotes(project) == [second.quote]


def test_a_coding_that_has_gone_is_not_pinned(tagged: tuple[Project, list[Coding]]) -> None:
    project, [first, _] = tagged
    project.codings.untag([first])
    with pytest.raises(NotFound):
        project.codebook.pin(first)


def test_examples_of_withdrawn_evidence_go_with_it(tagged: tuple[Project, list[Coding]]) -> None:
    project, [first, _] = tagged
    project.codebook.pin(first)
    submission = project.document(first.document_id).submission_id

    project.withdrawal.withdraw(project.submission(submission).ref)

    assert _quotes(project) == []
    assert project.verify() == []


def test_examples_go_to_the_code_that_keeps_the_tags_of_a_deleted_one(
    three: Project, letter: Letter
) -> None:
    book, document = three.codebook, letter(WORDS)
    [coding] = three.codings.tag(document, 0, 12, [book.at("B1")])
    [twin] = three.codings.tag(document, 0, 12, [book.at("C")])
    [other] = three.codings.tag(document, 13, 24, [book.at("B")])
    book.pin(coding)
    book.pin(other)

    book.delete(book.at("B"), keep_in=book.at("C"))

    assert book.at("C").examples == (other.id, twin.id)
    three.undo()
    assert [book.at(path).examples for path in ("B", "B/B1", "C")] == [
        (other.id,),
        (coding.id,),
        (),
    ]


def test_an_example_that_is_joined_stays_one(three: Project, letter: Letter) -> None:
    book, document = three.codebook, letter(WORDS)
    [first] = three.codings.tag(document, 0, 12, [book.at("A")])
    [second] = three.codings.tag(document, 13, 24, [book.at("A")])
    book.pin(second)

    [whole] = three.codings.join([first, second], document)

    assert book.at("A").examples == (whole.id,)
    three.undo()
    assert book.at("A").examples == (second.id,)


def test_an_example_drawn_onto_the_words_of_another_tag_stays_one_and_a_memo_is_kept_once(
    three: Project, letter: Letter
) -> None:
    book, document = three.codebook, letter(WORDS)
    [short] = three.codings.tag(document, 0, 2, [book.at("A")])
    [long] = three.codings.tag(document, 0, 12, [book.at("A")])
    three.codings.add_memo([short, long], "Look again.")
    book.pin(short)

    kept = three.codings.resize(three.codings.one(short.id), document, 0, 12)

    assert (kept.id, kept.memo) == (long.id, "Look again.")
    assert book.at("A").examples == (long.id,)


def test_a_codebook_is_not_deeper_than_anyone_could_read(project: Project) -> None:
    book = project.codebook
    deep = "/".join(f"L{n}" for n in range(1, DEEPEST + 1))
    book.add(deep)
    book.add("Theme/Below")
    before = book.codes()

    for act in (
        lambda: book.add("/".join(["Deeper"] * 1_500)),
        lambda: book.move(book.at("Theme"), book.at(f"L{DEEPEST - 1}")),
        lambda: book.merge(book.at("Theme"), book.at(deep)),
    ):
        with pytest.raises(Refused, match="at most 20 levels"):
            act()

    assert book.codes() == before
    book.move(book.at("Below"), book.at(f"L{DEEPEST - 1}"))
    assert project.verify() == []


def test_counts_are_of_what_is_seen(tagged: tuple[Project, list[Coding]]) -> None:
    project, _ = tagged
    book = project.codebook
    project.as_coder("Ines")
    sight = Sight(project.coder.id, Others.HIDDEN)

    [seen] = [view for view in book.tree(sight) if view.path == "A"]
    [all_] = [view for view in book.tree() if view.path == "A"]
    assert (seen.codings, all_.codings) == (0, 2)
    assert book.coders_of([all_.code], sight) == {}
    assert book.coders_of([all_.code]) == {"Noor": 2}


def test_the_passages_of_a_code_are_not_those_below_it(three: Project, letter: Letter) -> None:
    document, book = letter(WORDS), three.codebook
    three.codings.tag(document, 3, 12, [book.at("B"), book.at("B1")])

    assert [one.code for one in book.passages(book.at("B"))] == ["B"]
    assert len(three.quotes.select(QuoteFilter(codes=(book.at("B").id,)))) == 2


def _quotes(project: Project) -> list[str]:
    code = project.codebook.at("A")
    return [one.quote for one in project.codebook.examples([code])[code.id]]
