"""What a line of the list says of a submission."""

from __future__ import annotations

from coder.domain.model import Document, DocumentKind, Permission, Status, Submission
from coder.project.evidence import SubmissionView
from coder.ui.evidence import telling
from coder.ui.evidence.listing import Row
from coder.ui.evidence.row_look import second_line


def view(**fields: object) -> SubmissionView:
    document = Document(
        "d", "a", 0, "letter.txt", DocumentKind.DOCUMENT, problems=("One line was not read.",)
    )
    return SubmissionView(Submission("a", "SIC0001", **fields), (document,), {"d": 8}, 0)  # type: ignore[arg-type]


def test_the_permission_comes_first_in_the_words_of_the_forms() -> None:
    late = view(permission=Permission.ANONYMOUS, flags=("late",), status=Status.BLANK)

    assert second_line(Row(late)) == [
        "publish without the name", "blank", "late", "see note", "text",
    ]  # fmt: skip
    assert second_line(Row(view()))[0] == "permission not known yet"
    assert second_line(Row(view(permission=Permission.NAMED))) == ["see note", "text"]


def test_a_day_is_written_as_people_write_it_and_the_permission_as_in_the_form() -> None:
    told = view(permission=Permission.WITHHELD, received="2020-09-18T10:00:00Z")

    assert telling.described(told.submission) == (
        "type not known · do not publish · received 18 Sep 2020"
    )
