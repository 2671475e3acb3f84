"""What is asked of quotes, in words: for those who choose them and for those who read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder.domain.citation import TYPE_NAMES
from coder.domain.model import Code, Permission, RespondentType
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted
from coder.domain.together import AGREED

TYPES = {**TYPE_NAMES, RespondentType.UNKNOWN: "Not known yet"}
"""What filters and forms call types of respondent."""

PERMISSIONS = {
    Permission.NAMED: "Publish with the name",
    Permission.ANONYMOUS: "Publish without the name",
    Permission.WITHHELD: "Do not publish",
    Permission.UNKNOWN: "Not known yet",
}
"""What they call permissions."""

_OF_ALL = {AGREED: "agreement of the coders"}
"""How the coder is told that is no person."""


def in_words(wanted: QuoteFilter, codes: Mapping[str, Code], unseen: str = "") -> str:
    """What a filter lets through, in a sentence; `unseen` says whose tags it leaves out."""
    parts = _parts(wanted, codes, unseen)
    return f"Passages {'; '.join(parts)}." if parts else "Every tagged passage."


def narrowed(wanted: QuoteFilter, codes: Mapping[str, Code]) -> str:
    """What a pack says of what the filter left out of it; empty where nothing narrows it. A basket
    alone does not: it is what the pack is called by, and nothing in it is counted."""
    unseen = "tagged as one coder may see it" if wanted.hidden_to or wanted.blind_to else ""
    parts = _parts(wanted, codes, unseen)
    if not parts:
        return ""
    of = "of what that coder may see" if unseen else "of all the evidence"
    counts = "" if wanted.basket else f" Counts are {of}."
    return f"Quoted here are only passages {'; '.join(parts)}.{counts}"


def _parts(wanted: QuoteFilter, codes: Mapping[str, Code], unseen: str) -> list[str]:
    def named(ids: Sequence[str], word: str) -> str:
        names = [f"“{codes[one].name}”" for one in ids if one in codes]
        return f"{', '.join(names[:-1])} {word} {names[-1]}" if names[1:] else "".join(names)

    said = {
        "tagged with": named(wanted.codes, "and" if wanted.every else "or"),
        "overlapped by": named(wanted.overlapping, "and"),
        "near": named(wanted.near, "and"),
        "not with": named(wanted.without, "or"),
        "from a respondent of the type": _or([_type(one) for one in wanted.types]),
        "in": _or(wanted.regions),
        "by permission:": _or([PERMISSIONS[Permission(one)].lower() for one in wanted.permissions]),
        "tagged by": _or([_OF_ALL.get(one, one) for one in wanted.coders]),
        "of": _or(wanted.submissions),
        "from": counted(len(wanted.documents), "chosen document") if wanted.documents else "",
        "in answer to": _or(
            [f"“{codes[one].name if one in codes else one}”" for one in wanted.questions]
        ),
        "with the words": f"“{wanted.text}”" if wanted.text else "",
        "tagged since": wanted.since,
        "tagged until": wanted.until,
        "received since": wanted.received_since,
        "received until": wanted.received_until,
        "of at least": counted(wanted.shortest, "character") if wanted.shortest else "",
        "of at most": counted(wanted.longest, "character") if wanted.longest else "",
    }
    parts = [f"{how} {what}" for how, what in said.items() if what]
    parts += ["marked for use"] * wanted.marked + ["in no basket yet"] * wanted.unused
    return parts + [unseen] * bool(unseen)


def _or(names: Sequence[str]) -> str:
    return " or ".join(names)


def _type(kind: str) -> str:
    return TYPES[RespondentType(kind)].lower()
