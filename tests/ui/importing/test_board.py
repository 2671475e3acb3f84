"""What a person does to a plan, and takes back."""

from __future__ import annotations

from dataclasses import replace

from coder.domain.draft import Use
from coder.domain.model import Permission, RespondentType
from coder.project.plan import Plan, Proposal
from coder.ui.importing.board import Board, Grouping
from tests.ui.importing.conftest import CLOSES, plan_of, thing


def shape(plan: Plan) -> list[list[str]]:
    return [[one.shown for one in proposal.things] for proposal in plan.proposals]


def test_joined_submissions_stand_where_the_first_stood_and_undo_parts_them(board: Board) -> None:
    before = shape(board.plan)
    charity, letter, _ = board.plan.proposals

    joined = board.join([letter, charity])

    assert joined is charity
    assert shape(board.plan)[0] == ["post/Statement.docx", "post/letter.txt"]
    assert joined.wishes == ("Please treat this as <b>confidential</b>.",)
    assert board.undoable == "join"
    board.undo()
    assert shape(board.plan) == before
    assert letter.late
    assert not charity.late
    assert board.undoable == ""


def test_a_file_moves_to_another_submission_with_what_it_says_itself(board: Board) -> None:
    charity, letter, film = board.plan.proposals
    statement = charity.things[0]

    board.move([statement], letter)

    assert charity not in board.plan.proposals
    assert letter.wishes == ("Please treat this as <b>confidential</b>.",)
    assert letter.respondent == "Peter Marsh"
    board.undo()
    assert letter.wishes == ()
    assert board.plan.proposals == [charity, letter, film]


def test_a_file_becomes_a_submission_of_its_own(board: Board) -> None:
    film = board.plan.proposals[2]
    transcript = film.things[1]

    made = board.move([transcript], None)

    assert made is not None
    assert shape(board.plan)[2:] == [["film/choir.mp4"], ["film/choir.vtt"]]
    assert board.move([transcript], None) is None
    assert board.move([transcript], made) is None


def test_a_joined_submission_falls_apart_into_what_was_found(board: Board) -> None:
    charity, letter, _ = board.plan.proposals
    joined = board.join([charity, letter])

    parts = board.split([joined])

    assert shape(board.plan)[:2] == [["post/Statement.docx"], ["post/letter.txt"]]
    assert [one.respondent for one in parts] == ["Joan Ashby", "Peter Marsh"]
    assert [one.late for one in parts] == [False, True]
    assert [bool(one.wishes) for one in parts] == [True, False]
    assert board.split([charity]) == []


def test_what_repeats_another_text_does_so_no_more_once_other_words_are_added() -> None:
    same = Proposal([thing("a.txt")], same_as="SIC0003", campaign=1, like="SIC0003")
    other = Proposal([thing("b.txt")])
    with plan_of(same, other) as plan:
        board = Board(plan)

        joined = board.join([same, other])

        assert (joined.same_as, joined.campaign, joined.like) == ("", 1, "SIC0003")
        board.split([joined])
        assert [one.same_as for one in plan.proposals] == ["SIC0003", ""]


def test_grouping_goes_from_one_to_another_and_back(board: Board) -> None:
    before = shape(board.plan)

    board.group(Grouping.FOLDER)
    assert shape(board.plan) == [
        ["post/Statement.docx", "post/letter.txt"],
        ["film/choir.mp4", "film/choir.vtt"],
    ]
    board.group(Grouping.ONE)
    assert len(board.plan.proposals) == 1
    board.group(Grouping.FILE)

    assert shape(board.plan) == before
    assert [one.respondent for one in board.plan.proposals] == ["Joan Ashby", "Peter Marsh", ""]
    board.undo()
    board.undo()
    assert board.grouping is Grouping.FOLDER
    assert len(board.plan.proposals) == 2


def test_what_a_person_wrote_outlives_a_change_of_grouping(board: Board) -> None:
    film = board.plan.proposals[2]
    board.amend([film], "respondent", "St Mark’s choir")

    board.group(Grouping.ONE)
    board.group(Grouping.FILE)

    assert board.plan.proposals[2].respondent == "St Mark’s choir"


def test_particulars_are_set_for_several_and_taken_back_for_each(board: Board) -> None:
    charity, letter, film = board.plan.proposals

    assert board.amend([charity, letter, film], "type", RespondentType.CHARITY)
    assert not board.amend([charity], "type", RespondentType.CHARITY)
    board.undo()

    kinds = [one.type for one in board.plan.proposals]
    assert kinds == [RespondentType.CHARITY, RespondentType.UNKNOWN, RespondentType.UNKNOWN]
    assert {one.permission for one in board.plan.proposals} == {Permission.UNKNOWN}


def test_a_day_that_is_set_decides_whether_it_is_late(board: Board) -> None:
    letter = board.plan.proposals[1]
    assert letter.received > CLOSES

    board.amend([letter], "received", CLOSES)

    assert not letter.late
    board.undo()
    assert letter.late


def read_anew(board: Board, uses: tuple[Use, ...]) -> list[Proposal]:
    """Gives the table other columns and other rows, as a survey would."""
    table = board.plan.things[0]
    before = board.about_to_read(table)
    assert table.table is not None
    table.table = replace(table.table, uses=uses)
    table.holds = [thing("survey.csv/row 2", inside="row 2", container="5e")]
    board.plan.things[1:] = table.holds
    board.plan.proposals[:] = [Proposal(list(table.holds), "Ada Lovell")]
    board.plan.tag_questions = False
    return board.was_read(before)


def test_columns_said_anew_can_be_taken_back_with_what_was_done_before(answers: Plan) -> None:
    board = Board(answers)
    table, rows = answers.things[0], list(answers.proposals)
    uses = table.table.uses if table.table else ()
    board.amend(rows[1:], "respondent", "Tom Pryce")

    made = read_anew(board, (Use.QUESTION, Use.QUESTION, Use.QUESTION))

    assert [one.respondent for one in made] == ["Ada Lovell"]
    assert board.undoable == "columns"
    board.undo()
    assert answers.proposals == rows
    assert answers.proposals[1].respondent == "Tom Pryce"
    assert table.table is not None
    assert table.table.uses == uses
    assert [one.inside for one in table.holds] == ["row 2", "row 3"]
    assert answers.things == [table, *table.holds]
    assert answers.tag_questions
    board.undo()
    assert answers.proposals[1].respondent == ""
    assert not board.changed


def test_a_tick_for_tagging_alone_is_a_change_too(answers: Plan) -> None:
    board = Board(answers)
    assert not board.changed

    answers.tag_questions = False

    assert board.changed


def test_a_late_letter_that_is_joined_stays_late_and_split_off_it_is_alone(board: Board) -> None:
    charity, letter, _ = board.plan.proposals
    assert letter.late

    made = board.join([charity, letter])

    assert made.late
    board.split([made])
    assert [one.late for one in board.plan.proposals[:2]] == [False, True]


def test_senders_are_not_mixed_and_a_person_says_whose_it_is(board: Board) -> None:
    charity, letter, _ = board.plan.proposals
    letter.organisation = "Marsh Farm"
    for one in (charity, letter):
        one.things[0].alone = replace(one, things=[])

    made = board.join([charity, letter])

    assert (made.several, made.respondent, made.organisation) == (True, "", "")
    board.amend([made], "respondent", "Peter Marsh")
    assert not made.several
    board.undo()
    parts = board.split([made])
    assert [(one.several, one.respondent) for one in parts] == [
        (False, "Joan Ashby"),
        (False, "Peter Marsh"),
    ]
