"""The codebook as a file: what leaves, what comes in, and that both say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coder.domain.codebook_file import CodeEntry, one_name
from coder.domain.draft import Source
from coder.domain.errors import EvidenceError
from coder.domain.model import Code, Document, Permission
from coder.domain.palette import COLOURS
from coder.export import codebook_csv, codebook_docx, codebook_markdown
from coder.export.codebook_outline import outline
from coder.export.refi import qdc
from coder.ingest.codebook_file import read_codebook
from coder.places import resources
from coder.project import Project
from coder.project.codebook import KEYS
from coder.project.codebook_files import Fate
from tests.effort import tries

Letter = Callable[..., Document]
WORDS = "I had never volunteered before. Ada Byron rang me, and now I ring four people every week."

LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
TRAPS = st.sampled_from(
    ["=1+1", "'=x", "- Key: 3", "Use when: never", "Examples", "# C#", "> no", "a\\", "1. one",
     "x  ·  Path: y", "**bold**", "a,b;c", '"quoted"', "    deep", "Codebook", "@me", "a > b"]
)  # fmt: skip
TEXTS = st.lists(st.text(LETTERS, max_size=20) | TRAPS, max_size=4).map(
    lambda parts: "\n".join(parts).strip()
)
NAMES = (st.text(LETTERS, min_size=1, max_size=20) | TRAPS).map(one_name).filter(bool)


@st.composite
def codebooks(draw: st.DrawFn) -> list[Code]:
    """A codebook with up to nine levels, names that differ beside one another and keys that differ
    everywhere."""
    codes: list[Code] = []
    keys = draw(st.permutations(KEYS))
    for place in range(draw(st.integers(1, 9))):
        above = draw(st.none() | st.sampled_from(codes)) if codes else None
        parent = above.id if above else None
        name = draw(NAMES)
        taken = {code.name.casefold() for code in codes if code.parent_id == parent}
        if name.casefold() in taken:
            continue
        codes.append(
            Code(
                f"c{place}", name, parent, place,
                colour=draw(st.sampled_from(list(COLOURS))),
                definition=draw(TEXTS), use_when=draw(TEXTS), not_when=draw(TEXTS),
                key=keys[place] if draw(st.booleans()) else "",
            )
        )  # fmt: skip
    return codes


WRITERS = {
    "csv": codebook_csv.write,
    "md": codebook_markdown.write,
    "docx": lambda book: codebook_docx.write(book, resources() / "pack.docx"),
}
FORMATS = {**WRITERS, "qdc": qdc.write}
"""With REFI-QDA, which has no place for keys."""


@pytest.mark.parametrize("kind", FORMATS)
@given(codes=codebooks())
@example(codes=[Code("a", "Codebook"), Code("b", "Codebook: too", "a"), Code("c", "Key", "b")])
@example(codes=[Code("a", "C#", definition="Key: 3\n\n- no item\\")])
@settings(max_examples=tries(40), deadline=None)
def test_what_is_written_is_read_again(kind: str, codes: list[Code]) -> None:
    book = outline("Codes: the inquiry", codes, {}, {}, [], {}, [], date(2020, 11, 22))
    expected = [section.entry for section in book.sections]
    if kind == "qdc":
        expected = [replace(entry, key="") for entry in expected]

    read = read_codebook(Source(f"codebook.{kind}", data=FORMATS[kind](book)))

    assert list(read) == expected


@pytest.fixture
def told(project: Project) -> Project:
    """A project with three codes of which everything is said."""
    book = project.codebook
    for path in ("Volunteering/First-time", "Volunteering/Sustaining", "=Trust"):
        book.add(path)
    book.define(
        book.at("First-time"),
        definition="Never before.\n\nNot “once”.",
        use_when="- they say so",
        not_when="+ they did",
        colour="teal",
        key="f",
    )
    book.set_key(book.at("=Trust"), "2")
    return project


def said(project: Project) -> list[tuple[object, ...]]:
    """All that is said of each code, from top to bottom."""
    return [
        (view.path, c.colour, c.key, c.definition, c.use_when, c.not_when, c.position)
        for view in project.codebook.tree()
        for c in [view.code]
    ]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_codebook_goes_over_into_an_empty_project(
    told: Project, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"codebook.{kind}"
    report = told.codebook_files.export(file)
    assert str(report) == "4 codes with 0 examples."

    with Project.create(tmp_path / "other", "Other", "OTH", "Ines") as other:
        plan = other.codebook_files.plan(file)
        assert other.codebook_files.take(plan, plan.usual()) == 4
        assert said(other) == said(told)
        assert other.undo() == f"Import the codebook “codebook.{kind}”"
        assert said(other) == []
        assert other.verify() == []


def test_a_spreadsheet_runs_no_cell_and_knows_the_encoding(told: Project, tmp_path: Path) -> None:
    file = tmp_path / "codebook.csv"
    told.codebook_files.export(file)

    data = file.read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows[0][:4] == ["Path", "Colour", "Key", "Definition"]
    assert rows[4][0] == "'=Trust"
    assert rows[2][4:6] == ["'- they say so", "'+ they did"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("kind", WRITERS)
def test_only_examples_that_may_be_published_leave(
    told: Project, letter: Letter, tmp_path: Path, kind: str
) -> None:
    code = told.codebook.at("First-time")
    ways = {
        "named": {"permission": Permission.NAMED, "respondent": "Ada Byron"},
        "anonymous": {"permission": Permission.ANONYMOUS, "respondent": "Ada Byron"},
        "withheld": {"permission": Permission.WITHHELD, "respondent": "Withheld Person"},
        "unknown": {"permission": Permission.UNKNOWN},
        "sensitive": {"permission": Permission.NAMED, "respondent": "Zoe Quill"},
    }
    for name, ways_of in ways.items():
        document = letter(f"{WORDS} ({name})")
        told.evidence.change(document.submission_id, **ways_of)
        [coding] = told.codings.tag(document, 0, len(document.text), [code])
        told.codebook.pin(coding)
        if name == "sensitive":
            told.codings.set_sensitive([coding], sensitive=True)
    file = tmp_path / f"codebook.{kind}"

    report = told.codebook_files.export(file)
    written = _text_of(file)

    assert report.examples == 2
    assert "3 passages from 3 submissions are left out" in str(report)
    assert "(named)" in written
    assert "(anonymous)" in written
    assert "[name] rang me" in written
    for name in ("withheld", "unknown", "sensitive"):
        assert f"({name})" not in written


def test_a_page_to_print_keeps_to_the_same_rules(told: Project, letter: Letter) -> None:
    document = letter(WORDS)
    told.evidence.change(
        document.submission_id, permission=Permission.ANONYMOUS, respondent="Ada Byron"
    )
    code = told.codebook.at("First-time")
    [coding] = told.codings.tag(document, 0, len(WORDS), [code])
    told.codebook.pin(coding)

    page = "".join(part.html for part in told.codebook_files.pages().parts)

    assert "[name] rang me" in page
    assert "Ada" not in page
    assert "Never before.<br/><br/>Not “once”." in page


def test_names_that_may_not_be_published_are_masked_in_codes(
    told: Project, letter: Letter, tmp_path: Path
) -> None:
    told.evidence.change(letter(WORDS).submission_id, respondent="Ada Byron")
    told.codebook.add("What Ada said")

    report = told.codebook_files.export(tmp_path / "codebook.md")

    assert report.masked == 1
    assert "Ada" not in (tmp_path / "codebook.md").read_text("utf-8")


def test_an_import_says_what_is_new_the_same_and_different(told: Project, tmp_path: Path) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text(
        "Path,Definition,Use when\n"
        "volunteering/first-time,Other words,- they say so\n"
        "Volunteering,Giving time,\n"
        "Volunteering/Sustaining,,\n"
        "Trust/Neighbours,Doors left open,\n",
        encoding="utf-8",
    )
    before = said(told)

    plan = told.codebook_files.plan(file)

    assert [(one.entry.path, one.fate, one.fields) for one in plan.proposals] == [
        ("Volunteering", Fate.FILLS, ("definition",)),
        ("volunteering/first-time", Fate.DIFFERS, ("definition",)),
        ("Volunteering/Sustaining", Fate.SAME, ()),
        ("Trust", Fate.NEW, ()),
        ("Trust/Neighbours", Fate.NEW, ()),
    ]
    assert said(told) == before
    assert told.codebook_files.take(plan, plan.usual()) == 3
    assert told.codebook.at("First-time").definition == "Never before.\n\nNot “once”."
    assert told.codebook.at("Volunteering").definition == "Giving time"
    told.undo()
    assert told.codebook_files.take(plan, plan.usual(take_theirs=True)) == 4
    assert told.codebook.at("First-time").definition == "Other words"
    assert told.codebook.at("First-time").colour == "teal"


def test_a_key_that_a_code_has_stays_with_it(told: Project, tmp_path: Path) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text("Path,Key\nBuses,f\nTrains,t\nBoats,m\n", encoding="utf-8")
    plan = told.codebook_files.plan(file)

    told.codebook_files.take(plan, plan.usual())

    keys = {code.name: code.key for code in told.codebook.codes()}
    assert (keys["First-time"], keys["Buses"], keys["Trains"], keys["Boats"]) == ("f", "", "t", "")


def test_nothing_chosen_leaves_no_step(told: Project, tmp_path: Path) -> None:
    file = tmp_path / "theirs.csv"
    file.write_text("Path\nBuses\n", encoding="utf-8")
    label = told.next_labels()[0]

    assert told.codebook_files.take(told.codebook_files.plan(file), set()) == 0
    assert told.next_labels()[0] == label


PARENTS = """parent,code,description,color
,Health,About health,#ff0000
Health,Access,Getting in,
Access,Waiting,,
"""
OUTLINE = """# Health
About **health**.

