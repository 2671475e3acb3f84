"""Acts on codes: each one step, none that leaves the codebook ambiguous."""

from collections.abc import Callable

import pytest

from coder.domain.draft import DraftCode
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Document
from coder.domain.palette import COLOURS
from coder.project import Project

Letter = Callable[..., Document]
WORDS = "We volunteer at the hall because nobody else will."


def paths(project: Project) -> list[str]:
    return [view.path for view in project.codebook.tree()]


def test_a_code_is_made_with_what_is_above_it_in_one_step(project: Project) -> None:
    code = project.codebook.add(" Volunteering / First-time volunteers ", "Never before")

    assert paths(project) == ["Volunteering", "Volunteering/First-time volunteers"]
    assert code.definition == "Never before"
    assert project.undo() == "Add the code “First-time volunteers”"
    assert paths(project) == []


@pytest.mark.parametrize("path", ["", " / ", "volunteering"])
def test_what_makes_no_code(project: Project, path: str) -> None:
    project.codebook.add("Volunteering")
    with pytest.raises(Refused):
        project.codebook.add(path)
    assert paths(project) == ["Volunteering"]


def test_a_code_is_found_by_path_in_any_case_or_by_a_name_that_only_it_has(
    project: Project,
) -> None:
    buses = project.codebook.add("Transport/Buses")
    project.codebook.add("Transport/Cost")
    project.codebook.add("Housing/Cost")

    assert project.codebook.at("TRANSPORT/ buses") == buses
    assert project.codebook.at("buses") == buses
    with pytest.raises(NotFound, match="several codes called “cost”"):
        project.codebook.at("cost")
    with pytest.raises(NotFound, match="no code “Trains”"):
        project.codebook.at("Trains")


def test_a_theme_is_found_before_a_code_of_the_same_name(project: Project) -> None:
    theme = project.codebook.add("Cost")
    project.codebook.add("Housing/Cost")

    assert project.codebook.at("Cost") == theme


def test_renaming_keeps_names_apart(project: Project) -> None:
    code = project.codebook.add("Transport/Buses")
    project.codebook.add("Transport/Trains")

    for name in ("trains", "", " ", "a/b"):
        with pytest.raises(Refused):
            project.codebook.rename(code, name)
    project.codebook.rename(code, "BUSES")

    assert paths(project) == ["Transport", "Transport/BUSES", "Transport/Trains"]


def test_moving_below_itself_is_refused(project: Project) -> None:
    project.codebook.add("A/B/C")
    top, below = project.codebook.at("A"), project.codebook.at("A/B/C")

    for parent in (top, below):
        with pytest.raises(Refused, match="below itself"):
            project.codebook.move(top, parent)


def test_moving_goes_last_and_keeps_names_apart(project: Project) -> None:
    for path in ("A/X", "B/Y", "B/X"):
        project.codebook.add(path)

    with pytest.raises(Refused, match="“X” there already"):
        project.codebook.move(project.codebook.at("A/X"), project.codebook.at("B"))
    project.codebook.move(project.codebook.at("A"), project.codebook.at("B"))
    project.codebook.move(project.codebook.at("B/Y"), None)

    assert paths(project) == ["B", "B/X", "B/A", "B/A/X", "Y"]


def test_merging_moves_codings_and_keeps_memos(project: Project, letter: Letter) -> None:
    document = letter(WORDS)
    old, new = project.codebook.add("Helping"), project.codebook.add("Volunteering")
    project.codebook.add("Helping/First-time")
    [twin, alone] = [project.codings.tag(document, *span, [old])[0] for span in ((3, 12), (20, 24))]
    [standing] = project.codings.tag(document, 3, 12, [new])
    project.codings.write_memo(twin, "from the old")
    project.codings.write_memo(standing, "from the new")
    project.codings.mark([twin], marked=True)
    project.as_coder("Ines")
    [theirs] = project.codings.tag(document, 3, 12, [old])

    project.codebook.merge(old, new)

    left = {coding.id: coding for coding in project.codings.of(document.id)}
    assert set(left) == {standing.id, alone.id, theirs.id}
    assert {coding.code_id for coding in left.values()} == {new.id}
    assert left[standing.id].memo == "from the new\nfrom the old"
    assert left[standing.id].marked
    assert left[theirs.id].coder_id == project.coder.id
    assert paths(project) == ["Volunteering", "Volunteering/First-time"]
    assert project.verify() == []


def test_undoing_a_merge_brings_everything_back(project: Project, letter: Letter) -> None:
    document = letter(WORDS)
    old, new = project.codebook.add("Helping/Old"), project.codebook.add("Volunteering")
    project.codings.tag(document, 3, 12, [old, new])
    before = (project.codebook.codes(), project.codings.of(document.id))

    project.codebook.merge(project.codebook.at("Helping"), new)
    project.undo()

    assert (project.codebook.codes(), project.codings.of(document.id)) == before


