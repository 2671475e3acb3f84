"""Quotes on their way from a list into a basket, as drag and drop carry them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QMimeData

from coder.domain.quotes import Quote
from coder.project import Project

QUOTES_MIME = "application/x-evidence-quotes"
"""The type of what is dragged: where the passages stand and under which codes, and no words."""


def pack(quotes: Iterable[Quote]) -> QMimeData:
    """The quotes as something that can be dragged."""
    data = QMimeData()
    places = [[one.document_id, one.start, one.end, one.code_id] for one in quotes]
    data.setData(QUOTES_MIME, json.dumps(places).encode())
    return data


def unpack(data: QMimeData, project: Project) -> list[Quote]:
    """The quotes that were dragged, as they are in the project now. Raises NotFound where a
    document has gone meanwhile."""
    found = []
    for document_id, start, end, code_id in json.loads(bytes(data.data(QUOTES_MIME).data())):
        quote = project.baskets.passage(project.document(document_id), start, end)
        found.append(replace(quote, code_id=code_id))
    return found
