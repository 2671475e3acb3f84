"""Commands on memos and the journal: note and notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.answers import answer, say
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.errors import Refused
from coder.domain.model import About
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.memos import MemoView

_ONE = "A memo is about one thing."
_WHICH = "Name a submission (with --document one of its documents), a code, or the journal."


@click.command(
    epilog=examples(
        'note Neighbours --journal --text "Began with the letters."',
        'note Neighbours --submission SIC0012 --text "Compare with SIC0003."',
        'note Neighbours --code "Volunteering" --text "Split into first-time and sustained?"',
    )
)
@project_argument
@click.option("--submission", "ref", metavar="REF", help="On this submission.")
@click.option("--document", "title", metavar="TITLE", help="On this document of it.")
@click.option("--code", "path", metavar="PATH", help="On this code.")
@click.option("--journal", is_flag=True, help="An entry in the journal.")
@click.option("--text", required=True, help="What you think.")
@coder_option
@json_option
def note(
    project: Path,
    ref: str | None,
    title: str | None,
    path: str | None,
    journal: bool,
    text: str,
    coder: str | None,
    as_json: bool,
) -> None:
    """Write a memo on a submission, a document, a code, or, named none, on the inquiry as a whole.

    What you think of a tagged passage is written with `memo`.
    """
    if sum((bool(ref), bool(path), journal)) > 1 or (title and not ref):
        raise Refused(_ONE, _WHICH)
    with writing(project, coder) as opened:
        about, of_id = _named(opened, ref, title, path, journal=journal)
        written = opened.memos.write(about, of_id, text)
        view = opened.memos.one(written.id)
    if view and as_json:
        answer(view.as_json())
    elif view:
        say("Written in the journal." if journal else f"Written on {_subject(view)}.")


@click.command(
    epilog=examples("notes Neighbours", "notes Neighbours --json", "notes Neighbours -o memos.docx")
)
@project_argument
@click.option("-o", "--output", type=PATH, help="Write them to this .docx, .csv or .md file.")
@json_option
def notes(project: Path, output: Path | None, as_json: bool) -> None:
    """List every memo, those on tags and the journal among them, the newest first.

    Memos are the researchers' own: no name is masked in them, and they are not for publication.
    """
    with reading(project) as opened:
        found = opened.memos.all()
        if output:
            number = opened.memos.export(found, output)
    if as_json:
        answer([view.as_json() for view in found])
    elif output:
        say(f"{counted(number, 'memo')} written to {output}; internal, not for publication.")
    else:
        _tell(found)


def _named(
    project: Project, ref: str | None, title: str | None, path: str | None, *, journal: bool
) -> tuple[About, str]:
    """What a memo is to be about. Raises NotFound."""
    if journal:
        return About.JOURNAL, ""
    if path:
        return About.CODE, project.codebook.at(path).id
    if ref and title:
        return About.DOCUMENT, project.evidence.document_titled(ref, title).id
    return (About.SUBMISSION, project.submission(ref).id) if ref else (About.PROJECT, "")


def _tell(found: list[MemoView]) -> None:
    """The memos as paragraphs, a line above each that says what it is about."""
    if not found:
        say("There is no memo yet. `note` writes one.")
    for view in found:
        detail = f" · {view.detail}" if view.detail else ""
        say(f"{view.at[:10]} · {view.coder} · {view.subject}{detail}")
        for line in view.text.splitlines():
            say(f"  {line}")
        say()


def _subject(view: MemoView) -> str:
    return "the inquiry" if view.kind == About.PROJECT else view.subject


COMMANDS = (note, notes)
"""This module's commands."""
