"""Finds citations in a report: `(SIC0012)`, `(SIC0012, para 7)`, `Walsall Food Bank (SIC0012), para
7`, `(SIC0031, 02:14)`, ranges and lists of them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

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
_RANGE = re.compile(rf"({_NUMBER})\s*(?:{_DASH}|to)\s*({_NUMBER})")
_BETWEEN = re.compile(r"[\s,;&()\[\]–-]*(?:and|or|also|see|to)?[\s,;&(\[]*", re.IGNORECASE)
_IBID = re.compile(r"\s*(?:ibid|ib|idem)\b\.?", re.IGNORECASE)
_OPENED = re.compile(r"[(\[][^()\[\]]*\Z")
_CLOSED = re.compile(r"[^()\[\]]{0,80}[)\]]")
_ASIDE = 120
_LONGEST_RANGE = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference with the places given for it: paragraphs and pages as they are numbered, times
    in milliseconds. Empty where the report gives none."""

    ref: str
    paragraphs: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    times_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """References that stand together, `[start, end)` in their paragraph with the brackets around
    them; `text` is how they are written."""

    start: int
    end: int
    text: str
    cited: tuple[Cited, ...]


class CitationFinder:
    """Finds the references that begin with one of these prefixes."""

    def __init__(self, prefixes: Collection[str]) -> None:
        known = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
        self._ref = re.compile(
            rf"(?<![A-Za-z0-9])({known})[-\u2010\u2011]?(\d{{3,9}}[a-z]{{0,2}})(?![A-Za-z0-9])"
        )

    def find(self, text: str, before: Citation | None = None) -> list[Citation]:
        """The citations in a paragraph, in order. A note that begins with *Ibid.* cites what is
        cited in `before`."""
        found: list[Citation] = []
        if before is not None and (again := _IBID.match(text)):
            details, end = _details(text, again.end())
            cited = tuple(_with(one.ref, details) for one in before.cited)
            found.append(Citation(again.start(), end, text[again.start() : end].strip(), cited))
        for match in self._ref.finditer(text):
            details, end = _details(text, match.end())
            cited_one = _with(match[1] + match[2], details)
            last = found[-1] if found else None
            between = text[last.end : match.start()] if last else ""
            if last and _BETWEEN.fullmatch(between) and len(between) < 12:
                start, several = last.start, (*last.cited, cited_one)
                found[-1] = Citation(start, end, text[start:end], several)
            else:
                found.append(Citation(match.start(), end, text[match.start() : end], (cited_one,)))
        return [_bracketed(text, one) for one in found]


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
