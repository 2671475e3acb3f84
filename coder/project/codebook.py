"""The codebook: themes and the codes below them, and every act on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.draft import DraftCode
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Code, Coder, new_id
from coder.domain.palette import COLOURS, colour_for
from coder.project.codings import put_or_join
from coder.store.journal import MACHINE, Step
from coder.store.quotes import children_of, paths_of
from coder.store.reads import Reads
from coder.store.store import Store

KEYS = "123456789abcdefghijklnopqstwxyz"
"""Characters that can be a code's own key; m, r, u and v are commands of the reader."""


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code with its path, its depth (0 for a theme), and how often it is used."""

    code: Code
    path: str
    depth: int
    codings: int
    submissions: int


class Codebook:
    """Acts on codes. A code is named by its path: `Volunteering/First-time volunteers`."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def codes(self) -> list[Code]:
        """All codes; children of one parent in their order."""
        return self._store.read.codes()

    def tree(self) -> list[CodeView]:
        """All codes from top to bottom, each theme followed by what is below it."""
        codes, counts = self.codes(), self._store.read.code_counts()
        paths = paths_of(codes)
        below: dict[str | None, list[Code]] = {}
        for code in codes:
            below.setdefault(code.parent_id, []).append(code)

        def walk(parent: str | None, depth: int) -> Iterable[CodeView]:
            for code in below.get(parent, []):
                yield CodeView(code, paths[code.id], depth, *counts.get(code.id, (0, 0)))
                yield from walk(code.id, depth + 1)

        return list(walk(None, 0))

    def at(self, path: str) -> Code:
        """The code of this path (any case), or with this name where only one has it.

        Raises NotFound.
        """
        codes = self.codes()
        paths = paths_of(codes)
        wanted = "/".join(part.strip() for part in path.split("/")).casefold()
        exact = [code for code in codes if paths[code.id].casefold() == wanted]
        named = exact or [code for code in codes if code.name.casefold() == wanted]
        if len(named) != 1:
            several = "There are several codes called" if named else "There is no code"
            raise NotFound(f"{several} “{path}”.", "`codes` lists them with their full paths.")
        return named[0]

    def add(self, path: str, definition: str = "") -> Code:
        """Makes a code, and those above it that are missing. Raises Refused where it exists."""
        names = [part.strip() for part in path.split("/") if part.strip()]
        if not names:
            raise Refused("A code needs a name.")
        with self._store.step(f"Add the code “{names[-1]}”", self._who()) as tx:
            code, made = self._ensure(tx, names)
            if not made:
                raise Refused(f"There is a code “{path}” already.")
            if definition:
                code = replace(code, definition=definition)
                tx.put(code)
        return code

    def ensure(self, tx: Step, path: str) -> Code:
        """The code of this path, made within an open step where it is missing."""
        return self._ensure(tx, [part.strip() for part in path.split("/") if part.strip()])[0]

    def adopt(self, drafts: Sequence[DraftCode]) -> None:
        """Makes the codes that a new inquiry begins with, in one step that is part of making it
        and that undo does not reach.

        The keys 1 to 9 go to the themes first, then to the codes below that are no question:
        passages answer questions, but are seldom tagged with one.
        """
        with self._store.step("Take the themes to begin with", self._who(), MACHINE) as tx:
            known = self.codes()
            made: list[Code] = []

            def make(draft: DraftCode, parent: str | None, place: int) -> None:
                code = Code(
                    new_id(),
                    draft.name,
                    parent,
                    place,
                    colour_for(len(known) + len(made)),
                    draft.definition,
                    draft.use_when,
                    draft.not_when,
                )
                made.append(code)
                for index, child in enumerate(draft.children):
                    make(child, code.id, index)

            for index, draft in enumerate(drafts):
                make(draft, None, index)
            keys = _keys_for(made, {code.key for code in known})
            for code in made:
                tx.put(replace(code, key=keys.get(code.id, "")))

    def rename(self, code: Code, name: str) -> None:
        """Gives the code another name. Raises Refused where a sibling has it already."""
        code, name = self._standing(code), name.strip()
        if not name or "/" in name:
            raise Refused("A code's name cannot be empty or contain “/”.")
        self._refuse_twin(code, name, code.parent_id)
        with self._store.step(f"Rename “{code.name}” to “{name}”", self._who()) as tx:
            tx.put(replace(code, name=name))

    def define(self, code: Code, **fields: Any) -> None:
        """Changes what is written about the code: definition, use_when, not_when."""
        with self._store.step(f"Define “{code.name}”", self._who()) as tx:
            tx.put(replace(self._standing(code), **fields))

    def recolour(self, code: Code, colour: str) -> None:
        """Gives the code a colour of the palette, by name. Raises Refused for another."""
        if colour not in COLOURS:
            raise Refused(f"There is no colour “{colour}”.", f"Choose from: {', '.join(COLOURS)}.")
        with self._store.step(f"Recolour “{code.name}”", self._who()) as tx:
            tx.put(replace(self._standing(code), colour=colour))

    def set_key(self, code: Code, key: str) -> None:
        """Lets the key apply the code, taking it from whichever code had it; empty for none."""
        if key and key not in tuple(KEYS):
            raise Refused(f"“{key}” cannot be a code's key.", f"Use one of {KEYS}.")
        with self._store.step(f"Give “{code.name}” the key {key or 'none'}", self._who()) as tx:
            for other in self.codes():
                if key and other.key == key and other.id != code.id:
                    tx.put(replace(other, key=""))
            tx.put(replace(self._standing(code), key=key))

    def move(self, code: Code, parent: Code | None) -> None:
        """Puts the code under another, or on top. Raises Refused for a place below itself."""
        code, codes = self._standing(code), self.codes()
        if parent and parent.id in self._family(code):
            raise Refused(f"“{code.name}” cannot be moved below itself.")
        target = parent.id if parent else None
        self._refuse_twin(code, code.name, target)
        last = max((c.position for c in codes if c.parent_id == target), default=-1)
        label = (
            f"Move “{code.name}” to “{parent.name}”" if parent else f"Make “{code.name}” a theme"
        )
        with self._store.step(label, self._who()) as tx:
            tx.put(replace(code, parent_id=target, position=last + 1))

    def merge(self, code: Code, into: Code) -> None:
        """Puts `into` wherever `code` was, moves what is below it, and removes `code`.

        Where a coder has both on the same words, one coding stays and keeps both memos.
        Raises Refused where `into` is the code itself or below it, or where both have a code of
        the same name below them.
        """
        if into.id in self._family(code):
            raise Refused(f"“{code.name}” cannot be merged into itself or into a code below it.")
        codes = self.codes()
        children = [c for c in codes if c.parent_id == code.id]
        for child in children:
            self._refuse_twin(child, child.name, into.id, besides=code.id)
        last = max((c.position for c in codes if c.parent_id == into.id), default=-1)
        with self._store.step(f"Merge “{code.name}” into “{into.name}”", self._who()) as tx:
            for coding in self._store.read.codings_of_code(code.id):
                put_or_join(tx, replace(coding, code_id=into.id))
            for place, child in enumerate(children, last + 1):
                tx.put(replace(child, parent_id=into.id, position=place))
            tx.delete(code)

    def delete(self, code: Code) -> int:
        """Removes the code, those below it and all their codings, in one step that can be undone.

        Gives how many codings went.
        """
        codes = {c.id: c for c in self.codes()}
        family = self._family(code)
        gone = 0
        with self._store.step(f"Delete “{code.name}”", self._who()) as tx:
            for one in reversed(family):
                for coding in self._store.read.codings_of_code(one):
                    tx.delete(coding)
                    gone += 1
                tx.delete(codes[one])
        return gone

    def _ensure(self, tx: Step, names: Sequence[str]) -> tuple[Code, bool]:
        codes = tx.read.codes()
        parent: Code | None = None
        made = False
        for name in names:
            parent_id = parent.id if parent else None
            siblings = [c for c in codes if c.parent_id == parent_id]
            found = next((c for c in siblings if c.name.casefold() == name.casefold()), None)
            made = found is None
            if found is None:
                place = max((c.position for c in siblings), default=-1) + 1
                found = Code(new_id(), name, parent_id, place, colour_for(len(codes)))
                tx.put(found)
                codes.append(found)
            parent = found
        if parent is None:
            raise Refused("A code needs a name.")
        return parent, made

    def _standing(self, code: Code) -> Code:
        """The code as it stands now. Raises NotFound where it has gone."""
        found = self._store.read.code(code.id)
        if found is None:
            raise NotFound(f"The code “{code.name}” is no longer there.", "Somebody removed it.")
        return found

    def _family(self, code: Code) -> list[str]:
        """The ids of the code and of all below it. Raises NotFound where it has gone."""
        return children_of(self.codes())[self._standing(code).id]

    def _refuse_twin(self, code: Code, name: str, parent_id: str | None, besides: str = "") -> None:
        for other in self.codes():
            same_place = other.parent_id == parent_id and other.id not in (code.id, besides)
            if same_place and other.name.casefold() == name.casefold():
                raise Refused(
                    f"There is a code “{name}” there already.",
                    "Merge the two, or take another name.",
                )


def _keys_for(codes: Sequence[Code], taken: set[str]) -> dict[str, str]:
    """The free keys of 1 to 9 by the ids of the codes that get them."""
    themes = [code for code in codes if code.parent_id is None]
    below = [code for code in codes if code.parent_id and not _asks(code)]
    free = (key for key in KEYS[:9] if key not in taken)
    return {code.id: key for code, key in zip([*themes, *below], free, strict=False)}


def _asks(code: Code) -> bool:
    return code.name.endswith("?") or code.definition.endswith("?")


def refuse_ambiguity(tx: Step) -> None:
    """Raises Refused where a step would leave two codes with one name in one place, or one key."""
    if not any(table == "codes" for table, _ in tx.touched):
        return
    codes = Reads(tx.connection).codes()
    places = Counter((code.parent_id, code.name.casefold()) for code in codes)
    keys = Counter(code.key for code in codes if code.key)
    for code in codes:
        if places[code.parent_id, code.name.casefold()] > 1 or keys[code.key] > 1:
            raise Refused(
                f"There is another code “{code.name}”, or one with its key, by now.",
                "Give that one another name or key first.",
            )
