"""What gave way where copies came together stays so until somebody decides otherwise."""

from __future__ import annotations

from tests.project.copies import Copies, rows
from tests.project.merged import ASHA, NOOR, both, nothing_more, only


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
