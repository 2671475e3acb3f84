"""Engines by name, loaded on a graphics card where that works and on the processor otherwise."""

from __future__ import annotations

import importlib
import traceback
from pathlib import Path
from typing import Any

from coder.transcribe import machine
from coder.transcribe.engine import Engine, Options

AUTO, CPU, CUDA = "auto", "cpu", "cuda"

_ENGINES = {
    "faster-whisper": ("coder.transcribe.faster", "FasterWhisper"),
    "whisper": ("coder.transcribe.openai", "OpenAIWhisper"),
}


def load(
    engine: str,
    model: Path,
    name: str = "",
    *,
    threads: int = 0,
    device: str = CPU,
) -> Engine:
    """The engine of that name with the model loaded, which errors call by `name`.

    `threads` are as many as the machine can bear where it is 0. With the device `auto`, a graphics
    card that is there is tried by hearing a second of silence; a driver that does not fit may take
    the whole process along then. Raises EvidenceError.
    """
    module, kind = _module(engine)
    threads = threads or machine.threads()
    if device == AUTO:
        if module.has_graphics():
            try:
                return _tried(getattr(module, kind)(model, threads, name, CUDA))
            except Exception:  # noqa: BLE001  a driver may raise anything; the processor is left
                traceback.print_exc()
        device = CPU
    made: Engine = getattr(module, kind)(model, threads, name, device)
    return made


def has_graphics(engine: str) -> bool:
    """Whether an engine sees a graphics card that it could compute on."""
    return bool(_module(engine)[0].has_graphics())


def _module(engine: str) -> tuple[Any, str]:
    """The module of an engine, and the name of its class in it."""
    name, kind = _ENGINES[engine]
    return importlib.import_module(name), kind


def _tried(engine: Any) -> Engine:
    import numpy as np

    from coder.transcribe.audio import RATE

    list(engine.transcribe(np.zeros(RATE, np.float32), 0, Options()))
    tried: Engine = engine
    return tried
