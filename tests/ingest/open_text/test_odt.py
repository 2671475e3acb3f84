"""What a reader of an OpenDocument text sees comes out, once and in order."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import Style
from coder.ingest.open_text.odt import read_odt
from coder.ingest.registry import read

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "chart": "chart",
    }.items()
)  # fmt: skip
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
MIME = "application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", masters: str = "", **parts: str) -> Source:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        package.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        package.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:styles>{SHARED}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        )
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return Source("letter.odt", data=packed.getvalue())


SHARED = (
    '<style:style style:name="Hidden" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Gone" style:family="paragraph">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Heading_20_1" style:family="paragraph"/>'
    '<style:style style:name="Mine" style:family="paragraph" '
    'style:parent-style-name="Heading_20_1"/>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3"/>'
    '</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet '
    'text:level="1" text:bullet-char="-"/></text:list-style>'
)


def p(text: str, attributes: str = "") -> str:
    return f"<text:p {attributes}>{text}</text:p>"


def items(*inside: str, attributes: str = "") -> str:
    listed = "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)
    return f"<text:list {attributes}>{listed}</text:list>"


CONTENTS = (
    "<text:table-of-content><text:table-of-content-source>no</text:table-of-content-source>"
    f"<text:index-body>{p('Contents')}</text:index-body></text:table-of-content>"
)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (p("one") + p("two"), "one\ntwo"),
        (p("a <text:s text:c='2'/>b<text:tab/>c<text:line-break/>d"), "a   b\tc\nd"),
        (p("\n  wrapped\n   text "), "wrapped text"),
        (p("a<text:span text:style-name='Hidden'>no</text:span>b"), "ab"),
        (p("no", 'text:style-name="Gone"') + p("yes"), "yes"),
        (p("a<text:hidden-text text:is-hidden='true'>no</text:hidden-text>b"), "ab"),
        (p("no<text:hidden-paragraph text:is-hidden='true'/>") + p("yes"), "yes"),
        (f"<text:section text:display='none'>{p('no')}</text:section>{p('yes')}", "yes"),
        (f"<text:section>{p('in')}</text:section>", "in"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion>"
            f"{p('gone')}</text:deletion></text:changed-region></text:tracked-changes>"
            + p("a<text:change-start/>new<text:change-end/><text:change/>b"),
            "anewb",
        ),
        (p("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
           "</text:ruby>"), "漢(kan)"),
        (p("<text:a>link</text:a> <text:page-number>3</text:page-number>"), "link 3"),
        (CONTENTS, "Contents"),
    ],
)  # fmt: skip
def test_what_is_seen_comes_out_and_what_is_not_stays_away(body: str, seen: str) -> None:
    assert read_odt(odt(body))[0] == seen


def test_numbered_paragraphs_count_without_a_list_around_them() -> None:
    def item(words: str, level: int) -> str:
        return (
            f'<text:numbered-paragraph text:list-id="l" text:style-name="L" text:level="{level}">'
            f"<text:p>{words}</text:p></text:numbered-paragraph>"
        )

    text = read_odt(odt(item("one", 1) + item("a", 2) + "<text:p>x</text:p>" + item("two", 1)))[0]

    assert text == "1.\tone\n(a)\ta\nx\n2.\ttwo"


def test_list_numbers_are_counted_nest_restart_and_go_on() -> None:
    first = items(p("a"), p("b") + items(p("c"), items(p("d"))), attributes='text:style-name="L"')
    again = items(p("e"), attributes='text:style-name="L"')
    on = items(p("f"), attributes='text:style-name="L" text:continue-numbering="true"')
    started = (
        '<text:list text:style-name="L"><text:list-item text:start-value="7">'
        f"{p('g')}{p('more')}</text:list-item></text:list>"
    )
    bullets = items(p("h"), attributes='text:style-name="B"')

    text, paragraphs, _ = read_odt(odt(first + again + on + started + bullets))

    assert text.split("\n") == [
        *("1.\ta", "2.\tb", "(a)\tc", "2.a.i\td", "1.\te", "2.\tf", "7.\tg", "more", "•\th"),
    ]
    assert paragraphs[0].style is Style.LIST
    assert paragraphs[7].style is Style.BODY


def test_headings_are_told_by_element_and_by_inherited_style() -> None:
    body = "<text:h text:outline-level='1'>One</text:h>" + p("Two", 'text:style-name="Mine"')

    _, paragraphs, _ = read_odt(odt(body + p("body")))

    assert [one.style for one in paragraphs] == [Style.HEADING, Style.HEADING, Style.BODY]


def test_tables_give_rows_and_a_single_cell_is_a_frame() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    merged = "<table:table-cell table:number-columns-spanned='2'>{}</table:table-cell>"
    covered = "<table:covered-table-cell/>"
    rows = [
        cell.format(p("A")) + cell.format(p("B") + p("C")),
        merged.format(p("wide")) + covered + cell.format(p("D")),
        covered + cell.format(p("below")),
        cell.format(p("framed") + p("twice")),
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)

    text, paragraphs, _ = read_odt(odt(f"<table:table>{body}</table:table>"))

    assert text == "A\tB\nC\nwide\tD\n\tbelow\nframed\ntwice"
    assert [one.style for one in paragraphs] == [Style.TABLE] * 3 + [Style.BODY] * 2


def test_notes_comments_boxes_and_margins_come_out_once_in_their_places() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}"
    note += "</text:note-body></text:note>"
    remark = "<office:annotation><dc:creator>Ann</dc:creator><dc:date>x</dc:date>{}"
    remark += "</office:annotation>"
    box = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
    picture = "<draw:frame><draw:image xlink:href='a.png'/><draw:image/></draw:frame>"
    shape = f"<draw:custom-shape>{p('shape')}</draw:custom-shape>"
    masters = (
        f"<style:master-page><style:header>{p('Parish council')}</style:header>"
        f"<style:footer>{p('Page 1 of Body')}</style:footer></style:master-page>"
    )
    body = p(
        f"Body{note.format(p('why'))} text{remark.format(p('really?'))}{box.format(p('box'))}"
        f"{picture}{shape}"
    )

    text, _, problems = read_odt(odt(body + p("next"), masters=masters))

    assert text.split("\n") == [
        *("Body¹ text", "box", "shape", "next", "¹ why", "Comment (Ann): really?"),
        "Header: Parish council",
    ]
    assert problems == ("1 picture is not read.",)


def test_a_chart_gives_its_words_and_figures_and_a_formula_what_was_typed() -> None:
    frame = '<draw:frame><draw:object xlink:href="./{}"/><draw:image/></draw:frame>'
    chart = (
        f"<office:document-content {SPACES}><office:body><office:chart><chart:chart><chart:title>"
        f"{p('Visits')}</chart:title><table:table><table:table-row><table:table-cell>{p('2019')}"
        f"</table:table-cell><table:table-cell>{p('7')}</table:table-cell></table:table-row>"
        "</table:table></chart:chart></office:chart></office:body></office:document-content>"
    )
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>x</mi>'
        "<annotation>a over b</annotation></semantics></math>"
    )
    source = odt(
        p(f"See {frame.format('Object 2')}{frame.format('Object 1')}{frame.format('Object 3')}"),
        **{"Object 1__content.xml": chart, "Object 2__content.xml": formula},
    )

    text, _, problems = read_odt(source)

    assert text == "See a over b\nVisits\n2019\t7"
    assert problems == ("1 embedded file is not read.",)


def test_a_flat_text_is_told_by_its_content_and_read() -> None:
    flat = (
        f'<?xml version="1.0"?>\n<office:document {SPACES} office:mimetype="{MIME}"><office:body>'
        f"<office:text>{p('flat')}</office:text></office:body></office:document>"
    )

    draft = read(Source("letter.fodt", data=flat.encode()))

    assert draft.documents[0].text == "flat"


def test_a_text_that_is_locked_is_told_as_such() -> None:
    manifest = "<manifest:encryption-data/>"

    with pytest.raises(Unreadable, match="password"):
        read_odt(odt(p("a"), **{"META-INF__manifest.xml": manifest}))


def test_a_text_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    data = odt(p("whole ") * 200).read()

    draft = read(Source("letter.odt", data=data[: data.rindex(b"PK\x01\x02") - 150]))

    assert draft.documents[0].text.startswith("whole")
    assert "breaks off" in draft.documents[0].problems[0]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read me", "utf-8")
    flat = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        f'<office:document {SPACES} office:mimetype="{MIME}"><office:body><office:text>'
        f"{p('a&e;b')}</office:text></office:body></office:document>"
    )

    assert read_odt(Source("letter.fodt", data=flat.encode()))[0] == "ab"


def test_what_is_said_to_stand_there_many_times_is_put_there_within_reason() -> None:
    cell = f"<table:table-cell table:number-columns-repeated='999999'>{p('x')}</table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='999999'>{cell}</table:table-row>"
    twice = f"<table:table-cell table:number-columns-repeated='2'>{p('y')}</table:table-cell>"
    rows = f"<table:table-row table:number-rows-repeated='2'>{twice}</table:table-row>{row * 9}"
    spaces = p("<text:s text:c='999999999'/>a" * 9)

    text = read_odt(odt(f"<table:table>{rows}</table:table>{spaces}"))[0]

    assert text.startswith("y\ty\ny\ty\nx\tx\tx")
    assert len(text) < 3_000_000


def test_a_bomb_of_a_zip_is_refused() -> None:
    with pytest.raises(Unreadable, match="unreasonable size"):
        read_odt(odt(p(" " * 60_000_000)))


TAGS = [
    *("text:p", "text:h", "text:list", "text:list-item", "text:span", "text:note", "text:ruby"),
    *("text:note-body", "text:section", "office:annotation", "draw:frame", "draw:text-box"),
    *("draw:object", "draw:g", "draw:image", "table:table", "table:table-row", "table:table-cell"),
    "table:covered-table-cell",
]


@given(st.recursive(st.just("word "), lambda inner: st.tuples(st.sampled_from(TAGS), inner, inner)))
@settings(max_examples=150, deadline=None)
def test_elements_in_any_order_give_paragraphs_that_are_the_text(tree: object) -> None:
    def markup(one: object) -> str:
        if isinstance(one, str):
            return one
        tag, first, second = one
        return f"<{tag}>{markup(first)}{markup(second)}</{tag}>"

    text, paragraphs, _ = read_odt(odt(markup(tree)))

    assert "\n".join(text[one.start : one.end] for one in paragraphs) == text


@given(st.integers(0, 10_000), st.binary(max_size=30))
@settings(max_examples=150, deadline=None)
def test_damage_of_any_kind_gives_a_text_or_a_known_error(place: int, junk: bytes) -> None:
    data = bytearray(WHOLE)
    place %= len(data)
    data[place : place + len(junk)] = junk

    try:
        text, paragraphs, _ = read_odt(Source("letter.odt", data=bytes(data)))
    except Unreadable:
        return
    assert all(one.end <= len(text) for one in paragraphs)


WHOLE = odt(p("one") + items(p("two"), attributes='text:style-name="L"')).read()


def test_every_real_file_but_the_one_that_is_none_gives_its_text(corpus: Path) -> None:
    texts = {}
    for path in sorted((corpus / "odt").glob("*.odt")):
        if path.name != "apache__testODTnotaZipFile.odt":
            texts[path.name] = read_odt(Source.of(path))[0]

    assert len(texts) == 9
    assert all(texts.values())
