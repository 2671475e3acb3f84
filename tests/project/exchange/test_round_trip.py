"""Out and in again: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from coder.domain.baskets import Basket, BasketItem, SavedFilter
from coder.domain.interchange import EXTRAS
from coder.domain.model import Code, Coding, Hearing, Memo, Original, Reading, Segment, Stretch
from coder.project import Project
from coder.project.founding import found_from
from tests.project.exchange.conftest import document_of, put_letter

CARRIED = (
    Code, Coding, Memo, Original, Reading, Segment, Hearing, Stretch, Basket, BasketItem,
    SavedFilter,
)  # fmt: skip


def told(project: Project) -> dict[str, Any]:
    """Everything that is said in a project, but for its history."""
    read = project._store.read
    names = {one.id: one.name for one in project.coders()}
    found: dict[str, Any] = {
        kind.__name__: sorted((asdict(one) for one in read._all(kind)), key=lambda one: one["id"])
        for kind in CARRIED
    }
    used = {one["coder_id"] for name in ("Coding", "Memo") for one in found[name]}
    found["coders"] = sorted((one, names[one]) for one in used)
    found["submissions"] = [asdict(one) for one in read.submissions()]
    found["documents"] = [asdict(read.document(one.id)) for one in read.documents()]
    found["receipts"] = sorted(
        (one.id, one.outcome, one.submission_id, Path(one.path).name) for one in read.receipts()
    )
    inquiry = asdict(read.inquiry())
    found["inquiry"] = {name: inquiry[name] for name in inquiry if name != "id"}
    return found


@pytest.fixture(scope="module")
def again(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A new project made of the file, by somebody else."""
    folder = tmp_path_factory.mktemp("again")
    project, report = found_from(sent, folder / "Again", "Zadie")
    with project:
        assert report.left == ()
        yield project


def test_a_new_project_of_the_file_says_the_same(again: Project, filled: Path) -> None:
    with Project.open(filled, "Noor", read_only=True) as first:
        before = told(first)
    after = told(again)

    assert before.keys() == after.keys()
    for what, was in before.items():
        assert after[what] == was, what
    assert again.verify() == []


def test_it_goes_out_again_as_the_same_document(again: Project, sent: Path, tmp_path: Path) -> None:
    again.interchange.export(tmp_path / "again.qdpx")

    assert document_of(tmp_path / "again.qdpx") == document_of(sent)


def test_originals_come_along_with_their_names(again: Project) -> None:
    names = [one.name for one in again._store.read.originals()]

    assert sorted(names) == ["evidence_offset2.mp4", "letter.eml"]


def test_in_the_project_that_it_came_from_there_is_nothing_to_do(here: Project, sent: Path) -> None:
    before, steps = told(here), len(here.history())

    report = here.interchange.bring_in(sent)

    assert report.nothing_new
    assert report.left == ()
    assert str(report) == "Nothing in it is new: all of it is here already."
    assert told(here) == before
    assert len(here.history()) == steps


def test_it_is_one_step_that_undo_takes_back(empty: Project, sent: Path) -> None:
    report = empty.interchange.bring_in(sent)
    came = told(empty)
    assert report.new["submissions"] == 5
    assert report.refs == ("SIC0001", "SIC0002", "SIC0003", "SIC0004", "SIC0005")

    assert empty.undo() == "Bring in “out.qdpx”"
    assert empty.evidence.count() == 0
    assert empty.codebook.codes() == []
    assert empty.verify() == []
    empty.redo()
    assert told(empty) == came
    assert empty.verify() == []


def test_to_try_it_leaves_nothing_behind(empty: Project, sent: Path) -> None:
    tried = empty.interchange.bring_in(sent, dry_run=True)
    assert len(empty.history()) == 1
    assert empty._store.read.originals() == []
    assert list((empty.folder / "originals").rglob("*.*")) == []

    assert empty.interchange.bring_in(sent).new == tried.new


