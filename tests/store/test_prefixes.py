"""Words that begin with certain letters are found by their stems, and no others."""

from __future__ import annotations

import pytest

VOCABULARY = (
    *("bus", "buses", "business", "busy", "but", "building", "volunteer", "volunteers"),
    *("volunteering", "voluntary", "volume", "study", "studying", "studies", "use", "used"),
    *("user", "usual", "lonely", "loneliness", "lone", "happy", "happiness", "happen"),
    *("community", "communities", "commune", "Café", "cafeteria", "connect", "connection"),
)


@pytest.mark.parametrize("letters", [
    "b", "bu", "bus", "busi", "vo", "vol", "volu", "volun", "volunt", "volunte", "voluntee",
    "volunteer", "volunteeri", "volunteerin", "volunteering", "st", "stud", "study", "studyi",
    "studie", "us", "use", "used", "lone", "lonel", "loneli", "happ", "happi", "commun",
    "communi", "communit", "communitie", "caf", "café", "cafe", "conne", "connecti",
])  # fmt: skip
def test_each_word_that_begins_so_is_found(desk, letters: str) -> None:
    desk.document("d", *VOCABULARY)
    plain = letters.replace("é", "e")

    found = {hit.excerpt for hit in desk.store.read.find(f"{letters}*", limit=100)}

    begins = {one for one in VOCABULARY if one.lower().replace("é", "e").startswith(plain)}
    assert begins <= found
    # What is found beside them shares a stem with one of them, as volunteer with volunteering.
    assert {one[:2].lower() for one in found} <= {letters[:2]} or len(letters) == 1


@pytest.mark.parametrize(("letters", "strange"), [
    ("bus", "building"),
    ("volunteer", "voluntary"),
    ("use", "usual"),
    ("happi", "happen"),
])  # fmt: skip
def test_a_beginning_is_not_stemmed_into_other_words(desk, letters: str, strange: str) -> None:
    desk.document("d", *VOCABULARY)

    assert strange not in {hit.excerpt for hit in desk.store.read.find(f"{letters}*", limit=100)}


def test_a_phrase_may_end_in_a_beginning(desk) -> None:
    desk.document("d", "the food bank", "the food hall", "a bank of food")

    found = [hit.excerpt for hit in desk.store.read.find('"food ba"*')]

    assert found == ["the food bank"]
