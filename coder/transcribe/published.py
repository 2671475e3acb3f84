"""The models that are published for download, and which of them suits this machine."""

from __future__ import annotations

from dataclasses import dataclass

from coder.transcribe import machine

ENGLISH = ("en",)

_GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Published:
    """A model for faster-whisper on the Hugging Face Hub. `bytes` is about what it takes;
    `languages` is empty for all that Whisper knows."""

    id: str
    repository: str
    bytes: int
    languages: tuple[str, ...] = ()


PUBLISHED = {
    one.id: one
    for one in (
        Published("tiny", "Systran/faster-whisper-tiny", 78_000_000),
        Published("tiny.en", "Systran/faster-whisper-tiny.en", 78_000_000, ENGLISH),
        Published("base", "Systran/faster-whisper-base", 148_000_000),
        Published("base.en", "Systran/faster-whisper-base.en", 148_000_000, ENGLISH),
        Published("small", "Systran/faster-whisper-small", 486_000_000),
        Published("small.en", "Systran/faster-whisper-small.en", 486_000_000, ENGLISH),
        Published("medium", "Systran/faster-whisper-medium", 1_530_000_000),
        Published("large-v3-turbo", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1_620_000_000),
        Published("large-v3", "Systran/faster-whisper-large-v3", 3_090_000_000),
    )
}
"""By name, from the smallest; where faster-whisper's own list finds them (`_MODELS` in its
`utils.py`, version 1.2.1)."""


def recommended() -> str:
    """The published model that suits this machine: `base` below 8 GB of memory, `large-v3-turbo`
    from 16 GB and six cores on, otherwise `small`. A little less memory than that counts as so
    much, since a machine keeps a part for itself."""
    memory = machine.memory()
    if memory < 7.5 * _GB:
        return "base"
    if memory >= 15 * _GB and machine.cores() >= 6:
        return "large-v3-turbo"
    return "small"
