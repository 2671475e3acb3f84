"""Commands on the Whisper models of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, progress, say, table, tell
from coder.cli.options import PATH, examples, json_option

if TYPE_CHECKING:
    from coder.project.models import Entry, Model, Speed


@click.group(epilog=examples("models list", 'models add "/media/usb/faster-whisper-small"'))
def models() -> None:
    """See, install, try and remove models for transcription."""


@models.command("list", epilog=examples("models list", "models list --all --json"))
@click.option("--all", "every", is_flag=True, help="Also those that could be downloaded.")
@json_option
def list_models(every: bool, as_json: bool) -> None:
    """List the models on this machine and the engines that can use them."""
    from coder.project.models import catalogue, engines, machine_told

    found = [one for one in catalogue() if every or one.model or one.problem]
    if as_json:
        answer([_entry_as_json(one) for one in found])
        return
    table(
        ("Name", "Megabytes", "Languages", "An hour takes", "State", "Title"),
        [
            (
                one.id,
                round(one.bytes / 1e6),
                ", ".join(one.languages) or "many",
                _speed_told(one),
                _state_told(one),
                one.title,
            )
            for one in found
        ],
    )
    tell(f"Engines on this machine: {', '.join(engines()) or 'none'}. {machine_told()}")


@models.command(
    epilog=examples(
        'models add "/media/usb/faster-whisper-small"',
        "models add small.zip",
        'models add "/media/usb" --all',
    )
)
@click.argument("source", type=PATH)
@click.option("--only", "names", multiple=True, metavar="NAME", help="Of several, this (repeat).")
@click.option("--all", "every", is_flag=True, help="All the models that are in it.")
@json_option
def add(source: Path, names: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Install a model from a folder, a zip or a file on this machine.

    With --only or --all several can be installed, and the answer is a list.
    """
    from coder.project.models import add_model, add_models

    if names and every:
        raise click.UsageError("Choose --only or --all.")
    several = bool(names or every)
    with progress() as job:
        added = add_models(source, names, job) if several else [add_model(source, job)]
    if as_json:
        told = [_as_json(model) for model in added]
        answer(told if several else told[0])
    else:
        for model in added:
            _say_installed(model)


@models.command(epilog=examples("models get small"))
@click.argument("name")
@json_option
def get(name: str, as_json: bool) -> None:
    """Download a published model and install it: the one thing here that uses the network.

    After a stop the next call goes on with what has come.
    """
    from coder.project.models import get_model

    with progress() as job:
        model = get_model(name, job)
    if as_json:
        answer(_as_json(model))
    else:
        _say_installed(model)


@models.command(epilog=examples("models remove small"))
@click.argument("name")
@json_option
def remove(name: str, as_json: bool) -> None:
    """Remove a model, or what is kept of a download that was stopped."""
    from coder.project.models import entry, remove_model

    wanted = entry(name)
    told = remove_model(wanted)
    if as_json:
        answer({"removed": wanted.id, "bytes": wanted.bytes if wanted.model else wanted.kept})
        return
    say(f"Removed “{wanted.id}”. {told}".strip())


@models.command(epilog=examples("models default small"))
@click.argument("name")
@json_option
def default(name: str, as_json: bool) -> None:
    """Use this model unless another is named."""
    from coder.project.models import entry, set_default

    set_default(entry(name))
    chosen = entry(name)
    if as_json:
        answer(_entry_as_json(chosen))
    else:
        say(f"“{chosen.id}” is used from now on, unless another is named.")


@models.command("try", epilog=examples("models try small"))
@click.argument("name")
@json_option
def try_speed(name: str, as_json: bool) -> None:
    """Measure how fast a model is on this machine: it hears half a minute of speech."""
    from coder.domain.errors import NotFound
    from coder.project.models import entry, spoken_time, try_model

    wanted = entry(name)
    if wanted.model is None:
        raise NotFound(f"The model “{name}” is not on this machine.", "Install it first.")
    with progress() as job:
        speed = try_model(wanted.model, job)
    if as_json:
        answer({"name": name, "speed": _speed_as_json(speed)})
        return
    say(f"With “{name}” an hour takes {spoken_time(speed)}; it loads in {speed.load:.1f} s.")


def _say_installed(model: Model) -> None:
    from coder.project.models import size

    say(f"Installed “{model.id}” ({size(model.bytes)}).")


def _speed_told(one: Entry) -> str:
    from coder.project.models import spoken_time

    return spoken_time(one.speed) if one.speed else ""


def _state_told(one: Entry) -> str:
    from coder.project.models import size

    states = [_where(one)]
    if one.kept:
        states = [f"{size(one.kept)} downloaded"]
    states += [word for word in ("default", "recommended") if getattr(one, word)]
    return ", ".join(states)


def _where(one: Entry) -> str:
    if one.problem:
        return "damaged"
    if one.model is None:
        return "to download"
    return "installed" if one.own else "comes with the program"


def _as_json(model: Model) -> dict[str, Any]:
    return {
        "name": model.id,
        "title": model.title,
        "format": model.format,
        "languages": list(model.languages),
        "bytes": model.bytes,
        "path": str(model.path),
    }


def _entry_as_json(one: Entry) -> dict[str, Any]:
    return {
        "name": one.id,
        "title": one.title,
        "format": one.format,
        "languages": list(one.languages),
        "bytes": one.bytes,
        "path": str(one.model.path) if one.model else None,
        "installed": one.model is not None,
        "problem": one.problem or None,
        "kept": one.kept,
        "default": one.default,
        "recommended": one.recommended,
        "speed": _speed_as_json(one.speed) if one.speed else None,
    }


def _speed_as_json(speed: Speed) -> dict[str, float]:
    return {
        "minutes_an_hour": round(speed.minutes_an_hour, 2),
        "load_seconds": round(speed.load, 2),
    }


COMMANDS = (models,)
"""This module's commands."""
