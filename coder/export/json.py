"""Writes a quote pack for other programs, with the field names of `quotes --json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from coder.export.outline import Pack
from coder.export.sections import Section
from coder.export.wording import put


def write(pack: Pack, stream: BinaryIO) -> None:
    """Writes the pack as JSON in UTF-8: `inquiry`, `title`, `created`, `quotes`, `sections`,
    `themes`, `sources`, `method` (null where it was not asked for), `notes` for people and, as
    `left_out`, how many passages stay in the project and why. Without notes for the team the last
    is null and no quote tells its `coder`.

    A section is a heading with who raised it (`raised`, null where that is not counted), in a
    sentence (`count`), how much is quoted (`held`), who is (`voices`) and what stands under it in
    order (`holds`): ids of quotes and paragraphs of the writer's own. Each quote, section, theme
    and source stands on a line of its own."""
    put(stream, _members(pack))


def _members(pack: Pack) -> Iterator[str]:
    yield "{\n"
    yield _member("inquiry", pack.inquiry)
    yield _member("title", pack.title)
    yield _member("created", pack.created.isoformat())
    team = pack.options.team_notes
    untold = {} if team else {"coder": ""}
    yield from _list("quotes", (quote.as_json() | untold for quote in pack.selection.quotes))
    yield _member("left_out", asdict(pack.selection.left_out) if team else None)
    yield from _list("notes", pack.notes())
    yield from _list("sections", map(_section, pack.sections))
    yield _member("method", pack.method.as_json() if pack.method else None)
    yield from _list("themes", (theme.as_json() for theme in pack.themes))
    yield from _list("sources", map(asdict, pack.sources), end="\n")
    yield "}\n"


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.theme.name,
        "path": section.theme.path,
        "depth": section.theme.depth,
        "quotes": section.number,
        "raised": section.raised.as_json() if section.raised else None,
        "count": section.count,
        "held": section.held,
        "voices": [asdict(voice) for voice in section.voices],
        "holds": [
            {"text": part} if isinstance(part, str) else {"quote": part.id}
            for part in section.parts
        ],
    }


def _member(name: str, value: Any) -> str:
    return f"  {_told(name)}: {_told(value)},\n"


def _list(name: str, values: Iterable[Any], end: str = ",\n") -> Iterator[str]:
    yield f"  {_told(name)}: ["
    between = "\n    "
    for value in values:
        yield between + _told(value)
        between = ",\n    "
    yield f"\n  ]{end}"


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
