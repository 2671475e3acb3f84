"""What a report writer gathers: baskets of quotes for a report, and filters worth keeping."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coder.domain.omissions import trimmed


class ItemKind(StrEnum):
    """What stands in a basket: a quote, a heading above those that follow, or the writer's own
    words between them."""

    QUOTE = "quote"
    HEADING = "heading"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Basket:
    """The quotes chosen for one report, in an order made by hand. `position` is its place among
    the baskets."""

    id: str
    name: str
    coder_id: str
    created_at: str
    position: float = 0.0


@dataclass(frozen=True, slots=True)
class BasketItem:
    """A quote, a heading or words in a basket, in the order of `position`.

    A quote is the passage `[start, end)` of a document with its exact words, of which `omitted`
    (half-open spans of the document, in order, inside the passage, none touching another) are
    shown as `[…]`. `code_id` is the code it was found under, empty where there is none. `text` is
    what a heading or the writer says; `note` is for the writer and never leaves. `document_id` is
    None where there is no quote. `was` is what the quote showed before its transcript was corrected
    or heard again; empty where it shows the same, or somebody has looked since.
    """

    id: str
    basket_id: str
    kind: ItemKind
    coder_id: str
    created_at: str
    position: float = 0.0
    document_id: str | None = None
    start: int = 0
    end: int = 0
    quote: str = ""
    omitted: tuple[tuple[int, int], ...] = ()
    code_id: str = ""
    text: str = ""
    note: str = ""
    was: str = ""

    @property
    def shown(self) -> str:
        """The words as a report shows them, with `[…]`; of a heading or text what it says."""
        if self.kind is ItemKind.QUOTE:
            return trimmed(self.quote, self.start, self.omitted)
        return self.text

    @property
    def place(self) -> tuple[str, int, int]:
        """Where a quote stands: its document's id, start and end."""
        return self.document_id or "", self.start, self.end


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A way of looking at the quotes that somebody gave a name. `asked` is a JSON object: the
    fields of a `QuoteFilter` that ask for something, and `grouping` and `order`."""

    id: str
    name: str
    coder_id: str
    created_at: str
    asked: str = "{}"
