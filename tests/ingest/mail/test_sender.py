"""For whom a mail speaks, by its sender's address and its own words."""

from __future__ import annotations

import pytest

from coder.domain.draft import Source
from coder.ingest.mail.eml import read_eml
from coder.ingest.people.guess import filled


@pytest.mark.parametrize(
    ("sender", "body", "organisation", "kind"),
    [
        ("Ann Lee <ann@hotmail.co.uk>", "We went hungry.", "", "individual"),
        ("Ann Lee <ann@leefarm.example>", "We went hungry.", "", "unknown"),
        (
            "Ann Lee <ann@gmail.com>",
            "I write on behalf of the\nWalsall Food Bank.",
            "Walsall Food Bank",
            "charity",
        ),
        (
            "Ann Lee <ann@gmail.com>",
            "We went hungry.\n\nRegards\nAnn Lee\nChair, Walsall Food Bank",
            "Walsall Food Bank",
            "charity",
        ),
        (
            "Ann Lee <ann@gmail.com>",
            "Dear Council,\n\nI write on behalf of John.",
            "",
            "individual",
        ),
    ],
)
def test_a_private_address_is_a_persons_unless_the_mail_names_an_organisation(
    sender: str, body: str, organisation: str, kind: str
) -> None:
    draft = filled(
        read_eml(Source("mail.eml", data=f"From: {sender}\nSubject: Ours\n\n{body}\n".encode()))
    )

    assert (draft.organisation, draft.type) == (organisation, kind)
