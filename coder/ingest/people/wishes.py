"""Finds where a submitter speaks of confidence or publication, so that a person can decide.

What mail programs append by themselves (“This email is confidential and intended solely for …”)
speaks of confidence too and is nobody's wish: it is told apart by its own stock phrases.
"""

from __future__ import annotations

import re
from itertools import zip_longest

_SENTENCE = re.compile(r"[^\s](?:[^.!?\n]|[.](?=\S)|\n(?!\s*\n))*[.!?]*[\"”’)\]]*")

_OURS = r"(?:this|my|our|the (?:above|attached|following|enclosed))"
_EVIDENCE = (
    rf"{_OURS}(?: \w+){{0,2}}? (?:submission|evidence|response|letter|statement|account|e-?mail|"
    r"message|story|contribution|document|video|comments?|remarks|names?|address|identity|details|"
    r"information)"
)
_MAKE_PUBLIC = (
    r"(?:publish(?:ed|ing)?|publication|print(?:ed|ing)?|quot(?:e|es|ed|ing)|nam(?:ed|ing)|"
    r"identif(?:y|ied|ying)|attribut(?:e|ed|ing|ion)|disclos(?:e|ed|ing)|shar(?:e|ed|ing)|"
    r"us(?:e|ing) (?:my|our|the|their) (?:full |first |sur|last )?names?\b|made public)"
)
_QUIETLY = (
    r"(?:confidential(?:ly)?|in (?:the )?(?:strict(?:est)? )?confidence|private|anonymous(?:ly)?)"
)
_PLAIN = re.compile(
    "|".join(
        (
            rf"\b{_EVIDENCE}\b.{{0,20}}\b(?:is|are|remains?|be)\b.{{0,20}}\b{_QUIETLY}\b",
            rf"\b{_EVIDENCE}\b.{{0,25}}\b(?:not|may|can|cannot)\b.{{0,15}}\b{_MAKE_PUBLIC}\b",
            r"\bthis (?:is|was) off the record\b",
            r"\bnot for (?:publication|quotation|attribution|release)\b",
            (
                r"^\W*(?:strictly |private (?:and|&) |commercial(?:ly)? in |"
                r"in (?:the )?(?:strictest )?)*"
                r"confiden(?:tial|ce)(?!\w).{0,20}$"
            ),
            (
                r"^\W*(?:do not|don['’]t|never) (?:publish|print|quote|name|identify|share|"
                r"attribute|"
                r"disclose|use (?:my|our))\b"
            ),
            r"\bpermission to (?:publish|quote|name|use)\b.{0,20}\b(?:this|my|our|me|us|it)\b",
            r"^\W*anonymous (?:submission|evidence|response)\b",
            r"\b(?:published|quoted|printed)\b.{0,30}\bwith(?:out)? (?:our|my) names?\b",
            r"^\W*(?:it|they|this) may (?:not )?be (?:published|quoted|printed)\W*$",
            r"^\W*this is (?:strictly |private and )?confidential\W*$",
            r"\bno objections? to (?:publication|attribution|disclosure|being named)\b",
            r"\bnames (?:have been|were|are) (?:changed|anonymi[sz]ed|withheld)\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_SPOKEN = re.compile(
    "|".join(
        (
            (
                rf"\b(?:treat|keep|hold|regard|consider|mark|kept|treated|"
                rf"held)\b.{{0,60}}\b{_QUIETLY}\b"
            ),
            (
                r"\b(?:write|writing|speak|speaking|tell|telling|send|sending|share|sharing|say|"
                r"saying)\b"
                r".{0,30}\bin (?:the )?(?:strict(?:est)? )?confidence\b"
            ),
            r"\boff the record\b",
            (
                rf"\b(?:(?:do|did|would|could)(?:n['’]t| not)|not to|(?:rather|prefer|wish|ask|"
                rf"request|"
                rf"like|want)\b.{{0,40}}\bnot|should not|must not|cannot|can['’]t)\b.{{0,40}}?"
                rf"\b{_MAKE_PUBLIC}\b"
            ),
            (
                r"\b(?:remain|stay|be|kept|quoted|published|appear) (?:\w+ )?(?:anonymous(?:ly)?|"
                r"anonymi[sz]ed|unnamed|nameless)\b"
            ),
            (
                r"\b(?:anonymi[sz]e|redact|withhold|leave out|omit|remove|change)\b.{0,15}\b(?:my|"
                r"our)\b"
                r".{0,15}\b(?:names?|details|identity|address)\b"
            ),
            r"\bplease\b.{0,40}\banonymous(?:ly)?\b|\banonymous(?:ly)?\b.{0,40}\bplease\b",
            (
                r"\b(?:my|our) (?:\w+ )?(?:name|identity|address|details)\b.{0,40}\b(?:withheld|"
                r"private|"
                r"confidential|removed|redacted|not be)\b|\bname (?:and address )?withheld\b"
            ),
            (
                rf"\b(?:happy|content|glad|willing|fine|pleased)\b.{{0,30}}\b(?:to|for|with|"
                rf"being|if)\b"
                rf".{{0,30}}\b(?:{_MAKE_PUBLIC})\b"
            ),
            (
                rf"\b(?:don['’]t|do not) mind\b.{{0,30}}\b{_MAKE_PUBLIC}\b|"
                rf"\b(?:no objections?) to\b.{{0,40}}\b{_MAKE_PUBLIC}\b"
            ),
            r"\b(?:give|have|with) (?:you )?(?:my|our) (?:full )?(?:permission|consent)\b",
            rf"\b(?:i|we) (?:consent|agree)\b.{{0,40}}\b{_MAKE_PUBLIC}\b",
            rf"\bto be {_MAKE_PUBLIC}\b.{{0,20}}\b(?:anonymously|without (?:my|our) names?)\b",
            (
                r"\b(?:keep|leave) (?:my|our) (?:\w+ )?(?:names?|address|details|identity) out\b|"
                r"\bplease (?:anonymi[sz]e|redact)\b|\bplease (?:do not|don['’]?t) use (?:my|our)\b"
            ),
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_LEAVE = re.compile(
    r"\byou (?:may|can|are (?:free|welcome) to|have (?:my|our) (?:permission|"
    r"consent) to)\b.{0,20}\b"
    r"(?:quote|publish|name|print|attribute|identify|use (?:my|our|this|it))\b",
    re.IGNORECASE | re.DOTALL,
)
_SPEAKER = re.compile(
    r"\b(?:i|i['’](?:d|m|ve)|we|we['’](?:d|re|ve)|my|me|our|us|please)\b", re.IGNORECASE
)
_STOCK = re.compile(
    r"intended (?:solely |only )?(?:for|recipient)|\baddressee|sent to you in error|"
    r"received (?:this|it|the)\b.{0,40}\bin error|if you are not the|legally privileged|"
    r"unauthori[sz]ed|(?:e-?mail|message|transmission)s? (?:\w+ ){0,6}(?:and|or) (?:\w+ ){0,2}"
    r"(?:any )?(?:files?|attachments?)|views (?:or opinions )?expressed|scanned for|virus|"
    r"please (?:delete|destroy)|freedom of information act|privacy (?:policy|notice)|"
    r"named (?:recipient|addressee|above)",
    re.IGNORECASE | re.DOTALL,
)
_HINTS = re.compile(
    r"confid|anonym|publi|quot|nam[ei]|identi|attribut|privat|permission|consent|disclos|shar[ei]|"
    r"print|record|withh|redact"
)
"""Without one of these, in small letters, no sentence can be a wish."""
_OF_A_MAIL = re.compile(r"\W*this (?:e-?mail|message|communication)\b", re.IGNORECASE)
_LONGEST = 600


def find(text: str) -> list[tuple[int, int]]:
    """The sentences that speak of confidence, names or publication, as half-open spans in code
    points, in order. A wish may be to be named as well as not to be."""
    if not _HINTS.search(text.lower()):
        return []
    said = list(_SENTENCE.finditer(text))
    return [
        match.span()
        for match, after in zip_longest(said, said[1:])
        if match.end() - match.start() <= _LONGEST
        and _speaks(match[0])
        and not (after and _OF_A_MAIL.match(match[0]) and _STOCK.search(after[0]))
    ]


def _speaks(sentence: str) -> bool:
    wish = (
        _PLAIN.search(sentence)
        or _LEAVE.search(sentence)
        or (_SPEAKER.search(sentence) and _SPOKEN.search(sentence))
    )
    return wish is not None and not _STOCK.search(sentence)


def sentences(text: str) -> tuple[str, ...]:
    """The same sentences verbatim, each once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in find(text)))
