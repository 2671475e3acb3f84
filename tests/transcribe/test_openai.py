"""The reference engine: a model that cannot be loaded, and how many threads it takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coder.domain.errors import EvidenceError
from coder.transcribe.openai import OpenAIWhisper


@pytest.mark.whisper
def test_a_file_that_is_no_model_is_told(tmp_path):
    pytest.importorskip("whisper", exc_type=ImportError)
    path = tmp_path / "tiny.pt"
    path.write_bytes(b"not a model")

    with pytest.raises(EvidenceError, match=r"“tiny\.pt” is damaged or not whole"):
        OpenAIWhisper(path, 1)


HEARING = """
import sys
from pathlib import Path

import torch

from coder.transcribe.audio import RATE, decode
from coder.transcribe.engine import Options
from coder.transcribe.openai import OpenAIWhisper

engine = OpenAIWhisper(Path(sys.argv[1]), 1)
[sentence] = engine.transcribe(decode(Path(sys.argv[2]))[2 * RATE : 5 * RATE], 0, Options())
assert sentence.words
print(torch.get_num_threads())
"""
"""In a process of its own, since the libraries start their threads only once."""


@pytest.mark.whisper
@pytest.mark.skipif(os.cpu_count() == 1, reason="there is but one core to take")
def test_it_computes_with_no_more_threads_than_it_is_given(reference_model, recording):
    """Timing words by numba must not undo it."""
    pytest.importorskip("whisper", exc_type=ImportError)

    told = subprocess.run(
        [sys.executable, "-c", HEARING, str(reference_model / "whisper-synthetic.pt"), recording],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "1\n"
