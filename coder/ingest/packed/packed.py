"""Takes out what the Unix packers hold: one file (gzip, bzip2, xz) or the members of a tar."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from coder.domain.draft import Opened, Problem, Source
from coder.domain.errors import Unreadable
from coder.ingest.packed.archive import MOST_MEMBERS, skipped
from coder.ingest.packed.entries import Bomb
from coder.ingest.packed.names import Names, clean_path, not_evidence
from coder.ingest.packed.shelf import Full, Shelf

_CHUNK = 256 * 1024
_RATIO = 200
_RATIO_COUNTS_FROM = 50 * 1024**2
_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, ValueError)
_TAR_DAMAGED = "The archive is cut off or damaged; what came before is here."
_INSIDE = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def read_packed(source: Source, into: Path | None) -> Opened:
    """The one file inside a gzip, bzip2 or xz, named like it without its ending; where that is a
    tar, it is a container in its turn. Raises Unreadable where nothing comes out."""
    path = PurePosixPath(source.name)
    name = path.with_suffix(_INSIDE.get(path.suffix.lower(), "")).name
    problems: list[Problem] = []
    try:
        member = Shelf(into).put(name, _unpacked(source, problems))
    except (Bomb, Full) as problem:
        raise Unreadable(
            f"“{source.name}” cannot be unpacked. {problem.what}", problem.remedy
        ) from None
    if not member.size():
        raise Unreadable(f"“{source.name}” is damaged or empty.", "Ask for it to be sent again.")
    return Opened((member,), problems=tuple(problems), keep=bool(problems))


def read_tar(source: Source, into: Path | None) -> Opened:
    """The files in a tar, named by their paths in it. Links and devices are named and not followed;
    of a tar that was cut off comes what is whole."""
    shelf = Shelf(into)
    names = Names()
    members: list[Source] = []
    problems: list[Problem] = []
    aside: Counter[str] = Counter()
    with source.open() as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r:") as archive:
                for info in archive:
                    name = clean_path(info.name)
                    left = not_evidence(name)
                    aside[left] += bool(left) and not info.isdir()
                    if left or info.isdir():
                        continue
                    if len(members) == MOST_MEMBERS:
                        problems.append(Problem("", f"Only the first {MOST_MEMBERS:,} files came."))
                        break
                    name = names.own(name)
                    content = archive.extractfile(info) if info.isreg() else None
                    if content is None:
                        problems.append(Problem(name, "It is a link or device and not followed."))
                    else:
                        bounded = _bounded(_chunks(content.read), source.size)
                        members.append(shelf.put(name, bounded))
                else:
                    if not _ends(stream, archive.offset):
                        problems.append(Problem("", _TAR_DAMAGED))
        except (Full, Bomb) as problem:
            problems.append(Problem("", f"{problem.what} The rest is not here."))
        except _DAMAGE:
            problems.append(Problem("", _TAR_DAMAGED))
    if not members:
        raise Unreadable(f"“{source.name}” is damaged or empty.", "Ask for it to be sent again.")
    return Opened(tuple(members), (), (*problems, *skipped(aside)), bool(problems))


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(_CHUNK):
        yield chunk


def _ends(stream: BinaryIO, place: int) -> bool:
    """Whether a tar that was read up to `place` ends there: with a block of zeros, as it should, or
    with the file."""
    stream.seek(place)
    block = stream.read(tarfile.BLOCKSIZE)
    return not block.strip(b"\0")


def _unpacked(source: Source, problems: list[Problem]) -> Iterator[bytes]:
    with source.open() as stream, _opener(stream) as content:
        try:
            yield from _bounded(_chunks(content.read1), stream.tell)
        except _DAMAGE:
            problems.append(Problem("", "It is cut off or damaged; what came before is here."))


def _bounded(chunks: Iterable[bytes], packed: Callable[[], int]) -> Iterator[bytes]:
    """The chunks, as long as they do not come to more than 50 MB and 200 times what they were
    `packed` in. Raises Bomb."""
    made = 0
    for chunk in chunks:
        made += len(chunk)
        if made > _RATIO_COUNTS_FROM and made > _RATIO * packed():
            raise Bomb(
                "It unfolds to hundreds of times its size, as files made to do harm do.",
                "Ask for it to be sent again unpacked.",
            )
        yield chunk


def _opener(stream: io.BufferedReader | io.BytesIO) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    magic = stream.read(4)
    stream.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=stream)
    return bz2.BZ2File(stream) if magic.startswith(b"BZh") else lzma.LZMAFile(stream)
