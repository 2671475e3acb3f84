"""Marks what a reader may fold away in a mail: earlier mails, signatures, disclaimers.

These are hints, and nothing is ever taken out. Where a mark would leave none of the sender's own
words, or would hide prose that comes after, it is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.model import Style
from coder.ingest.mail.text import Part, mark_replies

if TYPE_CHECKING:
    from mailparser_reply.parser import EmailMessage

_FOLDED = (Style.REPLY, Style.SIGNATURE, Style.DISCLAIMER)
_SEEN = 20_000
_LONGEST_LINE = 300
_MOST_TRIES = 4
_MOST_CLOSES = 8
_LONGEST_SIGNATURE = 30
_LONGEST_CLOSE = 8
_PROSE = 25
_OF_US = 12
_LANGUAGES = {
    "de": "schrieb|reundlichen|Grüße|Gruß|Gesendet|Hinweis",
    "fr": "écrit|ordialement|alutations|Envoyé",
    "nl": "schreef|groet|Verzonden|Verstuurd",
    "es": "escribió|saludos|Enviado",
    "it": "scritto|saluti|Inviato",
    "pl": "napisał|pozdrawiam|Wysłane",
    "da": "skrev|hilsen|Sendt",
    "sv": "skrev|hälsningar|Skickat",
    "cs": "napsal|pozdravem|Odesláno",
}
_IN_LANGUAGE = {name: re.compile(words) for name, words in _LANGUAGES.items()}
_NOT_ENGLISH = re.compile("|".join(_LANGUAGES.values()))
_CLOSE = re.compile(
    r"(?i)[ \t>*_]*(?:yours (?:sincerely|faithfully|truly|ever|respectfully|in \w+)|"
    r"(?:(?:with |my )?(?:very |many )?(?:kind|kindest|warm|warmest|best) (?:regards|wishes))|"
    r"(?:with )?(?:many|grateful|best) thanks|with thanks|regards|sincerely|cheers|"
    r"sent from my \w+.*|get outlook for .*)"
    r"[ \t*_]*[,.!–-]?[ \t*_]*(?P<name>[^\n]{0,40})"
)
_WHO_AND_WHEN = re.compile(r"<[^<>\s]+@[^<>\s]+>|\b\d{1,2}[:.]\d\d\b")
_WHEN = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|@|\b\d{1,2}[./]\d{1,2}[./]\d\d")
_MARK = re.compile(r"[ \t]*(?:--|__|—)[ \t]*")
_AFTERTHOUGHT = re.compile(r"(?i)\s*p\.?\s?s\.?\b")
_LEGAL = (
    "intended recipient", "intended for", "intended solely", "intended only", "addressee",
    "confidential", "privileged", "in error", "by mistake", "virus", "malware", "disclaimer",
    "views expressed", "opinions expressed", "views or opinions", "disclos", "disseminat",
    "registered in", "registered office", "registered charity", "registered company",
    "registered number", "scanned", "monitored", "delete it", "delete this", "delete the",
    "outside of the organi", "outside the organi", "outside of your organi", "outside your organi",
    "outside of our organi", "outside our organi", "do not click", "before printing", "vat no",
    "vat reg", "unauthoris", "unauthoriz",
)  # fmt: skip
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")
_OWN_VOICE = re.compile(r"\b(?:I|my|My|me)\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a part: the part's index, the line, and the style that it has or is to have."""

    part: int
    text: str
    style: Style

    @property
    def seen(self) -> str:
        """The line as the library sees it."""
        return self.text.strip()[:_LONGEST_LINE]


def fold(parts: Sequence[Part], *, answer: bool) -> list[Part]:
    """The same words with Style.REPLY, SIGNATURE and DISCLAIMER on what may be folded; a paragraph
    in which such a thing begins is parted there.

    `answer` says that the subject begins with “Re:”, so that what stands below the line that names
    an earlier mail belongs to that.
    """
    marked = mark_replies(list(parts), answer=answer)
    lines = [
        _Line(number, line, style)
        for number, (text, style) in enumerate(marked)
        for line in text.split("\n")
    ]
    lines = _legal(_signed(_introduced(_answered(lines, answer=answer))))
    if not any(line.style not in _FOLDED and re.search(r"\w", line.text) for line in lines):
        return marked
    return list(_joined(lines))


