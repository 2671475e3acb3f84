"""The trail of an inquiry: what may be asked of it, and the short fingerprint of its journal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = 16
"""So many hexadecimal digits of a link's SHA-256 stand in a fingerprint: 64 bits."""

_NOTED = re.compile(r"(?P<steps>\d{1,12})[\s–-]+(?P<digits>[0-9A-F\s–-]+)")


class Deed(StrEnum):
    """The kinds of act by which the trail is narrowed."""

    TAGS = "tags"
    CODEBOOK = "codebook"
    EVIDENCE = "evidence"
    TRANSCRIPTS = "transcripts"
    MEMOS = "memos"
    READING = "reading"
    QUOTES = "quotes"
    TOGETHER = "together"
    SIGNING = "signing"
    TURNED_BACK = "turned-back"
    WITHDRAWN = "withdrawn"


DEEDS = {
    Deed.TAGS: "Tags",
    Deed.CODEBOOK: "Codebook",
    Deed.EVIDENCE: "Evidence and particulars",
    Deed.TRANSCRIPTS: "Transcripts",
    Deed.MEMOS: "Memos and journal",
    Deed.READING: "Reading",
    Deed.QUOTES: "Baskets and filters",
    Deed.TOGETHER: "Sharing and settling",
    Deed.SIGNING: "Sign-offs",
    Deed.TURNED_BACK: "Undone and done again",
    Deed.WITHDRAWN: "Withdrawals",
}
"""What forms and files call the kinds of act."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which steps of the trail are wanted. Empty fields ask for nothing.

    `coders`, `submissions` and `codes` are ids; `since` and `until` moments in ISO 8601 in UTC, the
    second not included; `words` stand in a step's label or in what it changed.
    """

    coders: tuple[str, ...] = ()
    submissions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    deeds: tuple[Deed, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The number of steps of a journal and its last link, a SHA-256 in hexadecimal. As text it is
    short enough for a sheet of paper: `1204-9F3A-27C1-8B02-55DE`."""

    steps: int
    link: str

    def __str__(self) -> str:
        digits = self.link[:_DIGITS].upper()
        return "-".join([str(self.steps), *re.findall("....", digits)])


def noted(words: str) -> Fingerprint | None:
    """The fingerprint that somebody noted, in any case and spacing; None where it is none. Of its
    link only the first digits are known."""
    found = _NOTED.fullmatch(words.strip().upper())
    if found is None:
        return None
    digits = re.sub("[^0-9A-F]", "", found["digits"])
    return Fingerprint(int(found["steps"]), digits.lower()) if len(digits) == _DIGITS else None
