"""Checksums are those of the files, and losing what is remembered does no harm."""

import hashlib

import pytest

from coder.domain.errors import Cancelled
from coder.jobs import Job
from coder.transcribe.checksums import Checksums, sha256


def test_the_checksum_is_the_one_that_everybody_computes(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"evidence" * 1_000_000)

    assert sha256(file) == hashlib.sha256(b"evidence" * 1_000_000).hexdigest()


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"x": 1}'])
def test_a_memory_that_is_broken_is_forgotten(tmp_path, content):
    file = tmp_path / "file"
    file.write_bytes(b"evidence")
    (tmp_path / "memory.json").write_text(content)

    known = Checksums(tmp_path / "memory.json")
    found = known.of(file)
    known.save()

    assert found == hashlib.sha256(b"evidence").hexdigest()
    assert Checksums(tmp_path / "memory.json").of(file) == found


def test_a_long_check_can_be_stopped(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"evidence")
    job = Job()
    job.cancel()

    with pytest.raises(Cancelled):
        sha256(file, job)
