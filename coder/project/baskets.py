"""Baskets: the quotes that a report writer gathers for a report, in an order of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from coder.domain.baskets import Basket, BasketItem, ItemKind
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, Document, new_id, now
from coder.domain.omissions import Span, kept, tidy
from coder.domain.quote_id import QuoteId
from coder.domain.quotes import Quote
from coder.domain.text import counted, whole_characters
from coder.export.selection import kept_in
from coder.project.basket_order import room, stays_behind
from coder.project.basket_spread import Spread, spread_of
from coder.project.codings import trimmed
from coder.project.moment import at_one_moment
from coder.store import basketed, citing
from coder.store.baskets import Place
from coder.store.journal import Step
from coder.store.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a basket as a writer sees it.

    `quote` is what a quote stands for, with what is left out of it; None for headings and texts.
    `why` says in a few words why it must not leave, empty where it may. `also_in` names the other
    baskets that hold words of it, and `again` says that this basket does, in another item.
    """

    item: BasketItem
    quote: Quote | None = None
    why: str = ""
    also_in: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What came into a basket, and the quotes whose passages are in it already."""

    items: tuple[BasketItem, ...]
    already: tuple[Quote, ...] = ()


class Baskets:
    """Acts on baskets, one step each. A report is written together, so anyone may change any
    basket; the history says who did."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def all(self) -> list[Basket]:
        """Every basket, in the order in which they were made."""
        return self._store.read.baskets()

    def sizes(self) -> dict[str, int]:
        """How many quotes are in each basket that has any, by its id."""
        return self._store.read.sizes_of_baskets()

    def one(self, basket_id: str) -> Basket:
        """The basket with this id. Raises NotFound."""
        found = self._store.read.basket(basket_id)
        if found is None:
            raise NotFound("This basket is no longer there.", "Somebody deleted it.")
        return found

    def by(self, name: str) -> Basket:
        """The basket of this name, in any case, or with this id. Raises NotFound."""
        wanted = _tidy(name).casefold()
        for basket in self.all():
            if wanted == basket.name.casefold() or name == basket.id:
                return basket
        raise NotFound(f"There is no basket “{name}”.", "`basket list` shows those there are.")

    def make(self, name: str) -> Basket:
        """Makes an empty basket behind the others. Raises Refused for an empty name, and for one
        that another basket has."""
        name = self._free(name)
        with self._store.step(f"Make the basket “{name}”", self._who()) as tx:
            return self._put_new(tx, name)

    def rename(self, basket_id: str, name: str) -> Basket:
        """Gives a basket another name; gives it. Raises as `make` does, and NotFound."""
        basket = self.one(basket_id)
        renamed = replace(basket, name=self._free(name, basket_id))
        label = f"Rename the basket “{basket.name}” to “{renamed.name}”"
        with self._store.step(label, self._who()) as tx:
            tx.put(renamed)
        return renamed

    def delete(self, basket_id: str) -> None:
        """Removes a basket with all that is in it; undo brings both back. Raises NotFound."""
        basket = self.one(basket_id)
        with self._store.step(f"Delete the basket “{basket.name}”", self._who()) as tx:
            for item in tx.read.basket_items(basket_id):
                tx.delete(item)
            tx.delete(basket)

    def copy(self, basket_id: str, name: str) -> Basket:
        """Makes a basket of this name with all that is in another. Raises as `rename` does."""
        basket, name = self.one(basket_id), self._free(name)
        label = f"Copy the basket “{basket.name}” as “{name}”"
        with self._store.step(label, self._who()) as tx:
            made = self._put_new(tx, name)
            for item in tx.read.basket_items(basket_id):
                tx.put(replace(item, id=new_id(), basket_id=made.id))
        return made

    @at_one_moment
    def items(self, basket_id: str) -> list[Entry]:
        """What is in a basket, in its order. Raises NotFound."""
        self.one(basket_id)
        read = self._store.read
        items = read.basket_items(basket_id)
        quoted = [item for item in items if item.kind is ItemKind.QUOTE]
        codes = read.codes()
        found = basketed.of_items(self._store.reader, quoted, codes)
        told = [found[item.id] for item in quoted]
        whys = kept_in(told, read.submissions(), self._sensitive(told))
        beside = read.baskets_with([item.place for item in quoted])
        names = {basket.id: basket.name for basket in read.baskets()}
        entries = {}
        for item, quote, why, others in zip(quoted, told, whys, beside, strict=True):
            also = dict.fromkeys(names[one] for one, _ in others if one != basket_id)
            again = any(one == basket_id and other != item.id for one, other in others)
            entries[item.id] = Entry(item, quote, why, tuple(also), again)
        return [entries.get(item.id) or Entry(item) for item in items]

    @at_one_moment
    def quotes(self, basket_id: str) -> list[tuple[str, Quote]]:
        """The quotes of a basket in its order, each with the heading above it, for a pack. Raises
        NotFound."""
        heading, found = "", []
        for entry in self.items(basket_id):
            if entry.item.kind is ItemKind.HEADING:
                heading = entry.item.text
            elif entry.quote:
                found.append((heading, entry.quote))
        return found

    def used_in(self, spans: Sequence[Place]) -> list[tuple[str, ...]]:
        """For each of these passages (document's id, start and end in code points) the names of the
        baskets that hold words of it."""
        names = {basket.id: basket.name for basket in self.all()}
        return [
            tuple(dict.fromkeys(names[basket_id] for basket_id, _ in found))
            for found in self._store.read.baskets_with(spans)
        ]

    @at_one_moment
    def spread(self, basket_id: str) -> Spread:
        """Who and where those quotes of a basket are from that may leave, of all whose submissions
        stand. Raises NotFound."""
        read = self._store.read
        told = [one for one in self.items(basket_id) if one.quote]
        leaving = [one.quote for one in told if one.quote and not one.why]
        return spread_of(
            leaving,
            read.submissions(),
            read.codes(),
            read.coded_submissions(),
            len(told) - len(leaving),
        )

    def found(self, key: QuoteId) -> Quote:
        """The words that a short id stands for, whether or not they are coded. Raises NotFound."""
        read = self._store.read
        submission = read.submission(key.ref)
        for header in read.documents(submission.id):
            if header.id.startswith(key.document):
                document = read.document(header.id)
                if document.text[key.start : key.end].strip() and key.end <= len(document.text):
                    return citing.passage(read, document, key.start, key.end)
        raise NotFound(
            f"There are no words with the id {key} in this project.",
            "`quotes --json` gives the ids of quotes.",
        )

    def passage(self, document: Document, start: int, end: int) -> Quote:
        """The words `[start, end)` of a document as a quote, whether or not they are coded, without
        white space at either end. Raises Refused where nothing visible is selected."""
        return citing.passage(self._store.read, document, *trimmed(document.text, start, end))

    def add(
        self,
        basket_id: str,
        chosen: Sequence[Quote],
        before: str | None = None,
        *,
        again: bool = False,
    ) -> Added:
        """Puts quotes into a basket, before an item or last, as one act.

        A passage that is in the basket already, with the same beginning and end, is left out and
        named in the answer, unless `again` is wanted; one that is given several times, under
        several codes, comes once. Raises NotFound, and Refused where a transcript no longer has
        these words.
        """
        basket = self.one(basket_id)
        standing = {one.place for one in self._store.read.basket_items(basket_id)}
        by_place: dict[Place, Quote] = {}
        for quote in chosen:
            by_place.setdefault((quote.document_id, quote.start, quote.end), quote)
        already = [one for place, one in by_place.items() if place in standing and not again]
        fresh = [one for one in by_place.values() if one not in already]
        if not fresh:
            return Added((), tuple(already))
        label = f"Add {counted(len(fresh), 'quote')} to “{basket.name}”"
        with self._store.step(label, self._who()) as tx:
            self._refuse_stale(tx, fresh)
            places = room(tx, basket_id, before, len(fresh))
            made = tuple(
                BasketItem(
                    new_id(),
                    basket_id,
                    ItemKind.QUOTE,
                    self._who().id,
                    now(),
                    place,
                    quote.document_id,
                    quote.start,
                    quote.end,
                    quote.quote,
                    quote.omitted,
                    quote.code_id,
                )
                for quote, place in zip(fresh, places, strict=True)
            )
            for item in made:
                tx.put(item)
        return Added(made, tuple(already))

    def add_heading(self, basket_id: str, text: str, before: str | None = None) -> BasketItem:
        """Puts a heading before an item or last; gives it. Raises Refused for an empty one, and
        NotFound."""
        return self._add_words(basket_id, ItemKind.HEADING, " ".join(text.split()), before)

    def add_text(self, basket_id: str, text: str, before: str | None = None) -> BasketItem:
        """Puts the writer's own words before an item or last; gives them. Raises Refused for empty
        ones, and NotFound."""
        return self._add_words(basket_id, ItemKind.TEXT, text.strip(), before)

    def set_text(self, item_id: str, text: str) -> None:
        """Gives a heading or a text other words. Raises Refused for empty ones and for a quote,
        whose words are the respondent's, and NotFound."""
        item = self._item(item_id)
        if item.kind is ItemKind.QUOTE:
            raise Refused(
                "The words of a quote are the respondent's and stay as they are.",
                "Trim the quote, or write a note or a text beside it.",
            )
        heading = item.kind is ItemKind.HEADING
        text = " ".join(text.split()) if heading else text.strip()
        _refuse_empty(item.kind, text)
        label = f"Reword a {_KINDS[item.kind]} in “{self.one(item.basket_id).name}”"
        self._change(label, replace(item, text=text))

    def set_note(self, item_id: str, note: str) -> None:
        """Writes what the writer thinks of an item, or nothing; it never leaves the project.
        Raises NotFound."""
        item = self._item(item_id)
        label = f"Write a note in “{self.one(item.basket_id).name}”"
        self._change(label, replace(item, note=note.strip()))

    def move(self, item_ids: Sequence[str], before: str | None = None) -> None:
        """Puts items of one basket before another of it or last, in the order in which they stand,
        as one act. Raises NotFound."""
        several = [self._item(one) for one in item_ids]
        if not several:
            return
        basket = self.one(several[0].basket_id)
        row = self._store.read.basket_items(basket.id)
        wanted = {one.id for one in several}
        staying = [one for one in row if one.id not in wanted]
        moving = [one for one in row if one.id in wanted]
        target = stays_behind(row, before, wanted)
        at = next((n for n, one in enumerate(staying) if one.id == target), len(staying))
        if [*staying[:at], *moving, *staying[at:]] == row:
            return
        what = _KINDS[moving[0].kind] if len(moving) == 1 else f"{len(moving)} items"
        with self._store.step(f"Move {_a(what)} in “{basket.name}”", self._who()) as tx:
            places = room(tx, basket.id, target, len(moving), wanted)
            for item, place in zip(moving, places, strict=True):
                tx.put(replace(item, position=place))

    def shift(self, item_ids: Sequence[str], by: int) -> bool:
        """Moves items of one basket together by one place, up (−1) or down (1); False where they
        cannot go further that way. Raises NotFound."""
        several = [self._item(one) for one in item_ids]
        row = self._store.read.basket_items(several[0].basket_id) if several else []
        at = [number for number, one in enumerate(row) if one.id in item_ids]
        if not at or (by < 0 and at[0] == 0) or (by > 0 and at[-1] == len(row) - 1):
            return False
        target = at[0] - 1 if by < 0 else at[-1] + 2
        self.move(item_ids, row[target].id if target < len(row) else None)
        return True

    def remove(self, item_ids: Sequence[str]) -> None:
        """Takes items of one basket out of it, as one act. Raises NotFound."""
        several = [self._item(one) for one in item_ids]
        if not several:
            return
        what = _KINDS[several[0].kind] if len(several) == 1 else f"{len(several)} items"
        name = self.one(several[0].basket_id).name
        with self._store.step(f"Take {_a(what)} out of “{name}”", self._who()) as tx:
            for item in several:
                tx.delete(item)

    def trim(self, item_id: str, omitted: Sequence[Span]) -> BasketItem:
        """Leaves out of a quote the words of these spans of its document (code points), and nothing
        else; gives it. They are stretched to whole characters.

        Raises Refused where nothing would be left, or the item is no quote, and NotFound.
        """
        item = self._quote(item_id)
        text = self._store.read.document(item.document_id or "").text
        clean = _omissions(text, item.start, item.end, omitted)
        trimmed_item = replace(item, omitted=clean, was="")
        self._change(self._label("Trim" if clean else "Show all of", item), trimmed_item)
        return trimmed_item

    def set_span(self, item_id: str, start: int, end: int) -> BasketItem:
        """Lets a quote begin and end elsewhere in its document (code points), without white space
        at its ends; what is left out of it stays so. Gives it.

        Raises Refused where nothing visible, or nothing but what is left out, would be quoted, or
        the item is no quote, and NotFound.
        """
        item = self._quote(item_id)
        text = self._store.read.document(item.document_id or "").text
        start, end = trimmed(text, *whole_characters(text, max(0, start), min(end, len(text))))
        moved = replace(
            item,
            start=start,
            end=end,
            quote=text[start:end],
            omitted=_omissions(text, start, end, item.omitted),
            was="",
        )
        self._change(self._label("Change the ends of", item), moved)
        return moved

    def accept(self, item_ids: Sequence[str]) -> None:
        """Notes that a person has seen how quotes read since their transcript was corrected. Raises
        NotFound."""
        several = [one for one in map(self._item, item_ids) if one.was]
        if several:
            label = self._label("Accept the corrected words of", several[0])
            self._change(label, *(replace(one, was="") for one in several))

    def mismatches(self) -> list[str]:
        """Quotes in baskets whose words are not those of their text, a sentence each."""
        read = self._store.read
        texts: dict[str, str] = {}
        findings = []
        for basket in read.baskets():
            for item in read.basket_items(basket.id):
                if item.document_id is None:
                    continue
                if item.document_id not in texts:
                    texts[item.document_id] = read.document(item.document_id).text
                if not _is_sound(item, texts[item.document_id]):
                    _, ref, title = read.place_of(item.document_id)
                    findings.append(
                        f"{ref}, “{title}”: the text does not say “{item.quote[:60]}”, which is"
                        f" quoted in the basket “{basket.name}”."
                    )
        return findings

    def _sensitive(self, beside: Sequence[Quote]) -> list[Quote]:
        """What anyone marked as sensitive in the documents of these quotes."""
        of = {quote.document_id: quote for quote in beside}
        return [
            replace(of[document_id], start=start, end=end, sensitive=True)
            for document_id, start, end in self._store.read.sensitive_in(list(of))
        ]

    def _put_new(self, tx: Step, name: str) -> Basket:
        place = max((one.position for one in tx.read.baskets()), default=-1.0) + 1
        made = Basket(new_id(), name, self._who().id, now(), place)
        tx.put(made)
        return made

    def _add_words(
        self, basket_id: str, kind: ItemKind, text: str, before: str | None
    ) -> BasketItem:
        _refuse_empty(kind, text)
        label = f"Add a {_KINDS[kind]} to “{self.one(basket_id).name}”"
        with self._store.step(label, self._who()) as tx:
            [place] = room(tx, basket_id, before, 1)
            made = BasketItem(new_id(), basket_id, kind, self._who().id, now(), place, text=text)
            tx.put(made)
        return made

    def _refuse_stale(self, tx: Step, chosen: Sequence[Quote]) -> None:
        texts = {one: tx.read.document(one).text for one in {q.document_id for q in chosen}}
        for quote in chosen:
            if texts[quote.document_id][quote.start : quote.end] != quote.quote:
                raise Refused(
                    f"“{quote.document}” was corrected meanwhile.", "Choose the quote again."
                )

    def _free(self, name: str, but: str = "") -> str:
        """A basket's name on one line. Raises Refused where it is empty or another basket's."""
        name = _tidy(name)
        if not name:
            raise Refused("A basket needs a name.", "Call it by the report it is for.")
        for basket in self.all():
            if basket.name.casefold() == name.casefold() and basket.id != but:
                raise Refused(f"There is a basket “{basket.name}” already.", "Take another name.")
        return name

    def _item(self, item_id: str) -> BasketItem:
        found = self._store.read.basket_item(item_id)
        if found is None:
            raise NotFound("This is no longer in the basket.", "Somebody took it out.")
        return found

    def _quote(self, item_id: str) -> BasketItem:
        item = self._item(item_id)
        if item.kind is not ItemKind.QUOTE:
            raise Refused(f"A {_KINDS[item.kind]} is no quote.", "Reword it instead.")
        return item

    def _label(self, verb: str, item: BasketItem) -> str:
        _, ref, _ = self._store.read.place_of(item.document_id or "")
        return f"{verb} a quote of {ref} in “{self.one(item.basket_id).name}”"

    def _change(self, label: str, *items: BasketItem) -> None:
        with self._store.step(label, self._who()) as tx:
            for item in items:
                tx.put(item)


