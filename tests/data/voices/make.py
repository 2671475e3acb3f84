"""Makes the tiny pair of models with which tests tell voices apart, for sherpa-onnx.

python tests/data/voices/make.py        needs the packages `onnx` and `numpy`

No weights are learnt and nothing is taken from anybody: the first network asks of every 20 ms
whether there is a fundamental below 130 Hz in it, the second measures the deep end of the spectrum.
They take and give what the published pairs take and give, so they prove the way that sound goes;
they part low voices from high ones, and say nothing about accuracy.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
RATE, WINDOW, HOP, FIELD = 16_000, 80_000, 320, 3_200
FREQUENCIES = np.array([85, 97, 109, 121, *range(145, 286, 20)])
BORDER, LEAST = 130, 0.1
"""Hz, and the share of the power that a low voice has below it, where its fundamental lies."""
QUIET, SPEECH_FRAMES, VOICE_FRAMES = 3e-7, 5, 51
"""The power below which nobody speaks; the frames of 20 ms that each judgement looks at."""
CLASSES = 7
"""Nobody, one of three, two of three."""


def main() -> None:
    save(
        segmentation(),
        "segmentation.onnx",
        sample_rate=RATE,
        window_size=WINDOW,
        receptive_field_size=FIELD,
        receptive_field_shift=HOP,
        num_speakers=3,
        powerset_max_classes=2,
        num_classes=CLASSES,
    )
    save(
        embedding(),
        "embedding.onnx",
        framework="wespeaker",
        language="English",
        sample_rate=RATE,
        output_dim=3,
        normalize_samples=1,
    )
    describe("segmentation.onnx", "embedding.onnx")


def segmentation() -> onnx.GraphProto:
    """Sound (1, 1, samples) to the score of each class (1, frames, classes)."""
    time = np.arange(FIELD) / RATE
    angle = 2 * np.pi * FREQUENCIES[:, None] * time
    waves = np.concatenate([np.cos(angle), np.sin(angle)]) * np.hanning(FIELD) / FIELD
    low = np.tile(FREQUENCIES < BORDER, 2).astype(float)
    sums = np.stack([low, 1 - low])
    # From (log power, log low − log high) each class has its score; nobody has 0.
    scores, floor = np.zeros((CLASSES, 2)), np.full(CLASSES, -60.0)
    scores[1], scores[2] = (9, 1), (9, -1)
    floor[0], floor[1:3] = 0, -9 * np.log(QUIET)
    floor[1:3] += np.array([-1, 1]) * np.log(LEAST)
    return graph(
        "segmentation",
        [
            node("Conv", "x waves", "c", strides=[HOP], pads=[(FIELD - HOP) // 2] * 2),
            node("Mul", "c c", "power"),
            node("Conv", "power sums", "bands"),
            *pooled("bands", "voice", VOICE_FRAMES),
            node("Add", "voice tiny", "v"),
            node("Log", "v", "logs"),
            node("Conv", "logs difference", "height"),
            *pooled("bands", "loud", SPEECH_FRAMES),
            node("Conv", "loud both", "sum"),
            node("Add", "sum tiny", "s"),
            node("Log", "s", "loudness"),
            node("Concat", "loudness height", "both_told", axis=1),
            node("Conv", "both_told scores floor", "told"),
            node("Transpose", "told", "y", perm=[0, 2, 1]),
        ],
        {
            "waves": waves[:, None],
            "sums": sums[:, :, None],
            "tiny": np.array([1e-12]),
            "difference": np.array([[[1.0], [-1.0]]]),
            "both": np.array([[[1.0], [1.0]]]),
            "scores": scores[:, :, None],
            "floor": floor,
        },
        ("x", [1, 1, "samples"]),
        ("y", [1, "frames", CLASSES]),
    )


def embedding() -> onnx.GraphProto:
    """The log-mel spectrum (1, frames, 80) to two differences at its deep end (1, 3).

    The first, between about 160 and 65 Hz, is above 3.8 (in logs) where the fundamental is high.
    """
    deep = np.zeros((80, 3))
    deep[[5, 1], 0] = 1, -1
    deep[[7, 5], 1] = 0.2, -0.2
    return graph(
        "embedding",
        [
            node("ReduceMean", "x frames", "mean", keepdims=0),
            node("MatMul", "mean deep", "measured"),
            node("Add", "measured turned", "y"),
        ],
        {"frames": np.array([1]), "deep": deep, "turned": np.array([-3.8, 0, 0.5])},
        ("x", [1, "frames", 80]),
        ("y", [1, 3]),
    )


def pooled(source: str, name: str, frames: int) -> list[onnx.NodeProto]:
    """The mean over so many frames around each."""
    pads = [frames // 2] * 2
    return [node("AveragePool", source, name, kernel_shape=[frames], strides=[1], pads=pads)]


def node(kind: str, inputs: str, output: str, **how: object) -> onnx.NodeProto:
    return helper.make_node(kind, inputs.split(), [output], **how)


def graph(name, nodes, constants, given, made) -> onnx.GraphProto:
    weights = [
        numpy_helper.from_array(
            value if value.dtype == np.int64 else value.astype(np.float32), constant
        )
        for constant, value in constants.items()
    ]
    shaped = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in (given, made)]
    return helper.make_graph(nodes, name, shaped[:1], shaped[1:], weights)


def save(made: onnx.GraphProto, name: str, **told: object) -> None:
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    helper.set_model_props(model, {key: str(value) for key, value in told.items()})
    onnx.checker.check_model(model)
    onnx.save(model, HERE / name)
    print(f"{name}: {(HERE / name).stat().st_size:,} bytes")


def describe(*names: str) -> None:
    """Writes `model.json` with the checksums that an installation compares."""
    files = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name in names
        for data in [(HERE / name).read_bytes()]
    }
    told = {
        "id": "voices-synthetic",
        "title": "Low and high voices (made by hand, for tests)",
        "format": "speakers",
        "licence": "MIT",
        "files": files,
    }
    (HERE / "model.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
