"""Commands on codings: tag, untag, memo, mark and sensitive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.answers import answer, say
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.domain.errors import NotFound
from coder.domain.model import Coding

if TYPE_CHECKING:
    from coder.project import Project

F = TypeVar("F", bound=Callable[..., Any])


@click.command(
    epilog=examples(
        'tag Neighbours SIC0012 --code "Volunteering/First-time volunteers" '
        '--quote "I had never done it before" --create'
    )
)
@project_argument
@click.argument("ref")
@click.option("--code", "path", required=True, metavar="PATH", help="The code.")
@click.option("--quote", required=True, metavar="TEXT", help="The exact words.")
@click.option("--document", default="", metavar="TITLE", help="The document they stand in.")
@click.option("--nth", default=1, type=click.IntRange(1), help="Which occurrence, from 1.")
@click.option("--create", is_flag=True, help="Make the code where it is missing.")
@coder_option
@json_option
def tag(
    project: Path,
    ref: str,
    path: str,
    quote: str,
    document: str,
    nth: int,
    create: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put a code on words of a submission.

    Words that are not there are refused. Without --document, the first document with these words is
    meant.
    """
    with writing(project, coder) as opened:
        book = opened.codebook
        found = opened.evidence.document_saying(ref, quote, document, nth)
        standing = None if create else book.at(path)
        coding = opened.codings.tag_words(
            found,
            quote,
            nth,
            lambda tx: standing or book.ensure(tx, path),
            f"Tag “{path.rpartition('/')[2].strip()}”",
        )
        [told] = _described(opened, [coding])
    if as_json:
        answer(told)
    else:
        say(f"Tagged “{coding.quote}” in {told['ref']} with “{told['code']}”.")


@dataclass(frozen=True, slots=True)
class _Named:
    """How the command line names a coding: by its id, or by submission, code and words."""

    ref: str | None
    path: str | None
    quote: str | None
    document: str
    nth: int
    coding_id: str | None

    def find(self, project: Project) -> list[Coding]:
        """The codings that are meant: one, or those of several coders on the same words. Raises
        NotFound, UsageError where they are not named in full."""
        if self.coding_id:
            return [project.codings.one(self.coding_id)]
        if not (self.ref and self.path and self.quote):
            raise click.UsageError("Name the tag by REF, --code and --quote, or by --id.")
        code = project.codebook.at(self.path)
        document = project.evidence.document_saying(self.ref, self.quote, self.document, self.nth)
        found = project.codings.on_words(document, self.quote, self.nth, code)
        if not found:
            raise NotFound(
                f"“{self.quote}” in “{document.title}” is not tagged with “{self.path}”.",
                f"`show` lists the tags of {self.ref}; --document and --nth say which place.",
            )
        return found

    def find_own(self, project: Project) -> list[Coding]:
        """Of the codings that are meant, those of the coder at work where there are any."""
        found = self.find(project)
        return [one for one in found if one.coder_id == project.coder.id] or found


_NAMING = (
    project_argument,
    click.argument("ref", required=False),
    click.option("--code", "path", metavar="PATH", help="Its code."),
    click.option("--quote", metavar="TEXT", help="Its exact words."),
    click.option("--document", default="", metavar="TITLE", help="The document they stand in."),
    click.option("--nth", default=1, type=click.IntRange(1), help="Which occurrence, from 1."),
    click.option("--id", "coding_id", metavar="ID", help="Its id, in place of all of these."),
    coder_option,
    json_option,
)
_WORDS = 'Neighbours SIC0012 --code Volunteering --quote "I had never done it before"'


def _on_a_tag(command: F) -> F:
    """Adds what names the project, the coding and the coder; the rest becomes a `_Named`."""
    for option in reversed(_NAMING):
        command = option(command)
    return command


@click.command(epilog=examples(f"untag {_WORDS}"))
@_on_a_tag
def untag(project: Path, coder: str | None, as_json: bool, **named: Any) -> None:
    """Take a code off words again. Only those who put it there can; `undo` brings it back."""
    with writing(project, coder) as opened:
        found = _Named(**named).find_own(opened)
        told = _described(opened, found)
        opened.codings.untag(found)
    _tell(told, "is no longer tagged", as_json=as_json)


@click.command(epilog=examples(f'memo {_WORDS} --text "Compare SIC0003"'))
@_on_a_tag
@click.option("--text", required=True, help="What you think of it; empty to take it back.")
def memo(project: Path, text: str, coder: str | None, as_json: bool, **named: Any) -> None:
    """Write down what you think of a passage that you have tagged."""
    with writing(project, coder) as opened:
        found = _Named(**named).find_own(opened)
        for coding in found:
            opened.codings.write_memo(coding, text)
        told = _described(opened, found)
    _tell(told, "has its memo" if text else "has no memo now", as_json=as_json)


@click.command(epilog=examples(f"mark {_WORDS}", f"mark {_WORDS} --off"))
@_on_a_tag
@click.option("--off", is_flag=True, help="Take the mark back.")
def mark(project: Path, off: bool, coder: str | None, as_json: bool, **named: Any) -> None:
    """Mark a passage for use in the report (--marked then finds it). Anyone may."""
    with writing(project, coder) as opened:
        found = _Named(**named).find(opened)
        opened.codings.mark(found, marked=not off)
        told = _described(opened, found)
    _tell(told, "is no longer marked" if off else "is marked for use", as_json=as_json)


@click.command(epilog=examples(f"sensitive {_WORDS}", f"sensitive {_WORDS} --off"))
@_on_a_tag
@click.option("--off", is_flag=True, help="Let it into packs again.")
def sensitive(project: Path, off: bool, coder: str | None, as_json: bool, **named: Any) -> None:
    """Keep a passage out of every pack that does not ask for it. Anyone may."""
    with writing(project, coder) as opened:
        found = _Named(**named).find(opened)
        opened.codings.set_sensitive(found, sensitive=not off)
        told = _described(opened, found)
    _tell(told, "is no longer sensitive" if off else "is sensitive", as_json=as_json)


def _described(project: Project, codings: Sequence[Coding]) -> list[dict[str, Any]]:
    """The codings as they stand, with the keys that scripts rely on."""
    paths = {one.code.id: one.path for one in project.codebook.tree()}
    names = {coder.id: coder.name for coder in project.coders()}
    described = []
    for coding in (project.codings.one(coding.id) for coding in codings):
        document = project.document(coding.document_id)
        described.append(
            {
                "id": coding.id,
                "ref": project.submission(document.submission_id).ref,
                "document": document.title,
                "code": paths[coding.code_id],
                "coder": names[coding.coder_id],
                "start": coding.start,
                "end": coding.end,
                "quote": coding.quote,
                "memo": coding.memo,
                "marked": coding.marked,
                "sensitive": coding.sensitive,
            }
        )
    return described


def _tell(told: Sequence[dict[str, Any]], what: str, *, as_json: bool) -> None:
    if as_json:
        answer(told)
        return
    for one in told:
        say(f"“{one['quote']}” in {one['ref']} {what} ({one['code']}, {one['coder']}).")


COMMANDS = (tag, untag, memo, mark, sensitive)
"""This module's commands, in the order of the job."""
