"""Tables as CSV (RFC 4180) that spreadsheet programs open rightly."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from coder.domain.cells import guarded
from coder.export.wording import printable


def put_rows(stream: BinaryIO, rows: Iterable[Sequence[object]]) -> None:
    """Writes rows in UTF-8 as they come, behind the mark by which Excel knows it.

    A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, “CSV
    injection”); `cells.unguarded` gives back what it was.
    """
    stream.write(codecs.BOM_UTF8)
    out = csv.writer(_Encoded(stream))
    for row in rows:
        out.writerow([guarded(printable(one)) if isinstance(one, str) else one for one in row])


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """What `put_rows` writes."""
    stream = io.BytesIO()
    put_rows(stream, rows)
    return stream.getvalue()


class _Encoded:
    """What `csv` writes text to, and a stream gets as UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode())
