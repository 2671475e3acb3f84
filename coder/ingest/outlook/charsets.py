"""Finds the code page in which an Outlook item's 8-bit text is written.

Items name up to three pages, and any of them may be wrong: the page of the item, that of the
internet message and the language of who wrote it. So each is tried, strictly, in that order, and
taken only where it gives words; at last the usual pages are tried for the one that gives most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coder.ingest.charset_guess import USUAL, share
from coder.ingest.charsets import decode_declared
from coder.ingest.rich_text.words import codec

_ASCII = 20127
_UTF_8 = 65001
_INTERNET = {
    28591: 1252, 28592: 1250, 28595: 1251, 28597: 1253, 28598: 1255, 28599: 1254, 28603: 1257,
    28605: 1252, 50225: 949, 51949: 949, 52936: 936, 54936: 936, 51936: 936, 38598: 1255,
}  # fmt: skip
"""The Windows page that holds the same characters as a page of the internet, and more."""
_JAPANESE = {50220, 50221, 50222}
_ENOUGH = 0.6
_SAMPLE = 20_000


def _languages() -> dict[int, int]:
    """The ANSI page of each primary language ([MS-LCID] 2.2) that has another than 1252."""
    pages = {
        1250: "05 0e 15 18 1a 1b 1c 24",
        1251: "02 19 22 23 2f 3f 40 44 50",
        1253: "08",
        1254: "1f 2c 43",
        1255: "0d",
        1256: "01 20 29",
        1257: "25 26 27",
        1258: "2a",
        874: "1e",
        932: "11",
        936: "04",
        949: "12",
    }
    return {int(one, 16): page for page, many in pages.items() for one in many.split()}


_LANGUAGES = _languages()
_EXCEPTIONS = {0x0404: 950, 0x0C04: 950, 0x1404: 950, 0x0C1A: 1251, 0x1C1A: 1251}


def ansi_page(locale: int) -> int:
    """The Windows code page of a locale's 8-bit text; 0 for no locale."""
    return _EXCEPTIONS.get(locale, _LANGUAGES.get(locale & 0x3FF, 1252)) if locale else 0


class Pages:
    """The code pages of one item, best first."""

    def __init__(self, declared: Iterable[int], samples: Iterable[bytes] = ()) -> None:
        """`declared` are the pages that the item names, the likeliest first (0 for none);
        `samples` are texts of it, from which a page is guessed where these give no words."""
        sample = b" ".join(one[:_SAMPLE] for one in samples if not one.isascii())
        sample = b"" if _valid_utf8(sample) else sample
        names = list(dict.fromkeys(_codecs(declared)))
        self._codecs = sorted(names, key=lambda name: share(sample, name) < _ENOUGH)
        if sample and (not names or share(sample, self._codecs[0]) < _ENOUGH):
            best = max(USUAL, key=lambda name: share(sample, name))
            if not names or share(sample, best) > share(sample, self._codecs[0]):
                self._codecs.insert(0, best)

    def decode(self, data: bytes) -> str:
        """The text of `data` with line feeds. Never raises."""
        if data.isascii() and b"\x1b$" not in data:
            return decode_declared(data)[0]
        if _valid_utf8(data) and b"\x1b$" not in data:
            return decode_declared(data, "utf-8")[0]
        for name in self._codecs:
            text = _strict(data, name)
            if text is not None:
                return decode_declared(text.encode("utf-8"), "utf-8")[0]
        return decode_declared(data, self._codecs[0] if self._codecs else "")[0]


def _codecs(pages: Iterable[int]) -> Iterator[str]:
    for page in pages:
        if page in _JAPANESE:
            yield "iso2022_jp"
            yield "cp932"
        elif page not in (0, _ASCII, _UTF_8):
            name = codec(_INTERNET.get(page, page))
            if name:
                yield name


def _valid_utf8(data: bytes) -> bool:
    return _strict(data, "utf-8") is not None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (ValueError, LookupError):
        return None