def test_merging_into_itself_or_below_or_with_twins_is_refused(project: Project) -> None:
    for path in ("A/B", "A/Cost", "C/cost"):
        project.codebook.add(path)
    a, b, c = (project.codebook.at(path) for path in ("A", "A/B", "C"))

    for into, said in ((a, "itself"), (b, "below it"), (c, "“Cost” there already")):
        with pytest.raises(Refused, match=said):
            project.codebook.merge(a, into)

    assert paths(project) == ["A", "A/B", "A/Cost", "C", "C/cost"]


def test_a_code_can_be_merged_up_into_its_parent(project: Project) -> None:
    project.codebook.add("A/A/B")

    project.codebook.merge(project.codebook.at("A/A"), project.codebook.at("A"))

    assert paths(project) == ["A", "A/B"]


def test_deleting_takes_all_below_and_counts_the_codings(project: Project, letter: Letter) -> None:
    document = letter(WORDS)
    theme = project.codebook.add("A")
    deep, other = project.codebook.add("A/B/C"), project.codebook.add("D")
    project.codings.tag(document, 0, 12, [theme, deep, other])
    before = (project.codebook.codes(), project.codings.of(document.id))

    assert project.codebook.delete(theme) == 2
    assert paths(project) == ["D"]
    assert len(project.codings.of(document.id)) == 1

    project.undo()
    assert (project.codebook.codes(), project.codings.of(document.id)) == before


def test_a_key_applies_one_code_only(project: Project) -> None:
    one, other = project.codebook.add("A"), project.codebook.add("B")

    project.codebook.set_key(one, "k")
    project.codebook.set_key(other, "k")

    assert {code.name: code.key for code in project.codebook.codes()} == {"A": "", "B": "k"}
    assert project.undo() == "Give “B” the key k"
    assert {code.name: code.key for code in project.codebook.codes()} == {"A": "k", "B": ""}
    for key in ("0", "V", "vv", "ab", "é", " "):
        with pytest.raises(Refused, match="cannot be a code's key"):
            project.codebook.set_key(one, key)


def test_themes_get_the_free_keys_first_then_codes_that_are_no_question(project: Project) -> None:
    project.codebook.set_key(project.codebook.add("Mine"), "2")
    asked = (DraftCode("Who met?"), DraftCode("Where did…", "Where did they meet?"))
    parts = tuple(DraftCode(f"Part {n}") for n in range(9))
    project.codebook.adopt([DraftCode("A", children=(*asked, *parts)), DraftCode("B")])

    keys = {code.name: code.key for code in project.codebook.codes() if code.key}
    assert keys == {"Mine": "2", "A": "1", "B": "3"} | {f"Part {n}": str(n + 4) for n in range(6)}
    assert {code.colour for code in project.codebook.codes()} <= set(COLOURS)


def test_a_code_is_described_and_recoloured(project: Project) -> None:
    code = project.codebook.add("A")

    project.codebook.define(code, definition="d", use_when="u", not_when="n")
    project.codebook.recolour(code, "teal")

    kept = project.codebook.at("A")
    assert (kept.definition, kept.use_when, kept.not_when) == ("d", "u", "n")
    assert kept.colour == "teal"
    with pytest.raises(Refused, match="no colour “mauve”"):
        project.codebook.recolour(code, "mauve")


ACTS: dict[str, Callable[[Project, object], object]] = {
    "rename": lambda project, code: project.codebook.rename(code, "New"),
    "define": lambda project, code: project.codebook.define(code, definition="new"),
    "recolour": lambda project, code: project.codebook.recolour(code, "teal"),
    "key": lambda project, code: project.codebook.set_key(code, "x"),
    "move": lambda project, code: project.codebook.move(code, project.codebook.at("Other")),
    "merge": lambda project, code: project.codebook.merge(code, project.codebook.at("Other")),
    "delete": lambda project, code: project.codebook.delete(code),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_code_that_has_gone_stays_gone(project: Project, act: str) -> None:
    code = project.codebook.add("A")
    project.codebook.add("Other")
    project.codebook.delete(code)

    with pytest.raises(EvidenceError, match="“A” is no longer there"):
        ACTS[act](project, code)

    assert paths(project) == ["Other"]


def test_what_one_saw_earlier_takes_nothing_back(project: Project) -> None:
    seen = project.codebook.add("A")
    project.codebook.define(seen, definition="since then")

    project.codebook.rename(seen, "B")
    project.codebook.set_key(seen, "b")

    code = project.codebook.at("B")
    assert (code.definition, code.key) == ("since then", "b")


def test_the_tree_counts_what_is_used(project: Project, letter: Letter) -> None:
    code = project.codebook.add("A/B")
    for _ in range(2):
        project.codings.tag(letter(WORDS), 0, 12, [code])

    assert [
        (view.path, view.depth, view.codings, view.submissions) for view in project.codebook.tree()
    ] == [
        ("A", 0, 0, 0),
        ("A/B", 1, 2, 2),
    ]
