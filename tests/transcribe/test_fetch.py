"""A download goes on where it stopped, and nothing damaged comes through."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.domain.errors import Cancelled, EvidenceError
from coder.jobs import Job, Progress
from coder.transcribe import fetch
from coder.transcribe.fetch import download, kept, work
from coder.transcribe.published import PUBLISHED
from tests.hub import Hub, half, serving

BASE = PUBLISHED["base"]
HALF = 4_000_000
SMALL = sum(len(data) for name, data in Hub().files.items() if name != "model.bin")
"""What comes before the weights."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving(Hub(), monkeypatch) as hub:
        yield hub


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models" / ".part-base"


def asked_for(folder: Path) -> dict[str, str]:
    return {"id": "base", "repository": BASE.repository, "folder": str(folder)}


def test_all_files_come_with_their_checksums_and_the_progress_is_told(folder, hub, synthetic):
    seen: list[Progress] = []

    files = download(BASE, folder, Job(seen.append))

    assert {name: one["sha256"] for name, one in files.items()} == synthetic.checksums
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == hub.files
    assert seen[-1].done == seen[-1].total == sum(map(len, hub.files.values()))
    assert seen[-1].label == "Downloading “base” (12 of 12 MB)"
    assert "/api/models/Systran/faster-whisper-base" in {path for path, _ in hub.asked}


def test_a_connection_that_is_cut_is_taken_up_where_it_ended(folder, hub):
    hub.cuts = [("model.bin", HALF), ("model.bin", 2 * HALF), ("tokenizer.json", 100_000)]

    download(BASE, folder, Job())

    assert hub.begun_at("model.bin") == [0, HALF, 2 * HALF]
    assert hub.begun_at("tokenizer.json") == [0, 100_000]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == hub.files


def stop_halfway(folder: Path, hub: Hub) -> None:
    """Stops a download while the weights come."""
    hub.holds = {"model.bin": HALF}
    job = Job()

    def listen(progress: Progress) -> None:
        if progress.done > SMALL:
            job.cancel()

    job.listener = listen
    with pytest.raises(Cancelled):
        download(BASE, folder, job)
    hub.holds = {}


def test_a_download_that_was_stopped_goes_on_with_what_had_come(folder, hub):
    # Given a download that was stopped while the weights came
    stop_halfway(folder, hub)
    had = half(folder)
    assert SMALL < had == kept(folder) < SMALL + len(hub.files["model.bin"])
    whole = [name for name in hub.files if name != "model.bin"]

    # When it is begun again, then only the rest is asked for
    hub.asked.clear()
    seen: list[Progress] = []
    download(BASE, folder, Job(seen.append))

    [start] = hub.begun_at("model.bin")
    assert 0 < start <= HALF
    assert [hub.begun_at(name) for name in whole] == [[]] * 4
    counted = [progress for progress in seen if progress.total]
    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]
    assert counted[-1].done == counted[-1].total


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_download_whose_program_was_killed_goes_on(folder, hub):
    hub.holds = {"model.bin": HALF}
    program = f"""
        import os, signal
        from pathlib import Path
        from coder.jobs import Job
        from coder.transcribe.fetch import download
        from coder.transcribe.published import PUBLISHED

        def listen(progress):
            if progress.done > {SMALL}:
                os.kill(os.getpid(), signal.SIGKILL)

        download(PUBLISHED["base"], Path({str(folder)!r}), Job(listen))
    """
    root = str(Path(fetch.__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert half(folder) > SMALL

    hub.holds = {}
    hub.asked.clear()
    download(BASE, folder, Job())

    assert hub.begun_at("model.bin")[0] > 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == hub.files


def test_a_hub_that_knows_no_ranges_is_asked_for_all_of_it_anew(folder, hub):
    stop_halfway(folder, hub)
    hub.ranges = False

    download(BASE, folder, Job())

    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]


def test_the_beginning_of_another_version_is_not_gone_on_with(folder, hub):
    stop_halfway(folder, hub)
    hub.files["model.bin"] = hub.files["model.bin"][::-1]
    hub.revision = "2" * 40
    hub.asked.clear()

    download(BASE, folder, Job())

    assert hub.begun_at("model.bin") == [0]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == hub.files


def test_what_was_whole_already_is_not_fetched_again(folder, hub):
    download(BASE, folder, Job())
    (folder / "model.json").write_text("{}")
    hub.asked.clear()

    download(BASE, folder, Job())

    assert {path for path, _ in hub.asked} == {"/api/models/Systran/faster-whisper-base"}
    assert {path.name for path in folder.iterdir()} == set(hub.files)


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_file_with_another_checksum_is_thrown_away_and_the_rest_kept(folder, hub, name):
    hub.sent[name] = hub.files[name][:-1] + b"?"

    with pytest.raises(EvidenceError, match=rf"“base” came damaged: {name} is not what the hub"):
        download(BASE, folder, Job())
    assert not list(folder.glob(f"{name}*"))

    hub.sent.clear()
    assert set(download(BASE, folder, Job())) == set(hub.files)


def test_a_part_that_is_longer_than_the_file_is_thrown_away(folder, hub):
    stop_halfway(folder, hub)
    [part] = folder.glob("model.bin.*.part")
    part.write_bytes(b"?" * 10_000_000)

    with pytest.raises(EvidenceError, match=r"damaged: model\.bin"):
        download(BASE, folder, Job())
    download(BASE, folder, Job())

    assert (folder / "model.bin").read_bytes() == hub.files["model.bin"]


def test_files_without_a_stated_checksum_are_not_taken(folder, hub):
    hub.stated = False

    with pytest.raises(EvidenceError, match="cannot be understood"):
        download(BASE, folder, Job())


def test_a_repository_without_a_model_is_told(folder, hub):
    del hub.files["tokenizer.json"]

    with pytest.raises(EvidenceError, match="cannot be understood"):
        download(BASE, folder, Job())


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "does not give it out"), (403, "does not give it out"), (503, "busy")],
)
def test_a_hub_that_refuses_is_told_with_what_to_do(folder, hub, status, said):
    hub.status = status

    with pytest.raises(EvidenceError, match=rf"{said}.*\({status}") as caught:
        download(BASE, folder, Job())

    assert "Traceback" not in str(caught.value)


