"""The process that downloads a published model, started by `coder.transcribe.install` only."""

from __future__ import annotations

import os
import sys

REPOSITORIES = {
    "tiny": "Systran/faster-whisper-tiny",
    "base": "Systran/faster-whisper-base",
    "small": "Systran/faster-whisper-small",
    "medium": "Systran/faster-whisper-medium",
    "large-v3": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""Where faster-whisper's own list finds each model on the Hugging Face Hub."""


def main(name: str, folder: str) -> None:
    """Puts the files of the published model `name` into `folder`."""
    os.environ.update(
        {"HF_HOME": os.path.join(folder, ".cache"), "HF_HUB_DISABLE_TELEMETRY": "1"}  # noqa: PTH118
    )
    from huggingface_hub import snapshot_download

    snapshot_download(
        REPOSITORIES[name],
        local_dir=folder,
        allow_patterns=[
            "model.bin",
            "config.json",
            "tokenizer.json",
            "vocabulary.*",
            "preprocessor_config.json",
        ],
        token=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
