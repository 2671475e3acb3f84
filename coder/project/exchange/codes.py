"""The codes of a file: those that are here, by id or by path, and those that are made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from coder.domain.codebook_file import TEXTS, one_name
from coder.domain.codes import lineage
from coder.domain.interchange import CodeNode, palette_colour, told
from coder.domain.model import Code
from coder.domain.palette import COLOURS, colour_for
from coder.project.codebook import DEEPEST, KEYS
from coder.project.exchange.arrival import Arrival

_NAMELESS = "Code without a name"


def take_codes(arrival: Arrival) -> None:
    """Finds or makes the codes of the file. What is said of a code here stays; what is not said of
    it yet is filled in."""
    taking = _Codes(arrival)
    for node in arrival.project.codes:
        arrival.ids[node.id] = taking.take(node)


class _Codes:
    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._known = {code.id: code for code in arrival.read.codes()}
        self._before = frozenset(self._known)
        self._below: dict[str | None, list[Code]] = defaultdict(list)
        for code in self._known.values():
            self._below[code.parent_id].append(code)
        self._keys = {code.key for code in self._known.values()}

    def take(self, node: CodeNode) -> str:
        """The id of the code here that a code of the file is."""
        own = self._arrival.extras.record(Code, node.id)
        name = one_name(own.name if own else node.name) or _NAMELESS
        parent = self._parent(node, name)
        standing = self._known.get(node.id) or next(
            (one for one in self._below[parent] if one.name.casefold() == name.casefold()), None
        )
        if standing is None:
            return self._made(node, name, parent).id
        if standing.id in self._before:
            self._meet(standing, node, name)
            self._arrival.there["codes"] += 1
        else:
            why = "They were one code's beside another of the same name, and are one now."
            self._arrival.losses.add("codes of one name", why, name)
        return standing.id

    def _parent(self, node: CodeNode, name: str) -> str | None:
        """The code here below which a code comes: as deep as the codebook may go."""
        parent = self._known.get(self._arrival.ids.get(node.parent, ""))
        above = list(lineage(parent.id if parent else None, self._known))
        if len(above) < DEEPEST:
            return parent.id if parent else None
        why = f"A codebook has at most {DEEPEST} levels here; they stand further up."
        self._arrival.losses.add("codes too deep", why, name)
        return above[len(above) - DEEPEST + 1].id

    def _made(self, node: CodeNode, name: str, parent: str | None) -> Code:
        beside = self._below[parent]
        own = self._arrival.extras.record(Code, node.id)
        places = {one.position for one in beside}
        place = max(places, default=-1) + 1
        definition, use_when, not_when = _texts(own) if own else told(node.description)
        colour = own.colour if own else palette_colour(node.colour)
        key = own.key if own and own.key in tuple(KEYS) and own.key not in self._keys else ""
        code = Code(
            node.id,
            name,
            parent,
            own.position if own and own.position not in places else place,
            colour if colour in COLOURS or own else colour_for(len(self._known)),
            definition,
            use_when,
            not_when,
            key,
            own.examples if own else (),
        )
        self._known[code.id] = code
        beside.append(code)
        self._keys.add(key)
        self._arrival.tx.put(code)
        self._arrival.new["codes"] += 1
        return code

    def _meet(self, standing: Code, node: CodeNode, name: str) -> None:
        """Fills in what is not said of a code here, and notes where the file says otherwise."""
        own = self._arrival.extras.record(Code, node.id)
        said = _texts(own) if own else told(node.description)
        theirs = dict(zip(TEXTS, said, strict=True))
        fresh: dict[str, Any] = {
            field: text for field, text in theirs.items() if text and not getattr(standing, field)
        }
        if fresh:
            self._known[standing.id] = replace(standing, **fresh)
            self._arrival.tx.put(self._known[standing.id])
            self._arrival.new["definitions"] += 1
        differs = standing.name != name or any(
            text not in ("", getattr(self._known[standing.id], field))
            for field, text in theirs.items()
        )
        if differs:
            why = "Their name or definition here differs, and stays."
            self._arrival.losses.add("codes said otherwise", why, name)


def _texts(code: Code) -> tuple[str, str, str]:
    return code.definition, code.use_when, code.not_when
