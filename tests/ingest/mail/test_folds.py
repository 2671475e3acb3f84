"""What a reader may fold away in a mail is marked, and the sender's own words never are."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.model import Style
from coder.ingest.mail.folds import fold, fold_pasted
from coder.ingest.mail.text import plain_parts
from coder.ingest.text import read_text

NOTICE = (
    "This email and any attachments are confidential and intended for the addressee only.\n"
    "If you received it in error, delete it."
)


def folded(text: str, *, answer: bool = False) -> list[tuple[str, str]]:
    return [(words, style.value) for words, style in fold(plain_parts(text), answer=answer)]


def own(parts: list[tuple[str, str]]) -> list[str]:
    return [words for words, style in parts if style in ("body", "list")]


@pytest.mark.parametrize(
    "close",
    [
        "-- \nAnn Jones\nWalsall Lunch Club",
        "Kind regards\n\nAnn Jones\nWalsall Lunch Club\n01922 123456",
        "Yours faithfully,\n\nCllr Ann Jones",
        "With many thanks, Ann",
        "Sent from my iPhone",
        "Best regards,\nAnn",
        "Mit freundlichen Grüßen\nAnn",
    ],
)
def test_a_signature_is_marked_from_where_it_begins(close: str) -> None:
    parts = folded(f"We met every week.\n\nIt helped.\n{close}\n")

    assert own(parts) == ["We met every week.", "It helped."]
    assert {style for _, style in parts[2:]} == {"signature"}
    assert "\n".join(words for words, _ in parts[2:]).split() == close.split()


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, we are glad to be asked for our views on this.\n\nWe met every week.",
        "Best, most useful of all was the bus.\n\nWe took it every day.",
        f"Dear all\n\nKind regards\n\nWe add that {'the club met and ' * 6}people felt at home.",
        "Regards\n\nPS I forgot to say that the bus has stopped.",
        "- one\n- two\n- three",
        "We met.\n\nOn the bus my daughter wrote:\n\nThe hall is closed, where do we go?",
        "I want this to be confidential, and not disclosed to my council.\n\nWe met.",
        "Please treat my answer as confidential. I sent it by mistake to a virus lab.",
        "Our views are expressed below.",
        "We met.\n\n--\nPart two\n\nThe council stopped our grant and never told us why it did so.",
    ],
)
def test_own_words_are_not_marked(text: str) -> None:
    assert {style for _, style in folded(text)} <= {"body", "list"}
    assert {style for _, style in folded(text, answer=True)} <= {"body", "list"}


def test_notices_of_servers_are_marked_at_both_ends() -> None:
    caution = "CAUTION: This email came from outside of the organisation. Do not click links."

    parts = folded(f"{caution}\n\nWe met every week.\n\nKind regards\nAnn\n\n{NOTICE}\n")

    assert [style for _, style in parts] == ["disclaimer", "body", "signature", "disclaimer"]


def test_nothing_is_marked_where_nothing_of_the_sender_would_remain() -> None:
    assert {style for _, style in folded("Kind regards\nAnn")} == {"body"}
    assert {style for _, style in folded(NOTICE)} == {"body"}


def test_below_the_line_that_names_an_earlier_mail_an_answer_ends() -> None:
    text = "Yes.\n\nOn 1 Sep 2020 at 10:00, Bob <b@c.example> wrote:\n\nWill you?\n\nBob"

    assert own(folded(text, answer=True)) == ["Yes."]
    assert "Will you?" in own(folded(text))


@pytest.mark.parametrize(
    "line",
    [
        "Bob <bob@b.example> schrieb am Di., 16. Aug. 2016\num 12:52 Uhr:",
        "Den 5. juni 2017 kl. 12:22 skrev Bob:",
        "Op 3 mei 2020 om 10:11 schreef Bob <b@b.example>:",
    ],
)
def test_such_a_line_is_known_in_other_languages(line: str) -> None:
    parts = folded(f"Ja.\n\n{line}\n> Kommst du?\n\nDanach noch ein Satz von mir.")

    assert own(parts) == ["Ja.", "Danach noch ein Satz von mir."]


def test_a_forward_is_the_evidence() -> None:
    text = "FYI\n\nFrom: Bob\nSent: 1 May\nTo: Ann\nSubject: Choir\n\nWe sang every week."

    assert own(folded(text))[-1] == "We sang every week."


def test_a_mail_pasted_into_a_text_file_is_marked_too() -> None:
    pasted = "From: Ann\nTo: The inquiry\nSubject: Our evidence\n\nWe met.\n\nKind regards\nAnn"

    styles = [style for _, style in fold_pasted(plain_parts(pasted))]
    _, paragraphs = read_text("Dear all\n\nWe met.\n\nKind regards\nAnn")

    assert styles == [Style.BODY, Style.BODY, Style.SIGNATURE]
    assert {paragraph.style for paragraph in paragraphs} == {Style.BODY}


PIECES = st.sampled_from([
    "Kind regards\n", "-- \n", "On 1 Sep, Bob wrote:\n", "> quoted\n", "\n", "From: a\n",
    "Sent: b\n", "To: c\n", "We met every week.\n", "confidential virus\n", "CAUTION: mail\n",
    "_" * 40, "Ann\n", "schrieb am\n", "Subject: x\n", "-----Original Message-----\n", " ",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=20).map("".join), st.booleans())
def test_no_character_is_lost_and_something_always_stays(text: str, answer: bool) -> None:
    parts = plain_parts(text)

    marked = fold(parts, answer=answer)

    assert (
        "\n".join(words for words, _ in marked).split()
        == "\n".join(words for words, _ in parts).split()
    )
    if re.search(r"\w", text):
        assert any(style in (Style.BODY, Style.LIST) for _, style in marked)


@pytest.mark.parametrize(
    "text",
    ["On " * 7000, "Regards\n\nx y z\n\n" * 3000, "\nWarning: x mail\n" * 2000, "> " * 9000,
     "From: x\nSent: y\n" * 2000, "CAUTION: " + "a" * 20_000, "x\n\n" * 8000,
     "-- \n" * 20_000, "On Mon 5 Oct 2020 x wrote:\n> a\n" * 5000],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    parts = plain_parts(text)
    began = time.perf_counter()

    fold(parts, answer=True)

    assert time.perf_counter() - began < 2


def test_the_mail_that_others_delete_whole_keeps_its_words(corpus: Path) -> None:
    text = (corpus / "reply" / "discourse__emails_embedded_email_17.txt").read_text("utf-8")

    kept = " ".join(own(folded(text, answer=True)))

    assert "The intent was to return nil when the first value was nil." in " ".join(kept.split())


NOT_MEANT = {"embedded_email_10"}
"""Its golden counts an earlier mail below “wrote:” as the sender's own."""


def test_real_replies_lose_no_own_words_but_names(corpus: Path) -> None:
    words = re.compile(r"\w+")
    wrongly: Counter[str] = Counter()
    total = 0
    for mail in sorted((corpus / "reply").glob("discourse__emails_*.txt")):
        name = mail.stem.removeprefix("discourse__emails_")
        goldens = [mail.parent / f"discourse__{kind}_{name}.txt" for kind in ("trimmed", "before")]
        golden = next((path for path in goldens if path.exists()), None)
        if golden is None or name in NOT_MEANT:
            continue
        parts = folded(mail.read_text("utf-8"), answer=True)
        golden_words = Counter(words.findall(golden.read_text("utf-8")))
        kept = Counter(words.findall("\n".join(w for w, s in parts if s != "reply")))
        total += golden_words.total()
        wrongly += golden_words - kept
    assert total > 100
    assert wrongly.total() == 0
