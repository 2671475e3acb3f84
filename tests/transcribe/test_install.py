"""Installing a model: whole or not at all, and over the network only when asked."""

import hashlib
import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.jobs import Job
from coder.transcribe.install import add, get
from coder.transcribe.models import NETWORKS, ModelMissing, check, find, installed
from coder.transcribe.run import available_engines


def left_in(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "models").iterdir())


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
def hub(synthetic, monkeypatch):
    """A server on this machine that speaks as much of the hub's protocol as a download needs."""
    files = {name: (synthetic.path / name).read_bytes() for name in synthetic.checksums}
    listing = {
        "id": "Systran/faster-whisper-base",
        "sha": "1" * 40,
        "siblings": [{"rfilename": name} for name in [*files, "README.md"]],
    }

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.partition("?")[0]
            if path.startswith("/api/models/Systran/faster-whisper-base/tree/"):
                self.answer(
                    json.dumps(
                        [
                            {
                                "type": "file",
                                "path": name,
                                "size": len(data),
                                "oid": hashlib.sha1(data).hexdigest(),
                            }
                            for name, data in files.items()
                        ]
                    ).encode()
                )
            elif path.startswith("/api/models/Systran/faster-whisper-base"):
                self.answer(json.dumps(listing).encode())
            elif path.rpartition("/")[2] in files:
                self.answer(files[path.rpartition("/")[2]])
            else:
                self.send_error(404)

        def do_HEAD(self):
            self.do_GET()

        def answer(self, body):
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{hashlib.sha1(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", listing["sha"])
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        yield server
        server.shutdown()
        thread.join()


def test_a_published_model_is_downloaded_when_asked_for(home, hub, synthetic):
    seen = []

    model = get("base", home, Job(seen.append))

    assert installed(home) == [model]
    assert model.id == "base"
    assert model.checksums == synthetic.checksums
    assert "Downloading the model “base”" in {progress.label for progress in seen}
    assert left_in(home) == ["base"]


def test_a_download_can_be_stopped_and_leaves_nothing(home, hub):
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        get("base", home, job)

    assert left_in(home) == []


def test_without_a_network_the_way_by_hand_is_told(home, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    with pytest.raises(EvidenceError, match=r"“base” could not be downloaded.*models add FOLDER"):
        get("base", home)

    assert left_in(home) == []


def test_what_is_not_published_is_not_asked_for(home):
    with pytest.raises(ModelMissing, match="none is published"):
        get("whatever", home)


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
