"""Unpacks the body that Outlook keeps as compressed RTF, and the HTML or text wrapped in it."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from coder.ingest.rich_text.words import CHARACTERS, CODE_PAGES, SYMBOLS, codec

_LARGEST = 64 * 1024 * 1024
_DEEPEST = 10_000
_COMPRESSED = 0x75465A4C
_UNCOMPRESSED = 0x414C454D
_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window of the compression holds at first ([MS-OXRTFCP] 2.1.2.1)."""
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\([^a-zA-Z])|([{}])"
    rb"|[\r\n\0]+|([^\\{}\r\n\0]+)|\\"
)
_SILENT = frozenset(b"colortbl stylesheet info pict object header footer footnote".split())


def decompress(data: bytes) -> bytes:
    """The RTF in a compressed stream ([MS-OXRTFCP] 2.2); as much of it as is there, where the
    stream is cut off, and none where it is something else."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _UNCOMPRESSED:
        return data[16 : 16 + size]
    return _unfold(data[16:], min(size, _LARGEST)) if kind == _COMPRESSED else b""


def _unfold(data: bytes, size: int) -> bytes:
    """Runs of eight pieces behind a byte that tells which are bytes and which point back into the
    last 4096 (12 bits of place, 4 of length less two)."""
    out = bytearray(_FIRST)
    end, place, most = len(data), 0, size + len(_FIRST)
    while place < end and len(out) < most:
        control = data[place]
        place += 1
        for bit in range(8):
            if not control >> bit & 1:
                out += data[place : place + 1]
                place += 1
                continue
            word = int.from_bytes(data[place : place + 2], "big")
            place += 2
            back = (len(out) - (word >> 4)) & 0xFFF
            if not back or place > end:
                return bytes(out[len(_FIRST) : most])
            _repeat(out, back, (word & 0xF) + 2)
    return bytes(out[len(_FIRST) : most])


def _repeat(out: bytearray, back: int, length: int) -> None:
    """Adds bytes that stand `back` before the end; they may run into those they add. What lies
    before the beginning of the window is zero."""
    start = len(out) - back
    before = b"\0" * max(0, -start)
    piece = (before + bytes(out[max(0, start) :]))[:length]
    out += (piece * (length // max(1, len(piece)) + 1))[:length]


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits."""

    codec: str
    fallback: int = 1
    silent: bool = False
    formatting: bool = False
    fonts: bool = False


class _Unwrapping:
    """One pass over an RTF that wraps another text ([MS-OXRTFEX] 2.1.3)."""

    def __init__(self, rtf: bytes) -> None:
        page = re.search(rb"\\ansicpg([0-9]{1,5})", rtf[:1024])
        self._default = (codec(int(page[1])) if page else "") or "cp1252"
        self._rtf = rtf
        self._state = _State(self._default)
        self._stack: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._out: list[str] = []
        self._skip = 0
        self._optional = False

    def text(self) -> str:
        place = 0
        while token := _TOKEN.match(self._rtf, place):
            place = token.end()
            if token[6]:
                self._add(token[6])
            elif token[1]:
                self._add(bytes([int(token[1], 16)]))
            elif token[2]:
                place = self._word(token[2], token[3], place)
            elif token[4]:
                self._symbol(token[4])
            elif token[5]:
                self._brace(token[5])
        self._settle()
        return "".join(self._out)

    def _add(self, data: bytes) -> None:
        gone = min(self._skip, len(data))
        self._skip -= gone
        self._optional = False
        if not (self._state.silent or self._state.formatting or self._state.fonts):
            self._bytes += data[gone:]

    def _put(self, text: str) -> None:
        self._settle()
        if self._skip:
            self._skip -= 1
        elif not (self._state.silent or self._state.formatting or self._state.fonts):
            self._out.append(text)

    def _settle(self) -> None:
        if self._bytes:
            self._out.append(self._bytes.decode(self._state.codec, "replace"))
            self._bytes.clear()

    def _brace(self, brace: bytes) -> None:
        self._settle()
        self._skip = 0
        self._optional = False
        if brace == b"{":
            if len(self._stack) < _DEEPEST:
                self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._optional = True
        elif symbol in b"\r\n":
            self._put("\n")
        elif symbol in SYMBOLS:
            self._put(SYMBOLS[symbol])

    def _word(self, word: bytes, number: bytes | None, place: int) -> int:
        """Obeys a control word; gives the place where reading goes on."""
        value = int(number) if number else 0
        optional, self._optional = self._optional, False
        if word == b"u" and number:
            self._settle()
            self._put(chr(value % 0x10000))
            self._skip = self._state.fallback
        elif word == b"bin":
            return place + max(0, value)
        elif word in (b"par", b"line"):
            self._put("\n")
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        else:
            self._settle()
            self._state = self._switched(word, value, number, optional)
        return place

    def _switched(self, word: bytes, value: int, number: bytes | None, optional: bool) -> _State:
        state = self._state
        if word == b"htmlrtf":
            return replace(state, formatting=number is None or value != 0)
        if word in _SILENT or (optional and word != b"htmltag"):
            return replace(state, silent=True)
        if word == b"uc":
            return replace(state, fallback=min(8, max(0, value)))
        return self._of_fonts(word, value)

    def _of_fonts(self, word: bytes, value: int) -> _State:
        """What is in force after a control word about fonts, of which a table comes first."""
        state = self._state
        if word == b"fonttbl":
            return replace(state, fonts=True)
        if word == b"fcharset" and state.fonts:
            self._fonts[self._font] = CODE_PAGES.get(value, "")
        elif word == b"f" and state.fonts:
            self._font = value
        elif word == b"f":
            return replace(state, codec=self._codec(value))
        elif word == b"plain":
            return replace(state, codec=self._default)
        return state

    def _codec(self, font: int) -> str:
        """The codec of a font; Outlook writes the letters of HTML in that of the document."""
        return self._fonts.get(font) or self._default


def unwrapped(rtf: bytes) -> tuple[str, str]:
    """What an RTF body wraps: (`html`, the markup), (`plain`, the text), or two empty strings
    where it is a text of its own."""
    head = rtf[:4096]
    kind = "html" if b"\\fromhtml1" in head else "plain" if b"\\fromtext" in head else ""
    if not kind:
        return "", ""
    text = _Unwrapping(rtf).text()
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return kind, joined
