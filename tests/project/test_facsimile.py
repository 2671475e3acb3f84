"""Originals as plain text: who wrote when, the words, and nothing rendered."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.errors import Unreadable
from coder.project.facsimile import MOST, is_words, words_of


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "Our café"
    mail["Date"] = "Wed, 12 Aug 2020 21:14:00 +0100"
    mail["From"] = "Siân Prýs <sian@halls.example>"
    mail["To"] = "neighbours@inquiry.example"
    return mail


def test_a_mail_begins_with_who_wrote_to_whom_and_when(tmp_path: Path) -> None:
    mail = letter()
    mail.set_content("We sang in the café.\n")
    mail.add_alternative("<p>We sang in the <b>café</b>.</p>", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="annex.pdf")
    path = tmp_path / "letter.eml"
    path.write_bytes(bytes(mail))

    words = words_of(path)

    assert words.splitlines() == [
        "From: Siân Prýs <sian@halls.example>",
        "To: neighbours@inquiry.example",
        "Date: Wed, 12 Aug 2020 21:14:00 +0100",
        "Subject: Our café",
        "Attached: annex.pdf",
        "",
        "We sang in the café.",
    ]


def test_a_page_without_plain_text_is_shown_as_it_was_written(tmp_path: Path) -> None:
    mail = letter()
    mail.set_content('<p>We sang.</p><img src="https://far.example/x.png">', subtype="html")
    path = tmp_path / "letter.eml"
    path.write_bytes(bytes(mail))

    assert '<p>We sang.</p><img src="https://far.example/x.png">' in words_of(path)


def test_only_the_beginning_of_a_large_file_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("name,réponse\n" * 100_000, encoding="utf-8")

    words = words_of(path)

    assert len(words) < MOST
    assert "réponse\n\n\n[Only the beginning of this file is shown.]" in words
    assert "�" not in words


def test_what_is_laid_out_or_could_run_is_no_plain_text() -> None:
    names = ("a.pdf", "a.html", "a.docx", "a.js", "a")

    assert not any(is_words(Path(name)) for name in names)
    assert is_words(Path("A.VTT"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".eml", ".txt"]))
def test_hostile_bytes_give_words_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"hostile{ending}"
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    path.write_bytes(head + data)

    try:
        words = words_of(path)
    except Unreadable as problem:
        words = str(problem)

    assert words
