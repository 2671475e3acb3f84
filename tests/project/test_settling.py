"""Settling where coders differ: the queue, each act, undo, and what brings a case back."""

from __future__ import annotations

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coding, Document
from coder.domain.quotes import QuoteFilter
from coder.domain.sight import Others, Sight
from coder.domain.together import AGREED, AGREED_ID, Settled
from coder.project import Project
from coder.project.settling import Case, Kind, Options, State
from coder.store import settled
from tests.project.conftest import Letter

TEXT = "The bus was taken away in March. Now half of us cannot come. We ask for a bus again."


@pytest.fixture
def document(project: Project, letter: Letter) -> Document:
    """A letter; the codebook has Travel/Bus, Travel/Lifts and Trust."""
    for path in ("Travel/Bus", "Travel/Lifts", "Trust"):
        project.codebook.add(path)
    return letter(TEXT)


def tag(project: Project, who: str, document: Document, words: str, *paths: str) -> list[Coding]:
    project.as_coder(who)
    start = document.text.index(words)
    codes = [project.codebook.at(path) for path in paths]
    return project.codings.tag(document, start, start + len(words), codes)


BUS = "The bus was taken away in March"


@pytest.fixture
def differing(project: Project, document: Document) -> Document:
    """Asha has Bus where Noor has Trust, and both agree on Lifts elsewhere; Noor is at work."""
    tag(project, "Asha", document, BUS, "Bus")
    tag(project, "Noor", document, BUS, "Trust")
    tag(project, "Asha", document, "half of us cannot come", "Lifts")
    tag(project, "Noor", document, "half of us cannot come", "Lifts")
    return document


def open_cases(project: Project) -> list[Case]:
    return [case for case in project.settling.queue().cases if case.open]


def only(project: Project) -> Case:
    [case] = project.settling.queue().cases
    return case


def agreed(project: Project, document: Document) -> list[tuple[str, str]]:
    names = {code.id: code.name for code in project.codebook.codes()}
    mine = [one for one in project.codings.of(document.id) if one.coder_id == AGREED_ID]
    return [(names[one.code_id], one.quote) for one in mine]


def own(project: Project, document: Document) -> list[Coding]:
    return [one for one in project.codings.of(document.id) if one.coder_id != AGREED_ID]


def mine(project: Project, document: Document, words: str) -> Coding:
    """The tag of the person at work on these words."""
    found = own(project, document)
    return next(one for one in found if (one.coder_id, one.quote) == (project.coder.id, words))


def side_of(project: Project, case: Case, name: str) -> int:
    [coder] = [one.id for one in project.coders() if one.name == name]
    return next(n for n, side in enumerate(case.place.sides) if coder in side.coders)


def accept(project: Project, case: Case, name: str, why: str = "") -> None:
    project.settling.accept(case, case.place.sides[side_of(project, case, name)], why)


def test_the_queue_tells_where_and_over_which_words(project: Project, differing: Document) -> None:
    queue = project.settling.queue()
    case = only(project)
    assert (len(queue.coders), queue.documents, queue.open) == (2, 1, 1)
    assert (case.ref, case.document, case.words) == ("SIC0001", "letter.txt", BUS)
    assert (case.place.kind, case.place.far, case.state) == (Kind.OTHER_CODE, True, State.OPEN)
    assert project.settling.context(case)[1] == "(SIC0001, para 1)"
    assert [one.quote for one in project.settling.shared(case)] == []


def test_one_coder_alone_differs_from_nobody(project: Project, document: Document) -> None:
    tag(project, "Asha", document, BUS, "Bus")
    queue = project.settling.queue()
    assert (queue.cases, queue.coders, queue.documents) == ((), (), 0)


def test_who_declared_a_document_coded_without_a_tag_missed_it(
    project: Project, document: Document
) -> None:
    tag(project, "Asha", document, BUS, "Bus")
    project.as_coder("Noor")
    project.progress.declare([document.id])
    assert only(project).place.kind is Kind.MISSED


def test_who_has_only_read_is_compared_where_chosen(project: Project, document: Document) -> None:
    tag(project, "Asha", document, BUS, "Bus")
    project.as_coder("Noor")
    project.progress.mark_read([document.id])
    assert open_cases(project) == []
    chosen = Options(tuple(one.id for one in project.coders() if one.name in ("Asha", "Noor")))
    assert project.settling.queue(chosen).open == 1


