"""Reads the text of a PDF as paragraphs: joins its lines by where they stand on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low
from typing import Any

from coder.domain.draft import Source
from coder.domain.errors import Unreadable
from coder.domain.model import Paragraph, Style
from coder.domain.paragraphs import lay_out
from coder.ingest.pages.hyphens import HYPHEN, mend
from coder.ingest.pages.lines import Line, page_annotations, page_lines
from coder.ingest.pages.scan import Scan, mostly_picture, pages_named, recognised

_ITEM = re.compile(r"(?:[•▪●■◦○–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+)\s")
_BULLET = re.compile(r"[•▪●■◦○–-]\s")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_OPEN = re.compile(r"[a-z(,;]")
_LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_WORDED = re.compile(r"[^\W\d]{4}")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page )?(?:\d{1,4}|[ivxl]{1,6})(?: (?:of|/) \d{1,4})?\W*", re.IGNORECASE
)
_RARE = 0.12
_FEW_WORDS = 120
_COLUMN = 36.0
"""How far apart, in points, lines begin that stand in different columns: half an inch."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, which may be empty, and its paragraphs with their pages; what a person
    must know of it, as sentences; whether a machine recognised some of it; and whether there are
    pages that show something and hold no text."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    problems: tuple[str, ...]
    machine: bool
    pictured: bool


def read_pdf(source: Source) -> PdfText:
    """The text of a PDF.

    Headers and footers that repeat from page to page are taken out of the flow and named once at
    the end; filled-in form fields and comments follow the text. Pages without text are recognised,
    where tesseract is installed, as far as the time goes. Raises Unreadable where the file wants a
    password or is damaged.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as problem:
        raise _refusal(source.name, str(problem)) from problem
    try:
        book = _Book()
        for index in range(len(pdf)):
            book.take(pdf, index)
        attached = pdf.count_attachments()
        scan = recognised(pdf, book.silent)
    finally:
        pdf.close()
    if book.broken and not any(book.pages.values()) and not book.silent:
        raise _refusal(source.name, "")
    placed = book.parts(scan)
    text, paragraphs = lay_out(
        ((text, style) for text, style, _ in placed), (page for *_, page in placed)
    )
    problems = (*scan.problems(), *book.problems(attached))
    return PdfText(text, paragraphs, problems, bool(scan.pages), bool(book.silent))


def _refusal(name: str, problem: str) -> Unreadable:
    if "password" in problem.lower() or "security" in problem.lower():
        return Unreadable(
            f"“{name}” is protected by a password.",
            "Ask the sender for a copy without one, and add that.",
        )
    return Unreadable(
        f"“{name}” is damaged and cannot be opened as a PDF.",
        "Ask the sender for it again.",
    )


@dataclass
class _Book:
    """The pages of a PDF as they are read."""

    pages: dict[int, list[Line]] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)

    def take(self, pdf: Any, index: int) -> None:
        """Reads one page; one that is blank is no problem, one without text may be."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        number = index + 1
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:
            self.broken.append(number)
            return
        try:
            lines = page_lines(page, number)
            for filled, text in page_annotations(page):
                (self.fields if filled else self.comments).append(text)
            if not lines and pdfium.FPDFPage_CountObjects(page) > 0:
                self.silent.append(number)
            elif sum(len(line.text) for line in lines) < _FEW_WORDS and mostly_picture(page):
                self.pictures.append(number)
            self.pages[number] = lines
        except pypdfium2.PdfiumError:
            self.broken.append(number)
        finally:
            page.close()

    def parts(self, scan: Scan) -> list[tuple[str, Style, int]]:
        """The paragraphs of the whole with the pages they begin on, and behind them, on no page,
        what stands beside the text."""
        pages = list(self.pages.values())
        running = _running(pages)
        lines = [line for page in pages for line in page if _key(line) not in running]
        parts = _paragraphs(lines)
        for page, texts in scan.pages.items():
            parts += [(text, Style.BODY, page) for text in texts]
        parts.sort(key=lambda part: part[2])
        parts += [(text, Style.BODY, 0) for text in self.fields]
        parts += [(f"Comment: {text}", Style.NOTE, 0) for text in self.comments]
        parts += [
            (f"Header or footer: {text}", Style.NOTE, 0)
            for text in running.values()
            if not _PAGE_NUMBER.fullmatch(text)
        ]
        return parts

    def problems(self, attached: int) -> list[str]:
        """Sentences on what was not read."""
        found = []
        if self.broken:
            found.append(
                f"{pages_named(self.broken)} could not be read: the file is damaged there."
            )
        if self.pictures:
            verb = "is" if len(self.pictures) == 1 else "are"
            named = pages_named(self.pictures)
            found.append(f"{named} {verb} mostly a picture; any words in it are not read (OCR).")
        if attached:
            files = "1 file is" if attached == 1 else f"{attached} files are"
            found.append(f"{files} packed inside this PDF and not read; save and add them.")
        text = "".join(line.text for page in self.pages.values() for line in page)
        if len(_UNKNOWN.findall(text)) * 10 > len(text):
            found.append("Many of its letters have no meaning a program can read; it needs OCR.")
        return found


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 12)


