"""Sources: bytes with a name, from a file or from inside one."""

import hashlib
import os
import sys
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


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes and devices of this kind")
def test_what_may_never_end_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), tmp_path):
        with pytest.raises(Unreadable, match=f"“{path.name}” is a folder, a pipe or a device"):
            Source.of(path).sha256()


@pytest.mark.skipif(sys.platform == "win32", reason="names there are always text")
def test_a_name_is_one_line_of_text() -> None:
    path = Path("in") / os.fsdecode(b"caf\xe9\nold.txt")

    source = Source.of(path)

    assert source.name == "caf\\xe9␤old.txt"
    assert source.path == path
