"""What every test gets: a home of its own, no network, no screen, and the corpus if it is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from coder.transcribe import run
from tests.effort import SOAK
from tests.heard import Heard
from tests.made import MadeOnce, Make

ROOT = Path(__file__).resolve().parent.parent

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HF_HUB_OFFLINE"] = "1"
# Projects are made safe on disk at each step, which a test need not wait for: thousands of times.
MEMORY = Path("/dev/shm")
if not SOAK and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 4 * 1024**3:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
# Hundreds of processes are started, which need not compile the same modules again and again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=1_000)
settings.load_profile("soak" if SOAK else "house")


@pytest.fixture(autouse=True)
def own_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder for this test's settings and models, and a name to act under."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("EVIDENCE_CODER_HOME", str(home))
    monkeypatch.setenv("EVIDENCE_CODER_NAME", "Noor Hadley")
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def machine_heard() -> Iterator[Heard]:
    """What machines have heard in this run."""
    heard = Heard(run.served)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "served", heard)
        yield heard


@pytest.fixture(autouse=True)
def listens(request: pytest.FixtureRequest, machine_heard: Heard) -> None:
    """Whether a machine listens in earnest in this test: where it is marked so, and in a soak."""
    machine_heard.anew = SOAK or request.node.get_closest_marker("listens") is not None


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """See `MadeOnce`."""
    made: dict[Make, Path] = {}

    def once(make: Make) -> Path:
        if make not in made:
            folder = tmp_path_factory.mktemp("made")
            make(folder)
            made[make] = folder
        return made[make]

    return once


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus that lies beside the repository, if it is there."""
    folder = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    return folder
