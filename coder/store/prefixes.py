"""What the index has to be asked for where words begin with certain letters.

The index keeps stems (Porter's), and FTS5 stems a prefix as if it were a word, so that `bus*` would
find *building* and `voluntee*` nothing. Stems are asked of FTS5 itself, so that they are its own.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from string import ascii_lowercase

TOKENIZER = "porter unicode61 remove_diacritics 2"

_ENDINGS = (
    "", *"adegilmnorsty", "al", "ate", "ation", "ed", "er", "ers", "es", "ful", "ic", "ies", "ing",
    "ion", "ions", "ism", "ist", "ity", "ive", "ly", "ment", "ments", "ness", "ng", "ous", "red",
    "ring", "rs", "ry", "s", "ty",
)  # fmt: skip
"""With which a word that has been begun may go on to its end: where its stem is shorter than what
was typed, it is found by that stem."""


@lru_cache(maxsize=500)
def beginning(letters: str) -> tuple[str, ...]:
    """FTS5 phrases of which each finds some of the words that begin with these letters."""
    [plain] = _stems([letters], _PLAIN)
    if len(plain) != 1:
        return (f'"{letters}" *',)
    begun = plain[0]
    stem_of = dict(zip(_whole(begun), _stems(_whole(begun), _PORTER), strict=True))
    openings = (
        [begun]
        if stem_of[begun] == [begun]
        else [
            f"{begun}{letter}"
            for letter in ascii_lowercase
            if stem_of[f"{begun}{letter}"] == [f"{begun}{letter}"]
        ]
    )
    wholes: dict[str, str] = {}
    for ending in _ENDINGS:
        stem = "".join(stem_of[f"{begun}{ending}"])
        if not stem.startswith(tuple(openings)):
            wholes.setdefault(stem, f"{begun}{ending}")
    return (*(f'"{one}" *' for one in openings), *(f'"{one}"' for one in wholes.values()))


def _whole(begun: str) -> list[str]:
    endings = dict.fromkeys((*_ENDINGS, *ascii_lowercase))
    return [f"{begun}{ending}" for ending in endings]


_PLAIN, _PORTER = "plain", "porter"
_here = threading.local()


def _stems(words: Sequence[str], how: str) -> list[list[str]]:
    """What FTS5 keeps of each of these words."""
    database = getattr(_here, "database", None)
    if database is None:
        database = _here.database = _tokenizers()
    database.execute(f"DELETE FROM {how}")  # noqa: S608
    database.executemany(
        f"INSERT INTO {how} (rowid, word) VALUES (?, ?)",  # noqa: S608
        enumerate(words),
    )
    kept: list[list[str]] = [[] for _ in words]
    for place, term in database.execute(
        f"SELECT doc, term FROM {how}_terms ORDER BY doc, offset"  # noqa: S608
    ):
        kept[place].append(term)
    return kept


def _tokenizers() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    for how, tokenizer in ((_PLAIN, TOKENIZER.removeprefix("porter ")), (_PORTER, TOKENIZER)):
        database.execute(f"CREATE VIRTUAL TABLE {how} USING fts5(word, tokenize='{tokenizer}')")
        database.execute(f"CREATE VIRTUAL TABLE {how}_terms USING fts5vocab({how}, instance)")
    return database
