"""What is sealed opens with its passphrase only, and any change to it is seen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.errors import Cancelled, EvidenceError, Refused
from coder.jobs import Job
from coder.store.sealed import MAGIC, is_sealed, seal, unseal
from tests.effort import tries

PASSPHRASE = "four words to keep"
CONTENT = bytes(range(256)) * 9_000
"""Over two messages long."""


def sealed(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, passphrase, Job())
    return target.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, passphrase, "shared.evidence", Job())
    return target.getvalue()


@pytest.fixture(scope="module")
def long() -> bytes:
    return sealed(CONTENT)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_what_was_sealed_comes_out_whatever_its_length(size: int) -> None:
    content = CONTENT[:size]
    shut = sealed(content)
    assert size < 64 or content[:64] not in shut
    assert opened(shut) == content


def test_spaces_around_a_passphrase_do_not_count_but_capitals_do(long: bytes) -> None:
    assert opened(long, f" {PASSPHRASE}\n") == CONTENT
    with pytest.raises(Refused, match="does not open with this passphrase"):
        opened(long, PASSPHRASE.upper())


def test_nothing_is_sealed_twice_alike() -> None:
    assert sealed(b"the same") != sealed(b"the same")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="8 characters"):
        sealed(b"", " seven7 ")


@settings(max_examples=tries(8), deadline=None)
@given(st.data())
def test_any_changed_byte_and_any_cut_is_seen(long: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(long) - 1))
    if data.draw(st.booleans()):
        changed = long[:place]
    else:
        flipped = long[place] ^ data.draw(st.integers(1, 255))
        changed = long[:place] + bytes([flipped]) + long[place + 1 :]
    with pytest.raises(EvidenceError):
        opened(changed)


def test_messages_cannot_change_places_or_be_added(long: bytes) -> None:
    head, message = len(MAGIC) + 12 + 16 + 24, (1 << 20) + 17
    one, two, rest = (
        long[head:][:message],
        long[head + message :][:message],
        long[head + 2 * message :],
    )
    for tampered in (
        long[:head] + two + one + rest,
        long[:head] + one + rest,
        long + b"x",
        long + rest,
    ):
        with pytest.raises(EvidenceError):
            opened(tampered)


def test_a_file_tells_whether_it_is_sealed(tmp_path: Path, long: bytes) -> None:
    path = tmp_path / "one"
    path.write_bytes(long)
    assert is_sealed(path)
    path.write_bytes(b"PK\x03\x04")
    assert not is_sealed(path)


def test_sealing_can_be_stopped() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        seal(io.BytesIO(CONTENT), io.BytesIO(), PASSPHRASE, job)
