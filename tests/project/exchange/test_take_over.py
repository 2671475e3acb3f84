"""What other programs write comes in: words, tags on the right words, memos, cases, coders; and
what cannot be carried is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.domain.errors import Unreadable
from coder.project import Project
from coder.project.exchange.report import TakenOver
from tests.ingest.refi import others
from tests.ingest.refi.others import PASSAGES, TEXT, File, guid, said, tag

DATA = Path(__file__).parents[2] / "data"


def bring(project: Project, file: File, folder: Path) -> TakenOver:
    path = folder / "theirs.qdpx"
    path.write_bytes(file.packed())
    return project.interchange.bring_in(path)


def quotes(project: Project) -> list[tuple[str, str]]:
    """The words of every tag with its code, in the order of the texts."""
    codes = {code.id: code.name for code in project.codebook.codes()}
    return [
        (one.quote, codes[one.code_id])
        for view in project.evidence.all()
        for document in view.documents
        for one in project.codings.of(document.id)
    ]


def left(report: TakenOver) -> dict[str, int]:
    return {one.what: one.count for one in report.left}


def test_a_project_of_qualcoder(empty: Project, tmp_path: Path) -> None:
    report = bring(empty, others.qualcoder(), tmp_path)

    assert report.units == "Unicode code points"
    assert quotes(empty) == list(PASSAGES)
    paths = [view.path for view in empty.codebook.tree()]
    assert paths == ["Doing", "Doing/Giving", "Doing/Coming back", "Places"]
    assert empty.codebook.at("Coming back").definition == "They come again."
    [view] = empty.evidence.all()
    assert (view.submission.respondent, view.submission.permission) == ("Mo Field", "anonymous")
    assert [coder.name for coder in empty.coders()] == ["Rosa Lind", "Zadie"]
    told = {(memo.kind, memo.text) for memo in empty.memos.all()}
    assert told == {
        ("submission", "Age: 54"),
        ("submission", "Lives above the shop."),
        ("document", "Recorded on the doorstep."),
        ("project", "A project memo."),
        ("journal", "Met Mo today."),
    }
    assert left(report) == {"sources in several cases": 1, "cases without a source": 1}
    [document] = view.documents
    assert empty._store.read.original(document.original).name == "neighbour.docx"
    assert empty.document(document.id).text == TEXT
    assert empty.verify() == []
    assert empty.account.table().received == 1


@pytest.mark.parametrize("inline", [False, True])
def test_a_project_of_nvivo_counts_otherwise(
    empty: Project, tmp_path: Path, *, inline: bool
) -> None:
    report = bring(empty, others.nvivo(inline=inline), tmp_path)

    assert quotes(empty) == list(PASSAGES)
    assert report.units.startswith("UTF-16 units")
    assert report.sentences()[0] == f"Places of passages are counted in {report.units}."
    assert left(report) == {
        "links between passages, codes and memos": 1,
        "sets of codes and sources": 2,
        "maps and diagrams": 1,
    }
    [view] = empty.evidence.all()
    assert "\r" not in empty.document(view.documents[0].id).text
    assert empty.verify() == []


def test_the_same_file_twice_changes_nothing(empty: Project, tmp_path: Path) -> None:
    for file in (others.qualcoder(), others.nvivo()):
        bring(empty, file, tmp_path)
        steps = len(empty.history())
        assert bring(empty, file, tmp_path).nothing_new
        assert len(empty.history()) == steps


def test_a_film_comes_with_its_words_and_times(empty: Project, tmp_path: Path) -> None:
    report = bring(empty, others.with_film((DATA / "evidence_offset2.mp4").read_bytes()), tmp_path)

    film, transcript = empty.evidence.one("ANO0001").documents
    assert film.media_ms
    assert transcript.source_id == film.id
    assert [(one.text, one.start_ms, one.end_ms) for one in empty.segments(transcript.id)] == [
        ("We baked bread.", 0, 937),
        ("For the whole street 🙂.", 1000, 1958),
        ("Nobody asked us.", 2000, 2941),
    ]
    assert quotes(empty) == [
        ("For the whole street 🙂.", "Giving"),
        ("Nobody asked us.", "Giving"),
    ]
    assert left(report) == {
        "files missing": 1,
        "tags on sound": 1,
        "sources without anything": 1,
        "tags": 1,
    }
    assert len(empty.evidence.all()) == 1, "nothing stands for the picture"
    assert empty.verify() == []


def text_file(
    inside: str = "", before: str = "", text: str = "One two three.", **more: str
) -> File:
    """A project with one code and one short text."""
    code = tag("Code", guid=guid("A"), name="A", isCodable="true")
    document = tag(
        "Project",
        [
            tag("CodeBook", [tag("Codes", [more.get("codes", code)])]),
            tag("Sources", [tag("TextSource", [
                said("PlainTextContent", text), inside], guid=guid("source"), name="T")]),
            before,
        ],
        xmlns=others.PROJECT, name="P",
    )  # fmt: skip
    return File(document)


def selected(start: object, end: object, *inside: str, name: str = "") -> str:
    return tag(
        "PlainTextSelection", inside, guid=guid("s", start, end, name), startPosition=start,
        endPosition=end,
    )  # fmt: skip


def coded(*parts: object, code: str = "A", inside: str = "") -> str:
    return tag("Coding", [tag("CodeRef", targetGUID=guid(code)), inside], guid=guid("c", *parts))


def test_what_stands_on_no_words_is_counted(empty: Project, tmp_path: Path) -> None:
    inside = (
        selected(4, 4, coded(1))
        + selected(3, 4, coded(2))
        + selected(10, 400, coded(3))
        + selected("x", 3, coded(4))
        + selected(0, 3, coded(5))
        + selected(0, 3, coded(6), name="again")
        + selected(4, 7, coded(7, code="nowhere"))
    )

    report = bring(empty, text_file(inside), tmp_path)

    assert quotes(empty) == [("One", "A")]
    assert sorted((one.what, one.count) for one in report.left) == [
        ("selections", 1),
        ("selections", 1),
        ("selections of no length", 2),
        ("tags told twice", 1),
        ("tags without a code", 1),
    ]


def test_ends_of_a_selection_are_words(empty: Project, tmp_path: Path) -> None:
    bring(empty, text_file(selected(3, 8, coded(1))), tmp_path)

    assert quotes(empty) == [("two", "A")]


def test_a_code_on_a_whole_source_stands_on_all_its_words(empty: Project, tmp_path: Path) -> None:
    bring(empty, text_file(coded(1)), tmp_path)

    assert quotes(empty) == [("One two three.", "A")]


def test_a_note_on_words_without_a_code_is_a_memo_with_the_words(
    empty: Project, tmp_path: Path
) -> None:
    note = tag("Notes", [tag("Note", [said("PlainTextContent", "Odd.")], guid=guid("n"))])
    inside = selected(4, 7, tag("NoteRef", targetGUID=guid("n")))

    bring(empty, text_file(inside, note), tmp_path)

    assert [(memo.kind, memo.text) for memo in empty.memos.all()] == [("document", "“two”\n\nOdd.")]


def test_a_tag_without_a_coder_is_whose_who_brings_it_in(empty: Project, tmp_path: Path) -> None:
    bring(empty, text_file(selected(0, 3, coded(1))), tmp_path)

    assert [one.name for one in empty.coders()] == ["Zadie"]


def test_codes_are_matched_by_their_paths_and_keep_what_is_said_here(
    empty: Project, tmp_path: Path
) -> None:
    mine = empty.codebook.add("A", "What I say.")
    theirs = tag(
        "Code", [said("Description", "What they say."),
                 tag("Code", guid=guid("B"), name="B/C", isCodable="true")],
        guid=guid("A"), name="a", isCodable="true",
    )  # fmt: skip

    report = bring(empty, text_file(selected(0, 3, coded(1)), codes=theirs), tmp_path)

    assert [one.code_id for one in empty.codings.of(guid("source").replace("-", ""))] == [mine.id]
    assert empty.codebook.at("A").definition == "What I say."
    assert empty.codebook.at("A/B-C").name == "B-C"
    assert left(report) == {"codes said otherwise": 1}


def test_codes_of_one_name_become_one_and_none_stands_too_deep(
    empty: Project, tmp_path: Path
) -> None:
    twins = "".join(tag("Code", guid=guid(one), name="A", isCodable="true") for one in "AB")
    deep = ""
    for level in range(30, 0, -1):
        deep = tag("Code", [deep], guid=guid(level), name=f"L{level}", isCodable="true")

    report = bring(empty, text_file(codes=twins + deep), tmp_path)

    assert left(report) == {"codes of one name": 1, "codes too deep": 10}
    assert max(view.depth for view in empty.codebook.tree()) == 19


def test_a_reference_that_is_given_here_is_given_to_nothing_else(
    empty: Project, tmp_path: Path
) -> None:
    bring(empty, text_file(), tmp_path)
    value = [tag("VariableRef", targetGUID=guid("v")), said("TextValue", "ANO0001")]
    case = tag("Case", [tag("VariableValue", value), tag("SourceRef", targetGUID=guid("other"))],
               guid=guid("case"), name="Somebody")  # fmt: skip
    document = tag(
        "Project",
        [
            tag("Variables", [
                tag("Variable", guid=guid("v"), name="Reference", typeOfVariable="Text"),
            ]),
            tag("Cases", [case]),
            tag("Sources", [tag("TextSource", [said("PlainTextContent", "Words.")],
                                guid=guid("other"), name="O")]),
        ],
        xmlns=others.PROJECT, name="P",
    )  # fmt: skip

    report = bring(empty, File(document), tmp_path)

    assert report.refs == ("ANO0002",)
    assert report.left[0].names == ("ANO0001, now ANO0002",)


def test_words_that_differ_here_are_told_and_keep_their_tags(
    empty: Project, tmp_path: Path
) -> None:
    bring(empty, text_file(selected(0, 3, coded(1))), tmp_path)

    inside = selected(0, 3, coded(1)) + selected(4, 7, coded(2))
    report = bring(empty, text_file(inside, text="Ono two."), tmp_path)

    assert quotes(empty) == [("One", "A")]
    assert left(report) == {"documents with other words": 1, "tags": 1}


def test_what_is_no_project_is_refused_in_a_sentence(empty: Project, tmp_path: Path) -> None:
    path = tmp_path / "no.qdpx"
    for data in (b"", b"PK\x03\x04 nothing", b"<Project", File("<a/>").packed(), b"words"):
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            empty.interchange.bring_in(path)
    assert len(empty.history()) == 1


def test_of_what_has_neither_words_nor_file_nothing_is_here_and_all_is_counted(
    empty: Project, tmp_path: Path
) -> None:
    # Given a letter that is not in the file, a film that is not either, and what stands on them
    document = tag(
        "Project",
        [
            tag("CodeBook", [tag("Codes", [
                tag("Code", guid=guid("A"), name="A", isCodable="true")])]),
            tag("Cases", [tag("Case", [tag("SourceRef", targetGUID=guid("letter"))],
                              guid=guid("case"), name="Mo Field")]),
            tag("Sources", [
                tag("TextSource", [coded("whole"), selected(0, 3, coded(1)),
                                   tag("NoteRef", targetGUID=guid("note"))],
                    guid=guid("letter"), name="Letter", plainTextPath="internal://gone.txt"),
                tag("VideoSource", guid=guid("film"), name="Film", path="internal://gone.mp4"),
                tag("TextSource", [said("PlainTextContent", "One two.")], guid=guid("here"),
                    name="Here"),
            ]),
            tag("Notes", [tag("Note", [said("PlainTextContent", "Read again.")],
                              guid=guid("note"), name="Note")]),
        ],
        xmlns=others.PROJECT, name="P",
    )  # fmt: skip

    report = bring(empty, File(document), tmp_path)

    [view] = empty.evidence.all()
    assert [one.title for one in view.documents] == ["Here"]
    assert empty.memos.all() == []
    assert left(report) == {
        "files missing": 1,
        "sources without anything": 2,
        "tags": 2,
        "notes on sources": 1,
        "cases without a source": 1,
    }
    assert empty.verify() == []


def test_words_are_read_from_a_file_where_the_document_has_none(
    empty: Project, tmp_path: Path
) -> None:
    """Some programs hand over a Word file or a PDF and leave its words to whoever reads it."""
    import docx

    word = docx.Document()
    word.add_paragraph("We baked bread.")
    word.save(str(tmp_path / "a.docx"))
    document = tag(
        "Project",
        [
            tag("Sources", [
                tag("TextSource", guid=guid("rich"), name="Diary",
                    richTextPath=f"internal://{guid('rich')}.docx"),
                tag("PDFSource", [
                    tag("Representation", [
                        said("PlainTextContent", "One two."),
                        selected(4, 7, coded(1)),
                    ], guid=guid("text")),
                ], guid=guid("pdf"), name="Leaflet.pdf", path=f"internal://{guid('pdf')}.pdf"),
            ]),
            tag("CodeBook", [tag("Codes", [
                tag("Code", guid=guid("A"), name="A", isCodable="true"),
            ])]),
        ],
        xmlns=others.PROJECT, name="P",
    )  # fmt: skip
    rich, leaflet = (tmp_path / "a.docx").read_bytes(), b"%PDF-1.4 invented"
    members = {f"sources/{guid('rich')}.docx": rich, f"sources/{guid('pdf')}.pdf": leaflet}

    report = bring(empty, File(document, members), tmp_path)

    assert report.left == ()
    documents = [one for view in empty.evidence.all() for one in view.documents]
    texts = {one.title: empty.document(one.id).text for one in documents}
    assert texts == {"Diary": "We baked bread.", "Leaflet.pdf": "One two."}
    names = {one.name for one in empty._store.read.originals()}
    assert names == {"Diary.docx", "Leaflet.pdf"}
    assert quotes(empty) == [("two", "A")]
