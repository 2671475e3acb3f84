"""What there is to choose from, and how each model stands."""

import pytest

from coder.transcribe import catalogue, machine
from coder.transcribe.catalogue import Entry, after_removal
from coder.transcribe.install import add
from coder.transcribe.published import PUBLISHED


@pytest.fixture(autouse=True)
def office_laptop(monkeypatch):
    monkeypatch.setattr(machine, "cores", lambda: 4)
    monkeypatch.setattr(machine, "memory", lambda: 8 * 10**9)


def entries(home, chosen="", engine="faster-whisper") -> dict[str, Entry]:
    return {f"{one.id} {one.format}": one for one in catalogue.entries(home, chosen, engine)}


def test_on_an_empty_machine_there_is_what_is_published_and_what_comes_along(home):
    found = entries(home)

    [shipped, *missing] = found.values()
    assert (shipped.id, shipped.own, shipped.default) == ("whisper-synthetic", False, False)
    assert [one.id for one in missing] == list(PUBLISHED)
    assert all(one.downloadable and one.model is None for one in missing)
    assert [one.id for one in missing if one.recommended] == ["small"]


def test_what_is_installed_comes_first_with_its_state(home, synthetic, reference_model):
    add(synthetic.path, home, "base")
    add(reference_model, home, "base")
    add(synthetic.path, home, "small")

    found = entries(home)
    chosen = entries(home, "base", "whisper")

    assert set(list(found)[:3]) == {"base openai", "base ctranslate2", "small ctranslate2"}
    assert [one.id for one in found.values()].count("small") == 1
    assert [name for name, one in found.items() if one.default] == ["small ctranslate2"]
    assert [name for name, one in found.items() if one.recommended] == ["small ctranslate2"]
    assert [name for name, one in chosen.items() if one.default] == ["base openai"]
    assert not found["base openai"].downloadable


def test_a_stopped_download_and_a_damaged_model_are_told(home, synthetic):
    (home / "models" / ".part-tiny").mkdir(parents=True)
    (home / "models" / ".part-tiny" / "model.bin.0a.part").write_bytes(b"x" * 1_000)
    (add(synthetic.path, home, "small").path / "tokenizer.json").unlink()

    found = entries(home)

    assert found["tiny ctranslate2"].kept == 1_000
    assert "tokenizer.json is missing" in found["small ctranslate2"].problem
    assert found["small ctranslate2"].downloadable
    assert [one for one in found.values() if one.default] == []


def test_a_default_that_is_not_there_is_no_reason_to_fail(home):
    assert not any(one.default for one in entries(home, "gone").values())


def test_what_is_used_after_a_removal(home, synthetic):
    base, small = (add(synthetic.path, home, name) for name in ("base", "small"))

    assert after_removal(small, home) == base
    assert after_removal(small, home, "whisper") is None
