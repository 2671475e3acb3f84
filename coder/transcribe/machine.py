"""What this machine can bear: processors, memory, and how many threads a worker computes with."""

from __future__ import annotations

import os

import psutil


def cores() -> int:
    """How many physical cores this process may use, at least 1."""
    physical = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else physical
    return max(1, min(physical, allowed))


def threads(workers: int = 1) -> int:
    """How many threads each of so many workers computes with, 1…4: more are no faster, and one
    core is left to the person."""
    return max(1, min(4, (cores() - 1) // workers))


def memory() -> int:
    """How many bytes of memory the machine has."""
    return int(psutil.virtual_memory().total)


def free_memory() -> int:
    """How many bytes could be given to programs now without swapping."""
    return int(psutil.virtual_memory().available)
