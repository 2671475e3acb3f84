"""A Dask cluster as an executor: an office's machines that listen together."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from coder.domain.errors import EvidenceError

PATIENCE = "10s"
"""How long a scheduler is waited for."""


@contextmanager
def executor(address: str) -> Iterator[Executor]:
    """The workers of the cluster whose scheduler is at this address (`tcp://host:8786`). Raises
    EvidenceError where the extra `cluster` is not installed, or nobody answers there."""
    try:
        from distributed import Client
    except ImportError as problem:
        raise EvidenceError(
            "Dask is not installed, so no cluster can be used.",
            'Install it with: pip install "evidence-coder[cluster]"',
        ) from problem
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as problem:
        raise EvidenceError(
            f"No cluster answers at “{address}”.",
            "Start it with “dask scheduler” and, on each machine, “dask worker”.",
        ) from problem
    with client:
        if not client.scheduler_info()["workers"]:
            raise EvidenceError(
                f"The cluster at “{address}” has no workers.",
                "Start one on each machine with “dask worker ADDRESS --nthreads 1”.",
            )
        with client.get_executor(pure=False) as found:
            yield found
