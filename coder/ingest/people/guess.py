"""Guesses who is speaking in a written submission, from when, and what they ask.

What a mail's headers said stands. A guess is only made where the text says so in a form of words
that people use for it; a person looks at every guess before it is written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from coder.domain.dates import day_of
from coder.domain.draft import Draft, DraftDocument
from coder.domain.model import DocumentKind, RespondentType, Style
from coder.ingest.people import wishes
from coder.ingest.people.kinds_of_sender import is_organisation, type_of

_TOP_LINES = 25
_END_LINES = 14
_LONGEST = 100
_ASIDE = (Style.REPLY, Style.DISCLAIMER, Style.NOTE)

_SUBMITTED = re.compile(
    r"^\W*(?:a |the )?(?:written )?(?:submission|evidence|response|statement|representations?)"
    r"(?: to (?:the |this )?[^:]{0,80}?)?(?: (?:submitted|provided|given|sent|made))?"
    r" (?:by|from|on behalf of):? +(?P<name>\S.*)$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^\W*(?P<field>(?:your |full |contact )?name(?: of (?:respondent|organisation|author))?|"
    r"respondent|submitted by|author|organi[sz]ation(?: name)?|on behalf of|"
    r"name of organi[sz]ation|"
    r"date(?: of submission)?)\s*[:\t]\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"\b(?:writ(?:e|ing)|respond(?:ing)?|submitt?(?:ing)?|"
    r"speak(?:ing)?)\b[^.\n]{0,40}?\bon behalf of "
    r"(?:the )?(?P<name>(?:[A-Z][\w’'&-]*|of|and|the|for|in)(?: (?:[A-Z][\w’'&-]*|of|and|the|for|"
    r"in|&))"
    r"{0,7})",
)
_FAREWELL = re.compile(
    r"^\W*(?:yours (?:sincerely|faithfully|truly|ever)|(?:kind(?:est)?|best|warm(?:est)?|"
    r"with (?:kind|best"
    r"|warm)) (?:regards|wishes)|regards|sincerely|many thanks|with (?:many )?thanks|best wishes|"
    r"all (?:the )?best|cheers|respectfully)(?: to (?:you|all)(?: all)?| from)?\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof(?:essor)?|Rev(?:erend|d)?|Canon|Father|Fr|Imam|Rabbi|Cllr|"
    r"Councillor|Sir|Dame|Lord|Lady)\.? )?[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*\.?|van|de|der|von|"
    r"bin|al)){1,3}"
    r"(?:,? (?:OBE|MBE|CBE|JP|BEM|PhD|BA|MA))*$"
)
_TITLED = re.compile(r"^(?:(?:[A-Z0-9][\w’'.&-]*|of|and|the|for|in|&)(?: |$))+$")
"""A line in which every word that can have a capital letter has one, as in a name."""
_PLACE_BEFORE = re.compile(
    r"^(?:date[:\s]+)?(?:[A-Z][a-z]+,? )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?",
    re.IGNORECASE,
)


def filled(draft: Draft) -> Draft:
    """The draft with what it leaves open filled in where its text tells: respondent, organisation,
    type, the day of a letter (ISO 8601), and the sentences that speak of confidence."""
    lines = list(_own_lines(draft.documents))
    respondent, organisation, received = draft.respondent, draft.organisation, draft.received
    if draft.channel == "file":
        people, bodies = _named(lines)
        respondent = respondent or people
        organisation = organisation or bodies
        received = received or _day(lines[:_TOP_LINES])
    kind = draft.type
    if kind is RespondentType.UNKNOWN:
        kind = type_of(organisation, "\n".join([*lines[:_TOP_LINES], *lines[-_END_LINES:]]))
    spoken = tuple(
        dict.fromkeys(
            sentence
            for document in draft.documents
            for part in _own_parts(document)
            for sentence in wishes.sentences(part)
        )
    )
    return replace(
        draft,
        respondent=respondent,
        organisation=organisation,
        received=received,
        type=kind,
        wishes=draft.wishes + spoken,
    )


def body_behind(parts: Sequence[tuple[str, Style]]) -> str:
    """The organisation on whose behalf a mail says that it is written, or that stands below its
    farewell; empty where there is none."""
    own = [text for text, style in parts if style not in _ASIDE]
    for text in own:
        behalf = _BEHALF.search(text.replace("\n", " "))
        name = (
            _clean(re.sub(r"(?: (?:of|and|the|for|in|&))+$", "", behalf["name"])) if behalf else ""
        )
        if is_organisation(name):
            return name
    lines = [line.strip() for text in own for line in text.split("\n") if line.strip()]
    below = _signed(lines[-_END_LINES:])
    return next((name for name in below if is_organisation(name) and _TITLED.match(name)), "")


def _own_parts(document: DraftDocument) -> Iterator[str]:
    """The paragraphs that are the submitter's own words."""
    for paragraph in document.paragraphs:
        if paragraph.style not in _ASIDE:
            yield document.text[paragraph.start : paragraph.end]


def _own_lines(documents: Sequence[DraftDocument]) -> Iterator[str]:
    """The lines of the first document that has a text, without white space around them."""
    written = (one for one in documents if one.text and one.kind is not DocumentKind.ANSWER)
    for document in islice(written, 1):
        for part in _own_parts(document):
            yield from filter(None, (line.strip() for line in part.split("\n")))


def _named(lines: Sequence[str]) -> tuple[str, str]:
    """The respondent and the organisation that the lines name; empty where they do not."""
    people, bodies = "", ""
    for name, of_body in _told(lines):
        if of_body or is_organisation(name):
            bodies = bodies or name
        elif _PERSON.match(name):
            people = people or name
    return people, bodies


def _told(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Names as the text gives them, and whether it calls them an organisation."""
    for line in lines[:3]:
        head = _clean(re.split(r"[:|–—]| - ", line)[0])
        if len(head.split()) <= 7 and is_organisation(head) and _TITLED.match(head):
            yield head, True
    for line in lines[:_TOP_LINES]:
        field = _FIELD.match(line)
        if field and "date" not in field["field"].lower():
            label = field["field"].lower()
            yield _clean(field["value"]), "organi" in label or "behalf" in label
        submitted = _SUBMITTED.match(line)
        if submitted and len(line) <= _LONGEST:
            yield _clean(submitted["name"]), False
        behalf = _BEHALF.search(line)
        if behalf:
            yield _clean(re.sub(r"(?: (?:of|and|the|for|in|&))+$", "", behalf["name"])), True
    yield from ((line, False) for line in _signed(lines[-_END_LINES:]))


def _signed(lines: Sequence[str]) -> Iterator[str]:
    """The lines below a farewell: the name, the role, the organisation."""
    for place, line in enumerate(lines):
        head, _, rest = line.partition(",")
        if _FAREWELL.match(line) or (rest.strip() and _FAREWELL.match(head)):
            below = [rest, *lines[place + 1 : place + 5]]
            yield from (_clean(one) for piece in below for one in piece.split(", ") if one.strip())
            return


def _day(lines: Sequence[str]) -> str:
    for line in lines:
        day = day_of(_PLACE_BEFORE.sub("", line.strip().rstrip(".")))
        if day:
            return day.isoformat()
    return ""


def _clean(name: str) -> str:
    name = re.sub(r" to (?:the|this|your) .*$|^the (?=[A-Z])", "", name)
    cleaned = re.sub(r"\s+", " ", name).strip(" \t*_.,;:'\"“”<>()#–-")
    return cleaned if 3 <= len(cleaned) <= _LONGEST and "@" not in cleaned else ""
