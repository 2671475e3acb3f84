"""A project is made whole or not at all, opened by a named coder, and remembers who did what."""

from pathlib import Path

import pytest

from coder.domain.draft import DraftCode
from coder.domain.errors import NotFound, Refused
from coder.project import Project


@pytest.mark.parametrize(("particulars", "said"), [
    ({"prefix": "sic"}, "“sic” cannot begin a reference"),
    ({"prefix": ""}, "cannot begin a reference"),
    ({"prefix": "TOOLONGAPREFIX"}, "cannot begin a reference"),
    ({"title": "  "}, "has no title"),
    ({"coder_name": " "}, "A coder needs a name"),
    ({"closes": "18 September"}, "“18 September” is not a date"),
    ({"closes": "2020-13-01"}, "is not a date"),
    ({"closes": "20200918"}, "is not a date"),
])  # fmt: skip
def test_what_makes_no_project_leaves_nothing(
    tmp_path: Path, particulars: dict[str, str], said: str
) -> None:
    asked = {"title": "Loneliness", "prefix": "SIC", "coder_name": "Noor", **particulars}

    with pytest.raises(Refused, match=said):
        Project.create(tmp_path / "p", **asked)

    assert not (tmp_path / "p").exists()


def test_codes_that_cannot_be_kept_leave_nothing_and_no_lock(tmp_path: Path) -> None:
    lone_surrogate = DraftCode("Buses \ud83d")

    with pytest.raises(UnicodeEncodeError):
        Project.create(tmp_path / "p", "T", "SIC", "Noor", codes=[lone_surrogate])

    assert not (tmp_path / "p").exists()
    Project.create(tmp_path / "p", "T", "SIC", "Noor").close()


def test_a_new_project_has_its_particulars_and_its_codes(tmp_path: Path) -> None:
    themes = [DraftCode("Transport", "How people get about", children=(DraftCode("Buses"),))]

    with Project.create(
        tmp_path / "p", " Loneliness ", "SIC", "Noor", closes="2020-09-18", codes=themes
    ) as made:
        inquiry = made.inquiry
        paths = [view.path for view in made.codebook.tree()]

    assert (inquiry.title, inquiry.prefix, inquiry.closes) == ("Loneliness", "SIC", "2020-09-18")
    assert paths == ["Transport", "Transport/Buses"]


def test_a_project_is_opened_again_as_it_was(project: Project) -> None:
    code = project.codebook.add("Transport/Buses")
    project.close()

    with Project.open(project.folder, "Noor") as again:
        assert again.coder == project.coder
        assert again.codebook.at("transport / buses") == code
        assert again.verify() == []


def test_undo_and_redo_survive_a_restart(project: Project) -> None:
    project.codebook.add("Transport")
    project.codebook.add("Housing")
    assert project.undo() == "Add the code “Housing”"
    project.close()

    with Project.open(project.folder, "Noor") as again:
        assert again.next_labels() == ("Add the code “Transport”", "Add the code “Housing”")
        assert again.redo() == "Add the code “Housing”"
        assert again.undo() == "Add the code “Housing”"
        assert again.undo() == "Add the code “Transport”"
        assert again.undo() is None


def test_each_coder_undoes_what_is_theirs(project: Project) -> None:
    project.codebook.add("Transport")
    project.as_coder("Ines")
    project.codebook.add("Housing")
    project.as_coder("Noor")

    assert project.undo() == "Add the code “Transport”"
    assert [code.name for code in project.codebook.codes()] == ["Housing"]
    assert {coder.name for coder in project.coders()} == {"Ines", "Noor"}


def test_the_history_says_who_did_what(project: Project) -> None:
    project.codebook.add("Transport")
    project.as_coder(" Ines ")
    project.codebook.add("Housing")
    project.undo()

    assert [(entry.coder, entry.label, entry.kind) for entry in project.history()] == [
        ("Ines", "Add the code “Housing”", "undo"),
        ("Ines", "Add the code “Housing”", "act"),
        ("Noor", "Add the code “Transport”", "act"),
        ("Noor", "Make the inquiry “Loneliness”", "machine"),
    ]


def test_a_second_window_may_look(project: Project) -> None:
    with pytest.raises(Refused, match="open in another window"):
        Project.open(project.folder, "Ines")

    with Project.open(project.folder, "Ines", read_only=True) as looking:
        project.codebook.add("Transport")

        assert looking.read_only
        assert looking.codebook.at("Transport")
        with pytest.raises(Refused, match="reading only"):
            looking.codebook.add("Housing")


def test_nobody_works_without_a_name(project: Project) -> None:
    with pytest.raises(Refused, match="needs a name"):
        project.as_coder("  ")
    assert project.coder.name == "Noor"


def test_a_refused_name_leaves_the_lock_free(project: Project) -> None:
    project.close()
    with pytest.raises(Refused, match="needs a name"):
        Project.open(project.folder, "")

    Project.open(project.folder, "Noor").close()


def test_there_is_nothing_to_open(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not a project"):
        Project.open(tmp_path, "Noor")