def test_one_side_is_accepted_and_the_originals_stay(project: Project, differing: Document) -> None:
    before = own(project, differing)
    accept(project, only(project), "Asha", "It is about the service.")
    assert agreed(project, differing) == [("Bus", BUS)]
    assert own(project, differing) == before
    case = only(project)
    assert case.state is State.SETTLED
    assert case.decision is not None
    assert (case.decision.how, case.decision.why) == (
        Settled.ACCEPTED,
        "It is about the service.",
    )
    assert project.history(1)[0].label == "Settle “Bus”, “Trust” in SIC0001"
    assert project.history(1)[0].coder == "Noor"
    assert project.verify() == []


def test_settling_is_undone_and_redone_as_one(project: Project, differing: Document) -> None:
    accept(project, only(project), "Asha")
    assert project.undo() == "Settle “Bus”, “Trust” in SIC0001"
    assert agreed(project, differing) == []
    assert only(project).state is State.OPEN
    project.redo()
    assert agreed(project, differing) == [("Bus", BUS)]
    assert only(project).state is State.SETTLED


def test_accepting_who_put_nothing_agrees_on_nothing(project: Project, document: Document) -> None:
    tag(project, "Asha", document, BUS, "Bus")
    project.as_coder("Noor")
    project.progress.declare([document.id])
    accept(project, only(project), "Noor")
    assert agreed(project, document) == []
    assert only(project).state is State.SETTLED
    assert AGREED not in [coder.name for coder in project.coders()]


def test_both_are_kept(project: Project, differing: Document) -> None:
    project.settling.keep_both(only(project))
    assert sorted(agreed(project, differing)) == [("Bus", BUS), ("Trust", BUS)]


def test_both_boundaries_are_kept_as_one_passage(project: Project, document: Document) -> None:
    tag(project, "Asha", document, "The bus was taken away", "Bus")
    tag(project, "Noor", document, "bus was taken away in March", "Bus")
    project.settling.keep_both(only(project))
    assert agreed(project, document) == [("Bus", BUS)]


def test_another_code_and_passage_are_put_instead(project: Project, differing: Document) -> None:
    lifts = project.codebook.at("Lifts").id
    project.settling.recode(only(project), [lifts], "Both are too broad.", (0, 8))
    assert ("Lifts", "The bus") in agreed(project, differing)
    with pytest.raises(Refused, match="No code is chosen"):
        project.settling.recode(only(project), [])


def test_what_is_left_as_it_is_leaves_the_queue(project: Project, differing: Document) -> None:
    project.settling.leave(only(project), "Ask Tom.")
    assert agreed(project, differing) == []
    assert open_cases(project) == []


def test_a_settled_case_is_reopened(project: Project, differing: Document) -> None:
    accept(project, only(project), "Asha")
    settled_case = only(project)
    project.settling.reopen(settled_case)
    assert agreed(project, differing) == []
    assert only(project).state is State.OPEN
    with pytest.raises(NotFound):
        project.settling.reopen(settled_case)
    project.undo()
    assert agreed(project, differing) == [("Bus", BUS)]


def test_a_case_comes_back_where_a_coding_is_changed_and_is_decided_anew(
    project: Project, differing: Document
) -> None:
    accept(project, only(project), "Asha", "As it was.")
    trust = mine(project, differing, BUS)
    project.codings.recode([trust], project.codebook.at("Lifts"))
    case = only(project)
    assert case.state is State.AGAIN
    assert case.decision is not None
    assert case.decision.why == "As it was."
    accept(project, case, "Noor")
    assert agreed(project, differing) == [("Lifts", BUS)]
    assert len(settled.decisions(project._store.reader)) == 1


def test_a_coding_put_beside_a_settled_case_brings_it_back(
    project: Project, differing: Document
) -> None:
    accept(project, only(project), "Asha")
    tag(project, "Tom", differing, BUS, "Lifts")
    assert State.AGAIN in [case.state for case in open_cases(project)]


def test_a_case_of_three_counts_as_settled_for_two_of_them(
    project: Project, differing: Document
) -> None:
    tag(project, "Tom", differing, BUS, "Lifts")
    tag(project, "Tom", differing, "half of us cannot come", "Lifts")
    accept(project, only(project), "Tom")
    two = tuple(one.id for one in project.coders() if one.name in ("Asha", "Tom"))
    assert [case.state for case in project.settling.queue(Options(two)).cases] == [State.SETTLED]


def test_what_was_changed_meanwhile_is_not_settled(project: Project, differing: Document) -> None:
    case = only(project)
    trust = mine(project, differing, BUS)
    project.codings.untag([trust])
    with pytest.raises(Refused, match="changed or removed"):
        accept(project, case, "Asha")
    assert agreed(project, differing) == []


