"""Downloads a published model from the Hugging Face Hub, in a process of its own, and goes on where
an earlier download stopped.

This is the only module that uses the network. `huggingface_hub` is not used for it: since 1.11 it
begins each file anew (its issue 4196) and compares sizes only (3643). What is asked of the hub is
`/api/models/REPOSITORY?blobs=true`, which states the files with their checksums, and
`/REPOSITORY/resolve/REVISION/FILE` with a byte range.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder.domain.errors import EvidenceError
from coder.jobs import Job, Progress
from coder.transcribe import models
from coder.transcribe.child import converse
from coder.transcribe.published import Published
from coder.transcribe.serving import serve

Files = dict[str, dict[str, object]]
"""The files of a model by name, each with its `bytes` and `sha256`, as a description has them."""

WAITS = (0.2, 1.0, 3.0, 8.0, 15.0)
"""Seconds before each new try while nothing comes."""

_PATIENCE = 30
_PIECE = 256 * 1024
_NEWS = 0.2
_SETTLES = 2
_SPARE = 50_000_000
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_FROM = re.compile(r"bytes (\d+)-")
_PART = ".part"

BY_HAND = (
    "Check the connection to the internet and try again, or bring the model from another computer "
    "and install it from its folder or a zip (“Models for transcription…”, or `models add`)."
)
"""What to do where a model cannot be downloaded."""


def download(wanted: Published, folder: Path, job: Job) -> Files:
    """Puts the model's files into `folder`, each compared with the checksum that the hub states.

    What has come stays there when this is stopped or fails, and the next call goes on with it.
    Progress goes to `job` in bytes. Raises EvidenceError, Cancelled.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "TRUE", "YES", "ON"}:
        raise EvidenceError("Downloads are switched off on this machine (HF_HUB_OFFLINE).", BY_HAND)
    request = {"id": wanted.id, "repository": wanted.repository, "folder": str(folder)}
    broken = EvidenceError(
        f"The download of “{wanted.id}” broke off", "What has come is kept: try again to go on."
    )
    job.report(0, 0, f"Asking for the files of “{wanted.id}”")
    began, had = time.monotonic(), -1
    files: Files = {}
    for message in converse("coder.transcribe.fetch", request, broken, job):
        if message["event"] == "files":
            files = message["files"]
            continue
        done, total = message["done"], message["total"]
        had = done if had < 0 else had
        passed = time.monotonic() - began
        pace = (done - had) / passed if passed > _SETTLES else 0
        seconds = (total - done) / pace if pace else None
        label = f"Downloading “{wanted.id}” ({_megabytes(done)} of {models.size(total)})"
        job.listener(Progress(done, total, label, seconds))
    return files


def kept(folder: Path) -> int:
    """How many bytes of a download that was stopped lie in `folder`."""
    return sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0


def _megabytes(count: int) -> str:
    return f"{count / 1e9:.2f}" if count >= 1e9 else str(round(count / 1e6))


# In the process of its own


@dataclass(frozen=True, slots=True)
class _File:
    """A file as the hub states it: `sha256` for a large one, `blob` (git's SHA-1) otherwise."""

    name: str
    url: str
    bytes: int
    sha256: str
    blob: str

    @property
    def part(self) -> str:
        """What its beginning is called, which is never joined to another version's rest."""
        return f"{self.name}.{(self.sha256 or self.blob)[:16]}{_PART}"


