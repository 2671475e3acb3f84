"""What a person looks over before anonymous quotes leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder.domain.errors import Refused
from coder.domain.model import Document
from coder.domain.quotes import QuoteFilter
from coder.export.selection import publishable
from coder.project import Project
from coder.project.review import Hint

Letter = Callable[..., Document]


def test_what_is_masked_is_shown_and_more_can_be(project: Project, letter: Letter) -> None:
    # Given an anonymous passage with a name, a neighbour and a number
    document = letter("Ada Brook asked Mrs Patel of Elm Row, 07700 900123. Ada went.")
    project.evidence.change("SIC0001", respondent="Ada Brook", permission="anonymous")
    project.codings.tag(document, 0, len(document.text), [project.codebook.add("A")])

    # When it is looked over
    def looked_over() -> object:
        found = project.quotes.select(QuoteFilter())
        of, texts = [project.submission("SIC0001")], {document.id: document.text}
        [one] = project.review.of(publishable(found, of, texts).quotes)
        return one

    one = looked_over()
    assert one.masked == (("Ada Brook", "[name]"), ("Ada", "[name]"))
    assert [(clue.words, clue.hint) for clue in one.clues] == [
        ("Patel", Hint.TITLED),
        ("07700 900123", Hint.PHONE),
    ]

    # Then what is ticked is masked too, in one step each
    project.review.mask("SIC0001", "Patel", "Elm Row")
    project.review.mask("SIC0001", "07700 900123", "Patel")
    one = looked_over()
    assert one.quote == "[name] asked Mrs [withheld] of [withheld], [withheld]. [name] went."
    assert one.clues == ()
    assert project.submission("SIC0001").also_masked == "Patel; Elm Row; 07700 900123"
    assert project.undo() == "Change the words to mask of SIC0001"


def test_words_too_short_to_be_found_are_refused(project: Project, letter: Letter) -> None:
    letter("Hello.")
    with pytest.raises(Refused, match="“x” is too short"):
        project.review.mask("SIC0001", "Patel", "x")
    assert project.submission("SIC0001").also_masked == ""
