"""The account adds up, whatever was received and whatever became of it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.account import NAMES, NOTHING, Standing, account, standing_of, standings
from coder.domain.model import Receipt, RespondentType, Status, Submission

OUTCOMES = (
    "imported", "attached", "duplicate", "unreadable", "blank", "skipped", "opened", "left-out",
)  # fmt: skip
UNREAD = ("unreadable", "blank", "left-out")
DUPLICATE = Standing.DUPLICATE


def _receipt(key: int, outcome: str, digest: str = "", path: str = "a", of: str = "") -> Receipt:
    return Receipt(f"r{key}", f"2020-09-18T10:00:{key:02}Z", path, outcome, of or None, digest)


submissions = st.lists(
    st.builds(
        Submission,
        id=st.sampled_from("stuvwxyz"),
        ref=st.just("SIC0001"),
        type=st.sampled_from(RespondentType),
        status=st.sampled_from(Status),
        flags=st.lists(st.sampled_from(["campaign", "late", "wishes"]), unique=True).map(tuple),
        of_id=st.sampled_from(["", "s", "t"]),
    ),
    unique_by=lambda one: one.id,
)
receipts = st.lists(
    st.builds(
        Receipt,
        id=st.uuids().map(str),
        at=st.sampled_from(["2020-09-18T10:00:00Z", "2020-09-18T10:00:01Z"]),
        path=st.sampled_from(["a", "b", ""]),
        outcome=st.sampled_from(OUTCOMES),
        submission_id=st.sampled_from([None, "s", "t", "gone"]),
        original=st.sampled_from(["", "11", "22"]),
        inside=st.sampled_from(["", "1"]),
    ),
    unique_by=lambda one: one.id,
)


@given(submissions, receipts)
def test_the_rows_add_up_to_what_was_received(
    given_submissions: list[Submission], given_receipts: list[Receipt]
) -> None:
    table = account(given_submissions, given_receipts)

    counted = standings(given_receipts, given_submissions)
    assert table.received == len(given_submissions) + len(counted)
    assert table.received == sum(row.submissions + row.files for row in table.rows)
    assert table.submissions == len(given_submissions)
    assert Counter(table.types) == Counter(one.type for one in given_submissions)
    assert [row.standing for row in table.rows] == list(Standing)


@given(submissions, receipts)
def test_what_could_not_be_read_counts_once_unless_it_came_in_after_all(
    given_submissions: list[Submission], given_receipts: list[Receipt]
) -> None:
    counted = standings(given_receipts, given_submissions)

    there = {one.id for one in given_submissions}
    left = [one for one in given_receipts if one.submission_id not in there and one.original]
    came = {one.original for one in given_receipts if one.submission_id in there}
    unread = [one.original for one in left if counted.get(one.id, DUPLICATE) is not DUPLICATE]
    assert sorted(unread) == sorted({one.original for one in left if one.outcome in UNREAD} - came)


@pytest.mark.parametrize(
    ("submission", "standing"),
    [
        (Submission("s", "SIC0001"), Standing.UNDECIDED),
        (Submission("s", "SIC0001", flags=("late",)), Standing.LATE),
        (Submission("s", "SIC0001", status=Status.INCLUDED, flags=("late",)), Standing.INCLUDED),
        (Submission("s", "SIC0001", flags=("campaign", "late"), of_id="t"), Standing.CAMPAIGN),
        (Submission("s", "SIC0001", flags=("campaign",)), Standing.UNDECIDED),
        (Submission("s", "SIC0001", status=Status.DUPLICATE, of_id="t"), Standing.DUPLICATE),
        (Submission("s", "SIC0001", status=Status.WITHDRAWN, flags=("late",)), Standing.WITHDRAWN),
    ],
)
def test_a_submission_counts_as_one_thing(submission: Submission, standing: Standing) -> None:
    assert standing_of(submission) is standing


@pytest.mark.parametrize(
    ("given_receipts", "expected"),
    [
        ([_receipt(1, "unreadable", "11")], {"r1": Standing.UNREADABLE}),
        (
            [_receipt(1, "unreadable", "11"), _receipt(2, "unreadable", "11", "b")],
            {"r2": Standing.UNREADABLE},
        ),
        ([_receipt(1, "unreadable", "11"), _receipt(2, "imported", "11", "b", "s")], {}),
        ([_receipt(1, "left-out", "11"), _receipt(2, "attached", "11", of="s")], {}),
        (
            [_receipt(1, "imported", "11", of="s"), _receipt(2, "duplicate", "11", "b")],
            {"r2": Standing.DUPLICATE},
        ),
        ([_receipt(1, "imported", "11", of="s"), _receipt(2, "duplicate", "11")], {}),
        ([_receipt(1, "opened", "11"), _receipt(2, "skipped", "22")], {}),
        ([_receipt(1, "unreadable"), _receipt(2, "blank", "", "b")], {"r1": Standing.UNREADABLE,
                                                                     "r2": Standing.BLANK}),
    ],
)  # fmt: skip
def test_a_file_counts_once_as_it_fared_last(
    given_receipts: list[Receipt], expected: dict[str, Standing]
) -> None:
    assert standings(given_receipts, [Submission("s", "SIC0001")]) == expected


def test_every_standing_has_a_name_for_people() -> None:
    assert set(NAMES) == set(Standing)


def test_empty_files_are_never_the_same_as_one_another() -> None:
    given = [
        _receipt(1, "blank", NOTHING, "a.txt"),
        _receipt(2, "blank", NOTHING, "b.txt"),
        _receipt(3, "blank", NOTHING, "b.txt"),
        _receipt(4, "imported", NOTHING, "c.eml", of="s"),
    ]

    counted = standings(given, [Submission("s", "SIC0001")])

    assert counted == {"r1": Standing.BLANK, "r3": Standing.BLANK}
