"""A codebook for other programs fits their schema and keeps its GUIDs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lxml import etree

from coder.domain.model import Code, new_id
from coder.export.codebook_outline import outline
from coder.export.refi import qdc


def written() -> bytes:
    top = Code("0" * 32, "Places", None, 0, "blue", "Where.", "they meet", "they pass")
    below = [Code(new_id(), f"A & “{name}”", top.id, place) for place, name in enumerate("xy")]
    book = outline("I", [top, *below], {}, {}, [], {}, [], date(2020, 11, 22))
    return qdc.write(book)


def test_it_fits_the_schema(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "reference" / "refi" / "Codebook.xsd"))

    schema.assertValid(etree.fromstring(written()).getroottree())


def test_codes_stand_below_one_another_with_all_that_is_said() -> None:
    root = etree.fromstring(written())
    [top] = root.findall("{*}Codes/{*}Code")

    assert top.get("guid") == "00000000-0000-0000-0000-000000000000"
    assert top.get("color") == "#2082d1"
    assert top.findtext("{*}Description") == (
        "Where.\n\nUse when:\nthey meet\n\nDo not use when:\nthey pass"
    )
    assert [one.get("name") for one in top.findall("{*}Code")] == ["A & “x”", "A & “y”"]
