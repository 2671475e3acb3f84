"""The models of this machine, as window and command line ask for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder import places, settings
from coder.domain.errors import NotFound, Refused
from coder.project import models
from coder.project.manner import Manner, model_for
from coder.project.models import Speed
from coder.transcribe import install

SYNTHETIC = places.samples() / "whisper-synthetic"


@pytest.fixture
def two(own_home: Path) -> Path:
    """A home with the models `base` and `small`, which is a little larger."""
    for name in ("base", "small"):
        install.add(SYNTHETIC, own_home, name)
    return own_home


def test_a_default_that_was_set_holds_for_transcribing(two: Path) -> None:
    assert models.entry("small").default
    assert model_for(Manner()).id == "small"

    models.set_default(models.entry("base"))

    assert [one.id for one in models.catalogue() if one.default] == ["base"]
    assert settings.load().model == "base"
    assert model_for(Manner(model=settings.load().model)).id == "base"
    assert models.default_model("faster-whisper") == models.entry("base").model
    assert models.default_model("whisper") is None


def test_only_what_is_here_can_be_the_default(own_home: Path) -> None:
    with pytest.raises(NotFound, match=r"“base” is not on this machine\. Install it first"):
        models.set_default(models.entry("base"))


def test_a_removed_default_makes_way_for_the_next(two: Path) -> None:
    models.set_default(models.entry("base"))

    assert models.removal_told(models.entry("small")) == ""
    assert models.remove_model(models.entry("base")) == "“small” is used from now on."
    assert settings.load().model == ""
    assert models.entry("small").default

    told = models.remove_model(models.entry("small"))
    assert "only “whisper-synthetic”, which comes with the program" in told
    assert models.missing_model("faster-whisper")


def test_what_is_not_here_cannot_be_removed(own_home: Path) -> None:
    with pytest.raises(NotFound, match="“base” is not on this machine"):
        models.remove_model(models.entry("base"))
    with pytest.raises(Refused, match="was not installed here"):
        models.remove_model(models.entry("whisper-synthetic"))


def test_what_is_damaged_and_what_was_begun_can_be_removed(two: Path) -> None:
    (two / "models" / "small" / "model.bin").unlink()
    (two / "models" / ".part-tiny").mkdir()
    (two / "models" / ".part-tiny" / "model.bin.0a.part").write_bytes(b"x")

    models.remove_model(models.entry("small"))
    models.remove_model(models.entry("tiny"))

    left = {one.name for one in (two / "models").iterdir() if not one.name.startswith(".lock")}
    assert left == {"base"}


def test_a_model_is_found_for_the_engine_that_was_chosen(two: Path, tmp_path: Path) -> None:
    settings.save(replace(settings.load(), engine="whisper"))

    assert models.entry("base").format == "ctranslate2"
    with pytest.raises(NotFound, match="no model “gone”"):
        models.entry("gone")


@pytest.mark.parametrize(
    ("took", "said"),
    [
        (0.1, "about 1 minute"),
        (6.4, "about 13 minutes"),
        (44, "about 88 minutes"),
        (75, "about 2.5 hours"),
    ],
)
def test_a_speed_is_said_as_people_say_it(took: float, said: str) -> None:
    assert models.spoken_time(Speed(30, took, 1)) == said


def test_the_machine_is_told_with_the_model_that_suits_it() -> None:
    assert "GB of memory; “" in models.machine_told()
