"""What goes into a pack, as it is offered: the filters of the quotes place, or a basket."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.quotes import QuoteFilter


@dataclass(frozen=True, slots=True)
class Source:
    """Quotes that can go out together: how they are called, in words what they are, what asks for
    them, and how their file may be called, without its ending."""

    name: str
    words: str
    wanted: QuoteFilter
    file: str = "quote-pack"
