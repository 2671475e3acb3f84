"""HTML as its reader sees it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import Style
from coder.ingest.html import html_parts


def texts(markup):
    return [text for text, _ in html_parts(markup)]


def test_blocks_become_paragraphs_and_inline_marks_do_not_part_words():
    assert texts("<p>One <b>bo</b>ld\n word</p><div>Two<div>Three</div>Four</div>") == [
        "One bold word",
        "Two",
        "Three",
        "Four",
    ]


def test_a_line_break_stays_inside_its_paragraph_and_two_end_it():
    assert texts("<p>one<br>two<br><br>three</p>") == ["one\ntwo", "three"]


def test_styles_follow_headings_lists_and_quotes():
    parts = html_parts("<h2>Head</h2><p>Body</p><ul><li>Item</ul><blockquote><p>Old</blockquote>")
    assert parts == [
        ("Head", Style.HEADING),
        ("Body", Style.BODY),
        ("•\tItem", Style.LIST),
        ("Old", Style.REPLY),
    ]


def test_numbered_lists_count_from_where_they_start_and_nest():
    markup = "<ol start=4><li>four<li>five<ul><li>inner</ul><li value=9>nine<li>ten</ol>"
    assert texts(markup) == ["4.\tfour", "5.\tfive", "•\tinner", "9.\tnine", "10.\tten"]


def test_a_table_of_data_gives_its_rows_with_tabs():
    markup = "<table><tr><th>Group<th>People<tr><td>Choir<td>14<tr><td>Walks<td></table>"
    assert html_parts(markup)[:2] == [("Group\tPeople", Style.TABLE), ("Choir\t14", Style.TABLE)]
    assert texts(markup)[2] == "Walks"


def test_a_table_that_only_arranges_the_page_gives_paragraphs():
    markup = "<table><tr><td><table><tr><td>Logo</table><td><p>Dear all,<p>We met.</table>"
    assert html_parts(markup) == [
        ("Logo", Style.BODY),
        ("Dear all,", Style.BODY),
        ("We met.", Style.BODY),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='DISPLAY : none'>secret</p>",
        "<span style='mso-hide:all'>secret</span>",
        "<div hidden>secret</div>",
        "<script>secret</script>",
        "<style>secret</style>",
        "<head><title>secret</title></head>",
        "<!-- secret -->",
        "<template>secret</template>",
    ],
)
def test_what_no_reader_sees_is_left_out(hidden):
    assert texts(f"{hidden}<p>seen</p>") == ["seen"]


def test_preformatted_text_keeps_its_spaces_and_lines():
    assert texts("<pre>a   b\n  c\n\nd</pre>") == ["a   b\n  c", "d"]


def test_entities_and_no_break_spaces_become_plain_characters():
    assert texts("<p>Caf&eacute;&nbsp;&amp;&nbsp;tea &#8211; &#x1F49A;</p>") == ["Café & tea – 💚"]


@pytest.mark.parametrize(
    "data",
    [
        "<p>Žižkov</p>".encode(),
        b"<meta charset=windows-1250><p>\x8ei\x9ekov</p>",
        b"\xff\xfe" + "<p>Žižkov</p>".encode("utf-16-le"),
    ],
)
def test_bytes_are_read_in_the_character_set_they_declare(data):
    assert texts(data) == ["Žižkov"]


def test_bytes_that_declare_nothing_and_are_not_utf8_are_windows_1252():
    assert texts(b"<p>\x80 5 \x96 \x93yes\x94</p>") == ["€ 5 – “yes”"]


@pytest.mark.parametrize(
    "tags", ["<div>", "<b>", "<blockquote><p>", "<ul><li>", "<table><tr><td>", "<a href=", "<p "]
)
def test_endless_nesting_takes_no_time_and_loses_no_words(tags):
    began = time.process_time()
    found = texts("<p>before</p>" + tags * 100_000 + "> after")
    assert time.process_time() - began < 5
    assert found[0] == "before"
    if not tags.endswith(("=", " ")):
        assert "after" in found[-1]


@given(st.text() | st.binary())
def test_anything_is_read_without_an_error_and_no_part_is_empty(markup):
    assert all(text.strip() for text in texts(markup))


@given(st.lists(st.text("abcdefg", min_size=1, max_size=5), min_size=1), st.data())
def test_every_word_comes_out_once_in_its_order(words, data):
    tags = st.sampled_from(["p", "div", "li", "h1", "blockquote", "td", "b", "pre"])
    markup = ""
    for word in words:
        tag = data.draw(tags)
        markup += f"<{tag}>{word}</{tag}> "
    assert " ".join(texts(markup)).replace("•\t", "").split() == words