def fold_pasted(parts: Sequence[Part]) -> list[Part]:
    """The same for a text that may be a mail pasted into a file: one that begins with lines such as
    `From:` and `Subject:`; any other is left as it is."""
    first = parts[0][0] if parts else ""
    names = dict(re.findall(r"(?m)^[ \t*]*(From|Sent|Date|To|Subject)[ \t*]*:[ \t*]*(.*)", first))
    if "From" not in names or len(names) < 3:
        return list(parts)
    answer = names.get("Subject", "").lower().startswith("re:")
    return [parts[0], *fold(parts[1:], answer=answer)]


def _joined(lines: Sequence[_Line]) -> Iterator[Part]:
    held: list[_Line] = []
    for line in lines:
        if held and (line.part, line.style) != (held[0].part, held[0].style):
            yield "\n".join(one.text for one in held), held[0].style
            held = []
        held.append(line)
    if held:
        yield "\n".join(one.text for one in held), held[0].style


def _marked(lines: list[_Line], start: int, end: int, style: Style) -> list[_Line]:
    """The lines with a style on those in `[start, end)` that are not folded yet."""
    return [
        replace(line, style=style) if start <= place < end and line.style not in _FOLDED else line
        for place, line in enumerate(lines)
    ]


def _answered(lines: list[_Line], *, answer: bool) -> list[_Line]:
    """Marks the lines that introduce earlier mails in any language that the library knows and,
    in an answer that does not quote them with `>`, all that stands below."""
    seen = _seen(lines)
    for headers in _headers(lines):
        start = _located(seen, headers)
        if start is None or not _WHEN.search(headers):
            continue
        if not any(line.style not in _FOLDED and line.seen for line in lines[:start]):
            continue
        length = len(_shown(headers))
        end = start + length
        following = next((line for line in lines[end:] if line.seen), None)
        quoted = following is not None and following.seen.startswith(">")
        if quoted or (answer and length == 1):
            lines = _marked(lines, start, end if quoted else len(lines), Style.REPLY)
        elif answer:
            lines = _marked(lines, start, len(lines), Style.REPLY)
    return lines


def _introduced(lines: list[_Line]) -> list[_Line]:
    """Marks the line or two that say in whatever language who wrote what is quoted below, told by
    the address or the time in them."""
    for place in range(1, len(lines)):
        line, before = lines[place], lines[place - 1]
        begins = line.style is Style.REPLY and before.style is not Style.REPLY
        if not begins or not before.text.rstrip().endswith(":"):
            continue
        start = next((n for n in range(place) if lines[n].part == before.part), place)
        text = " ".join(one.text for one in lines[start:place])
        if place - start <= 3 and _WHO_AND_WHEN.search(text):
            lines = _marked(lines, start, place, Style.REPLY)
    return lines


def _signed(lines: list[_Line]) -> list[_Line]:
    """Marks the signature at the end of the sender's own words."""
    end = next(
        (
            place + 1
            for place in range(len(lines) - 1, -1, -1)
            if lines[place].style not in _FOLDED and lines[place].seen
        ),
        0,
    )
    for start in _closes(lines[:end]):
        if start and _is_signature(lines[start:end]):
            return _marked(lines, start, end, Style.SIGNATURE)
    return lines


def _closes(lines: list[_Line]) -> list[int]:
    """Where a signature may begin, the last few in their order: the mark `--`, a close, or what
    the library takes for one."""
    own = [
        place
        for place, line in enumerate(lines)
        if _MARK.fullmatch(line.text)
        or ((close := _CLOSE.fullmatch(line.text)) and len(close["name"].split()) <= 3)
    ]
    first = 0
    for _ in range(_MOST_TRIES):
        found = _located(_seen(lines, first), _signature(lines[first:]))
        if found is None:
            break
        own.append(found)
        first = found + 1
    return sorted(place for place in set(own) if lines[place].style not in _FOLDED)[-_MOST_CLOSES:]


def _is_signature(lines: Sequence[_Line]) -> bool:
    """Whether lines are names, addresses and notices, and no prose that somebody wrote here."""
    if len([line for line in lines if line.seen]) > _LONGEST_SIGNATURE and not _MARK.fullmatch(
        lines[0].text
    ):
        return False
    if len(lines[0].text.split()) > _LONGEST_CLOSE or any(
        line.style is Style.HEADING for line in lines
    ):
        return False
    for text, _ in _joined(lines):
        if _AFTERTHOUGHT.match(text):
            return False
        words = len(text.split())
        if words > _OF_US and _SPOKEN.search(text) and not _is_legal(text):
            return False
        if words > _PROSE and not _is_legal(text) and _reads_as_prose(text):
            return False
    return True


