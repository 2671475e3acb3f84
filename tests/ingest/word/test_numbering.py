"""The list numbers that Word only shows are computed as Word computes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.domain.draft import Source
from coder.domain.model import Style
from coder.ingest.word.docx import read_docx
from coder.ingest.word.numbering import formatted

WordFile = Callable[..., Source]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, name: str = "1") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels: str, name: str = "0") -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: str, of: str = "0", more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def lines(source: Source) -> list[str]:
    return read_docx(source)[0].split("\n")


def styles_of(source: Source) -> list[Style]:
    return [paragraph.style for paragraph in read_docx(source)[1]]


def test_list_numbers_are_counted_over_levels_and_restart(word_file: WordFile) -> None:
    numbering = definition(level(0, "decimal", "%1."), level(1, "lowerLetter", "%1.%2)")) + num("1")
    inside = "".join(
        [listed("a"), listed("b", 1), listed("c", 1), p("between"), listed("d"), listed("e", 1)]
    )
    source = word_file(inside, numbering=numbering)

    assert lines(source) == ["1.\ta", "1.a)\tb", "1.b)\tc", "between", "2.\td", "2.a)\te"]
    assert styles_of(source) == [Style.LIST] * 3 + [Style.BODY] + [Style.LIST] * 2


def test_lists_share_their_count_unless_one_is_told_to_start_over(word_file: WordFile) -> None:
    numbering = (
        definition(level(0, "upperRoman", "%1"))
        + num("1")
        + num("2")
        + num("3", more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>')
    )
    inside = "".join(listed("x", name=name) for name in ("1", "2", "3", "3", "1"))

    assert lines(word_file(inside, numbering=numbering)) == [
        "I\tx", "II\tx", "IV\tx", "V\tx", "VI\tx",
    ]  # fmt: skip


def test_levels_that_were_skipped_count_as_met(word_file: WordFile) -> None:
    numbering = definition(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num("1")
    source = word_file(listed("a", 1) + listed("b"), numbering=numbering)

    assert lines(source) == ["1.1\ta", "2\tb"]


def test_a_level_may_go_on_across_its_parents(word_file: WordFile) -> None:
    numbering = definition(
        level(0, "decimal", "%1"), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    ) + num("1")
    inside = listed("a") + listed("b", 1) + listed("c") + listed("d", 1)

    assert lines(word_file(inside, numbering=numbering)) == ["1\ta", "(1)\tb", "2\tc", "(2)\td"]


def test_styles_carry_lists_and_paragraphs_can_leave_them(word_file: WordFile) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="para"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="sub"><w:basedOn w:val="para"/></w:style>'
    )
    numbering = definition(
        level(0, "decimal", "%1.", '<w:pStyle w:val="para"/>'),
        level(1, "decimalZero", "%1.%2", '<w:pStyle w:val="sub"/>'),
    ) + num("1")
    left = '<w:pStyle w:val="para"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    inside = p("a", '<w:pStyle w:val="para"/>') + p("b", '<w:pStyle w:val="sub"/>') + p("c", left)

    source = word_file(inside, styles=styles, numbering=numbering)

    assert lines(source) == ["1.\ta", "1.01\tb", "c"]


def test_bullets_of_any_font_are_one_bullet_and_lists_can_link_to_a_list_style(
    word_file: WordFile,
) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="S"/>'
        f"{level(0, 'bullet', chr(0xF0B7))}</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        + num("1", of="1")
    )

    assert lines(word_file(listed("a"), numbering=numbering)) == ["•\ta"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "1 4 28 112"),
        ("decimalZero", "01 04 28 112"),
        ("lowerLetter", "a d bb hhhhh"),
        ("upperRoman", "I IV XXVIII CXII"),
        ("ordinal", "1st 4th 28th 112th"),
        ("none", "   "),
        ("chicago", "1 4 28 112"),
    ],
)
def test_counts_are_shown_in_the_formats_of_word(form: str, shown: str) -> None:
    assert " ".join(formatted(count, form) for count in (1, 4, 28, 112)) == shown
