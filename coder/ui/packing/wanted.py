"""What goes into a pack, as it is offered and said: the filters of the quotes place in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.domain.model import Code, Permission, RespondentType
from coder.domain.quotes import QuoteFilter
from coder.domain.text import counted
from coder.ui.names import PERMISSIONS, TYPES


@dataclass(frozen=True, slots=True)
class Source:
    """Quotes that can go out together: how they are called, in words what they are, and what asks
    for them."""

    name: str
    words: str
    wanted: QuoteFilter


def in_words(wanted: QuoteFilter, codes: Mapping[str, Code], unseen: str = "") -> str:
    """What a filter lets through, in a sentence; `unseen` says whose tags it leaves out."""

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
        "tagged by": _or(wanted.coders),
        "of": _or(wanted.submissions),
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
    parts += [unseen] * bool(unseen)
    return f"Passages {'; '.join(parts)}." if parts else "Every tagged passage."


def _or(names: Sequence[str]) -> str:
    return " or ".join(names)


def _type(kind: str) -> str:
    return TYPES[RespondentType(kind)].lower()
