"""The project document is what the schema asks for, in its order, also without the schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.project.exchange.conftest import (  # noqa: F401 – fixtures here too
    document_of,
    filled,
    sent,
)

NAMESPACE = "{urn:QDA-XML:project:1.0}"
ORDER = {
    "Project": "Users CodeBook Variables Cases Sources Notes Description NoteRef",
    "Code": "Description NoteRef Code",
    "Case": "Description CodeRef VariableValue SourceRef SelectionRef",
    "TextSource": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "Note": "Description PlainTextContent PlainTextSelection Coding NoteRef VariableValue",
    "VideoSource": "Description Transcript VideoSelection Coding NoteRef VariableValue",
    "Transcript": "Description PlainTextContent SyncPoint TranscriptSelection NoteRef",
    "PlainTextSelection": "Description Coding NoteRef",
    "TranscriptSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
}
NEVER_EMPTY = ("Users", "CodeBook", "Codes", "Variables", "Cases", "Sources", "Notes")


def test_it_fits_the_schema(sent: Path, shared: Path) -> None:  # noqa: F811
    schema = etree.XMLSchema(etree.parse(shared / "reference" / "refi" / "Project.xsd"))

    schema.assertValid(etree.fromstring(document_of(sent)).getroottree())


def test_elements_stand_in_their_order(sent: Path) -> None:  # noqa: F811
    root = etree.fromstring(document_of(sent))
    seen = set()
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        seen.add(name)
        if name in ORDER:
            places = [ORDER[name].split().index(one.tag.removeprefix(NAMESPACE)) for one in element]
            assert places == sorted(places), name
        assert len(element) or name not in NEVER_EMPTY

    assert ORDER.keys() <= seen


def test_every_reference_points_to_something(sent: Path) -> None:  # noqa: F811
    root = etree.fromstring(document_of(sent))
    ids = [one for one in root.xpath("//@guid") if one]
    named = root.xpath("//@targetGUID | //@creatingUser | //@fromSyncPoint | //@toSyncPoint")

    assert len(set(ids)) == len(ids)
    assert set(named) <= set(ids)


def test_a_text_is_told_once(sent: Path) -> None:  # noqa: F811
    root = etree.fromstring(document_of(sent))
    for element in root.iter(*(NAMESPACE + one for one in ("TextSource", "Transcript", "Note"))):
        inside = element.find(f"{NAMESPACE}PlainTextContent") is not None
        assert inside is not bool(element.get("plainTextPath"))


@pytest.mark.parametrize("text", ["2020-09-18", "", "soon", "18 Sep 2020"])
def test_what_is_no_moment_is_not_told_as_one(text: str) -> None:
    from coder.export.refi.qde import moment

    assert moment(text) == ""