def _reads_as_prose(text: str) -> bool:
    """Whether some line in the text runs on as sentences do, and not as lines of an address."""
    longest = max(len(line.split()) for line in text.split("\n"))
    return longest > 12 or _OWN_VOICE.search(text) is not None


def _legal(lines: list[_Line]) -> list[_Line]:
    """Marks notices that a mail server added: paragraphs of nothing but legal phrases at either
    end, and those that the library finds."""
    numbers = sorted({line.part for line in lines if line.style is not Style.REPLY})
    last = next((line.part for line in lines if line.style is Style.SIGNATURE), None)
    edges = {*numbers[:2], *numbers[-6:]} | {one for one in numbers if last and one >= last}
    notices = _notices(lines)
    legal = set()
    for number in edges:
        own = [line for line in lines if line.part == number]
        known = any(line.seen.startswith(tuple(notices)) for line in own) if notices else False
        if _is_legal("\n".join(line.text for line in own), fewest=1 if known else 2):
            legal.add(number)
    return [
        replace(line, style=Style.DISCLAIMER)
        if line.part in legal and line.style is not Style.REPLY
        else line
        for line in lines
    ]


def _is_legal(text: str, fewest: int = 2) -> bool:
    """Whether a paragraph speaks as such notices do, in at least so many of their phrases, and not
    as a person of themselves."""
    low = re.sub(r"\s+", " ", text[:4000].lower())
    return sum(one in low for one in _LEGAL) >= fewest and not _OWN_VOICE.search(text)


def _seen(lines: Sequence[_Line], first: int = 0) -> tuple[list[int], str]:
    """The places of the lines that hold something, from line `first` on, and their text, each line
    with a line feed before it and the last with one behind it."""
    seen = [(place, line.seen) for place, line in enumerate(lines) if line.seen and place >= first]
    return [place for place, _ in seen], "".join(f"\n{text}" for _, text in seen) + "\n"


def _located(seen: tuple[list[int], str], words: str) -> int | None:
    """Where in such lines the words stand that the library gave; None where they cannot be found
    line by line."""
    places, text = seen
    wanted = _shown(words)
    at = text.find("\n".join(["", *wanted, ""])) if wanted else -1
    return places[text.count("\n", 0, at)] if at >= 0 else None


def _shown(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def _as_text(lines: Sequence[_Line]) -> str:
    """The lines for the library: bounded, with a blank line between paragraphs."""
    shown: list[str] = []
    for place, line in enumerate(lines):
        if place and line.part != lines[place - 1].part:
            shown.append("")
        shown.append(line.seen)
    return "\n".join(shown)[-_SEEN:]


def _headers(lines: Sequence[_Line]) -> list[str]:
    text = _as_text(lines)
    if ":" not in text:
        return []
    return [reply.headers for reply in _library(text).read().replies if reply.headers]


def _signature(lines: Sequence[_Line]) -> str:
    own = [line for line in lines if line.style not in _FOLDED]
    text = _as_text(own)
    match = _library(text).SIGNATURE_REGEX.search(text)
    return match[0] if match else ""


def _notices(lines: Sequence[_Line]) -> set[str]:
    """The first lines of the notices that the library finds."""
    text = _as_text([line for line in lines if line.style is not Style.REPLY])
    if "mail" not in text.lower():
        return set()
    found = (match[0].strip(" .!?\n") for match in _library(text).DISCLAIMERS_REGEX.finditer(text))
    return {notice.split("\n")[0].strip() for notice in found if notice}


def _library(text: str) -> EmailMessage:
    """The library's view of a text: in English, and in those other languages that it seems to be
    written in. A line that begins with a hyphen is an item of a list to it, no signature."""
    from mailparser_reply.parser import EmailMessage

    languages = ["en"]
    if _NOT_ENGLISH.search(text):
        languages += [name for name, words in _IN_LANGUAGE.items() if words.search(text)]
    return EmailMessage(text=text, languages=languages, keep_hyphen_lists=True)
