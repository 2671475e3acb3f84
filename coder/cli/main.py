"""The commands together, and how every failure is told: one plain sentence and an exit code."""

from __future__ import annotations

import difflib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from coder import __version__
from coder.cli import (
    account,
    assigning,
    auditing,
    basket_items,
    baskets,
    checking,
    codebook,
    coding,
    consistency,
    correcting,
    demo,
    doubting,
    evidence,
    finding,
    interchange,
    keeping,
    leaving,
    merging,
    models,
    notes,
    quoting,
    reshaping,
    settling,
    sharing,
    tagging,
    trailing,
    words,
)
from coder.cli.answers import tell
from coder.cli.options import PATH, examples
from coder.cli.window import LoadWindow, open_window
from coder.domain.errors import Cancelled, EvidenceError

PROGRAM = "evidence-coder"
WRONG, STOPPED = 2, 130

_EXAMPLES = examples("Neighbours", 'new Neighbours --title "Neighbours Again" --prefix SIC')
_COMPLETION = (
    "\b\nShell completion, once in your shell's start-up file:\n"
    '  bash  eval "$(_EVIDENCE_CODER_COMPLETE=bash_source evidence-coder)"\n'
    '  zsh   eval "$(_EVIDENCE_CODER_COMPLETE=zsh_source evidence-coder)"\n'
    "  fish  _EVIDENCE_CODER_COMPLETE=fish_source evidence-coder | source"
)
_EXIT_CODES = (
    "Exit codes: 0 done; 1 done in part, with what failed named; 2 nothing done; 130 stopped by"
    " Ctrl+C, with what was finished kept."
)
_NO_TEXT = EvidenceError(
    "Something that was typed is not text in UTF-8.",
    "Type it again; only files and folders may have such names.",
)


class _Commands(click.Group):
    """The commands; without one the window opens, with the project or shared copy that is
    given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        completing = ctx.resilient_parsing
        return super().parse_args(ctx, args if args or completing else ["window"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        first = args[0]
        known = self.get_command(ctx, first) is not None
        if not (known or first.startswith("-") or ctx.resilient_parsing):
            if not Path(first).exists():
                raise click.UsageError(_unknown(first, self.list_commands(ctx)), ctx)
            args = ["window", *args]
        return super().resolve_command(ctx, args)


def _unknown(word: str, commands: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, commands, 1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"“{word}” is neither a command nor a project.{hint}"


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"{_EXAMPLES}\n\n{_EXIT_CODES}\n\n{_COMPLETION}",
)
@click.version_option(__version__, prog_name="Evidence Coder")
def program() -> None:
    """Import, transcribe, code and quote written and filmed evidence to an inquiry, offline.

    Without a command the window opens; with the folder of a project, that project in it, and with a
    file that somebody shared, that copy once you have said where it is to be kept.
    """


@program.command(hidden=True)
@click.argument("project", type=PATH, required=False)
@click.pass_obj
def window(load: LoadWindow, project: Path | None) -> int:
    """Open the window."""
    return open_window(load, project)


for command in doubting.COMMANDS:
    correcting.transcript.add_command(command)

for command in basket_items.COMMANDS:
    baskets.basket.add_command(command)

for command in (
    *evidence.COMMANDS,
    *account.COMMANDS,
    *coding.COMMANDS,
    *codebook.COMMANDS,
    *tagging.COMMANDS,
    *reshaping.COMMANDS,
    *notes.COMMANDS,
    *finding.COMMANDS,
    *words.COMMANDS,
    *correcting.COMMANDS,
    *quoting.COMMANDS,
    *leaving.COMMANDS,
    *baskets.COMMANDS,
    *assigning.COMMANDS,
    *sharing.COMMANDS,
    *auditing.COMMANDS,
    *settling.COMMANDS,
    *checking.COMMANDS,
    *consistency.COMMANDS,
    *interchange.COMMANDS,
    *trailing.COMMANDS,
    *merging.COMMANDS,
    *keeping.COMMANDS,
    *models.COMMANDS,
    *demo.COMMANDS,
):
    program.add_command(command)


def run(args: Sequence[str] | None = None, *, load_window: LoadWindow) -> int:
    """Runs one command (that of the process where none is given) and gives its exit code."""
    _speak_utf8()
    try:
        result = program.main(args, PROGRAM, standalone_mode=False, obj=load_window)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, Cancelled):
        tell(str(Cancelled()))
        return STOPPED
    except EvidenceError as problem:
        tell(str(problem))
        return WRONG
    except UnicodeEncodeError:
        tell(str(_NO_TEXT))
        return WRONG
    except Exception as problem:
        from coder.project import faults

        told = faults.plain(problem)
        if told is None:
            raise
        tell(str(told))
        return WRONG
    return result if isinstance(result, int) else 0


def _speak_utf8() -> None:
    """Lets both streams carry any text, whatever the system's encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
