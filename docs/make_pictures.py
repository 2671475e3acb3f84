"""Takes the pictures of `docs`: the real window on the sample inquiry, light, dark and at 200 %.

python docs/make_pictures.py [NAME…]        for example: python docs/make_pictures.py quotes help

On a machine without a screen it runs itself again under xvfb-run, or without a screen at all where
there is none of that either. The pages of `pack` are set by LibreOffice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
SCREEN = "2900x1900x24"

sys.path.insert(0, str(ROOT))

from pictures import audit, evidence, importing, quotes, recordings, together, windows  # noqa: E402
from pictures.studio import Studio  # noqa: E402

SHOTS = {
    **evidence.SHOTS,
    **quotes.SHOTS,
    **audit.SHOTS,
    **importing.SHOTS,
    **together.SHOTS,
    **recordings.SHOTS,
    **windows.SHOTS,
}
"""Every picture by its name, with what brings the window to it."""


def main(wanted: list[str]) -> int:
    """Takes the pictures named, or all, each scale of the screen in a process of its own."""
    if strange := [name for name in wanted if name not in SHOTS]:
        print(f"There is no picture {', '.join(strange)}. There are: {', '.join(SHOTS)}.")
        return 2
    with tempfile.TemporaryDirectory() as bench:
        sample = Path(bench) / "sample"
        _make_sample(sample)
        for scale in ("1", "2"):
            names = [n for n in wanted or SHOTS if n.endswith("-200") is (scale == "2")]
            if names:
                _take_apart(Path(bench), scale, names)
    return 0


def _make_sample(folder: Path) -> None:
    from coder.jobs import Job
    from coder.project.sample import make_sample

    make_sample(folder, Job())


def _take_apart(bench: Path, scale: str, names: list[str]) -> None:
    env = {
        **os.environ,
        "QT_SCALE_FACTOR": scale,
        "QT_LOGGING_RULES": "qt.multimedia.*=false",
        "EVIDENCE_CODER_HOME": str(bench / f"home-{scale}"),
        "EVIDENCE_CODER_NAME": "Noor Hadley",
    }
    command = [sys.executable, str(DOCS / "make_pictures.py"), "--take", str(bench), *names]
    if not env.get("DISPLAY") and "QT_QPA_PLATFORM" not in env:
        if shutil.which("xvfb-run"):
            command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", *command]
        else:
            env["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run(command, env=env, check=True)


def take(bench: Path, names: list[str]) -> None:
    """Takes pictures in this process, each on a fresh copy of the sample in a window of its own."""
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    for name in names:
        folder = Path(shutil.copytree(bench / "sample", bench / name))
        studio = Studio(app, folder, dark="dark" in name)
        SHOTS[name](studio)
        studio.save(name)
        studio.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(Path(sys.argv[2]), sys.argv[3:])
    else:
        sys.exit(main(sys.argv[1:]))