def work(request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages for a request: `progress` in bytes as they come, at last `files`. Raises
    EvidenceError."""
    folder, name = Path(request["folder"]), request["id"]
    listing = _listing(request["repository"], name)
    total = sum(file.bytes for file in listing)
    done = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, listing)
        refuse_full(folder, total - kept(folder), name)
        files: Files = {}
        for file in listing:
            for come in _fetch(file, folder, name):
                yield {"event": "progress", "done": done + come, "total": total}
            done += file.bytes
            files[file.name] = _checked(file, folder, name)
        for file in listing:
            (folder / file.part).replace(folder / file.name)
    except OSError as problem:
        raise EvidenceError(
            f"The model “{name}” could not be kept in “{folder.parent}” "
            f"({problem.strerror or problem}).",
            "Make room there and try again; what has come is kept.",
        ) from problem
    yield {"event": "files", "files": files}


def refuse_full(folder: Path, needed: int, name: str) -> None:
    """Raises EvidenceError where the disk that holds `folder` lacks room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if needed + _SPARE > free:
        raise EvidenceError(
            f"There is no room for the model “{name}”: it takes {models.size(needed)} more, and "
            f"{models.size(free)} are free in “{folder.parent}”.",
            "Make room there and try again.",
        )


def _listing(repository: str, name: str) -> list[_File]:
    """What the hub has of the model, the small files first."""
    endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or "https://huggingface.co"
    if not endpoint.startswith(("https://", "http://")):
        raise EvidenceError(f"“{endpoint}” is no address of a hub.", "Correct HF_ENDPOINT.")
    unusable = EvidenceError(f"What {endpoint} says of “{name}” cannot be understood.", BY_HAND)
    try:
        with _open(f"{endpoint}/api/models/{repository}?blobs=true") as answer:
            told = json.loads(answer.read())
        base = f"{endpoint}/{repository}/resolve/{urllib.parse.quote(told['sha'], safe='')}"
        found = [_stated(one, base) for one in told["siblings"]]
    except urllib.error.HTTPError as problem:
        raise _refused(problem, name) from problem
    except (OSError, http.client.HTTPException) as problem:
        raise EvidenceError(
            f"The model “{name}” could not be downloaded: "
            f"{urllib.parse.urlsplit(endpoint).hostname} was not reached ({_why(problem)}).",
            BY_HAND,
        ) from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise unusable from problem
    own = models.LAYOUTS[models.CTRANSLATE2].own([file.name for file in found])
    listing = sorted((file for file in found if file.name in own), key=lambda file: file.bytes)
    if models.LAYOUTS[models.CTRANSLATE2].missing(own) or not all(
        file.sha256 or file.blob for file in listing
    ):
        raise unusable
    return listing


def _stated(told: Mapping[str, Any], base: str) -> _File:
    name, lfs = told["rfilename"], told.get("lfs") or {}
    return _File(
        name,
        f"{base}/{urllib.parse.quote(name)}",
        int(lfs.get("size", told.get("size") or 0)),
        str(lfs.get("sha256", "")),
        str(told.get("blobId") or ""),
    )


def _clear(folder: Path, listing: list[_File]) -> None:
    """Makes a whole file that an earlier download left a part again, and throws away what belongs
    to another version."""
    for file in listing:
        whole = folder / file.name
        if whole.is_file() and _digest(file, whole)[0]:
            whole.replace(folder / file.part)
    wanted = {file.part for file in listing}
    for left in folder.iterdir():
        if left.name not in wanted:
            left.unlink()


def _fetch(file: _File, folder: Path, name: str) -> Iterator[int]:
    """Brings the rest of a file, giving now and then how many of its bytes are there. A connection
    that is lost is taken up again as long as something comes."""
    part = folder / file.part
    tries = 0
    while (had := part.stat().st_size if part.exists() else 0) < file.bytes or not part.exists():
        yield had
        lost: Exception = ConnectionError("it broke off")
        try:
            yield from _pour(file, part, had)
        except urllib.error.HTTPError as problem:
            if problem.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
            elif problem.code not in _BUSY:
                raise _refused(problem, name) from problem
            lost = problem
        except (_Lost, http.client.HTTPException) as problem:
            lost = problem
        if part.exists() and part.stat().st_size > had:
            tries = 0
        elif tries == len(WAITS):
            raise EvidenceError(
                f"The download of “{name}” broke off: {_why(lost)}.",
                f"What has come is kept: try again to go on. {BY_HAND}",
            ) from lost
        else:
            time.sleep(WAITS[tries])
            tries += 1
    yield file.bytes


class _Lost(Exception):
    """The connection was lost, or none was had."""


def _pour(file: _File, part: Path, had: int) -> Iterator[int]:
    """Adds what one answer brings to the part, from its byte `had` on, or writes it anew where the
    hub sends all of it. Raises _Lost, HTTPError, and OSError where it cannot be written."""
    told = 0.0
    try:
        answer = _open(file.url, had)
    except urllib.error.HTTPError:
        raise
    except OSError as problem:
        raise _Lost(_why(problem)) from problem
    with answer:
        found = _FROM.match(answer.headers.get("Content-Range", ""))
        had = had if answer.status == http.HTTPStatus.PARTIAL_CONTENT and found else 0
        if found and int(found[1]) != had:
            raise _Lost("another stretch was sent than was asked for")
        with part.open("ab" if had else "wb") as out:
            while had < file.bytes:
                try:
                    piece = answer.read1(_PIECE)
                except OSError as problem:
                    raise _Lost(_why(problem)) from problem
                if not piece:
                    return
                had += out.write(piece)
                if time.monotonic() - told > _NEWS:
                    told = time.monotonic()
                    yield had


def _open(url: str, had: int = 0) -> http.client.HTTPResponse:
    headers = {"User-Agent": "evidence-coder", "Accept-Encoding": "identity"}
    if had:
        headers["Range"] = f"bytes={had}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  http and https only
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_PATIENCE)  # noqa: S310
    return answer


def _checked(file: _File, folder: Path, name: str) -> dict[str, object]:
    """Compares what has come of a file with what the hub states, and gives its size and SHA-256."""
    part = folder / file.part
    good, sha256 = _digest(file, part)
    if not good:
        part.unlink()
        raise EvidenceError(
            f"The model “{name}” came damaged: {file.name} is not what the hub states.",
            "That file was thrown away, the others are kept: try again.",
        )
    return {"bytes": file.bytes, "sha256": sha256}


def _digest(file: _File, come: Path) -> tuple[bool, str]:
    """Whether a file on disk is the one that the hub states, and its SHA-256. It is on the disk for
    good afterwards."""
    count = come.stat().st_size
    sha256, blob = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % count, usedforsecurity=False)
    with come.open("rb+") as stream:
        while piece := stream.read(_PIECE):
            sha256.update(piece)
            blob.update(piece)
        os.fsync(stream.fileno())
    same = sha256.hexdigest() == file.sha256 if file.sha256 else blob.hexdigest() == file.blob
    return same and count == file.bytes, sha256.hexdigest()


def _refused(problem: urllib.error.HTTPError, name: str) -> EvidenceError:
    host = urllib.parse.urlsplit(problem.url).hostname
    if problem.code in _BUSY:
        return EvidenceError(
            f"{host} is busy and gives “{name}” to nobody now ({problem.code}).", "Try again later."
        )
    return EvidenceError(
        f"The model “{name}” could not be downloaded: {host} does not give it out "
        f"({problem.code} {problem.reason}).",
        BY_HAND,
    )


def _why(problem: BaseException) -> str:
    """The reason of a lost connection in a few words."""
    reason = getattr(problem, "reason", problem)
    if isinstance(reason, TimeoutError):
        return "nothing came for half a minute"
    return str(getattr(reason, "strerror", None) or reason or type(reason).__name__).rstrip(".")


if __name__ == "__main__":
    serve(work)
