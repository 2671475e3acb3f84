"""Commands on transcripts: correct, split, join, insert and delete sentences, and name speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.answers import answer, say
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.cli.speaking import find_speakers
from coder.cli.transcript_files import export
from coder.domain.errors import NotFound
from coder.domain.model import Document, Segment
from coder.domain.text import clock, counted

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.correcting import Correcting

F = TypeVar("F", bound=Callable[..., Any])
_UNITS = (1, 60, 3600)


class Time(click.ParamType[int]):
    """A time in a recording as citations give it, in milliseconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        parts = str(value).split(":")
        if not 2 <= len(parts) <= 3 or not all(part.isdecimal() for part in parts):
            self.fail(f"“{value}” is no time. Write it as 02:14 or 1:02:14.", param, ctx)
        return 1000 * sum(
            int(part) * unit for part, unit in zip(reversed(parts), _UNITS, strict=False)
        )


def common(command: F) -> F:
    """The arguments and options of every command here."""
    for option in (
        json_option,
        coder_option,
        click.option("--document", default="transcript", metavar="TITLE", help="Which transcript."),
        click.argument("ref"),
        project_argument,
    ):
        command = option(command)
    return command


at_option = click.option(
    "--at", required=True, type=Time(), metavar="MM:SS", help="When the sentence begins."
)
from_option = click.option(
    "--from", "begins", required=True, type=Time(), metavar="MM:SS", help="When the first begins."
)
to_option = click.option(
    "--to",
    "ends",
    type=Time(),
    metavar="MM:SS",
    help="When the last begins (only the first unless told).",
)
_text = click.option("--text", required=True, help="The words.")


@dataclass(frozen=True, slots=True)
class Desk:
    """A transcript open for corrections."""

    project: Project
    ref: str
    document: Document
    segments: Sequence[Segment]

    @property
    def correcting(self) -> Correcting:
        return self.project.correcting

    def at(self, ms: int) -> Segment:
        """The sentence that begins at this time, to the second as citations give it. Raises
        NotFound."""
        cited = [one for one in self.segments if clock(one.start_ms) == clock(ms)]
        if not cited:
            raise NotFound(
                f"No sentence of “{self.document.title}” begins at {clock(ms)}.", self._beside(ms)
            )
        return cited[0]

    def between(self, begins: int, ends: int | None) -> Sequence[Segment]:
        """The sentences from the one that begins at a time to that at another, or only the first.
        Raises NotFound."""
        first = self.segments.index(self.at(begins))
        last = first if ends is None else self.segments.index(self.at(ends))
        if first > last:
            raise NotFound(
                f"{clock(begins)} comes behind {clock(ends or 0)}.", "Exchange the times."
            )
        return self.segments[first : last + 1]

    def _beside(self, ms: int) -> str:
        """A sentence on those before and behind a time."""
        before = [one for one in self.segments if one.start_ms <= ms][-1:]
        behind = [one for one in self.segments if one.start_ms > ms][:1]
        near = [f"{clock(one.start_ms)} (“{one.text[:40]}”)" for one in (*before, *behind)]
        begin = "sentences beside it begin" if len(near) > 1 else "nearest sentence begins"
        return f"The {begin} at {' and '.join(near)}."

    def tell(self, said: str, *, as_json: bool, **more: Any) -> None:
        """Says what was done, or how the transcript stands now."""
        if not as_json:
            say(f"{said} in {self.ref}.")
            return
        standing = [
            {
                "start": one.start,
                "end": one.end,
                "start_ms": one.start_ms,
                "end_ms": one.end_ms,
                "speaker": one.speaker,
                "text": one.text,
            }
            for one in self.project.segments(self.document.id)
        ]
        named = {"ref": self.ref, "document": self.document.title}
        answer({**named, **more, "segments": standing})


@contextmanager
def open_desk(folder: Path, ref: str, title: str, coder: str | None) -> Iterator[Desk]:
    with writing(folder, coder) as project:
        document = project.evidence.document_titled(ref, title)
        segments = project.segments(document.id)
        if not segments:
            raise NotFound(
                f"“{document.title}” is no transcript.",
                "What was received as a text stays as it was received.",
            )
        yield Desk(project, project.submission(ref).ref, document, segments)


