"""Whether the words around a quotation say that it is from something other than the evidence: `The
call for evidence asked “…”`, `“…” (Office for National Statistics, 2018)`."""

from __future__ import annotations

import re

_NOUN = (
    r"(?:call(?:\s+for\s+(?:evidence|views))?|consultation(?:\s+(?:paper|document))?|strategy"
    r"|(?:green|white)\s+paper|terms\s+of\s+reference|questionnaire|questions?|act|bill|census"
    r"|dictionary|manifesto|charter|guidance|hansard|study|survey|article|report|review|inquiry"
    r"|press\s+release|(?:prime\s+)?minister|secretary\s+of\s+state|government)"
)
_ARTICLE = r"(?:the|its|an?|this|our|that)\s+"
_SOURCE = rf"(?P<source>\b{_ARTICLE}(?:(?!{_ARTICLE})[\w’'-]+\s+){{0,5}}?{_NOUN})\b"
_VERB = (
    r"(?:says?|said|writes?|wrote|puts?|states?|stated|notes?|noted|adds?|added|explains?"
    r"|explained|reads?|reported|asks?|asked|defines?|defined|argues?|argued|finds?|found"
    r"|recommends?|recommended|promises?|promised|describes?|described|calls?|called|invites?"
    r"|invited|concludes?|concluded|requires?|required|announced|speaks?|spoke|told|tells)"
)
_BEFORE = re.compile(
    rf"{_SOURCE}(?:\s+\([^()]*\)|\s+of\s+\d{{4}})?(?:\s+(?:also|itself|then))?\s+{_VERB}\b"
    r"(?!\s+us\b)(?-i:[^A-Z.“”‘\"]){0,40}(?:(?:House|Commons|Lords|Parliament)\W{0,3})?"
    r"[“‘\"'«„`\s]*\Z",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    rf"\b(?:according\s+to|in\s+the\s+words\s+of)\s+{_SOURCE}\W*\Z", re.IGNORECASE
)
_BEHIND = re.compile(rf"\W{{0,4}}(?:as\s+)?{_VERB}\s+{_SOURCE}", re.IGNORECASE)
_AS = re.compile(rf"\W{{0,4}}as\s+{_SOURCE}\s+{_VERB}\b", re.IGNORECASE)
_AUTHOR = re.compile(
    r"[”’\"'.,\s]{0,4}\((?P<source>[A-Z][^()]*?[\s,](?:19|20)\d\d[a-z]?)(?:[,:;][^()]*)?\)"
)
_MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def named_source(before: str, after: str) -> str:
    """The other source that the words of its sentence give a quotation, right `before` or `after`
    it; empty where they give none."""
    leading = (_BEFORE.search(before), _ACCORDING.search(before))
    for found in (*leading, _BEHIND.match(after), _AS.match(after)):
        if found:
            return " ".join(found["source"].split())
    author = _AUTHOR.match(after)
    return author["source"] if author and not _MONTHS.search(author["source"]) else ""
