"""How long a Word quote pack takes, beside python-docx adding paragraph by paragraph."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder import places
from coder.domain.model import Code, Permission, Quote, RespondentType, Submission
from coder.export import docx
from coder.export.outline import Pack, compose
from coder.export.selection import publishable

OURS, NAIVE = 5000, 1000
WORDS = (
    "We had 214 offers of help in nine days. The difficulty was never willingness; it was that the"
    " insurance, the checks and the rota all assumed that we had nine months.\nOne caller was 81."
)


def run() -> list[Figure]:
    """Seconds for 5,000 quotes, chosen, masked and written, and how many times longer a quote
    takes when it is added as paragraphs (measured on 1,000: the time per quote only rises)."""
    submissions = [_submission(number) for number in range(200)]
    quotes = [_quote(submissions[number % 200], number) for number in range(OURS)]
    docx.write(_pack(quotes[:1], submissions), places.resources() / "pack.docx")
    chosen = _seconds(lambda: _pack(quotes, submissions))
    pack = _pack(quotes, submissions)
    ours = _seconds(lambda: docx.write(pack, places.resources() / "pack.docx"))
    naive = _seconds(lambda: _paragraph_by_paragraph(quotes[:NAIVE]))
    return [
        Figure("pack: choose and mask 5,000 quotes", chosen, "s", 1.0, "half of them anonymous"),
        Figure("pack: write 5,000 quotes as .docx", ours, "s", 1.0, "bytes ready to be saved"),
        Figure(
            "pack: python-docx by paragraph, per quote, against ours",
            (naive / NAIVE) / (ours / OURS),
            "times",
            None,
            f"{NAIVE:,} quotes in {naive:.2f} s; ours {OURS:,} quotes",
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _pack(quotes: list[Quote], submissions: list[Submission]) -> Pack:
    texts = {one.id: " ".join([WORDS] * 26) for one in submissions}
    selection = publishable(quotes, submissions, texts)
    codes = [Code(f"c{n}", f"Code {n}", None, n, definition="What it means.") for n in range(20)]
    return compose("Inquiry", selection, codes, submissions, date(2020, 11, 22))


def _submission(number: int) -> Submission:
    return Submission(
        f"s{number}",
        f"SIC{number:04}",
        "Gwenllian Hughes",
        type=RespondentType.INDIVIDUAL,
        permission=Permission.ANONYMOUS if number % 2 else Permission.NAMED,
    )


def _quote(of: Submission, number: int) -> Quote:
    return Quote(
        id=f"{number:032x}",
        submission_id=of.id,
        document_id=of.id,
        code_id=f"c{number % 20}",
        ref=of.ref,
        attribution="Individual",
        citation=f"({of.ref}, para 7)",
        quote=WORDS,
        code=f"Code {number % 20}",
        coder="Ada",
        document="Evidence",
        start=number // 200 * (len(WORDS) + 1),
        end=number // 200 * (len(WORDS) + 1) + len(WORDS),
        paragraph="7",
        time_ms=None,
        permission=of.permission,
        type=of.type,
        status=of.status,
    )


def _paragraph_by_paragraph(quotes: list[Quote]) -> bytes:
    from docx import Document

    document = Document(str(places.resources() / "pack.docx"))
    for quote in quotes:
        document.add_paragraph(quote.quote, style="Quote")
        document.add_paragraph(f"— {quote.attribution} {quote.citation}", style="Attribution")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
