"""Recognises the text of pictures with tesseract, where that is installed on this machine.

Tesseract is run as a program, bounded in time, on one page at a time; its words come with the place
they stand in and how sure it is of each (the TSV form of its manual). Nothing is downloaded.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coder.domain.errors import Unreadable
from coder.ingest.pages.hyphens import HYPHEN, mend

LEAST_CONFIDENCE = 45
"""The mean confidence, of 100, below which what came out is no text but noise."""

MARK = "by a machine (tesseract"
"""Stands in the problems of a document of which a machine recognised the text, or some of it."""

_SHARE = 2 / 3
_MOST_LANGUAGES = 4
_A_PAGE = 40.0
_WORD, _WIDTH = 5, 12
_PLACES = (
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
    "C:/Program Files/Tesseract-OCR/tesseract.exe",
)


@dataclass
class _Clock:
    """How long recognition may take for one file, in seconds, and until when it may now."""

    seconds: float = 40.0
    until: float = float("inf")


_clock = _Clock()


def allow(seconds: float) -> None:
    """Says how long reading one file may take in this process; recognition gets two thirds."""
    _clock.seconds = _SHARE * seconds


def begin_file() -> None:
    """A file begins, with the time that is allowed for one."""
    _clock.until = time.monotonic() + _clock.seconds


def seconds_left() -> float:
    """How many seconds of recognition are left for the file at hand; none once it is negative."""
    return _clock.until - time.monotonic()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised: the paragraphs of each page, and the mean confidence, 0…100, of so
    many words."""

    pages: tuple[tuple[str, ...], ...]
    confidence: float
    words: int

    @property
    def legible(self) -> bool:
        """Whether it is text rather than noise."""
        return self.words > 0 and self.confidence >= LEAST_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Engine:
    """Tesseract as it is installed: its program, version and languages, English first."""

    program: str
    version: str
    languages: tuple[str, ...]
    turns: bool

    def recognise(self, picture: bytes, name: str) -> Recognised:
        """The text of a picture (JPEG, PNG, TIFF, GIF, BMP, WebP or PNM), turned upright where
        that can be told. `name` is what errors call it. Raises Unreadable where the picture cannot
        be decoded or the time runs out."""
        left = seconds_left()
        if left <= 0:
            raise _too_long(name)
        with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
            path = Path(folder, "page")
            path.write_bytes(picture)
            try:
                done = subprocess.run(
                    [
                        self.program, str(path), "stdout", "-l", "+".join(self.languages),
                        "--psm", "1" if self.turns else "3", "tsv",
                    ],
                    capture_output=True, timeout=min(left, _A_PAGE), check=False,
                    stdin=subprocess.DEVNULL, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                )  # fmt: skip
            except subprocess.TimeoutExpired as problem:
                raise _too_long(name) from problem
            except OSError as problem:
                raise _undecoded(name) from problem
        if done.returncode:
            raise _undecoded(name)
        return _gathered(done.stdout.decode("utf-8", "replace"))


@cache
def engine() -> Engine | None:
    """Tesseract, or None where it is not installed or has no language."""
    program = shutil.which("tesseract") or next(filter(os.path.isfile, _PLACES), None)
    if program is None:
        return None
    try:
        version, listed = (
            subprocess.run(
                [program, asked], capture_output=True, timeout=20, check=True,
                stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
            ).stdout
            for asked in ("--version", "--list-langs")
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    known = [line.strip() for line in listed.splitlines()[1:] if re.fullmatch(r"\w+", line.strip())]
    languages = sorted(set(known) - {"osd", "equ", "snum"}, key=lambda one: (one != "eng", one))
    if not languages:
        return None
    number = re.search(r"\d+(?:\.\d+)+", version)
    chosen = tuple(languages[:_MOST_LANGUAGES])
    return Engine(program, number[0] if number else "", chosen, "osd" in known)


def _gathered(table: str) -> Recognised:
    """The words of a TSV (level, page, block, paragraph, line, word, four numbers of its box,
    confidence, text) as paragraphs."""
    pages: dict[int, dict[tuple[str, str], list[list[str]]]] = {}
    sure: list[float] = []
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _WIDTH or cells[0] != str(_WORD) or not cells[11].strip():
            continue
        place = tuple(cells[1:5])
        if place not in lines:
            paragraphs = pages.setdefault(int(cells[1]), {})
            lines[place] = []
            paragraphs.setdefault((cells[2], cells[3]), []).append(lines[place])
        lines[place].append(cells[11].strip())
        sure.append(max(0.0, float(cells[10])))
    texts = {
        page: tuple(mend(_joined(found) for found in paragraphs.values()))
        for page, paragraphs in pages.items()
    }
    last = max(texts, default=0)
    mean = sum(sure) / len(sure) if sure else 0.0
    return Recognised(tuple(texts.get(page, ()) for page in range(1, last + 1)), mean, len(sure))


def _joined(lines: list[list[str]]) -> str:
    """One paragraph of its lines; a hyphen that ends a line is marked as such."""
    *most, last = (" ".join(words) for words in lines)
    marked = (re.sub(r"(?<=\w)[-‐]$", HYPHEN, line) for line in most)
    return " ".join((*marked, last))


def told(engine: Engine, confidence: float, where: str) -> str:
    """The sentence by which recognised text is marked as such."""
    return (
        f"Recognised from {where} {MARK} {engine.version}, mean confidence "
        f"{confidence:.0f} %); compare it before you quote it."
    )


def _too_long(name: str) -> Unreadable:
    return Unreadable(
        f"Recognising the text of “{name}” took too long.", "Recognise it later by itself."
    )


def _undecoded(name: str) -> Unreadable:
    return Unreadable(
        f"“{name}” could not be decoded as a picture.", "Ask for it as a JPEG or a PDF."
    )