def test_without_our_own_rows_a_programs_copy_still_brings_the_evidence(
    empty: Project, sent: Path, tmp_path: Path
) -> None:
    """As another program of the standard would hand it on, which keeps none of our own rows."""
    bare = tmp_path / "handed-on.qdpx"
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            if name != EXTRAS:
                data = old.read(name)
                new.writestr(name, data.replace(b'origin="Evidence Coder', b'origin="Some QDA'))

    empty.interchange.bring_in(bare)

    ada = empty.submission("SIC0001")
    assert (ada.respondent, ada.type, ada.permission) == ("Ada Brook", "charity", "withheld")
    assert empty.submission("SIC0004").of_id == empty.submission("SIC0003").id
    assert empty.submission("SIC0005").status == "withdrawn"
    assert [code.path for code in empty.codebook.tree()] == ["Places", "Places/Halls", "Loss"]
    film = next(one for one in empty.evidence.one("SIC0002").documents if one.source_id)
    assert film.machine_draft
    kinds = [memo.kind for memo in empty.memos.all()]
    assert sorted(kinds) == ["code", "document", "document", "journal", "project", "tag", "tag"]
    segments = empty.segments(film.id)
    assert [(one.start_ms, one.end_ms) for one in segments] == [(0, 1500), (2000, 3500)]
    assert [one.quote for one in empty.codings.of(film.id)] == ["hall.\nNobody came"]
    assert empty.verify() == []


def test_what_others_added_comes_back_into_the_project_it_left(
    here: Project, sent: Path, tmp_path: Path
) -> None:
    """A program that knows no cases, writes its own line ends and counts UTF-16 units."""
    root = etree.fromstring(document_of(sent))
    space = {"p": "urn:QDA-XML:project:1.0"}
    for gone in root.xpath("p:Cases | p:Variables", namespaces=space):
        root.remove(gone)
    root.set("origin", "Some QDA 9")
    source = root.xpath("//p:TextSource[contains(@name, 'With line')]", namespaces=space)[0]
    selection = etree.fromstring(
        '<PlainTextSelection xmlns="urn:QDA-XML:project:1.0"'
        ' guid="{11111111-2222-4333-8444-555555555555}" startPosition="31" endPosition="36">'
        '<Coding guid="{11111111-2222-4333-8444-555555555556}"><CodeRef'
        f' targetGUID="{root.xpath("//p:Code/@guid", namespaces=space)[0].upper()}"/></Coding>'
        "</PlainTextSelection>"
    )
    source.insert(0, selection)
    for one in root.iter("{*}PlainTextSelection", "{*}TranscriptSelection"):
        if one is not selection:
            one.getparent().remove(one)
    handed = tmp_path / "handed-on.qdpx"
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(handed, "w") as new:
        for name in old.namelist():
            data = etree.tostring(root) if name == "project.qde" else old.read(name)
            if name != EXTRAS:
                new.writestr(name, data)
    before = here.evidence.count()

    report = here.interchange.bring_in(handed)

    assert report.new["codings"] == 1
    assert report.new["submissions"] == 0
    assert here.evidence.count() == before
    assert here.verify() == []


def test_what_was_withdrawn_here_never_comes_back(here: Project, sent: Path) -> None:
    here.withdrawal.withdraw("SIC0001")
    here.withdrawal.withdraw("SIC0003")
    memos = here.memos.all()

    report = here.interchange.bring_in(sent)

    assert here.evidence.one("SIC0001").documents == ()
    assert here.memos.all() == memos
    withdrawn = report.left[0]
    assert withdrawn.what == "submissions withdrawn here"
    assert withdrawn.names == ("SIC0001", "SIC0003")
    assert here.verify() == []


