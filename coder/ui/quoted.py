"""Words of evidence between quotation marks, as lists show them."""

from __future__ import annotations

_SINGLE = str.maketrans({"“": "‘", "”": "’", "„": "‚", '"': "’"})


def quoted(words: str) -> str:
    """The words on one line between double marks, with single ones for those within. Only to be
    shown: what is copied or exported keeps its own marks."""
    line = " ".join(words.split())
    opened = "".join(
        "‘" if sign == '"' and (not place or line[place - 1] in " (") else sign
        for place, sign in enumerate(line)
    )
    return f"“{opened.translate(_SINGLE)}”"
