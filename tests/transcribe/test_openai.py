"""A model that cannot be loaded is an error that a person can read."""

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
