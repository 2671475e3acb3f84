"""Files sealed with a passphrase: nobody reads them without it, and no change to them goes unseen.

A sealed file is `MAGIC`; how costly the key is to make (two big-endian integers of 4 and 8 bytes:
passes, and bytes of memory); a random salt of 16 bytes; the 24 bytes that begin a stream of
libsodium's secretstream (XChaCha20-Poly1305); then its messages of 1 MiB of content each, the last
of which is shorter and says that it is the last. The key is Argon2id of the passphrase. All that
stands before the messages is authenticated with the first of them. Source: the libsodium
documentation, *Encrypting a set of related messages* and *Password hashing*.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from coder.domain.errors import EvidenceError, Refused, WrongPassphrase
from coder.jobs import Job

MAGIC = b"Evidence Coder sealed 1\n"
_COST = struct.Struct(">IQ")
_CHUNK = 1 << 20
_SALT = 16
_MOST_PASSES, _MOST_MEMORY = 16, 1 << 30
SHORTEST = 8
"""So many characters a passphrase must have."""


def is_sealed(path: Path) -> bool:
    """Whether a file is sealed. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def refuse_weak(passphrase: str) -> None:
    """Raises Refused for a passphrase that is too short to keep anything."""
    if len(passphrase.strip()) < SHORTEST:
        raise Refused(
            f"A passphrase needs {SHORTEST} characters or more.", "Four words are easy to keep."
        )


def seal(source: IO[bytes], target: IO[bytes], passphrase: str, job: Job) -> None:
    """Writes what `source` holds, sealed, to `target`. Raises Refused for a short passphrase,
    OSError, Cancelled."""
    from nacl import bindings, pwhash
    from nacl.utils import random

    refuse_weak(passphrase)
    passes, memory = pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE
    salt = random(_SALT)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    begins = bindings.crypto_secretstream_xchacha20poly1305_init_push(
        state, _key(passphrase, salt, passes, memory)
    )
    head = MAGIC + _COST.pack(passes, memory) + salt + begins
    target.write(head)
    last = False
    while not last:
        job.check()
        chunk = _read(source, _CHUNK)
        last = len(chunk) < _CHUNK
        tag = (
            bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            if last
            else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        )
        target.write(bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, head, tag))
        head = b""


def unseal(source: IO[bytes], target: IO[bytes], passphrase: str, name: str, job: Job) -> None:
    """Writes the content of a sealed file to `target`. What was written must not be used where it
    raises: WrongPassphrase, EvidenceError where the file was changed or cut off,
    OSError, Cancelled. `name` is how the file is called."""
    for chunk in _opened(source, passphrase, name):
        job.check()
        target.write(chunk)


def _opened(source: IO[bytes], passphrase: str, name: str) -> Iterator[bytes]:
    from nacl import bindings

    begins = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
    more = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
    whole = len(MAGIC) + _COST.size + _SALT + begins
    head = _read(source, whole)
    if len(head) < whole or not head.startswith(MAGIC):
        raise _damaged(name)
    passes, memory = _COST.unpack_from(head, len(MAGIC))
    if not (0 < passes <= _MOST_PASSES and 0 < memory <= _MOST_MEMORY):
        raise _damaged(name)
    salt = head[len(MAGIC) + _COST.size :][:_SALT]
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    key = _key(passphrase, salt, passes, memory)
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[-begins:], key)
    first = True
    while True:
        sealed = _read(source, _CHUNK + more)
        if len(sealed) < more:
            raise _damaged(name)
        try:
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, sealed, head if first else b""
            )
        except RuntimeError as problem:
            raise (_locked(name) if first else _damaged(name)) from problem
        first = False
        yield chunk
        if tag == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL:
            break
    if source.read(1):
        raise _damaged(name)


def _key(passphrase: str, salt: bytes, passes: int, memory: int) -> bytes:
    from nacl import bindings, pwhash

    size = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
    given = passphrase.strip().encode()
    return pwhash.argon2id.kdf(size, given, salt, opslimit=passes, memlimit=memory)


def _read(source: IO[bytes], size: int) -> bytes:
    """As many bytes as asked for, fewer only at the end."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _locked(name: str) -> WrongPassphrase:
    return WrongPassphrase(
        f"“{name}” does not open with this passphrase.",
        "Check it with whoever sent the file: capitals count. If it is right, the file was"
        " changed; ask for it again.",
    )


def _damaged(name: str) -> EvidenceError:
    return EvidenceError(
        f"“{name}” was changed or cut off on its way.", "Ask for it to be sent again."
    )
