"""Real mails, mailboxes, zips and replies: what must come out does, and no words are lost."""

from __future__ import annotations

import csv
import email
import re
import time
from email.message import Message
from pathlib import Path

import pytest

from coder.domain.draft import Draft, Opened, Source
from coder.domain.errors import EvidenceError
from coder.ingest.charsets import decode_declared
from coder.ingest.html import html_parts
from coder.ingest.mail.headers import parameter
from coder.ingest.pages import ocr
from coder.ingest.safe import Outcome, attempt

KINDS = ("eml", "mbox", "zip", "reply")
_ASIDE = ("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rtf")
_KNOWN = {
    "apache__bad-newlines-multiple-parts-base64.msg": "the inner mail is encoded as a whole",
    "apache__base64encoded-rfc822message.msg": "the inner mail is encoded as a whole",
    "mailgun__enclosed-broken-body.eml": "the inner mail is encoded as a whole",
    "apache__uu-junk.msg": "files written into the text came out as attachments",
    "apache__uu-zeegee.msg": "files written into the text came out as attachments",
    "mailgun__quoted-printable.eml": "a plain version that is a page's source",
}
"""Mails of which this test's own reading, not ours, gives words that are none, and why."""


@pytest.fixture(autouse=True)
def no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures in mails would each take a second."""
    monkeypatch.setattr(ocr._clock, "seconds", 0.0)


def outcomes(source: Source, depth: int = 0) -> list[Outcome]:
    found = attempt(source)
    inside = found.members if isinstance(found, Opened) and depth < 3 else ()
    return [found, *(one for member in inside for one in outcomes(member, depth + 1))]


def told(found: list[Outcome]) -> str:
    """All words that reach a person: texts, titles, problems, and names of members."""
    words: list[str] = []
    for one in found:
        if isinstance(one, EvidenceError):
            words.append(str(one))
            continue
        if isinstance(one, Opened):
            words += [member.name for member in one.members]
        else:
            for document in one.documents:
                words += [document.title, document.text, *document.problems]
        words += [f"{problem.part} {problem.what}" for problem in one.problems]
    return "\n".join(words)


def test_every_hard_case_holds(corpus: Path) -> None:
    with (corpus / "hard_cases.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.reader(table, delimiter="\t") if row[1] in KINDS]
    for name, _, must, must_not, _ in rows:
        began = time.perf_counter()
        words = told(outcomes(Source.of(corpus / name)))
        assert time.perf_counter() - began < 3, name
        assert " ".join(must.split()) in " ".join(words.split()), name
        assert not must_not or must_not not in words, name
    assert len(rows) >= 9


def test_no_words_of_a_text_part_are_lost(corpus: Path) -> None:
    lost = {}
    for path in sorted((corpus / "eml").iterdir()):
        found = attempt(Source.of(path))
        if not isinstance(found, Draft) or path.name in _KNOWN:
            continue
        have = set(_words(told([found])))
        message = email.message_from_bytes(path.read_bytes())
        missing = [word for part in message.walk() for word in _part(part) if word not in have]
        if len(set(missing)) > 2:
            lost[path.name] = missing[:10]
    assert lost == {}


def _part(part: Message) -> list[str]:
    kind = part.get_content_type()
    if part.is_multipart() or not kind.startswith("text/") or kind in _ASIDE:
        return []
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return []
    data = payload if isinstance(payload, bytes) else b""
    text = decode_declared(data, parameter(part, "charset"))[0]
    if kind == "text/html":
        text = "\n".join(words for words, _ in html_parts(data))
    if kind == "text/richtext":
        text = re.sub(r"<[^<>]*>", " ", text)
    return _words(text)


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[^\W_]{3,}", text)]
