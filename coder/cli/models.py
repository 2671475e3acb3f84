"""Commands on the Whisper models of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import PATH, examples, json_option

if TYPE_CHECKING:
    from coder.project.models import Model


@click.group(epilog=examples("models list", 'models add "/media/usb/faster-whisper-small"'))
def models() -> None:
    """See and install models for transcription."""


@models.command("list", epilog=examples("models list --json"))
@json_option
def list_models(as_json: bool) -> None:
    """List the models on this machine and the engines that can use them."""
    from coder.project.models import engines, installed_models, speaker_models

    found = [*installed_models(), *speaker_models()]
    if as_json:
        answer([_as_json(model) for model in found])
        return
    table(
        ("Name", "Megabytes", "Languages", "Title"),
        [
            (
                model.id,
                round(model.bytes / 1e6),
                ", ".join(model.languages) or "many",
                model.title,
            )
            for model in found
        ],
    )
    tell(f"Engines on this machine: {', '.join(engines()) or 'none'}.")


@models.command(epilog=examples('models add "/media/usb/faster-whisper-small"'))
@click.argument("source", type=PATH)
@json_option
def add(source: Path, as_json: bool) -> None:
    """Install a model from a folder or a file on this machine."""
    from coder.project.models import add_model

    with progress() as job:
        model = add_model(source, job)
    _installed(model, as_json)


@models.command(epilog=examples("models get small"))
@click.argument("name")
@json_option
def get(name: str, as_json: bool) -> None:
    """Download a published model and install it: the one thing here that uses the network."""
    from coder.project.models import get_model

    with progress() as job:
        model = get_model(name, job)
    _installed(model, as_json)


def _installed(model: Model, as_json: bool) -> None:
    if as_json:
        answer(_as_json(model))
    else:
        say(f"Installed “{model.id}” ({round(model.bytes / 1e6)} MB).")


def _as_json(model: Model) -> dict[str, Any]:
    return {
        "name": model.id,
        "title": model.title,
        "format": model.format,
        "languages": list(model.languages),
        "bytes": model.bytes,
        "path": str(model.path),
    }


COMMANDS = (models,)
"""This module's commands."""
