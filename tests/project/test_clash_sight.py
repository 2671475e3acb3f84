"""Who codes blind is told nothing of others' tags by a merge, before they have coded themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coder.domain.model import About
from coder.domain.sight import Others, Sight
from coder.project import Project
from tests.made import MadeOnce
from tests.project.copies import Copies, letter, make
from tests.project.test_merging_histories import handed_out

NOOR, ASHA, BEN = range(3)


@pytest.fixture
def copies(made_once: MadeOnce) -> Iterator[Copies]:
    """Three copies. In hers Asha has tagged SIC0001 with a code that Ben has merged into another,
    changed a definition as Noor has, and brought in a letter with a memo of hers."""
    with handed_out(made_once(make) / "base") as made:
        noor, asha, ben = made.projects
        document = asha.evidence.document_titled("SIC0001")
        asha.codings.tag(document, 60, 70, [asha.codebook.at("Hope")])
        for project in (noor, asha):
            project.codebook.define(
                project.codebook.at("Place"), definition=f"As {project.coder.name} has it"
            )
        asha.memos.write(About.DOCUMENT, document.id, "They mean the council.")
        letter(asha, "late", "We write late, but we write.")
        asha.memos.write(About.SUBMISSION, asha.submission("SIC0004").id, "Late, and angry.")
        ben.codebook.merge(ben.codebook.at("Hope"), ben.codebook.at("Trust"))
        made.merge(NOOR, BEN)
        yield made


def blind(project: Project) -> Sight:
    return Sight(project.coder.id, Others.BLIND)


def first(project: Project) -> str:
    return project.evidence.document_titled("SIC0001").id


def test_a_preview_tells_of_what_is_in_sight(copies: Copies) -> None:
    noor, there = copies.projects[NOOR], copies.folders[ASHA]
    everything = noor.merging.preview(there)
    mine = noor.merging.preview(there, sight=blind(noor))

    assert everything.added["codings"] == 1
    assert everything.added["memos"] == 2
    assert len(everything.clashes) == 2
    assert everything.whole
    assert not {"codings", "memos"} & mine.added.keys()
    assert mine.added["submissions"] == 1
    assert [one.what for one in mine.clashes] == ["Both changed the definition of the code “Place”"]
    assert any("do not see now" in line for line in mine.sentences())


def test_others_tags_that_are_hidden_are_not_told_but_memos_are(copies: Copies) -> None:
    noor = copies.projects[NOOR]
    found = noor.merging.preview(copies.folders[ASHA], sight=Sight(noor.coder.id, Others.HIDDEN))

    assert "codings" not in found.added
    assert found.added["memos"] == 2
    assert len(found.clashes) == 1


def test_a_document_that_is_declared_coded_is_told_of(copies: Copies) -> None:
    noor, there = copies.projects[NOOR], copies.folders[ASHA]
    noor.progress.declare([first(noor)])

    found = noor.merging.preview(there, sight=blind(noor))

    assert found.added["codings"] == 1
    assert found.added["memos"] == 1
    assert len(found.clashes) == 2


def test_the_list_of_clashes_grows_when_the_document_is_declared(copies: Copies) -> None:
    noor = copies.projects[NOOR]
    merged = noor.merging.merge(copies.folders[ASHA], sight=blind(noor))

    assert len(merged.clashes) == len(noor.merging.clashes(blind(noor))) == 1
    assert noor.merging.number_open(blind(noor)) == 1
    assert noor.merging.number_open() == 2

    noor.progress.declare([first(noor)])

    assert noor.merging.number_open(blind(noor)) == 2


def test_whose_tag_it_is_is_told_of_it(copies: Copies) -> None:
    asha = copies.projects[ASHA]
    merged = asha.merging.merge(copies.folders[NOOR], sight=blind(asha))

    assert any("merged into another" in one.what for one in merged.clashes)
    assert len(asha.merging.clashes(blind(asha))) == len(merged.clashes) == 2


def test_a_code_that_all_share_is_told_of_to_all(copies: Copies) -> None:
    noor, asha, _ = copies.projects
    noor.codebook.delete(noor.codebook.at("Transport"))
    asha.codings.tag(
        asha.evidence.document_titled("SIC0002"), 60, 70, [asha.codebook.at("Transport")]
    )

    told = noor.merging.preview(copies.folders[ASHA], sight=blind(noor))

    assert any("was removed by one and used by the other" in one.what for one in told.clashes)
