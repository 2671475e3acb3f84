"""One measured figure of a benchmark, with the limit it is held to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured: `value` in `unit`, at most `limit` where there is one."""

    name: str
    value: float
    unit: str
    limit: float | None
    note: str
