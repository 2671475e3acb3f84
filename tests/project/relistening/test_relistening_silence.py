"""What was taken for silence is heard anyway at a person's wish, or confirmed to be silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder.domain.errors import Refused
from coder.domain.model import Document
from coder.domain.quiet import Quiet
from coder.project import Project
from coder.project.taking import NOTHING
from coder.transcribe import run
from tests.project.relistening.machine import (
    hears,
    overlook,
    quotes,
    sound,
    tag,
    texts,
)


@pytest.mark.parametrize("numbers", [(0,), (2,), (3,), (0, 1), (0, 1, 2, 3)], ids=str)
def test_what_was_taken_for_silence_is_heard_anyway_and_counts_as_listened_to(
    project: Project, film: Document, numbers: tuple[int, ...]
) -> None:
    before = texts(project, film)
    spans = overlook(project, film, *numbers)
    if len(numbers) < len(before):
        tag(project, film, texts(project, film)[-1])
    kept = set(quotes(project))
    left = texts(project, film)
    stretches = project._store.read.stretches(film.id)

    for span in spans:
        project.relistening.hear_anyway(film.id, span.start_ms, span.end_ms)

    assert " ".join(texts(project, film)).split() == " ".join(before).split()
    assert project.relistening.quiet(film.id, 1) == []
    assert set(quotes(project)) == kept
    sound(project, film)
    for _ in spans:
        project.undo()
    assert texts(project, film) == left
    assert project.relistening.quiet(film.id, 1) == spans
    assert project._store.read.stretches(film.id) == stretches
    sound(project, film)


def test_a_transcript_without_any_sentence_says_no_longer_that_nobody_speaks(
    project: Project, film: Document
) -> None:
    lines = project.segments(film.id)
    spans = overlook(project, film, *range(len(lines)))
    with project._store.step("Nothing", project.coder, "machine") as tx:
        tx.put(replace(tx.read.header(film.id), problems=(NOTHING,)))

    project.relistening.hear_anyway(film.id, spans[0].start_ms, spans[0].end_ms)

    assert project.document(film.id).problems == ()
    sound(project, film)
    project.undo()
    assert project.document(film.id).problems == (NOTHING,)
    assert texts(project, film) == []


def test_only_what_was_without_speech_is_heard_anyway(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    before = texts(project, film)

    done = project.relistening.hear_anyway(film.id, 0, 1_000_000)

    assert len(texts(project, film)) == len(before) + len(done.segments)
    assert all(span.start_ms <= one.start_ms < span.end_ms for one in done.segments)
    with pytest.raises(Refused, match="has no part without speech between 00:02 and 00:20"):
        project.relistening.hear_anyway(film.id, 2_500, 20_000)


def test_where_nothing_is_heard_the_words_stay_and_silence_counts_as_listened_to(
    project: Project, film: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    [span] = overlook(project, film, 3)
    monkeypatch.setattr(run, "hear", hears(()))
    before = project.segments(film.id)
    labels = project.next_labels()

    assert project.relistening.hear_again([before[0].id]).segments == ()
    assert project.next_labels() == labels
    assert project.relistening.hear_anyway(film.id, span.start_ms, span.end_ms).segments == ()

    assert project.segments(film.id) == before
    assert project.relistening.quiet(film.id, 1) == []
    project.undo()
    assert project.relistening.quiet(film.id, 1) == [span]


def test_a_person_may_say_that_nobody_speaks(project: Project, film: Document) -> None:
    [span] = overlook(project, film, 2)
    middle = (span.start_ms + span.end_ms) // 2

    project.relistening.confirm_quiet(film.id, span.start_ms, middle)

    assert project.relistening.quiet(film.id, 1) == [Quiet(middle, span.end_ms)]
    project.relistening.confirm_quiet(film.id, middle, span.end_ms)
    assert project.relistening.quiet(film.id, 1) == []
    assert project.verify() == []
    project.undo()
    project.undo()
    assert project.relistening.quiet(film.id, 1) == [span]
