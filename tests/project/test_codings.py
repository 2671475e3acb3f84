"""Codings hold their exact words, in any script, and belong to who made them."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Document
from coder.project import Project
from coder.project.codings import trimmed
from tests.effort import tries

Letter = Callable[..., Document]
TEXT = "We volunteer. We volunteer again. 🎉"
ANY = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("ab é🎉👩‍👧e\u0301\u0308\u200f\u202eאבعر\r\n\t\u2028\x02"),
    ),
    min_size=1,
    max_size=30,
)


@settings(
    max_examples=tries(50),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ANY.filter(str.strip), min_size=1, max_size=4), st.data())
def test_a_coding_is_its_words_wherever_one_looks(
    project: Project, letter: Letter, parts: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(parts)))
    document = letter(*parts[:place], f"{parts[0]} Zettelkasten 🎉", *parts[place:])
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    assume(document.text[start:end].strip())
    code = _code(project)

    [coding] = project.codings.tag(document, start, end, [code])
    kept = project.document(document.id)
    [quote] = [q for q in project.quotes.select() if q.id == coding.id]
    context = project.quotes.context(quote, around=5)
    [hit] = [h for h in project.find("Zettelkasten") if h.document_id == document.id]

    assert kept == document
    assert coding.quote == document.text[start:end].strip()
    assert document.text[coding.start : coding.end] == coding.quote == quote.quote
    assert f"{context.before}{quote.quote}{context.after}" in document.text
    assert document.text[hit.start : hit.end] == "Zettelkasten"
    assert project.codings.mismatches() == []


def _code(project: Project):
    codes = project.codebook.codes()
    return codes[0] if codes else project.codebook.add("Any")


@given(st.text(st.sampled_from(" \t\r\n\u00a0\u2028ab🎉"), max_size=12), st.data())
def test_white_space_at_the_ends_is_left_out(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(-3, len(text)))
    end = data.draw(st.integers(start, len(text) + 3))
    words = text[max(0, start) : max(0, end)]
    if not words.strip():
        with pytest.raises(Refused, match="No words are selected"):
            trimmed(text, start, end)
        return

    first, last = trimmed(text, start, end)

    assert text[first:last] == words.strip()
    assert max(0, start) <= first < last <= end


def test_backwards_and_empty_selections_are_refused(project: Project, letter: Letter) -> None:
    document, code = letter(TEXT), project.codebook.add("A")
    for start, end in ((12, 3), (3, 3), (2, 3), (500, 600)):
        with pytest.raises(Refused, match="No words are selected"):
            project.codings.tag(document, start, end, [code])
    assert project.codings.of(document.id) == []


def test_several_codes_are_one_act(project: Project, letter: Letter) -> None:
    document = letter(TEXT)
    codes = [project.codebook.add(name) for name in "AB"]

    made = project.codings.tag(document, 3, 12, codes)

    assert [coding.code_id for coding in made] == [code.id for code in codes]
    assert project.undo() == "Tag “A”, “B”"
    assert project.codings.of(document.id) == []


def test_the_same_code_on_the_same_words_is_one(project: Project, letter: Letter) -> None:
    document, code = letter(TEXT), project.codebook.add("A")

    first = project.codings.tag(document, 3, 12, [code, code])
    again = project.codings.tag(document, 2, 12, [code])

    assert {coding.id for coding in [*first, *again]} == {first[0].id}
    assert project.codings.of(document.id) == first[:1]
    assert len(project.history()) == 4


def test_words_are_tagged_where_they_stand(project: Project, letter: Letter) -> None:
    document = letter(TEXT)

    def make(tx):
        return project.codebook.ensure(tx, "Helping/Volunteers")

    second = project.codings.tag_words(document, " We volunteer ", 1, make)

    assert (second.start, second.end, second.quote) == (14, 26, "We volunteer")
    assert project.codings.tag_words(document, "We volunteer", 2, make).id == second.id
    assert project.codings.tag_words(document, "We volunteer", 1, make).start == 0
    assert project.codings.tag_words(document, "🎉", 1, make).quote == "🎉"


@pytest.mark.parametrize(
    ("words", "nth"), [("We run", 1), ("We volunteer", 3), ("", 1), (" ", 1), ("We volunteer", 0)]
)
def test_words_that_are_not_there_make_nothing(
    project: Project, letter: Letter, words: str, nth: int
) -> None:
    document, history = letter(TEXT), len(project.history())

    with pytest.raises(NotFound, match=r"“letter\.txt” does not contain"):
        project.codings.tag_words(
            document, words, nth, lambda tx: project.codebook.ensure(tx, "New")
        )

    assert project.codebook.codes() == []
    assert len(project.history()) == history


def test_a_new_code_and_its_coding_are_one_act(project: Project, letter: Letter) -> None:
    document = letter(TEXT)
    project.tag_with_new_code(document, 3, 12, "New")
    assert project.next_labels()[0] == "Tag “New”"
    assert len(project.codings.of(document.id)) == 1

    project.undo()

    assert project.codebook.codes() == []
    assert project.codings.of(document.id) == []


def test_anothers_coding_is_never_changed(project: Project, letter: Letter) -> None:
    document, code, other = letter(TEXT), project.codebook.add("A"), project.codebook.add("B")
    [theirs] = project.codings.tag(document, 3, 12, [code])
    project.as_coder("Ines")
    [mine] = project.codings.tag(document, 3, 12, [code])
    assert mine.id != theirs.id

    for act in (
        lambda: project.codings.untag([mine, theirs]),
        lambda: project.codings.recode([theirs], other),
        lambda: project.codings.resize(theirs, document, 0, 2),
        lambda: project.codings.write_memo(theirs, "x"),
    ):
        with pytest.raises(Refused, match="This tag is Noor's"):
            act()

    assert sorted(project.codings.of(document.id), key=lambda one: one.id) == sorted(
        [mine, theirs], key=lambda one: one.id
    )


def test_anyone_may_mark_a_passage_or_keep_it_in(project: Project, letter: Letter) -> None:
    [theirs] = project.codings.tag(letter(TEXT), 3, 12, [project.codebook.add("A")])
    project.as_coder("Ines")

    project.codings.mark([theirs], marked=True)
    project.codings.set_sensitive([theirs], sensitive=True)

    kept = project.codings.one(theirs.id)
    assert (kept.marked, kept.sensitive, kept.coder_id) == (True, True, theirs.coder_id)


def test_a_recoded_or_resized_coding_joins_its_twin(project: Project, letter: Letter) -> None:
    document, a, b = letter(TEXT), project.codebook.add("A"), project.codebook.add("B")
    [on_a, on_b] = project.codings.tag(document, 3, 12, [a, b])
    [wide] = project.codings.tag(document, 0, 12, [b])
    project.codings.write_memo(on_a, "first")
    project.codings.write_memo(wide, "second")

    project.codings.recode([on_a], b)
    joined = project.codings.resize(wide, document, 3, 12)

    assert project.codings.of(document.id) == [joined]
    assert (joined.id, joined.memo) == (on_b.id, "first\nsecond")


def test_recoding_several_alike_leaves_one(project: Project, letter: Letter) -> None:
    document = letter(TEXT)
    codes = [project.codebook.add(name) for name in "AB"]
    made = project.codings.tag(document, 3, 12, codes)

    project.codings.recode(made, project.codebook.add("C"))

    assert len(project.codings.of(document.id)) == 1


def test_a_resized_coding_has_its_new_words(project: Project, letter: Letter) -> None:
    document = letter(TEXT)
    [coding] = project.codings.tag(document, 3, 12, [project.codebook.add("A")])

    moved = project.codings.resize(coding, document, 0, 13)

    assert moved.id == coding.id
    assert moved.quote == "We volunteer."
    assert project.undo() == "Change the ends of “A”"
    assert project.codings.of(document.id) == [coding]


def test_what_one_saw_earlier_takes_nothing_back(project: Project, letter: Letter) -> None:
    [seen] = project.codings.tag(letter(TEXT), 3, 12, [project.codebook.add("A")])
    project.codings.write_memo(seen, "since then")

    project.codings.mark([seen], marked=True)

    assert project.codings.one(seen.id).memo == "since then"


def test_a_coding_that_has_gone_stays_gone(project: Project, letter: Letter) -> None:
    document, code = letter(TEXT), project.codebook.add("A")
    [seen] = project.codings.tag(document, 3, 12, [code])
    project.codings.untag([seen])

    for act in (
        lambda: project.codings.untag([seen]),
        lambda: project.codings.recode([seen], code),
        lambda: project.codings.mark([seen], marked=True),
        lambda: project.codings.write_memo(seen, "x"),
    ):
        with pytest.raises(NotFound, match="no longer there"):
            act()

    assert project.codings.find(seen.id) is None
    assert project.codings.of(document.id) == []


def test_tagging_with_a_code_that_has_gone_is_refused(project: Project, letter: Letter) -> None:
    document, code = letter(TEXT), project.codebook.add("A")
    project.codebook.delete(code)

    with pytest.raises(Refused, match="was not done"):
        project.codings.tag(document, 3, 12, [code])

    assert project.verify() == []


def test_words_that_are_not_in_their_text_are_found(project: Project, letter: Letter) -> None:
    document = letter(TEXT)
    project.codings.tag(document, 3, 12, [project.codebook.add("A")])
    moved = unicodedata.normalize("NFD", document.text).replace("volunteer", "Volunteer")

    writer = project._store._writer
    writer.execute("UPDATE documents SET text = ?", (moved,))

    assert project.codings.mismatches() == [
        "SIC0001, “letter.txt”: the text does not say “volunteer”, which is coded there."
    ]
    assert len(project.verify()) == 2


def test_codings_are_found_by_their_words(project: Project, letter: Letter) -> None:
    # Given words said twice, tagged by two coders in the second place
    document, code = letter(TEXT), project.codebook.add("A")
    for name in ("Noor", "Ines"):
        project.as_coder(name)
        project.codings.tag_words(document, "We volunteer", 2, lambda _: code)

    # When they are asked for by words, then place, code and white space decide
    found = project.codings.on_words(document, " We volunteer ", 1, code)
    assert {coding.coder_id for coding in found} == {coder.id for coder in project.coders()}
    assert project.codings.on_words(document, "We volunteer", 1, code) == []
    assert project.codings.on_words(document, "We volunteer", 2, project.codebook.add("B")) == []
    with pytest.raises(NotFound, match="does not contain “We sing”"):
        project.codings.on_words(document, "We sing", 1, code)
