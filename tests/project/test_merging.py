"""Copies brought together: what comes, what clashes, and how it is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Status
from coder.domain.together import Dismissal
from coder.store import handwork
from tests.project.copies import NAMES, Copies, Pick, letter, rows
from tests.project.merged import ASHA, BEN, NOOR, both, nothing_more, only, tag, transcript


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