def test_nor_does_it_from_a_program_that_knows_no_cases(
    here: Project, sent: Path, tmp_path: Path
) -> None:
    handed = tmp_path / "handed-on.qdpx"
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(handed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "project.qde":
                root = etree.fromstring(data)
                root.set("origin", "Some QDA 9")
                root.remove(root.find("{*}Cases"))
                data = etree.tostring(root)
            if name != EXTRAS:
                new.writestr(name, data)
    here.withdrawal.withdraw("SIC0002")
    here.withdrawal.withdraw("SIC0003")
    count, memos = here.evidence.count(), here.memos.all()

    report = here.interchange.bring_in(handed)

    assert here.evidence.count() == count
    assert here.memos.all() == memos
    assert [(one.what, one.count) for one in report.left][:1] == [("sources withdrawn", 2)]
    assert here.verify() == []


def test_of_what_was_withdrawn_no_word_is_in_the_file(sent: Path) -> None:
    with zipfile.ZipFile(sent) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert b"taken back" not in everything
    assert b"Withdrawn: nothing of it is left" in everything
    assert b"Not for publication" in everything
    assert b"withheld" in everything


def test_no_folder_of_this_machine_is_told(sent: Path, filled: Path) -> None:
    with zipfile.ZipFile(sent) as archive:
        told_rows = archive.read(EXTRAS) + archive.read("project.qde")

    assert str(filled.parent).encode() not in told_rows
    assert b"absolute://" not in told_rows


def test_hostile_rows_of_ours_are_passed_over(sent: Path, empty: Project, tmp_path: Path) -> None:
    bad = tmp_path / "bad.qdpx"
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == EXTRAS:
                rows = [json.loads(line) for line in data.splitlines()]
                data = b"\n".join(
                    json.dumps([table, {**row, **_spoiled(table)}]).encode() for table, row in rows
                )
                data += b'\nnot json\n["codes"]\n["codes", {"id": 7}]\n["nothing", {"id": "a"}]\n'
            new.writestr(name, data)

    empty.interchange.bring_in(bad)

    assert empty.verify() == []
    assert empty.evidence.count() == 5


def _spoiled(table: str) -> dict[str, Any]:
    return {
        "submissions": {"type": "emperor"},
        "documents": {"paragraphs": '[["1",5,-7,"body"]]', "position": "first"},
        "segments": {"length": 10**9},
        "codes": {"examples": "{", "position": {}},
        "memos": {"about": 3},
        "readings": {"document_id": "nowhere"},
        "receipts": {"submission_id": "nowhere"},
    }.get(table, {})


TEXT = st.text(
    st.sampled_from("ab 🙂👩\u0301\r\n\u2028\t«é") | st.characters(exclude_categories=("Cs",)),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and "\0" not in text)


@settings(max_examples=10)
@given(text=TEXT, data=st.data())
def test_any_text_and_any_passage_comes_back(
    text: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "One", "One", "SIC", "Noor") as first:
        document = put_letter(first, text, data.draw(TEXT))
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            coding = first.tag_with_new_code(document, start, end, "A code")
            first.codings.write_memo(coding, data.draw(TEXT))
        first.interchange.export(folder / "one.qdpx")
        before = told(first)

    second, _ = found_from(folder / "one.qdpx", folder / "Two", "Noor")
    with second:
        assert told(second) == before


def test_baskets_and_filters_of_one_name_stay_apart(here: Project, tmp_path: Path) -> None:
    here.interchange.export(tmp_path / "out.qdpx")
    here.baskets.rename(here.baskets.by("Chapter 1").id, "Chapter one")
    with Project.create(tmp_path / "Other", "Other", "OTH", "Zadie") as other:
        other.baskets.make("chapter 1")

        report = other.interchange.bring_in(tmp_path / "out.qdpx")

        assert report.left == ()
        names = [basket.name for basket in other.baskets.all()]
        assert sorted(names) == ["Chapter 1 (2)", "chapter 1"]
        assert other.verify() == []
        other.undo()
        assert [basket.name for basket in other.baskets.all()] == ["chapter 1"]


def test_a_quote_in_a_basket_comes_only_with_its_words(
    here: Project, empty: Project, tmp_path: Path
) -> None:
    """As where the text here was corrected since."""
    path, spoiled = tmp_path / "out.qdpx", tmp_path / "spoiled.qdpx"
    here.interchange.export(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(spoiled, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == EXTRAS:
                data = data.replace(b'"quote": "Second"', b'"quote": "Minute"')
            new.writestr(name, data)

    report = empty.interchange.bring_in(spoiled)

    assert [one.what for one in report.left] == ["rows of basket items"]
    assert empty.verify() == []
