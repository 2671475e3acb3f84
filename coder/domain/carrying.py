"""Where a passage is after a stretch of its text was reworded. Positions are code points of the
whole text, half-open; `region` is the stretch in the old text, `change` what became of its words,
`text` the whole new text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.domain.baskets import BasketItem
from coder.domain.omissions import kept, tidy
from coder.domain.rewording import Rewording, Span, visible


def carried(span: Span, region: Span, change: Rewording, text: str) -> Span:
    """Where a passage lies in the new text; where none of its words is left, the nearest one.
    Raises ValueError where the new words of the region are none at all."""
    found = still_there(span, region, change, text)
    if found is None:
        near = change.nearest(span[0] - region[0])
        return region[0] + near[0], region[0] + near[1]
    return found


def carried_item(item: BasketItem, region: Span, change: Rewording, text: str) -> BasketItem:
    """A quote in a basket as it is in the new text, with what is left out of it. Where it shows
    other words then, it says which they were."""
    start, end = carried((item.start, item.end), region, change, text)
    parts = (still_there(one, region, change, text) for one in item.omitted)
    return placed_item(item, (start, end), list(filter(None, parts)), text)


def placed_item(item: BasketItem, span: Span, parts: Sequence[Span], text: str) -> BasketItem:
    """A quote in a basket put onto this passage of a text, with these parts left out."""
    start, end = span
    omitted = tidy(start, end, parts)
    if not any(visible(text, *part) for part in kept(start, end, omitted)):
        omitted = ()
    moved = replace(item, start=start, end=end, quote=text[start:end], omitted=omitted)
    if moved.shown == (item.was or item.shown):
        return replace(moved, was="")
    return replace(moved, was=item.was or item.shown)


def still_there(span: Span, region: Span, change: Rewording, text: str) -> Span | None:
    """Where the words of a passage are in the new text; None where none of them is left."""
    begins, ends = region
    shift = len(change.new) - (ends - begins)
    if span[1] <= begins:
        return span
    if span[0] >= ends:
        return span[0] + shift, span[1] + shift
    within = change.carried(span[0] - begins, min(span[1], ends) - begins)
    if span[0] < begins:
        inner = change.carried(0, min(span[1], ends) - begins)
        start, end = span[0], begins + (inner[1] if inner else 0)
    elif within is not None:
        start, end = begins + within[0], begins + within[1]
    else:
        start = end = begins + len(change.new)
    if span[1] > ends:
        end = span[1] + shift
    return visible(text, start, end)
