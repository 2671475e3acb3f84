"""Answers of a survey are tagged with what was asked: by a code there is, or one made for it."""

from coder.domain.model import DocumentKind
from coder.project import Project
from coder.project.questions import Questions
from tests.project.conftest import SURVEY

QUESTION = "How has loneliness changed where you live?"


def test_answers_are_tagged_with_the_questions_they_answer(project: Project, write) -> None:
    project.codebook.add("Change", definition=f"3. {QUESTION.lower()}")

    project.intake.bring([write("survey.csv", SURVEY)])

    document = project.evidence.document_titled("SIC0001")
    [coding] = project.codings.of(document.id)
    assert (coding.quote, document.question) == (document.text, QUESTION)
    assert project._store.read.code(coding.code_id).name == "Change"
    assert [code.name for code in project.codebook.codes()] == ["Change"]
    assert document.kind is DocumentKind.ANSWER


def test_a_question_without_a_code_gets_one_under_a_theme_in_the_step_of_the_first_answer(
    project: Project, write
) -> None:
    long = f"{QUESTION[:-1]}, and what has been tried to make the streets feel like home again?"
    project.intake.bring([write("survey.csv", SURVEY.replace(QUESTION, f'"{long}"'))])

    views = project.codebook.tree()
    assert views[0].code.name == "Survey questions"
    assert views[1].code.definition == long
    assert len(views[1].code.name) <= 60
    assert (views[1].codings, len(views)) == (2, 2)
    project.undo()
    project.undo()
    assert project.codebook.codes() == []


def test_answers_stay_untagged_where_a_person_wants_no_tags(project: Project, write) -> None:
    project.intake.bring([write("survey.csv", SURVEY)], tag_questions=False)

    assert project.codebook.codes() == []
    assert len(project.evidence.all()) == 2


def test_questions_that_begin_alike_get_codes_of_their_own(project: Project) -> None:
    questions = Questions(project._store, project._who)
    asked = [f"{QUESTION} Think of the {what}, and/or of what else there is." for what in "ab"]

    with project._store.step("Ask", project.coder) as tx:
        codes = [questions.code(tx, one) for one in (*asked, f"2) {asked[0].upper()}")]

    assert [code.name for code in codes[:2]] == [QUESTION, f"{QUESTION} (2)"]
    assert codes[2] == codes[0]
    assert project.codebook.at(f"Survey questions/{QUESTION}").id == codes[0].id


def test_a_slash_in_a_question_parts_no_path(project: Project) -> None:
    questions = Questions(project._store, project._who)

    with project._store.step("Ask", project.coder) as tx:
        code = questions.code(tx, "Is it quiet and/or dull?")

    assert project.codebook.at(f"Survey questions/{code.name}").definition == (
        "Is it quiet and/or dull?"
    )
