"""Sentences that packs share."""

from __future__ import annotations

from datetime import date
from xml.dom import minidom

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.model import RespondentType as Type
from coder.export.wording import day, groups, printable


def test_days_are_written_out() -> None:
    assert day(date(2020, 9, 8)) == "8 September 2020"


def test_groups_come_largest_first() -> None:
    found = groups([Type.COUNCIL, Type.CHARITY, Type.INDIVIDUAL, Type.CHARITY, Type.UNKNOWN])
    assert found == "2 charities, 1 council, 1 individual, 1 respondent of unknown type"
    assert all(groups([kind]) for kind in Type)


@given(st.text(st.characters()))
def test_printable_text_can_stand_in_xml_and_in_utf8(text: str) -> None:
    kept = printable(text)
    kept.encode()
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    minidom.parseString(f"<a>{escaped}</a>".encode())
    assert printable(kept) == kept


def test_printable_text_keeps_what_people_write() -> None:
    assert printable("a\tb\r\nc é 🥖 שלום\u00a0\u2028\x00\x1b\ud800\ufffe") == (
        "a\tb\r\nc é 🥖 שלום\u00a0\u2028"
    )
