"""How evidence is cited and attributed, and what its permission and status allow.

The forms follow parliamentary practice: `(SIC0012)`, `(SIC0012, para 7)`, `(SIC0031, 02:14)`, and
for a file in pages whose paragraphs have no numbers of their own `(SIC0012, p. 4, para 7)`. Where
somebody but the respondent speaks: `(SIC0031, 02:14, Chair speaking)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coder.domain.model import Permission, RespondentType, Status, Submission
from coder.domain.text import clock, listed

TYPE_NAMES = {
    RespondentType.INDIVIDUAL: "Individual",
    RespondentType.CHARITY: "Charity or community group",
    RespondentType.FAITH: "Faith group",
    RespondentType.COUNCIL: "Council",
    RespondentType.PUBLIC_BODY: "Public body",
    RespondentType.BUSINESS: "Business",
    RespondentType.ACADEMIC: "Academic",
    RespondentType.OTHER: "Other",
    RespondentType.UNKNOWN: "Respondent",
}

PUBLISHABLE = frozenset({Permission.NAMED, Permission.ANONYMOUS})
"""Permissions under which a passage may leave the project. Anything else stays in: what is unknown
counts as not publishable until someone says otherwise."""

STANDING = frozenset({Status.RECEIVED, Status.INCLUDED})
"""Statuses of evidence that stands. Of any other submission, one withdrawn for instance, no passage
may leave the project whatever its permission says."""

UNCHECKED = "unchecked machine transcript"
"""What is said of every quote from a text that a machine wrote and nobody has checked."""

ANOTHER, UNNAMED, RESPONDENT = "another speaker", "an unnamed speaker", "the respondent"
"""What is told of a speaker whose name may not be, or is not known."""

_NEUTRAL = re.compile(rf"Speaker \d+|Left|Right|{ANOTHER}|{UNNAMED}|{RESPONDENT}")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset({"dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "prof", "sir"})
_NO_NAMES = frozenset({"anon", "anonymous", "given", "individual", "name", "unknown", "withheld"})

_REFERENCE = re.compile(r"([A-Z][A-Z0-9]{0,7}?\d{4,})([A-Z]{0,2})")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def valid_prefix(prefix: str) -> bool:
    """Whether references can be made with this prefix: one to eight capitals or digits."""
    return _PREFIX.fullmatch(prefix) is not None


def reference(prefix: str, number: int) -> str:
    """A submission's permanent reference: the prefix and at least four digits, `SIC0012`."""
    return f"{prefix}{number:04}"


def twin_of(ref: str, number: int) -> str:
    """The reference of a submission that was given one which another has already, in a copy of the
    project: the bare one for the first (0), with a letter for those after it, `SIC0012b`."""
    bare, letters = ref.rstrip("abcdefghijklmnopqrstuvwxyz"), ""
    while number:
        number, digit = divmod(number, 26)
        letters = chr(ord("a") + digit) + letters
    return bare + letters


def as_reference(text: str) -> str:
    """A reference as it is kept, however somebody has written it: `sic0012B` is `SIC0012b`."""
    found = _REFERENCE.fullmatch(text.upper())
    return found[1] + found[2].lower() if found else text.upper()


def cite(
    ref: str,
    paragraph: str = "",
    time_ms: int | None = None,
    page: str = "",
    speakers: Sequence[str] = (),
) -> str:
    """The citation in brackets; a time, with who speaks then (`speaking`), wins over page and
    paragraph, and each may be absent."""
    if time_ms is not None:
        return f"({', '.join(filter(None, (ref, clock(time_ms), _speak(speakers))))})"
    places = [f"{'pp.' if '–' in page else 'p.'} {page}"] if page else []
    if paragraph:
        places.append(f"{'paras' if '–' in paragraph else 'para'} {paragraph}")
    return f"({', '.join((ref, *places))})"


def barred(permission: Permission, status: Status) -> str:
    """Why nothing of a submission may be published, in a word: its status (`withdrawn`, `blank`,
    `duplicate`) or its permission (`withheld`, `unknown`); empty where it may."""
    if status not in STANDING:
        return status.value
    return "" if permission in PUBLISHABLE else permission.value


def attribution(submission: Submission) -> str:
    """Who a quote is by, as far as the permission lets it be said; empty where it may not be
    published at all."""
    if barred(submission.permission, submission.status):
        return ""
    if submission.permission is Permission.NAMED:
        named = ", ".join(filter(None, (submission.respondent, submission.organisation)))
        return named or TYPE_NAMES[submission.type]
    return _anonymous(submission)


def speaking(submission: Submission, names: Iterable[str]) -> tuple[str, ...]:
    """Who is told to speak in words from a transcript, of those named there (empty: somebody whom
    nobody named); nobody where none is named, or only the respondent.

    Like `attribution` it obeys the permission: where the respondent must not be named nobody is,
    and a speaker is `ANOTHER`, or `UNNAMED` where that is not sure. What a machine calls voices is
    told as it is.
    """
    known = list(dict.fromkeys(names))
    if not any(known):
        return ()
    open_ = submission.permission is Permission.NAMED and attribution(submission)
    tell = _named_speaker if open_ else _hidden_speaker
    told = tuple(dict.fromkeys(tell(submission.respondent, name) for name in known))
    return () if told in ((RESPONDENT,), (submission.respondent,)) else told


def tells_no_name(speaker: str) -> bool:
    """Whether this is what a machine calls a voice, or a word in place of a name."""
    return _NEUTRAL.fullmatch(speaker) is not None


def _speak(speakers: Sequence[str]) -> str:
    told = listed(speakers)
    return told if not told or told.endswith("speaker") else f"{told} speaking"


def _named_speaker(respondent: str, name: str) -> str:
    if not name:
        return UNNAMED
    return respondent if name.casefold() == respondent.casefold() else name


def _hidden_speaker(respondent: str, name: str) -> str:
    """A speaker without a name: it is only said to be the respondent, or another, where that is
    sure."""
    if tells_no_name(name):
        return name
    theirs, own = _name_words(name), _name_words(respondent)
    if not theirs or not own:
        return UNNAMED
    if theirs <= own or own <= theirs:
        return RESPONDENT
    return UNNAMED if theirs & own else ANOTHER


def _name_words(name: str) -> frozenset[str]:
    words = frozenset(_NAME_WORD.findall(name.casefold()))
    return frozenset() if words & _NO_NAMES else words - _TITLES


def _anonymous(submission: Submission) -> str:
    kind = TYPE_NAMES[submission.type]
    unknown = submission.type is RespondentType.UNKNOWN
    if submission.pseudonym:
        who = f"{submission.pseudonym} (pseudonym)" + ("" if unknown else f", {kind}")
    elif unknown or submission.type is RespondentType.INDIVIDUAL:
        who = kind
    else:
        who = f"{kind}, anonymous"
    return f"{who}, {submission.region}" if submission.region else who
