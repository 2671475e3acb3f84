"""The sentences that packs say alike in every kind of file, and the text that files can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from coder.domain.model import RespondentType
from coder.domain.text import counted

NOTHING = "There is nothing to quote here yet."
OVERVIEW, VOICES = "Who raised what", "Who said what"

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GROUPS = {
    RespondentType.INDIVIDUAL: ("individual", "individuals"),
    RespondentType.CHARITY: ("charity", "charities"),
    RespondentType.FAITH: ("faith group", "faith groups"),
    RespondentType.COUNCIL: ("council", "councils"),
    RespondentType.PUBLIC_BODY: ("public body", "public bodies"),
    RespondentType.BUSINESS: ("business", "businesses"),
    RespondentType.ACADEMIC: ("academic", "academics"),
    RespondentType.OTHER: ("other", "others"),
    RespondentType.UNKNOWN: ("respondent of unknown type", "respondents of unknown type"),
}


def printable(text: str) -> str:
    """The text without the control characters and lone surrogates that XML 1.0 §2.2 forbids."""
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


def put(stream: BinaryIO, pieces: Iterable[str]) -> None:
    """Writes the printable text of the pieces as UTF-8, one after the other, so that however much
    there is never lies in memory at once."""
    stream.writelines(printable(piece).encode() for piece in pieces)


def day(moment: date) -> str:
    """A date as people write it: `18 September 2020`."""
    return f"{moment.day} {moment:%B} {moment.year}"


def kind_of_group(kind: RespondentType) -> str:
    """How several of a type are called where there is little room: `Charities`."""
    several = _GROUPS[kind][1].capitalize()
    return "Type not known" if kind is RespondentType.UNKNOWN else several


def groups(types: Iterable[RespondentType]) -> str:
    """How many of each type of respondent, the largest groups first: `2 charities, 1 council`."""
    found = Counter(_GROUPS[kind] for kind in types).items()
    ordered = sorted(found, key=lambda item: (-item[1], item[0]))
    return ", ".join(counted(number, *nouns) for nouns, number in ordered)
