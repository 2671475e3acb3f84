"""Starts the program: `python -m coder`, `python main.py` and `evidence-coder` are the same.

Only here do the command line and the window meet; neither knows the other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from coder.cli.main import run


def main() -> None:
    """Runs the command line (or opens the window) and ends the process with its exit code."""
    sys.exit(run(load_window=_load_window))


def _load_window() -> Callable[[Path | None], int]:
    from coder.ui.app import main as show

    return show


if __name__ == "__main__":
    main()
