"""Finds links to evidence that lies elsewhere: transfers that end, shared files, films. They are
pointed out to a person and never followed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote

_HOSTS = r"""
    we\.tl/ | (?:[\w-]+\.)?wetransfer\.com/(?:downloads|transfers|t-)
    | (?:www\.|dl\.)?dropbox\.com/(?:s|sh|scl|t|l|transfer)/ | db\.tt/ | dropfiles?\.(?:to|com|io)/
    | drive\.google\.com/(?:file|drive|open|folderview|uc)
    | docs\.google\.com/(?:document|spreadsheets|presentation|file)/ | photos\.app\.goo\.gl/
    | photos\.google\.com/share/
    | 1drv\.ms/ | onedrive\.live\.com/ | [\w-]+\.sharepoint\.com/
    | (?:www\.)?icloud\.com/(?:iclouddrive|attachment|photos|sharedalbum|keynote|pages|numbers)
    | share\.icloud\.com/
    | (?:www\.)?(?:filemail|transfernow|hightail|sendspace|mailbigfile|fromsmash|mediafire)
      \.(?:com|net)/\w | (?:www\.)?swisstransfer\.com/d/ | mega\.nz/ | (?:app\.)?box\.com/s/
    | (?:www\.)?transferxl\.com/download/ | [\w-]+\.sharefile\.com/d- | (?:\w+\.)?sync\.com/dl/
    | (?:\w+\.)?pcloud\.(?:link|com)/publink/ | disk\.yandex\.(?:com|ru)/
    | (?:www\.)?loom\.com/share/ | acrobat\.adobe\.com/(?:link|id)/ | (?:[\w-]+\.)?zoom\.us/rec/
    | (?:www\.)?tiktok\.com/@[\w.-]+/video/ | (?:www\.|m\.)?facebook\.com/(?:watch|[\w.-]+/videos/)
    | youtu\.be/ | (?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch|shorts|live|embed|playlist)
    | (?:player\.)?vimeo\.com/(?:video/|manage/)?\d
"""
_LINK = re.compile(rf"(?xi)(?<![\w.-])(?:{_HOSTS})[^\s<>\"'“”‘’«»|\\^`{{}}\[\]]{{0,2000}}")
_NAMES = (
    "we.tl", "wetransfer", "dropbox", "db.tt", "dropfile", "google", "goo.gl", "1drv.ms",
    "onedrive", "sharepoint", "icloud", "filemail", "transfernow", "hightail", "sendspace",
    "mailbigfile", "fromsmash", "mediafire", "swisstransfer",
    "mega.nz", "box.com", "youtu", "vimeo", "transferxl", "sharefile", "sync.com", "pcloud",
    "yandex", "loom.com", "adobe.com", "zoom.us", "tiktok", "facebook", "urldefense",
)  # fmt: skip
_WRAPPED = re.compile(
    r"safelinks\.protection\.outlook\.com/[^\s<>\"]{0,200}?\burl=([^\s<>\"&]{1,3000})[^\s<>\"]*"
)
_DEFENDED = re.compile(r"urldefense\.proofpoint\.com/v2/url\?u=([^\s<>\"&]{1,3000})[^\s<>\"]*")
_SHOWN = 5
_LONGEST = 80


def elsewhere(text: str) -> tuple[str, ...]:
    """The addresses in a text or in HTML that lead to files elsewhere, each once, without `https://`.

    Those that Outlook or a mail filter wrapped to be checked on a click are unwrapped.
    """
    low = text.lower()
    if not any(name in low for name in _NAMES):
        return ()
    unwrapped = _WRAPPED.sub(lambda match: f"{unquote(html.unescape(match[1]))} ", text)
    unwrapped = _DEFENDED.sub(lambda match: f"{_undefended(match[1])} ", unwrapped)
    found = (match[0] for match in _LINK.finditer(html.unescape(unwrapped)))
    return tuple(dict.fromkeys(_end(address) for address in found))


def told(addresses: Iterable[str], what: str) -> tuple[str, ...]:
    """The sentence that points out such links in `what` (“This mail”), where there are any."""
    unique = list(dict.fromkeys(addresses))
    if not unique:
        return ()
    shown = ", ".join(_short(address) for address in unique[:_SHOWN])
    if len(unique) > _SHOWN:
        shown += f" and {len(unique) - _SHOWN} more"
    sentence = (
        f"{what} links to files that are not here ({shown}): download them before the link ends "
        "and attach them to this submission."
    )
    return (sentence,)


def _undefended(address: str) -> str:
    """An address as it was before Proofpoint wrote it anew (version 2): `-XX` for a character in
    hexadecimal and `_` for a slash."""
    return unquote(address.replace("-", "%").replace("_", "/"))


def _end(address: str) -> str:
    """Without what belongs to the sentence around it, or to a mail filter."""
    address = address.partition("__;")[0].rstrip(".,;:!?*_~")
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = address[:-1].rstrip(".,;:!?")
    return address


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST else f"{address[: _LONGEST - 1]}…"
