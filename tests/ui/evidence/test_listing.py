"""What the list knows of how far a coder is, and that it stays quick about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from coder.domain.model import Document, DocumentKind, Status, Submission
from coder.domain.sight import Others
from coder.project.evidence import State, SubmissionView
from coder.project.signed_state import Signers
from coder.store.reads import Tagged
from coder.ui import theme
from coder.ui.evidence.listing import BADGES, FAR, Far, SubmissionModel
from coder.ui.evidence.row_look import RowLook

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def view(
    number: int, *, read: bool = False, coded: bool = False, **fields: object
) -> SubmissionView:
    ids = frozenset({f"d{number}"})
    tagged = fields.pop("tagged", Tagged())
    assert isinstance(tagged, Tagged)
    document = Document(f"d{number}", f"s{number}", 0, "letter.txt", DocumentKind.DOCUMENT)
    submission = Submission(f"s{number}", f"SIC{number:04}", f"Writer {number}", **fields)  # type: ignore[arg-type]
    return SubmissionView(
        submission,
        (document,),
        {document.id: 200},
        tagged.all,
        tagged=tagged,
        read=ids if read or coded else frozenset(),
        coded=ids if coded else frozenset(),
    )


@pytest.fixture
def holder(qtbot) -> QWidget:
    """What the list would be in."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def model(holder: QWidget) -> SubmissionModel:
    """Five submissions: unread, begun, read, coded and withdrawn."""
    made = SubmissionModel(holder)
    made.show(
        [
            view(1),
            view(2, tagged=Tagged(9, 4, 5, 50)),
            view(3, read=True),
            view(4, coded=True),
            view(5, status=Status.WITHDRAWN),
        ]
    )
    return made


def listed(model: SubmissionModel, words: str) -> list[int]:
    model.words = words
    model.arrange()
    return [int(one.view.submission.ref[3:]) for one in model.matching]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("unread", [1, 2]),
        ("begun", [2]),
        ("read", [3, 4]),
        ("coded", [4]),
        ("uncoded", [1, 2, 3]),
        ("read uncoded", [3]),
        ("unr", [1, 2]),
        ("unc", [1, 2, 3]),
        ("UNREAD writer 2", [2]),
        ("unread coded", []),
    ],
)
def test_a_filter_asks_how_far_one_is(model: SubmissionModel, words: str, found: list[int]) -> None:
    assert listed(model, words) == found


def test_what_is_signed_off_is_told_and_found(model: SubmissionModel) -> None:
    holds = replace(view(6), signed=Signers(("Ines", "Noor"), ("Tom",)))
    lapsed = replace(view(7), signed=Signers((), ("Noor",)))
    model.show([*model.views, holds, lapsed])

    assert [listed(model, words) for words in ("signed", "lapsed")] == [[6], [7]]
    model.words = "sign"
    model.arrange()
    assert [model.index(row).data(BADGES)[-1] for row in range(2)] == [
        "signed off",
        "sign-off lapsed",
    ]
    tips = [model.index(row).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    assert "signed off by Ines and Noor, by Tom before it changed" in tips[0]
    assert "signed off by Noor before it changed" in tips[1]
    assert "sign-off lapsed" in model.index(1).data(SPOKEN)


def test_what_is_unread_can_come_first(model: SubmissionModel) -> None:
    model.show([*reversed(model.views[:4]), model.views[4]])
    model.order = "Unread first"
    model.arrange()

    assert listed(model, "") == [1, 2, 3, 4, 5]


def test_the_bar_tells_how_far_one_has_read_and_tagged(model: SubmissionModel) -> None:
    model.furthest = lambda document: {"d1": 0, "d2": 120}.get(document, 0)

    far = [model.index(row).data(FAR) for row in range(5)]

    assert far == [
        Far(State.UNREAD),
        Far(State.BEGUN, 0.6, 0.25),
        Far(State.READ, 1.0),
        Far(State.CODED, 1.0),
        Far(State.ASIDE),
    ]


def test_what_was_only_looked_into_is_begun(model: SubmissionModel) -> None:
    model.furthest = lambda _: 50

    assert model.index(0).data(FAR) == Far(State.BEGUN, 0.25)


def test_a_screen_reader_hears_how_far_one_is(model: SubmissionModel) -> None:
    model.furthest = lambda document: 120 * (document == "d2")

    told = [model.index(row).data(SPOKEN) for row in range(4)]

    assert told[0].startswith("SIC0001, Writer 1, unread, not tagged")
    assert told[1].startswith("SIC0002, Writer 2, begun, read to 60%, 9 tags")
    assert told[2].startswith("SIC0003, Writer 3, read, ")
    assert told[3].startswith("SIC0004, Writer 4, declared coded, ")


def test_what_is_declared_coded_in_part_is_told_and_has_half_a_tick(holder: QWidget) -> None:
    one = view(1, read=True)
    second = replace(one.documents[0], id="d1b")
    part = replace(
        one,
        documents=(*one.documents, second),
        lengths={"d1": 200, "d1b": 200},
        coded=frozenset({"d1"}),
    )
    model = SubmissionModel(holder)
    model.show([part, view(4, coded=True)])

    assert model.index(0).data(FAR).coded == (1, 2)
    assert "1 of 2 documents declared coded" in model.index(0).data(SPOKEN)
    assert "1 of 2 documents declared coded" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(1).data(FAR).coded == (0, 0)


def test_only_the_tags_in_sight_are_counted(model: SubmissionModel) -> None:
    counts = []
    for others in (Others.SHOWN, Others.HIDDEN, Others.BLIND):
        model.others = others
        counts.append(model.all_tags())

    assert counts == [9, 4, 5]


def test_a_submission_that_keeps_its_place_changes_one_line(model: SubmissionModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom, *_: told.append((top.row(), bottom.row())))
    model.modelReset.connect(lambda: told.append((-1, -1)))

    model.change([view(3, coded=True)])

    assert told == [(2, 2)]
    assert model.index(2).data(FAR).state is State.CODED
    assert model.matching[2].view is model.views[2] is model.view("s3")


def test_under_a_filter_a_submission_leaves_when_it_no_longer_fits(model: SubmissionModel) -> None:
    assert listed(model, "unread") == [1, 2]

    model.change([view(1, read=True)])

    assert [one.view.submission.ref for one in model.matching] == ["SIC0002"]


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_unread_begun_and_coded_look_different(
    holder: QWidget, model: SubmissionModel, monkeypatch: pytest.MonkeyPatch, look: theme.Theme
) -> None:
    monkeypatch.setattr(theme, "current", lambda: look)
    model.furthest = lambda document: 120 * (document == "d2")
    pictures = []
    for row in range(4):
        image = QImage(300, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(look.window))
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        painter = QPainter(image)
        delegate = RowLook(holder)
        delegate.paint(painter, option, model.index(row))
        painter.end()
        dot = image.copy(6, 0, 12, 30)
        pictures.append((bytes(dot.constBits()), bytes(image.copy(230, 0, 70, 30).constBits())))

    dots, bars = zip(*pictures, strict=True)
    assert len(set(dots)) == 3, "unread, begun, and neither"
    assert len(set(bars)) == 4
