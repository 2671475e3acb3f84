"""Commands that keep a project sound: verify, history, undo and redo."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from coder.cli.answers import answer, say, table, tell
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)


@click.command(epilog=examples("verify Neighbours"))
@project_argument
@json_option
def verify(project: Path, as_json: bool) -> int:
    """Check that everything is sound.

    The database, the journal, the originals, and each quote against its text.
    """
    with reading(project) as opened:
        findings = opened.verify()
        about = opened.inquiry.title
    if as_json:
        answer({"sound": not findings, "findings": findings})
    else:
        for finding in findings or [f"“{about}” is sound."]:
            say(finding)
    return 1 if findings else 0


@click.command(epilog=examples("history Neighbours --limit 20"))
@project_argument
@click.option("--limit", default=100, type=click.IntRange(1), help="How many lines at most.")
@json_option
def history(project: Path, limit: int, as_json: bool) -> None:
    """Show who did what and when, the latest first.

    What was heard of one recording in a row is one line; --json gives every step.
    """
    with reading(project) as opened:
        steps = opened.history(limit) if as_json else opened.story(limit)
        first = steps[-1].seq if steps else 1
    if as_json:
        answer([asdict(step) for step in steps])
        return
    table(
        ("Step", "When", "Who", "What"),
        [
            (step.seq, step.at[:19].replace("T", " "), step.coder, _what(step.kind, step.label))
            for step in steps
        ],
    )
    if len(steps) == limit and first > 1:
        tell(f"The latest {limit:,}; --limit shows more.")


def _what(kind: str, label: str) -> str:
    turned = {"undo": "Undo", "unmerge": "Undo", "redo": "Redo"}.get(kind)
    return f"{turned}: {label}" if turned else label


@click.command(epilog=examples("undo Neighbours"))
@project_argument
@coder_option
@json_option
def undo(project: Path, coder: str | None, as_json: bool) -> None:
    """Take back this coder's latest act."""
    with writing(project, coder) as opened:
        _tell_reversed("undone", opened.undo(), as_json)


@click.command(epilog=examples("redo Neighbours"))
@project_argument
@coder_option
@json_option
def redo(project: Path, coder: str | None, as_json: bool) -> None:
    """Do again what undo took back."""
    with writing(project, coder) as opened:
        _tell_reversed("done again", opened.redo(), as_json)


def _tell_reversed(what: str, label: str | None, as_json: bool) -> None:
    if as_json:
        answer({what.replace(" ", "_"): label})
    else:
        say(f"{what.capitalize()}: {label}" if label else f"There is nothing to be {what}.")


COMMANDS = (verify, history, undo, redo)
"""This module's commands, in the order of the job."""
