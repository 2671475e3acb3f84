"""Sources: bytes with a name, from a file or from inside one."""

import hashlib
from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import Unreadable


def test_a_file_and_the_same_bytes_from_inside_another_are_one(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.7 ...")
    file, part = Source.of(path), Source("letter.pdf", b"%PDF-1.7 ...")

    for source in (file, part):
        assert source.read() == b"%PDF-1.7 ..."
        assert source.read(4) == b"%PDF"
        assert source.size() == 12
        assert source.sha256() == hashlib.sha256(b"%PDF-1.7 ...").hexdigest()
        assert source.media_type() == "application/pdf"


def test_an_unknown_ending_has_the_general_media_type() -> None:
    assert Source("letter.nobody-knows").media_type() == "application/octet-stream"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"“gone\.docx” could not be opened"):
        Source.of(tmp_path / "gone.docx").read()
