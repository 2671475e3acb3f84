"""What coders have tagged, as places alone."""

from __future__ import annotations

from coder.project import Project
from coder.store.coded import Place, places, tagged_by
from tests.project.conftest import Letter, letter, project  # noqa: F401 – fixtures here too


def test_places_of_some_coders_and_where_they_tagged(
    project: Project,  # noqa: F811
    letter: Letter,  # noqa: F811
) -> None:
    first, second = letter("One letter."), letter("Another.")
    made = {}
    for coder, document in (("Ada", first), ("Bo", first), ("Bo", second)):
        project.as_coder(coder)
        made[coder, document.id] = project.tag_with_new_code(document, 0, 3, "Buses")
    ada, bo = made["Ada", first.id], made["Bo", second.id]
    reader = project._store.reader
    assert list(places(reader, [ada.coder_id])) == [
        Place(ada.coder_id, ada.code_id, first.id, 0, 3)
    ]
    assert list(places(reader, [])) == []
    assert tagged_by(reader) == {
        ada.coder_id: {first.submission_id},
        bo.coder_id: {first.submission_id, second.submission_id},
    }
