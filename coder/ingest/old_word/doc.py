"""Reads Word files from before 2007.

The reader of our own finds every word and leaves what fields show as it was sent; LibreOffice also
shows the numbers that Word gives to lists by itself, and opens files that are damaged, but fills
in fields anew and now and then drops a paragraph. So LibreOffice is asked, where it is installed,
for files in which it can show more, and is believed where it does not show less.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from coder.domain.draft import Draft, Source
from coder.domain.errors import Blank, Unreadable
from coder.domain.model import Paragraph
from coder.domain.paragraphs import lay_out
from coder.ingest.single import written

Read = tuple[str, tuple[Paragraph, ...], tuple[str, ...]]

_REFILLED = (
    "Dates or file names that Word fills in by itself were filled in anew by LibreOffice: compare "
    "them with the original before you quote them."
)
_WORD = re.compile(r"\w+")
_MOST_MISSING = 0.02
_LARGEST = 200 * 1024 * 1024


def read_word_xml(source: Source) -> Draft:
    """A Word document saved as one XML file. Raises Unreadable, also without LibreOffice."""
    try:
        return written(source, *_by_office(source))
    except Blank:
        raise
    except Unreadable as problem:
        raise Unreadable(
            f"“{source.name}” is a Word document saved as XML and cannot be read as it is.",
            "Open it in Word or LibreOffice and save it as .docx.",
        ) from problem


@dataclass(frozen=True, slots=True)
class _Own:
    """What our own reader found; and whether there may be automatic numbers, fields of which only
    a program makes the text, and fields that a program would fill in anew."""

    read: Read
    lists: bool
    composed: bool
    refilled: bool


def read_doc(source: Source) -> Draft:
    """The document in an old Word file. Raises Unreadable where it is locked or neither way finds
    its text, and Blank where there is none."""
    from coder.ingest.old_word.file import Locked

    try:
        own = _own(source)
    except Locked:
        raise
    except Unreadable as problem:
        return _rescued(source, problem)
    text, paragraphs, problems = own.read
    if text.strip() and not (own.lists or own.composed):
        return written(source, text, paragraphs, problems)
    try:
        office = _by_office(source)
    except Unreadable:
        return written(source, text, paragraphs, problems)
    if not own.composed and _lacks(office[0], text):
        less = "LibreOffice shows less of it than stands in the file, which was read without it."
        return written(source, text, paragraphs, (less, *problems))
    refilled = (_REFILLED,) if own.refilled else ()
    return written(source, office[0], office[1], (*refilled, *office[2]))


def _rescued(source: Source, problem: Unreadable) -> Draft:
    """A damaged file as LibreOffice reads it. Raises `problem` where it finds nothing either."""
    try:
        return written(source, *_by_office(source))
    except Unreadable:
        raise problem from None


def _own(source: Source) -> _Own:
    from coder.ingest.old_word.file import open_word
    from coder.ingest.old_word.story import Reading

    file = open_word(source)
    reading = Reading(file)
    text, paragraphs = lay_out(reading.parts())
    return _Own(
        (text, paragraphs, tuple(reading.problems())),
        lists=file.lists or file.damaged,
        composed=reading.composed,
        refilled=reading.refilled,
    )


def _by_office(source: Source) -> Read:
    """What LibreOffice finds in it. Raises Unreadable."""
    from coder.ingest.old_word.office import as_docx, program
    from coder.ingest.word.docx import read_docx

    if not program():
        raise Unreadable("LibreOffice is not installed.")
    converted = as_docx(source.read(_LARGEST), source.name)
    return read_docx(replace(source, data=converted, path=None))


def _lacks(text: str, other: str) -> bool:
    """Whether a text lacks more than a few of the words that another has."""
    words = Counter(_WORD.findall(other.casefold()))
    missing = words - Counter(_WORD.findall(text.casefold()))
    return missing.total() > max(3, _MOST_MISSING * words.total())
