"""What every test gets: a home of its own, no network, no screen, and the corpus if it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HF_HUB_OFFLINE"] = "1"

settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for this test's settings and models, and a name to act under."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("EVIDENCE_CODER_HOME", str(home))
    monkeypatch.setenv("EVIDENCE_CODER_NAME", "Noor Hadley")
    return home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus that lies beside the repository, if it is there."""
    folder = Path(os.environ.get("EVIDENCE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared corpus is not on this machine")
    return folder
