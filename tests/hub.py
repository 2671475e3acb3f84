"""A server on this machine that plays the Hugging Face Hub, and whatever can go wrong with it."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from coder import places

NAMES = (
    "model.bin",
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "preprocessor_config.json",
)


def synthetic_files() -> dict[str, bytes]:
    """The files of the model that comes with the program."""
    folder = places.samples() / "whisper-synthetic"
    return {name: (folder / name).read_bytes() for name in NAMES}


@dataclass
class Hub:
    """What the hub has and does. `files` is what it states; `sent` what it sends in place of it;
    `cuts` after how many bytes of a file it breaks off, once for each entry; `holds` after how many
    it sends no more; `status` is its answer to everything. `asked` holds the paths asked for and
    the byte that each began at."""

    files: dict[str, bytes] = field(default_factory=synthetic_files)
    sent: dict[str, bytes] = field(default_factory=dict)
    cuts: list[tuple[str, int]] = field(default_factory=list)
    holds: dict[str, int] = field(default_factory=dict)
    status: int = 0
    ranges: bool = True
    stated: bool = True
    revision: str = "1" * 40
    asked: list[tuple[str, int]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def begun_at(self, name: str) -> list[int]:
        """The bytes from which a file was asked for, one after another."""
        return [start for path, start in self.asked if path == f"/cdn/{name}"]

    def listing(self, repository: str) -> dict[str, object]:
        """What it says of a repository: large files with their SHA-256, others with git's SHA-1."""
        siblings: list[Mapping[str, object]] = [{"rfilename": "README.md", "size": 3}]
        for name, data in self.files.items():
            told: dict[str, object] = {"rfilename": name, "size": len(data)}
            if self.stated:
                blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
                told["blobId"] = blob
            if self.stated and name == "model.bin":
                told["lfs"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            siblings.append(told)
        return {"id": repository, "sha": self.revision, "siblings": siblings}


class _Handler(BaseHTTPRequestHandler):
    """Answers as the hub does: a listing, a redirection to where the file lies, the file."""

    hub: Hub

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(found[1]) if found else 0
        self.hub.asked.append((path, start))
        if self.hub.status:
            self.send_error(self.hub.status)
        elif path.startswith("/api/models/"):
            body = json.dumps(self.hub.listing(path.removeprefix("/api/models/"))).encode()
            self._head(200, len(body))
            self.wfile.write(body)
        elif f"/resolve/{self.hub.revision}/" in path:
            self.send_response(302)
            self.send_header("Location", f"/cdn/{path.rpartition('/')[2]}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path.removeprefix("/cdn/") in self.hub.files:
            self._send(path.removeprefix("/cdn/"), start)
        else:
            self.send_error(404)

    def _send(self, name: str, start: int) -> None:
        data = self.hub.sent.get(name, self.hub.files[name])
        if start and self.hub.ranges:
            if start >= len(data):
                self.send_error(416)
                return
            self._head(206, len(data) - start, f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            start = 0
            self._head(200, len(data))
        cut = next((one for one in self.hub.cuts if one[0] == name), None)
        if cut:
            self.hub.cuts.remove(cut)
            data = data[: cut[1]]
        end = self.hub.holds.get(name, len(data))
        with suppress(ConnectionError):
            self.wfile.write(data[start:end])
            if end < len(data):
                self.hub.released.wait(60)

    def _head(self, status: int, length: int, stretch: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if stretch:
            self.send_header("Content-Range", stretch)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Lets the program find the hub in place of the real one."""
    handler = type("Handler", (_Handler,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        try:
            yield hub
        finally:
            hub.released.set()
            server.shutdown()
            thread.join()


def half(folder: Path) -> int:
    """How many bytes of parts lie in a folder."""
    return sum(file.stat().st_size for file in folder.glob("*.part"))
