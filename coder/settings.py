"""What this user chose once for all projects, kept as JSON in their own folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from coder import places

ENGINES = ("faster-whisper", "whisper")
"""The engines there are for transcription, the default first."""

_FILE = "settings.json"
_RECENT = 8


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings with their defaults. `appearance` is system, light or dark.

    `engine` is one of `ENGINES`; an empty `model` means the best one installed; `recent`
    lists the folders of projects and their titles, the latest first. `keys` holds the shortcuts
    that this user gave to acts, by the act's id and in Qt's portable form ("" for none);
    `at_once` is how many recordings are transcribed at the same time, 0 for as many as the machine
    can bear; `single_keys` whether plain letters and digits do something in the text; `suggestions`
    whether codes are suggested; `seen_tour` whether the tour of the window was taken or skipped.
    """

    coder: str = ""
    engine: str = ENGINES[0]
    model: str = ""
    language: str = "en"
    at_once: int = 0
    appearance: str = "system"
    text_points: int = 13
    recent: tuple[tuple[str, str], ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    single_keys: bool = True
    suggestions: bool = True
    seen_tour: bool = False


def load() -> Settings:
    """The settings as kept; the defaults where there are none or the file cannot be read."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    usual = asdict(Settings())
    kept = {one: value for one, value in found.items() if one in usual}
    kept = {one: value for one, value in kept.items() if _is_like(value, usual[one])}
    pairs = [one for one in kept.get("recent", ()) if isinstance(one, list) and len(one) == 2]
    keys = {str(act): str(keys) for act, keys in kept.get("keys", {}).items()}
    recent = tuple((str(path), str(name)) for path, name in pairs)
    return Settings(**{**kept, "recent": recent, "keys": keys})


def save(settings: Settings) -> None:
    """Keeps the settings, whole or not at all. Raises OSError where the folder can't be written."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def opened(settings: Settings, folder: Path, title: str) -> Settings:
    """The settings with this project first among the recent ones."""
    name = str(folder.resolve())
    others = [other for other in settings.recent if other[0] != name]
    return replace(settings, recent=((name, title), *others)[:_RECENT])


def knows_coder(settings: Settings) -> bool:
    """Whether somebody ever said who is coding; otherwise it is the login."""
    return bool(os.environ.get("EVIDENCE_CODER_NAME") or settings.coder)


def coder_name(settings: Settings) -> str:
    """Under whose name acts are written down: `EVIDENCE_CODER_NAME`, the setting, or the login."""
    return os.environ.get("EVIDENCE_CODER_NAME") or settings.coder or places.login()


def _is_like(value: object, usual: object) -> bool:
    """Whether a value that was kept is of the kind that its setting has; a list is kept for a
    tuple."""
    return type(value) is (list if isinstance(usual, tuple) else type(usual))


def _path() -> Path:
    return places.user_settings() / _FILE
