"""What the tests of exports share: quotes, submissions and packs made with few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any, BinaryIO

import pytest

from coder.domain.account import account
from coder.domain.baskets import BasketItem
from coder.domain.citation import attribution, cite
from coder.domain.model import Code, Permission, RespondentType, Submission, new_id
from coder.domain.packing import PLAIN, PackOptions
from coder.domain.quotes import Quote
from coder.export.counting import Evidence
from coder.export.outline import Pack, compose
from coder.export.selection import publishable

THEMES = (
    Code("t1", "Volunteering", None, 0, definition="Unpaid help outside the family."),
    Code("t2", "First-time volunteers", "t1", 0, definition="New since March 2020."),
    Code("t3", "Trust", None, 1),
)
CREATED = date(2020, 11, 22)
PATHS = {"t1": "Volunteering", "t2": "Volunteering/First-time volunteers", "t3": "Trust"}

NO_TEXT: Mapping[str, str] = defaultdict(str)
"""For quotes around which there is nothing."""

MakeQuote = Callable[..., Quote]
MakePack = Callable[..., Pack]


@pytest.fixture(scope="session")
def submission() -> Callable[..., Submission]:
    """Makes a submission; by default a named charity."""

    def make(number: int = 1, **fields: Any) -> Submission:
        given = {
            "id": f"{number:032x}"[::-1],
            "ref": f"SIC{number:04}",
            "organisation": "Walsall Food Bank",
            "type": RespondentType.CHARITY,
            "permission": Permission.NAMED,
            "received": "2020-09-18T16:04:05Z",
        }
        return Submission(**(given | fields))

    return make


@pytest.fixture(scope="session")
def quote() -> MakeQuote:
    """Makes a quote of a submission as the store does, each by default on a passage of its own."""
    places = count(0, 1000)

    def make(of: Submission, words: str = "We open on Tuesdays.", **fields: Any) -> Quote:
        start = next(places)
        code_id = fields.pop("code_id", "t1")
        given = {
            "id": new_id(),
            "submission_id": of.id,
            "document_id": of.id,
            "code_id": code_id,
            "ref": of.ref,
            "attribution": attribution(of),
            "citation": cite(of.ref, "7"),
            "quote": words,
            "code": PATHS.get(code_id, code_id),
            "coder": "Ada",
            "document": "Evidence.docx",
            "start": start,
            "end": start + max(1, len(words)),
            "paragraph": "7",
            "time_ms": None,
            "permission": of.permission,
            "type": of.type,
            "status": of.status,
        }
        return Quote(**(given | fields))

    return make


@pytest.fixture(scope="session")
def pack() -> MakePack:
    """Makes a pack of quotes from these submissions."""

    def make(
        quotes: Iterable[Quote],
        submissions: Iterable[Submission],
        title: str = "",
        inquiry: str = "Social infrastructure",
        codes: Sequence[Code] = THEMES,
        texts: Mapping[str, str] = NO_TEXT,
        options: PackOptions = PLAIN,
        evidence: Evidence | None = None,
        basket: Sequence[BasketItem] | None = None,
        narrowed: str = "",
    ) -> Pack:
        of = list(submissions)
        sensitive, context = options.sensitive, options.context
        selection = publishable(quotes, of, texts, sensitive=sensitive, context=context)
        return compose(
            inquiry,
            selection,
            codes,
            of,
            CREATED,
            title,
            narrowed=narrowed,
            evidence=evidence,
            account=account(of, []) if evidence else None,
            basket=basket,
            options=options,
        )

    return make


def written(writer: Callable[[Pack, BinaryIO], None], made: Pack) -> bytes:
    """What a writer puts into its stream."""
    stream = BytesIO()
    writer(made, stream)
    return stream.getvalue()
