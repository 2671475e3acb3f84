"""Damaged, locked and hostile Word files do no harm, and give what can be had of them."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.model import Style
from coder.ingest.registry import read
from coder.ingest.word.docx import read_docx

WordFile = Callable[..., Source]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def rewritten(source: Source, change: Callable[[str, bytes], bytes]) -> Source:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.read())) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return Source(source.name, data=packed.getvalue())


def strict(_: str, data: bytes) -> bytes:
    return data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ).replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006",
        b"http://purl.oclc.org/ooxml/officeDocument",
    )


def test_strict_namespaces_mean_the_same(word_file: WordFile) -> None:
    source = rewritten(word_file(p("strictly", '<w:outlineLvl w:val="0"/>')), strict)

    text, paragraphs, _ = read_docx(source)

    assert text == "strictly"
    assert paragraphs[0].style is Style.HEADING


def test_a_strict_file_with_broken_names_is_read_all_the_same(word_file: WordFile) -> None:
    source = rewritten(word_file(p("strictly") + "<nobody:knows/>"), strict)

    text, _, problems = read_docx(source)

    assert text == "strictly"
    assert len(problems) == 1


def test_external_entities_are_not_fetched(word_file: WordFile, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("of nobody's concern")
    declared = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()

    def attack(name: str, data: bytes) -> bytes:
        return declared + data.replace(b"HERE", b"&x;") if name == "word/document.xml" else data

    text = read_docx(rewritten(word_file(p("before HERE after")), attack))[0]

    assert text.startswith("before")
    assert "concern" not in text


def test_a_wrong_checksum_costs_a_warning_and_not_the_text(word_file: WordFile) -> None:
    source = word_file(p("still legible"))
    data = bytearray(source.read())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        crc = package.getinfo("word/document.xml").CRC.to_bytes(4, "little")
    damaged = bytes(data).replace(crc, bytes(4))

    text, _, problems = read_docx(Source("evidence.docx", data=damaged))

    assert text == "still legible"
    assert problems == (
        "A part of the file (word/document.xml) is damaged; what could be read of it was kept.",
    )


def test_xml_that_breaks_off_is_read_up_to_there(word_file: WordFile) -> None:
    def cut(name: str, data: bytes) -> bytes:
        return data[: data.index(b"second")] if name == "word/document.xml" else data

    text, _, problems = read_docx(rewritten(word_file(p("first") + p("second")), cut))

    assert text == "first"
    assert len(problems) == 1


@pytest.mark.parametrize("share", [0.6, 0.9])
def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(
    word_file: WordFile, share: float
) -> None:
    data = word_file(p("The words of the letter.") * 50, styles="<w:x/>" * 500).read()

    draft = read(Source("letter.docx", data=data[: int(len(data) * share)]))

    assert draft.documents[0].text.startswith("The words of the letter.")
    assert "breaks off before its end" in draft.documents[0].problems[0]


def test_a_small_file_that_unfolds_without_measure_costs_one_line(
    word_file: WordFile,
) -> None:
    source = word_file(p(" " * 80_000_000))
    assert len(source.read()) < 100_000

    with pytest.raises(Unreadable, match="unpacks to an unreasonable size"):
        read(source)


def test_a_bomb_of_entities_costs_one_line_or_its_own_text_only(word_file: WordFile) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "lol">{levels}]>'.encode()
    source = rewritten(
        word_file(p("word &amp;")),
        lambda name, data: (
            bomb + data.replace(b"&amp;", b"&e9;") if name == "word/document.xml" else data
        ),
    )

    assert read(source).documents[0].text.strip() == "word"


def test_a_zip_bomb_is_refused(word_file: WordFile) -> None:
    source = word_file(p(" " * 30_000_000))

    with pytest.raises(Unreadable, match="unreasonable size"):
        read_docx(source)


def test_a_locked_zip_is_told_as_such(word_file: WordFile) -> None:
    data = bytearray(word_file(p("secret")).read())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        central = package.start_dir
    data[central + 8] |= 1

    with pytest.raises(Unreadable, match="locked with a password"):
        read_docx(Source("evidence.docx", data=bytes(data)))


def test_nesting_beyond_reason_is_borne(word_file: WordFile) -> None:
    deep = "<w:smartTag>" * 5000 + r("deep") + "</w:smartTag>" * 5000

    text, _, problems = read_docx(word_file(p("shallow") + f"<w:p>{deep}</w:p>"))

    assert text.startswith("shallow")
    assert problems


@settings(max_examples=60, deadline=None)
@given(damage=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), max_size=6),
       kept=st.integers(1, 10**6))  # fmt: skip
def test_damage_of_any_kind_gives_a_text_or_a_known_error(
    word_file: WordFile, damage: list[tuple[int, int]], kept: int
) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/></w:style>'
    heading = p("a heading", '<w:pStyle w:val="u1"/>')
    data = bytearray(word_file(heading + p("some text"), styles=styles).read())
    for place, change in damage:
        data[place % len(data)] ^= change
    cut = bytes(data[: kept % len(data)] if kept % 3 == 0 else data)
    with contextlib.suppress(EvidenceError):
        text, paragraphs, _ = read_docx(Source("evidence.docx", data=cut))
        assert all(text[one.start : one.end].strip() for one in paragraphs)
