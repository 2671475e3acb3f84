"""A machine that hears wrongly, or what it is told to, and what holds of a transcript anyway."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from coder.domain.model import Document, Segment, Stretch, Word, new_id
from coder.domain.quiet import Quiet
from coder.project import Project
from coder.project.manner import Manner
from coder.transcribe.engine import Heard, Piece

DATA = Path(__file__).parents[2] / "data"
SYNTHETIC = Manner(model="whisper-synthetic")
TRUTH = json.loads((DATA / "evidence_offset2.truth.json").read_text(encoding="utf-8"))


def spoil(project: Project, film: Document, number: int, text: str, **changes) -> Segment:
    """Has the machine hear a sentence wrongly; gives it."""
    wrong = replace(project.segments(film.id)[number], text=text, words=(), **changes)
    with project._store.step("Hear badly", project.coder, "machine") as tx:
        tx.put(wrong)
    return wrong


def overlook(project: Project, film: Document, *numbers: int) -> list[Quiet]:
    """Has the machine take these sentences for silence; gives the spans."""
    lines = project.segments(film.id)
    gone = [lines[number] for number in numbers]
    spans = [Quiet(one.start_ms - 100, one.end_ms + 100) for one in gone]
    with project._store.step("Overlook", project.coder, "machine") as tx:
        for one in gone:
            tx.delete(one)
        for stretch in tx.read.stretches(film.id):
            tx.delete(stretch)
        place = 0
        for one in spans:
            tx.put(Stretch(new_id(), film.id, place, one.start_ms))
            tx.put(Stretch(new_id(), film.id, one.start_ms, one.end_ms, speech=False))
            place = one.end_ms
        tx.put(Stretch(new_id(), film.id, place, film.media_ms or place + 1))
    return spans


def texts(project: Project, film: Document) -> list[str]:
    return [one.text for one in project.segments(film.id)]


def tag(project: Project, film: Document, words: str, code: str = "Places") -> None:
    document = project.document(film.id)
    start = document.text.index(words)
    project.tag_with_new_code(document, start, start + len(words), code)


def quotes(project: Project) -> list[tuple[str, str]]:
    return [(one.coder, one.quote) for one in project.quotes.select()]


def late(segment: Segment, number: int) -> float:
    """How far the words of a sentence are off the truth, in seconds: the median."""
    truth = [at for _, at in TRUTH[number]["words"]]
    return median(
        abs(word.start_ms / 1000 - at) for word, at in zip(segment.words, truth, strict=False)
    )


def sound(project: Project, film: Document) -> None:
    """What holds of every transcript: tags say their words, lines are in order, nothing broken."""
    lines = project.segments(film.id)
    document = project.document(film.id)
    assert document.text == "\n".join(one.text for one in lines)
    assert all(document.text[one.start : one.end] == one.text != "" for one in lines)
    assert all(one.start_ms <= other.start_ms for one, other in pairwise(lines))
    assert all(one.start_ms <= one.end_ms for one in lines)
    assert len({one.position for one in lines}) == len(lines)
    for one in lines:
        assert all(one.start_ms <= w.start_ms <= w.end_ms <= one.end_ms for w in one.words)
        assert all(w.end <= len(one.text) for w in one.words)
    assert project.codings.mismatches() == []
    assert project._store.verify() == []


def hears(told: Sequence[tuple[int, int, str, int]]):
    """A machine that hears these in every span: begun and lasting so many per cent of it, with
    these words, in this voice."""

    def hear(path, way, spans, *, job, home=None, name=""):
        del path, way, job, home, name
        pieces = []
        for begins, ends in spans:
            length = ends - begins
            found = []
            for start, lasts, text, voice in told:
                start_ms = begins + length * start // 100
                end_ms = min(ends, start_ms + length * lasts // 100)
                words, at = [], 0
                for word in text.split():
                    words.append(Word(at, at + len(word), start_ms, end_ms, 0.4))
                    at += len(word) + 1
                found.append(Heard(start_ms, end_ms, text, 0.3, 0.1, 1.0, 0.2, tuple(words), voice))
            found.sort(key=lambda one: (one.start_ms, one.voice))
            pieces.append(Piece(begins, ends, True, tuple(found)))
        return pieces

    return hear


def aligns(shares: Sequence[int]):
    """A machine that says of each word that it is spoken at such a share of its span, in per
    cent."""

    def align(path, way, lines, *, job, home=None, name=""):
        del path, way, job, home, name
        found = []
        for line in lines:
            (begins, ends), at, words = line.span, 0, []
            for number, word in enumerate(line.text.split()):
                share = sorted(shares)[min(number, len(shares) - 1)] if shares else 0
                when = begins + (ends - begins) * share // 100
                at = line.text.index(word, at)
                words.append(Word(at, at + len(word), when, when, 0.3))
                at += len(word)
            found.append(tuple(words) if shares else ())
        return found

    return align
