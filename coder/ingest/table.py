"""Reads tables of which each row is a submission: exports of surveys, and lists of posts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath

from coder.domain.draft import Draft, DraftDocument, Opened, Problem, Source, Table, Use
from coder.domain.errors import Blank
from coder.domain.model import DocumentKind, Permission, RespondentType, Style
from coder.domain.paragraphs import lay_out
from coder.domain.text import counted
from coder.ingest.grid import Grid, book_grid, text_grid
from coder.ingest.posts import post_title
from coder.ingest.single import text_bytes
from coder.ingest.table_columns import PART_OF_NAME, guess
from coder.ingest.table_values import moment, month_first, permission, respondent_type
from coder.ingest.text import decode, read_text

_SAMPLES = 5
_NAMED = 8
"""How many words that nobody knows are named at most."""
_FILLED_IN = {"response", "open-ended response"}
_IMPORT_ID = re.compile(r"\s*\{\s*[\"']ImportId[\"']")
_TAKEN = (Use.QUESTION, Use.TEXT)
_OF_PEOPLE = {
    Use.RESPONDENT, Use.ORGANISATION, Use.TYPE, Use.PERMISSION, Use.REGION, Use.RECEIVED, Use.AUTHOR
}  # fmt: skip
_NOBODY = {"anonymous", "n/a", "none", "-"}

Row = tuple[int, tuple[str, ...]]
"""A row's number as a spreadsheet counts it, from 1, and its cells, one for each heading."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its headings told from its rows. `questions` says for each column to which
    question its heading belongs: itself, or one that several columns answer together."""

    headings: tuple[str, ...]
    questions: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[str, ...]


def _asks_people(headings: Sequence[str], uses: Sequence[Use]) -> bool:
    """Whether somebody is spoken of (who, when, what they allow), or a heading is put as a question
    or sentence: otherwise a list of things would be taken for a list of people."""
    asked = (text for text, use in zip(headings, uses, strict=True) if use is Use.QUESTION)
    return bool(set(uses) & _OF_PEOPLE) or any("?" in text or text.count(" ") > 2 for text in asked)


def read_table(source: Source, into: Path | None) -> Draft | Opened:
    """The rows of a table as submissions. `source.uses` says what the columns are as far as it
    goes; the rest is guessed.

    A table is no survey where it has no questions or texts, or nothing in its headings speaks of
    people or asks them something: it makes one document of all its rows. So does any table that
    lies inside something else, an attachment say (`into` is None), and a letter that somebody wrote
    into a spreadsheet, a cell a line. Raises Unreadable, and Blank where there is no row below the
    headings.
    """
    grid = _grid(source)
    if into is None or not any(len(_filled(row)) > 1 for row in grid.rows):
        return _one_document(source, grid)
    sheet = _sheet_of(source, grid)
    uses = _uses(source, sheet)
    samples = tuple(cells for _, cells in sheet.rows[:_SAMPLES])
    table = Table(sheet.headings, uses, samples, len(sheet.rows))
    if not set(uses) & set(_TAKEN) or not (source.uses or _asks_people(sheet.headings, uses)):
        return Opened(drafts=(("all rows", _one_document(source, grid)),), table=table)
    reader = _Reader(source, sheet, uses)
    drafts = tuple((f"row {row[0]}", draft) for row in sheet.rows if (draft := reader.draft(row)))
    problems = tuple(Problem(source.name, what) for what in (*sheet.problems, *reader.problems()))
    return Opened(drafts=drafts, problems=problems, keep=True, table=table)


def _grid(source: Source) -> Grid:
    if source.read(4).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return book_grid(source)
    return text_grid(decode(text_bytes(source)).replace("\0", "\ufffd"))


def _uses(source: Source, sheet: _Sheet) -> tuple[Use, ...]:
    guessed = guess(sheet.headings, [cells for _, cells in sheet.rows])
    told = source.uses[: len(guessed)]
    return (*told, *guessed[len(told) :])


def _sheet_of(source: Source, grid: Grid) -> _Sheet:
    """Headings and rows. The headings are the first row with two filled cells; SurveyMonkey and
    Qualtrics write more than one row of them."""
    rows = grid.rows
    top = next((place for place, row in enumerate(rows) if len(_filled(row)) > 1), len(rows))
    above = [cell for row in rows[:top] for cell in _filled(row)]
    pairs, below = _headings(rows[top : top + 3])
    width = max((len(row) for row in rows[top:]), default=0)
    pairs += [("", "")] * (width - len(pairs))
    questions = tuple(
        " ".join(question.split()) or f"Column {place}"
        for place, (question, _) in enumerate(pairs, start=1)
    )
    headings = tuple(
        f"{question}: {' '.join(choice.split())}" if choice.strip() else question
        for question, (_, choice) in zip(questions, pairs, strict=True)
    )
    first = top + below
    kept = tuple(
        (number, (*row, *[""] * (width - len(row))))
        for number, row in enumerate(rows[first:], start=first + 1)
        if _filled(row)
    )
    if not kept:
        raise Blank(f"“{source.name}” holds no row below its headings.")
    lead = (f"Above the headings stands “{' · '.join(above)}”.",) if above else ()
    problems = (*grid.problems, *_other_sheets(grid), *lead)
    return _Sheet(headings, questions, kept, problems)


def _other_sheets(grid: Grid) -> Iterator[str]:
    best = next((name for name, rows in grid.sheets if rows is grid.rows), "")
    others = [
        f"“{name}” ({counted(len(rows), 'row')})"
        for name, rows in grid.sheets
        if rows is not grid.rows
    ]
    if others:
        yield f"Only the sheet “{best}” was read. Not read: {', '.join(others)}."


def _headings(rows: Sequence[tuple[str, ...]]) -> tuple[list[tuple[str, str]], int]:
    """The question of each column, with the choice among its answers that the column stands for
    where several do, and how many rows they take."""
    first, second, third = (*rows, (), (), ())[:3]
    if any(map(_IMPORT_ID.match, third)):
        return [(whole or short, "") for short, whole in _beside(first, second)], 3
    pairs = list(_beside(first, second))
    if any(map(_IMPORT_ID.match, second)):
        return [(over, "") for over, _ in pairs], 2
    if not _has_choices(pairs):
        return [(over, "") for over, _ in pairs], 1
    told = []
    question = ""
    for over, under in pairs:
        question = over.strip() or question
        told.append((question, "" if under.strip().casefold() in _FILLED_IN else under))
    return told, 2


def _has_choices(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the second row is SurveyMonkey's: nothing stands under the first heading, and all
    that stands there says that a response was written, or is a choice among several columns."""
    if not pairs or not pairs[0][0].strip() or pairs[0][1].strip():
        return False
    written = [under.strip().casefold() in _FILLED_IN for _, under in pairs]
    shared = [not over.strip() for over, _ in pairs]
    shared = [one or after for one, after in zip(shared, [*shared[1:], False], strict=True)]
    filled = [place for place, (_, under) in enumerate(pairs) if under.strip()]
    fits = all(written[place] or shared[place] for place in filled)
    return fits and (any(written) or len(filled) > 1)


