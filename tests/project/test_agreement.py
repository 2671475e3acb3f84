"""How far coders agree: who is compared, on what, and what the report says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from coder.domain.agreement import AgreementOptions, AgreementReport, Coefficient, Unit
from coder.domain.errors import Cancelled, NotFound, Refused
from coder.domain.model import Coder, Document, Permission
from coder.domain.together import AGREED, AGREED_ID
from coder.jobs import Job
from coder.project import Project

Letter = Callable[..., Document]
PLAIN = AgreementOptions(samples=0)
A, B, C = "Ada", "Bo", "Cy"
KAPPA, ALPHA, PERCENT = Coefficient.KAPPA, Coefficient.ALPHA, Coefficient.PERCENT
BUSES, HALLS = "Services/Buses", "Services/Halls"


def tag(
    project: Project, coder: str, document: Document, path: str, *spans: tuple[int, int]
) -> None:
    """Puts the code on these places as this coder."""
    project.as_coder(coder)
    for start, end in spans:
        project.tag_with_new_code(document, start, end, path)


def declare(project: Project, document: Document, *coders: str) -> None:
    for coder in coders:
        project.as_coder(coder)
        project.progress.declare([document.id])


def value(report: AgreementReport, kind: Coefficient, line: int = 0) -> float | None:
    return report.codes[line].measures[kind].value


@pytest.mark.parametrize(
    ("one", "other", "kappa"),
    [
        ([(0, 500)], [(250, 750)], 0.0),
        ([(0, 100)], [(50, 150)], 0.4444),
        ([(0, 100), (20, 60)], [(0, 100)], 1.0),
    ],
)
def test_characters_are_compared_one_by_one(
    project: Project,
    letter: Letter,
    one: Sequence[tuple[int, int]],
    other: Sequence[tuple[int, int]],
    kappa: float,
) -> None:
    document = letter("x" * 1000)
    tag(project, A, document, "Buses", *one)
    tag(project, B, document, "Buses", *other)
    report = project.agreement.report(PLAIN)
    assert value(report, KAPPA) == pytest.approx(kappa, abs=5e-5)
    assert (report.codes[0].name, report.codes[0].units) == ("Buses", 1000)
    assert report.codes[0].codings == len(one) + len(other)


def test_who_declared_and_tagged_nothing_is_compared_too(project: Project, letter: Letter) -> None:
    document = letter("x" * 1000)
    tag(project, A, document, "Buses", (0, 100))
    declare(project, document, B)
    report = project.agreement.report(PLAIN)
    assert report.coders == (A, B)
    assert value(report, KAPPA) == 0
    assert report.codes[0].by_coder == (0.1, 0)
    assert "Only one of the coders" in report.codes[0].caveats[0]


def test_submissions_that_two_have_coded_are_offered(project: Project, letter: Letter) -> None:
    alone, both = letter("One letter about buses."), letter("Another letter about halls.")
    tag(project, A, alone, "Buses", (0, 10))
    tag(project, A, both, "Halls", (0, 10))
    declare(project, both, B)
    refs = {one.submission.id: one.submission.ref for one in project.evidence.all()}
    [offered] = project.agreement.coded_twice()
    assert (offered.ref, offered.coders) == (refs[both.submission_id], (A, B))


def test_people_who_have_coded_are_offered_and_nobody_else(
    project: Project, letter: Letter
) -> None:
    document = letter("One letter about buses.")
    for coder in (A, "faster-whisper (small)"):
        tag(project, coder, document, "Buses", (0, 10))
    [coding, _] = project.codings.of(document.id)
    with project._store.step("Agree", project.coder) as tx:
        tx.put(Coder(AGREED_ID, AGREED))
        tx.put(replace(coding, id="agreed", coder_id=AGREED_ID))
    project.as_coder(B)
    project.progress.mark_read([document.id])
    declare(project, document, C)
    offered = [(one.name, one.submissions, one.declared) for one in project.agreement.coders()]
    assert offered == [(A, 1, 0), (C, 1, 1)]
    with pytest.raises(NotFound, match="Nobody called “agreed”"):
        project.agreement.report(replace(PLAIN, coders=(A, AGREED)))


def test_what_not_all_have_coded_is_left_out_and_told(project: Project, letter: Letter) -> None:
    first, second, third = letter("The first letter."), letter("The second."), letter("Unread.")
    for coder in (A, B):
        tag(project, coder, first, "Buses", (0, 9))
    tag(project, A, second, "Buses", (0, 9))
    declare(project, first, A, B)
    report = project.agreement.report(PLAIN)
    assert report.refs == ("SIC0001",)
    assert [(one.ref, one.missing) for one in report.left_out] == [("SIC0002", (B,))]
    assert any("1 submission was left out" in one for one in report.caveats)
    assert third.submission_id
    assert not any("not declared coded" in one for one in report.caveats)


def test_a_chosen_set_is_compared_as_far_as_two_have_coded_it(
    project: Project, letter: Letter
) -> None:
    first, second, third = (letter(f"Letter {number} about a bus.") for number in range(3))
    for coder in (A, B, C):
        tag(project, coder, first, "Buses", (0, 8))
    for coder in (A, B):
        tag(project, coder, second, "Buses", (0, 8))
    tag(project, A, third, "Buses", (0, 8))
    asked = replace(PLAIN, submissions=("sic0002", "SIC0001", "SIC0003"))
    report = project.agreement.report(asked)
    assert report.coders == (A, B, C)
    assert report.refs == ("SIC0001", "SIC0002")
    assert [one.ref for one in report.left_out] == ["SIC0003"]
    assert value(report, ALPHA) == 1
    assert "Not every coder" in report.codes[0].measures[Coefficient.U_ALPHA].why
    assert report.pairs[0].measures[Coefficient.U_BINARY].value == 1
    assert any("not declared coded: 2 by Ada, 2 by Bo and 1 by Cy" in one for one in report.caveats)


def test_themes_count_the_codes_below_them_in(project: Project, letter: Letter) -> None:
    document = letter("x" * 400)
    tag(project, A, document, BUSES, (0, 100))
    tag(project, B, document, HALLS, (0, 100))
    report = project.agreement.report(PLAIN)
    assert [one.name for one in report.codes] == [BUSES, HALLS]
    [theme] = report.themes
    assert (theme.name, theme.children, theme.codings) == ("Services", True, 2)
    assert theme.measures[KAPPA].value == 1
    assert value(report, KAPPA) == 0
    assert theme.measures[Coefficient.U_BINARY].value == 1
    assert theme.measures[Coefficient.CU_ALPHA].value is not None
    assert theme.measures[Coefficient.CU_ALPHA].value <= 0
    assert report.overall.measures[PERCENT].value == 0.75


def test_overall_sets_that_share_a_code_are_nearer(project: Project, letter: Letter) -> None:
    document = letter("x" * 400)
    for coder in (A, B):
        tag(project, coder, document, BUSES, (0, 100))
    tag(project, A, document, HALLS, (0, 100))
    overall = project.agreement.report(PLAIN).overall
    nominal, masi, jaccard = (
        overall.measures[kind].value for kind in (ALPHA, Coefficient.MASI, Coefficient.JACCARD)
    )
    assert nominal is not None
    assert masi is not None
    assert jaccard is not None
    assert nominal < masi < jaccard < 1
    assert "overlap" in overall.measures[Coefficient.U_ALPHA].why
    assert overall.measures[Coefficient.U_BINARY].value == 1


@pytest.mark.parametrize(
    ("unit", "units", "used", "shared"),
    [
        (Unit.CHARACTER, 71, 11, 3),
        (Unit.SENTENCE, 4, 2, 1),
        (Unit.PARAGRAPH, 2, 1, 1),
        (Unit.SUBMISSION, 1, 1, 1),
    ],
)
def test_units_that_a_tag_touches_have_its_code(
    project: Project, letter: Letter, unit: Unit, units: int, used: int, shared: int
) -> None:
    document = letter("No bus comes. We need the bus badly.", "The hall is warm. Nobody asked me.")
    bus, need = document.text.index("bus"), document.text.index("need the")
    tag(project, A, document, "Buses", (bus, bus + 3), (need, need + 8))
    tag(project, B, document, "Buses", (need + 5, need + 8))
    line = project.agreement.report(replace(PLAIN, unit=unit)).codes[0]
    assert (line.units, line.used, line.shared) == (units, used, shared)


def test_submissions_with_each_code_are_the_units_of_the_whole(
    project: Project, letter: Letter
) -> None:
    documents = [letter(f"Letter {number}, of some length.") for number in range(3)]
    for place, document in enumerate(documents):
        tag(project, A, document, BUSES, (0, 6))
        tag(project, B, document, BUSES if place else HALLS, (0, 6))
    report = project.agreement.report(replace(PLAIN, unit=Unit.SUBMISSION))
    assert (report.overall.units, report.overall.used) == (6, 4)
    assert report.overall.measures[PERCENT].value == pytest.approx(4 / 6)
    assert report.overall.measures[KAPPA].value == pytest.approx(1 / 3)
    assert [one.units for one in report.submissions] == [2, 2, 2]
    assert [one.measures[PERCENT].value for one in report.submissions] == [0, 1, 1]


def test_each_submission_and_each_pair_has_a_line(project: Project, letter: Letter) -> None:
    first, second = letter("x" * 100), letter("y" * 100)
    for coder, end in ((A, 50), (B, 50), (C, 25)):
        tag(project, coder, first, "Buses", (0, end))
        tag(project, coder, second, "Buses", (10, 40))
    report = project.agreement.report(PLAIN)
    assert [one.name for one in report.submissions] == ["SIC0001", "SIC0002"]
    assert report.submissions[1].measures[KAPPA].value == 1
    assert [one.codings for one in report.submissions] == [3, 3]
    assert [one.coders for one in report.pairs] == [(A, B), (A, C), (B, C)]
    assert [one.measures[KAPPA].value == 1 for one in report.pairs] == [True, False, False]
    assert report.pairs[0].measures[Coefficient.U_BINARY].value == 1


def test_one_answer_only_is_undefined_in_words(project: Project, letter: Letter) -> None:
    document = letter("x" * 50)
    for coder in (A, B):
        tag(project, coder, document, "Buses", (0, 50))
    report = project.agreement.report(PLAIN)
    assert value(report, PERCENT) == 1
    for kind in (KAPPA, ALPHA, Coefficient.AC1, Coefficient.BRENNAN_PREDIGER):
        assert value(report, kind) is None
    assert "cannot be told" in report.codes[0].reading
    assert "1 cannot be told" in report.reading


def test_intervals_are_the_same_each_time(project: Project, letter: Letter) -> None:
    document = letter(*["A paragraph of some length about the bus."] * 12)
    for place, paragraph in enumerate(document.paragraphs):
        tag(project, A, document, "Buses", (paragraph.start, paragraph.end - 12 * (place % 3)))
        if place % 4:
            tag(project, B, document, "Buses", (paragraph.start, paragraph.end - 20))
    options = AgreementOptions(samples=200)
    one, again = (project.agreement.report(options) for _ in range(2))
    assert one == again
    measure = one.codes[0].measures[ALPHA]
    assert measure.value is not None
    assert measure.low is not None
    assert measure.high is not None
    assert measure.low < measure.value < measure.high
    assert one.drawn == "paragraphs"
    assert any("200 samples" in words for words in one.method)


def test_who_cannot_be_compared(project: Project, letter: Letter) -> None:
    first, second, third = letter("One letter."), letter("Another letter."), letter("A third.")
    with pytest.raises(Refused, match="nobody has coded"):
        project.agreement.report(PLAIN)
    tag(project, A, first, "Buses", (0, 3))
    with pytest.raises(Refused, match="only Ada"):
        project.agreement.report(PLAIN)
    tag(project, B, second, "Buses", (0, 3))
    with pytest.raises(Refused, match="No submission was coded by all of Ada and Bo"):
        project.agreement.report(PLAIN)
    with pytest.raises(NotFound, match="SIC0099"):
        project.agreement.report(replace(PLAIN, submissions=("SIC0099",)))
    with pytest.raises(NotFound, match=r"Nobody called “Zed”.*There are Ada and Bo"):
        project.agreement.report(replace(PLAIN, coders=(A, "Zed")))
    declare(project, third, A, B)
    with pytest.raises(Refused, match="Ada and Bo have tagged nothing"):
        project.agreement.report(PLAIN)


def test_it_can_be_stopped(project: Project, letter: Letter) -> None:
    document = letter("One letter.")
    for coder in (A, B):
        tag(project, coder, document, "Buses", (0, 3))
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.agreement.report(PLAIN, job)


def test_no_respondent_is_named_and_what_is_withheld_counts(
    project: Project, letter: Letter
) -> None:
    document = letter("One letter about a bus.")
    given = {"respondent": "Zelda Quill", "permission": Permission.WITHHELD}
    with project._store.step("Particulars", project.coder) as tx:
        tx.put(replace(tx.read.submission(document.submission_id), **given))
    for coder in (A, B):
        tag(project, coder, document, "Buses", (0, 3))
    report = project.agreement.report(PLAIN)
    assert report.refs == ("SIC0001",)
    assert "Zelda" not in repr(report)


def test_what_is_rare_or_everywhere_or_seldom_is_told(project: Project, letter: Letter) -> None:
    document = letter("x" * 1000)
    for coder in (A, B):
        tag(project, coder, document, BUSES, (0, 40))
        tag(project, coder, document, HALLS, (0, 990))
    rare, everywhere = project.agreement.report(PLAIN).codes
    assert [words.split(",")[0].split(".")[0] for words in rare.caveats] == [
        "It rests on fewer than 10 passages: one tag more or less changes the figures",
        "Rare",
    ]
    assert any(words.startswith("In nearly all of the characters") for words in everywhere.caveats)
