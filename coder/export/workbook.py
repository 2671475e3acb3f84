"""Excel workbooks (ECMA-376) of typed tables: filters, a heading that stays, ready to be printed.

Rows go to the disk as they come, so a large table takes no more memory than a small one. A text is
written as text whatever it looks like: none is run as a formula, followed as a link or read as a
number, and where it begins like a formula it stays a text even after somebody has edited the cell.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from coder.domain.cells import FORMULA
from coder.domain.errors import EvidenceError
from coder.export.wording import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook

ROWS = 1_048_575
"""How many rows a sheet has below its headings (Excel specifications and limits)."""

CELL = 32_767
"""How many UTF-16 code units a cell holds (the same)."""

CUT = " [… longer than a cell can hold]"

_INK, _ACCENT, _HAIR, _TINT = "#1F2328", "#1F5C66", "#C9D3D6", "#EAF1F2"
_A4 = 9
_FIRST_DATE = date(1900, 3, 1)
"""Before it Excel counts days wrongly or not at all."""

Value = str | int | float | bool | date | None


class Look(StrEnum):
    """How the values of a column are shown. A time is a share of a day."""

    TEXT = "@"
    NUMBER = "#,##0"
    SHARE = "0%"
    DATE = "d mmm yyyy"
    TIME = "[h]:mm:ss"
    PLAIN = "General"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, the width of the column in digits of the body type, and the look of its values."""

    name: str
    width: float
    look: Look = Look.TEXT


@contextlib.contextmanager
def book(stream: BinaryIO, title: str, subject: str, created: date) -> Iterator[Book]:
    """A workbook that is written to `stream` when the block ends. Nobody is named as its author.

    What is made on the way lies in a folder of its own, which goes whatever happens. Raises OSError
    where the disk refuses, EvidenceError where a table has more rows than a sheet.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="evidence-") as bench:
        sink = _Sink(stream)
        made = Workbook(sink, {"constant_memory": True, "tmpdir": bench, "use_zip64": True})
        moment = datetime.combine(created, time(), UTC).replace(tzinfo=None)
        made.set_properties({"title": title[:255], "subject": subject, "created": moment})
        try:
            yield Book(made, title)
            made.close()
        except FileCreateError as problem:
            raise problem.args[0] from problem
        finally:
            sink.lost = True
            for sheet in made.worksheets():
                sheet._opt_close()  # noqa: SLF001 (Windows removes no file that is open)


class _Sink:
    """The stream of a workbook. Where it cannot be finished XlsxWriter leaves its zip open, which
    ends itself much later; by then the stream is `lost` and takes whatever it is given."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.lost = False

    def write(self, data: bytes) -> int:
        return len(data) if self.lost else self._stream.write(data)

    def seek(self, place: int, whence: int = 0) -> int:
        return 0 if self.lost else self._stream.seek(place, whence)

    def tell(self) -> int:
        return 0 if self.lost else self._stream.tell()

    def flush(self) -> None:
        if not self.lost:
            self._stream.flush()


class Book:
    """A workbook being made: one sheet after the other, each from top to bottom."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        self._workbook = workbook
        self._title = title
        plain = {"valign": "top", "text_wrap": True, "font_color": _INK}
        self._looks = {
            look: workbook.add_format(plain | {"num_format": str(look)}) for look in Look
        }
        self._guarded = workbook.add_format(plain | {"num_format": "@", "quote_prefix": True})
        self._run = workbook.add_format({"font_color": _INK})
        self._head = workbook.add_format(
            {"bold": True, "font_color": _ACCENT, "bg_color": _TINT, "bottom": 1}
            | {"bottom_color": _HAIR, "valign": "top", "text_wrap": True}
        )
        self._label = workbook.add_format({"bold": True, "valign": "top", "font_color": _ACCENT})

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        printed: int = 0,
    ) -> None:
        """A sheet with a heading for each column that stays in sight, a filter over all rows, and
        the first `printed` columns (all: 0) to be printed across a landscape page."""
        sheet = self._sheet(name, landscape=True)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.name, self._head)
        number = 0
        for number, row in enumerate(rows, 1):
            if number > ROWS:
                raise EvidenceError(
                    f"A spreadsheet has only {ROWS:,} rows below its headings.",
                    "Save the pack as .csv, or narrow it by a filter.",
                )
            for place, (value, column) in enumerate(zip(row, columns, strict=True)):
                self._put(sheet, number, place, value, column.look)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, number), len(columns) - 1)
        sheet.print_area(0, 0, max(1, number), (printed or len(columns)) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A2:XFD{max(2, number + 1)}"})

    def notes(self, name: str, lines: Iterable[tuple[str, Value]]) -> None:
        """A sheet of labels and what there is to say of each. What is longer than a cell goes on
        in the next row."""
        sheet = self._sheet(name, landscape=False)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        row = 0
        for label, value in lines:
            sheet.write_string(row, 0, label, self._label)
            for part in parts(value) if isinstance(value, str) else [value]:
                self._put(sheet, row, 1, part, _look(part))
                row += 1

    def _sheet(self, name: str, *, landscape: bool) -> Any:
        sheet = self._workbook.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        title = self._title[:100].replace("&", "&&")
        sheet.set_header(f"&L&9{title}&R&9&A", {"margin": 0.3})
        sheet.set_footer("&C&9&P / &N", {"margin": 0.3})
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        return sheet

    def _put(self, sheet: Any, row: int, place: int, value: Value, look: Look) -> None:
        shape = self._looks[look]
        match value:
            case None | "":
                return
            case bool():
                sheet.write_boolean(row, place, value, shape)
            case int() | float():
                sheet.write_number(row, place, value, shape)
            case date() if value >= _FIRST_DATE:
                sheet.write_datetime(row, place, value, shape)
            case _:
                self._put_text(sheet, row, place, str(value))

    def _put_text(self, sheet: Any, row: int, place: int, text: str) -> None:
        first, *more = parts(text)
        if more:
            first = parts(text, CELL - len(CUT))[0] + CUT
        shape = self._guarded if first.startswith((*FORMULA, "'")) else self._looks[Look.TEXT]
        if first.startswith("<r>") and first.endswith("</r>"):  # XlsxWriter would take it for XML
            sheet.write_rich_string(row, place, first[0], self._run, first[1:], shape)
        else:
            sheet.write_string(row, place, first, shape)


def parts(text: str, size: int = CELL) -> list[str]:
    """The printable text, its line ends those of cells (LF), in as many parts of at most `size`
    UTF-16 code units as it takes; at least one."""
    text = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) * 2 <= size:
        return [text]
    found, start, units = [], 0, 0
    for place, character in enumerate(text):
        wide = 1 + (character > "\uffff")
        if units + wide > size:
            found.append(text[start:place])
            start, units = place, 0
        units += wide
    return [*found, text[start:]]


def _look(value: Value) -> Look:
    return Look.DATE if isinstance(value, date) else Look.TEXT
