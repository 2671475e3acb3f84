"""What stands between quotation marks, and what only looks like it."""

import pytest

from coder.export.checking.marks import marked


def _said(text: str) -> list[str]:
    return [text[one.start : one.end] for one in marked(text) if one.closed]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One said “we queue” (SIC0001).", ["we queue"]),
        ('One said "we queue," and "we wait".', ["we queue,", "we wait"]),
        ("“He said ‘never’ to me” and left", ["He said ‘never’ to me"]),
        ("‘He said “never” to me’ and left", ["He said “never” to me"]),
        ("“He said “never” to me” and left", ["He said “never” to me"]),
        ("‘It’s the volunteers’ hall,’ she said", ["It’s the volunteers’ hall,"]),
        ("'We don't know our neighbours' names.'", ["We don't know our neighbours' names."]),
        ("in the ’80s and '90s, ’twas the neighbours’ doing", []),
        ('rock ‘n’ roll; a pipe 5" wide and 6" long', []),
        ('“we queue" with the wrong mark', ["we queue"]),
        ("«we queue»", ["we queue"]),
        ("We read: ‘2009 was the year.’", ["2009 was the year."]),
        ("We read: '17 July was the day.'", ["17 July was the day."]),
        ("They say ‘Round here we queue’.", ["Round here we queue"]),
        ("in '68 and again in '72 they came to the boys' club", []),
        ("In ’68 we said ‘never’.", ["never"]),
    ],
)
def test_quotations_are_told_from_apostrophes(text: str, said: list[str]) -> None:
    assert _said(text) == said


def test_a_single_mark_may_close_in_several_places() -> None:
    text = "the ‘volunteers’ of the hall’ (SIC0001)"
    [one] = marked(text)
    ends = {text[one.start : end] for end in (one.end, *one.others)}
    assert ends == {"volunteers", "volunteers’ of the hall"}


def test_a_mark_that_is_not_closed_says_so() -> None:
    [one] = marked("“We queue every week.")
    assert not one.closed
    [first, *_] = marked("“and we wait” they said", within="“")
    assert first.closed
    assert "“and we wait” they said"[first.start : first.end] == "and we wait"


def test_endless_marks_keep_few_places_where_they_may_close() -> None:
    [one] = marked("‘" + "the boys’ club " * 400)
    assert len(one.others) < 20
