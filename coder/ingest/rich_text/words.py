"""The control words of RTF (Rich Text Format Specification 1.9.1) that its reader knows."""

from __future__ import annotations

CHARACTERS: dict[bytes, str] = {
    b"tab": "\t", b"line": "\n", b"softline": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"emspace": "\N{EM SPACE}", b"enspace": "\N{EN SPACE}",
    b"qmspace": "\N{FOUR-PER-EM SPACE}", b"zwj": "\N{ZERO WIDTH JOINER}",
    b"zwnj": "\N{ZERO WIDTH NON-JOINER}", b"zwbo": "\N{ZERO WIDTH SPACE}",
    b"zwnbo": "\N{WORD JOINER}", b"ltrmark": "\N{LEFT-TO-RIGHT MARK}",
    b"rtlmark": "\N{RIGHT-TO-LEFT MARK}",
}  # fmt: skip
"""Control words that stand for a character."""

SYMBOLS: dict[bytes, str] = {
    b"~": "\N{NO-BREAK SPACE}", b"-": "\N{SOFT HYPHEN}", b"_": "\N{NON-BREAKING HYPHEN}",
    b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t",
}  # fmt: skip
"""Control symbols that stand for a character."""

SKIPPED: frozenset[bytes] = frozenset(
    b"colortbl info nonshppict nonesttables objdata shprslt xe tc tcn rxe txe private "
    b"template mmathPict revtbl filetbl listtable list listoverridetable leveltext listname".split()
)
"""Destinations without text of the document, or with a second copy of it."""

ENTERED: frozenset[bytes] = frozenset(
    b"shpinst shppict do dptxbxtext moMath moMathPara ud fldinst pntext atnauthor annotation "
    b"formfield ffl nesttableprops mr mnum mden msup msub footnote".split()
)
"""Destinations that are read although they are marked (`\\*`) as such that may be skipped."""

CODE_PAGES: dict[int, str] = {
    0: "cp1252", 1: "", 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "cp950",
    83: "mac_arabic", 84: "mac_roman", 85: "mac_greek", 86: "mac_turkish", 88: "mac_latin2",
    89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 179: "cp1256",
    180: "cp1256", 181: "cp1255", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""The codec of each `\\fcharsetN` of a font; empty where it is that of the document."""

_NAMED = {936: "gb18030", 10000: "mac_roman", 10007: "mac_cyrillic", 10029: "mac_latin2"}
_NAMED |= {65001: "utf-8", 10006: "mac_greek", 10081: "mac_turkish", 708: "iso8859-6"}
_NAMED |= {1361: "johab", 10001: "cp932", 54936: "gb18030", 20866: "koi8-r"}


def codec(page: int) -> str:
    """Python's name for a Windows code page; empty where there is none."""
    import codecs

    name = _NAMED.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
