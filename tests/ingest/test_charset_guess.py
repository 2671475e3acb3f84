"""Text in an old code page is told from Windows-1252 by its words, where they are clear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.charset_guess import foreign
from coder.ingest.text import decode

FRENCH = "Le café était fermé, et “l’hôpital” aussi : ça a coûté 5 €."


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("mac_roman", FRENCH),
        ("mac_roman", "They don’t think “so” – it’s odd."),
        ("cp1251", "Мы помогали соседям и носили еду. Всё было хорошо."),
        ("koi8-r", "Мы помогали соседям и носили еду. Всё было хорошо."),
        ("cp1253", "Βοηθήσαμε τους γείτονές μας με τα ψώνια."),
    ],
)
def test_words_of_another_page_are_read_in_it(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    "text",
    [
        FRENCH,
        "They don’t think “so” – it cost £5 or €6…",
        "£5",
        "Müller, Señor Núñez and Zoë O’Brien met in Århus at 20°C",
        "ÜBER GROSSE FRAGEN: Größe, Maß, ÄÖÜ",
        "naïve façade ½ ¼ © ® ™ • item",
        "Ž. Šarlija",
    ],
)
def test_what_is_windows_1252_stays_so(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_in_some_way(data: bytes) -> None:
    found = foreign(data)

    assert found == "" or data.decode(found, "replace")
