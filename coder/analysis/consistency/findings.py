"""What is found: a kind, a sentence that says what is odd, and the passages that show it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.together import derived_id


class Kind(StrEnum):
    """What can be odd about a codebook in use, in the order in which it is told."""

    ALIKE = "alike"
    CAMPAIGN = "campaign"
    LACKING = "lacking"
    DRIFT = "drift"
    SENSE = "sense"
    RATE = "rate"
    TOGETHER = "together"
    PARENT = "parent"
    UNDEFINED = "undefined"
    UNUSED = "unused"
    ONCE = "once"
    NOTHING = "nothing"
    SHORT = "short"
    LONG = "long"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.ALIKE: "Same words tagged differently",
    Kind.CAMPAIGN: "Campaign letters differ",
    Kind.LACKING: "Passed over",
    Kind.DRIFT: "Use drifts over time",
    Kind.SENSE: "Used for other things",
    Kind.RATE: "Used more by one coder",
    Kind.TOGETHER: "Always together",
    Kind.PARENT: "Never apart from its parent",
    Kind.UNDEFINED: "Without a definition",
    Kind.UNUSED: "Unused",
    Kind.ONCE: "Used once",
    Kind.NOTHING: "Read, nothing tagged",
    Kind.SHORT: "One word tagged",
    Kind.LONG: "Pages tagged",
}

ADVICE: Mapping[Kind, str] = {
    Kind.ALIKE: "Decide which tag is meant, and recode the others; or dismiss this with the reason"
    " why they differ.",
    Kind.CAMPAIGN: "Tag the words that all letters share alike, or in one letter only.",
    Kind.LACKING: "Read it, and tag it if the code is meant; or say why it is not.",
    Kind.DRIFT: "Read the early and the late passages side by side. Sharpen the definition, or"
    " split the code.",
    Kind.SENSE: "Read both coders’ passages side by side, and settle in the definition what is"
    " meant.",
    Kind.RATE: "Talk over where the code begins and ends, and write it into the definition.",
    Kind.TOGETHER: "If they mean the same, merge them; if not, say in both definitions what sets"
    " them apart.",
    Kind.PARENT: "The code above counts its sub-codes anyway: take its tag off, or merge the two.",
    Kind.UNDEFINED: "Write in a sentence or two what the code takes in and what it does not.",
    Kind.UNUSED: "Delete it, or say in its definition what you are waiting for.",
    Kind.ONCE: "See whether it belongs under another code, or whether more passages bear it.",
    Kind.NOTHING: "Read it again, tag it, or mark it as blank; or say why there is nothing in it.",
    Kind.SHORT: "Stretch the tag to the words that it needs to be understood.",
    Kind.LONG: "Tag the passages that are meant, one by one.",
}


NOT_TAGGED = "Not tagged"
"""The side of words that bear no tag where others like them do."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A coding as it is told: its code by id and path, its coder by id and name, and when."""

    coding_id: str
    code_id: str
    code: str
    coder_id: str
    coder: str
    at: str

    @property
    def name(self) -> str:
        """The code's own name, without those above it."""
        return self.code.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the evidence, `[start, end)` in code points, with the tags on them. `side` says
    which of two groups they show (a time, a coder); empty where there are none."""

    submission_id: str
    ref: str
    document_id: str
    document: str
    start: int
    end: int
    quote: str
    tags: tuple[Tag, ...] = ()
    side: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd. `about` are the ids of what it is about, in order, of which its own id is
    made, and `state` how these stand: a dismissal holds as long as it is the same and `size`, the
    number of passages a pattern rests on, about as large (0 where it rests on no number).

    `codes` are the ids and `paths` the paths of its codes; `coders` names; `submissions` the ids of
    those whose words it shows.
    """

    kind: Kind
    about: tuple[str, ...]
    said: str
    passages: tuple[Passage, ...] = ()
    codes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    state: str = ""
    size: int = 0
    submission_id: str = ""

    @property
    def id(self) -> str:
        """The id that every copy of the project gives it."""
        return derived_id(self.kind, *self.about)

    @property
    def title(self) -> str:
        """What is odd, in a few words."""
        return KIND_NAMES[self.kind]

    @property
    def advice(self) -> str:
        """What is to be done."""
        return ADVICE[self.kind]

    @property
    def where(self) -> str:
        """What it is about, in a few words: the codes, or the submission."""
        names = [f"“{path.rpartition('/')[2]}”" for path in self.paths]
        if names:
            return " · ".join(names[:3]) + (" …" if len(names) > 3 else "")
        return ", ".join(dict.fromkeys(one.ref for one in self.passages))

    @property
    def submissions(self) -> tuple[str, ...]:
        """The ids of the submissions whose words it shows, and of the one it is about."""
        shown = (one.submission_id for one in self.passages)
        return tuple(dict.fromkeys(filter(None, (self.submission_id, *shown))))


def state_of(parts: Iterable[object]) -> str:
    """How something stands, as the SHA-256 of these parts in order."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
