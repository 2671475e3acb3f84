"""How quick the list of quotes is in a project of 100,000 tagged passages: every kind of filter,
group and order, a page of it, and all of them read one by one.

python -m benchmarks quotes
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.domain.baskets import Basket, BasketItem, ItemKind
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Permission,
    RespondentType,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.project import Project
from coder.store import quoted
from coder.store.rows import TABLES, columns, to_row

SUBMISSIONS, EACH = 4_000, 25
LIMIT = 100
ROUNDS = 9
PAGE = 40
WORDS = (
    "when lockdown began our volunteers carried food to every house and the bus was lonely winter"
    " hall people community of the to in we"
)
REGIONS = ("North", "South", "East", "West", "Wales", "")
QUESTIONS = ("", "How are you?", "What helps?")


def run() -> list[Figure]:
    """The figures, on a project made for them."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "inquiry"
        with Project.create(folder, "Quotes", "SIC", "Noor") as project:
            tags = _fill(project)
        figures = [_cold(folder)]
        with Project.open(folder, "Noor") as project:
            note = f"{tags:,} tags"
            figures += [
                Figure(f"quotes: {name}", _median(project, *asked), "ms", limit, note)
                for name, limit, asked in _asked(project)
            ]
            figures += _pages(project)
    return figures


def _asked(project: Project) -> list[tuple[str, float | None, tuple[Any, ...]]]:
    codes = project.codebook.codes()
    themes = [code.id for code in codes if not code.parent_id]
    one = next(code.id for code in codes if code.parent_id)
    me = project.coders()[0].id
    filters = {
        "everything": QuoteFilter(),
        "a code": QuoteFilter(codes=(one,)),
        "OR: six of twelve themes": QuoteFilter(codes=tuple(themes[:6])),
        "AND: two themes": QuoteFilter(codes=tuple(themes[:2]), every=True),
        "NOT: a theme": QuoteFilter(without=(themes[0],)),
        "overlapping a theme": QuoteFilter(overlapping=(themes[0],)),
        "near a code": QuoteFilter(near=(one,)),
        "near a theme": QuoteFilter(near=(themes[0],)),
        "two types": QuoteFilter(types=("charity", "faith")),
        "a permission": QuoteFilter(permissions=("named",)),
        "two regions": QuoteFilter(regions=("North", "")),
        "a question": QuoteFilter(questions=("What helps?", themes[2])),
        "a coder": QuoteFilter(coders=("Coder 1",)),
        "a submission": QuoteFilter(submissions=("SIC0100",)),
        "between two days": QuoteFilter(since="2020-03-01", until="2020-06-30"),
        "a length": QuoteFilter(shortest=50, longest=200),
        "marked": QuoteFilter(marked=True),
        "not used yet": QuoteFilter(unused=True),
        "a word in half of them": QuoteFilter(text="hall"),
        "words in few": QuoteFilter(text="bus was lonely"),
        "others’ tags hidden": QuoteFilter(hidden_to=me),
        "blind": QuoteFilter(blind_to=me),
    }
    found: list[tuple[str, float | None, tuple[Any, ...]]] = [
        (name, LIMIT, (wanted,)) for name, wanted in filters.items()
    ]
    found += [(f"all, grouped by {one}", None, (QuoteFilter(), one)) for one in list(Grouping)[1:]]
    found += [
        (f"all, ordered by {one}", None, (QuoteFilter(), Grouping.NONE, one))
        for one in list(Order)[1:]
    ]
    return [*found, ("all, joined", None, (QuoteFilter(), Grouping.NONE, Order.REFERENCE, True))]


def _median(
    project: Project,
    wanted: QuoteFilter,
    grouping: Grouping = Grouping.NONE,
    order: Order = Order.REFERENCE,
    joined: bool = False,
) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        project.quotes.listing(wanted, grouping, order, joined=joined)
        taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken)


def _cold(folder: Path) -> Figure:
    """The first list after the project was opened."""
    with Project.open(folder, "Noor", read_only=True) as project:
        began = time.perf_counter()
        project.quotes.listing()
        taken = (time.perf_counter() - began) * 1_000
    return Figure("quotes: everything, the first time", taken, "ms", LIMIT, "")


