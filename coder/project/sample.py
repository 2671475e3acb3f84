"""The sample inquiry that is shipped: made into a project by the same acts a person would do."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coder import places
from coder.domain.errors import EvidenceError, NotFound, Outdated, Refused
from coder.domain.model import DocumentKind
from coder.jobs import Job
from coder.project.calls import themes_from_call
from coder.project.codebook import KEYS
from coder.project.manner import Manner
from coder.project.project import Project

TITLE = "Neighbours Again: an inquiry into social connection after the pandemic"
PREFIX = "SIC"
CLOSES = "2020-09-18"
MAKER = "Evidence Coder (sample)"
"""Whose acts the import and the particulars are, so that undo begins with a person's own acts."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What the sample holds. `unplaced` has a sentence for each thing that found no place in it,
    and is empty where all is well."""

    submissions: int
    documents: int
    transcripts: int
    codes: int
    codings: int
    coders: tuple[str, ...]
    unplaced: tuple[str, ...] = ()


def is_sample(folder: Path) -> bool:
    """Whether the sample inquiry lies in `folder` already.

    Raises Refused where another project or something else does, EvidenceError where a project
    there cannot be read.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return False
    try:
        there = Project.glance(folder)
    except NotFound:
        there = ("", "")
    if there != (TITLE, PREFIX):
        raise Refused(f"“{folder}” holds something else already.", "Choose a new folder.")
    return True


def renew_sample(folder: Path) -> None:
    """Brings the sample inquiry in `folder` up to date where an older version of the program made
    it. Raises Refused where it is open elsewhere, EvidenceError where it cannot be written to."""
    try:
        Project.open(folder, MAKER, read_only=True).close()
    except Outdated:
        Project.open(folder, MAKER).close()


def make_sample(folder: Path, job: Job, *, transcribe: bool = True) -> SampleReport:
    """Makes the sample inquiry in `folder`, which must not exist or be empty.

    Themes come from its call for evidence, then its evidence is imported, its recordings are
    transcribed (unless `transcribe` is off, which leaves out the codings on transcripts too), and
    both coders' codings are put where their words stand. The project is there whole or not at all.
    Raises EvidenceError, Cancelled.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"“{folder}” exists already and is not empty.", "Choose a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder.parent) as bench:
        fresh = Path(bench) / "project"
        codes = themes_from_call(places.samples() / "call-for-evidence.docx")
        with Project.create(fresh, TITLE, PREFIX, MAKER, closes=CLOSES, codes=codes) as project:
            unplaced = _fill(project, job, transcribe)
            report = holdings(project, unplaced)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    return report


def holdings(project: Project, unplaced: tuple[str, ...] = ()) -> SampleReport:
    """What a project holds, in numbers."""
    views = project.evidence.all()
    documents = [document for view in views for document in view.documents]
    return SampleReport(
        submissions=len(views),
        documents=len(documents),
        transcripts=sum(one.kind is DocumentKind.TRANSCRIPT for one in documents),
        codes=len(project.codebook.codes()),
        codings=sum(view.codings for view in views),
        coders=tuple(dict.fromkeys(quote.coder for quote in project.quotes.select())),
        unplaced=unplaced,
    )


def _fill(project: Project, job: Job, transcribe: bool) -> tuple[str, ...]:
    files = sorted((places.samples() / "evidence").iterdir())
    report = project.intake.bring(files, job=job)
    if report.stopped:
        raise report.stopped
    refs = {Path(one.path).name: one.ref for one in report.imported}
    unplaced = [f"“{file.name}” did not come in." for file in files if file.name not in refs]
    unplaced += _set_particulars(project, refs)
    if transcribe:
        manner = Manner(model=str(places.samples() / "whisper-synthetic"))
        for recording in project.transcripts.pending():
            project.transcripts.make(recording.id, manner, job)
    unplaced += _tag(project, refs, job, transcribe)
    unplaced += _define(project)
    _give_keys(project)
    return tuple(unplaced)


def _set_particulars(project: Project, refs: dict[str, str]) -> Iterator[str]:
    for row in _rows("particulars.csv"):
        ref = refs.get(row.pop("file"))
        flags = tuple(row.pop("flags", "").split())
        if ref is None:
            yield f"particulars.csv names a file that is not there: {row}."
            continue
        project.evidence.change(ref, **row)
        if flags:
            project.evidence.set_flags(ref, flags)


def _tag(project: Project, refs: dict[str, str], job: Job, transcripts: bool) -> Iterator[str]:
    rows = list(_rows("codings.csv"))
    for place, row in enumerate(rows):
        job.check()
        job.report(place, len(rows), "Coding")
        if row["document"] == DocumentKind.TRANSCRIPT and not transcripts:
            continue
        try:
            _put(project, refs[row["file"]], row)
        except (EvidenceError, KeyError) as problem:
            yield f"codings.csv, line {place + 2}: {problem}"
    project.as_coder(MAKER)


def _define(project: Project) -> Iterator[str]:
    """Writes into the codebook what most codes mean. Some are left, as they are in any inquiry that
    has just begun."""
    for row in _rows("definitions.csv"):
        try:
            project.codebook.define(project.codebook.at(row["code"]), definition=row["definition"])
        except EvidenceError as problem:
            yield f"definitions.csv: {problem}"


def _give_keys(project: Project) -> None:
    """Lets the codes that are used most have what the themes left of the keys 1 to 9."""
    views = project.codebook.tree()
    taken = {view.code.key for view in views}
    most = sorted((v for v in views if not v.code.key), key=lambda v: v.codings, reverse=True)
    for view, key in zip(most, (k for k in KEYS[:9] if k not in taken), strict=False):
        project.codebook.set_key(view.code, key)


def _put(project: Project, ref: str, row: Row) -> None:
    project.as_coder(row["coder"])
    document = project.evidence.document_titled(ref, row["document"])
    coding = project.codings.tag_words(
        document,
        row["quote"],
        int(row["nth"] or 1),
        lambda tx: project.codebook.ensure(tx, row["code"]),
        f"Tag “{row['code'].rpartition('/')[2]}”",
    )
    if row["memo"]:
        project.codings.write_memo(coding, row["memo"])
    if row["marked"]:
        project.codings.mark([coding], marked=True)
    if row["sensitive"]:
        project.codings.set_sensitive([coding], sensitive=True)


def _rows(name: str) -> Iterator[Row]:
    with (places.samples() / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
