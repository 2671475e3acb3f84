"""Finds the organisation for which a mail was sent, and says nothing rather than guess wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message

from coder.domain.model import Style
from coder.ingest.mail.headers import header, sender

_PUBLIC = frozenset(
    re.findall(
        r"[\w-]+",
        "aol blueyonder btinternet btopenworld fastmail fsmail gmail gmx googlemail hotmail icloud "
        "laposte live mail me msn ntlworld outlook plusnet pm proton protonmail sky talktalk "
        "tiscali tutanota virgin virginmedia wanadoo yahoo yandex ymail zoho",
    )
)
_SUFFIXES = frozenset(
    re.findall(
        r"[\w-]+",
        "ac biz charity church co com coop edu eu gov ie info int ltd mod net nhs ngo org plc "
        "police sch scot uk us wales wwf london cymru africa cat email example invalid test",
    )
)
_PUBLIC_BODIES = re.compile(r"\.(?:gov|ac|nhs|sch|police)\.uk$|\.edu$|\.gov$", re.IGNORECASE)
_BODY_NAME = re.compile(
    r"(?:^(?:the )?university of .+|.*\b(?:council|university|college|school|academy|trust|"
    r"constabulary|authority|assembly|department|board))$",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[\n\t|,;•·]|\s[-–—]\s")
_SIGNATURE_LINES = 15


def organisation(message: Message, parts: Iterable[tuple[str, Style]]) -> str:
    """The organisation that the mail names, or an empty string.

    It is the `Organization` header, or a line of the signature or the sender's name that agrees
    with the domain of the address: the same letters (`Walsall Food Bank` and
    `walsallfoodbank.org.uk`), its initials, or a public body with the domain's name in its own.
    """
    for name in ("Organization", "Organisation"):
        stated = header(message, name)
        if stated:
            return stated[:200]
    person, address = sender(message)
    domain = address.rpartition("@")[2].lower()
    stem = _stem(domain)
    if not stem:
        return ""
    own = [text for text, style in parts if style is not Style.REPLY]
    signature = "\n".join(own).split("\n")[-_SIGNATURE_LINES:]
    for piece in _PIECES.split("\n".join([person, *reversed(signature)])):
        name = piece.strip(" \t*_.'\"“”<>()")
        if 3 <= len(name) <= 80 and _agrees(name, stem, domain):
            return name
    return ""


def is_private(address: str) -> bool:
    """Whether an address is one that a provider gives to anybody."""
    return _chosen(address.rpartition("@")[2].lower()) in _PUBLIC


def _stem(domain: str) -> str:
    """The part of a domain that its owner chose; empty for a public mail provider."""
    stem = _chosen(domain)
    return "" if stem in _PUBLIC else stem.replace("-", "")


def _chosen(domain: str) -> str:
    chosen = [label for label in domain.split(".") if label and label not in _SUFFIXES]
    return chosen[-1] if chosen and "." in domain else ""


def _agrees(name: str, stem: str, domain: str) -> bool:
    words = re.findall(r"[^\W_]+", name.casefold())
    if words and words[0] == "the":
        words = words[1:]
    joined = "".join(words)
    without_form = re.sub(r"(?:ltd|limited|plc|cic|cio|uk)$", "", joined)
    if len(words) >= 2 and stem in (joined, joined.replace("and", ""), without_form):
        return True
    if min(len(stem), len(words)) >= 3 and stem == "".join(word[0] for word in words):
        return True
    public = bool(_PUBLIC_BODIES.search(domain)) and stem in words
    return public and bool(_BODY_NAME.match(name))
