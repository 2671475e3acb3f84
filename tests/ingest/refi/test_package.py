"""Project files that lie about themselves, or mean harm, do none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.ingest.packed.shelf import Shelf
from coder.ingest.refi.file import RefiFile
from coder.ingest.refi.package import Package, is_project_file
from tests.ingest.refi import others
from tests.ingest.refi.others import PROJECT, File, guid, tag


def opened(data: bytes) -> Package:
    return Package(Source("theirs.qdpx", data=data))


def test_the_document_is_found_whatever_it_is_called() -> None:
    for named in ("project.qde", "Street.QDE", "Export/My project.qde"):
        file = File("<Project/>", named=named)
        with opened(file.packed()) as package:
            assert package.document() == b"<Project/>"
            assert is_project_file(Source("x.bin", data=file.packed()))


def test_files_are_found_in_any_case_and_folder() -> None:
    members = {"Some/Sources/ABC.TXT": b"words"}
    with opened(File("<Project/>", members).packed()) as package:
        for path in ("internal://abc.txt", "internal:///Sources/Abc.txt", "abc.TXT"):
            assert package.data(path) == b"words"
        assert package.data("internal://other.txt") is None
        assert package.data("absolute:///etc/passwd") is None


def test_a_document_by_itself_is_a_project(tmp_path: Path) -> None:
    document = others.nvivo(inline=True).document.encode()

    assert is_project_file(Source("a.qde", data=document))
    with RefiFile(Source("a.qde", data=document)) as file:
        assert file.project.name == "Street"


@pytest.mark.parametrize(
    "data", [b"", b"words", b"PK", b"PK\x05\x06" + bytes(18), b"<CodeBook xmlns='urn:QDA-XML:x'/>"]
)
def test_what_is_no_project_is_told_apart(data: bytes) -> None:
    assert not is_project_file(Source("x.qdpx", data=data))


def test_no_file_but_one_beside_it_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "film.mp4").write_bytes(b"film")
    (inside / "link.mp4").symlink_to(secret)
    path = inside / "theirs.qdpx"
    path.write_bytes(File("<Project/>").packed())
    shelf = Shelf(None)
    with Package(Source.of(path)) as package:
        found = package.file("relative://film.mp4", "Film.mp4", shelf)
        assert found is not None
        assert found.read() == b"film"
        for where in (
            "relative://../secret.txt",
            "relative://link.mp4",
            f"absolute://{secret}",
            str(secret),
            "relative://..",
            "relative://",
        ):
            assert package.file(where, "x", shelf) is None


def test_a_document_that_unfolds_without_end_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", bytes(60 * 1024**2))

    with opened(stream.getvalue()) as package, pytest.raises(Unreadable, match="unreasonable size"):
        package.document()


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(
        File("<Project/>", {"sources/a.txt": b"one", "sources/b.txt": b"two"}).packed()
    )
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    one, other = entries[1:]
    data[other + 42 : other + 46] = data[one + 42 : one + 46]

    with pytest.raises(Unreadable):
        opened(bytes(data))


def test_a_locked_file_is_told() -> None:
    data = bytearray(File("<Project/>").packed())
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(Unreadable, match="password"):
        opened(bytes(data))


def test_a_damaged_document_gives_what_can_be_read() -> None:
    whole = tag("Project", [tag("Users", [tag("User", guid=guid("a"), name="A")])], xmlns=PROJECT)
    with RefiFile(Source("t.qdpx", data=File(whole[:-12]).packed())) as file:
        assert [user.name for user in file.project.users] == ["A"]
        assert not file.sound


def test_entities_and_files_of_this_machine_stay_where_they_are() -> None:
    document = (
        '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
        f'<Project xmlns="{PROJECT}" name="N"><Description>&b;&c;</Description></Project>'
    )
    with RefiFile(Source("t.qdpx", data=File(document).packed())) as file:
        assert "aaa" not in file.project.description
        assert "root" not in file.project.description
