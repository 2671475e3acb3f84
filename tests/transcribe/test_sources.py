"""Models are found wherever they lie in a folder or zip, and a hostile zip is refused whole."""

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError, Unreadable
from coder.jobs import Job
from coder.transcribe.models import Model
from coder.transcribe.sources import opened

PARTS = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


def put(archive: zipfile.ZipFile, folder: str, *names: str) -> None:
    for name in names:
        archive.writestr(f"{folder}{name}", b"x" * 10)


def found(source: Path) -> list[Model]:
    with opened(source, Job()) as offers:
        return [offer.model for offer in offers]


def weights_in(source: Path) -> bytes:
    with opened(source, Job()) as [offer], offer.files["model.bin"].open() as stream:
        return stream.read()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "small.zip"


def test_models_are_found_in_the_folders_of_a_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "a/b/faster-whisper-small/", *PARTS)
        put(archive, "a/", *PARTS, "medium.pt", "large.pt", "notes.txt")
        archive.writestr("a/medium.json", '{"id": "mine", "languages": ["cy"]}')
        put(archive, "__MACOSX/a/", "._model.bin")

    models = {model.id: model for model in found(path)}

    assert set(models) == {"faster-whisper-small", "a", "mine", "large"}
    assert (models["mine"].format, models["mine"].languages) == ("openai", ("cy",))
    assert models["a"].bytes == 40


def test_a_model_at_the_top_of_a_zip_is_called_by_the_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "", *PARTS)
        put(archive, "older/", *PARTS)

    assert [model.id for model in found(path)] == ["small"]


def test_a_half_model_is_told_with_what_is_missing(path, tmp_path):
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "usb/faster-whisper-base/", "model.bin", "config.json")

    with pytest.raises(EvidenceError, match=r"“faster-whisper-base” is not.*tokenizer\.json, voc"):
        found(path)


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_where_there_is_no_model_that_is_said(path, tmp_path, kind):
    if kind == "folder":
        path = tmp_path / "stick"
        (path / "letters").mkdir(parents=True)
        (path / "letters" / "a.txt").write_text("Dear members")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            put(archive, "", "a.txt")

    with pytest.raises(EvidenceError, match=f"“{path.name}”"):
        found(path)


def test_a_file_that_only_claims_to_be_a_zip_is_told(path):
    path.write_text("no zip")

    with pytest.raises(Unreadable, match=r"“small\.zip” is damaged or not whole"):
        found(path)


@pytest.mark.parametrize(
    "name", ["/etc/model.bin", "../../model.bin", "a/../../b", "C:/model.bin", "..\\up\\model.bin"]
)
def test_a_path_that_leads_outside_refuses_the_zip(path, tmp_path, name):
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "small/", *PARTS)
        archive.writestr(zipfile.ZipInfo(name), b"out")

    with pytest.raises(Unreadable, match=r"“small\.zip” was refused: .* would lie outside"):
        found(path)

    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["small.zip"]


def test_a_link_refuses_the_zip(path):
    entry = zipfile.ZipInfo("small/model.bin")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "small/", *PARTS[1:])
        archive.writestr(entry, "/etc/passwd")

    with pytest.raises(Unreadable, match="is a link"):
        found(path)


def test_what_swells_refuses_the_zip_unread(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "small/", *PARTS[1:])
        archive.writestr("small/model.bin", b"\0" * 20_000_000)

    with pytest.raises(Unreadable, match=r"“small/model.bin” in it would swell to 1,0\d\d times"):
        found(path)


def test_a_zip_that_lies_about_a_size_is_known_to_be_damaged(path):
    # Given a zip whose weights are said to be ten bytes long, and are twenty million
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "small/", *PARTS[1:])
        archive.writestr("small/model.bin", b"\0" * 20_000_000)
    data = path.read_bytes().replace(struct.pack("<L", 20_000_000), struct.pack("<L", 10))
    path.write_bytes(data)

    # Then reading it ends there, and is known to be damaged
    given = []
    with pytest.raises(Unreadable, match=r"damaged.*small/model\.bin"):
        given.append(weights_in(path))
    assert given == []


def test_a_locked_zip_is_told(path):
    with zipfile.ZipFile(path, "w") as archive:
        put(archive, "small/", *PARTS)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    path.write_bytes(data)

    with pytest.raises(Unreadable, match="locked with a password"):
        found(path)


def test_a_whole_disk_is_not_looked_through(tmp_path, monkeypatch):
    for n in range(30):
        (tmp_path / f"{n}.txt").write_text("")
    monkeypatch.setattr("coder.transcribe.sources._MOST_FILES", 20)

    with pytest.raises(EvidenceError, match="too many files"):
        found(tmp_path)
