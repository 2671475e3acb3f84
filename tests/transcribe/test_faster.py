"""A model that cannot be loaded is an error that a person can read."""

import shutil

import pytest

from coder.domain.errors import EvidenceError
from coder.transcribe.faster import FasterWhisper


def test_weights_that_break_off_are_told(tmp_path, synthetic):
    folder = tmp_path / "short"
    shutil.copytree(synthetic.path, folder)
    whole = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(whole[:1_000_000])

    with pytest.raises(EvidenceError, match="“short” is damaged or not whole"):
        FasterWhisper(folder, 1)
