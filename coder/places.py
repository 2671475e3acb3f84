"""Where the program finds what it ships and keeps what is this user's own, and who that is."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_HERE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    installed = _HERE / "_data" / folder
    return installed if installed.is_dir() else _HERE.parent / folder


def resources() -> Path:
    """The folder `resources`: icons, templates, word lists."""
    return _shipped("resources")


def samples() -> Path:
    """The folder `samples`: the invented inquiry that is demo, first-run sample and test data."""
    return _shipped("samples")


def user_data() -> Path:
    """This user's own folder for models; `EVIDENCE_CODER_HOME` moves it (used by tests)."""
    home = os.environ.get("EVIDENCE_CODER_HOME")
    return Path(home) if home else user_data_path("evidence-coder", appauthor=False)


def user_settings() -> Path:
    """This user's own folder for settings; beside the data where `EVIDENCE_CODER_HOME` is set."""
    home = os.environ.get("EVIDENCE_CODER_HOME")
    return Path(home) if home else user_config_path("evidence-coder", appauthor=False)


def login() -> str:
    """The name under which this person is logged in; `Coder` where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Coder"
