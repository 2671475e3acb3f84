"""A call for evidence becomes a codebook."""

import json
import os
from pathlib import Path

import pytest

from coder import places
from coder.domain.draft import DraftCode, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.ingest.call import read_call, read_template, short, unique

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).parents[2].parent / "shared"))
SEEDS = SHARED / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared papers are not here")


def call(text, name="call.txt"):
    return read_call(Source(name, data=text.encode()))


def shape(codes):
    return [(code.name, [child.name for child in code.children]) for code in codes]


def test_headings_become_themes_with_their_questions_under_them():
    codes = call(
        "# Call for evidence\n\nWe want to hear from you.\n\n"
        "## **Parks**\n\n- What do parks do for you?\n- Who is *missing* there?\n\n"
        "## Buses\n\n1. How often do you ride?\n2. Why? Please give reasons.\n\n"
        "## About us\n\nWho are we?\n"
    )
    assert shape(codes) == [
        ("Parks", ["What do parks do for you?", "Who is missing there?"]),
        ("Buses", ["How often do you ride?", "Why?"]),
    ]
    assert codes[1].children[1].definition == "Why? Please give reasons."


def test_questions_without_a_heading_stand_at_the_top():
    codes = call(
        "Write to [us](mailto:a@b.example).\n\nQuestions\n\nWhat has changed?\n\n"
        "Who could help, and how? What would they need?\n\nThank you."
    )
    assert [code.definition for code in codes] == [
        "What has changed?",
        "Who could help, and how? What would they need?",
    ]


def test_an_announced_theme_defines_the_heading_that_shares_its_word_and_stands_alone_otherwise():
    codes = call(
        "The inquiry has three themes:\n\n"
        "- How can libraries bring people together?\n"
        "- What can sport clubs do for people?\n"
        "- How might the good be sustained?\n\n"
        "## Libraries and people\n\n- What is your library like?\n\n"
        "## Sport for people\n\n- Which club do you know?\n"
    )
    assert shape(codes) == [
        ("Libraries and people", ["What is your library like?"]),
        ("Sport for people", ["Which club do you know?"]),
        ("How might the good be sustained?", []),
    ]
    assert codes[0].definition == "How can libraries bring people together?"
    assert codes[2].definition == "How might the good be sustained?"


def test_a_question_in_the_middle_of_prose_is_no_code():
    with pytest.raises(EvidenceError, match=r"No questions were found in “call\.txt”"):
        call("We asked ourselves: why now? The answer is in this report.\n\nIt is long.")


def test_a_file_that_is_none_is_named():
    with pytest.raises(Unreadable, match=r"“empty\.txt”"):
        call("", "empty.txt")


def test_names_are_cut_at_a_word_and_keep_to_sixty_characters():
    question = "What policy change and practical action are needed to address social divisions?"
    assert short(question) == "What policy change and practical action are needed to…"
    assert len(short("x" * 200)) == 60


def test_names_among_siblings_differ():
    codes = unique([DraftCode("Why?", "a"), DraftCode("why?", "b"), DraftCode("Why?", "c")])
    assert [code.name for code in codes] == ["Why?", "why? (2)", "Why? (3)"]


@needs_seeds
def test_part_two_gives_its_themes_with_their_questions():
    codes = read_call(Source.of(next(SEEDS.glob("000_*"))))
    assert [(code.name, len(code.children)) for code in codes] == [
        ("Social connection, integration and social infrastructure", 5),
        ("Business involvement in work to promote social connection…", 4),
        ("Volunteering", 6),
        ("Positive changes in relation to social connection and…", 0),
    ]
    assert "goodwill of volunteers" in codes[2].definition
    assert "thinks about their role" in codes[1].definition


@needs_seeds
def test_part_one_gives_its_five_questions():
    codes = read_call(Source.of(next(SEEDS.glob("001_*"))))
    assert len(codes) == 5
    assert codes[0].definition == (
        "What issues has the COVID-19 crisis raised for socially isolated groups?"
    )
    assert not any(code.children for code in codes)


@needs_seeds
@pytest.mark.parametrize("paper", ["002", "003", "004"])
def test_the_other_papers_give_the_questions_that_they_repeat(paper):
    codes = read_call(Source.of(next(SEEDS.glob(f"{paper}_*"))))
    assert "Who is at risk of social isolation?" in [code.name for code in codes]
    assert all("?" in code.definition or "What" in code.definition for code in codes)


def test_the_shipped_template_has_the_four_themes_each_defined_and_divided():
    themes = read_template(places.resources() / "themes.json")
    assert [theme.name for theme in themes] == [
        "Social connection and infrastructure",
        "Business",
        "Volunteering",
        "Sustaining change",
    ]
    for theme in themes:
        assert 3 <= len(theme.children) <= 6
        for code in (theme, *theme.children):
            assert code.definition
            assert code.use_when
            assert code.not_when


@pytest.mark.parametrize("content", ["{", '{"name": "x"}', '[{"definition": "nameless"}]', "[1]"])
def test_a_file_that_is_no_template_is_named(tmp_path, content):
    path = tmp_path / "codes.json"
    path.write_text(content)
    with pytest.raises(Unreadable, match=r"“codes\.json” is not a codebook template"):
        read_template(path)


def test_a_template_may_leave_out_all_but_the_names(tmp_path):
    path = tmp_path / "codes.json"
    path.write_text(json.dumps([{"name": "A", "children": [{"name": "B"}]}]))
    assert read_template(path) == (DraftCode("A", children=(DraftCode("B"),)),)
