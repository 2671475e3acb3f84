"""Of the versions of a text that a mail offers one is kept, and what only another says is known."""

from __future__ import annotations

import pytest

from coder.domain.model import Style
from coder.ingest.mail.text import Part, choose, differs, mark_replies, missed


def parts(text: str) -> list[Part]:
    return [(text, Style.BODY)]


def test_the_plain_version_is_kept_unless_it_is_a_stub() -> None:
    plain, stub, rich = parts("We met every week."), parts("See."), parts("We met every week!")

    assert choose([(True, plain), (False, rich)]) is plain
    assert choose([(True, stub), (False, rich)]) is rich
    assert choose([(False, rich)]) is rich
    assert choose([]) == []


@pytest.mark.parametrize(
    ("version", "chosen", "words", "other"),
    [
        ("We met.", "We MET!", [], False),
        ("The bus has stopped.", "We met.", ["the", "bus", "has", "stopped"], True),
        ("Hello there", "We met.", ["hello", "there"], True),
        ("See the HTML version of this.", "We met.", [], False),
        ("We met https://a.example/b", "We met", [], False),
        ("<p>We met</p>", "We met", [], False),
        (f"{'word ' * 3}one two six ten, red tea cup", "one two six ten red tea", ["word", "cup"],
         False),
    ],
)  # fmt: skip
def test_what_only_another_version_says_is_known(
    version: str, chosen: str, words: list[str], other: bool
) -> None:
    missing = missed(parts(version), parts(chosen))

    assert missing == words
    assert differs(parts(version), missing) == other


def test_a_sentence_that_ends_in_wrote_is_no_line_of_a_program() -> None:
    own = [("We met.", Style.BODY), ("On the bus she wrote:", Style.BODY)]

    assert mark_replies(own, answer=True) == own
