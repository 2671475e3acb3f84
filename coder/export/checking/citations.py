"""Finds citations in a report: `(SIC0012)`, `(SIC0012, para 7)`, `Walsall Food Bank (SIC0012), para
7`, `(SIC0031, 02:14)`, ranges and lists of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

_DASH = "[-\u2010-\u2015\u2212]"
_NUMBER = r"\d+(?:\.\d+)*"
_LISTED = rf"{_NUMBER}(?:\s*(?:{_DASH}|to|,|;|&|and)\s*{_NUMBER}(?![\d:]))*"
_SIGN = r"(?:paragraphs?|paras?\.?|¶+|pars?\.)"
_DETAIL = re.compile(
    rf"\s*(?:[,;:]|and|&|at|\(|)\s*(?:"
    rf"(?:at\s+)?{_SIGN}\s*(?P<paras>{_LISTED})"
    rf"|(?:pages?|pp?\.?)\s*(?P<pages>{_LISTED})"
    rf"|(?:at\s+)?(?P<time>\d{{1,2}}:\d\d(?::\d\d)?)(?:\s*{_DASH}\s*\d{{1,2}}:\d\d(?::\d\d)?)?"
    rf"|[^,;()]{{1,60}}\bspeaking|an(?:other|\sunnamed)\sspeaker)(?![\w])",
    re.IGNORECASE,
)
_BARE = re.compile(rf":(?P<paras>{_LISTED})(?![\d:])|\s?\[(?P<inside>{_LISTED})\]")
_LEAD = re.compile(rf"\b{_SIGN}\s*(?P<paras>{_LISTED})\s+(?:of|in|from)\s+\Z", re.IGNORECASE)
_RANGE = re.compile(rf"({_NUMBER})\s*(?:{_DASH}|to)\s*({_NUMBER})")
_BETWEEN = re.compile(
    r"[\s,;&()\[\]–-]*(?:and|or|(?:see\s+)?also|see|cf\.?|to)?[\s,;&(\[]*", re.IGNORECASE
)
_ALSO = re.compile(r"\b(?:see|also|cf)\b", re.IGNORECASE)
_IBID = re.compile(r"\s*(?:ibid|ib|idem)\b\.?", re.IGNORECASE)
_OPENED = re.compile(r"[(\[][^()\[\]]*\Z")
_CLOSED = re.compile(r"[^()\[\]]{0,80}[)\]]")
_ASIDE = 120
_LONGEST_RANGE = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference with the places given for it: paragraphs and pages as they are numbered, times
    in milliseconds. Empty where the report gives none. `also` says that it is only compared: *see
    also*."""

    ref: str
    paragraphs: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    times_ms: tuple[int, ...] = ()
    also: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """References that stand together, `[start, end)` in their paragraph with the brackets around
    them; `text` is how they are written."""

    start: int
    end: int
    text: str
    cited: tuple[Cited, ...]


