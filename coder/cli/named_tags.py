"""How commands name a coding, change it, and tell what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.answers import answer, say
from coder.cli.options import coder_option, json_option, project_argument, writing
from coder.domain.errors import NotFound
from coder.domain.model import Coding

if TYPE_CHECKING:
    from coder.project import Project

F = TypeVar("F", bound=Callable[..., Any])
Change = Callable[["Project", list[Coding]], "Sequence[Coding] | None"]
"""What is done with codings; it gives those that came of it, or None where they are the same."""


@dataclass(frozen=True, slots=True)
class Named:
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
WORDS = 'Neighbours SIC0012 --code Volunteering --quote "I had never done it before"'


def on_a_tag(command: F) -> F:
    """Adds what names the project, the coding and the coder; the rest becomes a `Named`."""
    for option in reversed(_NAMING):
        command = option(command)
    return command


def change(
    project: Path, coder: str | None, named: dict[str, Any], do: Change, *, own: bool
) -> list[dict[str, Any]]:
    """Changes the codings that are named, of several coders' only one's `own` where there are any;
    gives those that there are then, with the keys that scripts rely on."""
    with writing(project, coder) as opened:
        meant = Named(**named)
        found = meant.find_own(opened) if own else meant.find(opened)
        made = do(opened, found)
        return described(opened, found if made is None else made)


def described(project: Project, codings: Sequence[Coding]) -> list[dict[str, Any]]:
    """The codings as they stand, with the keys that scripts rely on."""
    paths = {one.code.id: one.path for one in project.codebook.tree()}
    names = {coder.id: coder.name for coder in project.coders()}
    told = []
    for coding in (project.codings.one(coding.id) for coding in codings):
        document = project.document(coding.document_id)
        told.append(
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
    return told


def tell(told: Sequence[dict[str, Any]], what: str, *, as_json: bool) -> None:
    if as_json:
        answer(told)
        return
    for one in told:
        say(f"“{one['quote']}” in {one['ref']} {what} ({one['code']}, {one['coder']}).")
