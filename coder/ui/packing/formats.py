"""The kinds of file that a pack can be, and what a person chose last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from coder.domain.packing import PLAIN, Citing, PackOptions
from coder.ui.window_state import state_file

_KEPT_AS = "pack"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, the sentence by which it is chosen, and the options that it heeds,
    by their names in `PackOptions`."""

    ending: str
    name: str
    sentence: str
    heeds: frozenset[str]


_PAGES = frozenset({"joined", "context", "charts", "tables", "method", "sources", "team_notes"})
_ROWS = frozenset({"joined", "context", "team_notes"})

FORMATS = (
    Format(
        ".docx",
        "Word",
        "To write the report from: headings, quotes and citations, in your house’s template.",
        _PAGES | {"citing", "template"},
    ),
    Format(
        ".xlsx",
        "Excel workbook",
        "To sort and to count: a row for each quote, and sheets on themes and sources.",
        _ROWS | {"method", "sources"},
    ),
    Format(".pdf", "PDF", "Pages to print or to send round, the same on every machine.", _PAGES),
    Format(".html", "Web page", "One page to read on screen, which needs nothing else.", _PAGES),
    Format(".csv", "CSV", "A plain table for any program: a row for each quote.", _ROWS),
    Format(
        ".md",
        "Markdown",
        "Plain text with marks, for notes and for sites.",
        _PAGES - {"charts"},
    ),
    Format(".json", "JSON", "For other programs.", _ROWS | {"method", "sources"}),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for a pack: the kind of file, its options, and the folder it went to."""

    ending: str = FORMATS[0].ending
    options: PackOptions = PLAIN
    folder: str = ""


def format_of(ending: str) -> Format:
    """The kind of file with this ending; Word for one that is none."""
    return next((one for one in FORMATS if one.ending == ending.lower()), FORMATS[0])


def remembered() -> Choices:
    """What this user chose last, as far as it can be read. That sensitive passages are let through
    is never remembered, and whether passages are joined the quotes place says."""
    try:
        kept = json.loads(str(state_file().value(_KEPT_AS)))
        said = kept["options"]
        options = PackOptions(
            citing=Citing(said["citing"]),
            context=min(max(0, int(said["context"])), 1000),
            charts=said["charts"] is True,
            tables=said["tables"] is True,
            method=said["method"] is True,
            sources=said["sources"] is True,
            team_notes=said.get("team_notes", True) is True,
            template=Path(said["template"]) if said["template"] else None,
        )
        return Choices(format_of(str(kept["ending"])).ending, options, str(kept["folder"]))
    except (ValueError, TypeError, KeyError):
        return Choices()


def remember(choices: Choices) -> None:
    """Keeps what was chosen for the next time."""
    said = asdict(replace(choices.options, sensitive=False, joined=False))
    said["template"] = str(choices.options.template or "")
    kept = {"ending": choices.ending, "options": said, "folder": choices.folder}
    state_file().setValue(_KEPT_AS, json.dumps(kept))
