"""Each row of a survey's export becomes a submission, whatever service wrote it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Opened, Source, Use
from coder.domain.errors import Blank, Unreadable
from coder.domain.model import DocumentKind, Permission, RespondentType, Style
from coder.ingest.table import read_table
from coder.ingest.text import decode
from tests.ingest.test_grid import words, workbook

HERE = Path()


def opened(text: str, name: str = "export.csv", uses: tuple[Use, ...] = ()) -> Opened:
    found = read_table(Source(name, data=text.encode(), uses=uses), HERE)
    assert isinstance(found, Opened)
    return found


GOOGLE = """"Timestamp","What is your name?","Organisation","Type of organisation","Region",\
"What did you do?","What next?","May we publish your name?"
"2020/05/12 10:03:11 am GMT+1","Ann Lee","Helping Hands","Registered charity","North West",\
"We delivered food.

To 300 homes.","More of it.","Yes"
"2020/05/13 10:03:11 am GMT+1","Bob","","Individual","Wales","I shopped for neighbours.","","Hm"
"2020/05/14 10:03:11 am GMT+1","Cat","","Individual","Wales","-","","No"
"""


def test_a_row_becomes_a_submission_with_a_document_for_each_answer() -> None:
    found = opened(GOOGLE)

    (first, ann), (second, bob) = found.drafts
    assert (first, second) == ("row 2", "row 3")
    assert (ann.respondent, ann.organisation) == ("Ann Lee", "Helping Hands")
    assert (ann.type, ann.region) == (RespondentType.CHARITY, "North West")
    assert (ann.received, ann.channel) == ("2020-05-12T09:03:11Z", "survey")
    assert (ann.permission, bob.permission) == (Permission.NAMED, Permission.UNKNOWN)
    did, following = ann.documents
    assert (did.kind, did.title, did.question) == (
        DocumentKind.ANSWER, "What did you do?", "What did you do?",
    )  # fmt: skip
    assert did.text == "We delivered food.\nTo 300 homes."
    assert [did.text[one.start : one.end] for one in did.paragraphs] == did.text.split("\n")
    assert following.text == "More of it."
    assert [one.text for one in bob.documents] == ["I shopped for neighbours."]


def test_the_table_tells_how_it_was_taken_and_its_bytes_are_kept() -> None:
    found = opened(GOOGLE)

    assert found.table is not None
    assert found.keep
    assert found.table.rows == 3
    assert found.table.headings[1] == "What is your name?"
    assert found.table.uses[-3:] == (Use.QUESTION, Use.QUESTION, Use.PERMISSION)
    assert found.table.samples[1][1] == "Bob"


def test_a_row_without_an_answer_is_named_and_columns_set_aside_are_too() -> None:
    found = opened("ID,Name,Any comments?\n1,Jane,Yes!\n2,Bob,\n3,Cat,--\n4,Dan,No\n")

    assert [name for name, _ in found.drafts] == ["row 2", "row 5"]
    assert [problem.what for problem in found.problems] == [
        "2 rows hold no answer: 3–4.",
        "Not read as evidence, and kept in each row's original: “ID”.",
    ]


def test_a_rows_original_is_a_table_of_its_own() -> None:
    (_, draft), _ = opened(GOOGLE).drafts

    source = draft.documents[0].source
    assert source.name == "row 2 of export.csv"
    again = opened(decode(source.read()), "again.csv")
    assert again.drafts[0][1].documents[0].text == draft.documents[0].text
    assert {one.source for one in draft.documents} == {source}


def test_survey_monkeys_second_row_belongs_to_the_headings() -> None:
    found = opened(
        "Respondent ID,End Date,First Name,Last Name,Which do you use?,,,How was it?\n"
        ",,,,Food bank,Library,Other (please specify),Open-Ended Response\n"
        "114,05/13/2020 10:30:00 AM,Jane,Smith,Food bank,Library,,It was good for us.\n"
        "115,05/12/2020 10:30:00 AM,,,,,My choir,\n"
    )

    assert found.table is not None
    assert found.table.headings[5:] == (
        "Which do you use?: Library", "Which do you use?: Other (please specify)", "How was it?",
    )  # fmt: skip
    (name, jane), (_, other) = found.drafts
    assert (name, jane.respondent, jane.received) == ("row 3", "Jane Smith", "2020-05-13T10:30:00")
    assert [(one.question, one.text) for one in jane.documents] == [
        ("Which do you use?", "Food bank\nLibrary"), ("How was it?", "It was good for us."),
    ]  # fmt: skip
    assert [(one.question, one.text) for one in other.documents] == [
        ("Which do you use?: Other (please specify)", "My choir")
    ]


def test_a_persons_row_is_never_taken_for_headings() -> None:
    found = opened("Name,,How was it?\n,blue,It was good.\nBob,red,It was bad.\n")

    assert [draft.documents[-1].text for _, draft in found.drafts] == [
        "It was good.",
        "It was bad.",
    ]


def test_qualtrics_has_three_rows_of_headings() -> None:
    found = opened(
        "StartDate,RecordedDate,Q1,Q2\nStart Date,Recorded Date,What is your name?,How was it?\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""recordedDate""}",{},{}\n'
        "2020-05-12 10:00:00,2020-05-12 10:20:01,Jane,We met online every Tuesday.\n"
    )

    ((name, draft),) = found.drafts
    assert (name, draft.respondent, draft.received) == ("row 4", "Jane", "2020-05-12T10:20:01")
    assert draft.documents[0].question == "How was it?"


def test_a_title_above_the_headings_is_named() -> None:
    found = opened("Our survey\n\nName,How was it?\nJane,Good\n")

    assert found.drafts[0][0] == "row 4"
    assert found.problems[0].what == "Above the headings stands “Our survey”."


def test_ragged_rows_lose_nothing() -> None:
    found = opened(f"Name,How was it?\nJane,Good,{'and more of it ' * 4}\nBob\n")

    assert found.table is not None
    assert found.table.headings == ("Name", "How was it?", "Column 3")
    assert [one.text.strip() for one in found.drafts[0][1].documents] == [
        "Good", ("and more of it " * 4).strip(),
    ]  # fmt: skip


def test_what_a_person_says_of_the_columns_goes_first() -> None:
    text = "Colour,How was it?,Score\nred,Good,5\n"

    found = opened(text, uses=(Use.RESPONDENT, Use.ASIDE, Use.QUESTION))
    partly = opened(text, uses=(Use.ORGANISATION,))

    assert found.drafts[0][1].respondent == "red"
    assert [one.text for one in found.drafts[0][1].documents] == ["5"]
    assert partly.drafts[0][1].organisation == "red"
    assert partly.drafts[0][1].documents[0].text == "Good"


def test_a_list_of_posts_keeps_author_day_and_link_out_of_the_words() -> None:
    found = opened(
        "author,time,text,link\n"
        '@jane,2020-05-12T10:03:00Z,"We love it!\n#vol",https://example.org/1\n@bob,,Hm,\n'
    )

    (_, jane), (_, bob) = found.drafts
    (post,) = jane.documents
    assert (jane.channel, jane.respondent) == ("social", "@jane")
    assert (post.kind, post.text) == (DocumentKind.POST, "We love it!\n#vol")
    assert post.title == "@jane, 12 May 2020 · https://example.org/1"
    assert bob.documents[0].title == "@bob"


def test_a_table_without_questions_is_one_document() -> None:
    found = opened("Item,Price\nApple,1.2\nPear,2.3\n")

    ((_, draft),) = found.drafts
    (document,) = draft.documents
    assert document.text == "Item\tPrice\nApple\t1.2\nPear\t2.3"
    assert {one.style for one in document.paragraphs} == {Style.TABLE}
    assert found.table is not None


def test_a_table_inside_something_else_is_one_document() -> None:
    draft = read_table(Source("export.csv", data=GOOGLE.encode()), None)

    assert isinstance(draft, Draft)
    assert "We delivered food. To 300 homes." in draft.documents[0].text


def test_a_workbook_is_read_like_a_text() -> None:
    rows = f'<row r="1">{words("A1", "Name")}{words("B1", "How was it?")}</row>'
    rows += f'<row r="2">{words("A2", "Zoë")}{words("B2", "Good")}</row>'

    found = read_table(Source("export.xlsx", data=workbook(Data=rows)), HERE)

    assert isinstance(found, Opened)
    ((name, draft),) = found.drafts
    assert (name, draft.respondent, draft.documents[0].text) == ("row 2", "Zoë", "Good")
    assert draft.documents[0].source.name == "row 2 of export.csv"


def test_other_sheets_of_a_survey_are_named() -> None:
    rows = f'<row r="1">{words("A1", "Name")}{words("B1", "How was it?")}</row>'
    rows += f'<row r="2">{words("A2", "Zoë")}{words("B2", "Good")}</row>'
    more = f'<row r="1">{words("A1", "Notes")}</row>'

    found = read_table(Source("export.xlsx", data=workbook(Data=rows, Codes=more)), HERE)

    assert [one.what for one in found.problems] == [
        "Only the sheet “Data” was read. Not read: “Codes” (1 row)."
    ]


def test_an_attached_workbook_gives_every_sheet_below_its_name() -> None:
    first = f'<row r="1">{words("A1", "Costs")}{words("B1", "12")}</row>'
    second = f'<row r="1">{words("A1", "Why we say so")}</row>'
    source = Source("annex.xlsx", data=workbook(Costs=first, Reasons=second))

    draft = read_table(source, None)

    assert isinstance(draft, Draft)
    (document,) = draft.documents
    assert document.text == "Costs\nCosts\t12\nReasons\nWhy we say so"
    assert document.paragraphs[2].style is Style.HEADING


def test_a_letter_in_a_spreadsheet_is_a_letter() -> None:
    rows = f'<row r="1">{words("A1", "Dear Committee,")}</row>'
    rows += f'<row r="3">{words("A3", "We helped.")}</row>'

    draft = read_table(Source("letter.xlsx", data=workbook(Sheet1=rows)), HERE)

    assert isinstance(draft, Draft)
    assert draft.documents[0].text == "Dear Committee,\nWe helped."


def test_headings_alone_are_blank() -> None:
    with pytest.raises(Blank, match="no row below"):
        opened("Name,How was it?\n")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([
            b"Name", b"How was it?", b",", b",", b"\n", b"\n", b'"', b";", b"\t", b"12/05/2020",
            b'{"ImportId":1}', b"Response", b"Yes", b"\xff", b"\0", b"\xef\xbb\xbf", b"43963",
            b"\xe2\x80\xa8", b"text", b"@jane", b"word " * 20,
        ])
        | st.binary(max_size=6),
        max_size=40,
    ),
    st.lists(st.sampled_from(Use), max_size=4),
)  # fmt: skip
def test_any_bytes_give_rows_or_are_unreadable(parts: list[bytes], uses: list[Use]) -> None:
    source = Source("export.csv", data=b"".join(parts), uses=tuple(uses))

    try:
        found = read_table(source, HERE)
    except Unreadable:
        return

    if isinstance(found, Draft):
        assert found.documents[0].text
        return
    assert found.table is not None
    assert len(found.table.uses) == len(found.table.headings)
    assert all(draft.documents for _, draft in found.drafts)


def test_a_list_of_things_is_one_document_and_can_be_mapped_all_the_same(tmp_path: Path) -> None:
    rows = "".join(f"part {n}.pdf\tThe council published it late in {n}\n" for n in range(9))
    source = Source("list.tsv", data=f"file\tnote\n{rows}".encode())

    found = read_table(source, tmp_path)
    mapped = read_table(replace(source, uses=(Use.RESPONDENT, Use.QUESTION)), tmp_path)

    assert isinstance(found, Opened)
    assert isinstance(mapped, Opened)
    assert (len(found.drafts), len(mapped.drafts)) == (1, 9)
    assert found.table is not None


def test_words_for_a_type_that_nobody_knows_are_named() -> None:
    found = opened("Your view?,Sector\nIt is good here.,Charity\nIt is bad here.,Astrology\n")

    [problem] = found.problems
    assert problem.what == (
        "Skipped: in “Sector”, words that name no known type of respondent: “Astrology”."
        " The type of these rows stays unknown."
    )
