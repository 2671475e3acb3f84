"""What a line of the list says of a submission."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.model import (
    Document,
    DocumentKind,
    Permission,
    Standing,
    Status,
    Submission,
)
from coder.project.evidence import SubmissionView
from coder.project.taking import UNFINISHED
from coder.ui.evidence import telling
from coder.ui.evidence.badges import badges, short_badges, work
from coder.ui.evidence.listing import Row
from coder.ui.evidence.row_look import second_line


def view(**fields: object) -> SubmissionView:
    document = Document(
        "d", "a", 0, "letter.txt", DocumentKind.DOCUMENT, problems=("One line was not read.",)
    )
    return SubmissionView(Submission("a", "SIC0001", **fields), (document,), {"d": 8}, 0)  # type: ignore[arg-type]


def test_the_permission_comes_first_in_few_words() -> None:
    late = view(permission=Permission.ANONYMOUS, flags=("late",), status=Status.BLANK)

    assert second_line(Row(late)) == [
        "without name", "blank", "late", "see note", "text",
    ]  # fmt: skip
    assert second_line(Row(view()))[0] == "permission?"
    assert badges(view())[0] == "permission not known yet", "in full for whoever hears it"
    assert second_line(Row(view(permission=Permission.NAMED))) == ["see note", "text"]


def test_a_day_is_written_as_people_write_it_and_the_permission_as_in_the_form() -> None:
    told = view(permission=Permission.WITHHELD, received="2020-09-18T10:00:00Z")

    assert telling.described(told.submission) == (
        "type not known · do not publish · received 18 Sep 2020"
    )


FILM = Document("m", "a", 0, "film.mp4", DocumentKind.MEDIA, original="o")
HEARD = Document(
    "t", "a", 0, "film (transcript)", DocumentKind.TRANSCRIPT, original="o", source_id="m",
    machine_draft=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("transcript", "waits", "told"),
    [
        (None, None, "not transcribed"),
        (None, Standing.WAITING, "waits"),
        (None, Standing.FAILED, "given up"),
        (replace(HEARD, problems=(UNFINISHED,)), Standing.WAITING, "being heard"),
        (replace(HEARD, problems=(UNFINISHED,)), Standing.HELD, "held back"),
        (replace(HEARD, problems=(UNFINISHED,)), None, "half heard"),
        (HEARD, None, "draft"),
        (replace(HEARD, machine_draft=False), None, "checked"),
    ],
)
def test_how_far_a_recording_is_stands_first(
    transcript: Document | None, waits: Standing | None, told: str
) -> None:
    documents = (FILM, transcript) if transcript else (FILM,)
    one = SubmissionView(Submission("a", "SIC0001"), documents, {}, 0)
    standing = {"m": waits} if waits else {}
    assert short_badges(one, standing)[:2] == [told, "permission?"]
    [(_, full)] = work(one, standing)
    assert len(full) > len(told)


def test_a_transcript_that_was_sent_in_is_not_called_checked() -> None:
    sent = replace(HEARD, original="other", machine_draft=False)
    assert work(SubmissionView(Submission("a", "SIC0001"), (FILM, sent), {}, 0)) == []
