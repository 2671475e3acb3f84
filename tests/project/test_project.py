"""A project is made whole or not at all, opened by a named coder, and remembers who did what."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coder.domain.draft import DraftCode
from coder.domain.errors import EvidenceError, NotFound, Refused
from coder.domain.model import Code, Coding, Document, DocumentKind, Style, Submission
from coder.domain.paragraphs import lay_out
from coder.project import Project
from tests.effort import tries


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
        assert made.next_labels() == (None, None)

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


def test_undo_never_leaves_two_codes_of_one_name(project: Project) -> None:
    project.codebook.delete(project.codebook.add("Housing"))
    project.as_coder("Ines")
    theirs = project.codebook.add("housing")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="another code “"):
        project.undo()

    assert project.codebook.codes() == [theirs]


def test_undo_never_leaves_two_codes_of_one_key(project: Project) -> None:
    mine, other = project.codebook.add("Housing"), project.codebook.add("Transport")
    project.codebook.set_key(mine, "1")
    project.codebook.delete(mine)
    project.as_coder("Ines")
    project.codebook.set_key(other, "1")
    project.as_coder("Noor")

    with pytest.raises(Refused, match="or one with its key"):
        project.undo()

    assert [(code.name, code.key) for code in project.codebook.codes()] == [("Transport", "1")]


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
    with pytest.raises(Refused, match="being worked on elsewhere"):
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


def test_a_damaged_project_is_told(project: Project, letter: Callable[..., Document]) -> None:
    project.codings.tag(letter("We volunteer."), 0, 2, [project.codebook.add("A")])
    [root] = project._store.reader.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'codings'"
    ).fetchone()
    project.close()
    with (project.folder / "project.db").open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(b"\xff" * 4096)

    with Project.open(project.folder, "Noor") as damaged:
        findings = damaged.verify()

    assert findings
    assert all(found.startswith("The database is damaged: ") for found in findings)


class Work(RuleBasedStateMachine):
    """Two coders at two letters. A refused act must leave no trace."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "p", "T", "SIC", "Noor")
        self.letters = []
        for n in (1, 2):
            text, spans = lay_out([("We 🎉 e\u0301at.", Style.BODY), ("אבג walk.", Style.BODY)])
            letter = Document(f"d{n}", f"s{n}", 0, "t", DocumentKind.DOCUMENT, text, spans)
            self.letters.append(letter)
            with self.project._store.step("Import", self.project.coder) as tx:
                tx.put(Submission(f"s{n}", f"SIC000{n}"))
                tx.put(letter)

    def teardown(self) -> None:
        assert self.project.verify() == []
        self.project.close()
        shutil.rmtree(self.folder)

    def state(self) -> tuple[object, ...]:
        codings = [self.project.codings.of(letter.id) for letter in self.letters]
        return self.project.codebook.codes(), codings, self.project.next_labels()

    def attempt(self, act: Callable[[], object]) -> None:
        before = self.state()
        try:
            act()
        except EvidenceError:
            assert self.state() == before

    def code(self, data: st.DataObject) -> Code:
        return self.codes()[data.draw(st.integers(0, 99)) % len(self.codes())]

    def coding(self, data: st.DataObject) -> Coding:
        return self.codings()[data.draw(st.integers(0, 99)) % len(self.codings())]

    def codes(self) -> list[Code]:
        return [view.code for view in self.project.codebook.tree()]

    def codings(self) -> list[Coding]:
        codings = [one for letter in self.letters for one in self.project.codings.of(letter.id)]
        return sorted(codings, key=lambda one: one.created_at)

    @rule(name=st.sampled_from(["Noor", "Ines"]))
    def change_coder(self, name: str) -> None:
        self.project.as_coder(name)

    @rule(path=st.lists(st.sampled_from("ABab"), min_size=1, max_size=3).map("/".join))
    def add(self, path: str) -> None:
        self.attempt(lambda: self.project.codebook.add(path))

    @precondition(codes)
    @rule(data=st.data(), name=st.sampled_from("ABC"))
    def rename(self, data: st.DataObject, name: str) -> None:
        code = self.code(data)
        self.attempt(lambda: self.project.codebook.rename(code, name))

    @precondition(codes)
    @rule(data=st.data(), key=st.sampled_from("12"))
    def set_key(self, data: st.DataObject, key: str) -> None:
        code = self.code(data)
        self.attempt(lambda: self.project.codebook.set_key(code, key))

    @precondition(codes)
    @rule(data=st.data(), top=st.booleans())
    def move(self, data: st.DataObject, top: bool) -> None:
        code, parent = self.code(data), None if top else self.code(data)
        self.attempt(lambda: self.project.codebook.move(code, parent))

    @precondition(codes)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        code, into = self.code(data), self.code(data)
        self.attempt(lambda: self.project.codebook.merge(code, into))

    @precondition(codes)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        code = self.code(data)
        self.attempt(lambda: self.project.codebook.delete(code))

    @precondition(codes)
    @rule(data=st.data(), span=st.tuples(st.integers(0, 4), st.integers(4, 20)))
    def tag(self, data: st.DataObject, span: tuple[int, int]) -> None:
        letter, code = data.draw(st.sampled_from(self.letters)), self.code(data)
        self.attempt(lambda: self.project.codings.tag(letter, *span, [code]))

    @precondition(codings)
    @rule(data=st.data())
    def recode(self, data: st.DataObject) -> None:
        coding, code = self.coding(data), self.code(data)
        self.attempt(lambda: self.project.codings.recode([coding], code))

    @precondition(codings)
    @rule(data=st.data(), end=st.integers(4, 6))
    def resize(self, data: st.DataObject, end: int) -> None:
        coding = self.coding(data)
        letter = next(one for one in self.letters if one.id == coding.document_id)
        self.attempt(lambda: self.project.codings.resize(coding, letter, 0, end))

    @precondition(codings)
    @rule(data=st.data(), memo=st.sampled_from(["", "one", "two"]))
    def write_memo(self, data: st.DataObject, memo: str) -> None:
        coding = self.coding(data)
        self.attempt(lambda: self.project.codings.write_memo(coding, memo))

    @precondition(codings)
    @rule(data=st.data())
    def untag(self, data: st.DataObject) -> None:
        coding = self.coding(data)
        self.attempt(lambda: self.project.codings.untag([coding]))

    @rule()
    def undo_and_redo(self) -> None:
        before = self.state()[:2]
        try:
            label = self.project.undo()
        except Refused:
            label = None
        assert label is None or self.project.redo() == label
        assert self.state()[:2] == before

    @rule(redo=st.booleans())
    def undo_or_redo(self, redo: bool) -> None:
        self.attempt(self.project.redo if redo else self.project.undo)

    @invariant()
    def siblings_have_names_and_keys_of_their_own(self) -> None:
        codes = self.codes()
        names = [(code.parent_id, code.name.casefold()) for code in codes]
        keys = [code.key for code in codes if code.key]
        assert len(names) == len(set(names))
        assert len(keys) == len(set(keys))
        assert len(self.project.codebook.tree()) == len(codes)

    @invariant()
    def a_coder_has_a_code_on_the_same_words_once(self) -> None:
        places = [
            (one.document_id, one.start, one.end, one.code_id, one.coder_id)
            for one in self.codings()
        ]
        assert len(places) == len(set(places))
        assert self.project.codings.mismatches() == []


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=tries(25), stateful_step_count=30, deadline=None)
