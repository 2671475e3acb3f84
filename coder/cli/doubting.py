"""Commands on what is in doubt in a transcript: list it, confirm it, have it heard or timed again,
and mark the whole as checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder import settings
from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.correcting import Time, common, from_option, open_desk, to_option
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.doubt import Doubt, doubts, told
from coder.domain.errors import Refused
from coder.domain.model import Document
from coder.domain.quiet import Quiet
from coder.domain.text import clock, counted

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.correcting import Corrected
    from coder.project.manner import Manner

F = TypeVar("F", bound=Callable[..., Any])
_SECOND = 999
"""A time given in seconds means all of its second."""


def _listening(command: F) -> F:
    """The options that say how to listen."""
    for option in (
        click.option("--names", help="Names and terms to expect."),
        click.option("--model", help="Another model: its name, its folder, or its file."),
        click.option(
            "--engine", type=click.Choice(settings.ENGINES), help="Without it, as the first time."
        ),
    ):
        command = option(command)
    return command


def _several(command: F) -> F:
    """The options that name sentences from one to another, and how to listen to them."""
    return from_option(to_option(_listening(command)))


@click.command("doubts", epilog=examples("transcript doubts Neighbours SIC0014"))
@project_argument
@click.argument("ref")
@click.option("--document", default="transcript", metavar="TITLE", help="Which transcript.")
@json_option
def list_doubts(project: Path, ref: str, document: str, as_json: bool) -> None:
    """List what the machine was unsure of, and where it found no speech."""
    with reading(project) as opened:
        found = opened.evidence.document_titled(ref, document)
        lines = opened.segments(found.id)
        listed = doubts(lines) if found.machine_draft else []
        quiet = opened.relistening.quiet(found.id) if found.machine_draft else []
        named = {"ref": opened.submission(ref).ref, "document": found.title}
    words = {one.id: one.text for one in lines}
    if as_json:
        answer({**named, "draft": found.machine_draft, **_as_json(listed, quiet, words)})
        return
    rows = [
        (one.start_ms, clock(one.start_ms), one.reason, words[one.segment_id]) for one in listed
    ]
    rows += [
        (one.start_ms, f"{clock(one.start_ms)}–{clock(one.end_ms)}", "No speech was found", "")
        for one in quiet
    ]
    table(("TIME", "WHY", "WORDS"), [row[1:] for row in sorted(rows)])
    if not found.machine_draft:
        say(f"A person has checked “{found.title}”.")
    elif not rows:
        say("Nothing is in doubt. Listen to the whole before you mark it as checked.")


@click.command(
    epilog=examples("transcript again Neighbours SIC0014 --from 02:14 --to 02:30 --model medium")
)
@common
@_several
def again(project: Path, ref: str, document: str, coder: str | None, **asked: Any) -> None:
    """Have sentences heard again, from one to another. What a person wrote or confirmed stays."""
    with open_desk(project, ref, document, coder) as desk:
        meant = desk.between(asked["begins"], asked["ends"])
        manner = _manner(desk.project, desk.document, asked)
        ids = [one.id for one in meant]
        with progress() as job:
            done = desk.project.relistening.hear_again(ids, manner, job)
        said = f"Heard {counted(len(meant), 'sentence')} again"
        desk.tell(
            said if done.segments else "Heard nothing, so the words stay",
            as_json=asked["as_json"],
            heard=len(done.segments),
            tags=done.tags,
        )


@click.command(epilog=examples("transcript retime Neighbours SIC0014 --from 02:14 --to 02:30"))
@common
@_several
def retime(project: Path, ref: str, document: str, coder: str | None, **asked: Any) -> None:
    """Find by the sound when the words of sentences are said, such as corrected ones."""
    with open_desk(project, ref, document, coder) as desk:
        meant = desk.between(asked["begins"], asked["ends"])
        manner = _manner(desk.project, desk.document, asked)
        with progress() as job:
            desk.project.relistening.time_again([one.id for one in meant], manner, job)
        said = f"Timed {counted(len(meant), 'sentence')} by the sound"
        desk.tell(said, as_json=asked["as_json"])


@click.command(epilog=examples("transcript anyway Neighbours SIC0014 --from 02:10 --to 02:45"))
@common
@click.option(
    "--from", "begins", required=True, type=Time(), metavar="MM:SS", help="Where it begins."
)
@click.option("--to", "ends", required=True, type=Time(), metavar="MM:SS", help="Where it ends.")
@_listening
def anyway(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, **asked: Any
) -> None:
    """Have a span heard in which no speech was found."""
    with writing(project, coder) as opened:
        found = opened.evidence.document_titled(ref, document)
        manner = _manner(opened, found, asked)
        span = asked["begins"], asked["ends"] + _SECOND
        with progress() as job:
            done: Corrected = opened.relistening.hear_anyway(found.id, *span, manner, job)
        if as_json:
            answer({"document": found.title, "heard": [one.text for one in done.segments]})
            return
        for one in done.segments:
            say(f"{clock(one.start_ms)}  {one.text}")
        if not done.segments:
            say("Nothing was heard there. It no longer counts as without speech.")


@click.command(epilog=examples("transcript confirm Neighbours SIC0014 --at 02:14 --at 02:20"))
@common
@click.option(
    "--at", "times", required=True, multiple=True, type=Time(), metavar="MM:SS",
    help="When the sentence begins (repeat).",
)  # fmt: skip
def confirm(
    project: Path,
    ref: str,
    document: str,
    coder: str | None,
    as_json: bool,
    times: tuple[int, ...],
) -> None:
    """Say that you have heard the very words that stand there."""
    with open_desk(project, ref, document, coder) as desk:
        meant = [desk.at(one).id for one in times]
        desk.correcting.confirm(*dict.fromkeys(meant))
        desk.tell(f"Confirmed {counted(len(set(meant)), 'sentence')}", as_json=as_json)


@click.command(epilog=examples("transcript check Neighbours SIC0014"))
@project_argument
@click.argument("ref")
@click.option("--document", default="transcript", metavar="TITLE", help="Which transcript.")
@coder_option
def check(project: Path, ref: str, document: str, coder: str | None) -> None:
    """Mark a transcript as checked by a person: packs no longer call it a machine's."""
    with writing(project, coder) as opened:
        found = opened.evidence.document_titled(ref, document)
        left = told(doubts(opened.segments(found.id)), len(opened.relistening.quiet(found.id)))
        _set_checked(opened, found, checked=True)
        if left:
            tell(f"Not everything in it has been listened to: {left}.")


