"""A house's template: what is used of it, what is not, and which files are none."""

from __future__ import annotations

import io
import runpy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from coder import places
from coder.domain.errors import EvidenceError
from coder.domain.model import Submission
from coder.domain.packing import Citing, PackOptions
from coder.domain.quotes import Quote
from coder.export import docx
from coder.export.docx_template import check_template
from coder.export.outline import Pack
from tests.export.conftest import written
from tests.export.wordfile import W, every_part, quoted, refuse_disorder, words_of

MakePack = Callable[..., Pack]

OURS = places.resources() / "pack.docx"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template with a logo, a running head, words of its own and some styles of ours by name."""
    document = Document()
    document.add_paragraph("Insert the title here")
    document.add_section()
    first = document.sections[0]
    first.header.paragraphs[0].add_run("House of Kent")
    first.footer.paragraphs[0].add_run().add_picture(_picture())
    last = document.sections[-1]
    last.page_width, last.left_margin, last.right_margin = Cm(21), Cm(4), Cm(4)
    document.styles["Quote"].font.color.rgb = RGBColor(0xAA, 0, 0)
    mine = document.styles.add_style("attribution", WD_STYLE_TYPE.PARAGRAPH)
    mine.font.size = Pt(7)
    document.styles.add_style("House Table", WD_STYLE_TYPE.TABLE)
    document.core_properties.author = "Marian Somebody"
    path = tmp_path_factory.mktemp("house") / "House.dotx"
    document.save(str(path))
    return path


def _picture() -> io.BytesIO:
    from matplotlib.figure import Figure

    stream = io.BytesIO()
    Figure((1, 1)).savefig(stream, format="png", dpi=10)
    stream.seek(0)
    return stream


def rewritten(path: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The Word file with each part changed, or without it."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return to


@pytest.fixture
def made(
    quote: Callable[..., Quote], submission: Callable[..., Submission], pack: MakePack
) -> Callable[..., bytes]:
    """The pack of two quotes as a Word file in the looks of a template."""
    of = submission()
    quotes = [quote(of, "One word"), quote(of, "Two words", code_id="t2")]

    def make(template: Path | None, **options: Any) -> bytes:
        wanted = PackOptions(template=template, **options)
        return written(docx.write, pack(quotes, [of], "Help", options=wanted))

    return make


@pytest.mark.parametrize("citing", Citing)
def test_a_pack_takes_on_the_looks_of_a_house(
    house: Path, made: Callable[..., bytes], citing: Citing
) -> None:
    data = made(house, citing=citing)
    refuse_disorder(data)
    assert [words for _, words in quoted(data)] == ["One word", "Two words"]
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "House of Kent"
    assert len(section.footer.paragraphs[0]._p.findall(f".//{W}drawing")) == 1
    assert "Insert the title here" not in words_of(document.element.body)
    names = {style.style_id: style for style in document.styles}
    quote = next(p for p in document.element.body.iter(f"{W}p") if words_of(p) == "One word")
    assert names[quote.pPr.pStyle.val].font.color.rgb == RGBColor(0xAA, 0, 0)
    said = next(p for p in document.paragraphs if p.text.startswith("— Walsall"))
    assert said.style.font.size == Pt(7)
    assert {table.style.name for table in document.tables} == {"House Table"}


def test_what_is_added_takes_the_fonts_and_colours_of_the_house(
    house: Path, made: Callable[..., bytes]
) -> None:
    styles = every_part(made(house))["word/styles.xml"]
    [held] = [s for s in styles.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == "Held"]
    assert held.find(f".//{W}rFonts") is None
    assert held.find(f".//{W}color") is None
    ids = [style.get(f"{W}styleId") for style in styles.iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    default = [s for s in styles.iter(f"{W}style") if s.get(f"{W}default")]
    kinds = [style.get(f"{W}type") for style in default]
    assert len(kinds) == len(set(kinds))


def test_tables_are_as_wide_as_the_text_of_the_house(
    house: Path, made: Callable[..., bytes]
) -> None:
    body = every_part(made(house))["word/document.xml"]
    widths = {int(one.get(f"{W}w")) for one in body.iter(f"{W}tblW")}
    assert all(abs(width - 13 * 567) < 8 for width in widths)


def test_nobody_who_wrote_the_template_is_named(house: Path, made: Callable[..., bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made(house))) as package:
        assert not any(b"Somebody" in package.read(name) for name in package.namelist())


def test_rules_above_notes_are_the_templates_own_and_its_notes_go(
    house: Path, made: Callable[..., bytes], tmp_path: Path
) -> None:
    def with_notes(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            added = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
            return data.replace(b"</Types>", added.encode())
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
            link = f'<Relationship Id="rIdX" Type="{kind}" Target="footnotes.xml"/>'
            return data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
        return data

    path = rewritten(house, tmp_path / "Notes.dotx", with_notes)
    with zipfile.ZipFile(path, "a") as package:
        notes = "".join(
            f'<w:footnote {kind}w:id="{n}"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:footnote>'
            for n, kind, said in (
                (0, 'w:type="separator" ', "rule"),
                (1, 'w:type="continuationSeparator" ', "rule"),
                (2, "", "An old note"),
            )
        )
        package.writestr(
            "word/footnotes.xml", f'<w:footnotes xmlns:w="{W[1:-1]}">{notes}</w:footnotes>'
        )

    data = made(path, citing=Citing.FOOTNOTES)

    refuse_disorder(data)
    root = every_part(data)["word/footnotes.xml"]
    assert [(one.get(f"{W}id"), words_of(one).strip()) for one in root] == [
        ("0", "rule"),
        ("1", "rule"),
        ("2", "SIC0001, para 7"),
        ("3", "SIC0001, para 7"),
    ]


def test_a_person_is_told_what_of_a_template_is_used(house: Path) -> None:
    used, words, added = check_template(house)
    assert "headers and footers" in used
    assert "not taken over" in words
    assert added == (
        "It lacks 24 styles of ours, such as “Definition”, “Count” and “Context”;"
        " its own fonts and colours are used there."
    )


def _with_macros(name: str, data: bytes) -> bytes:
    return data.replace(b"template.main+xml", b"x").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    )


def _strict(name: str, data: bytes) -> bytes:
    return data.replace(W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")


def _no_document(name: str, data: bytes) -> bytes | None:
    return None if name == "word/document.xml" else data


def _torn(name: str, data: bytes) -> bytes:
    return data[:-9] if name == "word/styles.xml" else data


@pytest.mark.parametrize(
    ("change", "why", "remedy"),
    [
        (_with_macros, "it holds macros", "without macros"),
        (_strict, "strict kind", "Word template"),
        (_no_document, "not a Word file", "Choose a Word"),
        (_torn, "damaged", "save it again"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_remedy(
    tmp_path: Path,
    made: Callable[..., bytes],
    change: Callable[[str, bytes], bytes | None],
    why: str,
    remedy: str,
) -> None:
    path = rewritten(OURS, tmp_path / "House.dotm", change)
    for use in (made, check_template):
        with pytest.raises(EvidenceError) as told:
            use(path)
        assert "House.dotm" in told.value.what
        assert why in told.value.what
        assert remedy in (told.value.remedy or "")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"no zip", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (None, "not there any more"),
    ],
)
def test_a_file_that_is_no_word_file_is_refused(
    tmp_path: Path, data: bytes | None, why: str
) -> None:
    path = tmp_path / "House.dotx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(EvidenceError, match=why):
        check_template(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "House.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(EvidenceError, match="not a Word file"):
        check_template(path)


def test_our_template_is_the_one_that_its_script_makes(tmp_path: Path) -> None:
    script = runpy.run_path(str(places.resources() / "make_pack_template.py"))
    script["write"](tmp_path / "pack.docx")
    assert dict(_parts(tmp_path / "pack.docx")) == dict(_parts(OURS))


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield name, package.read(name)


def test_a_quote_stays_on_one_page_with_who_said_it() -> None:
    for name in ("Quote", "Quote from Right"):
        style = Document(str(OURS)).styles[name]
        while style.paragraph_format.keep_with_next is None:
            style = style.base_style
        assert style.paragraph_format.keep_with_next
