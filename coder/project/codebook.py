"""The codebook: themes and the codes below them, and every act on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.domain.codes import children_of, lineage, paths_of
from coder.domain.draft import DraftCode
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Code, Coder, Coding, new_id
from coder.domain.palette import COLOURS, colour_for
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.sight import Sight
from coder.domain.text import counted
from coder.project import codebook_order as order
from coder.project import codebook_shifting as shifting
from coder.project.codebook_history import CodeChange, history_of
from coder.project.decisions import kept_standing
from coder.store import quotes
from coder.store.journal import MACHINE, Step
from coder.store.reads import Reads
from coder.store.store import Store

KEYS = "123456789abcdefghijklnopqstwxyz"
"""Characters that can be a code's own key; m, r, u and v are commands of the reader."""

DEEPEST = 20
"""How many levels a codebook may have, its themes being the first."""

_WRITTEN = ("name", "definition", "use_when", "not_when")


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

    def tree(self, sight: Sight = Sight()) -> list[CodeView]:  # noqa: B008
        """All codes from top to bottom, each theme followed by what is below it; only codings that
        are seen are counted."""
        codes, counts = self.codes(), self._store.read.code_counts(sight)
        paths = paths_of(codes)
        return [
            CodeView(code, paths[code.id], _depth(paths[code.id]), *counts.get(code.id, (0, 0)))
            for code in order.walk(codes)
        ]

    def at(self, path: str) -> Code:
        """The code of this path (any case), or with this name where only one has it.

        Raises NotFound.
        """
        codes = self.codes()
        paths = paths_of(codes)
        wanted = "/".join(_names(path)).casefold()
        exact = [code for code in codes if paths[code.id].casefold() == wanted]
        named = exact or [code for code in codes if code.name.casefold() == wanted]
        if len(named) != 1:
            several = "There are several codes called" if named else "There is no code"
            raise NotFound(f"{several} “{path}”.", "`codes` lists them with their full paths.")
        return named[0]

    def add(self, path: str, definition: str = "") -> Code:
        """Makes a code, and those above it that are missing. Raises Refused where it exists, or
        would stand more than `DEEPEST` levels down."""
        names = _names(path)
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

    def ensure(self, tx: Step, path: str, code_id: str = "") -> Code:
        """The code of this path, made within an open step where it is missing: with this id, where
        one is given that no other code has."""
        return self._ensure(tx, _names(path), code_id)[0]

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
        code = self._standing(code)
        self._change(code, f"Rename “{code.name}” to “{name.strip()}”", name=name)

    def define(self, code: Code, **fields: Any) -> None:
        """Changes what the codebook says of the code, as one act: definition, use_when, not_when,
        and name, colour and key too. Raises Refused as `rename`, `recolour` and `set_key` do."""
        self._change(code, f"Define “{code.name}”", **fields)

    def recolour(self, code: Code, colour: str) -> None:
        """Gives the code a colour of the palette, by name. Raises Refused for another."""
        self.recolour_all([code], colour)

    def recolour_all(self, codes: Sequence[Code], colour: str) -> None:
        """Gives the codes one colour, as one act. Raises Refused as `recolour` does."""
        _refuse_colour(colour)
        with self._store.step(f"Recolour {named(codes)}", self._who()) as tx:
            for code in codes:
                tx.put(replace(self._standing(code), colour=colour))

    def set_key(self, code: Code, key: str) -> None:
        """Lets the key apply the code, taking it from whichever code had it; empty for none."""
        self._change(code, f"Give “{code.name}” the key {key or 'none'}", key=key)

    def move(self, code: Code, parent: Code | None, before: Code | None = None) -> None:
        """Puts the code under another, or on top; last, or before one that is there. Raises Refused
        for a place below itself."""
        self.move_all([code], parent, before)

    def move_all(
        self, codes: Sequence[Code], parent: Code | None, before: Code | None = None
    ) -> None:
        """Puts the codes, with all that is below them, under another code or on top, as one act.
        Raises Refused where one would come below itself, beside one of its name, or too deep."""
        known = self.codes()
        moved = order.without_inner(known, [self._standing(code) for code in codes])
        target = self._standing(parent).id if parent else None
        if before and self._standing(before).parent_id != target:
            raise NotFound(f"“{before.name}” is no longer there.", "Somebody moved it.")
        for code in moved:
            if target in self._family(code):
                raise Refused(f"“{code.name}” cannot be moved below itself.")
        row = order.placed(known, moved, order.Spot(target, before.id if before else None))
        _refuse_twins(row)
        with self._store.step(_move_label(moved, parent, target), self._who()) as tx:
            for code in row:
                tx.put(code)
            _refuse_depth(tx.read.codes(), moved)

    def shift(self, code: Code, by: order.Shift) -> bool:
        """Moves the code by one place; False where it cannot go further that way. Raises Refused
        where one of its name is there already."""
        known = self.codes()
        spot = order.shifted(known, self._standing(code), by)
        if spot is None:
            return False
        by_id = {one.id: one for one in known}
        self.move(code, by_id.get(spot.parent_id or ""), by_id.get(spot.before_id or ""))
        return True

    def merge(self, code: Code, into: Code) -> None:
        """Puts `into` wherever `code` was; see `merge_all`."""
        self.merge_all([code], into)

    def merge_all(self, codes: Sequence[Code], into: Code) -> None:
        """Puts `into` wherever these codes were, moves what is below them and their examples and
        memos, and removes them, as one act.

        Where a coder has both on the same words, one coding stays and keeps both memos.
        Raises Refused where `into` is one of them or below one, or where codes of the same name
        would come to stand below it.
        """
        gone = [self._standing(code) for code in codes]
        for code in gone:
            if into.id in self._family(code):
                raise Refused(
                    f"“{code.name}” cannot be merged into itself or into a code below it."
                )
        self._standing(into)
        with self._store.step(f"Merge {named(gone)} into “{into.name}”", self._who()) as tx:
            with kept_standing(tx):
                shifting.merge(tx, gone, into.id)
            codes = tx.read.codes()
            beside = [one for one in codes if one.parent_id == into.id]
            _refuse_twins(beside)
            _refuse_depth(codes, beside)

    def split(self, code: Code, codings: Sequence[Coding], path: str) -> Code:
        """Puts these codings of the code, whoever made them, on the code of this path, which is
        made where it is missing; gives it. Their examples go along.

        Raises Refused where none is given, one no longer has the code, or the path is the code's
        own.
        """
        code = self._standing(code)
        if not codings:
            raise Refused("No passage is chosen.", "Choose those that the other code is for.")
        name = path.rpartition("/")[2].strip()
        with self._store.step(f"Split “{name}” from “{code.name}”", self._who()) as tx:
            other = self.ensure(tx, path)
            if other.id == code.id:
                raise Refused(f"“{code.name}” cannot be split from itself.", "Take another name.")
            shifting.split(tx, code.id, codings, other.id)
        return self._standing(other)

    def delete(self, code: Code, keep_in: Code | None = None) -> int:
        """Removes the code; see `delete_all`."""
        return self.delete_all([code], keep_in)

    def delete_all(self, codes: Sequence[Code], keep_in: Code | None = None) -> int:
        """Removes the codes and those below them, in one step that can be undone. Their codings go
        too, or are put on the code `keep_in`.

        Gives how many codings went or moved. Raises Refused where `keep_in` goes itself.
        """
        family = list(dict.fromkeys(one for code in codes for one in self._family(code)))
        if keep_in and self._standing(keep_in).id in family:
            raise Refused(
                f"“{keep_in.name}” would be deleted too, so it cannot keep the tags.",
                "Choose a code that stays.",
            )
        with self._store.step(f"Delete {named(codes)}", self._who()) as tx:
            return shifting.delete(tx, family, keep_in.id if keep_in else None)

    def codings(self, code: Code) -> list[Coding]:
        """The codings of everyone that carry this code, not those of codes below it."""
        return self._store.read.codings_of_code(code.id)

    def passages(self, code: Code) -> list[Quote]:
        """The passages that carry this code, not those of codes below it, ready to be cited, in the
        order of references and of the text."""
        found = quotes.select(self._store.reader, QuoteFilter(codes=(code.id,)), self.codes())
        return [quote for quote in found if quote.code_id == code.id]

    def family(self, codes: Sequence[Code]) -> list[Code]:
        """These codes and all below them, each once. Raises NotFound where one has gone."""
        ids = {one for code in codes for one in self._family(code)}
        return [code for code in self.codes() if code.id in ids]

    def coders_of(self, codes: Sequence[Code], sight: Sight = Sight()) -> dict[str, int]:  # noqa: B008
        """How many codings that are seen each coder, by name, has with one of these codes; the most
        first."""
        return self._store.read.coders_of_codes([code.id for code in codes], sight)

    def pin(self, coding: Coding) -> bool:
        """Makes a coding an example of its code; False where it is one already."""
        code = self._coded(coding)
        if coding.id in code.examples:
            return False
        with self._store.step(f"Pin an example of “{code.name}”", self._who()) as tx:
            tx.put(replace(code, examples=(*code.examples, coding.id)))
        return True

    def unpin(self, coding: Coding) -> bool:
        """Makes a coding no example of its code any more; False where it is none."""
        code = self._coded(coding)
        if coding.id not in code.examples:
            return False
        left = tuple(one for one in code.examples if one != coding.id)
        with self._store.step(f"Unpin an example of “{code.name}”", self._who()) as tx:
            tx.put(replace(code, examples=left))
        return True

    def examples(self, codes: Sequence[Code]) -> dict[str, list[Quote]]:
        """The examples of each of these codes, by its id, in the order in which they were pinned.
        Those whose coding has gone or has another code by now are passed over."""
        wanted = [one for code in codes for one in code.examples]
        pinned = quotes.of_codings(self._store.reader, wanted, self.codes()) if wanted else []
        by_id = {quote.id: quote for quote in pinned}
        return {
            code.id: [
                found
                for one in code.examples
                if (found := by_id.get(one)) is not None and found.code_id == code.id
            ]
            for code in codes
        }

    def history(self, code: Code, sight: Sight = Sight()) -> list[CodeChange]:  # noqa: B008
        """What has become of the code and of its definition, newest first; see `history_of`."""
        return history_of(self._store.read, code.id, sight)

    def _change(self, code: Code, label: str, **fields: Any) -> None:
        """Changes fields of a code as one act, and takes its key from whichever code had it."""
        now = self._standing(code)
        fields = {
            name: _tidy(value) if name in _WRITTEN else value for name, value in fields.items()
        }
        if "name" in fields:
            fields["name"] = _named_well(fields["name"])
            self._refuse_twin(now, fields["name"], now.parent_id)
        if fields.get("colour", now.colour) != now.colour:
            _refuse_colour(fields["colour"])
        key = fields.get("key", "")
        if key and key not in tuple(KEYS):
            raise Refused(f"“{key}” cannot be a code's key.", f"Use one of {KEYS}.")
        with self._store.step(label, self._who()) as tx:
            for other in self.codes():
                if key and other.key == key and other.id != code.id:
                    tx.put(replace(other, key=""))
            tx.put(replace(now, **fields))

    def _ensure(self, tx: Step, names: Sequence[str], code_id: str = "") -> tuple[Code, bool]:
        if len(names) > DEEPEST:
            raise _too_deep()
        codes = tx.read.codes()
        parent: Code | None = None
        made = False
        for depth, name in enumerate(names, start=1):
            parent_id = parent.id if parent else None
            siblings = [c for c in codes if c.parent_id == parent_id]
            found = next((c for c in siblings if c.name.casefold() == name.casefold()), None)
            made = found is None
            if found is None:
                place = max((c.position for c in siblings), default=-1) + 1
                last = depth == len(names) and all(c.id != code_id for c in codes)
                own = (code_id if last else "") or new_id()
                found = Code(own, name, parent_id, place, colour_for(len(codes)))
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

    def _coded(self, coding: Coding) -> Code:
        """The code that a coding carries now. Raises NotFound where either has gone."""
        standing = self._store.read.coding(coding.id)
        found = self._store.read.code(standing.code_id) if standing else None
        if found is None:
            raise NotFound("This coding is no longer there.", "Somebody removed it.")
        return found

    def _refuse_twin(self, code: Code, name: str, parent_id: str | None) -> None:
        beside = [one for one in self.codes() if one.parent_id == parent_id and one.id != code.id]
        _refuse_twins([*beside, replace(code, name=name)])


