"""How much is tried: enough for every change by default, much more where there is time for it
(`make soak`)."""

from __future__ import annotations

import os

SOAK = bool(os.environ.get("EVIDENCE_SOAK"))
"""Whether there is time."""


def tries(few: int, many: int = 0) -> int:
    """How often something is tried that chance decides: `few` times, in a soak `many` (or ten times
    as often)."""
    return (many or 10 * few) if SOAK else few
