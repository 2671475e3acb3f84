"""Commands on what was received as a whole: the account of it, and submissions that belong
together, are added to, or are withdrawn."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from coder.cli.answers import answer, how_far, progress, say, table, tell
from coder.cli.evidence import import_files
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.errors import Unreadable
from coder.domain.text import one_line


@click.command(
    epilog=examples(
        "account Neighbours", "account Neighbours -o account.docx", "account Neighbours --files"
    )
)
@project_argument
@click.option(
    "-o", "--output", type=PATH, metavar="FILE", help="Write it as .docx, .csv, .md or .json."
)
@click.option("--files", is_flag=True, help="Tell of every file what became of it.")
@json_option
def account(project: Path, output: Path | None, files: bool, as_json: bool) -> None:
    """Account for everything that was received, each once, so that it adds up."""
    from coder.project.account import files_as_json

    if files and output:
        raise click.UsageError("Choose -o or --files.")
    with reading(project) as opened:
        if output:
            opened.account.export(output)
        entries = opened.account.files() if files else []
        told = opened.account.as_json()
        rows = opened.account.lines()
    if as_json:
        answer(files_as_json(entries) if files else told)
    elif files:
        table(
            ("Given", "File", "What became of it"),
            [
                (one.at[:10], one_line("/".join(filter(None, (one.path, one.inside)))), one.became)
                for one in entries
            ],
        )
        if not entries:
            tell("No file was given yet.")
    else:
        table(rows[0], rows[1:])
        if output:
            tell(f"Written to {output}.")


@click.command(epilog=examples("join Neighbours SIC0012 SIC0031"))
@project_argument
@click.argument("ref")
@click.argument("other")
@coder_option
@json_option
def join(project: Path, ref: str, other: str, coder: str | None, as_json: bool) -> None:
    """Make one submission of two that are from one respondent.

    The documents of OTHER, with their codings, move to REF. The reference OTHER stays, and says
    that it was joined with REF.
    """
    with writing(project, coder) as opened:
        joined = opened.joining.join(ref, other)
        view = opened.evidence.one(joined.ref)
        gone = opened.submission(other).ref
    if as_json:
        answer(view.as_json())
    else:
        say(f"{gone} is joined with {joined.ref}, which has {len(view.documents)} documents now.")


@click.command(epilog=examples("attach Neighbours SIC0012 annex.docx film.mp4"))
@project_argument
@click.argument("ref")
@click.argument("paths", type=PATH, nargs=-1, required=True)
@coder_option
@json_option
@click.pass_context
def attach(
    context: click.Context,
    project: Path,
    ref: str,
    paths: tuple[Path, ...],
    coder: str | None,
    as_json: bool,
) -> int:
    """Add files and folders to an earlier submission, as supplementary evidence."""
    code: int = context.invoke(
        import_files, project=project, paths=paths, attach=ref, coder=coder, as_json=as_json
    )
    return code


@click.command(epilog=examples("withdraw Neighbours SIC0012", "withdraw Neighbours SIC0012 --yes"))
@project_argument
@click.argument("ref")
@click.option("--yes", is_flag=True, help="Do not ask.")
@coder_option
@json_option
def withdraw(project: Path, ref: str, yes: bool, coder: str | None, as_json: bool) -> int:
    """Erase a submission that its respondent takes back.

    Texts, codings, memos and originals go for good, also from backups; undo does not bring them
    back. The reference stays, as withdrawn. The files as they were sent, in the inbox or elsewhere
    outside the project, are not reached.
    """
    from coder.project.withdrawal import sentences

    with writing(project, coder) as opened:
        view = opened.evidence.one(ref)
        if not yes:
            click.confirm(
                f"Erase {view.submission.ref} ({one_line(view.title) or 'without a name'}) for"
                " good? This cannot be undone.",
                abort=True,
                err=True,
            )
        gone = opened.withdrawal.withdraw(view.submission.ref)
    if as_json:
        answer(asdict(gone))
    else:
        for sentence in sentences(gone):
            say(sentence)
    return how_far(done=True, failed=bool(gone.unfinished))


@click.command(epilog=examples("recognise Neighbours", "recognise Neighbours SIC0012"))
@project_argument
@click.argument("ref", default="")
@coder_option
@json_option
def recognise(project: Path, ref: str, coder: str | None, as_json: bool) -> int:
    """Read the text of photographs and scanned pages that came in without any.

    Needs tesseract on this computer. What is recognised becomes a document beside the picture,
    marked as a machine's draft until somebody has compared the two.
    """
    made, failed = [], []
    with writing(project, coder) as opened, progress() as job:
        for document in opened.recognition.pending(ref):
            try:
                made.append(opened.recognition.recognise(document.id, job))
            except Unreadable as problem:
                failed.append(str(problem))
    if as_json:
        answer(
            {
                "recognised": [
                    {"id": one.id, "title": one.title, "characters": len(one.text)} for one in made
                ],
                "problems": failed,
            }
        )
    else:
        for one in made:
            say(f"{one_line(one.title)}: {len(one.text):,} characters.")
        if not made and not failed:
            say("Every picture and page has its text.")
    for sentence in failed:
        tell(one_line(sentence))
    return how_far(bool(made), bool(failed))


COMMANDS = (account, attach, join, withdraw, recognise)
"""This module's commands, in the order of the job."""
