"""The code page of an item is the one that gives words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.ingest.outlook.charsets import Pages, ansi_page


@pytest.mark.parametrize(
    ("locale", "page"), [(1041, 932), (1028, 950), (2052, 936), (1049, 1251), (2057, 1252), (0, 0)]
)
def test_languages_have_their_pages(locale: int, page: int) -> None:
    assert ansi_page(locale) == page


def test_a_declared_page_is_kept_where_its_words_are_words() -> None:
    for page, word in ((1252, "Français"), (1250, "Łódź"), (1251, "встреча"), (932, "日本語")):
        data = word.encode(f"cp{page}")

        assert Pages([page], [data]).decode(data) == word


def test_a_page_that_gives_no_words_makes_way_for_one_that_does() -> None:
    data = "Мы встречаемся каждую неделю".encode("cp1251")

    assert Pages([1252], [data]).decode(data) == "Мы встречаемся каждую неделю"


def test_utf8_is_known_by_itself() -> None:
    data = "größere Äpfel".encode()

    assert Pages([932], [data]).decode(data) == "größere Äpfel"


@given(st.lists(st.integers(0, 70_000), max_size=3), st.binary(max_size=80))
def test_any_bytes_in_any_page_give_a_text_that_can_be_kept(pages: list[int], data: bytes) -> None:
    text = Pages(pages, [data]).decode(data)

    assert "\0" not in text
    text.encode("utf-8")
