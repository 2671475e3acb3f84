"""The words for how many: *some*, *most*, to a scale that every pack declares."""

from __future__ import annotations

SMALLEST_BASE, SMALLEST_COUNT = 10, 3
"""So many must have been able to raise it, and so many must have, before a word says more than the
number does."""

STEPS = ((10, "a few"), (30, "some"), (50, "many"), (90, "most"))
"""Each word with the share, in per cent, up to which it holds, that share included."""

NEARLY, EVERYONE = "almost all", "all"
"""The words for more than the last step, and for everyone."""


def word(raised: int, of: int) -> str:
    """The word for `raised` of `of`; empty where the numbers are so small that they say it best."""
    if of < SMALLEST_BASE or raised < SMALLEST_COUNT:
        return ""
    if raised >= of:
        return EVERYONE
    return next((said for share, said in STEPS if 100 * raised <= share * of), NEARLY)


def declaration() -> str:
    """The scale in two sentences, as a report's method section gives it."""
    steps = ", ".join(f"“{said}” up to {share} per cent" for share, said in STEPS)
    return (
        f"Words for how many follow one scale: {steps}, “{NEARLY}” more than that and “{EVERYONE}”"
        f" everyone. Where fewer than {SMALLEST_BASE} submissions could have raised something, or"
        f" fewer than {SMALLEST_COUNT} did, the numbers stand alone."
    )
