"""Writes a quote pack for other programs, with the field names of `quotes --json`."""

from __future__ import annotations

import json
from dataclasses import asdict

from coder.export.outline import Pack
from coder.export.wording import printable


def write(pack: Pack) -> bytes:
    """The pack as JSON in UTF-8: `inquiry`, `title`, `created`, `quotes`, `themes`, `sources`,
    `notes` for people and, as `left_out`, how many passages stay in the project and why."""
    told = {
        "inquiry": pack.inquiry,
        "title": pack.title,
        "created": pack.created.isoformat(),
        "quotes": [quote.as_json() for quote in pack.selection.quotes],
        "left_out": asdict(pack.selection.left_out),
        "notes": pack.notes(),
        "themes": [theme.as_json() for theme in pack.themes],
        "sources": [asdict(source) for source in pack.sources],
    }
    return (printable(json.dumps(told, ensure_ascii=False, indent=2)) + "\n").encode()
