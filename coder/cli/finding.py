"""Commands that find words in all the evidence, and tag what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.query import parse, without_words
from coder.domain.text import counted

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.finding import Hit, Passage

_UNITS = ("words", "sentence", "paragraph")


@click.command(
    epilog=examples(
        "search Neighbours volunteer",
        "search Neighbours '\"food bank\" OR pantry'",
        "search Neighbours 'lonely NEAR/5 winter type:charity'",
    )
)
@project_argument
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=200, type=click.IntRange(1), help="How many places at most.")
@json_option
def search(project: Path, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find words in texts, transcripts, memos and names.

    The best places come first. All words must stand in one paragraph, in any form. “exact words”
    stand together, word* begins a word; OR, NOT (or -word) and NEAR/5 stand between words, and
    brackets group them. in:SIC0012, type:charity, code:"Places to meet", by:Asha (memos) and
    kind:memo (text, transcript, name) limit the whole search.
    """
    typed = _typed(query)
    with reading(project) as opened:
        hits = opened.find(typed, limit + 1)
        if len(hits) <= limit:
            hits += opened.finding.names(typed)
    more, hits = len(hits) > limit, hits[:limit]
    if as_json:
        answer([_described(hit) for hit in hits])
        return
    table(("Reference", "Words"), [(hit.ref, hit.snippet) for hit in hits])
    tell(
        f"The best {counted(limit, 'place')}; --limit shows more."
        if more
        else f"{counted(len(hits), 'place')} found."
    )
    if not hits and without_words(typed):
        tell("Emoji and parts of a sentence in a script without spaces are not found by search.")


@click.command(
    "tag-all",
    epilog=examples(
        'tag-all Neighbours \'"food bank"\' --code "Places to meet" --dry-run',
        "tag-all Neighbours 'volunt* type:faith' --code Volunteering --unit paragraph",
    ),
)
@project_argument
@click.argument("query", nargs=-1, required=True)
@click.option("--code", "path", required=True, metavar="PATH", help="The code.")
@click.option(
    "--unit", default="sentence", type=click.Choice(_UNITS), help="How much is tagged around."
)
@click.option("--create", is_flag=True, help="Make the code where it is missing.")
@click.option("--dry-run", is_flag=True, help="Show what would be tagged, and tag nothing.")
@coder_option
@json_option
def tag_all(
    project: Path,
    query: tuple[str, ...],
    path: str,
    unit: str,
    create: bool,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
) -> None:
    """Put a code on every place where words are found, as one act that “undo” takes back.

    QUERY is that of search. Passages that carry the code by you already stay as they are; memos
    and names cannot be tagged.
    """
    typed = _typed(query)
    with writing(project, coder) as opened:
        code = path if create and _is_new(opened, path) else opened.codebook.at(path)
        passages = _passages(opened, typed, unit)
        standing = set() if isinstance(code, str) else opened.finding.tagged(passages, code.id)
        passages = [one for one in passages if one not in standing]
        if passages and not dry_run:
            with progress() as job:
                opened.finding.tag_all(passages, code, job)
    if as_json:
        answer([_passage(one) for one in passages])
        return
    if dry_run:
        table(("Reference", "Words"), [(one.ref, one.words) for one in passages])
    verb = "would be tagged" if dry_run else "tagged"
    already = f"; {len(standing):,} carry the code already" if standing else ""
    say(f"{counted(len(passages), 'passage')} {verb} with “{path}”{already}.")


def _passages(project: Project, typed: str, unit: str) -> list[Passage]:
    from coder.project.finding import Unit

    with progress() as job:
        hits = project.finding.all_hits(parse(typed), job)
        spans = [(hit.document_id, *place) for hit in hits for place in hit.places]
        return project.finding.passages(spans, Unit(unit), job)


def _is_new(project: Project, path: str) -> bool:
    wanted = "/".join(part.strip() for part in path.split("/")).casefold()
    return all(view.path.casefold() != wanted for view in project.codebook.tree())


def _typed(words: tuple[str, ...]) -> str:
    """The words as one query. Raises UnicodeEncodeError where bytes among them are no text."""
    typed = " ".join(words)
    typed.encode()
    return typed


def _described(hit: Hit) -> dict[str, Any]:
    return {
        "ref": hit.ref,
        "document": hit.document,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet,
        "kind": hit.kind,
        "about": hit.about,
        "places": [list(place) for place in hit.places],
    }


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "words": one.words,
    }


COMMANDS = (search, tag_all)
"""This module's commands, in the order of the job."""
