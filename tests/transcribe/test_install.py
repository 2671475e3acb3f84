"""Installing a model: whole or not at all, and over the network only when asked."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused
from coder.jobs import Job
from coder.transcribe.install import (
    add,
    add_these,
    get,
    kept,
    look,
    remove,
    remove_folder,
    throw_away,
)
from coder.transcribe.models import NETWORKS, ModelMissing, check, find, installed
from coder.transcribe.run import Way, available_engines, transcribe
from tests.hub import Hub, serving


def left_in(home: Path) -> list[str]:
    """What lies among the models, without the locks, which stay."""
    names = (path.name for path in (home / "models").iterdir())
    return sorted(name for name in names if not name.startswith(".lock-"))


def test_a_folder_is_copied_with_checksums_and_found_by_name(home, synthetic):
    seen = []

    model = add(synthetic.path, home, "ours", Job(seen.append))

    assert find("ours", home) == model
    assert model.path == home / "models" / "ours"
    assert model.checksums == synthetic.checksums
    assert model.decoding == synthetic.decoding
    assert seen[-1].fraction == 1
    check(model, home)


def test_a_folder_without_checksums_gets_them(home, tmp_path, synthetic):
    folder = tmp_path / "faster-whisper-mine"
    folder.mkdir()
    for name in synthetic.checksums:
        (folder / name).write_bytes((synthetic.path / name).read_bytes())
    (folder / "README.md").write_text("not needed")

    model = add(folder, home)

    assert model.id == "mine"
    assert model.checksums == synthetic.checksums
    assert not (model.path / "README.md").exists()


def test_a_single_file_is_installed_in_a_folder_of_its_own(home, reference_model):
    model = add(reference_model / "whisper-synthetic.pt", home)

    assert (model.id, model.format) == ("whisper-synthetic", "openai")
    assert model.path.parent == home / "models" / "whisper-synthetic.openai"
    check(model, home)


def test_installing_again_repairs_what_was_damaged(home, synthetic):
    model = add(synthetic.path, home, "ours")
    (model.path / "model.bin").write_bytes(b"")

    check(add(synthetic.path, home, "ours"), home)

    assert left_in(home) == ["checked.json", "ours"]


def test_a_damaged_folder_is_refused_and_leaves_nothing(home, tmp_path, synthetic):
    folder = tmp_path / "stick"
    folder.mkdir()
    for file in synthetic.path.glob("*.json"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "model.bin").write_bytes(b"half of it")

    with pytest.raises(EvidenceError, match=r"“stick” is damaged: model\.bin"):
        add(folder, home)

    assert left_in(home) == []


@pytest.fixture
def undescribed(tmp_path, synthetic):
    """The files of a model without its description, so without checksums."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for name in synthetic.checksums:
        (folder / name).write_bytes((synthetic.path / name).read_bytes())
    return folder


@pytest.mark.parametrize(("name", "data"), [("config.json", b"{ half"), ("model.bin", b"\6\0\0\0")])
def test_a_folder_that_cannot_be_loaded_is_not_installed(home, undescribed, name, data):
    (undescribed / name).write_bytes(data)

    with pytest.raises(EvidenceError, match=r"“stick” (is damaged|could not be loaded)") as caught:
        add(undescribed, home)

    assert "Error" not in str(caught.value)
    assert left_in(home) == []


@pytest.mark.whisper
def test_a_file_that_breaks_off_is_not_installed(home, tmp_path, reference_model):
    if "whisper" not in available_engines():
        pytest.skip("whisper is not installed")
    path = tmp_path / "cut.pt"
    path.write_bytes((reference_model / "whisper-synthetic.pt").read_bytes()[:4_000_000])

    with pytest.raises(EvidenceError, match=r"“cut\.pt” is damaged or not whole"):
        add(path, home)

    assert left_in(home) == []


def test_a_description_beside_a_single_file_is_installed_with_it(home, tmp_path, reference_model):
    path = tmp_path / "single.pt"
    path.write_bytes((reference_model / "whisper-synthetic.pt").read_bytes())
    told = (reference_model / "model.json").read_bytes()
    path.with_suffix(".json").write_bytes(told)

    assert add(path, home).decoding == json.loads(told)["decoding"]


def test_a_copy_that_is_stopped_leaves_nothing(home, synthetic):
    job = Job(lambda progress: job.cancel())

    with pytest.raises(Cancelled):
        add(synthetic.path, home, job=job)

    assert left_in(home) == []


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", " "])
def test_a_name_stays_inside_its_folder(home, synthetic, name):
    with pytest.raises(EvidenceError, match="cannot be the name"):
        add(synthetic.path, home, name)


