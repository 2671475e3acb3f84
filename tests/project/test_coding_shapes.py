"""Codings parted, joined and drawn longer: their words are those of the text, and undo is exact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coder.domain.errors import Refused
from coder.domain.model import Coding, Document
from coder.domain.text import extend_by_word
from coder.project import Project
from coder.project.coding_shapes import halves, parted_at, runs
from tests.effort import tries

Letter = Callable[..., Document]
TEXT = ("We run a lunch club.", "Thirty people come 😀 each week.", "They would stay at home.")
PARAGRAPHS = st.lists(
    st.text(st.sampled_from("ab c\u0301é🎉👩‍👧אب中 .\t"), min_size=1, max_size=25).filter(
        str.strip
    ),
    min_size=1,
    max_size=4,
)
MANY = settings(
    max_examples=tries(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def tagged(project: Project, letter: Letter) -> tuple[Document, Coding]:
    """Three paragraphs, of which the first two are tagged together."""
    document = letter(*TEXT)
    end = document.paragraphs[1].end
    [coding] = project.codings.tag(document, 0, end, [project.codebook.add("Meeting")])
    return document, coding


def state(project: Project, document: Document) -> list[Coding]:
    return sorted(project.codings.of(document.id), key=lambda one: one.id)


def true_to_text(project: Project, document: Document) -> bool:
    return all(
        one.quote == document.text[one.start : one.end] and one.quote == one.quote.strip()
        for one in project.codings.of(document.id)
    )


@MANY
@given(PARAGRAPHS, st.data())
def test_whatever_is_done_words_are_those_of_the_text_and_undo_is_exact(
    project: Project, letter: Letter, parts: list[str], data: st.DataObject
) -> None:
    document = letter(*parts)
    code = next(iter(project.codebook.codes()), None) or project.codebook.add("Any")
    size = len(document.text)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        if document.text[start:end].strip():
            project.codings.tag(document, start, end, [code])
    codings = state(project, document)
    assume(codings)
    before, coding = codings, data.draw(st.sampled_from(codings))
    project.codings.write_memo(coding, "what I think")
    before = state(project, document)
    coding = project.codings.one(coding.id)
    act = data.draw(st.sampled_from(["split", "join", "end", "start"]))

    try:
        if act == "split":
            project.codings.split(coding, document, data.draw(st.integers(0, size)))
        elif act == "join":
            project.codings.join(project.codings.neighbours(coding, document), document)
        else:
            span = extend_by_word(
                document.text, coding.start, coding.end, act, data.draw(st.sampled_from([-1, 1]))
            )
            project.codings.resize(coding, document, *span)
    except Refused:
        assert state(project, document) == before
        return

    after = state(project, document)
    assert true_to_text(project, document)
    assert "what I think" in "\n".join(one.memo for one in after)
    if after != before:
        project.undo()
        assert state(project, document) == before
        project.redo()
        assert state(project, document) == after
    assert project.codings.mismatches() == []


def test_split_keeps_memo_with_the_first_and_the_rest_with_both(
    project: Project, tagged: tuple[Document, Coding]
) -> None:
    document, coding = tagged
    project.codings.write_memo(coding, "compare")
    project.codings.mark([coding], marked=True)
    project.codings.set_sensitive([coding], sensitive=True)

    first, second = project.codings.split(coding, document, document.paragraphs[1].start)

    assert (first.id, first.quote, first.memo) == (coding.id, TEXT[0], "compare")
    assert (second.quote, second.memo, second.created_at) == (TEXT[1], "", coding.created_at)
    assert {(one.marked, one.sensitive) for one in (first, second)} == {(True, True)}
    assert project.undo() == "Split the tag “Meeting”"


@pytest.mark.parametrize("place", [0, -1, 10_000])
def test_split_is_refused_where_it_would_leave_nothing(
    project: Project, tagged: tuple[Document, Coding], place: int
) -> None:
    document, coding = tagged
    with pytest.raises(Refused, match="cannot be split here"):
        project.codings.split(coding, document, coding.end if place < 0 else place)
    assert state(project, document) == [coding]


def test_halves_leave_white_space_out() -> None:
    coding = Coding("1", "d", "c", "k", 0, 9, "one   two", "")
    assert halves("one   two", coding, 4) == ((0, 3), (6, 9))
    assert halves("one   two", coding, 3) == ((0, 3), (6, 9))


@pytest.mark.parametrize(("place", "parted"), [(3, 3), (4, 4), (5, 4), (6, 7), (8, 8), (9, 8)])
def test_a_split_inside_a_word_goes_to_its_nearer_end(place: int, parted: int) -> None:
    text = "one two three"
    coding = Coding("1", "d", "c", "k", 0, 13, text, "")
    assert parted_at(text, coding, place) == parted


def test_neighbours_are_joined_with_their_memos_in_the_order_of_the_text(
    project: Project, tagged: tuple[Document, Coding]
) -> None:
    # Given two tags of one code with only a paragraph break between them, and one further on
    document, coding = tagged
    first, second = project.codings.split(coding, document, document.paragraphs[1].start)
    project.codings.write_memo(second, "later")
    project.codings.write_memo(first, "sooner")
    project.codings.mark([second], marked=True)
    code = project.codebook.at("Meeting")
    [far] = project.codings.tag(document, len(document.text) - 5, len(document.text), [code])

    # When the second is joined with its neighbours
    found = project.codings.neighbours(project.codings.one(second.id), document)
    [whole] = project.codings.join(found, document)

    # Then both are one, with all that was said of them, and what is far stays
    assert (whole.id, whole.memo, whole.marked) == (first.id, "sooner\nlater", True)
    assert (whole.start, whole.end) == (coding.start, coding.end)
    assert {one.id for one in state(project, document)} == {whole.id, far.id}
    assert project.undo() == "Join 2 tags “Meeting”"


def test_words_or_an_empty_paragraph_between_keep_tags_apart(
    project: Project, letter: Letter
) -> None:
    document, code = letter(*TEXT), project.codebook.add("Meeting")
    [one] = project.codings.tag(document, 0, 6, [code])
    project.codings.tag(document, 9, 14, [code])
    project.codings.tag(document, document.paragraphs[2].start, len(document.text), [code])
    assert project.codings.neighbours(one, document) == [one]
    with pytest.raises(Refused, match="no neighbouring tag"):
        project.codings.join([one], document)


def test_other_codes_and_other_coders_are_no_neighbours(project: Project, letter: Letter) -> None:
    document = letter(*TEXT)
    code, other = project.codebook.add("A"), project.codebook.add("B")
    [one] = project.codings.tag(document, 0, 6, [code])
    project.codings.tag(document, 7, 14, [other])
    project.as_coder("Ines")
    project.codings.tag(document, 7, 14, [code])
    assert project.codings.neighbours(one, document) == [one]


def test_of_many_those_side_by_side_are_joined_each_code_for_itself(
    project: Project, letter: Letter
) -> None:
    document = letter("one two three four five six")
    a, b = project.codebook.add("A"), project.codebook.add("B")
    for start, end in ((0, 3), (4, 7), (19, 23)):
        project.codings.tag(document, start, end, [a])
    project.codings.tag(document, 0, 7, [b])
    project.codings.tag(document, 8, 13, [b])

    every = project.codings.of(document.id)
    assert [len(run) for run in runs(document, every)] == [2, 2]
    made = project.codings.join(every, document)

    assert {one.quote for one in made} == {"one two", "one two three"}
    assert len(project.codings.of(document.id)) == 3
    project.undo()
    assert project.codings.of(document.id) == every


def test_a_coding_inside_another_goes_into_it(project: Project, letter: Letter) -> None:
    document, code = letter("one two three"), project.codebook.add("A")
    [wide] = project.codings.tag(document, 0, 13, [code])
    [inner] = project.codings.tag(document, 4, 7, [code])
    [whole] = project.codings.join([inner, wide], document)
    assert (whole.start, whole.end, whole.quote) == (0, 13, "one two three")


def test_a_memo_is_added_to_each_as_one_act(project: Project, letter: Letter) -> None:
    document = letter(*TEXT)
    made = project.codings.tag(document, 0, 6, [project.codebook.add(name) for name in "AB"])
    project.codings.write_memo(made[0], "first")
    project.codings.add_memo(made, "see SIC0003")
    assert sorted(one.memo for one in project.codings.of(document.id)) == [
        "first\nsee SIC0003",
        "see SIC0003",
    ]
    project.undo()
    assert sorted(one.memo for one in project.codings.of(document.id)) == ["", "first"]


def test_several_passages_are_tagged_as_one_act(project: Project, letter: Letter) -> None:
    document, code = letter(*TEXT), project.codebook.add("A")
    made = project.codings.tag_all(document, [(0, 6), (9, 14)], [code])
    assert [one.quote for one in made] == ["We run", "lunch"]
    project.undo()
    assert project.codings.of(document.id) == []


def test_anothers_is_not_parted_or_joined(
    project: Project, tagged: tuple[Document, Coding]
) -> None:
    document, coding = tagged
    project.as_coder("Ines")
    for act in (
        lambda: project.codings.split(coding, document, document.paragraphs[1].start),
        lambda: project.codings.join([coding], document),
        lambda: project.codings.add_memo([coding], "x"),
    ):
        with pytest.raises(Refused, match="This tag is Noor's"):
            act()
    assert state(project, document) == [coding]