_KINDS = {ItemKind.QUOTE: "quote", ItemKind.HEADING: "heading", ItemKind.TEXT: "text"}


def _a(what: str) -> str:
    return what if what[0].isdecimal() else f"a {what}"


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _refuse_empty(kind: ItemKind, text: str) -> None:
    if not text:
        raise Refused(f"A {_KINDS[kind]} needs words.", "To be rid of it, remove it.")


def _omissions(text: str, start: int, end: int, omitted: Sequence[Span]) -> tuple[Span, ...]:
    """What is left out of a quote, in whole characters. Raises Refused where nothing is left."""
    whole = (whole_characters(text, *one) for one in tidy(start, end, omitted))
    clean = tidy(start, end, whole)
    if not any(text[slice(*part)].strip() for part in kept(start, end, clean)):
        raise Refused(
            "Nothing would be left of the quote.", "Keep some words, or remove the whole quote."
        )
    return clean


def _is_sound(item: BasketItem, text: str) -> bool:
    clean = tidy(item.start, item.end, item.omitted)
    return text[item.start : item.end] == item.quote and clean == item.omitted


def refuse_same_name(tx: Step) -> None:
    """Raises Refused where a step would leave two baskets of one name."""
    if not any(table == "baskets" for table, _ in tx.touched):
        return
    seen: set[str] = set()
    for basket in tx.read.baskets():
        if basket.name.casefold() in seen:
            raise Refused(
                f"There is another basket “{basket.name}” by now.", "Give that another name first."
            )
        seen.add(basket.name.casefold())
