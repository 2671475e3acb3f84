"""A worker hears a block of sound with the very model that was meant, wherever that lies there."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from coder.domain.errors import EvidenceError
from coder.transcribe.audio import RATE, Block
from coder.transcribe.engine import Piece
from coder.transcribe.install import add
from coder.transcribe.models import Model, read
from coder.transcribe.run import Way
from coder.transcribe.spread import hear_block

QUIET = Block(0, (np.zeros(RATE, np.float32),))


@pytest.fixture
def meant(synthetic, tmp_path) -> Model:
    """A model on the machine that asks, in a folder that a worker may have too."""
    return read(shutil.copytree(synthetic.path, tmp_path / "office" / "whisper-synthetic"))


def elsewhere(model: Model, tmp_path) -> Model:
    """The same model, its folder being none that this machine has."""
    return replace(model, path=tmp_path / "nowhere" / "whisper-synthetic")


def test_a_model_at_the_same_place_is_used(meant):
    assert hear_block(QUIET, Way(meant)) == [Piece(0, 1_000, speech=False)]


def test_another_model_at_the_same_place_is_refused(meant):
    (meant.path / "tokenizer.json").write_text("{}")

    with pytest.raises(EvidenceError, match="on a worker is not the one on this machine"):
        hear_block(QUIET, Way(meant))


def test_a_model_is_found_by_its_name_and_compared(meant, home, tmp_path):
    there = add(meant.path, home, "office")
    way = Way(replace(elsewhere(meant, tmp_path), id="office"))

    assert hear_block(QUIET, way) == [Piece(0, 1_000, speech=False)]

    (there.path / "tokenizer.json").write_text("{}")
    with pytest.raises(EvidenceError, match="on a worker is not the one on this machine"):
        hear_block(QUIET, way)


def test_a_model_that_a_worker_does_not_have_is_named(meant, tmp_path):
    gone = replace(elsewhere(meant, tmp_path), id="small")

    with pytest.raises(EvidenceError, match=r"The model “small” is not on a worker\."):
        hear_block(QUIET, Way(gone))
