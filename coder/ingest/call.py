"""Makes a codebook of a call for evidence: its headings become themes, its questions codes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coder.domain.draft import DraftCode, Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.model import Style

_LONGEST_NAME = 60
_LONGEST_HEADING = 120
_LINK = re.compile(r"\[([^\]\[]*)\]\([^)(\s]*\)")
_HASHES = re.compile(r"\s*#{1,6}\s+")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)[^*_]+\1:?\s*")
_ITEM = re.compile(
    r"\s*(?:[-–*•▪●○]\s+|(?:Q|Question\s*)\d{1,2}(?:\.\d{1,2})*\s*[.:)]?\s+"
    r"|[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)\]:]\s+)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:(?:and|but|if so|in your view),? )?(?:what|how|who|whom|whose|why|which|where|when|is|are|"
    r"was|were|has|have|had|do|does|did|should|can|could|would|will|might|may|to what extent|"
    r"in what ways?|for whom)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:(?:the|our|key|main|list of|consultation|inquiry|call for evidence|written) )*questions?"
    r"(?: (?:we|that|to|for (?:the )?(?:inquiry|respondents|consultation|evidence)|below|"
    r"asked|include).*)?:?|(?:written )?call for (?:written )?evidence|terms of reference|"
    r"evidence gathering",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:about (?:the|us|this)|contact|how to (?:submit|respond|send|take part)|deadline|"
    r"submitting|submissions?|findings|recommendations|next steps|data protection|privacy|further "
    r"information|notes?)\b",
    re.IGNORECASE,
)
_THEMES_FOLLOW = re.compile(r"\bthemes?\b.*:\s*$", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:how|what|why|where|when) (?:might|can|could|should|do|does|did|will|would) "
    r"(?:we |the |you )?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w?.!])[*_](?!\w)")
_COMMON = frozenset(
    re.findall(
        r"[\w-]+",
        "about their there these those which would could should might where been being have what "
        "that this with from into will does they them your more most than also",
    )
)


def read_call(source: Source) -> tuple[DraftCode, ...]:
    """The codebook that a call for evidence suggests: its themes with their questions under them.

    A code is named by its question, cut to 60 characters at a word, with the whole of it as its
    definition; a theme is named by its heading. Questions without a heading, or under one that
    only says that questions follow, stand at the top. Where the call lists its themes first, each
    becomes the definition of the one heading it shares a word of its own with, or, without such,
    a theme without questions. Raises Unreadable for a file that cannot be read and EvidenceError
    where no question is found in it.
    """
    from coder.ingest.registry import read_one

    call = _Call()
    for document in read_one(source).documents:
        call.begin()
        for paragraph in document.paragraphs:
            text = document.text[paragraph.start : paragraph.end]
            call.take(text, paragraph.style)
    codes = call.codes()
    if not codes:
        raise EvidenceError(
            f"No questions were found in “{source.name}”.",
            "A call for evidence asks questions that end in a question mark; "
            "begin with the ready themes or an empty codebook instead.",
        )
    return codes


@dataclass
class _Call:
    """A call for evidence as its paragraphs are read one after the other."""

    groups: dict[str, list[str]] = field(default_factory=dict)
    announced: list[str] = field(default_factory=list)
    heading: str = ""
    aside: bool = False
    listing: bool = False
    asked: bool = False

    def begin(self) -> None:
        """A new document: no heading stands yet."""
        self.heading, self.aside, self.listing, self.asked = "", False, False, False

    def take(self, text: str, style: Style) -> None:
        """Takes in the next paragraph."""
        item = style is Style.LIST or bool(_ITEM.match(text))
        words = plain_words(text)
        if not words or style in (Style.NOTE, Style.REPLY):
            return
        if not item and _ASIDE.match(words) and ":" in words:
            self._head(words)
        elif _is_question(words, item, after=self.asked):
            self._question(words)
        elif self.listing and item:
            self.announced.append(words)
        elif style is Style.HEADING or _looks_like_heading(text, words, item):
            self._head(words)
        elif not item:
            self.listing, self.asked = bool(_THEMES_FOLLOW.search(words)), False

    def _question(self, words: str) -> None:
        if self.listing:
            self.announced.append(words)
        elif not self.aside:
            self.groups.setdefault(self.heading, []).append(words)
            self.asked = True

    def _head(self, words: str) -> None:
        self.aside = bool(_ASIDE.match(words))
        self.listing, self.asked = bool(_THEMES_FOLLOW.search(words)), False
        self.heading = "" if _PLAIN.fullmatch(words) else words.rstrip(" :")

    def codes(self) -> tuple[DraftCode, ...]:
        """The themes, each with its questions, and the questions that stand alone."""
        loose = list(self.groups.get("", []))
        headed = {name: asked for name, asked in self.groups.items() if name}
        if len(headed) == 1 and not self.announced:
            loose = [question for asked in self.groups.values() for question in asked]
            headed = {}
        told = _match(list(headed), self.announced)
        themes = [
            DraftCode(short(name), _meaning(name, told.get(name, "")), children=_questions(asked))
            for name, asked in headed.items()
        ]
        left = [theme for theme in self.announced if theme not in told.values()]
        themes += [DraftCode(short(_topic(theme)), theme) for theme in left]
        return unique((*themes, *_questions(loose)))


def plain_words(text: str) -> str:
    """A paragraph on one line, without the marks of Markdown, its bullet and its number."""
    text = _LINK.sub(r"\1", re.sub(r"\s+", " ", text))
    hashes = _HASHES.match(text)
    text = _MARKS.sub("", text[hashes.end() :] if hashes else text)
    item = _ITEM.match(text)
    return (text[item.end() :] if item else text).strip()


def _is_question(words: str, item: bool, after: bool) -> bool:
    """Whether a paragraph asks: it ends in a question mark; an item of a list may go on after
    one, or, after another question, lack it."""
    if words.endswith(("?", "?”", '?"', "?)")):
        return len(words.split()) > 1
    if not item:
        return False
    return ("?" in words or (after and not words.endswith("."))) and bool(_ASKS.match(words))


def _looks_like_heading(text: str, words: str, item: bool) -> bool:
    if len(words) > _LONGEST_HEADING:
        return False
    if _HASHES.match(text) or _BOLD_LINE.fullmatch(text):
        return True
    return not item and (bool(_PLAIN.fullmatch(words)) or words[-1] not in '.,;:!?…”"')


def _match(headings: Sequence[str], announced: Sequence[str]) -> dict[str, str]:
    """The announced theme that each heading is about: the one with which it shares a word that
    stands in no other heading and in no other announced theme."""
    stems = {text: _stems(text) for text in (*headings, *announced)}
    in_headings = Counter(stem for text in headings for stem in stems[text])
    in_themes = Counter(stem for text in announced for stem in stems[text])
    found: dict[str, str] = {}
    for heading in headings:
        own = {s for s in stems[heading] if in_headings[s] == 1 and in_themes[s] == 1}
        shared = {theme: len(own & stems[theme]) for theme in announced}
        best = max(shared, key=lambda theme: shared[theme], default="")
        if best and shared[best] and best not in found.values():
            found[heading] = best
    return found


def _stems(text: str) -> set[str]:
    """The first six letters of the longer words: enough to bring `volunteers` to `volunteering`."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return {word[:6] for word in words if word not in _COMMON}


