"""Turns the bytes of a mail or page into text, whatever they claim to be written in."""

from __future__ import annotations

import codecs
import re

from coder.ingest.text import decode

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURROGATES = re.compile("[\ud800-\udfff]")

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_2",
    "iso8859-9": "cp1254",
}
"""What is really meant where a narrower name is declared (WHATWG Encoding Standard, section 4)."""

_KNOWN_AS = {
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "logical": "iso8859-8",
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-ms-cp932": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-euc-cn": "gb18030",
    "cn-gb": "gb18030",
    "gb_2312-80": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "windows-949": "cp949",
    "x-euc-kr": "cp949",
    "x-mac-roman": "mac-roman",
    "x-macroman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ce": "mac-latin2",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "dos-850": "cp850",
}
"""Names that mails and pages use and Python's codecs do not know."""

_NOT_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


def decode_declared(data: bytes, declared: str = "") -> tuple[str, bool]:
    """The text of `data` with line feeds, and whether it could be read as it was declared.

    The ladder: a byte order mark, the declared character set, UTF-8, and at last Windows-1252.
    Bytes that are valid UTF-8 and not ASCII are UTF-8 even where a single-byte set is declared:
    chance hardly makes such sequences.
    """
    if data.startswith(_MARKS):
        return _clean(decode(data)), True
    charset = _codec(declared)
    names = [charset, "utf-8"]
    if not charset or (_single_byte(charset) and not data.isascii()):
        names.reverse()
    for name in filter(None, names):
        try:
            return _clean(data.decode(name)), True
        except (LookupError, ValueError):
            continue
    return _clean(decode(data)), not declared or charset == "cp1252"


def _codec(declared: str) -> str:
    """The name of Python's codec for a declared character set; empty where there is none."""
    try:
        stated = declared.strip(" \t\"';").lower()
        name = codecs.lookup(_KNOWN_AS.get(stated, stated)).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_TEXT else _WIDER.get(name, name)


def _single_byte(codec: str) -> bool:
    return codec.startswith(("cp125", "iso8859", "koi8", "mac")) or codec == "cp1252"


def _clean(text: str) -> str:
    """With line feeds only, and without what neither a database nor a screen can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return _SURROGATES.sub("\ufffd", text.removeprefix("\ufeff"))
