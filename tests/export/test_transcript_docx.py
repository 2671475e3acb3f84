"""A transcript as a Word file that Word opens: turns, times, pauses, and what the paper is."""

from __future__ import annotations

import io

from docx import Document

from coder import places
from coder.domain.pauses import pauses
from coder.domain.segments import laid_out
from coder.export.transcript_docx import write
from coder.export.transcript_sheet import Sheet
from tests.export.sheets import sheet_of, timed

TEMPLATE = places.resources() / "pack.docx"
SAID = laid_out(
    [
        timed(0, 900, "Yes & <no>.", "Ann"),
        timed(4_900, 6_000, "And more.", "Ann"),
        timed(9_000, 9_900, "שלום עולם", "Chair"),
    ]
)


def paragraphs(sheet: Sheet) -> list[tuple[str, str]]:
    document = Document(io.BytesIO(write(sheet, TEMPLATE)))
    return [(one.style.name, one.text) for one in document.paragraphs]


def test_turns_stand_below_speaker_and_time() -> None:
    told = paragraphs(sheet_of(SAID, pauses=tuple(pauses(SAID))))

    assert told[-6:-1] == [
        ("Turn", "Ann  00:00"),
        ("Normal", "Yes & <no>. [pause, 4 seconds] And more."),
        ("Normal", "[pause, 3 seconds]"),
        ("Turn", "Chair  00:09"),
        ("Normal", "שלום עולם"),
    ]


def test_without_times_only_the_speaker_is_named() -> None:
    told = paragraphs(sheet_of(SAID, times=False))

    assert [text for style, text in told if style == "Turn"] == ["Ann", "Chair"]


def test_it_begins_with_what_it_is_and_says_so_on_every_page() -> None:
    sheet = sheet_of(SAID)
    document = Document(io.BytesIO(write(sheet, TEMPLATE)))
    head = [one.text for one in document.paragraphs[:5]]

    assert head[:2] == ["Transcript · Loneliness", "SIC0031 · film"]
    assert head[3].startswith("Internal, not for publication")
    assert document.paragraphs[5].runs[0].style.name == "Remark"
    assert "internal" in document.sections[0].header.paragraphs[0].text


def test_words_from_right_to_left_are_set_from_the_right() -> None:
    document = Document(io.BytesIO(write(sheet_of(SAID), TEMPLATE)))
    last = document.paragraphs[-2]

    assert last._p.pPr is not None
    assert "bidi" in last._p.pPr.xml


def test_signs_that_xml_forbids_are_left_out() -> None:
    told = paragraphs(sheet_of([timed(0, 900, "a\x01b\ufffe", "A\x00nn")]))

    assert told[-3:-1] == [("Turn", "Ann  00:00"), ("Normal", "ab")]