def test_what_all_agree_on_is_adopted_once(project: Project, differing: Document) -> None:
    adopted = project.settling.adopt()
    assert (adopted.made, adopted.gone, adopted.standing) == (1, 0, 0)
    assert agreed(project, differing) == [("Lifts", "half of us cannot come")]
    again = project.settling.adopt()
    assert (again.made, again.gone, again.standing) == (0, 0, 1)
    assert project.undo() == "Adopt what all coders agree on"
    assert agreed(project, differing) == []


def test_what_is_agreed_on_no_longer_is_adopted_no_longer(
    project: Project, differing: Document
) -> None:
    accept(project, only(project), "Asha")
    project.settling.adopt()
    project.codings.untag([mine(project, differing, "half of us cannot come")])
    adopted = project.settling.adopt()
    assert (adopted.made, adopted.gone) == (0, 1)
    assert agreed(project, differing) == [("Bus", BUS)]


def test_a_decision_gives_way_where_the_coders_agree_by_now(
    project: Project, differing: Document
) -> None:
    accept(project, only(project), "Asha")
    trust = mine(project, differing, BUS)
    project.codings.recode([trust], project.codebook.at("Bus"))
    assert only(project).state is State.PAST
    project.settling.adopt()
    assert ("Bus", BUS) in agreed(project, differing)
    assert project.settling.queue().cases == ()


def test_settling_takes_the_place_of_what_was_adopted(
    project: Project, differing: Document
) -> None:
    project.settling.adopt()
    lifts = mine(project, differing, "half of us cannot come")
    project.codings.recode([lifts], project.codebook.at("Bus"))
    [case] = [one for one in open_cases(project) if one.words == "half of us cannot come"]
    accept(project, case, "Noor")
    assert agreed(project, differing) == [("Bus", "half of us cannot come")]


def test_nobody_to_compare_is_told(project: Project, document: Document) -> None:
    with pytest.raises(Refused, match="several of these coders"):
        project.settling.adopt()


def test_a_sensitive_passage_stays_sensitive(project: Project, differing: Document) -> None:
    trust = mine(project, differing, BUS)
    project.codings.set_sensitive([trust], sensitive=True)
    accept(project, only(project), "Asha")
    made = [one for one in project.codings.of(differing.id) if one.coder_id == AGREED_ID]
    assert [one.sensitive for one in made] == [True]


def test_agreed_is_nobody_and_is_not_counted_twice(project: Project, differing: Document) -> None:
    counts = project.codebook.tree()
    tagged = project.evidence.one("SIC0001").tagged
    accept(project, only(project), "Asha")
    project.settling.adopt()
    assert project.codebook.tree() == counts
    assert project.evidence.one("SIC0001").tagged == tagged
    assert AGREED not in project.people()
    assert AGREED in project.taggers()
    totals = project.quotes.listing().totals
    assert (totals.quotes, totals.tags) == (3, 4)
    alone = project.quotes.listing(QuoteFilter(coders=(AGREED,))).totals
    assert (alone.quotes, alone.tags) == (2, 2)
    with pytest.raises(Refused, match="kept for what the coders settle on"):
        project.as_coder(" Agreed")


def test_a_code_that_only_stands_agreed_is_counted(project: Project, differing: Document) -> None:
    project.settling.recode(only(project), [project.codebook.at("Travel").id])
    [travel] = [one for one in project.codebook.tree() if one.path == "Travel"]
    assert (travel.codings, travel.submissions) == (1, 1)


def test_an_agreed_tag_is_changed_by_nobody_by_hand(project: Project, differing: Document) -> None:
    accept(project, only(project), "Asha")
    made = [one for one in project.codings.of(differing.id) if one.coder_id == AGREED_ID]
    with pytest.raises(Refused, match="settled on"):
        project.codings.untag(made)


def test_merging_codes_leaves_what_was_settled(project: Project, differing: Document) -> None:
    accept(project, only(project), "Asha")
    project.codebook.merge(project.codebook.at("Bus"), project.codebook.at("Lifts"))
    assert only(project).state is State.SETTLED
    assert agreed(project, differing)[0] == ("Lifts", BUS)


def test_who_codes_blind_settles_only_what_they_declared(
    project: Project, differing: Document
) -> None:
    blind = Options(sight=Sight(project.coder.id, Others.BLIND))
    hidden = Options(sight=Sight(project.coder.id, Others.HIDDEN))
    assert project.settling.queue(blind).cases == ()
    project.progress.declare([differing.id])
    assert project.settling.queue(blind).open == 1
    assert project.settling.queue(hidden).documents == 0


def test_with_a_submission_goes_what_was_settled_on_it(
    project: Project, differing: Document
) -> None:
    accept(project, only(project), "Asha", "Ada said so.")
    project.withdrawal.withdraw("SIC0001")
    assert project.settling.queue().cases == ()
    assert settled.decisions(project._store.reader) == []
    assert project.verify() == []