class CitationFinder:
    """Finds the references that begin with one of these prefixes. Written loosely (`sic0012`, `SIC
    0012`) they must be of `known` ones, or have a nought in front: other words look like them."""

    def __init__(self, prefixes: Collection[str], known: Collection[str] = ()) -> None:
        every = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
        self._known = known
        self._ref = re.compile(
            rf"(?<![A-Za-z0-9])((?i:{every}))([-\u2010\u2011 \u00a0\u202f]?)"
            r"(\d{3,9}[a-z]{0,2})(?![A-Za-z0-9])"
        )
        self._like = re.compile(rf"(?<![A-Za-z0-9])(?:{every})[-\u2010\u2011]?[OoIl]*\d\w*")

    def find(self, text: str, before: Citation | None = None) -> list[Citation]:
        """The citations in a paragraph, in order. A note that begins with *Ibid.* cites what is
        cited in `before`."""
        found: list[Citation] = []
        if before is not None and (again := _IBID.match(text)):
            details, end = _details(text, again.end())
            cited = tuple(_with(one.ref, details) for one in before.cited)
            found.append(Citation(again.start(), end, text[again.start() : end].strip(), cited))
        for match in self._ref.finditer(text):
            if not self._is_meant(match):
                continue
            details, end = _details(text, match.end())
            begins = match.start()
            if lead := _LEAD.search(text, max(0, begins - _ASIDE), begins):
                begins = lead.start()
                details[0].extend(_numbers(lead["paras"]))
            cited_one = _with(match[1].upper() + match[3], details)
            last = found[-1] if found else None
            between = text[last.end : begins] if last else ""
            if last and _BETWEEN.fullmatch(between) and len(between) < 12:
                also = _ALSO.search(between) is not None
                start, several = last.start, (*last.cited, replace(cited_one, also=also))
                found[-1] = Citation(start, end, text[start:end], several)
            else:
                found.append(Citation(begins, end, text[begins:end], (cited_one,)))
        return [_bracketed(text, one) for one in found]

    def unread(self, text: str) -> list[tuple[int, int]]:
        """Where a paragraph has what looks like a reference and is none."""
        return [one.span() for one in self._like.finditer(text) if not self._ref.match(one[0])]

    def _is_meant(self, match: re.Match[str]) -> bool:
        exact = match[1].isupper() and not match[2].isspace()
        ref = match[1].upper() + match[3]
        return exact or match[3].startswith("0") or ref in self._known


def _with(ref: str, details: tuple[list[str], list[str], list[int]]) -> Cited:
    paragraphs, pages, times = details
    return Cited(ref, tuple(paragraphs), tuple(pages), tuple(times))


def _details(text: str, place: int) -> tuple[tuple[list[str], list[str], list[int]], int]:
    """The paragraphs, pages and times given behind a reference, and where they end. They may stand
    behind the bracket that closes: `(SIC0012), para 7`."""
    paragraphs: list[str] = []
    pages: list[str] = []
    times: list[int] = []
    end = place
    if text[end : end + 1] == ")" and (match := _DETAIL.match(text, end + 1)) and match.end() > end:
        place = end + 1
    if match := _BARE.match(text, place):
        place = end = match.end()
        paragraphs += _numbers(match["paras"] or match["inside"])
    while match := _DETAIL.match(text, place):
        if match["paras"]:
            paragraphs += _numbers(match["paras"])
        elif match["pages"]:
            pages += _numbers(match["pages"])
        elif match["time"]:
            times.append(_milliseconds(match["time"]))
        place = end = match.end()
    return (paragraphs, pages, times), end


def _numbers(listed: str) -> list[str]:
    """Every number of a list, with those that a range leaves out."""
    found: list[str] = []
    place = 0
    for match in _RANGE.finditer(listed):
        found += re.findall(_NUMBER, listed[place : match.start()])
        first, last = match[1], match[2]
        stem, _, low = first.rpartition(".")
        high = last.rpartition(".")[2]
        found += [first, last]
        if 0 < int(high) - int(low) < _LONGEST_RANGE:
            between = range(int(low) + 1, int(high))
            found += [f"{stem}.{one}" if stem else str(one) for one in between]
        place = match.end()
    return found + re.findall(_NUMBER, listed[place:])


def _milliseconds(clock: str) -> int:
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000


def _bracketed(text: str, one: Citation) -> Citation:
    """The citation with the brackets around it, and whatever else stands in them."""
    start, end = one.start, one.end
    opening = _OPENED.search(text[:start], max(0, start - _ASIDE))
    if opening:
        start = opening.start()
    inside = text[start:end]
    closing = _CLOSED.match(text, end)
    if closing and inside.count("(") + inside.count("[") > inside.count(")") + inside.count("]"):
        end = closing.end()
    written = one.text if "(" in one.text else one.text.replace("),", ",", 1)
    return Citation(start, end, written, one.cited)