def named(codes: Sequence[Code]) -> str:
    """The codes as the label of a step names them: `“Trust”`, or `3 codes`."""
    return f"“{codes[0].name}”" if len(codes) == 1 else counted(len(codes), "code")


def _move_label(moved: Sequence[Code], parent: Code | None, target: str | None) -> str:
    if all(code.parent_id == target for code in moved):
        return f"Reorder {named(moved)}"
    if parent:
        return f"Move {named(moved)} to “{parent.name}”"
    return f"Make {named(moved)} {'a theme' if len(moved) == 1 else 'themes'}"


def _tidy(text: str) -> str:
    """A text as it is kept: lines end in line feeds, without white space around it all."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _names(path: str) -> list[str]:
    """The names of a path, from its theme down."""
    return [" ".join(part.split()) for part in path.split("/") if part.strip()]


def _named_well(name: str) -> str:
    """A name on one line with single spaces. Raises Refused where it cannot be one."""
    if not name or "/" in name:
        raise Refused("A code's name cannot be empty or contain “/”.")
    return " ".join(name.split())


def _refuse_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise Refused(f"There is no colour “{colour}”.", f"Choose from: {', '.join(COLOURS)}.")


def _refuse_twins(beside: Sequence[Code]) -> None:
    """Raises Refused where two codes that stand beside one another have one name."""
    seen: set[str] = set()
    for code in beside:
        if code.name.casefold() in seen:
            raise Refused(
                f"There is a code “{code.name}” there already.",
                "Merge the two, or take another name.",
            )
        seen.add(code.name.casefold())


def _refuse_depth(codes: Sequence[Code], moved: Sequence[Code]) -> None:
    """Raises Refused where one of these, or of those below them, stands too deep."""
    families, by_id = children_of(codes), {code.id: code for code in codes}
    for one in {one for code in moved for one in families[code.id]}:
        if len(list(lineage(one, by_id))) > DEEPEST:
            raise _too_deep()


def _too_deep() -> Refused:
    return Refused(
        f"A codebook has at most {DEEPEST} levels.", "Put the code further up, or beside another."
    )


def _depth(path: str) -> int:
    return path.count("/")


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
