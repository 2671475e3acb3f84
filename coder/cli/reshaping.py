"""Commands that change what a coding is: its code or its ends; one parted, several made one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.named_tags import WORDS, change, on_a_tag, tell
from coder.cli.options import examples
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coding, Document

if TYPE_CHECKING:
    from coder.project import Project


@click.command(epilog=examples(f"recode {WORDS} --as Connection"))
@on_a_tag
@click.option("--as", "other", required=True, metavar="PATH", help="The code in its place.")
def recode(project: Path, other: str, coder: str | None, as_json: bool, **named: Any) -> None:
    """Put another code in the place of one that you have put on words."""

    def do(opened: Project, found: list[Coding]) -> Sequence[Coding]:
        return opened.codings.recode(found, opened.codebook.at(other))

    tell(change(project, coder, named, do, own=True), "is recoded", as_json=as_json)


@click.command("resize-tag", epilog=examples(f'resize-tag {WORDS} --to "never done it before"'))
@on_a_tag
@click.option("--to", "words", required=True, metavar="TEXT", help="The exact words from now on.")
def resize(project: Path, words: str, coder: str | None, as_json: bool, **named: Any) -> None:
    """Let a tag begin and end elsewhere. The new words must overlap those that it is on."""

    def do(opened: Project, found: list[Coding]) -> Sequence[Coding]:
        coding, document = _one(opened, found)
        start = _nearest(document.text, words, coding)
        return [opened.codings.resize(coding, document, start, start + len(words))]

    tell(change(project, coder, named, do, own=True), "is tagged now", as_json=as_json)


@click.command("split-tag", epilog=examples(f'split-tag {WORDS} --before "before"'))
@on_a_tag
@click.option(
    "--before", "words", required=True, metavar="TEXT", help="What the second begins with."
)
def split(project: Path, words: str, coder: str | None, as_json: bool, **named: Any) -> None:
    """Make two tags of one; the first keeps the memo."""

    def do(opened: Project, found: list[Coding]) -> Sequence[Coding]:
        coding, document = _one(opened, found)
        place = coding.quote.find(words, 1)
        if place < 0:
            raise NotFound(f"“{words}” does not stand inside “{coding.quote}”.")
        return opened.codings.split(coding, document, coding.start + place)

    tell(change(project, coder, named, do, own=True), "is a tag of its own", as_json=as_json)


@click.command("join-tags", epilog=examples(f"join-tags {WORDS}"))
@on_a_tag
def join(project: Path, coder: str | None, as_json: bool, **named: Any) -> None:
    """Make one tag of yours and its neighbours of the same code, with the memos of all."""

    def do(opened: Project, found: list[Coding]) -> Sequence[Coding]:
        coding, document = _one(opened, found)
        return opened.codings.join(opened.codings.neighbours(coding, document), document)

    tell(change(project, coder, named, do, own=True), "is one tag now", as_json=as_json)


def _one(opened: Project, found: Sequence[Coding]) -> tuple[Coding, Document]:
    """The one coding that is meant, and its document. Raises Refused where there are several."""
    if len(found) > 1:
        raise Refused(f"{len(found)} coders have that tag, and none of them is you.")
    return found[0], opened.document(found[0].document_id)


def _nearest(text: str, words: str, coding: Coding) -> int:
    """Where words stand that overlap a coding. Raises NotFound."""
    start = text.find(words, max(0, coding.start - len(words) + 1), coding.end + len(words) - 1)
    if start < 0 or not words:
        raise NotFound(
            f"“{words}” is not in the text at “{coding.quote}”.",
            "Copy the words from `show`; they must overlap those that are tagged.",
        )
    return start


COMMANDS = (recode, resize, split, join)
"""This module's commands, in the order of the job."""
