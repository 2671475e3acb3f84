"""What goes into a pack, as it is offered: the filters of the quotes place, or a basket."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.quotes import QuoteFilter


@dataclass(frozen=True, slots=True)
class Source:
    """Quotes that can go out together: how they are called, in words what they are, and what asks
    for them."""

    name: str
    words: str
    wanted: QuoteFilter