def _running(pages: Sequence[Sequence[Line]]) -> dict[tuple[str, int], str]:
    """Headers and footers: lines at the top or foot of at least three pages and of a third of
    them, in the same place and, but for numbers, in the same words."""
    seen: Counter[tuple[str, int]] = Counter()
    texts: dict[tuple[str, int], str] = {}
    for page in pages:
        ranked = sorted(page, key=lambda line: line.bottom)
        for key, text in {_key(line): line.text for line in ranked[:2] + ranked[-2:]}.items():
            if not (_WORDED.search(text) or _PAGE_NUMBER.fullmatch(text)):
                continue
            seen[key] += 1
            texts.setdefault(key, text)
    enough = max(3, len(pages) / 3)
    return {key: texts[key] for key, count in seen.items() if count >= enough}


def _paragraphs(lines: Sequence[Line]) -> list[tuple[str, Style, int]]:
    if not lines:
        return []
    layout = _Layout.of(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not layout.begins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    texts = mend([" ".join(line.text for line in group) for group in groups])
    return [
        (text, layout.style(group), group[0].page)
        for text, group in zip(texts, groups, strict=True)
    ]


@dataclass(frozen=True)
class _Layout:
    """How the text is set: the share of the text in each size of letters, the way from line to
    line for each size (in sizes), and the right edge of each column on each page."""

    shares: dict[int, float]
    pitches: dict[int, float]
    edges: dict[tuple[int, int], float]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Layout:
        """The layout of a text."""
        letters: Counter[int] = Counter()
        steps: dict[int, list[float]] = {}
        edges: dict[tuple[int, int], float] = {}
        for line in lines:
            letters[round(line.size)] += len(line.text)
            place = line.page, round(line.left / _COLUMN)
            edges[place] = max(edges.get(place, 0.0), line.right)
        for before, line in pairwise(lines):
            drop = before.bottom - line.bottom
            if before.page == line.page and 0.5 * line.size < drop < 2.5 * line.size:
                steps.setdefault(round(line.size), []).append(drop / line.size)
        total = max(1, letters.total())
        shares = {size: count / total for size, count in letters.items()}
        return cls(shares, {size: median_low(found) for size, found in steps.items()}, edges)

    def begins(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line begins a paragraph after the lines of `group`."""
        before = group[-1]
        goes_on = before.text.endswith(HYPHEN) or (
            not _ENDS.search(before.text) and bool(_OPEN.match(line.text))
        )
        if _ITEM.match(line.text) or _stands_alone(before.text) or _stands_alone(line.text):
            return True
        drop = before.bottom - line.bottom
        beside = abs(drop) < 0.5 * max(before.size, line.size) and line.left > before.left
        if before.page == line.page and beside:
            return False
        elsewhere = before.page != line.page or drop < -0.5 * line.size
        resized = abs(before.size - line.size) > 0.1 * max(before.size, line.size)
        if elsewhere or resized or not (before.level and line.level):
            return not goes_on
        pitch = self.pitches.get(round(line.size), 1.0)
        if drop > max(1.3 * pitch, pitch + 0.25) * line.size:
            return True
        indented = line.left > before.left + 0.8 * line.size and drop > 0.5 * line.size
        if indented and not _ITEM.match(group[0].text) and not goes_on:
            return True
        return self._ends_early(before, line)

    def _ends_early(self, before: Line, line: Line) -> bool:
        edge = self.edges[before.page, round(before.left / _COLUMN)]
        missing = edge - before.right
        width = max(1.0, edge - before.left)
        if _ENDS.search(before.text):
            return missing > 0.12 * width
        return missing > 0.3 * width and not _OPEN.match(line.text)

    def style(self, group: Sequence[Line]) -> Style:
        """How a paragraph looks. A heading is short and in letters that are larger than those of
        the text, and rare."""
        size = round(min(line.size for line in group))
        larger = sum(share for other, share in self.shares.items() if other >= size)
        if len(group) <= 3 and larger < _RARE and group[0].level:
            return Style.HEADING
        if "\t" in group[0].text:
            return Style.TABLE
        return Style.LIST if _BULLET.match(group[0].text) else Style.BODY


def _stands_alone(text: str) -> bool:
    """Whether a line is an entry of a table of contents, or a row of a table or of figures."""
    if _LEADERS.search(text) or "\t" in text:
        return True
    words = text.split()
    figures = sum(bool(re.fullmatch(r"[£$€(]*[\d.,]+[%)]*", word)) for word in words)
    return len(words) >= 3 and figures * 2 > len(words)
