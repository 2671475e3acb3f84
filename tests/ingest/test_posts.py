"""Posts that somebody copied become submissions; the words are the author's and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind
from coder.ingest.posts import all_posts, post_title, read_posts

PASTED = """Jane Smith @jane_s · 12 May 2020
We love our volunteers! #vol
See https://example.org/us
https://twitter.com/jane_s/status/12
3 Retweets  5 Likes

Bob
@bob@social.example
·
10:03 AM · May 13, 2020
Not me.
"""


def test_each_post_is_a_submission_in_its_authors_words() -> None:
    found = read_posts(Source("pasted.txt", data=PASTED.encode()))

    (first, jane), (second, bob) = found.drafts
    (post,) = jane.documents
    assert (first, second) == ("post 1", "post 2")
    assert (post.kind, post.text) == (
        DocumentKind.POST, "We love our volunteers! #vol\nSee https://example.org/us",
    )  # fmt: skip
    assert post.title == "@jane_s, 12 May 2020 · https://twitter.com/jane_s/status/12"
    assert post.problems == (
        "“3 Retweets  5 Likes” under the post is no part of it and was left out.",
    )
    assert (jane.respondent, jane.received, jane.channel) == (
        "Jane Smith (@jane_s)", "2020-05-12", "social",
    )  # fmt: skip
    assert (bob.respondent, bob.received) == ("Bob (@bob@social.example)", "2020-05-13T10:03:00")
    assert bob.documents[0].text == "Not me."


def test_a_posts_original_is_what_was_copied_of_it() -> None:
    found = read_posts(Source("pasted.txt", data=PASTED.encode()))

    sources = [draft.documents[0].source for _, draft in found.drafts]
    assert [one.name for one in sources] == ["post 1 of pasted.txt", "post 2 of pasted.txt"]
    assert "\n\n".join(one.read().decode() for one in sources) == PASTED.strip()


def test_a_post_without_words_is_named() -> None:
    found = read_posts(Source("a", data=b"@jane \xc2\xb7 3h\n5 likes\n\n@bob \xc2\xb7 12 May\nHi"))

    assert [name for name, _ in found.drafts] == ["post 2"]
    assert [(one.part, one.what) for one in found.problems] == [("post 1", "It holds no words.")]
    assert found.keep


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (PASTED, True),
        ("@jane · 3h\nHi", True),
        ("Jane @jane – 12/05/2020\nHi", True),
        ("Jane @jane · 12 May 2020\nHi\n\nAs this post shows, we care.", False),
        ("Dear inquiry,\n\nJane @jane · 12 May 2020\nHi", False),
        ("Write to @jane on 12 May 2020.", False),
        ("Minutes · 12 May 2020\nWe met.", False),
        ("", False),
    ],
)
def test_only_what_is_nothing_but_posts_is_taken_for_posts(text: str, posts: bool) -> None:
    assert all_posts(text) is posts


def test_a_title_says_what_is_known() -> None:
    assert post_title("@jane", "2020-05-02T10:00:00Z", "") == "@jane, 2 May 2020"
    assert post_title("", "", "https://example.org/1") == "Post · https://example.org/1"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([b"@a", b" \xc2\xb7 ", b"12 May 2020", b"\n", b"\n\n", b"3h", b"5 Likes",
                         b"https://x.com/a/status/1", b"Ann", b"\0", b"\xff", b"31/02/2020"])
        | st.binary(max_size=5),
        max_size=30,
    )
)  # fmt: skip
def test_any_bytes_give_posts_or_are_unreadable(parts: list[bytes]) -> None:
    try:
        found = read_posts(Source("pasted.txt", data=b"".join(parts)))
    except Unreadable:
        return

    assert all(draft.documents[0].text.strip() for _, draft in found.drafts)
    assert found.drafts or found.problems
