"""What a reader of an RTF file sees comes out, once and in order, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import Style
from coder.ingest.rich_text.rtf import read_rtf, rtf_text


def text_of(inside: str) -> str:
    return rtf_text(rf"{{\rtf1\ansi {inside}}}".encode("latin-1"))


def read(inside: str):
    return read_rtf(Source("letter.rtf", data=rf"{{\rtf1\ansi {inside}}}".encode("latin-1")))


FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}"
    r"{\f3\fcharset128 Gothic;}{\f4\fcharset2 Wingdings;}}"
)


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (r"one\par two\line three", "one\ntwo\nthree"),
        ("o\r\nne \\par\r\ntwo", "one \ntwo"),
        (r"\lquote a\rquote \emdash b\~c\_d\{\}\\", "‘a’—b\N{NO-BREAK SPACE}c‑d{}\\"),
        (r"{\b bold}{\v hidden}{\deleted gone}{\revised new}", "boldnew"),
        (r"a\v no\v0 b\v no\plain c", "abc"),
        (r"{\info{\title no}}{\*\unheard no}{\xe no}a", "a"),
        (r"a{\pict\bin4 }}{{after}b", "ab"),
        (r"a\bin4 }}{{b", "ab"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (r"{\field{\*\fldinst SYMBOL 252 \\f Wingdings}{\fldrslt}}", "✓"),
        (r"{\upr{plain}{\*\ud{\u8217'}}}", "’"),
        (r"{\object{\*\objdata 00}{\result shown}}", "shown"),
        (r"{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}a", "a"),
        (r"{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}}{\mnum{\mr a}}{\mden{\mr b}}}}}", "a/b"),
        (r"{\list{\listname List1;}}a", "a"),
    ],
)
def test_what_is_seen_comes_out_and_what_is_not_stays_away(inside: str, seen: str) -> None:
    assert text_of(inside) == seen


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (r"\u8364?x", "€x"),
        (r"\u8364\'80x", "€x"),
        (r"\uc0\u8364 x", "€x"),
        (r"\uc2\u8364??x", "€x"),
        (r"{\uc0 a}\u8364?x", "a€x"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u8364\par x", "€\nx"),
        (FONTS + r"\f0 \'e9 \f1 \'cf\'f0\'e8\'e2\'e5\'f2", "é Привет"),
        (FONTS + r"\f3 \'93\'fa\'96\'7b\f0 \'e9", "日本é"),
        (FONTS + r"\f2 \'b7\f4 \'fe\f0 x", "•☑x"),
        (r"\ansicpg1251 \'cf", "П"),
        (r"\mac \'8e", "é"),
    ],
)
def test_letters_are_read_in_the_code_page_of_their_font_and_once(inside: str, seen: str) -> None:
    assert text_of(inside) == seen


def test_a_row_is_a_paragraph_and_a_single_cell_is_a_frame() -> None:
    text, paragraphs, _ = read(
        r"before\par \trowd\pard\intbl A\cell B\par C\cell\row"
        r"\trowd\pard\intbl framed\par twice\cell\row\pard after\par"
    )

    assert text == "before\nA\tB\nC\nframed\ntwice\nafter"
    assert [paragraph.style for paragraph in paragraphs] == [
        Style.BODY,
        Style.TABLE,
        Style.BODY,
        Style.BODY,
        Style.BODY,
    ]


def test_a_table_inside_a_cell_keeps_its_rows_in_that_cell() -> None:
    assert text_of(
        r"\pard\intbl outer\par\itap2 a\nestcell b\nestcell"
        r"{\*\nesttableprops\nestrow}{\nonesttables\par}\pard\intbl\itap1\cell right\cell\row"
    ) == ("outer\na\tb\tright")


def test_a_table_that_breaks_off_loses_no_words() -> None:
    assert text_of(r"\pard\intbl one\cell two\cell three") == "one\ttwo\tthree"


def test_notes_comments_and_new_words_in_the_margins_follow_the_text() -> None:
    text, paragraphs, _ = read(
        r"{\header Parish council, page {\field{\*\fldinst PAGE}{\fldrslt 1}}}{\footer Body}"
        r"Body{\super\chftn}{\footnote{\chftn} first} and{\chftn}{\footnote\ftnalt second}"
        r"{\*\atnid A}{\*\atnauthor Ann}\chatn{\*\annotation{\*\atndate 1}{\chatn} really?}\par"
    )

    assert text == (
        "Body¹ and²\n¹ first\n² second\nComment (Ann): really?\nHeader: Parish council, page 1"
    )
    assert {paragraph.style for paragraph in paragraphs[1:]} == {Style.NOTE}


def test_notes_that_older_readers_may_skip_are_read() -> None:
    text = text_of(r"Body{\super\chftn{\*\footnote\chftn\pard first}} ends\par")

    assert text == "Body¹ ends\n¹ first"


def test_a_field_without_a_result_shows_what_its_code_says() -> None:
    field = r"{\field{\*\fldinst MACROBUTTON  None Your answer}}"
    ruby = r"{\field{\*\fldinst { EQ \\o\\al(\\s\\up 11(above),base)}}{\fldrslt {}}}"

    assert text_of(f"{field}, {ruby}{{\\v {field}}}\\par") == "Your answer, base(above)"


def test_a_text_box_comes_out_once_behind_the_paragraph_it_hangs_on() -> None:
    assert text_of(
        r"a{\shp{\*\shpinst{\sp{\sn x}{\sv no}}{\sp{\sn gtextUNICODE}{\sv Art}}{\shptxt box\par}}"
        r"{\shprslt{\*\do{\dptxbxtext box}}}} b\par c{\*\do{\dptxbxtext old}}"
    ) == ("a b\nArt\nbox\nc\nold")


def test_list_numbers_and_headings_are_kept() -> None:
    text, paragraphs, _ = read(
        r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Rubrik;}}"
        r"\pard\s1 One\par\pard\s2 Two\par\pard{\listtext\pard\plain 7.\tab}seven\par"
        r"\pard{\pntext\'b7\tab}dot\par\pard plain"
    )

    assert text == "One\nTwo\n7.\tseven\n•\tdot\nplain"
    assert [paragraph.style for paragraph in paragraphs] == [
        Style.HEADING,
        Style.HEADING,
        Style.LIST,
        Style.LIST,
        Style.BODY,
    ]


@pytest.mark.parametrize(
    ("field", "seen"),
    [
        (r"FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres1}}", "☒"),
        (r"FORMCHECKBOX{\*\formfield{\fftype1\ffres0\ffdefres1}}", "☐"),
        (r"FORMDROPDOWN{\*\formfield{\fftype2\ffres1{\*\ffl no}{\*\ffl yes}}}", "yes"),
    ],
)
def test_forms_show_what_was_chosen(field: str, seen: str) -> None:
    assert text_of(rf"{{\field{{\*\fldinst {field}}}{{\fldrslt }}}}") == seen


def test_what_is_not_read_is_counted() -> None:
    _, _, problems = read(r"a{\pict 00}{\*\shppict{\pict 00}}{\object{\result{\pict 00}}}")

    assert problems == ("2 pictures are not read.", "1 embedded file is not read.")


def test_a_file_that_breaks_off_is_read_up_to_there_and_says_so() -> None:
    text, _, problems = read_rtf(Source("a.rtf", data=rb"{\rtf1 one{\b two"))

    assert text == "onetwo"
    assert problems == ("The file breaks off before its end; what there is of it was read.",)


def test_a_brace_too_many_does_not_end_the_text() -> None:
    assert rtf_text(rb"{\rtf1 one}} two\par three}") == "one two\nthree"


@pytest.mark.parametrize("data", [b"", b"plain", b"{\\rtf1 " + b"{" * 20_000])
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"letter\.rtf"):
        read_rtf(Source("letter.rtf", data=data))


PIECES = [
    *(
        r"\par ",
        r"\cell ",
        r"\row ",
        r"\nestcell ",
        r"\nestrow ",
        r"\intbl ",
        r"\itap3 ",
        r"\pard ",
    ),
    *(r"{\footnote ", r"{\shptxt ", r"{\pict ", r"{\fonttbl ", r"{\stylesheet ", r"{\listtext "),
    *(r"{\*\fldinst ", r"{\*\formfield ", r"{\*\ffl ", r"{\*\annotation ", r"{\*\moMath "),
    *("{", "}", r"\u-5?", r"\'ff", r"\bin3 ", r"\f1 ", r"\itap99999999 ", "word ", "\\", r"{\sv "),
    *(r"\chftn ", r"\fcharset2 ", r"\ansicpg932 "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=150, deadline=None)
def test_tokens_in_any_order_give_paragraphs_that_are_the_text(pieces: list[str]) -> None:
    text, paragraphs, _ = read("".join(pieces))

    assert "\n".join(text[part.start : part.end] for part in paragraphs) == text


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_text_or_a_known_error(data: bytes) -> None:
    assert isinstance(rtf_text(b"{\\rtf1 " + data), str)


def test_every_real_file_is_read_and_nothing_of_its_code_shows(corpus: Path) -> None:
    for path in sorted((corpus / "rtf").iterdir()):
        text, _, _ = read_rtf(Source.of(path))

        assert "\\par" not in text
        assert "fcharset" not in text
