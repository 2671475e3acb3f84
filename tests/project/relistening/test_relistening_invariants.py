"""Whatever a machine may hear: tags stay on their words, and all of it can be undone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coder.domain.errors import Refused
from coder.domain.model import Document, Segment, Stretch, new_id
from coder.project import Project
from coder.transcribe import run
from tests.effort import tries
from tests.project.relistening.machine import (
    DATA,
    SYNTHETIC,
    aligns,
    hears,
    sound,
    tag,
)
from tests.recorded import drafted

_WORDS = st.lists(
    st.sampled_from(["We", "met", "the", "choir", "🎉", "sit", "alone.", "volunteers"]),
    min_size=1,
    max_size=5,
).map(" ".join)
_HEARD = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 60), _WORDS, st.integers(0, 2)), max_size=3
)
_NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=3)
_ACTS = st.one_of(
    st.tuples(st.just("hear"), _NUMBERS, _HEARD),
    st.tuples(st.just("anyway"), st.integers(0, 30_000), st.integers(1, 20_000), _HEARD),
    st.tuples(st.just("time"), _NUMBERS, st.lists(st.integers(0, 100), max_size=6)),
    st.tuples(st.just("rewrite"), st.integers(0, 9), _WORDS),
    st.tuples(st.just("split"), st.integers(0, 9), st.integers(0, 40)),
    st.tuples(st.just("join"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("insert"), st.integers(0, 9), _WORDS),
    st.tuples(st.just("tag"), st.integers(0, 99), st.integers(1, 60)),
)
_OTHERS = st.one_of(
    _ACTS,
    st.tuples(st.just("coder"), st.sampled_from(["Noor", "Asha Verma"])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("machine"), st.integers(0, 3_000), _WORDS),
)


def _rows(project: Project) -> list[tuple]:
    database = sqlite3.connect(project.folder / "project.db")
    columns = {"passages": "owner, kind, document_id, start, text"}
    found = [
        row
        for table in ("segments", "stretches", "codings", "passages")
        for row in sorted(database.execute(f"SELECT {columns.get(table, '*')} FROM {table}"))
    ]
    database.close()
    return found


def _do(project: Project, film: Document, act: str, values, monkeypatch) -> None:
    lines = project.segments(film.id)
    document = project.document(film.id)
    if act == "tag":
        words = document.text[values[0] : values[0] + values[1]].strip()
        if words:
            tag(project, film, words)
    elif act == "coder":
        project.as_coder(values[0])
    elif act == "undo":
        if "film" not in (project.next_labels()[0] or ""):
            return
        project.undo()
    elif act == "machine":
        until = project._store.read.heard_until(film.id)
        heard = (Segment(new_id(), film.id, 0, until, until + 500, values[1]),)
        with project._store.step("Hear on", project.coder, "machine") as tx:
            for one in heard:
                tx.put(replace(one, position=int(tx.read.last_position(film.id)) + 1))
            tx.put(Stretch(new_id(), film.id, until, until + 1_000 + values[0], speech=True))
    elif act == "anyway":
        start, length, heard = values
        monkeypatch.setattr(run, "hear", hears(heard))
        project.relistening.hear_anyway(film.id, start, start + length, SYNTHETIC)
    elif lines and act in ("hear", "time"):
        ids = [lines[number % len(lines)].id for number in values[0]]
        monkeypatch.setattr(run, "hear", hears(values[1]) if act == "hear" else run.hear)
        monkeypatch.setattr(run, "align", aligns(values[1]) if act == "time" else run.align)
        listening = project.relistening
        (listening.hear_again if act == "hear" else listening.time_again)(ids, SYNTHETIC)
    elif lines:
        getattr(project.correcting, act)(lines[values[0] % len(lines)].id, *values[1:])


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inquiry with a transcript of three sentences, with silence before, between and behind
    them, and three tags of two coders."""
    folder = tmp_path_factory.mktemp("short") / "inquiry"
    with Project.create(folder, "Loneliness", "SIC", "Noor") as project:
        project.intake.bring([DATA / "evidence_offset2.mp4"])
        [media] = project.evidence.one("SIC0001").documents
        made = drafted(media)
        with project._store.step("Hear", project.coder, "machine") as tx:
            tx.put(made)
            for number, text in enumerate(("We met the choir.", "Nobody sat alone.", "The end.")):
                start = 5_000 + number * 8_000
                tx.put(Segment(new_id(), made.id, number, start, start + 3_000, text))
                tx.put(Stretch(new_id(), made.id, start - 5_000, start, speech=False))
                tx.put(Stretch(new_id(), made.id, start, start + 3_000))
        for coder, words in (
            ("Asha Verma", "the choir.\nNobody"),
            ("Asha Verma", "alone"),
            ("Noor", "end"),
        ):
            project.as_coder(coder)
            tag(project, made, words)
    return folder


@contextmanager
def _copy(short: Path, tmp_path: Path) -> Iterator[tuple[Project, Document]]:
    folder = tmp_path / new_id()
    shutil.copytree(short, folder)
    with Project.open(folder, "Noor") as project:
        [film] = [d for d in project.evidence.one("SIC0001").documents if d.source_id]
        yield project, film


@settings(max_examples=tries(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACTS, max_size=6))
def test_whatever_is_heard_again_tags_stay_on_their_words_and_undo_brings_all_back(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts
) -> None:
    with _copy(short, tmp_path) as (project, film):
        before = _rows(project)
        done = 0
        for act, *values in acts:
            stands = {one.id: one.text for one in project.segments(film.id) if one.checked}
            step = project.history(1)[0].seq
            try:
                _do(project, film, act, values, monkeypatch)
            except Refused:
                continue
            done += project.history(1)[0].seq - step
            sound(project, film)
            if act in ("hear", "anyway", "time"):
                now = {one.id: one.text for one in project.segments(film.id)}
                assert stands.items() <= now.items(), "what a person stands by was overwritten"
        assert project.verify() == []
        for _ in range(done):
            assert project.undo()
        assert _rows(project) == before


@settings(max_examples=tries(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_OTHERS, max_size=12))
@example(acts=[("join", 1), ("coder", "Asha Verma"), ("join", 0), ("machine", 0, "the"), ("undo",)])
def test_with_two_coders_and_a_machine_that_hears_on_it_stays_sound(
    short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, acts
) -> None:
    with _copy(short, tmp_path) as (project, film):
        for act, *values in acts:
            try:
                _do(project, film, act, values, monkeypatch)
            except Refused:
                continue
            sound(project, film)
        assert project.verify() == []
