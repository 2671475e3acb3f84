"""The command that turns recordings into text, anew where asked, or takes transcripts away."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder import settings
from coder.cli.answers import answer, how_far, progress, say, tell
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.domain.errors import EvidenceError, NotFound
from coder.domain.model import Document, DocumentKind
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.manner import Manner


def _track(ctx: click.Context, param: click.Parameter, number: int) -> int:
    if number < 1:
        raise click.BadParameter("Sound tracks are numbered from 1.", ctx, param)
    return number


@click.command(
    epilog=examples(
        "transcribe Neighbours",
        "transcribe Neighbours SIC0012 --model small --language cy",
        "transcribe Neighbours SIC0031 --apart",
        'transcribe Neighbours SIC0012 --again --names "Tarn Street, Ffion Hughes"',
        "transcribe Neighbours --cluster tcp://10.0.0.5:8786",
    )
)
@project_argument
@click.argument("refs", nargs=-1, metavar="[REF]...")
@click.option("--model", help="A model's name, its folder, or its file.")
@click.option(
    "--engine", type=click.Choice(settings.ENGINES), help="Without it, the one used last."
)
@click.option("--language", help="The language spoken, such as en.")
@click.option(
    "--track",
    type=int,
    default=1,
    callback=_track,
    help="Which sound track, from 1.",
)
@click.option("--apart", is_flag=True, help="Left and right are a voice each.")
@click.option("--names", help="Names and terms to expect; without it, those of the inquiry.")
@click.option("--at-once", type=click.IntRange(1), help="How many recordings at the same time.")
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of a Dask cluster listen.")
@click.option("--again", is_flag=True, help="Make transcripts that are there anew.")
@click.option("--remove", is_flag=True, help="Remove transcripts, and make none.")
@coder_option
@json_option
def transcribe(
    project: Path,
    refs: tuple[str, ...],
    model: str | None,
    engine: str | None,
    language: str | None,
    track: int,
    apart: bool,
    names: str | None,
    at_once: int | None,
    cluster: str | None,
    again: bool,
    remove: bool,
    coder: str | None,
    as_json: bool,
) -> int:
    """Turn recordings into text.

    Every recording without a transcript is taken, or those of the submissions named. What was heard
    is kept as it comes; after a stop the next call goes on from there. --again and --remove need
    the submissions named, leave a transcript that somebody has tagged, and can be undone.
    """
    if again and remove:
        raise click.UsageError("Choose --again or --remove.")
    if (again or remove) and not refs:
        raise click.UsageError("Name the submissions whose transcripts are meant.")
    if remove:
        return _remove_transcripts(project, refs, coder, as_json)
    from coder.project.manner import Manner, model_for

    chosen = settings.load()
    with writing(project, coder) as opened:
        manner = Manner(
            engine or chosen.engine,
            chosen.model if model is None else model,
            language or chosen.language,
            track - 1,
            apart,
            opened.inquiry.terms if names is None else names,
        )
        waiting = _recordings(opened, refs, again)
        if waiting or engine or model:
            model_for(manner)
        with _executor(cluster) as executor:
            done, problems = _transcribe_all(
                opened, waiting, manner, again=again, at_once=at_once, executor=executor
            )
    if as_json:
        answer({"transcribed": done, "problems": problems})
    else:
        for one in done:
            say(f"{one['ref']}, “{one['recording']}”: {counted(one['characters'], 'character')}.")
        if not waiting:
            say("Every recording with sound has its transcript.")
    return how_far(bool(done), bool(problems))


@contextmanager
def _executor(address: str | None) -> Iterator[Executor | None]:
    """The executor of the cluster at this address, or none where none is named. Raises
    EvidenceError."""
    if not address:
        yield None
        return
    from coder.project.cluster import executor

    with executor(address) as found:
        yield found


def _remove_transcripts(
    folder: Path, refs: tuple[str, ...], coder: str | None, as_json: bool
) -> int:
    removed: list[dict[str, str]] = []
    problems: list[dict[str, str]] = []
    with writing(folder, coder) as project:
        for media in _recordings(project, refs, all_of_them=True):
            named = {"ref": project.submission(media.submission_id).ref, "recording": media.title}
            try:
                project.transcripts.remove(media.id)
            except EvidenceError as problem:
                tell(str(problem))
                problems.append({**named, "what": str(problem)})
            else:
                removed.append(named)
    if as_json:
        answer({"removed": removed, "problems": problems})
    else:
        for one in removed:
            say(f"{one['ref']}: the transcript of “{one['recording']}” is removed.")
    return how_far(bool(removed), bool(problems))


def _recordings(project: Project, refs: tuple[str, ...], all_of_them: bool) -> list[Document]:
    """The recordings with sound of these submissions: those that wait for a transcript, or all.
    Raises NotFound for a submission that has none."""
    heard: list[Document] = []
    for ref in refs:
        view = project.evidence.one(ref)
        media = [one for one in view.documents if one.kind is DocumentKind.MEDIA]
        if all(one.silent for one in media):
            told = [problem for one in media for problem in one.problems]
            raise NotFound(
                f"{view.submission.ref} has no recording with sound in it.", " ".join(told)
            )
        heard += [one for one in media if not one.silent]
    if all_of_them:
        return heard
    return [one for ref in (refs or ("",)) for one in project.transcripts.pending(ref)]


def _transcribe_all(
    project: Project,
    waiting: list[Document],
    manner: Manner,
    *,
    again: bool,
    at_once: int | None,
    executor: Executor | None,
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    from coder.project.batch import hear_all

    if not waiting:
        return [], []
    line = project.queue.add([one.id for one in waiting], manner, again=again)
    with progress() as job:
        outcomes = hear_all(
            project.transcripts, project.queue, line, job, at_once=at_once or 0, executor=executor
        )
    done: list[dict[str, Any]] = []
    problems: list[dict[str, str]] = []
    for media, outcome in zip(waiting, outcomes, strict=True):
        named = {"ref": project.submission(media.submission_id).ref, "recording": media.title}
        made = outcome.transcript
        if made is None:
            tell(outcome.problem)
            problems.append({**named, "what": outcome.problem})
            continue
        for note in made.problems:
            tell(f"{named['ref']}, “{media.title}”: {note}")
        done.append(
            {
                **named,
                "id": made.id,
                "document": made.title,
                "characters": len(made.text),
                "segments": len(made.paragraphs),
                "problems": list(made.problems),
            }
        )
    return done, problems
