"""A pack with everything in it that a pack can hold, and one that a writer put together."""

from __future__ import annotations

from datetime import date
from typing import Any

from coder.domain.account import account
from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.citation import attribution, cite
from coder.domain.model import Code, Permission, RespondentType, Status, Submission
from coder.domain.packing import PackOptions
from coder.domain.quotes import Quote
from coder.export.counting import Evidence
from coder.export.outline import Pack, compose
from coder.export.selection import publishable

TEXT = (
    "When the café closed nobody had anywhere to sit. Ada Brook opened the {hall}. "
    "We sang <at> last."
)
LONG = "The rota assumed nine months. " * 200

THEMES = (
    Code("t1", "Volunteering | hours", None, 0, definition="Unpaid help.\nOutside the family."),
    Code("t2", "First-time volunteers", "t1", 0),
    Code("t3", "Trust & <time>", None, 1),
)


def submissions() -> list[Submission]:
    """A charity and a council by name, an anonymous individual, and one that is withheld."""
    charity, council, person = (
        RespondentType.CHARITY,
        RespondentType.COUNCIL,
        RespondentType.INDIVIDUAL,
    )
    named, hidden = Permission.NAMED, Permission.ANONYMOUS
    fields: tuple[dict[str, Any], ...] = (
        {"organisation": "Ode & <Sons>", "type": charity, "permission": named, "region": "Kent"},
        {"organisation": "Harrow", "type": council, "permission": named, "region": "Essex"},
        {"respondent": "Ada Brook", "type": person, "permission": hidden, "region": "Kent"},
        {"respondent": "Eve Stone", "type": person, "permission": Permission.WITHHELD},
    )
    return [
        Submission(
            id=f"{number:032x}"[::-1],
            ref=f"SIC{number:04}",
            received=f"2020-09-{17 + number}T16:04:05Z",
            status=Status.INCLUDED,
            **one,
        )
        for number, one in enumerate(fields, 1)
    ]


def quote(of: Submission, start: int, end: int, code: str, **fields: Any) -> Quote:
    """The words of `TEXT` from this submission, under a code."""
    path = {"t2": "Volunteering | hours/First-time volunteers"}
    name = next(one.name for one in THEMES if one.id == code)
    given = {
        "id": f"{start}{end}{code}",
        "submission_id": of.id,
        "document_id": of.id,
        "code_id": code,
        "ref": of.ref,
        "attribution": attribution(of),
        "citation": cite(of.ref, "7"),
        "quote": TEXT[start:end],
        "code": path.get(code, name),
        "coder": "Ada",
        "document": "Evidence.docx",
        "start": start,
        "end": end,
        "paragraph": "7",
        "time_ms": None,
        "permission": of.permission,
        "type": of.type,
        "status": of.status,
        "region": of.region,
    }
    return Quote(**(given | fields))


def whole_pack(options: PackOptions = PackOptions(context=60)) -> Pack:  # noqa: B008
    """Four quotes, one of them under two codes, one anonymous and one from a machine's draft."""
    of = submissions()
    first, second, hidden, withheld = of
    quotes = [
        quote(first, 9, 48, "t1"),
        quote(first, 9, 48, "t3"),
        quote(second, 78, 96, "t2", machine_draft=True),
        quote(second, 0, len(LONG), "t3", quote=LONG, document_id="d" * 32),
        quote(hidden, 49, 77, "t1"),
        quote(withheld, 0, 8, "t1"),
    ]
    texts = {one.id: TEXT for one in of} | {"d" * 32: LONG}
    selection = publishable(quotes, of, texts, context=options.context)
    coded = tuple((one.submission_id, one.code_id) for one in quotes)
    return compose(
        "Streets & squares",
        selection,
        THEMES,
        of,
        date(2020, 11, 22),
        "Help",
        evidence=Evidence(coded),
        account=account(of, []),
        options=options,
    )


def basket_pack() -> Pack:
    """A heading, a writer's own words, and the same passage under it twice, once cut."""
    of = submissions()
    made = [quote(of[0], 9, 48, "t1", omitted=spans) for spans in ((), ((14, 21),))]

    def item(kind: ItemKind, **fields: Any) -> BasketItem:
        return BasketItem("i", "b", kind, "c", "2020-11-22T10:00:00Z", **fields)

    items = [
        item(ItemKind.HEADING, text="Where to sit"),
        *(
            item(
                ItemKind.QUOTE,
                document_id=one.document_id,
                start=one.start,
                end=one.end,
                quote=one.quote,
                omitted=one.omitted,
                code_id="t1",
            )
            for one in made
        ),
        item(ItemKind.TEXT, text="So much for *chairs*."),
    ]
    selection = publishable(made, of, {one.id: TEXT for one in of})
    return compose("Streets", selection, THEMES, of, date(2020, 11, 22), basket=items)
