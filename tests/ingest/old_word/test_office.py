"""LibreOffice works alone, for a limited time, and asks nothing of any network."""

from __future__ import annotations

import os
import select
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from coder.domain.draft import Draft, Source
from coder.domain.errors import Unreadable
from coder.ingest.old_word import office
from coder.ingest.safe import read_many
from coder.ingest.word.docx import read_docx
from coder.jobs import Job
from tests.ingest.old_word.doc_writer import old_word

pytestmark = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")
ODF = "urn:oasis:names:tc:opendocument:xmlns"


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def _note(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _note  # noqa: N815 (names of the base class)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}", asked
        serving.shutdown()
        thread.join()


def with_picture(address: str) -> bytes:
    """A document (flat OpenDocument) that shows a picture from elsewhere; LibreOffice fetches it
    when it opens this with a profile like that of a new user."""
    return (
        f'<?xml version="1.0"?><office:document xmlns:office="{ODF}:office:1.0" '
        f'xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        f'<text:p>We met<draw:frame><draw:image xlink:href="{address}/seen.png" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        "</office:text></office:body></office:document>"
    ).encode()


def with_background(address: str) -> bytes:
    """A web page with a style sheet and a background from elsewhere, which LibreOffice fetches
    although links from documents are forbidden to it."""
    return (
        f"<html><head><link rel=stylesheet href={address}/seen.css></head>"
        f'<body background="{address}/seen.png"><p>We met</p></body></html>'
    ).encode()


def text_of(converted: bytes) -> str:
    return read_docx(Source("converted.docx", data=converted))[0]


@pytest.mark.parametrize("made", [with_picture, with_background])
@pytest.mark.parametrize("namespace", [True, False])
def test_a_remote_picture_is_not_fetched_and_nothing_is_left_behind(
    server: tuple[str, list[str]],
    namespace: bool,
    made: Callable[[str], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, asked = server
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    if not namespace:
        monkeypatch.setenv("PATH", programs_but_unshare(tmp_path / "programs"))

    converted = office.as_docx(made(address), "evidence.doc")

    assert "We met" in text_of(converted)
    assert asked == []
    assert list(own.iterdir()) == []


def programs_but_unshare(folder: Path) -> str:
    """A folder with the programs of this machine but the one that makes namespaces."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for program in Path(place).iterdir() if Path(place).is_dir() else ():
            link = folder / program.name
            if program.name != "unshare" and not link.is_symlink():
                link.symlink_to(program)
    assert shutil.which("unshare", path=str(folder)) is None
    return str(folder)


def test_what_cannot_be_opened_is_said_to_be() -> None:
    with pytest.raises(Unreadable, match="cannot open it"):
        office.as_docx(b"PK\x03\x04 broken", "evidence.doc")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux has them")
def test_one_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, told = tmp_path / "programs", tmp_path / "child"
    monkeypatch.setenv("PATH", programs_but_unshare(programs))
    (programs / "soffice").unlink()
    (programs / "soffice").write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {told}\nwait\n")
    (programs / "soffice").chmod(0o700)
    monkeypatch.setattr(office, "_SECONDS", 0.5)

    with pytest.raises(Unreadable, match="took too long"):
        office.as_docx(b"", "evidence.doc")

    assert ended(int(told.read_text()))


def ended(process: int) -> bool:
    """Whether a process ends within ten seconds."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    readable, _, _ = select.select([handle], [], [], 10)
    os.close(handle)
    return bool(readable)


def test_it_starts_within_the_memory_that_a_reader_may_use() -> None:
    source = Source(
        "evidence.doc", data=old_word("We met.\r", paragraphs=[(8, b"\0\0\x0b\x46\x01\0")])
    )

    ((_, outcome),) = read_many([source], Job())

    assert isinstance(outcome, Draft)
    assert outcome.documents[0].text == "We met."
