"""How the command line speaks: answers on standard output, words for people on standard error."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from coder.jobs import Job, Progress

_HARMLESS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


def harmless(text: str) -> str:
    """The text without control characters, so that evidence cannot steer a person's terminal."""
    return text.translate(_HARMLESS)


def answer(value: Any) -> None:
    """Prints the value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def say(text: str = "") -> None:
    """Prints an answer for people to read."""
    click.echo(harmless(text))


def tell(text: str) -> None:
    """Tells a person something that is not the answer."""
    click.echo(harmless(text), err=True)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints rows in columns, the last of which is cut at the edge of the terminal; nothing where
    there are none."""
    if not rows:
        return
    cells = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    shown = [list(headings), *cells]
    widths = [max(len(row[place]) for row in shown) for place in range(len(headings) - 1)]
    edge = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 0
    for row in shown:
        first = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        line = "  ".join([*first, row[-1]]).rstrip()
        say(f"{line[: edge - 1]}…" if edge and len(line) > edge else line)


def how_far(done: bool, failed: bool) -> int:
    """The exit code of work on many things: all of it, a part, or none."""
    if not failed:
        return 0
    return 1 if done else 2


@contextmanager
def progress() -> Iterator[Job]:
    """A job whose progress shows as a bar, where a person is looking on, and that the first
    interrupt from the keyboard asks to stop."""
    job = Job()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if job.cancelled:
            raise KeyboardInterrupt
        job.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        if not (sys.stderr.isatty() and sys.stdout.isatty()):
            yield job
            return
        with click.progressbar(length=1000, file=sys.stderr, width=24) as bar:

            def show(now: Progress) -> None:
                bar.label = harmless(now.label)
                bar.finished = False
                bar.update(round(now.fraction * 1000) - bar.pos)

            job.listener = show
            yield job
    finally:
        signal.signal(signal.SIGINT, before)
