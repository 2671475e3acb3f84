"""Copies brought together: what comes, what clashes, what is refused, and how it is taken back."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.domain.model import DocumentKind, Status
from coder.domain.together import Dismissal
from coder.jobs import Job
from coder.project import Project
from coder.project.merging import Clash
from coder.project.sharing import ShareOptions, open_shared
from coder.store import chain, handwork, likeness, quoted, search
from coder.store.acts import SHARE
from coder.store.connection import DATABASE
from coder.store.scope import scope_of
from coder.store.store import Store
from tests.made import MadeOnce
from tests.project.copies import NAMES, Copies, Pick, letter, make, rows
from tests.project.test_merging_histories import handed_out

NOOR, ASHA, BEN = range(3)


@pytest.fixture
def base(made_once: MadeOnce) -> Path:
    """The inquiry of which all have a copy."""
    return made_once(make) / "base"


@pytest.fixture
def copies(base: Path) -> Iterator[Copies]:
    """A copy for each of three people."""
    with handed_out(base) as made:
        yield made


def tag(project: Project, code: str, start: int, end: int, ref: str = "SIC0001") -> None:
    document = project.evidence.document_titled(ref)
    project.codings.tag(document, start, end, [project.codebook.at(code)])


def transcript(project: Project):
    headers = project.evidence.one("SIC0003").documents
    found = next(one for one in headers if one.kind is DocumentKind.TRANSCRIPT)
    return project.document(found.id)


def only(project: Project) -> Clash:
    [clash] = project.merging.clashes()
    return clash


def both(copies: Copies) -> tuple[Project, Project]:
    """Two of them after each has brought the other in; they stand the same."""
    copies.merge(NOOR, ASHA)
    copies.merge(ASHA, NOOR)
    noor, asha, _ = copies.projects
    assert rows(noor) == rows(asha)
    assert noor.verify() == asha.verify() == []
    return noor, asha


def test_a_merge_is_previewed_then_one_step_that_can_be_undone(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    tag(asha, "Hope", 20, 40)
    asha.codebook.add("Faith")
    before = rows(noor)

    preview = noor.merging.preview(asha.folder)

    assert preview.acts == {"Asha Rao": 2}
    assert preview.added == {"coders": 1, "codes": 1, "codings": 1}
    assert rows(noor) == before
    merged = noor.merging.merge(asha.folder)
    assert (merged.added, merged.label) == (
        preview.added,
        "Merge Asha Rao’s copy",
    )
    assert noor.next_labels() == (merged.label, None)
    assert noor.undo() == merged.label
    assert rows(noor) == before
    assert noor.verify() == []
    assert noor.next_labels()[1] is None
    assert noor.merging.merge(asha.folder).added == preview.added
    assert noor.merging.merge(asha.folder).nothing


def test_undo_is_refused_where_later_work_rests_on_what_came(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.add("Faith")
    noor.merging.merge(asha.folder)
    merge = noor._store.reader.execute("SELECT * FROM steps WHERE kind = 'merge'").fetchone()
    tag(noor, "Faith", 20, 30)

    with pytest.raises(Refused, match="later work rests on it"):
        noor._store._take_out(merge, noor.coder)

    assert noor.verify() == []


def test_the_later_word_holds_and_the_other_can_be_had(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.define(noor.codebook.at("Hope"), definition="What noor says")
    asha.codebook.define(asha.codebook.at("Hope"), definition="What asha says")
    noor, asha = both(copies)

    clash = only(noor)
    assert (clash.kept, clash.lost) == ("“What asha says”", "“What noor says”")
    assert (clash.kept_by, clash.lost_by) == (NAMES[ASHA], NAMES[NOOR])
    noor.merging.turn_round(clash.id)

    assert noor.codebook.at("Hope").definition == "What noor says"
    assert noor.merging.clashes() == []
    copies.merge(ASHA, NOOR)
    assert asha.codebook.at("Hope").definition == "What noor says"
    assert asha.merging.clashes() == []


def test_a_clash_that_is_left_is_left_everywhere(copies: Copies) -> None:
    for project in copies.projects[:2]:
        project.codebook.rename(project.codebook.at("Hope"), f"Hope of {project.coder.name}")
    noor, asha = both(copies)

    noor.merging.leave(only(noor).id, "agreed on the telephone")

    assert noor.merging.clashes() == []
    with pytest.raises(NotFound):
        noor.merging.turn_round(only(asha).id)
    tag(asha, "Trust", 60, 70)
    assert noor.merging.merge(copies.folders[ASHA]).clashes == ()
    copies.merge(ASHA, NOOR)
    assert asha.merging.clashes() == []


def test_what_one_removed_and_another_worked_on_stays(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.delete(noor.codebook.at("Place"))
    tag(asha, "Transport", 60, 70)
    noor, asha = both(copies)

    assert noor.codebook.at("Place/Transport")
    assert "removed by one and used by the other" in " ".join(
        one.what for one in noor.merging.clashes()
    )


def test_tags_follow_a_code_that_was_merged_into_another(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.merge(noor.codebook.at("Hope"), noor.codebook.at("Trust"))
    tag(asha, "Hope", 60, 70)
    noor, asha = both(copies)

    mine = noor.codings.of(noor.evidence.document_titled("SIC0001").id)
    assert noor.codebook.at("Trust").id in {one.code_id for one in mine if one.start == 60}
    clash = only(noor)
    assert "merged into another" in clash.what
    assert (clash.kept, clash.lost) == ("on “Trust”", "on “Hope”")


def test_a_merged_code_that_is_to_stand_again_has_what_followed_it(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.merge(noor.codebook.at("Hope"), noor.codebook.at("Trust"))
    asha.codebook.define(asha.codebook.at("Hope"), definition="What is looked forward to.")
    tag(asha, "Hope", 60, 70)
    noor, asha = both(copies)
    clash = next(one for one in noor.merging.clashes() if one.lost == "“Hope”")

    noor.merging.turn_round(clash.id)

    mine = noor.codings.of(noor.evidence.document_titled("SIC0001").id)
    assert {one.code_id for one in mine if one.start == 60} == {noor.codebook.at("Hope").id}
    assert noor.merging.clashes() == []
    before = rows(noor)
    asha.merging.merge(noor.folder)
    noor.merging.merge(asha.folder)
    assert rows(noor) == rows(asha) == before
    noor.undo()
    assert "Hope" not in {one.name for one in noor.codebook.codes()}


def test_the_same_tag_from_two_copies_is_one_with_both_memos(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    asha.as_coder(NAMES[NOOR])
    for project in (noor, asha):
        tag(project, "Hope", 60, 70)
        document = project.evidence.document_titled("SIC0001")
        made = project.codings.of(document.id)[-1]
        project.codings.write_memo(made, f"from {project.folder.name}")
    noor, asha = both(copies)

    document = noor.evidence.document_titled("SIC0001")
    [one] = [one for one in noor.codings.of(document.id) if one.start == 60]
    assert one.memo == "from Noor\nfrom Asha"
    assert noor.merging.clashes() == []


def test_names_keys_and_references_given_twice_are_settled_alike(copies: Copies) -> None:
    for project in copies.projects[:2]:
        project.codebook.add("Faith")
        project.codebook.set_key(project.codebook.at("Faith"), "x")
        letter(project, project.folder.name, f"We write from {project.folder.name}.")
    preview = copies.projects[NOOR].merging.preview(copies.folders[ASHA])
    noor, _ = both(copies)
    listed = {(one.what, one.kept, one.lost) for one in noor.merging.clashes()}
    assert listed == {(one.what, one.kept, one.lost) for one in preview.clashes}
    assert listed == {
        (
            "Two codes had one name, so the later is “Faith (2)” now",
            "the earlier keeps the name",
            "the later is “Faith (2)”",
        ),
        (
            "Two codes were given the key “x”",
            "the code that had it first",
            "“Faith (2)” has none",
        ),
        (
            "SIC0004 was given to two submissions, so the later is SIC0004b now",
            "the earlier keeps SIC0004",
            "the later is SIC0004b",
        ),
    }

    assert {one.name for one in noor.codebook.codes()} >= {"Faith", "Faith (2)"}
    assert [one.key for one in noor.codebook.codes()].count("x") == 1
    assert {"SIC0004", "SIC0004b"} <= {view.submission.ref for view in noor.evidence.all()}
    assert noor.submission("sic0004B").respondent == "Person Asha"
    letter(noor, "next", "One more.")
    assert noor.submission("SIC0005").respondent == "Person next"


def test_corrections_of_different_sentences_are_both_kept_with_their_tags(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    lines = noor.segments(transcript(noor).id)
    document = transcript(asha)
    asha.codings.tag(document, lines[3].start, lines[3].end, [asha.codebook.at("Hope")])
    noor.correcting.rewrite(lines[0].id, "A very good morning to you all.")
    noor.correcting.split(lines[2].id, 15)
    asha.correcting.rewrite(lines[1].id, "We felt so lonely after moving to the coast.")
    noor, asha = both(copies)

    text = transcript(noor).text
    assert "A very good morning" in text
    assert "so lonely after moving" in text
    assert any(one.quote == lines[3].text for one in noor.codings.of(transcript(noor).id))
    assert noor.merging.clashes() == []


def test_one_sentence_in_two_ways_is_listed_and_turned_round(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    line = noor.segments(transcript(noor).id)[1]
    noor.correcting.rewrite(line.id, "We felt alone after the move.")
    asha.correcting.split(line.id, 20)
    noor, asha = both(copies)

    clash = next(one for one in noor.merging.clashes() if "alone after the move" in one.lost)
    noor.merging.turn_round(clash.id)

    assert "We felt alone after the move." in transcript(noor).text
    assert noor.verify() == []


def test_a_sentence_turned_round_takes_the_tags_behind_it_along(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    line = noor.segments(transcript(noor).id)[1]
    noor.correcting.rewrite(line.id, "We felt alone after the move.")
    asha.correcting.rewrite(line.id, "We felt very lonely after we moved to the coast.")
    said = transcript(asha)
    start = said.text.index("Neighbours helped")
    asha.codings.tag(said, start, start + 17, [asha.codebook.at("Trust")])
    noor, asha = both(copies)

    noor.merging.turn_round(only(noor).id)

    assert "We felt alone after the move." in transcript(noor).text
    assert "Neighbours helped" in {one.quote for one in noor.codings.of(transcript(noor).id)}
    assert noor.merging.clashes() == []
    assert noor.verify() == []
    before = rows(noor)
    asha.merging.merge(noor.folder)
    assert rows(asha) == before


def test_a_transcript_checked_while_it_was_corrected_is_a_draft_again(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.set_checked(transcript(noor).id, checked=True)
    asha.correcting.rewrite(asha.segments(transcript(asha).id)[0].id, "Good evening.")
    noor, asha = both(copies)

    assert transcript(noor).machine_draft
    noor.merging.turn_round(only(noor).id)
    assert not transcript(noor).machine_draft


def test_what_one_copy_withdrew_is_erased_in_the_other(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "secret", "Wolpertinger lives here.")
    copies.merge(NOOR, ASHA)
    tag(noor, "Hope", 0, 12, "SIC0004")
    asha.withdrawal.withdraw("SIC0004")

    merged = noor.merging.merge(asha.folder)
    copies.merge(ASHA, NOOR)

    assert merged.withdrawn == ("SIC0004",)
    told = [line.sentence for line in noor.trail.page(limit=20)]
    assert f"{NAMES[ASHA]} withdrew SIC0004 and erased what was in it" in told
    assert not any("another copy" in sentence for sentence in told)
    for project in (noor, asha):
        assert project.submission("SIC0004").status is Status.WITHDRAWN
        assert project.verify() == []
        files = [path for path in project.folder.rglob("*") if path.is_file()]
        assert not any(b"Wolpertinger" in path.read_bytes() for path in files)
    assert rows(noor) == rows(asha)
    noor.undo()
    assert noor.submission("SIC0004").status is Status.WITHDRAWN


def test_originals_come_along_and_are_checked(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    document = asha.evidence.document_titled("SIC0004")
    kept = asha.evidence.original_path(document)
    words = kept.read_bytes()
    kept.write_bytes(b"something else")
    before = rows(noor)

    with pytest.raises(EvidenceError, match="changed or is cut off"):
        noor.merging.merge(asha.folder)

    assert rows(noor) == before
    kept.write_bytes(words)
    assert noor.merging.merge(asha.folder).originals == 1
    assert noor.evidence.original_path(document).read_bytes() == words
    assert noor.verify() == []


def damaged(folder: Path, how: str) -> None:
    path = folder / DATABASE
    if how == "cut off":
        path.write_bytes(path.read_bytes()[:30_000])
        return
    statements = {
        "another inquiry": "UPDATE inquiry SET id = 'x'",
        "newer": "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('evidence-coder', 'of_tomorrow', '2040')",
        "a label": "UPDATE steps SET label = 'x' WHERE seq = 2",
        "a row": "UPDATE codes SET name = 'x'",
        "a change": "UPDATE changes SET after = replace(after, 'Hope', 'Fear')",
    }
    with closing(sqlite3.connect(path)) as tampering:
        tampering.execute(statements[how])
        tampering.commit()


REFUSED = {
    "another inquiry": "is another inquiry",
    "newer": "newer version",
    "a label": "altered outside the program",
    "a row": "altered outside the program",
    "a change": "altered outside the program",
    "cut off": "damaged",
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_foreign_or_altered_is_refused_and_nothing_changes(
    copies: Copies, tmp_path: Path, how: str
) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.add("Faith")
    asha.close()
    other = shutil.copytree(copies.folders[ASHA], tmp_path / "other")
    damaged(other, how)
    before = rows(noor), noor.history(3)

    with pytest.raises(EvidenceError, match=REFUSED[how]):
        noor.merging.merge(other)

    assert (rows(noor), noor.history(3)) == before


def test_a_zip_comes_in_as_its_folder_and_a_cut_off_one_is_refused(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    packed = tmp_path / "asha.zip"
    asha.interchange.export(packed)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(packed.read_bytes()[:-300])
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("x.txt", "x")

    for path, why in ((cut, "changed or cut off"), (tmp_path / "none.zip", "no copy")):
        with pytest.raises(EvidenceError, match=why):
            noor.merging.merge(path)
    with pytest.raises(NotFound):
        noor.merging.preview(tmp_path / "nowhere")
    with pytest.raises(Refused, match="this project itself"):
        noor.merging.merge(noor.folder)

    assert noor.merging.merge(packed).originals == 1
    assert noor.verify() == []


def test_a_third_copy_gets_all_by_way_of_the_second(copies: Copies) -> None:
    _, asha, ben = copies.projects
    tag(ben, "Hope", 60, 70)
    ben.codebook.add("Rail")
    copies.merge(ASHA, BEN)
    asha.codebook.rename(asha.codebook.at("Rail"), "Railways")
    copies.merge(NOOR, ASHA)
    copies.merge(BEN, NOOR)

    assert rows(copies.projects[NOOR]) == rows(ben)
    assert ben.codebook.at("Railways")
    assert copies.settle(Pick(iter(()))) == 1
    assert all(one.merging.clashes() == [] for one in copies.projects)


def test_what_others_did_counts_as_done_by_them(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.define(asha.codebook.at("Hope"), definition="What asha says")
    line = asha.segments(transcript(asha).id)[0]
    asha.correcting.rewrite(line.id, "A very good morning.")
    asha.set_checked(transcript(asha).id, checked=True)
    noor.merging.merge(asha.folder)

    assert noor.codebook.history(noor.codebook.at("Hope"))[0].coder == NAMES[ASHA]
    checked = noor.transcripts.checked_by(transcript(noor))
    assert checked is not None
    assert checked[0] == NAMES[ASHA]
    assert handwork.reworded(noor._store.reader, line.document_id) == 1
    told = [(entry.coder, entry.label) for entry in noor.history(4)]
    assert told[0] == (NAMES[NOOR], "Merge Asha Rao’s copy")
    assert (NAMES[ASHA], "Define “Hope”") in told
    assert [(one.coder, one.label) for one in noor.story(4)] == told


def share_without(folder: Path, ref: str, other: Path) -> None:
    """Makes a copy for somebody, without one submission."""
    shutil.copytree(folder, other)
    with closing(Store.open(other)) as store:
        owner = store.read.submission(ref).id
        noor = store.read.coder_named(NAMES[NOOR])
        with store.step("Share with Asha", noor, SHARE) as tx:
            tx.connection.execute("PRAGMA defer_foreign_keys = ON")
            for table, ids in scope_of(tx.connection, {owner}).rows():
                chain.leave_out(tx.connection, tx.seq, table, ids)
                for one in ids:
                    search.refresh(tx.connection, table, one, None)
                    likeness.refresh(tx.connection, table, one, None)
                    tx.connection.execute(f"DELETE FROM {table} WHERE id = ?", (one,))
            quoted.rebuild(tx.connection)


def test_a_copy_without_part_of_it_comes_home_and_is_filled_again(
    copies: Copies, tmp_path: Path
) -> None:
    noor = copies.projects[NOOR]
    share_without(noor.folder, "SIC0001", tmp_path / "part")
    with Project.open(tmp_path / "part", NAMES[ASHA]) as part:
        assert part.verify() == []
        tag(part, "Hope", 60, 70, "SIC0002")
        tag(noor, "Hope", 60, 70, "SIC0001")

        assert noor.merging.merge(part.folder).added == {"coders": 1, "codings": 1}
        assert noor.verify() == []
        before = rows(part)
        part.merging.merge(noor.folder)

        assert part.verify() == []
        assert rows(part) == rows(noor)
        assert part.merging.merge(noor.folder).nothing
        part.undo()
        assert rows(part) == before
        assert part.verify() == []


def test_one_letter_given_in_two_copies_is_pointed_out(copies: Copies, tmp_path: Path) -> None:
    noor, asha, _ = copies.projects
    for who, names in ((noor, ("same",)), (asha, ("other", "same"))):
        for name in names:
            letter = tmp_path / f"{name}.txt"
            letter.write_text(f"This is the {name} letter.", encoding="utf-8")
            who.intake.bring([letter])

    merged = noor.merging.merge(asha.folder)

    assert merged.twice == (("SIC0005", "SIC0004"),)
    assert "SIC0005 came as the same file as SIC0004" in " ".join(merged.sentences())
    assert asha.merging.merge(noor.folder).twice == (("SIC0004", "SIC0005"),)
    assert noor.merging.merge(asha.folder).twice == ()


def test_what_a_copy_of_some_never_held_is_withdrawn_by_its_reference(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    with shared(noor, tmp_path, "Cleo", refs=("SIC0001",)) as part:
        asha.withdrawal.withdraw("SIC0002")

        assert part.merging.preview(asha.folder).withdrawn == ("SIC0002",)
        assert part.merging.merge(asha.folder).withdrawn == ("SIC0002",)
        assert part.verify() == []


def test_an_act_that_came_in_part_is_filled_from_a_fuller_copy(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    noor.tag_with_new_code(noor.evidence.document_titled("SIC0001"), 60, 70, "Returners")
    with shared(noor, tmp_path, "Cleo", blind=True) as blind:
        asha.merging.merge(blind.folder)
        assert asha.codebook.at("Returners")
    assert any("left out of this copy" in line.words for line in asha.trail.page(limit=4))
    assert "Something left out of this copy" in {one.label for one in asha.history(9)}
    asha.merging.merge(noor.folder)

    told = [line.words for line in asha.trail.page(limit=4)]
    assert any("made the code" in words and "tagged" in words for words in told)
    assert "Something left out of this copy" not in {one.label for one in asha.history(9)}
    assert [(one.coder, one.label) for one in asha.story(9)] == [
        (one.coder, one.label) for one in asha.history(9)
    ]
    assert rows(asha)["codings"] == rows(noor)["codings"]
    assert asha.merging.merge(noor.folder).nothing
    assert asha.verify() == []


KILLED = """
import os, signal, sys
from pathlib import Path
from coder.project import Project
from coder.store import connection, store

