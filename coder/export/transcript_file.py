"""Transcripts as files: which kinds there are, and how one is written whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder import places
from coder.export import transcript_docx, transcript_subtitles, transcript_text
from coder.export.atomic import write_whole, writer_for
from coder.export.transcript_sheet import Sheet


def _word(sheet: Sheet) -> bytes:
    return transcript_docx.write(sheet, places.resources() / "pack.docx")


_WRITERS: dict[str, Callable[[Sheet], bytes]] = {
    ".docx": _word,
    ".vtt": transcript_subtitles.vtt,
    ".srt": transcript_subtitles.srt,
    ".txt": transcript_text.write,
}

ENDINGS = tuple(_WRITERS)
"""The file endings that `write_transcript` knows."""

SUBTITLES = (".vtt", ".srt")
"""Those of subtitles, whose times can be neither left out nor marked with pauses."""


def write_transcript(sheet: Sheet, path: Path) -> None:
    """Writes the transcript to `path`, in the kind of file that its ending says, whole or not at
    all. Raises EvidenceError where the ending is not known or the file cannot be written."""
    writer = writer_for(_WRITERS, path, "a transcript")
    write_whole(path, writer(sheet))