def test_a_home_that_cannot_be_written_is_told(home, synthetic):
    home.write_text("a file where the folder should be")

    with pytest.raises(EvidenceError, match="could not be put into"):
        add(synthetic.path, home)


@pytest.fixture
def hub(monkeypatch):
    with serving(Hub(), monkeypatch) as hub:
        yield hub


def test_a_published_model_is_downloaded_when_asked_for(home, hub, synthetic):
    seen = []

    model = get("base", home, Job(seen.append))

    assert installed(home) == [model]
    assert model.id == "base"
    assert model.checksums == synthetic.checksums
    assert "Downloading “base” (12 of 12 MB)" in {progress.label for progress in seen}
    assert left_in(home) == ["base"]


def test_a_download_can_be_stopped_and_leaves_nothing(home, hub):
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        get("base", home, job)

    assert left_in(home) == []


def test_an_english_model_knows_english_only(home, hub):
    assert get("base.en", home).languages == ("en",)


def test_a_download_that_fails_keeps_what_came_until_it_is_whole_or_thrown_away(home, hub):
    hub.sent = {"model.bin": b"?" * len(hub.files["model.bin"])}
    with pytest.raises(EvidenceError, match="came damaged"):
        get("base", home)
    assert left_in(home) == [".part-base"]
    assert kept(home, "base") > 3_000_000
    assert installed(home) == []

    throw_away(home, "base")
    assert (left_in(home), kept(home, "base")) == ([], 0)


def test_a_download_that_cannot_be_loaded_is_not_installed(home, hub):
    hub.files["config.json"] = b"{ half"

    with pytest.raises(EvidenceError, match="“base” is damaged"):
        get("base", home)

    assert installed(home) == []


def test_what_is_not_published_is_not_asked_for(home):
    with pytest.raises(ModelMissing, match="none is published"):
        get("whatever", home)


def test_of_two_that_install_one_model_the_second_is_refused(home, synthetic):
    tried = []

    def again(progress) -> None:
        if not tried:
            tried.append("tried")
            with pytest.raises(Refused, match="“ours” is being installed or removed by another"):
                add(synthetic.path, home, "ours")

    model = add(synthetic.path, home, "ours", Job(again))

    assert tried
    check(model, home)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_program_killed_while_it_installs_leaves_the_old_model_and_no_rubbish(home, synthetic):
    model = add(synthetic.path, home, "ours")
    program = f"""
        import os, signal
        from pathlib import Path
        from coder.jobs import Job
        from coder.transcribe.install import add

        stop = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        add(Path({str(synthetic.path)!r}), Path({str(home)!r}), "ours", Job(stop))
    """
    root = str(Path(__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert ".new-ours" in left_in(home)
    check(model, home)

    add(synthetic.path, home, "ours")
    assert left_in(home) == ["checked.json", "ours"]


def test_a_program_killed_between_old_and_new_leaves_the_old_one(home, synthetic):
    model = add(synthetic.path, home, "ours")
    model.path.rename(model.path.with_name(".old-ours"))

    throw_away(home, "ours")  # the next work on that model, whatever it is

    check(model, home)
    remove_folder("ours", home)
    assert left_in(home) == ["checked.json"]


def test_a_disk_without_room_is_told_before_anything_is_copied(home, synthetic, monkeypatch):
    usage = shutil.disk_usage(home.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=20_000_000))

    with pytest.raises(EvidenceError, match=r"no room for the model “ours”"):
        add(synthetic.path, home, "ours")

    assert left_in(home) == []


# Out of zips, and out of folders with several


@pytest.fixture
def zipped(tmp_path, synthetic):
    """A zip with the model somewhere inside."""
    path = tmp_path / "small.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Read me.txt", "Copied at the office.")
        for name in (*synthetic.checksums, "model.json"):
            archive.write(synthetic.path / name, f"from the office/models/ours/{name}")
    return path


def test_a_model_is_installed_out_of_a_zip_wherever_it_lies_in_it(home, zipped, synthetic):
    model = add(zipped, home)

    assert model.id == "whisper-synthetic"
    assert model.checksums == synthetic.checksums
    assert model.decoding == synthetic.decoding
    assert left_in(home) == ["whisper-synthetic"]
    check(model, home)


def test_a_zip_that_was_damaged_on_the_way_is_refused_and_names_the_file(home, zipped):
    data = bytearray(zipped.read_bytes())
    data[2_000_000:2_000_016] = b"sixteen bytes..."
    zipped.write_bytes(data)

    with pytest.raises(EvidenceError, match=r"“small\.zip” is damaged .*model\.bin|Error -3"):
        add(zipped, home)

    assert left_in(home) == []