def test_without_a_network_the_way_by_hand_is_told(folder, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("HF_HUB_OFFLINE")

    with pytest.raises(EvidenceError, match=r"“base” could not be downloaded.*models add") as told:
        download(BASE, folder, Job())

    assert "127.0.0.1 was not reached (" in told.value.what


def test_where_downloads_are_switched_off_nothing_is_asked(folder, hub, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(EvidenceError, match="switched off"):
        download(BASE, folder, Job())

    assert hub.asked == []


@pytest.mark.parametrize("address", ["ftp://hub.example", "file:///etc"])
def test_only_the_web_is_asked(folder, monkeypatch, address):
    monkeypatch.setenv("HF_ENDPOINT", address)
    monkeypatch.delenv("HF_HUB_OFFLINE")

    with pytest.raises(EvidenceError, match="no address of a hub"):
        download(BASE, folder, Job())


def test_a_line_that_stays_dead_is_given_up_and_what_came_is_kept(folder, hub, monkeypatch):
    monkeypatch.setattr(fetch, "WAITS", (0.0, 0.0))
    hub.cuts = [("model.bin", HALF), *[("model.bin", 0)] * 3]

    with pytest.raises(EvidenceError, match=r"broke off.*What has come is kept"):
        list(work(asked_for(folder)))

    assert half(folder) > HALF
    assert list(work(asked_for(folder)))[-1]["files"].keys() == hub.files.keys()


def test_a_disk_without_room_is_told_before_anything_comes(folder, hub, monkeypatch):
    usage = shutil.disk_usage(folder.parents[1])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=20_000_000))

    with pytest.raises(EvidenceError, match=r"no room.* takes 12 MB more, and 20 MB are free"):
        list(work(asked_for(folder)))

    assert half(folder) == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(options, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_meanwhile_is_told_and_what_came_is_kept(small_disk, hub, monkeypatch):
    usage = shutil.disk_usage(small_disk)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**9))
    folder = small_disk / ".part-base"

    with pytest.raises(EvidenceError, match=r"could not be kept in .*No space left.* Make room"):
        list(work(asked_for(folder)))

    assert half(folder) > 3_000_000


def test_stopping_takes_no_time_while_nothing_comes(folder, hub):
    hub.holds = {"config.json": 0}
    job = Job()
    waiting = threading.Event()
    job.listener = lambda progress: waiting.set() if progress.total else None
    threading.Thread(target=lambda: waiting.wait(30) and job.cancel()).start()

    with pytest.raises(Cancelled):
        download(BASE, folder, job)

    assert not hub.released.is_set()
