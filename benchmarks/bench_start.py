"""How soon the program is there: help, a command on the sample inquiry, and the window's picture.

python -m benchmarks start
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure
from coder.jobs import Job
from coder.project.sample import make_sample

MAIN = Path(__file__).resolve().parents[1] / "main.py"
ROUNDS = 5
HEAVY = (
    "PySide6", "whisper", "faster_whisper", "ctranslate2", "torch", "numpy", "nltk", "docx", "lxml",
    "av", "sqlite_utils",
)  # fmt: skip


def run() -> list[Figure]:
    """Seconds from the start of the process, the median of five; and what `--help` loads."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "sample"
        make_sample(project, Job(), transcribe=False)
        loaded = _loaded_by_help()
        return [
            Figure("--help", _median("--help"), "s", 0.5, f"{len(loaded)} modules"),
            Figure(
                "heavy modules loaded by --help",
                len(set(HEAVY) & {name.partition(".")[0] for name in loaded}),
                "modules",
                0,
                ", ".join(HEAVY),
            ),
            Figure("submissions of the sample", _median("submissions", str(project)), "s", 1.0, ""),
            Figure(
                "window with the sample, first picture",
                statistics.median(_until_shown(project) for _ in range(ROUNDS)),
                "s",
                2.0,
                "without a screen (Qt's offscreen platform)",
            ),
        ]


def _median(*args: str) -> float:
    return statistics.median(_seconds(*args) for _ in range(ROUNDS))


def _seconds(*args: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, str(MAIN), *args], check=True, capture_output=True)
    return time.perf_counter() - began


def _loaded_by_help() -> list[str]:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", str(MAIN), "--help"],
        check=True,
        capture_output=True,
        text=True,
    )
    return [line.rpartition("|")[2].strip() for line in told.stderr.splitlines()]


def _until_shown(project: Path) -> float:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "EVIDENCE_CODER_QUIT_WHEN_SHOWN": "1"}
    began = time.time()
    told = subprocess.run(
        [sys.executable, str(MAIN), str(project)],
        check=True,
        capture_output=True,
        text=True,
        env=env,
        timeout=60,
    )
    return float(told.stdout.split()[-1]) - began
