"""Links to evidence elsewhere are pointed out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.draft import Draft, Source
from coder.ingest.mail.links import elsewhere, told
from coder.ingest.registry import read

CHECKED = "safelinks.protection.outlook.com/"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Here: https://we.tl/t-AbC123.", "we.tl/t-AbC123"),
        ("<https://wetransfer.com/downloads/abc/def>", "wetransfer.com/downloads/abc/def"),
        ("(https://www.dropbox.com/s/x/a.mp4?dl=0)", "www.dropbox.com/s/x/a.mp4?dl=0"),
        ('<a href="https://drive.google.com/open?a=1&amp;b=2">x', "drive.google.com/open?a=1&b=2"),
        ("https://council.sharepoint.com/:w:/s/x", "council.sharepoint.com/:w:/s/x"),
        ("https://1drv.ms/w/s!Abc", "1drv.ms/w/s!Abc"),
        ("https://www.icloud.com/iclouddrive/0ab#x", "www.icloud.com/iclouddrive/0ab#x"),
        ("watch youtu.be/dQw4 please", "youtu.be/dQw4"),
        ("https://vimeo.com/123456/ab", "vimeo.com/123456/ab"),
        (f"https://eur01.{CHECKED}?url=https%3A%2F%2Fwe.tl%2Ft-Q&amp;data=1", "we.tl/t-Q"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__we.tl_t-2DAbC&d=x",
            "we.tl/t-AbC",
        ),
        ("https://us02web.zoom.us/rec/play/abc", "us02web.zoom.us/rec/play/abc"),
        ("https://us.sharefile.com/d-s1", "us.sharefile.com/d-s1"),
        ("https://www.tiktok.com/@ann/video/1", "www.tiktok.com/@ann/video/1"),
        ("https://urldefense.com/v3/__https://we.tl/t-Q__;!!abc", "we.tl/t-Q"),
    ],
)  # fmt: skip
def test_a_link_to_files_is_found(text: str, address: str) -> None:
    assert elsewhere(text) == (address,)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.youtube.com/user/walsallcouncil",
        "https://www.google.com/maps and https://www.dropbox.com/",
        "awe.tl/x",
        "We use Dropbox and Google Drive.",
        "https://docs.google.com/forms/d/1",
    ],
)
def test_other_links_are_not(text: str) -> None:
    assert elsewhere(text) == ()


def test_the_sentence_says_which_and_what_to_do() -> None:
    [sentence] = told(["we.tl/t-abc"], "This mail")

    assert sentence == (
        "This mail links to files that are not here (we.tl/t-abc): download them before the link "
        "ends and attach them to this submission."
    )
    assert "and 2 more" in told([f"we.tl/{n}" for n in range(7)], "This mail")[0]
    assert told([], "This mail") == ()


def test_a_mail_whose_page_hides_the_address_says_so() -> None:
    page = b'<p>We filmed it.</p><a href="https://we.tl/t-abc">Download</a>'
    head = b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n"

    draft = read(Source("a.eml", data=head + page))

    assert isinstance(draft, Draft)
    assert "we.tl/t-abc" in draft.documents[0].problems[0]


def test_a_text_says_so_too() -> None:
    draft = read(Source("a.txt", data=b"Our film: https://youtu.be/abc"))

    assert isinstance(draft, Draft)
    assert draft.documents[0].problems[0].startswith("“a.txt” links to files")


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert told(elsewhere(f"we.tl/{text}"), "This mail")
