"""What both engines do alike before a model hears anything: probe, decode, and plan."""

from __future__ import annotations

from pathlib import Path

from coder.transcribe.audio import Block, Sound, open_sound
from coder.transcribe.engine import Options
from coder.transcribe.speech import Turn, turns
from coder.transcribe.tracks import Recording, probe


class Listening:
    """The first three of the five things that `Engine` asks for, by the container's own clock
    and Silero VAD."""

    def probe(self, path: Path, name: str = "") -> Recording:
        """See `Engine`."""
        return probe(path, name)

    def decode(self, path: Path, track: int = 0, name: str = "", *, apart: bool = False) -> Sound:
        """See `Engine`."""
        return open_sound(path, track, name, apart=apart)

    def plan(self, block: Block, options: Options) -> list[Turn]:
        """See `Engine`."""
        return turns(block.voices, options)
