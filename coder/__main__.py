"""Starts the program: `python -m coder`, `python main.py` and `evidence-coder` are the same."""

import sys

from coder.cli.main import run


def main() -> None:
    """Runs the command line (or opens the window) and ends the process with its exit code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