def _pages(project: Project) -> list[Figure]:
    found = project.quotes.listing(grouping=Grouping.THEME)
    taken = []
    for first in range(0, len(found), len(found) // 40):
        began = time.perf_counter()
        found.fetch(first, first + PAGE)
        taken.append((time.perf_counter() - began) * 1_000)
    began = time.perf_counter()
    total = sum(1 for _ in project.quotes.each())
    whole = time.perf_counter() - began
    tracemalloc.start()
    for _ in project.quotes.each():
        pass
    most = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    note = f"{total:,} tags"
    return [
        Figure(
            f"quotes: a page of {PAGE}, p95", statistics.quantiles(taken, n=20)[-1], "ms", 50, ""
        ),
        Figure("quotes: each of them, cited", whole, "s", None, note),
        Figure("quotes: each of them, memory at most", most, "MiB", 64, note),
    ]


def _fill(project: Project) -> int:
    """Puts it all into the tables at once, past the journal; gives the number of tags."""
    dice = random.Random(3)
    themes = [Code(new_id(), f"Theme {number}", None, number) for number in range(12)]
    codes = [
        *themes,
        *(Code(new_id(), f"Code {one.name}.{n}", one.id, n) for one in themes for n in range(4)),
    ]
    coders = [Coder(new_id(), f"Coder {number}", "2020-01-01") for number in range(6)]
    submissions, documents, codings = [], [], []
    for number in range(1, SUBMISSIONS + 1):
        one = Submission(
            new_id(), f"SIC{number:04}", type=dice.choice(list(RespondentType)),
            permission=dice.choice(list(Permission)), region=dice.choice(REGIONS),
        )  # fmt: skip
        text, spans = lay_out(
            (" ".join(dice.choices(WORDS.split(), k=70)), Style.BODY) for _ in range(8)
        )
        made = Document(
            new_id(), one.id, 0, "Letter", DocumentKind.DOCUMENT, text, spans,
            question=dice.choice(QUESTIONS),
        )  # fmt: skip
        submissions.append(one)
        documents.append(made)
        codings += _codings(dice, made, codes, coders)
    items = [
        BasketItem(
            new_id(), "basket", ItemKind.QUOTE, coders[0].id, "2020-01-01", place, one.document_id,
            one.start, one.end, one.quote,
        )
        for place, one in enumerate(dice.sample(codings, 300))
    ]  # fmt: skip
    basket = Basket("basket", "Report", coders[0].id, "2020-01-01")
    connection = project._store._writer
    assert connection is not None
    connection.execute("BEGIN")
    for records in (coders, codes, submissions, documents, codings, [basket], items):
        _put(connection, records)
    quoted.rebuild(connection)
    connection.execute("COMMIT")
    return len(codings)


def _codings(
    dice: random.Random, document: Document, codes: Sequence[Code], coders: Sequence[Coder]
) -> list[Coding]:
    """Passages of one document; one of seven was tagged alike by two coders."""
    made: list[Coding] = []
    while len(made) < EACH:
        length = dice.choice((20, 60, 120, 300, 600))
        start = dice.randrange(len(document.text) - length)
        words, code = document.text[start : start + length], dice.choice(codes)
        for coder in dice.sample(coders, 2 if dice.random() < 0.15 else 1):
            day = f"2020-0{dice.randrange(1, 10)}-{dice.randrange(1, 29):02}T10:00:00.000000Z"
            memo = "needs checking" if dice.random() < 0.1 else ""
            where = (document.id, code.id, coder.id, start, start + length)
            made.append(Coding(new_id(), *where, words, day, memo, dice.random() < 0.1))
    return made


def _put(connection: Any, records: Sequence[Any]) -> None:
    kind = type(records[0])
    names = columns(kind)
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {TABLES[kind]} ({listed}) VALUES ({marks})",
        [[row[name] for name in names] for row in map(to_row, records)],
    )


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.value:8.1f} {figure.unit}  {figure.name} ({figure.note})")
