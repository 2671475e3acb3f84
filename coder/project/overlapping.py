"""Overlapping passages under one code, made one quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from coder.domain.model import Document
from coder.domain.quotes import Quote
from coder.store import citing
from coder.store.reads import Reads


def joined(found: Iterable[Quote], read: Reads) -> Iterator[Quote]:
    """These quotes, which come document by document in the order of the text, with one in place of
    each several that overlap under the same code: from the first word of any to the last. It is
    cited for all its words, by all who tagged any of them."""
    for document_id, several in groupby(found, key=lambda quote: quote.document_id):
        document: Document | None = None
        made = []
        for parts in _overlapping(several):
            if len({(one.start, one.end) for one in parts}) == 1:
                made += parts
                continue
            document = document or read.document(document_id)
            made.append(_whole(parts, document, read))
        yield from sorted(made, key=lambda quote: (quote.start, quote.end))


def _overlapping(found: Iterable[Quote]) -> list[list[Quote]]:
    """The quotes of a document in groups: those of one code that overlap one another."""
    groups: list[list[Quote]] = []
    last: dict[str, tuple[int, list[Quote]]] = {}
    for quote in found:
        end, group = last.get(quote.code_id, (0, []))
        if quote.start >= end:
            group = []
            groups.append(group)
        group.append(quote)
        last[quote.code_id] = (max(end, quote.end), group)
    return groups


def _whole(parts: Sequence[Quote], document: Document, read: Reads) -> Quote:
    start, end = min(one.start for one in parts), max(one.end for one in parts)
    cited = citing.passage(read, document, start, end)
    return replace(
        parts[0],
        start=start,
        end=end,
        quote=cited.quote,
        citation=cited.citation,
        paragraph=cited.paragraph,
        time_ms=cited.time_ms,
        speakers=cited.speakers,
        coder="; ".join(dict.fromkeys(one.coder for one in parts)),
        marked=any(one.marked for one in parts),
        sensitive=any(one.sensitive for one in parts),
    )