def _questions(asked: Iterable[str]) -> tuple[DraftCode, ...]:
    return unique(DraftCode(short(question), question) for question in dict.fromkeys(asked))


def _meaning(heading: str, theme: str) -> str:
    """A theme's definition: its heading, where too long for a name, and the announced theme."""
    return "\n".join(filter(None, (heading if len(heading) > _LONGEST_NAME else "", theme)))


def _topic(question: str) -> str:
    """What a question too long for a name is about: without the words that make it one."""
    if len(question) <= _LONGEST_NAME:
        return question
    topic = _LEAD.sub("", question, count=1)
    return topic[:1].upper() + topic[1:]


def short(text: str) -> str:
    """The text's first sentence, cut at a word to 60 characters with an ellipsis."""
    first = re.match(r".+?[?!](?=\s|$)", text)
    name = first[0] if first else text
    if len(name) <= _LONGEST_NAME:
        return name
    cut = name[: _LONGEST_NAME - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:–-") + "…"


def unique(codes: Iterable[DraftCode]) -> tuple[DraftCode, ...]:
    """The codes with names that differ: the second of one name is told by a number."""
    taken: set[str] = set()
    result = []
    for code in codes:
        name, count = code.name, 1
        while name.casefold() in taken:
            count += 1
            name = f"{code.name} ({count})"
        taken.add(name.casefold())
        result.append(replace(code, name=name))
    return tuple(result)


def read_template(path: Path) -> tuple[DraftCode, ...]:
    """The codes of a ready codebook: a JSON list of objects with `name`, `definition`, `use_when`,
    `not_when` and `children`. Raises Unreadable where the file is none."""
    try:
        return tuple(_from_json(entry) for entry in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Unreadable(
            f"“{path.name}” is not a codebook template.",
            "Choose a file that lists codes with a name each.",
        ) from problem


def _from_json(entry: dict[str, Any]) -> DraftCode:
    return DraftCode(
        name=str(entry["name"]),
        definition=str(entry.get("definition", "")),
        use_when=str(entry.get("use_when", "")),
        not_when=str(entry.get("not_when", "")),
        children=tuple(_from_json(child) for child in entry.get("children", [])),
    )
