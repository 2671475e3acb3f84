"""The names of what lies inside a container: what they say, and what is safe to show and keep."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

_UNICODE_PATH = 0x7075
_LONGEST = 120
_DEEPEST = 20
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff]"
)
_SURE = 0.8
_LEAD = 0.05


def clean_path(name: str) -> str:
    """The path of a member as it may be shown and kept: relative, with `/` between folders, without
    characters that cannot be seen or turn the text around, and with none that Windows forbids."""
    pieces = re.split(r"[/\\]+", _HIDDEN.sub("", name))
    if re.fullmatch(r"\s*[A-Za-z]:.*", pieces[0]):
        pieces[0] = pieces[0].partition(":")[2]
    cleaned = [_piece(piece) for piece in pieces if piece.strip(" .")]
    return "/".join(cleaned[-_DEEPEST:]) or "unnamed"


def _piece(piece: str) -> str:
    piece = re.sub(r'[<>:"|?*]', "_", piece).rstrip(" .").lstrip()
    if len(piece) > _LONGEST:
        stem, dot, ending = piece.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        piece = piece[: _LONGEST - len(ending) - 1] + "…" + ending
    return f"_{piece}" if _RESERVED.match(piece) else piece


def not_evidence(name: str) -> str:
    """What a member is that a system or program left there, in words; empty for any other."""
    pieces = name.lower().split("/")
    if "__macosx" in pieces:
        return "what macOS keeps beside its files"
    if pieces[-1] in ("thumbs.db", "desktop.ini"):
        return "a file of the system"
    if pieces[-1].startswith("~$"):
        return "what an office program notes while a file is open"
    return "hidden" if any(piece.startswith(".") for piece in pieces) else ""


class Names:
    """Gives each member of one container a name of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def own(self, name: str) -> str:
        """The name, with a number in it where it was given before."""
        stem, dot, ending = name.rpartition(".")
        if not dot or "/" in ending:
            stem, ending = name, ""
        key, result = name.casefold(), name
        while result.casefold() in self._taken:
            self._counts[key] += 1
            result = f"{stem} ({self._counts[key] + 1}){dot if ending else ''}{ending}"
        self._taken.add(result.casefold())
        return result


def decode_names(raw: Sequence[tuple[bytes, bool, bytes]]) -> list[str]:
    """The names of a zip's entries, each given as its bytes, whether it says to be UTF-8, and its
    extra fields.

    The Unicode path field (APPNOTE 4.6.9) is obeyed where its checksum is right. Names without the
    mark for UTF-8 are in code page 437 by the standard and in the zipper's own code page in fact:
    they are UTF-8 where all of them can be, else in the code page that makes letters of them, and
    in 437 where none clearly does.
    """
    told = [_unicode_path(name, extra) for name, _, extra in raw]
    unsure = [
        name
        for (name, utf8, _), known in zip(raw, told, strict=True)
        if known is None and not utf8 and not name.isascii()
    ]
    encoding = _encoding(unsure)
    return [
        known if known is not None
        else name.decode("utf-8" if utf8 else encoding, "backslashreplace")
        for (name, utf8, _), known in zip(raw, told, strict=True)
    ]  # fmt: skip


def _unicode_path(name: bytes, extra: bytes) -> str | None:
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        field = extra[place + 4 : place + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            (checksum,) = struct.unpack_from("<L", field, 1)
            if checksum == zlib.crc32(name):
                return field[5:].decode("utf-8", "backslashreplace")
        place += 4 + length
    return None


def _encoding(names: Sequence[bytes]) -> str:
    """The one encoding of names that do not tell theirs."""
    if all(_can_be(name, "utf-8") for name in names):
        return "utf-8"
    together = b"/".join(names)
    scores = sorted(
        (
            (_letters(together, encoding, usual), encoding)
            for encoding, usual in _GUESSES
            if _can_be(together, encoding)
        ),
        reverse=True,
    )
    if scores and scores[0][0] >= _SURE:
        rivals = [score for score, _ in scores[1:]]
        if not rivals or scores[0][0] - rivals[0] >= _LEAD:
            return scores[0][1]
    return "cp437"


def _can_be(name: bytes, encoding: str) -> bool:
    try:
        name.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_Usual = Callable[[str, str, str], bool]


def _letters(data: bytes, encoding: str, usual: _Usual) -> float:
    """Which share of the characters beyond ASCII are such as names in this encoding have."""
    text = f" {data.decode(encoding)} "
    good = [
        usual(text[place], text[place - 1], text[place + 1])
        for place in range(1, len(text) - 1)
        if not text[place].isascii()
    ]
    return sum(good) / len(good) if good else 0.0


def _within(encoding: str, spans: Iterable[tuple[int, int]]) -> _Usual:
    """Usual are the double-byte characters whose first byte lies in one of the spans, and that do
    not stand alone beside a plain letter."""
    firsts = {byte for low, high in spans for byte in range(low, high + 1)}

    def usual(char: str, before: str, after: str) -> bool:
        coded = char.encode(encoding)
        in_word = any(other.isascii() and other.isalpha() for other in (before, after))
        alone = before.isascii() and after.isascii()
        return len(coded) == 2 and coded[0] in firsts and not (in_word and alone)

    return usual


def _european(char: str, before: str, after: str) -> bool:
    """Usual are single letters in a word of plain ones, in a case that fits, and the signs that
    word processors set."""
    if char in "–—‘’“”£€":
        return True
    if not char.isalpha() or not ("\u00c0" <= char <= "\u017f") or char in "ÞþðÐ":
        return False
    neighbours = [other for other in (before, after) if other.isalpha()]
    plain = any(other.isascii() for other in neighbours)
    shouted = char.isupper() and before.islower()
    return plain and not shouted


def _cyrillic(char: str, before: str, after: str) -> bool:
    """Usual are Cyrillic letters among others, in a case that fits."""
    if not "\u0410" <= char <= "\u044f" and char not in "ЁёІіЇїЄєЎў":
        return False
    plain = any(other.isascii() and other.isalpha() for other in (before, after))
    alone = before.isascii() and after.isascii()
    return not plain and not alone and not (char.isupper() and before.islower())


_GUESSES: tuple[tuple[str, _Usual], ...] = (
    ("gbk", _within("gbk", [(0xB0, 0xD7)])),
    ("cp932", _within("cp932", [(0x82, 0x83), (0x88, 0x97)])),
    ("cp949", _within("cp949", [(0xB0, 0xC8)])),
    ("cp950", _within("cp950", [(0xA4, 0xC6)])),
    ("cp1252", _european),
    ("cp850", _european),
    ("cp1251", _cyrillic),
    ("cp866", _cyrillic),
)
"""Code pages of Windows zippers, each with the test of what is usual in it."""
