"""What a person looks over before a pack is written, read beside the window."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.packing import PackOptions
from coder.domain.quotes import QuoteFilter
from coder.project import Project
from coder.project.packs import PackPreview
from coder.project.review import Reviewed, StaysIn


@dataclass(frozen=True, slots=True)
class Looked:
    """What a pack would hold, its anonymous quotes with what is masked in them, and what stays
    in."""

    preview: PackPreview
    anonymous: tuple[Reviewed, ...]
    stays: tuple[StaysIn, ...]


def look(project: Project, wanted: QuoteFilter, options: PackOptions) -> Looked:
    """Looks over what would go into a pack; for any thread."""
    preview = project.packs.preview(wanted, options)
    found = project.quotes.select(wanted)
    return Looked(
        preview,
        tuple(project.review.of(preview.anonymous)),
        tuple(project.review.stays_in(found, sensitive=options.sensitive)),
    )
