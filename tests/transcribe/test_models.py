"""Models are found by name or folder, and a damaged one is never used."""

import json
import os
from pathlib import Path

import pytest

from coder import places
from coder.domain.errors import EvidenceError, NotFound
from coder.transcribe import machine, models
from coder.transcribe.install import add
from coder.transcribe.models import (
    Model,
    ModelMissing,
    check,
    default,
    find,
    installed,
    read,
    shipped,
)

PARTS = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


def make(folder: Path, size: int = 10, **manifest: object) -> Path:
    """A folder that looks like a model, as long as nobody loads it."""
    folder.mkdir(parents=True)
    for name in PARTS:
        (folder / name).write_bytes(b"x" * size)
    if manifest:
        (folder / "model.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_the_model_that_comes_along_is_found_by_name_and_says_what_it_wants(home):
    model = find("whisper-synthetic", home)

    assert model.path == places.samples() / "whisper-synthetic"
    assert (model.format, model.languages) == ("ctranslate2", ("en",))
    assert model.decoding["max_chunk_seconds"] == 8
    check(model, home)


def test_a_model_is_found_in_any_folder_and_as_a_single_file(home, tmp_path, reference_model):
    folder = make(tmp_path / "my model")

    assert find(folder, home).id == "my model"
    assert find(str(folder), home).format == "ctranslate2"
    assert find(reference_model / "whisper-synthetic.pt", home).format == "openai"
    assert find(reference_model, home).decoding["max_chunk_seconds"] == 8


def test_of_two_with_one_name_the_engine_gets_the_one_it_reads(home, reference_model):
    add(find("whisper-synthetic", home).path, home, "ours")
    add(reference_model, home, "ours")

    assert find("ours", home, "faster-whisper").format == "ctranslate2"
    assert find("ours", home, "whisper").format == "openai"


def test_a_published_model_that_is_missing_says_how_large_it_is(home):
    with pytest.raises(ModelMissing, match=r"“small” is not on this machine.* 486 MB") as caught:
        find("small", home)

    assert caught.value.bytes == 486_000_000
    assert caught.value.downloadable
    assert "“Models for transcription…” (`models get small`)" in caught.value.remedy
    assert "models add FOLDER" in caught.value.remedy


def test_a_model_for_the_reference_engine_is_added_by_its_file(home):
    with pytest.raises(ModelMissing, match=r"models add FILE\.pt") as caught:
        find("small", home, "whisper")

    assert not caught.value.downloadable


def test_a_file_of_another_kind_is_no_model(home):
    with pytest.raises(EvidenceError, match=r"“test_models\.py” is not a Whisper model"):
        find(__file__, home)


def test_an_unknown_name_offers_those_that_are_published(home):
    with pytest.raises(
        ModelMissing, match=r"no model “smal” .*tiny, tiny\.en, base, base\.en"
    ) as caught:
        find("smal", home)

    assert caught.value.bytes == 0


@pytest.mark.parametrize("name", ["models/none", "none.pt"])
def test_a_path_that_leads_nowhere_is_told_as_a_path(home, name):
    with pytest.raises(NotFound, match="no model at"):
        find(name, home)


def test_a_folder_that_is_no_model_says_what_is_missing(tmp_path):
    folder = make(tmp_path / "half")
    (folder / "model.bin").unlink()
    (folder / "vocabulary.json").unlink()

    with pytest.raises(EvidenceError, match=r"“half” is not.*model\.bin, vocabulary\.\* are miss"):
        read(folder)


def test_the_published_models_without_preprocessor_config_are_models(tmp_path):
    assert read(make(tmp_path / "small")).id == "small"


def test_a_snapshot_in_the_cache_of_the_hub_is_called_by_its_repository(tmp_path):
    cache = tmp_path / "models--Systran--faster-whisper-small" / "snapshots" / "0a1b"

    assert read(make(cache)).id == "faster-whisper-small"


def test_a_model_with_the_ending_of_english_ones_knows_english_only(tmp_path):
    assert read(make(tmp_path / "small.en")).languages == ("en",)
    assert read(make(tmp_path / "small")).languages == ()


def test_what_is_no_longer_whole_is_told_with_the_reason(home):
    (make(home / "models" / "base", 10, id="base") / "model.bin").unlink()
    (home / "models" / "notes").mkdir()

    [(name, problem)] = models.damaged(home).items()

    assert name == "base"
    assert problem == "It is incomplete: model.bin is missing."


@pytest.mark.parametrize("text", ["{", "[]", '{"files": 1}', '{"files": {"model.bin": {}}}'])
def test_a_description_that_cannot_be_read_is_an_error(tmp_path, text):
    folder = make(tmp_path / "odd")
    (folder / "model.json").write_text(text)

    with pytest.raises(EvidenceError, match=r"model\.json in “odd” cannot be read"):
        read(folder)


def test_what_comes_along_is_never_taken_for_real_evidence(home):
    assert [model.id for model in shipped()] == ["whisper-synthetic"]
    assert installed(home) == []
    with pytest.raises(ModelMissing, match=r"“(base|small)”"):
        default(home)


def of(name: str, size: int, form: str = "ctranslate2", *languages: str) -> Model:
    return Model(name, name, form, Path(name), languages, size)


TINY, BASE, SMALL = of("tiny", 78_000_000), of("base", 148_000_000), of("small", 486_000_000)
TURBO, LARGE = of("large-v3-turbo", 1_620_000_000), of("large-v3", 3_090_000_000)
MINE, ENGLISH = of("mine", 300_000_000), of("small.en", 486_000_001, "ctranslate2", "en")


@pytest.mark.parametrize(
    ("cores", "memory", "there", "best"),
    [
        (2, 4, [TINY, BASE, SMALL, LARGE], BASE),
        (2, 4, [TINY, SMALL, LARGE], TINY),
        (2, 4, [SMALL, LARGE], SMALL),
        (4, 8, [TINY, BASE, SMALL, TURBO, LARGE], SMALL),
        (4, 8, [BASE, MINE, TURBO], MINE),
        (4, 8, [BASE, ENGLISH], ENGLISH),
        (4, 8, [ENGLISH, SMALL], SMALL),
        (4, 64, [BASE, SMALL, TURBO], SMALL),
        (6, 16, [SMALL, TURBO, LARGE], TURBO),
        (6, 16, [BASE, SMALL], SMALL),
        (6, 16, [LARGE], LARGE),
        (6, 16, [of("small", 9, "openai")], None),
        (6, 16, [], None),
    ],
)
def test_the_best_model_is_that_which_suits_the_machine(monkeypatch, cores, memory, there, best):
    monkeypatch.setattr(machine, "cores", lambda: cores)
    monkeypatch.setattr(machine, "memory", lambda: memory * 10**9)

    assert models.best(there) == best


def test_the_best_installed_model_is_the_default_unless_one_is_chosen(home):
    make(home / "models" / "base", 10)
    make(home / "models" / "small", 99)
    make(home / "models" / ".new-half", 999)
    (home / "models" / "notes").mkdir()

    assert [model.id for model in installed(home)] == ["small", "base"]
    assert default(home).id == "small"
    assert default(home, "base").id == "base"
    with pytest.raises(ModelMissing):
        default(home, engine="whisper")


def test_sixteen_wrong_bytes_are_found_at_the_first_use(home, synthetic):
    model = add(synthetic.path, home, "copy")
    file = model.path / "model.bin"
    weights = bytearray(file.read_bytes())
    weights[1_000_000:1_000_016] = b"sixteen bytes..."
    file.write_bytes(weights)

    with pytest.raises(EvidenceError, match=r"“copy” is damaged: model\.bin"):
        check(model, home)


def test_a_file_that_has_gone_is_named(home, synthetic):
    model = add(synthetic.path, home, "copy")
    (model.path / "tokenizer.json").unlink()

    with pytest.raises(EvidenceError, match=r"“copy” is incomplete: tokenizer\.json"):
        check(model, home)


def test_what_was_found_good_is_not_read_again_until_it_changes(home, synthetic):
    model = add(synthetic.path, home, "copy")
    check(model, home)
    file = model.path / "config.json"
    stat = file.stat()
    file.write_bytes(b"?" * stat.st_size)

    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    check(model, home)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))
    with pytest.raises(EvidenceError, match="damaged"):
        check(model, home)


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 MB"), (486_000_000, "486 MB"), (1_620_000_000, "1.6 GB")]
)
def test_sizes_are_said_as_people_say_them(count, said):
    assert models.size(count) == said


def test_a_model_for_speakers_is_never_offered_for_transcribing(home):
    pair = Path(__file__).parents[1] / "data" / "voices"

    made = add(pair, home)

    assert made.path == home / "models" / "voices-synthetic.speakers"
    assert (made.format, made.licence) == ("speakers", "MIT")
    assert models.for_speakers(home) == [made]
    assert models.installed(home) == []
    with pytest.raises(ModelMissing):
        models.default(home)
    with pytest.raises(EvidenceError, match="tells voices apart"):
        models.find(pair, home)


def test_half_of_a_model_for_speakers_says_what_is_missing(tmp_path):
    (tmp_path / "embedding.onnx").write_bytes(b"")

    with pytest.raises(EvidenceError, match=r"segmentation\.onnx is missing"):
        models.read(tmp_path)
