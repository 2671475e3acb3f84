"""Comments in a copy of a report: where they stand, and that nothing else changes."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as WordDocument

from coder.domain.errors import Unreadable
from coder.export.checking.comments import Note, commented
from coder.export.checking.reading import open_report, w
from coder.export.checking.story import Stretch
from tests.export.checking.reports import Report

MOMENT = "2020-11-22T10:00:00Z"


def _beside(data: bytes) -> dict[str, str]:
    """The words that each comment is tied to, by its own words."""
    document = WordDocument(io.BytesIO(data))
    said = {str(one.comment_id): one.text for one in document.comments}
    open_: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for element in document.element.body.iter():
        if element.tag == w("commentRangeStart"):
            open_[element.get(w("id"))] = []
        elif element.tag == w("commentRangeEnd"):
            key = element.get(w("id"))
            found[said[key]] = "".join(open_.pop(key))
        elif element.tag == w("t"):
            for words in open_.values():
                words.append(element.text or "")
    assert not open_
    references = document.element.body.iter(w("commentReference"))
    assert sorted(one.get(w("id")) for one in references) == sorted(said)
    return found


def _stretch(data: bytes, words: str) -> Stretch:
    for place, one in enumerate(open_report(data, "r").story.paragraphs):
        if words in one.text:
            start = one.text.index(words)
            return Stretch(place, start, place, start + len(words))
    raise AssertionError(words)


def test_comments_stand_at_exactly_their_words() -> None:
    report = Report()
    report.heading("The report", 0)
    report.say("They said “we queue every week” and “we wait” in the hall{{A note on queues}}.")
    report.row("A cell with words", "Another")
    report.box("Words in a box")
    report.tracked("They ", "gone ", "all wait", " here.")
    data = report.bytes()
    words = ("we queue every week", "queue", "we wait", "cell with", "all wait")
    notes = [Note(None, ("Summary.",))]
    notes += [Note(_stretch(data, one), (f"On {one}.", "More.")) for one in words]

    copy = commented(data, "r", notes, MOMENT)

    assert _beside(copy) == {"Summary.": "The report"} | {f"On {o}.\nMore.": o for o in words}
    assert _texts(copy) == _texts(data)


def test_what_cannot_hold_a_comment_has_it_where_it_hangs() -> None:
    report = Report()
    report.say("In the hall{{A note on queues}}.")
    report.box("Words in a box")
    report.header("Words in a header")
    data = report.bytes()
    notes = [
        Note(_stretch(data, words), (words,)) for words in ("note on", "in a box", "in a header")
    ]
    beside = _beside(commented(data, "r", notes, MOMENT))
    assert beside["note on"] == ""
    assert set(beside["in a box"].split("Words in a box")) == {""}
    assert beside["in a header"] == "In the hall."


def test_earlier_comments_stay() -> None:
    report = Report()
    report.say("They wait in the hall.")
    paragraph = report.document.paragraphs[-1]
    report.document.add_comment(paragraph.runs, text="By a colleague", author="Asha")
    data = report.bytes()
    copy = commented(data, "r", [Note(_stretch(data, "hall"), ("Ours",))], MOMENT)
    both = {one.text: one.author for one in WordDocument(io.BytesIO(copy)).comments}
    assert both == {"By a colleague": "Asha", "Ours": "Evidence Coder"}


def test_all_other_parts_stay_byte_for_byte() -> None:
    report = Report()
    report.say("They wait.{{Note}}")
    data = report.bytes()
    copy = commented(data, "r", [Note(_stretch(data, "wait"), ("Ours",))], MOMENT)
    ours = {"word/document.xml", "word/comments.xml", "[Content_Types].xml"}
    ours |= {"word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(copy)) as new:
        assert set(new.namelist()) == set(old.namelist()) | ours
        for name in set(old.namelist()) - ours:
            assert old.read(name) == new.read(name)


def _texts(data: bytes) -> list[str]:
    return [one.text for one in open_report(data, "r").story.paragraphs]


def test_a_damaged_picture_is_told() -> None:
    report = Report()
    report.say("Words of a report.")
    with zipfile.ZipFile(stream := io.BytesIO(report.bytes()), "a") as archive:
        archive.writestr("word/media/picture.png", b"colours" * 99)
    data = stream.getvalue().replace(b"colourscolours", b"colourscolourz", 1)
    with pytest.raises(Unreadable, match="damaged"):
        commented(data, "report.docx", [], MOMENT)