real, done, left = connection.connect, 0, int(sys.argv[3])

def count(statement):
    global done
    done += 1
    if done == left:
        os.kill(os.getpid(), signal.SIGKILL)

def connect(folder, **how):
    found = real(folder, **how)
    if how["write"] and folder == Path(sys.argv[1]):
        found.set_trace_callback(count)
    return found

store.connect = connect
with Project.open(Path(sys.argv[1]), "Asha Rao") as project:
    project.merging.merge(Path(sys.argv[2]))
    print(done, flush=True)
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path, other: Path, after: int) -> str:
    """Merges in a process that is killed before this statement of its database, 0 for right after
    the merge; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, (folder, other, after))],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    return done.stdout.decode()


def test_a_merge_that_is_killed_has_been_or_not(copies: Copies, tmp_path: Path) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    tag(asha, "Hope", 60, 70)
    asha.withdrawal.withdraw("SIC0002")
    tag(noor, "Hope", 60, 70)
    noor.close()
    asha.close()
    home, other = copies.folders[:2]
    every = int(killed(shutil.copytree(home, tmp_path / "whole"), other, 0))
    with Project.open(home, NAMES[NOOR]) as before, Project.open(other, NAMES[ASHA]) as theirs:
        tags, ends = rows(before)["codings"], rows(theirs)["documents"]
    erased = {one: row for one, row in tags.items() if row[1] in ends}
    seen = set()
    for place in (every // 6, every // 2, every * 4 // 5, every - 1, 0):
        folder = shutil.copytree(home, tmp_path / f"{place}")
        killed(folder, other, place)
        with Project.open(folder, NAMES[NOOR]) as again:
            assert again.verify() == []
            standing = rows(again)["codings"]
            came = standing not in (tags, erased)
            seen.add((came, standing == tags))
            assert came == any(one.kind == "merge" for one in again.history())
            again.merging.merge(other)
            assert again.verify() == []
            assert rows(again)["documents"] == ends
            assert len(rows(again)["codings"]) == len(erased) + 1
    assert len(seen) == 3


def test_a_merge_that_is_stopped_changes_nothing(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    tag(asha, "Hope", 60, 70)
    before = rows(noor)
    told: list[str] = []
    job = Job(lambda now: (told.append(now.label), job.cancel()))

    with pytest.raises(Cancelled):
        noor.merging.merge(asha.folder, job)

    assert told
    assert rows(noor) == before
    assert noor.verify() == []


def test_copies_that_went_on_in_one_sitting_are_refused(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    for project in (noor, asha):
        project._store._origin = "the copy of an earlier version"
        project.codebook.add("Faith")
    before = rows(noor)

    with pytest.raises(Refused, match="cannot be brought together"):
        noor.merging.merge(asha.folder)

    assert rows(noor) == before


def test_nothing_is_merged_into_what_is_open_for_reading_only(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    asha.codebook.add("Faith")
    with Project.open(noor.folder, NAMES[BEN], read_only=True) as looking:
        assert looking.merging.preview(asha.folder).added == {"codes": 1, "coders": 1}
        with pytest.raises(Refused, match="open for reading only"):
            looking.merging.merge(asha.folder)


def test_the_trail_tells_what_came_by_who_did_it(copies: Copies) -> None:
    mine, theirs = both(copies)
    tag(theirs, "Place", 40, 60)

    mine.merging.merge(theirs.folder)

    name = theirs.coder.name
    [merge] = [one for one in mine.trail.page(mine.trail.asked()) if one.kind == "merge"]
    assert merge.words.startswith(f"Merge {name}’s copy · ")
    [line] = mine.trail.page(mine.trail.asked(submissions=["SIC0001"], coders=[name]))
    assert (line.kind, line.words[:8]) == ("act", "tagged “")
    assert "“Place”" in line.words
    then = mine.trail.after_step("SIC0001", line.seq)
    document = mine.evidence.document_titled("SIC0001")
    assert len(then.codings[document.id]) == len(mine.codings.of(document.id))
    assert mine.verify() == []


def test_a_clash_that_was_turned_round_is_told_again_when_that_is_undone(copies: Copies) -> None:
    for project in copies.projects[:2]:
        project.codebook.rename(project.codebook.at("Hope"), f"Hope of {project.coder.name}")
    noor, asha = both(copies)
    clash = only(noor)

    noor.merging.turn_round(clash.id)
    assert noor.merging.clashes() == []
    noor.undo()
    assert only(noor) == clash
    noor.redo()
    assert noor.merging.clashes() == []
    noor.undo()

    copies.merge(ASHA, NOOR)
    copies.merge(NOOR, ASHA)
    assert only(noor) == only(asha)
    assert only(noor).id == clash.id
    assert rows(noor) == rows(asha)


def nothing_more(*projects: Project) -> None:
    """Brings all in all, and sees that nothing but what the others did changes."""
    for one in projects:
        for other in projects:
            if other is not one:
                one.merging.merge(other.folder)
    before = [rows(one) for one in projects]
    assert all(one == before[0] for one in before)
    for one in projects:
        for other in projects:
            assert other is one or one.merging.merge(other.folder).nothing
    assert [rows(one) for one in projects] == before


def test_a_name_that_was_told_apart_does_not_change_by_itself(copies: Copies) -> None:
    for project in copies.projects[:2]:
        for name in ("Faith", "Church"):
            project.codebook.add(name)
        project.codebook.set_key(project.codebook.at("Faith"), "x")
    noor, asha = both(copies)
    noor.codebook.set_key(noor.codebook.at("Faith"), "")
    noor.codebook.rename(noor.codebook.at("Faith"), "Belief")
    noor.codebook.delete(noor.codebook.at("Church"))
    before = rows(noor)
    clashes = noor.merging.clashes()

    assert noor.merging.merge(asha.folder).nothing

    assert rows(noor) == before
    assert noor.merging.clashes() == clashes
    assert {"Belief", "Faith (2)", "Church (2)"} <= {one.name for one in noor.codebook.codes()}
    noor.codebook.rename(noor.codebook.at("Faith (2)"), "Faith")
    noor.codebook.rename(noor.codebook.at("Church (2)"), "Church")
    noor.codebook.set_key(noor.codebook.at("Faith"), "x")
    assert noor.merging.clashes() == []
    nothing_more(noor, asha)
    assert asha.merging.clashes() == []


def test_a_move_that_did_not_hold_does_not_come_to_hold_by_itself(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.move(noor.codebook.at("Hope"), noor.codebook.at("Trust"))
    asha.codebook.move(asha.codebook.at("Trust"), asha.codebook.at("Hope"))
    noor, asha = both(copies)
    assert noor.codebook.at("Trust/Hope")
    assert "each moved below the other" in only(noor).what
    noor.codebook.move(noor.codebook.at("Trust/Hope"), noor.codebook.at("Place"))

    assert noor.merging.merge(asha.folder).nothing

    assert noor.codebook.at("Place/Hope")
    assert noor.codebook.at("Trust").parent_id is None
    nothing_more(noor, asha)


def shared(project: Project, folder: Path, name: str, **options: object) -> Project:
    """Opens the copy that somebody was given."""
    path = folder / f"{name}.evidence"
    project.sharing.share(path, ShareOptions(to=name, **options))  # type: ignore[arg-type]
    open_shared(path, folder / name)
    return Project.open(folder / name, name)


def test_files_that_were_left_out_of_a_copy_come_with_a_merge(
    copies: Copies, tmp_path: Path
) -> None:
    noor = copies.projects[NOOR]
    document = noor.evidence.document_titled("SIC0002")
    with (
        shared(noor, tmp_path, "Asha Rao", originals=False) as bare,
        shared(noor, tmp_path, "Ben Sutton", refs=("SIC0001",)) as part,
    ):
        steps = len(bare.history())
        part.merging.merge(bare.folder)
        assert part.verify() == []
        for project in (bare, part):
            with pytest.raises(NotFound, match="left out of this copy"):
                project._store.original_file(document)

            merged = project.merging.merge(noor.folder)

            assert not merged.nothing
            assert "left out of this copy" in " ".join(merged.sentences())
            file = project._store.original_file(document)
            assert file.read_bytes() == noor._store.original_file(document).read_bytes()
            assert project.merging.merge(noor.folder).nothing
            assert project.verify() == []
        assert len(bare.history()) == steps


def test_a_code_taken_out_of_another_again_has_all_that_was_written_of_it(copies: Copies) -> None:
    noor, asha, ben = copies.projects
    asha.codebook.define(asha.codebook.at("Hope"), definition="Looking ahead")
    ben.codebook.rename(ben.codebook.at("Hope"), "Hopes")
    noor.codebook.merge(noor.codebook.at("Hope"), noor.codebook.at("Trust"))
    for other in (asha, ben):
        noor.merging.merge(other.folder)
    first, second = (one for one in noor.merging.clashes() if one.turnable)

    noor.merging.turn_round(first.id)

    assert noor.codebook.at("Hopes").definition == "Looking ahead"
    assert second.id not in {one.id for one in noor.merging.clashes()}
    nothing_more(*copies.projects)


def test_a_code_that_another_was_put_below_is_no_longer_merged(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    hope = noor.codebook.at("Hope").id
    noor.codebook.merge(noor.codebook.at("Hope"), noor.codebook.at("Trust"))
    asha.codebook.move(asha.codebook.at("Trust"), asha.codebook.at("Hope"))
    noor, asha = both(copies)
    assert noor.codebook.at("Hope/Trust")

    noor.codebook.rename(noor.codebook.at("Hope"), "Hopes")

    assert noor._store.read.row("codes", hope)["merged_into"] == ""
    assert noor.merging.merge(asha.folder).nothing
    nothing_more(noor, asha)
    noor.codebook.merge(noor.codebook.at("Hopes"), noor.codebook.at("Place"))
    noor.undo()
    nothing_more(noor, asha)


def test_who_was_given_work_elsewhere_can_merge_before_doing_any(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.assigning.assign(["SIC0001"], [NAMES[ASHA]])

    asha.merging.merge(noor.folder)

    assert asha.assigning.refs_of(NAMES[ASHA]) == ["SIC0001"]
    assert asha.verify() == []
    nothing_more(noor, asha)


def test_nothing_is_written_on_what_was_joined_with_something_withdrawn(copies: Copies) -> None:
    noor, asha, ben = copies.projects
    noor.joining.join("SIC0001", "SIC0002")
    noor.withdrawal.withdraw("SIC0001")
    ben.evidence.change("SIC0002", region="Wales")
    ben.signing.sign("SIC0002", "as it should be")

    for project in (asha, ben):
        project.merging.merge(noor.folder)
    with pytest.raises(Refused, match="is withdrawn"):
        ben.evidence.change("SIC0002", region="Kent")
    nothing_more(*copies.projects)

    assert ben.submission("SIC0002").region == ""
    assert {one.submission("SIC0002").status for one in copies.projects} == {Status.JOINED}
    assert [one.merging.clashes() for one in copies.projects] == [[], [], []]


def test_two_withdrawals_that_differ_in_what_was_joined_are_told(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.joining.join("SIC0001", "SIC0002")
    noor.withdrawal.withdraw("SIC0001")
    asha.withdrawal.withdraw("SIC0002")
    both(copies)
    nothing_more(noor, asha)

    for project in (noor, asha):
        clash = only(project)
        assert "status" in clash.what
        with pytest.raises(Refused, match="is withdrawn"):
            project.merging.turn_round(clash.id)
    noor.merging.leave(only(noor).id, "settled by letter")
    nothing_more(noor, asha)
    assert asha.merging.clashes() == []


def test_what_was_dismissed_and_taken_back_elsewhere_is_erased_with_its_submission(
    copies: Copies,
) -> None:
    noor, asha, _ = copies.projects
    owner = asha.submission("SIC0001").id
    said = Dismissal("x", "spread", ("c",), asha.coder.id, "2031", "Snark", submissions=(owner,))
    with asha._store.step("Dismiss", asha.coder) as tx:
        tx.put(said)
    asha.undo()
    noor.merging.merge(asha.folder)

    noor.withdrawal.withdraw("SIC0001")

    assert noor.verify() == []
    assert not any(b"Snark" in one.read_bytes() for one in noor.folder.rglob("*") if one.is_file())


def test_a_byte_changed_anywhere_in_a_zip_or_shared_copy_is_refused_or_does_no_harm(
    copies: Copies, tmp_path: Path
) -> None:
    noor, asha, _ = copies.projects
    letter(asha, "new", "We write for the first time.")
    tag(asha, "Hope", 60, 70)
    packed, given = tmp_path / "asha.zip", tmp_path / "asha.evidence"
    asha.interchange.export(packed)
    asha.sharing.share(given, ShareOptions())
    before = rows(noor)
    for path in (packed, given):
        whole = path.read_bytes()
        places = [whole.index(b"We write for"), len(whole) - 30]
        for place in (*places, *range(200, len(whole), len(whole) // 9)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            try:
                merged = noor.merging.merge(path)
            except EvidenceError:
                pass
            else:
                assert merged.acts == {NAMES[ASHA]: 2}
                noor.undo()
            assert rows(noor) == before
    assert noor.verify() == []