@click.group(
    epilog=examples('transcript correct Neighbours SIC0012 --at 02:14 --text "Then the choir sang"')
)
def transcript() -> None:
    """Correct a transcript, or export it. Times of words and all tags stay where they belong."""


@transcript.command(
    epilog=examples('transcript correct Neighbours SIC0012 --at 02:14 --text "Then the choir sang"')
)
@common
@at_option
@_text
def correct(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, at: int, text: str
) -> None:
    """Give a sentence other words."""
    with open_desk(project, ref, document, coder) as desk:
        segment = desk.at(at)
        tags = desk.correcting.rewrite(segment.id, text).tags
        moved = f"; {counted(tags, 'tag')} took on the corrected words" if tags else ""
        desk.tell(f"Corrected {clock(segment.start_ms)}{moved}", as_json=as_json, tags=tags)


@transcript.command(
    epilog=examples('transcript split Neighbours SIC0012 --at 02:14 --before "And then"')
)
@common
@at_option
@click.option("--before", required=True, metavar="WORDS", help="What the second one begins with.")
def split(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, at: int, before: str
) -> None:
    """Part a sentence in two."""
    with open_desk(project, ref, document, coder) as desk:
        segment = desk.at(at)
        place = segment.text.find(before)
        if place < 0:
            raise NotFound(
                f"The sentence at {clock(segment.start_ms)} does not contain “{before}”."
            )
        desk.correcting.split(segment.id, place)
        desk.tell(f"Split {clock(segment.start_ms)}", as_json=as_json)


@transcript.command(epilog=examples("transcript join Neighbours SIC0012 --at 02:14"))
@common
@at_option
def join(project: Path, ref: str, document: str, coder: str | None, as_json: bool, at: int) -> None:
    """Join a sentence with the next."""
    with open_desk(project, ref, document, coder) as desk:
        segment = desk.at(at)
        desk.correcting.join(segment.id)
        desk.tell(f"Joined {clock(segment.start_ms)} with the next", as_json=as_json)


@transcript.command(
    epilog=examples('transcript insert Neighbours SIC0012 --at 02:14 --text "Yes, every week."')
)
@common
@at_option
@_text
def insert(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, at: int, text: str
) -> None:
    """Put in a sentence that was not heard, behind the one at this time."""
    with open_desk(project, ref, document, coder) as desk:
        segment = desk.at(at)
        desk.correcting.insert(segment.id, text)
        desk.tell(f"Put in a sentence after {clock(segment.start_ms)}", as_json=as_json)


@transcript.command(epilog=examples("transcript delete Neighbours SIC0012 --at 02:14"))
@common
@at_option
def delete(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, at: int
) -> None:
    """Remove a sentence that nobody said. One that is tagged stays."""
    with open_desk(project, ref, document, coder) as desk:
        segment = desk.at(at)
        desk.correcting.delete(segment.id)
        desk.tell(f"Deleted {clock(segment.start_ms)}", as_json=as_json)


@transcript.command(
    epilog=examples("transcript speaker Neighbours SIC0012 --from 00:00 --to 02:14 --name Ann")
)
@common
@from_option
@to_option
@click.option("--name", required=True, help="Who speaks; empty takes the name away.")
def speaker(
    project: Path,
    ref: str,
    document: str,
    coder: str | None,
    as_json: bool,
    begins: int,
    ends: int | None,
    name: str,
) -> None:
    """Say who speaks, from one sentence to another."""
    with open_desk(project, ref, document, coder) as desk:
        meant = [one.id for one in desk.between(begins, ends)]
        desk.correcting.set_speaker(meant, name)
        said = f"“{name}” speaks in {counted(len(meant), 'sentence')}"
        desk.tell(said, as_json=as_json)


@transcript.command(
    "rename-speaker", epilog=examples("transcript rename-speaker Neighbours SIC0012 A Ann")
)
@common
@click.argument("old")
@click.argument("new")
def rename_speaker(
    project: Path, ref: str, document: str, coder: str | None, as_json: bool, old: str, new: str
) -> None:
    """Give a speaker another name wherever they speak."""
    with open_desk(project, ref, document, coder) as desk:
        count = desk.correcting.rename_speaker(desk.document, old, new)
        desk.tell(f"“{old}” is now “{new}” in {counted(count, 'sentence')}", as_json=as_json)


transcript.add_command(export)
transcript.add_command(find_speakers)

COMMANDS = (transcript,)
