"""The pages of help, with the keys as they are now, and the page for what has the focus."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from PySide6.QtWidgets import QWidget

from coder import places
from coder.ui.actions import ACTS

TOPICS = {
    "starting": "Starting",
    "importing": "Bringing evidence in",
    "reading": "Reading",
    "tagging": "Tagging",
    "codebook": "The codebook",
    "finding": "Finding",
    "transcribing": "Transcribing",
    "models": "Models for transcription",
    "transcripts": "Recordings and transcripts",
    "doubts": "What is in doubt",
    "speakers": "Who is speaking",
    "memos": "Memos and progress",
    "quotes": "Quotes",
    "baskets": "Baskets",
    "leaving": "What leaves",
    "consistency": "Consistency",
    "settling": "Settling disagreements",
    "agreement": "Agreement of coders",
    "checking": "Checking a report",
    "together": "Working together",
    "trail": "The trail of the work",
}
"""The pages by the name of their file, in the order of the contents, with their titles."""

OF_WIDGETS = {
    "Welcome": "starting",
    "NewInquiryDialog": "starting",
    "AssignDialog": "together",
    "ShareDialog": "together",
    "PassphraseDialog": "together",
    "ChooseCopy": "together",
    "MergeDialog": "together",
    "Clashes": "together",
    "TranscribeDialog": "transcribing",
    "TranscriptionWindow": "transcribing",
    "ExportPackDialog": "leaving",
    "ExportClipsDialog": "leaving",
    "ParticularsDialog": "leaving",
    "EvidencePlace": "reading",
    "SubmissionList": "reading",
    "MemosPanel": "memos",
    "Desk": "reading",
    "Reader": "tagging",
    "CodingBar": "tagging",
    "TagsPanel": "tagging",
    "Player": "transcripts",
    "DoubtsPanel": "doubts",
    "Naming": "speakers",
    "Themes": "codebook",
    "FindBar": "finding",
    "QuotesPlace": "quotes",
    "BasketPanel": "baskets",
    "AgreementPage": "agreement",
    "AuditPlace": "checking",
    "ConsistencyPage": "consistency",
    "TrailPage": "trail",
    "DisagreementsPage": "settling",
    "ModelsWindow": "models",
}
"""Which page goes with the widget of a class and all that is in it, unless something nearer has a
page of its own."""

_BY_NAME = {act.id: f"*{act.menu}, {act.title}*" for act in ACTS}

PLACEHOLDER = re.compile(r"\{key:([a-z-]+)\}")
"""Stands in a page for the keys of the act with this id."""


@cache
def source(topic: str) -> str:
    """A page as it was written, in Markdown."""
    path = places.resources() / "help" / f"{topic}.md"
    return path.read_text(encoding="utf-8")


def page(topic: str, keys_of: Callable[[str], str]) -> str:
    """A page in Markdown with the keys in their places, or menu and name of an act that has none;
    `keys_of` gives them by an act's id."""
    return PLACEHOLDER.sub(
        lambda found: _written(keys_of(found[1])) or _BY_NAME[found[1]], source(topic)
    )


def topic_of(widget: QWidget | None) -> str:
    """The page for what has the focus; the one about starting where nothing is nearer."""
    while widget is not None:
        names = (kind.__name__ for kind in type(widget).__mro__)
        found = next((OF_WIDGETS[name] for name in names if name in OF_WIDGETS), "")
        if found:
            return found
        widget = widget.parentWidget()
    return "starting"


def _written(keys: str) -> str:
    return " or ".join(f"**{one}**" for one in keys.replace("*", r"\*").split(", ") if one)