## Access
When to use: getting in
at all

- Waiting: a long time
  - Phones
- Cost/price

# Transport
"""
FOREIGN = {
    "parents.csv": (PARENTS, ["Health", "Health/Access", "Health/Access/Waiting"]),
    "semicolons.csv": (
        'name;description\n"Health; care";"One; two"\nTransport;Buses\n',
        ["Health; care", "Transport"],
    ),
    "hierarchy.csv": (
        "Hierarchical Name,Memo\nNodes\\Health\\Access,in\n",
        ["Nodes/Health/Access"],
    ),
    "theme.csv": ("Theme,Meaning\nHealth,x\nTransport,y\n", ["Health", "Transport"]),
    "outline.md": (
        OUTLINE,
        [
            "Health",
            "Health/Access",
            "Health/Access/Waiting",
            "Health/Access/Waiting/Phones",
            "Health/Access/Cost-price",
            "Transport",
        ],
    ),
    "list.txt": ("About health\n\n- Access\n- Cost\n", ["Access", "Cost"]),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_codebooks_of_others_are_read(tmp_path: Path, name: str) -> None:
    text, paths = FOREIGN[name]
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert [code.path for code in read_codebook(Source.of(tmp_path / name))] == paths


def test_what_others_say_of_a_code_is_read_too(tmp_path: Path) -> None:
    for name in ("parents.csv", "outline.md"):
        (tmp_path / name).write_text(FOREIGN[name][0], encoding="utf-8")

    table = read_codebook(Source.of(tmp_path / "parents.csv"))
    outlined = read_codebook(Source.of(tmp_path / "outline.md"))

    assert table[0] == CodeEntry("Health", "vermilion", "", "About health")
    assert outlined[0].definition == "About health."
    assert outlined[1].use_when == "getting in\nat all"
    assert outlined[2].definition == "a long time"


def test_a_word_file_with_a_table_or_with_headings_is_read(tmp_path: Path) -> None:
    import docx

    tabled, headed = docx.Document(), docx.Document()
    table = tabled.add_table(rows=0, cols=3)
    for cells in (("Code", "Category", "Definition"), ("Access", "Health", "Getting in")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    headed.add_heading("Codebook", 0)
    headed.add_heading("Health", 1)
    headed.add_paragraph("About health.")
    headed.add_paragraph("Exclusion criteria: sport")
    headed.add_heading("Access", 2)
    headed.add_paragraph("Waiting: a long time", style="List Bullet")
    tabled.save(str(tmp_path / "tabled.docx"))
    headed.save(str(tmp_path / "headed.docx"))

    assert read_codebook(Source.of(tmp_path / "tabled.docx")) == (
        CodeEntry("Health/Access", definition="Getting in"),
    )
    assert read_codebook(Source.of(tmp_path / "headed.docx")) == (
        CodeEntry("Health", definition="About health.", not_when="sport"),
        CodeEntry("Health/Access"),
        CodeEntry("Health/Access/Waiting", definition="a long time"),
    )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("codes.pdf", b"%PDF", "not a kind of file"),
        ("codes.csv", b"a,b\n1,2\n", "first row of headings"),
        ("codes.csv", b"", "No codes were found"),
        ("codes.md", b"Only words.\n", "Give each code a heading"),
        ("codes.docx", b"not a zip", "codes.docx"),
        ("codes.csv", b"Path\n" + b"".join(b"c%d\n" % n for n in range(5_001)), "5,001 codes"),
    ],
)  # fmt: skip
def test_what_is_no_codebook_is_refused_in_a_sentence(
    told: Project, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(EvidenceError) as refused:
        told.codebook_files.plan(tmp_path / name)

    assert says in str(refused.value)


def test_a_file_of_an_unknown_kind_is_not_written(told: Project, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"Use .docx, .csv, .md or .qdc"):
        told.codebook_files.export(tmp_path / "codebook.pdf")
    assert not list(tmp_path.glob("codebook.*"))


def test_a_circle_of_parents_is_borne(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Code,Parent\nA,B\nB,A\n", encoding="utf-8")

    paths = [code.path for code in read_codebook(Source.of(tmp_path / "c.csv"))]

    assert [path.rpartition("/")[2] for path in paths] == ["A", "B"]


def test_a_code_of_the_plan_that_was_made_since_is_not_made_twice(
    told: Project, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_text("Path,Definition\nBuses,Late\n", encoding="utf-8")
    plan = told.codebook_files.plan(tmp_path / "c.csv")
    made = told.codebook.add("Buses")

    assert told.codebook_files.take(plan, plan.usual()) == 1
    assert told.codebook.at("Buses") == replace(made, definition="Late")


def _text_of(file: Path) -> str:
    if file.suffix != ".docx":
        return file.read_text("utf-8-sig").replace("\\[", "[").replace("\\]", "]")
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
