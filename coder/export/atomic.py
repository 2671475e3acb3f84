"""Writes a whole file or nothing of it, in the kind that its name asks for."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

from coder.domain.errors import EvidenceError

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room, or save it on another disk."),
    errno.EDQUOT: ("your space on this disk is used up", "Make room, or save it elsewhere."),
    errno.EROFS: ("this disk cannot be written to", "Save it in another folder."),
    errno.ENOENT: ("its folder does not exist", "Choose a folder that exists."),
    errno.ENOTDIR: ("its folder does not exist", "Choose a folder that exists."),
    errno.EISDIR: ("there is a folder of that name", "Give the file another name."),
    errno.ENAMETOOLONG: ("its name is too long", "Give the file a shorter name."),
}
_DENIED = (
    "it may be open in another program, or its folder may be read-only",
    "Close the file there, or save it under another name or in another folder.",
)


W = TypeVar("W")


def writer_for(writers: Mapping[str, W], path: Path, what: str) -> W:
    """The one of these writers, by file ending in the order in which they are offered, that
    `path` asks for. Raises EvidenceError, naming the endings that `what` can have."""
    writer = writers.get(path.suffix.lower())
    if writer is None:
        *others, last = writers
        raise EvidenceError(
            f"“{path.name}” does not end in a kind of file that {what} can be.",
            f"Use {', '.join(others)} or {last}.",
        )
    return writer


@contextlib.contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand at `path`, in place of what was there, once the block has ended.

    They are written beside it and on the disk before they take the name, so that a power cut, a
    full disk or an error in the block leaves the former file as it was. Raises EvidenceError where
    the machine refuses.
    """
    part = path.with_name(f".{uuid.uuid4().hex[:12]}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)  # noqa: PTH105 (replaced in a test as the edge of the machine)
    except OSError as problem:
        raise _told(path, problem) from problem
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Puts `data` at `path` as `whole` does."""
    with whole(path) as stream:
        stream.write(data)


def _told(path: Path, problem: OSError) -> EvidenceError:
    if isinstance(problem, PermissionError):
        reason, remedy = _DENIED
    else:
        reason, remedy = _REASONS.get(
            problem.errno or 0, (problem.strerror or "the disk refused", "Try another folder.")
        )
    return EvidenceError(f"“{path.name}” could not be written: {reason}.", remedy)