def _beside(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in range(max(len(first), len(second))):
        yield (
            first[place] if place < len(first) else "",
            second[place] if place < len(second) else "",
        )


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _one_document(source: Source, grid: Grid) -> Draft:
    """The whole table as a text, a line a row with tabs between the cells; of a workbook every
    sheet, below its name where there are several."""
    text, paragraphs = lay_out(_lines(grid))
    if not text:
        raise Blank(f"“{source.name}” holds no words.", " ".join(grid.problems))
    kind = DocumentKind.DOCUMENT
    return Draft(
        (DraftDocument(source.name, kind, source, text, paragraphs, problems=grid.problems),)
    )


def _lines(grid: Grid) -> Iterator[tuple[str, Style]]:
    for name, rows in grid.sheets or (("", grid.rows),):
        if name:
            yield name, Style.HEADING
        for row in rows:
            yield "\t".join(" ".join(cell.split()) for cell in row).rstrip(), Style.TABLE


class _Reader:
    """Makes a draft of each row, and remembers what was left."""

    def __init__(self, source: Source, sheet: _Sheet, uses: tuple[Use, ...]) -> None:
        self._stem = PurePath(source.name).stem
        self._sheet = sheet
        self._uses = uses
        self._blank: list[int] = []
        dates = [cells[place] for place in self._places(Use.RECEIVED) for _, cells in sheet.rows]
        self._american = month_first(dates)

    def draft(self, row: Row) -> Draft | None:
        """The submission that a row makes; None where it answers nothing."""
        number, cells = row
        source = self._alone(number, cells)
        author = self._first(cells, Use.AUTHOR)
        received = self._received(cells)
        documents = (*self._answers(cells, source), *self._posts(cells, source, author, received))
        if not documents:
            self._blank.append(number)
            return None
        return Draft(
            documents,
            respondent=self._respondent(cells) or author,
            organisation=self._first(cells, Use.ORGANISATION),
            received=received,
            channel="social" if self._places(Use.TEXT) else "survey",
            type=self._type(cells),
            permission=self._permission(cells),
            region=self._first(cells, Use.REGION),
        )

    def problems(self) -> Iterator[str]:
        """What was left of the table, once every row has been read."""
        if self._blank:
            rows = counted(len(self._blank), "row holds", "rows hold")
            yield f"{rows} no answer: {_ranges(self._blank)}."
        aside = [
            f"“{self._sheet.headings[place]}”"
            for place in self._places(Use.ASIDE)
            if any(cells[place].strip() for _, cells in self._sheet.rows)
        ]
        if aside:
            yield f"Not read as evidence, and kept in each row's original: {', '.join(aside)}."
        yield from self._unknown_types()

    def _unknown_types(self) -> Iterator[str]:
        for place in self._places(Use.TYPE):
            told = dict.fromkeys(" ".join(cells[place].split()) for _, cells in self._sheet.rows)
            unclear = [
                f"“{words}”"
                for words in told
                if words and respondent_type(words) is RespondentType.UNKNOWN
            ]
            if unclear:
                more = [f"{len(unclear) - _NAMED} more"] if len(unclear) > _NAMED else []
                yield (
                    f"Skipped: in “{self._sheet.headings[place]}”, words that name no known type"
                    f" of respondent: {', '.join(unclear[:_NAMED] + more)}. The type of these rows"
                    " stays unknown."
                )

    def _answers(self, cells: Sequence[str], source: Source) -> Iterator[DraftDocument]:
        """What is answered to each question. Choices that were ticked make one answer."""
        asked = self._sheet.questions
        for question, places in groupby(self._places(Use.QUESTION), key=lambda one: asked[one]):
            answers = [
                (self._sheet.headings[place], cells[place])
                for place in places
                if _says_something(cells[place])
            ]
            ticks = [one for one in answers if one[0] == f"{question}: {one[1].strip()}"]
            rest = [one for one in answers if one not in ticks]
            ticked = [(question, "\n".join(cell for _, cell in ticks))] if ticks else []
            for heading, answer in (*ticked, *rest):
                text, paragraphs = read_text(answer)
                kind = DocumentKind.ANSWER
                yield DraftDocument(heading, kind, source, text, paragraphs, question=heading)

    def _posts(
        self, cells: Sequence[str], source: Source, author: str, received: str
    ) -> Iterator[DraftDocument]:
        for place in self._places(Use.TEXT):
            if _says_something(cells[place]):
                text, paragraphs = read_text(cells[place])
                title = post_title(author, received, self._first(cells, Use.LINK))
                yield DraftDocument(title, DocumentKind.POST, source, text, paragraphs)

    def _places(self, use: Use) -> list[int]:
        return [place for place, one in enumerate(self._uses) if one is use]

    def _told(self, cells: Sequence[str], use: Use) -> list[str]:
        return [
            " ".join(cells[place].split()) for place in self._places(use) if cells[place].strip()
        ]

    def _first(self, cells: Sequence[str], use: Use) -> str:
        return next(iter(self._told(cells, use)), "")

    def _respondent(self, cells: Sequence[str]) -> str:
        """The name; of first and last names in columns of their own, all parts."""
        named = [
            (self._sheet.headings[place], " ".join(cells[place].split()))
            for place in self._places(Use.RESPONDENT)
            if cells[place].strip() and cells[place].strip().casefold() not in _NOBODY
        ]
        parts = [name for heading, name in named if PART_OF_NAME.search(heading)]
        return " ".join(parts) if parts else next((name for _, name in named), "")

    def _received(self, cells: Sequence[str]) -> str:
        found = (moment(words, self._american) for words in self._told(cells, Use.RECEIVED))
        return next(filter(None, found), "")

    def _type(self, cells: Sequence[str]) -> RespondentType:
        found = (respondent_type(words) for words in self._told(cells, Use.TYPE))
        known = (kind for kind in found if kind is not RespondentType.UNKNOWN)
        return next(known, RespondentType.UNKNOWN)

    def _permission(self, cells: Sequence[str]) -> Permission:
        places = self._places(Use.PERMISSION)
        return permission((self._sheet.headings[place], cells[place]) for place in places)

    def _alone(self, number: int, cells: Sequence[str]) -> Source:
        """The row under its headings as a table of its own, so that its evidence stands alone."""
        written = io.StringIO(newline="")
        csv.writer(written).writerows([self._sheet.headings, cells])
        data = written.getvalue().encode("utf-8", "replace")
        return Source(f"row {number} of {self._stem}.csv", data=data)


def _says_something(cell: str) -> bool:
    return bool(cell.strip(" \t\n-–—._/*"))


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers that go up, with runs drawn together: `5, 9–12`."""
    runs = []
    for _, run in groupby(enumerate(numbers), key=lambda one: one[1] - one[0]):
        members = [number for _, number in run]
        first, last = members[0], members[-1]
        runs.append(str(first) if first == last else f"{first}–{last}")
    return ", ".join(runs)