def test_a_zip_whose_model_is_not_the_one_described_is_refused(home, tmp_path, synthetic):
    path = tmp_path / "ours.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (*synthetic.checksums, "model.json"):
            data = (synthetic.path / name).read_bytes()
            archive.writestr(name, data[:-4] + b"...." if name == "model.bin" else data)

    with pytest.raises(EvidenceError, match=r"“ours\.zip” is damaged: model\.bin is not what it"):
        add(path, home)


@pytest.fixture
def stick(tmp_path, synthetic, reference_model):
    """A folder with two models in folders of their own, one of them for the other engine."""
    stick = tmp_path / "stick"
    shutil.copytree(synthetic.path, stick / "a" / "faster-whisper-mine")
    (stick / "a" / "faster-whisper-mine" / "model.json").unlink()
    shutil.copytree(reference_model, stick / "b")
    return stick


def test_a_folder_with_several_models_asks_which(home, stick):
    with pytest.raises(Refused, match=r"“stick” holds 2 models: faster-whisper-mine, whisper-syn"):
        add(stick, home)

    assert [model.format for model in look(stick)] == ["ctranslate2", "openai"]
    assert [model.id for model in add_these(stick, home)] == ["mine", "whisper-synthetic"]
    assert left_in(home) == ["mine", "whisper-synthetic.openai"]


def test_of_several_models_those_named_are_installed(home, stick):
    [model] = add_these(stick, home, ["faster-whisper-mine"])

    assert installed(home) == [model]
    with pytest.raises(NotFound, match="no model “other” in “stick”"):
        add_these(stick, home, ["other"])


def test_two_models_of_one_name_are_not_mixed_up(home, stick):
    shutil.copytree(stick / "a", stick / "c")

    with pytest.raises(Refused, match="several models called “faster-whisper-mine”"):
        add_these(stick, home)


# Removing


def test_a_removed_model_is_gone_and_its_name_free(home, synthetic):
    model = add(synthetic.path, home, "ours")

    remove(model, home)

    assert installed(home) == []
    assert left_in(home) == []
    with pytest.raises(ModelMissing):
        find("ours", home)


def test_only_what_was_installed_here_is_removed(home, synthetic):
    with pytest.raises(Refused, match="was not installed here"):
        remove(synthetic, home)

    assert synthetic.path.is_dir()


@pytest.mark.listens
def test_a_transcription_goes_on_while_its_model_is_removed(home, synthetic, recording):
    model = add(synthetic.path, home, "ours")
    whole = list(transcribe(recording, Way(synthetic), job=Job(), home=home))
    going = transcribe(recording, Way(model), job=Job(), home=home)
    first = next(going)

    remove(model, home)

    assert [first, *going] == whole
    assert installed(home) == []


# Models for speakers

PAIR = Path(__file__).parents[1] / "data" / "voices"


def test_a_damaged_model_for_speakers_is_refused(home, tmp_path):
    folder = Path(shutil.copytree(PAIR, tmp_path / "stick"))
    with (folder / "segmentation.onnx").open("r+b") as file:
        file.seek(5000)
        file.write(b"other")

    with pytest.raises(EvidenceError, match=r"“stick” is damaged: segmentation\.onnx"):
        add(folder, home)

    assert left_in(home) == []


@pytest.mark.speakers
@pytest.mark.parametrize("name", ["segmentation.onnx", "embedding.onnx"])
def test_a_model_for_speakers_that_cannot_be_loaded_is_not_installed(home, tmp_path, name):
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    folder = Path(shutil.copytree(PAIR, tmp_path / "stick"))
    (folder / "model.json").unlink()
    (folder / name).write_bytes(b"no network at all")

    with pytest.raises(EvidenceError, match="“stick” is damaged or was not made for sherpa-onnx"):
        add(folder, home)

    assert left_in(home) == []


@pytest.mark.speakers
def test_two_networks_the_wrong_way_round_are_not_installed(home, tmp_path):
    pytest.importorskip("sherpa_onnx", exc_type=ImportError)
    (tmp_path / "stick").mkdir()
    for name, other in (NETWORKS, NETWORKS[::-1]):
        shutil.copy(PAIR / name, tmp_path / "stick" / other)

    with pytest.raises(EvidenceError, match=r"“stick” could not be loaded: .*metadata"):
        add(tmp_path / "stick", home)

    assert left_in(home) == []
