"""What a reader of a Word file sees comes out, once and in order, whatever it is wrapped in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError
from coder.domain.model import Style
from coder.ingest.registry import read_one
from coder.ingest.word.docx import read_docx

WordFile = Callable[..., Source]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(source: Source) -> list[str]:
    return read_docx(source)[0].split("\n")


def styles_of(source: Source) -> list[Style]:
    return [paragraph.style for paragraph in read_docx(source)[1]]


def test_a_file_of_python_docx_keeps_its_paragraphs_headings_and_tables() -> None:
    made = docx.Document()
    made.add_heading("Volunteering", 1)
    made.add_paragraph("People of every age came.")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ("Who", "How many", "Students", "12"), strict=True):
        cell.text = text
    packed = io.BytesIO()
    made.save(packed)

    text, paragraphs, problems = read_docx(Source("x.docx", data=packed.getvalue()))

    assert text == "Volunteering\nPeople of every age came.\nWho\tHow many\nStudents\t12"
    assert [one.style for one in paragraphs] == [
        Style.HEADING,
        Style.BODY,
        Style.TABLE,
        Style.TABLE,
    ]
    assert problems == ()


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('seen')}</w:sdtContent></w:sdt>",
        f"<w:p><w:sdt><w:sdtContent>{r('seen')}</w:sdtContent></w:sdt></w:p>",
        f"<w:p><w:ins>{r('seen')}</w:ins><w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:moveTo>{r('seen')}</w:moveTo><w:moveFrom>{r('no')}</w:moveFrom></w:p>",
        f"<w:p><w:hyperlink>{r('seen')}</w:hyperlink></w:p>",
        f"<w:p><w:smartTag><w:smartTag>{r('seen')}</w:smartTag></w:smartTag></w:p>",
        f"<w:p><w:fldSimple w:instr='DATE'>{r('seen')}</w:fldSimple></w:p>",
        f"<w:p>{r('se')}<w:bookmarkStart/>{r('en')}{r('no', '<w:vanish/>')}</w:p>",
        "<w:p><w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>seen</w:t></w:r></w:p>",
        f"<w:p><w:customXml>{r('seen')}</w:customXml></w:p>",
        f"<w:customXml>{p('seen')}</w:customXml>",
        f"<w:p><w:dir w:val='rtl'>{r('seen')}</w:dir></w:p>",
        r("seen"),
    ],
)
def test_what_is_seen_comes_out_whatever_it_is_wrapped_in(word_file: WordFile, inside: str) -> None:
    assert read_docx(word_file(inside))[0] == "seen"


def test_styles_can_hide_paragraphs_and_runs(word_file: WordFile) -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{kind}"><w:rPr><w:vanish/></w:rPr></w:style>'
        for kind in ("paragraph", "character")
    )
    shown = r("shown", '<w:vanish w:val="0"/>')
    inside = (
        f'<w:p><w:pPr><w:pStyle w:val="paragraph"/></w:pPr>{r("hidden")}{shown}</w:p>'
        "<w:p><w:r><w:rPr><w:rStyle w:val='character'/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        + p("end")
    )

    assert lines(word_file(inside, styles=styles)) == ["shown", "end"]


def test_a_text_box_comes_out_once_behind_the_paragraph_it_hangs_on(word_file: WordFile) -> None:
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    inside = (
        f"<w:p>{r('before ')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}"
        f"</wps:txbx></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{r('after')}</w:p>"
    )

    assert lines(word_file(inside)) == ["before after", "in the box"]


def test_alternatives_in_an_unknown_vocabulary_fall_back(word_file: WordFile) -> None:
    inside = (
        f"<w:p><mc:AlternateContent><mc:Choice Requires='odd'>{r('odd')}</mc:Choice>"
        f"<mc:Fallback>{r('plain')}</mc:Fallback></mc:AlternateContent></w:p>"
    )

    assert lines(word_file(inside)) == ["plain"]


def test_fields_give_results_and_not_codes_even_when_never_closed(word_file: WordFile) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    nested = mark("begin") + code + mark("separate") + r("hidden") + mark("end")
    inside = (
        f"<w:p>{r('a ')}{mark('begin')}{code}{nested}{mark('separate')}{r('b')}{mark('end')}</w:p>"
        f"<w:p>{r('c')}{mark('begin')}{r('lost code')}</w:p>{p('d')}"
    )

    assert lines(word_file(inside)) == ["a b", "c", "d"]


def test_form_boxes_show_whether_they_are_ticked(word_file: WordFile) -> None:
    def box(state: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
            f"{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    ticked = box('<w:checked/><w:default w:val="0"/>')
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList></w:ffData></w:fldChar>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = f"<w:p>{ticked}{box('<w:default/>')}{box('')}{choice}</w:p>"

    assert lines(word_file(inside)) == ["☒☒☐No"]


def test_a_deleted_paragraph_mark_joins_with_the_next_and_takes_its_looks(
    word_file: WordFile,
) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    inside = p("one ", deleted) + p("two", '<w:outlineLvl w:val="0"/>') + p("end", deleted)
    source = word_file(inside)

    assert lines(source) == ["one two", "end"]
    assert styles_of(source) == [Style.HEADING, Style.BODY]


def test_special_characters_keep_their_meaning(word_file: WordFile) -> None:
    inside = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
        f"<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>{r('non')}"
        "<w:r><w:noBreakHyphen/><w:t>x co</w:t><w:softHyphen/><w:t>op </w:t>"
        "<w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F061'/>"
        "<w:sym w:font='Nobodys' w:char='F061'/></w:r></w:p>"
    )
    text, paragraphs, problems = read_docx(word_file(inside))

    assert text == "a\tb\ncnon\N{NON-BREAKING HYPHEN}x co\N{SOFT HYPHEN}op ✓α"
    assert len(paragraphs) == 1
    assert problems == ("1 symbol is not read.",)


def test_line_ends_of_the_xml_are_not_those_of_the_text(word_file: WordFile) -> None:
    inside = "<w:p><w:r>\n  <w:t>\n    one\n    two\n  </w:t>\n</w:r></w:p>"

    assert lines(word_file(inside)) == ["one two"]


def test_headings_by_name_level_and_inheritance_but_never_whole_paragraphs(
    word_file: WordFile,
) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="u1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="no"><w:basedOn w:val="own"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="ring"><w:basedOn w:val="ring"/></w:style>'
    )
    inside = (
        p("a", '<w:pStyle w:val="u1"/>')
        + p("b", '<w:pStyle w:val="own"/>')
        + p("c", '<w:outlineLvl w:val="2"/>')
        + p("d", '<w:pStyle w:val="no"/>')
        + p("e", '<w:pStyle w:val="ring"/>')
        + p("long " * 60, '<w:pStyle w:val="u1"/>')
    )

    assert styles_of(word_file(inside, styles=styles)) == [Style.HEADING] * 3 + [Style.BODY] * 3


def test_tables_merge_nest_and_frame(word_file: WordFile) -> None:
    def cell(inside: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{inside}</w:tc>"

    def row(*cells: str, more: str = "") -> str:
        return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"

    nested = f"<w:tbl>{row(cell(p('n1')), cell(p('n2')))}</w:tbl>"
    inside = (
        "<w:tbl>"
        + row(cell(p("tall"), '<w:vMerge w:val="restart"/>'), cell(p("x") + p("y")))
        + row(cell(p("again"), "<w:vMerge/>"), cell(nested + p("z")))
        + row(cell(p("gone")), cell(p("gone")), more="<w:del/>")
        + f"<w:sdt><w:sdtContent>{row(cell(p('kept')), cell(p('')))}</w:sdtContent></w:sdt>"
        + row(cell(p("An answer.") + p("A second paragraph of it.")))
        + "</w:tbl>"
    )
    source = word_file(inside)
    text, paragraphs, _ = read_docx(source)

    assert [text[one.start : one.end] for one in paragraphs] == [
        "tall\tx\ny", "\tn1\tn2\nz", "kept", "An answer.", "A second paragraph of it.",
    ]  # fmt: skip
    assert styles_of(source) == [Style.TABLE] * 3 + [Style.BODY] * 2


def test_notes_are_marked_and_follow_the_text_in_one_series(word_file: WordFile) -> None:
    inside = (
        f"<w:p>{r('one')}<w:r><w:footnoteReference w:id='7'/></w:r>{r(' two')}"
        "<w:r><w:endnoteReference w:id='1'/></w:r></w:p>"
    )
    foot = f"<w:footnote w:id='7'>{p(' first note')}</w:footnote>"
    unused = f"<w:footnote w:id='-1'>{p('separator')}</w:footnote>"
    end = f"<w:endnote w:id='1'>{p('second note')}{p('goes on')}</w:endnote>"
    source = word_file(inside, footnotes=unused + foot, endnotes=end)

    assert lines(source) == ["one¹ two²", "¹ first note", "² second note", "goes on"]
    assert styles_of(source) == [Style.BODY, Style.NOTE, Style.NOTE]


def test_comments_and_new_words_in_the_margins_come_last(word_file: WordFile) -> None:
    source = word_file(
        p("The charity answers."),
        comments=f'<w:comment w:id="0" w:author="A. Reader">{p("Check this.")}</w:comment>',
        header=p("The Charity"),
        footer=p("Strictly confidential, page 3"),
    )

    assert lines(source) == [
        "The charity answers.",
        "Comment (A. Reader): Check this.",
        "Footer: Strictly confidential, page 3",
    ]


def test_inserted_pages_and_texts_are_read_and_others_are_named(word_file: WordFile) -> None:
    again = word_file(p("from Word") + '<w:altChunk r:id="a.txt"/>', linked={"a.txt": b"deeper"})
    linked = {
        "a.html": b"<p>from a page</p>",
        "b.txt": b"from a text",
        "c.rtf": b"{\\rtf1 from rich text}",
        "d.docx": again.read(),
        "e.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>from a packed page</p>",
        "f.bin": b"\0\1",
    }
    inside = "".join(f'<w:altChunk r:id="{name}"/>' for name in linked)
    text, _, problems = read_docx(word_file(inside, linked=linked))

    assert text.split("\n") == [
        *("from a page", "from a text", "from rich text", "from Word", "from a packed page"),
    ]
    assert problems == ("2 inserted documents are not read.",)


def test_a_chart_gives_its_titles_and_figures_and_an_empty_one_is_counted(
    word_file: WordFile,
) -> None:
    def points(*values: str) -> str:
        return "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))

    def series(name: str, *values: str) -> str:
        cat = f"<c:cat><c:strRef>{points('2018', '2019')}</c:strRef></c:cat>"
        named = f"<c:tx><c:strRef>{points(name)}</c:strRef></c:tx>"
        return f"<c:ser>{named}{cat}<c:val>{points(*values)}</c:val></c:ser>"

    root = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{}</c:chartSpace>'
    )
    title = "<c:title><a:p><a:r><a:t>Visits</a:t></a:r></a:p></c:title>"
    linked = {
        "a.xml": root.format(title + series("Men", "3", "4") + series("Women", "5")).encode(),
        "b.xml": root.format("").encode(),
    }
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    drawn = "".join(f'<c:chart xmlns:c="{space}" r:id="{name}"/>' for name in linked)
    text, paragraphs, problems = read_docx(
        word_file(f"<w:p>{r('see')}<w:r><w:drawing>{drawn}</w:drawing></w:r></w:p>", linked=linked)
    )

    assert text == "see\nVisits\n\t2018\t2019\nMen\t3\t4\nWomen\t5"
    assert paragraphs[-1].style is Style.TABLE
    assert problems == ("1 chart is not read.",)


def test_drawn_words_are_read_and_pictures_counted(word_file: WordFile) -> None:
    a_space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    inside = (
        f"<w:p>{r('see')}<w:r><w:drawing><a:p><a:r><a:t>in a shape</a:t></a:r></a:p>"
        '<dgm:relIds r:dm="d.xml"/><a:blip/></w:drawing><w:pict><v:imagedata/>'
        '<v:textpath string="as art"/></w:pict></w:r></w:p>'
    )
    diagram = f'<x xmlns:a="{a_space}"><a:p><a:t>in a diagram</a:t></a:p></x>'.encode()
    text, _, problems = read_docx(word_file(inside, linked={"d.xml": diagram}))

    assert text.split("\n") == ["see", "in a shape", "in a diagram", "as art"]
    assert problems == ("2 pictures are not read.",)


def test_formulas_are_written_on_a_line(word_file: WordFile) -> None:
    def m(name: str, inside: str) -> str:
        return f"<m:{name}>{inside}</m:{name}>"

    def t(text: str) -> str:
        return m("r", m("t", text))

    half = m("f", m("num", t("a+b")) + m("den", t("2")))
    square = m("sSup", m("e", t("x")) + m("sup", t("2")))
    root = m("rad", m("deg", "") + m("e", t("y")))
    inside = f"<w:p>{r('so ')}<m:oMath>{half}{t('=')}{square}{root}{m('d', m('e', t('z')))}"

    assert lines(word_file(f"{inside}</m:oMath></w:p>")) == ["so (a+b)/2=x^2√y(z)"]


def test_reading_aids_stand_behind_their_base(word_file: WordFile) -> None:
    ruby = f"<w:ruby><w:rt>{r('toh-kyo')}</w:rt><w:rubyBase>{r('Tokyo')}</w:rubyBase></w:ruby>"

    assert lines(word_file(f"<w:p><w:r>{ruby}</w:r></w:p>")) == ["Tokyo(toh-kyo)"]


@settings(max_examples=60, deadline=None)
@given(inside=st.recursive(
    st.sampled_from([r("x"), "<w:tab/>", "<w:br/>", "<w:t>y</w:t>", "<w:fldChar/>", "<w:sym/>",
                     '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>',
                     "<w:footnoteReference/>", "<m:oMath/>", "<w:altChunk/>", "<w:ruby/>"]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:txbxContent", "w:del",
                         "w:ins", "w:pPr", "w:numPr", "mc:AlternateContent", "mc:Choice", "m:f"]),
        st.lists(inner, max_size=4)),
    max_leaves=25))  # fmt: skip
def test_elements_in_any_order_never_make_it_stumble(word_file: WordFile, inside: str) -> None:
    text, paragraphs, _ = read_docx(word_file(inside))

    assert "".join(text[one.start : one.end] for one in paragraphs).replace("\n", "") == (
        text.replace("\n", "")
    )


def test_every_real_word_file_gives_text_or_a_known_error(corpus: Path) -> None:
    read = 0
    for path in sorted((corpus / "docx").iterdir()):
        try:
            read_docx(Source.of(path))
        except EvidenceError:
            continue
        read += 1

    assert read >= 185


@pytest.mark.parametrize("result", ["", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'])
def test_a_field_without_a_result_shows_what_its_code_says(
    word_file: WordFile, result: str
) -> None:
    made = word_file(
        f'<w:p>{r("Say ")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ '
        f"\\f(1</w:instrText></w:r><w:r><w:instrText>,2)</w:instrText></w:r>{result}"
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r(" of us")}</w:p>'
    )

    assert lines(made) == ["Say 1/2 of us"]


def test_a_large_first_letter_stands_with_its_word(word_file: WordFile) -> None:
    made = word_file(p("T", '<w:framePr w:dropCap="drop" w:lines="3"/>') + p("he village"))

    assert lines(made) == ["The village"]


@pytest.mark.parametrize(
    ("name", "words", "times"),
    [
        ("docling-proj__textbox", "If a caregiver suspects that within one week, a fifth of", 1),
        ("docling-proj__Strict", "Some text", 1),
        ("apache__ExternalEntityInText", "Here should not be the POI web site", 1),
        ("apache__ExternalEntityInText", "<html", 0),
        ("apache__testWORD_override_list_numbering", "1.b.III\t1.b.III", 1),
    ],
)
def test_hard_cases_come_out_right(corpus: Path, name: str, words: str, times: int) -> None:
    text = read_docx(Source.of(corpus / "docx" / f"{name}.docx"))[0]

    assert min(text.count(words), 2) == times


def test_a_file_of_pictures_only_gives_a_document_for_each(word_file: WordFile) -> None:
    letter = b"\x89PNG\r\n\x1a\n" + bytes(5_000)
    line = b"\x89PNG\r\n\x1a\n" + bytes(100)
    body = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    source = word_file(body, linked={"media/image1.png": letter, "media/image2.png": line})

    draft = read_one(source)

    assert [one.source.data for one in draft.documents] == [letter]
    assert draft.documents[0].text == ""
    assert "holds only pictures" in draft.documents[0].problems[0]
