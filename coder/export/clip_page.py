"""What lies beside clips: the words as subtitles, a page to watch them on, and a table of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote as quoted

from coder.domain.citation import UNCHECKED
from coder.domain.model import Segment
from coder.domain.text import clock, counted
from coder.export.atomic import write_whole
from coder.export.csv_rows import as_csv
from coder.export.selection import Released
from coder.export.transcript_subtitles import srt_of, vtt_of
from coder.export.wording import day, printable

PAGE, TABLE = "clips.html", "clips.csv"
COLUMNS = (
    "id", "ref", "attribution", "citation", "quote", "file", "starts", "ends", "seconds", "note",
)  # fmt: skip

_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".m4a": "audio/mp4",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
}
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self' file: data:"
)
_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --muted: #5b646c; --accent: #1f5c66;
  --hair: #c9d3d6; --page: #fffdf8; --warn: #8a4b14; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --muted: #a5acb4; --accent: #7fc4cd;
  --hair: #3b4347; --page: #1d2023; --warn: #e0a56b; } }
html { background: var(--page); color: var(--ink); }
body { font: 17px/1.55 Georgia, Gelasio, "Liberation Serif", serif; max-width: 44rem;
  margin: 4rem auto; padding: 0 1.5rem; }
header p, figcaption { font-family: Calibri, Carlito, "Segoe UI", "Helvetica Neue", Arial,
  sans-serif; }
h1 { font-size: 2.2rem; font-weight: normal; line-height: 1.2; margin: 0 0 .6rem; }
.kicker { color: var(--accent); font-weight: bold; letter-spacing: .04em; margin: 0 0 .4rem; }
figure { margin: 2.6rem 0; padding-top: 2rem; border-top: 1px solid var(--hair); }
video { display: block; width: 100%; max-height: 70vh; background: #000; border-radius: 4px; }
audio { display: block; width: 100%; }
blockquote { margin: 1rem 0 .4rem; padding: .1rem 0 .1rem 1.1rem; border-inline-start: 2px solid
  var(--accent); white-space: pre-wrap; overflow-wrap: anywhere; }
figcaption { font-size: .92rem; color: var(--muted); padding-inline-start: calc(1.1rem + 2px); }
figcaption a { color: var(--accent); } em { color: var(--warn); }
"""


@dataclass(frozen=True, slots=True)
class Clip:
    """A quote with the clip that was cut of it. `start_ms`, `end_ms` lie on the recording's clock,
    `first_ms` is when the quote begins there. `encoded` says that it was encoded anew though nobody
    asked for it; `poster` is a JPEG, empty for sound."""

    quote: Released
    path: Path
    start_ms: int
    end_ms: int
    first_ms: int
    picture: bool
    encoded: bool = False
    poster: bytes = b""
    subtitles: bytes = b""
    language: str = ""

    @property
    def notes(self) -> list[str]:
        """What a person must know of it."""
        earlier = self.first_ms - self.start_ms
        return [
            *([UNCHECKED] if self.quote.machine_draft else []),
            *(["also plays what is left out"] if self.quote.omitted else []),
            *(["encoded anew"] if self.encoded else []),
            *([f"begins {earlier / 1000:.1f} s before the quote"] if earlier > 1000 else []),
        ]


def words_of(segments: Sequence[Segment], start: int, end: int, zero_ms: int) -> list[Segment]:
    """The words `[start, end)` of a transcript, without those around them and without names of
    speakers, with `zero_ms` as time 0."""
    return [
        _part(one, max(0, start - one.start), min(len(one.text), end - one.start), zero_ms)
        for one in segments
        if one.start < end and one.end > start
    ]


def write_subtitles(segments: Sequence[Segment], clip: Path, told: Sequence[str]) -> bytes:
    """Writes subtitles of these words beside a clip, as `.srt` and `.vtt`; gives the latter. Raises
    EvidenceError."""
    content = vtt_of(segments, told)
    write_whole(clip.with_suffix(".srt"), srt_of(segments))
    write_whole(clip.with_suffix(".vtt"), content)
    return content


def write_listing(clips: Sequence[Clip], inquiry: str, today: date, folder: Path) -> None:
    """Writes the page and the table of clips into their folder. Raises EvidenceError."""
    page = "\n".join(_page(clips, inquiry, today)) + "\n"
    write_whole(folder / PAGE, printable(page).encode())
    write_whole(folder / TABLE, as_csv([COLUMNS, *map(_cells, clips)]))


def _part(segment: Segment, first: int, last: int, zero_ms: int) -> Segment:
    words = tuple(
        replace(
            word,
            start=max(0, word.start - first),
            end=min(last, word.end) - first,
            start_ms=max(0, word.start_ms - zero_ms),
            end_ms=max(0, word.end_ms - zero_ms),
        )
        for word in segment.words
        if word.end > first and word.start < last
    )
    start_ms, end_ms = segment.start_ms - zero_ms, segment.end_ms - zero_ms
    if words:
        start_ms = words[0].start_ms if first else start_ms
        end_ms = words[-1].end_ms if last < len(segment.text) else end_ms
    return replace(
        segment,
        text=segment.text[first:last],
        words=words,
        start_ms=max(0, start_ms),
        end_ms=max(0, end_ms),
        speaker="",
    )


def _page(clips: Sequence[Clip], inquiry: str, today: date) -> Iterator[str]:
    title = f"{inquiry} – clips"
    seconds = sum(clip.end_ms - clip.start_ms for clip in clips)
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f'<header>\n<p class="kicker">Clips</p>\n<h1>{escape(inquiry)}</h1>'
    yield f"<p>{day(today)} · {counted(len(clips), 'clip')}, {clock(seconds)} in all</p>\n</header>"
    yield from map(_figure, clips)
    yield "</body>\n</html>"


def _figure(clip: Clip) -> str:
    quote = clip.quote
    name = escape(quoted(clip.path.name))
    line = escape(f"— {quote.attribution} {quote.citation}")
    notes = "".join(f" · <em>{escape(note)}</em>" for note in clip.notes)
    length = clock(clip.end_ms - clip.start_ms)
    tag = "video" if clip.picture else "audio"
    shown = f' poster="{_data("image/jpeg", clip.poster)}"' if clip.poster else ""
    words = ""
    if clip.subtitles:
        words = (
            f'<track kind="captions" label="Words" srclang="{escape(clip.language or "en")}"'
            f' src="{_data("text/vtt", clip.subtitles)}">\n'
        )
    return (
        f'<figure id="{escape(quote.id)}">\n'
        f'<{tag} controls preload="none"{shown} aria-label="{escape(quote.citation)}">\n'
        f'<source src="{name}" type="{_TYPES[clip.path.suffix]}">\n{words}</{tag}>\n'
        f'<blockquote dir="auto">{escape(quote.quote)}</blockquote>\n'
        f"<figcaption>{line} · {length}{notes}<br>"
        f'<a href="{name}">{escape(clip.path.name)}</a></figcaption>\n</figure>'
    )


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _cells(clip: Clip) -> tuple[str, ...]:
    quote = clip.quote
    return (
        quote.id,
        quote.ref,
        quote.attribution,
        quote.citation,
        quote.quote,
        clip.path.name,
        clock(clip.start_ms),
        clock(clip.end_ms),
        f"{(clip.end_ms - clip.start_ms) / 1000:.1f}",
        "; ".join(clip.notes),
    )
