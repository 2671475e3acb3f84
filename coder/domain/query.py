"""The language of a search: what a person types, read as words, phrases and limits.

Plain words must all stand in one paragraph; `"exact words"` stand together, `volunt*` begins a
word, `a OR b` asks for either, `NOT a` and `-a` for neither, `a NEAR b` and `a NEAR/5 b` for both
within so many words, brackets group. `in:` `type:` `code:` `by:` `kind:` limit the whole search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.domain.errors import EvidenceError

DISTANCE = 10
"""How many words may stand between those of a plain NEAR, as FTS5 has it."""

_MOST_WORDS = 64
_DEEPEST = 12
_QUOTES = '"“”„‟«»＂'
_MINUS = "-−–"
_PUNCTUATION = ".,;:!?…'’‘"
_TOKEN = re.compile(
    rf"(?P<quoted>[{_QUOTES}](?P<exact>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]?)(?P<star>\*?))"
    r"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<limit>[{_MINUS}]?(?:in|type|code|by|kind):)(?=[^\s()]|$)"
    rf"|(?P<minus>[{_MINUS}](?=[\w(]|[{_QUOTES}]))"
    rf"|(?P<word>[^\s(){_QUOTES}]+)",
    re.IGNORECASE,
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?|(?i:near)/(\d{1,4})")


class Kind(StrEnum):
    """In what a search looks."""

    TEXT = "text"
    TRANSCRIPT = "transcript"
    MEMO = "memo"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms, or with a space within it words that stand together. `begins`
    takes everything that begins so; `growing` is a word that is still being typed, which is taken
    for both."""

    text: str
    begins: bool = False
    growing: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words with at most `distance` others between the first and the last of them."""

    terms: tuple[Term, ...]
    distance: int = DISTANCE


@dataclass(frozen=True, slots=True)
class Every:
    """All of these in one paragraph, and none of those in `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these."""

    parts: tuple[Node, ...]


Node = Term | Near | Every | Either


@dataclass(frozen=True, slots=True)
class Limit:
    """What the whole search is limited to (or keeps away from, where not `wanted`): `field` is
    `in`, `type`, `code`, `by` or `kind`."""

    field: str
    value: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was understood. `words` is None where only limits were given."""

    words: Node | None = None
    limits: tuple[Limit, ...] = ()

    def __bool__(self) -> bool:
        return self.words is not None or bool(self.limits)

    def described(self) -> str:
        """What was understood, as a sentence."""
        kinds = [one.value.casefold() for one in self.limits if one.field == "kind" and one.wanted]
        where = {"memo": "Memos", "transcript": "Places in transcripts", "name": "Names"}
        subject = where.get(kinds[0], "Paragraphs") if len(kinds) == 1 else "Paragraphs"
        said = f"{subject} with {_told(self.words)}" if self.words else f"All {subject.lower()}"
        rest = [one for one in self.limits if subject == "Paragraphs" or one.field != "kind"]
        return "; ".join([said, *map(_told_limit, rest)])


def parse(text: str) -> Query:
    """Reads a search. Raises EvidenceError, in plain words, where it cannot be understood."""
    tokens = list(_tokens(text))
    for token in tokens:
        if token.kind == "quoted" and not token.closed:
            raise EvidenceError(
                f"There is a quotation mark without its partner, before “{token.text}”.",
                "Put one at either end of the exact words, or leave it out.",
            )
    return _Parser(tokens).query()


def parse_typed(text: str) -> Query:
    """Reads a search that is still being typed: what is open is closed, what has nothing after it
    yet is left out, and the last word may go on. Raises EvidenceError."""
    tokens = list(_tokens(text))
    last = tokens[-1] if tokens and text[-1:].isalnum() else None
    while tokens and tokens[-1].is_joint:
        last = None
        tokens.pop()
    if last and last.kind == "word" and len(last.text) > 1:
        tokens[-1] = _Token("growing", last.text)
    elif last and last.kind == "quoted" and not last.closed:
        tokens[-1] = _Token("quoted", last.text, star=True)
    depth = sum((token.kind == "open") - (token.kind == "close") for token in tokens)
    tokens += [_Token("close", ")")] * depth
    return _Parser(tokens).query()


def without_words(text: str) -> bool:
    """Whether a search has characters that the index does not know as words: emoji and other
    signs, and scripts that are written without spaces (Chinese, Japanese, Thai, Lao, Khmer,
    Burmese), of which it knows only whole runs."""
    return any(_UNSPACED.match(one) or unicodedata.category(one) == "So" for one in text)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    closed: bool = True
    star: bool = False

    @property
    def is_joint(self) -> bool:
        """Whether something has to follow."""
        joins = self.kind == "word" and (
            self.text in ("AND", "OR", "NOT") or bool(_NEAR.fullmatch(self.text))
        )
        return joins or self.kind in ("open", "limit", "minus")


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(re.sub(r"[\x00-\x1f\ud800-\udfff]", " ", text)):
        kind = match.lastgroup or ""
        for name in ("quoted", "open", "close", "limit", "minus", "word"):
            if match[name] is not None:
                kind = name
        if kind == "quoted":
            yield _Token(kind, match["exact"].strip(), bool(match["closed"]), bool(match["star"]))
        else:
            yield _Token(kind, match[kind])


class _Parser:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._words = 0
        self._limits: list[Limit] = []

    def query(self) -> Query:
        words = self._either()
        if self._here is not None:
            raise EvidenceError(
                "There is a closing bracket without its partner.",
                "Brackets stand around words that belong together, as in (food OR meals) bank.",
            )
        if isinstance(words, Every) and not words.parts and words.without:
            raise EvidenceError(
                "This only says what to leave out.", "Say what to look for as well."
            )
        return Query(words, tuple(self._limits))

    @property
    def _here(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is(self, *words: str) -> bool:
        here = self._here
        return here is not None and here.kind == "word" and here.text in words

    def _takes(self, word: str) -> bool:
        if self._is(word):
            self._at += 1
            return True
        return False

    def _either(self) -> Node | None:
        parts = [self._every()]
        while self._takes("OR"):
            parts.append(self._every())
        if len(parts) == 1:
            return parts[0]
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            raise EvidenceError(
                "OR stands between two words, and one of them is missing.",
                "Write it as in bus OR train; a small “or” is a word like others.",
            )
        for part in found:
            _refuse_only_without(part)
        return Either(tuple(found))

    def _every(self) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        while (here := self._here) is not None and here.kind != "close" and not self._is("OR"):
            if self._takes("AND"):
                if not (parts or without or self._limits):
                    raise _joint("AND", "bus AND train")
                self._refuse_end("AND", "bus AND train")
                continue
            refuses = self._takes("NOT") or self._takes_minus()
            if refuses:
                self._refuse_end("NOT", "bus NOT train")
                if (kept := self._here) is not None and kept.kind == "limit":
                    self._at += 1
                    self._limit(kept, wanted=False)
                    continue
            found = self._near()
            if found is not None:
                (without if refuses else parts).append(found)
        if len(parts) == 1 and not without:
            return parts[0]
        return Every(tuple(parts), tuple(without)) if parts or without else None

    def _refuse_end(self, word: str, example: str) -> None:
        here = self._here
        if here is None or here.kind == "close" or self._is("OR", "AND"):
            raise _joint(word, example)

    def _takes_minus(self) -> bool:
        here = self._here
        if here is not None and here.kind == "minus":
            self._at += 1
            return True
        return False

    def _near(self) -> Node | None:
        """A word, phrase or group, with those that have to be near it."""
        first = self._group_of_near()
        if first is not None:
            return first
        node = self._one()
        terms = [node]
        distance: int | None = None
        while (match := self._near_here()) is not None:
            self._at += 1
            asked = match[1] or match[2]
            distance = max(distance or 0, int(asked) if asked else DISTANCE)
            terms.append(self._one())
        if distance is None:
            return node
        known = [term for term in terms if isinstance(term, Term)]
        if len(known) < len(terms):
            raise EvidenceError(
                "NEAR stands between two words or “exact words”.",
                "Write it as in lonely NEAR winter, or lonely NEAR/5 winter.",
            )
        return Near(tuple(known), distance)

    def _near_here(self) -> re.Match[str] | None:
        here = self._here
        return _NEAR.fullmatch(here.text) if here is not None and here.kind == "word" else None

    def _group_of_near(self) -> Near | None:
        """FTS5's own way of writing it: `NEAR(a b, 5)`."""
        here, behind = self._here, self._tokens[self._at + 1 : self._at + 2]
        if here is None or not self._is("NEAR") or not behind or behind[0].kind != "open":
            return None
        self._at += 2
        terms: list[Term] = []
        distance = DISTANCE
        while (here := self._here) is not None and here.kind != "close":
            if here.kind == "word" and here.text.isdecimal() and self._closes_next() and terms:
                distance = int(here.text[:4])
                self._at += 1
                continue
            found = self._one()
            if isinstance(found, Term):
                terms.append(found)
        self._at += 1
        if here is None or len(terms) < 2:
            raise EvidenceError(
                "NEAR needs two words in its brackets.", "Write it as in NEAR(lonely winter, 5)."
            )
        return Near(tuple(terms), distance)

    def _closes_next(self) -> bool:
        behind = self._tokens[self._at + 1 : self._at + 2]
        before = self._tokens[self._at - 1]
        return bool(behind) and behind[0].kind == "close" and before.text.endswith(",")

    def _one(self) -> Node | None:
        here = self._here
        if here is None or here.kind == "close":
            return None
        self._at += 1
        if here.kind == "open":
            return self._brackets()
        if here.kind == "limit":
            self._limit(here, wanted=here.text[0] not in _MINUS)
            return None
        return self._term(here)

    def _brackets(self) -> Node | None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise EvidenceError(
                "There are too many brackets within one another.", "Use fewer of them."
            )
        found = self._either()
        if self._here is None:
            raise EvidenceError(
                "There is an opening bracket without its partner.",
                "Brackets stand around words that belong together, as in (food OR meals) bank.",
            )
        self._at += 1
        self._depth -= 1
        if found is None:
            raise EvidenceError(
                "There is nothing between the brackets.", "Put words there, or leave them out."
            )
        _refuse_only_without(found)
        return found

    def _limit(self, token: _Token, *, wanted: bool) -> None:
        name = token.text.lstrip(_MINUS).rstrip(":").lower()
        value = self._here
        if value is None or value.kind not in ("quoted", "word", "growing") or not value.text:
            raise EvidenceError(
                f"“{name}:” needs something behind it.", f"Write it as in {_EXAMPLES[name]}."
            )
        if self._depth:
            raise EvidenceError(
                f"“{name}:” limits the whole search and cannot stand in brackets.",
                "Put it outside of them.",
            )
        self._at += 1
        self._limits.append(Limit(name, value.text, wanted))

    def _term(self, token: _Token) -> Term | None:
        if token.text in ("AND", "OR", "NOT") and token.kind == "word":
            raise _joint(token.text, f"bus {token.text} train")
        self._words += 1
        if self._words > _MOST_WORDS:
            raise EvidenceError(
                f"There are more than {_MOST_WORDS} words in this search.", "Use fewer of them."
            )
        text = token.text.rstrip("*")
        begins = token.star or (token.kind != "quoted" and text != token.text)
        if not any(character.isalnum() for character in text):
            if token.text.startswith("*"):
                raise EvidenceError(
                    "A star stands behind the beginning of a word.",
                    "Write it as in volunt*, which finds volunteer and voluntary.",
                )
            return None
        plain = text if token.kind == "quoted" else text.strip(_PUNCTUATION)
        return Term(plain, begins, token.kind == "growing" and not begins)


_EXAMPLES = {
    "in": "in:SIC0012",
    "type": "type:charity",
    "code": "code:Volunteering or code:“Places to meet”",
    "by": "by:Asha",
    "kind": "kind:memo (or text, transcript, name)",
}


def _joint(word: str, example: str) -> EvidenceError:
    return EvidenceError(
        f"{word} needs a word behind it" + (" and before it." if word == "AND" else "."),
        f"Write it as in {example}.",
    )


def _refuse_only_without(node: Node) -> None:
    if isinstance(node, Every) and not node.parts:
        raise EvidenceError(
            "This only says what to leave out.",
            "Say what to look for as well, within the same brackets or on the same side of OR.",
        )


def _told(node: Node | None, within: bool = False) -> str:
    match node:
        case Term():
            return _told_term(node)
        case Near():
            told = [_told_term(term) for term in node.terms]
            return f"{', '.join(told[:-1])} within {node.distance} words of {told[-1]}"
        case Every():
            told_all = " and ".join(_told(part, within=True) for part in node.parts)
            without = " or ".join(_told(part, within=True) for part in node.without)
            said = f"{told_all}, but without {without}" if without else told_all
            return f"({said})" if within else said
        case Either():
            said = " or ".join(_told(part, within=True) for part in node.parts)
            return f"({said})" if within else said
        case None:
            return ""


def _told_term(term: Term) -> str:
    if term.begins or term.growing:
        return f"“{term.text}…”"
    return f"the words “{term.text}” together" if " " in term.text else f"“{term.text}”"


def _told_limit(limit: Limit) -> str:
    said = {
        "in": "in {}",
        "type": "from respondents of the type {}",
        "code": "tagged “{}”",
        "by": "in memos by {}",
        "kind": "in {}s",
    }[limit.field].format(limit.value)
    return f"only {said}" if limit.wanted else f"not {said}"
