"""Commands that keep a project sound: verify, undo and redo."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, say
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.text import counted
from coder.domain.trail import Fingerprint


@click.command(
    epilog=examples("verify Neighbours", "verify Neighbours --against 1204-9F3A-27C1-8B02-55DE")
)
@project_argument
@click.option(
    "--against", default="", metavar="FINGERPRINT", help="Whether the journal noted then is here."
)
@json_option
def verify(project: Path, against: str, as_json: bool) -> int:
    """Check that everything is sound.

    The database, the chain of the journal, the originals, and each quote against its text. Note the
    fingerprint that is told: --against proves later that all which was in the journal then still
    stands there unchanged.
    """
    with reading(project) as opened:
        noted = opened.trail.against(against) if against else []
        found = opened.verify()
        fingerprint = None if found else opened.trail.fingerprint()
        findings = [*found, *noted]
        about = opened.inquiry.title
    if as_json:
        told: dict[str, object] = {"sound": not findings, "findings": findings}
        if fingerprint is not None:
            told |= {"steps": fingerprint.steps, "fingerprint": str(fingerprint)}
        answer(told)
    else:
        for finding in findings:
            say(finding)
        if fingerprint is not None and not findings:
            _tell_sound(about, fingerprint, against)
    return 1 if findings else 0


def _tell_sound(about: str, fingerprint: Fingerprint, against: str) -> None:
    steps = counted(fingerprint.steps, "step")
    say(f"“{about}” is sound: the chain of its journal holds over {steps}.")
    say(f"Fingerprint: {fingerprint}")
    if against:
        say("The journal whose fingerprint was noted is the beginning of this one, unchanged.")


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


COMMANDS = (verify, undo, redo)
"""This module's commands, in the order of the job."""
