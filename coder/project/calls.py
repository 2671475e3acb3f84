"""The codebook that a project begins with: from a call for evidence, or the ready themes."""

from __future__ import annotations

from pathlib import Path

from coder import places
from coder.domain.draft import DraftCode, Source


def themes_from_call(path: Path) -> tuple[DraftCode, ...]:
    """The themes of a call for evidence (docx, pdf, txt, md) with their questions below them.

    Raises EvidenceError where the file cannot be read or asks nothing.
    """
    from coder.ingest.call import read_call

    return read_call(Source.of(path))


def template_themes() -> tuple[DraftCode, ...]:
    """The ready themes of an inquiry into social connection, each with its definition."""
    from coder.ingest.call import read_template

    return read_template(places.resources() / "themes.json")
