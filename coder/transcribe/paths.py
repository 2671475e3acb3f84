"""Where a child process finds the program's own modules."""

from __future__ import annotations

import os
from pathlib import Path


def python_path() -> str:
    """The value of PYTHONPATH for a child: this program's root before whatever was set."""
    root = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
