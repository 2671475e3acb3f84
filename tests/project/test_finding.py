"""Finding in all the evidence, and tagging what was found as one act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from coder.domain.errors import Cancelled, NotFound, Refused
from coder.domain.model import Code, Document, RespondentType
from coder.domain.query import Query, parse
from coder.domain.sight import Others, Sight
from coder.jobs import Job
from coder.project import Project
from coder.project import finding as rooms
from coder.project.finding import Found, Hit, Unit

Letter = Callable[..., Document]
HALL = "The hall was shut. We met in the garden. Then the hall opened again."
BUS = "No bus runs to the hall after six."


def hits(project: Project, typed: str, sight: Sight | None = None) -> list[Hit]:
    return project.finding.all_hits(parse(typed), Job(), sight)


def spans(found: list[Hit]) -> list[tuple[str, int, int]]:
    return [(hit.document_id, *place) for hit in found for place in hit.places]


def code(project: Project, name: str = "Places") -> Code:
    project.codebook.add(name)
    return project.codebook.at(name)


# Looking


def test_what_is_known_is_told_as_it_comes(project: Project, letter: Letter) -> None:
    letter(HALL, BUS)
    letter(BUS)

    told = list(project.finding.look(parse("hall"), Job()))

    assert [len(found.hits) for found in told] == [3, 3, 3]
    assert {found.count for found in told} == {3}
    assert [found.per_submission for found in told[:-1]] == [None, None]
    assert sorted((told[-1].per_submission or {}).values()) == [1, 2]


def test_the_first_places_come_before_the_rest(
    project: Project, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "FIRST", 2)
    monkeypatch.setattr(rooms, "MOST", 4)
    letter(*[BUS] * 6)

    sizes = [len(found.hits) for found in project.finding.look(parse("bus"), Job())]

    assert sizes == [2, 2, 4, 4]


def test_common_words_come_in_the_order_of_the_evidence(
    project: Project, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter("A hall, and much else that is written here.", "Hall, hall, hall.")
    [best, *_] = project.finding.look(parse("hall"), Job())
    monkeypatch.setattr(rooms.finding, "FEW", 1)
    [plain, *_] = project.finding.look(parse("hall"), Job())

    assert (best.best_first, plain.best_first) == (True, False)
    assert [hit.start for hit in plain.hits] == sorted(hit.start for hit in best.hits)
    assert plain.hits == best.hits[::-1]


def test_a_search_is_stopped_from_another_thread(project: Project, letter: Letter) -> None:
    letter(HALL)
    job = Job()
    ended: list[type[BaseException]] = []

    def look() -> None:
        try:
            for _ in project.finding.look(parse("hall"), job):
                project.finding.stop(job)
        except Cancelled:
            ended.append(Cancelled)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert ended == [Cancelled]


def test_names_are_found_by_their_beginnings_and_follow_changes(
    project: Project, letter: Letter
) -> None:
    document = letter(BUS)
    one = project.submission(document.submission_id)
    assert [hit.excerpt for hit in project.finding.names("lett")] == ["letter.txt"]
    assert project.finding.names("walsall") == []

    with project._store.step("Name", project.coder) as tx:
        tx.put(replace(one, organisation="Walsall Food Bank", respondent="Ada Márton"))

    [hit] = project.finding.names("food wal")
    assert (hit.kind, hit.about, hit.submission_id) == ("name", "organisation", one.id)
    assert [hit.about for hit in project.finding.names("marton")] == ["respondent"]
    assert project.finding.names("kind:memo walsall") == []
    assert project.finding.names("in:SIC0001 walsall") == []


@pytest.mark.parametrize(("typed", "found"), [
    ("hall in:sic0001", {"SIC0001"}),
    ("hall -in:SIC0001", {"SIC0002"}),
    ("hall in:SIC0001 in:SIC0002", {"SIC0001", "SIC0002"}),
    ("hall type:charity", {"SIC0002"}),
    ("hall type:CHARITY in:SIC0001", set()),
    ("hall code:places", {"SIC0001"}),
    ("hall code:“Places/Halls”", {"SIC0001"}),
    ("hall kind:text", {"SIC0001", "SIC0002"}),
    ("hall kind:transcripts", set()),
    ("kind:memo by:noor", {"SIC0001"}),
])  # fmt: skip
def test_limits_are_named_as_people_name_them(
    project: Project, letter: Letter, typed: str, found: set[str]
) -> None:
    document = letter(HALL)
    other = project.submission(letter(BUS).submission_id)
    with project._store.step("Type", project.coder) as tx:
        tx.put(replace(other, type=RespondentType.CHARITY))
    below = project.codebook.add("Places/Halls")
    [coding] = project.codings.tag(document, 0, 18, [below])
    project.codings.write_memo(coding, "See the chapel")

    assert {hit.ref for hit in hits(project, typed)} == found


@pytest.mark.parametrize(("typed", "said"), [
    ("hall in:SIC0099", "SIC0099"),
    ("hall type:club", "“club” is no type of respondent"),
    ("hall kind:songs", "“song” is no kind of place"),
    ("hall code:Nowhere", "no code “Nowhere”"),
    ("hall by:Zoe", "Nobody called “Zoe”"),
])  # fmt: skip
def test_what_is_not_there_is_told(project: Project, letter: Letter, typed: str, said: str) -> None:
    letter(HALL)

    with pytest.raises(NotFound, match=said):
        hits(project, typed)


def test_too_many_places_are_not_offered_to_be_looked_through(
    project: Project, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter(HALL, BUS)
    monkeypatch.setattr(rooms, "TOO_MANY", 1)

    with pytest.raises(Refused, match="2 places"):
        hits(project, "hall")


def test_nothing_typed_is_found_nowhere(project: Project, letter: Letter) -> None:
    letter(HALL)

    assert project.finding.all_hits(Query(), Job()) == []
    assert project.find("  ") == []


# Tagging


@pytest.mark.parametrize(("unit", "words"), [
    (Unit.WORDS, ["hall", "hall", "hall"]),
    (Unit.SENTENCE, ["The hall was shut.", "Then the hall opened again.", BUS]),
    (Unit.PARAGRAPH, [HALL, BUS]),
])  # fmt: skip
def test_how_much_is_tagged_around_the_words(
    project: Project, letter: Letter, unit: Unit, words: list[str]
) -> None:
    letter(HALL)
    letter(BUS)

    passages = project.finding.passages(spans(hits(project, "hall")), unit)

    assert [one.words for one in passages] == words
    assert all(one.words[a:b] == "hall" for one in passages for a, b in one.marked)
    assert [one.ref for one in passages] == sorted(one.ref for one in passages)


def test_a_paragraph_with_several_places_is_one_passage(project: Project, letter: Letter) -> None:
    letter(HALL)

    [passage] = project.finding.passages(spans(hits(project, "hall")), Unit.PARAGRAPH)

    assert len(passage.marked) == 2


def test_all_are_tagged_in_one_step_that_undo_takes_back(project: Project, letter: Letter) -> None:
    documents = [letter(HALL), letter(BUS)]
    places = code(project)
    passages = project.finding.passages(spans(hits(project, "hall")), Unit.SENTENCE)
    before = len(project.history())

    made = project.finding.tag_all(passages, places)

    assert len(project.history()) == before + 1
    kept = [one for document in documents for one in project.codings.of(document.id)]
    assert kept == sorted(made, key=kept.index)
    assert [one.quote for one in kept] == [one.words for one in passages]
    assert project.undo() == "Tag 3 passages with “Places”"
    assert [project.codings.of(document.id) for document in documents] == [[], []]
    assert project.verify() == []


def test_a_new_code_is_made_with_the_same_step(project: Project, letter: Letter) -> None:
    letter(HALL)
    passages = project.finding.passages(spans(hits(project, "garden")), Unit.WORDS)

    [made] = project.finding.tag_all(passages, "Places/Gardens")

    assert project.codebook.at("Places/Gardens").id == made.code_id
    project.undo()
    assert project.codebook.codes() == []


def test_what_carries_the_code_by_this_coder_already_is_known(
    project: Project, letter: Letter
) -> None:
    document = letter(HALL)
    places = code(project)
    project.codings.tag(document, 0, 20, [places])
    passages = project.finding.passages(spans(hits(project, "hall")), Unit.WORDS)

    assert project.finding.tagged(passages, places.id) == {passages[0]}
    project.as_coder("Ben")
    assert project.finding.tagged(passages, places.id) == set()


def test_the_same_words_are_not_tagged_twice(project: Project, letter: Letter) -> None:
    document = letter(HALL)
    places = code(project)
    passages = project.finding.passages(spans(hits(project, "hall")), Unit.WORDS)
    project.finding.tag_all(passages, places)

    assert project.finding.tag_all(passages, places) == []
    assert len(project.codings.of(document.id)) == 2


def test_nothing_is_tagged_where_it_is_stopped(project: Project, letter: Letter) -> None:
    document = letter(HALL)
    passages = project.finding.passages(spans(hits(project, "hall")), Unit.WORDS)
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        project.finding.tag_all(passages, "Places", job)

    assert project.codings.of(document.id) == []
    assert project.codebook.codes() == []


def test_no_passages_are_refused(project: Project) -> None:
    with pytest.raises(Refused, match="No passages are ticked"):
        project.finding.tag_all([], "Places")


def test_a_text_corrected_since_is_not_tagged_at_the_wrong_words(
    project: Project, letter: Letter
) -> None:
    document = letter(HALL)
    passages = project.finding.passages(spans(hits(project, "hall")), Unit.WORDS)
    moved = [replace(one, words="door") for one in passages]

    with pytest.raises(Refused, match="corrected since"):
        project.finding.tag_all(moved, "Places")

    assert project.codings.of(document.id) == []


def test_out_of_sight_memos_are_not_found(project: Project, letter: Letter) -> None:
    document = letter(HALL)
    [coding] = project.codings.tag(document, 0, 8, [code(project)])
    project.codings.write_memo(coding, "A zebra")
    project.as_coder("Ben")

    assert len(hits(project, "zebra")) == 1
    assert hits(project, "zebra", Sight(project.coder.id, Others.HIDDEN)) == []


def test_a_withdrawn_submission_is_found_nowhere(project: Project, letter: Letter) -> None:
    gone = letter(HALL)
    letter(BUS)
    found = [one for one in project.finding.look(parse("hall"), Job()) if isinstance(one, Found)]
    assert len(found[-1].per_submission or {}) == 2

    project.withdrawal.withdraw(project.submission(gone.submission_id).ref)

    *_, last = project.finding.look(parse("hall"), Job())
    assert (last.count, {hit.ref for hit in last.hits}) == (1, {"SIC0002"})
    assert {hit.ref for hit in project.finding.names("letter")} == {"SIC0002"}