@click.command(epilog=examples("transcript draft Neighbours SIC0014"))
@project_argument
@click.argument("ref")
@click.option("--document", default="transcript", metavar="TITLE", help="Which transcript.")
@coder_option
def draft(project: Path, ref: str, document: str, coder: str | None) -> None:
    """Mark a transcript as a machine's draft again."""
    with writing(project, coder) as opened:
        _set_checked(opened, opened.evidence.document_titled(ref, document), checked=False)


def _set_checked(project: Project, document: Document, *, checked: bool) -> None:
    """Raises Refused where it is so already."""
    if document.machine_draft is not checked:
        stands = "has been checked already" if checked else "is a machine’s draft already"
        raise Refused(f"“{document.title}” {stands}.")
    project.set_checked(document.id, checked=checked)
    say(f"“{document.title}” is marked as {'checked' if checked else 'a machine’s draft'}.")


def _manner(project: Project, document: Document, asked: dict[str, Any]) -> Manner:
    """How to listen: as the first time, but for what is asked for."""
    usual = project.relistening.usual(document.id)
    return replace(
        usual,
        engine=asked["engine"] or usual.engine,
        model=usual.model if asked["model"] is None else asked["model"],
        hotwords=usual.hotwords if asked["names"] is None else asked["names"],
    )


def _as_json(
    listed: Sequence[Doubt], quiet: Sequence[Quiet], words: dict[str, str]
) -> dict[str, Any]:
    return {
        "doubts": [
            {
                "start_ms": one.start_ms,
                "start": one.start,
                "end": one.end,
                "text": words[one.segment_id],
                "why": [kind.name.lower() for kind in one.kinds],
                "reason": one.reason,
                "words": [list(span) for span in one.words],
            }
            for one in listed
        ],
        "quiet": [{"start_ms": one.start_ms, "end_ms": one.end_ms} for one in quiet],
    }


COMMANDS = (list_doubts, again, anyway, retime, confirm, check, draft)
