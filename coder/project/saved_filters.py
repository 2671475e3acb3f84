"""Ways of looking at the quotes that were given a name, for everyone who works on the project."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from coder.domain.baskets import SavedFilter
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, new_id, now
from coder.domain.quotes import Grouping, Order, QuoteFilter
from coder.domain.text import counted
from coder.store.store import Store

_CODES = ("codes", "without", "overlapping", "near")
_SIGHT = ("blind_to", "hidden_to")
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class View:
    """A saved filter as it can be used today; `joined` says that overlapping passages come as one.
    `said` tells in a sentence what it asked for that has
    gone since; empty where all of it is there."""

    id: str
    name: str
    wanted: QuoteFilter
    grouping: Grouping
    order: Order
    joined: bool = False
    said: str = ""


class SavedFilters:
    """Filters with names. They are everyone's, so anyone may rename or forget one; whose tags are
    seen is never part of them."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def saved(self) -> list[View]:
        """All of them, by name."""
        return [self._view(one) for one in self._store.read.saved_filters()]

    def saved_as(self, name: str) -> View:
        """The one of this name, in any case. Raises NotFound."""
        for view in self.saved():
            if view.name.casefold() == name.strip().casefold():
                return view
        raise NotFound(f"No filter is saved as “{name}”.", "`quotes --saved` takes a saved name.")

    def save(
        self,
        name: str,
        wanted: QuoteFilter,
        grouping: Grouping = Grouping.NONE,
        order: Order = Order.REFERENCE,
        *,
        joined: bool = False,
    ) -> View:
        """Keeps a filter under a name, in place of what was kept under it; gives it. Raises Refused
        for an empty name."""
        name = " ".join(name.split())
        if not name:
            raise Refused("The filter has no name.", "Give it one.")
        asked = {
            key: value
            for key, value in asdict(wanted).items()
            if key not in _SIGHT and value != getattr(QuoteFilter(), key)
        }
        asked |= {"grouping": grouping.value, "order": order.value, "joined": joined}
        text = json.dumps(asked, ensure_ascii=False, sort_keys=True)
        before = self._named(name)
        if before:
            kept = replace(before, name=name, asked=text)
        else:
            kept = SavedFilter(new_id(), name, self._who().id, now(), text)
        with self._store.step(f"Save the filter “{name}”", self._who()) as tx:
            tx.put(kept)
        return self._view(kept)

    def rename(self, filter_id: str, name: str) -> View:
        """Gives a saved filter another name; gives it. Raises Refused for an empty name and for one
        that another has, NotFound."""
        kept, name = self._one(filter_id), " ".join(name.split())
        if not name:
            raise Refused("The filter has no name.", "Give it one.")
        taken = self._named(name)
        if taken and taken.id != kept.id:
            raise Refused(f"Another filter is saved as “{taken.name}”.", "Choose another name.")
        renamed = replace(kept, name=name)
        with self._store.step(f"Rename the filter “{kept.name}” “{name}”", self._who()) as tx:
            tx.put(renamed)
        return self._view(renamed)

    def forget(self, filter_id: str) -> None:
        """Removes a saved filter; undo brings it back. Raises NotFound."""
        kept = self._one(filter_id)
        with self._store.step(f"Delete the filter “{kept.name}”", self._who()) as tx:
            tx.delete(kept)

    def _one(self, filter_id: str) -> SavedFilter:
        for kept in self._store.read.saved_filters():
            if kept.id == filter_id:
                return kept
        raise NotFound("This filter is no longer saved.", "Somebody deleted it.")

    def _named(self, name: str) -> SavedFilter | None:
        wanted = name.casefold()
        every = self._store.read.saved_filters()
        return next((one for one in every if one.name.casefold() == wanted), None)

    def _view(self, kept: SavedFilter) -> View:
        asked: dict[str, Any] = json.loads(kept.asked)
        grouping = _one_of(Grouping, asked.get("grouping"), Grouping.NONE)
        order = _one_of(Order, asked.get("order"), Order.REFERENCE)
        known = {one.name for one in fields(QuoteFilter)} - set(_SIGHT)
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in asked.items()
            if key in known
        }
        said = self._drop_gone(values)
        wanted, joined = QuoteFilter(**values), asked.get("joined") is True
        return View(kept.id, kept.name, wanted, grouping, order, joined, said)

    def _drop_gone(self, values: dict[str, Any]) -> str:
        """Takes out of what is asked for the codes and the basket that have gone, and says so."""
        standing = {code.id for code in self._store.read.codes()}
        gone: set[str] = set()
        for name in (*_CODES, "questions"):
            ids = [one for one in values.get(name, ()) if name in _CODES or _ID.fullmatch(one)]
            lost = {one for one in ids if one not in standing}
            gone |= lost
            if lost:
                values[name] = tuple(one for one in values[name] if one not in lost)
        told = []
        if gone:
            verb = "has" if len(gone) == 1 else "have"
            told.append(f"{counted(len(gone), 'code')} it asked for {verb} gone from the codebook.")
        if values.get("basket") and not self._store.read.has("baskets", values["basket"]):
            del values["basket"]
            told.append("The basket it asked for has gone.")
        return " ".join(told)


def _one_of(kind: Any, value: object, otherwise: Any) -> Any:
    return kind(value) if value in list(kind) else otherwise
