"""What the tests of exported transcripts share: sheets and segments made with few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from coder.domain.model import Permission, Segment, Status, Word
from coder.domain.segments import laid_out
from coder.export.transcript_sheet import Sheet

ODD = (
    "-->", "&amp;", "<i>", "</i>", "<v Bob>", "00:01", "1,5", "{\\an8}", "[br]", "<3", "&", "AT&T",
    "שלום", "مرحبا", "👩‍👩‍👧", "café", "naïve", "&#65;", ">>", "42", "NOTE", "WEBVTT", "1:02,3:04",
    "\u2028", "a\u00a0b", "x" * 60, "日本語の文字", "\u200f", "end.", "so,",
)  # fmt: skip
"""What has a meaning of its own in files of subtitles, or is written otherwise than English."""


def timed(start_ms: int, end_ms: int, text: str, speaker: str = "") -> Segment:
    """A segment whose words are spoken one after the other, without a silence."""
    length = end_ms - start_ms
    words = tuple(
        Word(
            found.start(),
            found.end(),
            start_ms + length * found.start() // len(text),
            start_ms + length * found.end() // len(text),
            0.9,
        )
        for found in re.finditer(r"\S+", text)
    )
    return Segment(f"s{start_ms}-{end_ms}", "d", 0, start_ms, end_ms, text, speaker, words=words)


def sheet_of(segments: Iterable[Segment], **fields: Any) -> Sheet:
    """A sheet of these segments: by default an unchecked machine's, that may be quoted by name."""
    given: dict[str, Any] = {
        "inquiry": "Loneliness",
        "ref": "SIC0031",
        "title": "film (transcript)",
        "recording": "film.mp4",
        "media_ms": 70_000,
        "made_by": "Transcribed by faster-whisper (base).",
        "by_machine": True,
        "draft": True,
        "finished": True,
        "corrected": 0,
        "permission": Permission.NAMED,
        "status": Status.RECEIVED,
        "created": date(2020, 11, 22),
        "segments": tuple(laid_out(segments)),
    }
    return Sheet(**(given | fields))


def words_of(texts: Iterable[str]) -> list[str]:
    """All words of these texts, as spaces part them."""
    return [word for text in texts for word in text.split()]


@st.composite
def spoken(
    draw: st.DrawFn, words: st.SearchStrategy[str], speakers: st.SearchStrategy[str]
) -> Sequence[Segment]:
    """Segments one after the other, some with word times. Each word is behind one that stands
    nowhere else, so that no line is said twice: a reader would take it for one that rolls up."""
    clock, made, number = 0, [], 0
    for _ in range(draw(st.integers(1, 6))):
        said = []
        for word in draw(st.lists(words, min_size=1, max_size=30)):
            number += 1
            said.append(f"w{number} {word}")
        text = draw(st.sampled_from([" ", "\n", "  "])).join(said)
        clock += draw(st.integers(60, 5_000))
        end = clock + draw(st.integers(300, 20_000))
        one = timed(clock, end, text, draw(speakers))
        plain = Segment(one.id, "d", 0, clock, end, text, one.speaker)
        made.append(one if draw(st.booleans()) else plain)
        clock = end
    return laid_out(made)
