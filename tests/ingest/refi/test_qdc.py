"""Codebooks of other programs, also those that break the standard."""

from __future__ import annotations

import pytest

from coder.domain.codebook_file import CodeEntry
from coder.domain.draft import Source
from coder.domain.errors import EvidenceError
from coder.ingest.codebook_file import read_codebook
from tests.ingest.refi import others


def read(data: bytes) -> list[CodeEntry]:
    return list(read_codebook(Source("theirs.qdc", data=data)))


def test_tags_of_taguette_stand_below_one_another() -> None:
    assert [one.path for one in read(others.taguette())] == [
        "interesting",
        "interesting/people",
        "interesting/people/young",
        "places",
    ]


def test_a_codebook_of_another_namespace() -> None:
    [code] = read(others.atlas())

    assert (code.path, code.definition, code.colour) == ("Trust", "A comment.", "green")
    assert code.id == others.guid("atlas").replace("-", "")


def test_the_codebook_of_a_whole_project() -> None:
    document = others.nvivo().document.encode()

    assert [one.path for one in read(document)] == ["Giving", "Coming back", "Places"]


@pytest.mark.parametrize("data", [b"", b"no xml", b"<a/>", b"<CodeBook><Codes/></CodeBook>"])
def test_what_holds_no_codes_is_told(data: bytes) -> None:
    with pytest.raises(EvidenceError, match=r"theirs.qdc"):
        read(data)


def test_entities_are_not_unfolded() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c SYSTEM "file:///etc/passwd">]><CodeBook><Codes>'
        b'<Code guid="x" name="A"><Description>one &b; two &c;</Description></Code>'
        b"</Codes></CodeBook>"
    )

    [code] = read(bomb)

    assert "aaa" not in code.definition
    assert "root" not in code.definition
