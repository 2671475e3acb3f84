"""The list of quotes against a plain reading of all codings, for any filter."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.baskets import Basket, BasketItem, ItemKind
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Permission,
    Reading,
    RespondentType,
    Segment,
    Style,
    Submission,
)
from coder.domain.paragraphs import lay_out
from coder.domain.quotes import Grouping, Order, Quote, QuoteFilter
from coder.domain.together import AGREED, AGREED_ID
from coder.store import quotes
from coder.store.listing import QuoteList, listing
from coder.store.store import Store
from tests.store.conftest import ANN, BEN

WORDS = "when the bus was cut our volunteers rang 100% of the lonely_hall in WINTER"
CODES = (("t", None), ("a", "t"), ("b", "t"), ("u", None), ("c", "u"), ("v", None))
REGIONS, QUESTIONS = ("Leeds", "hull", ""), ("", "", "What helps?", "Who is lonely?")
DAY = datetime(2020, 9, 1, tzinfo=UTC)
FEW = settings(max_examples=25, deadline=None)


class Built:
    """A project of random passages, and all of it in plain lists."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.codings: list[Coding] = []
        self.documents: dict[str, Document] = {}
        self.submissions: dict[str, Submission] = {}
        self.baskets = [("d2", 10, 60), ("d5", 0, 500)]
        dice = random.Random(7)
        with store.step("Build", ANN) as tx:
            tx.put(BEN)
            for place, (key, parent) in enumerate(CODES):
                tx.put(Code(key, key.upper(), parent, place))
            for number in range(1, 9):
                self._letter(tx, dice, number)
            tx.put(Reading("r", "d3", "ann", coded_at="2020-09-20"))
            tx.put(Basket("k", "Report", "ann", "2020"))
            for place, (key, start, end) in enumerate(self.baskets):
                words = self.documents[key].text[start:end]
                tx.put(
                    BasketItem(
                        f"i{place}", "k", ItemKind.QUOTE, "ann", "2020", -place, key, start, end,
                        words, code_id="a",
                    )
                )  # fmt: skip

    def _letter(self, tx, dice: random.Random, number: int) -> None:
        one = Submission(
            f"s{number}", f"SIC{number:04}", type=dice.choice(list(RespondentType)[:3]),
            permission=dice.choice(list(Permission)), region=dice.choice(REGIONS),
            received=("", "2020-09-05", "2020-09-10T23:59:00Z", "2020-09-16")[number % 4],
        )  # fmt: skip
        text, spans = lay_out(
            (" ".join(dice.choices(WORDS.split(), k=40)), Style.BODY) for _ in range(5)
        )
        made = Document(
            f"d{number}", one.id, 0, "Letter", DocumentKind.DOCUMENT, text, spans,
            question=dice.choice(QUESTIONS),
        )  # fmt: skip
        tx.put(one)
        tx.put(made)
        self.submissions[one.id], self.documents[made.id] = one, made
        for place in range(12):
            start = dice.randrange(len(text) - 700)
            end = start + dice.choice((15, 60, 200, 650))
            code = dice.choice(CODES)[0]
            for coder in (ANN, BEN) if dice.random() < 0.3 else (dice.choice((ANN, BEN)),):
                at = DAY + timedelta(hours=dice.randrange(24 * 20))
                coding = Coding(
                    f"{made.id}-{place}-{coder.id}", made.id, code, coder.id, start, end,
                    text[start:end], at.isoformat().replace("+00:00", "Z"),
                    dice.choice(("", "", "see the hall", "Bus_stop")), dice.random() < 0.2,
                )  # fmt: skip
                tx.put(coding)
                self.codings.append(coding)

    def listed(self, wanted: QuoteFilter, **how) -> QuoteList:
        return listing(lambda: self.store.reader, wanted, **how)

    def right(self, wanted: QuoteFilter) -> list[Coding]:
        """The codings that a filter asks for, by looking at each."""
        return [one for one in self.codings if self._is_asked(one, wanted)]

    def _is_asked(self, one: Coding, wanted: QuoteFilter) -> bool:
        document = self.documents[one.document_id]
        submission = self.submissions[document.submission_id]
        beside = [
            other
            for other in self.codings
            if other.document_id == one.document_id and self.sees(other, wanted)
        ]

        def gap(start: int, end: int) -> int:
            return max(start - one.end, one.start - end)

        def has(code: str, least: int) -> bool:
            return any(o.code_id in family(code) and gap(o.start, o.end) < least for o in beside)

        day = datetime.fromisoformat(one.created_at).astimezone().date().isoformat()
        length, low = one.end - one.start, wanted.text.lower()
        within = any(one.code_id in family(code) for code in wanted.codes)
        return all((
            self.sees(one, wanted),
            not wanted.codes or within,
            not wanted.every or all(has(code, 0) for code in wanted.codes),
            all(has(code, 0) for code in wanted.overlapping),
            all(has(code, wanted.within + 1) for code in wanted.near),
            not any(has(code, 0) for code in wanted.without),
            not wanted.types or submission.type in wanted.types,
            not wanted.permissions or submission.permission in wanted.permissions,
            not wanted.regions or submission.region in wanted.regions,
            not wanted.submissions or submission.ref in wanted.submissions,
            not wanted.documents or document.id in wanted.documents,
            not wanted.coders or one.coder_id.title() in wanted.coders,
            not wanted.questions
            or document.question in wanted.questions
            or any(one.code_id in family(code) for code in wanted.questions),
            low in one.quote.lower() or low in one.memo.lower(),
            not wanted.marked or one.marked,
            not wanted.since or day >= wanted.since,
            not wanted.until or day <= wanted.until,
            not wanted.received_since
            or (submission.received and submission.received[:10] >= wanted.received_since),
            not wanted.received_until
            or (submission.received and submission.received[:10] <= wanted.received_until),
            length >= wanted.shortest,
            not wanted.longest or length <= wanted.longest,
            not wanted.unused
            or not any(d == document.id and gap(s, e) < 0 for d, s, e in self.baskets),
        ))  # fmt: skip

    def sees(self, one: Coding, wanted: QuoteFilter) -> bool:
        if wanted.hidden_to:
            return one.coder_id == wanted.hidden_to
        if wanted.blind_to:
            return one.coder_id == wanted.blind_to or (
                one.document_id == "d3" and wanted.blind_to == "ann"
            )
        return True


def family(code: str) -> set[str]:
    return {code, *(key for key, parent in CODES if parent == code)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    folder = Path(tmp_path_factory.mktemp("listing")) / "inquiry"
    store = Store.create(folder, "Loneliness", "SIC", "", ANN)
    yield Built(store)
    store.close()


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    few = st.lists(st.sampled_from(values), unique=True, min_size=1, max_size=2).map(tuple)
    return st.one_of(st.just(()), st.just(()), few)


KEYS = tuple(key for key, _ in CODES)
DAYS = st.sampled_from(("", "", "2020-09-05", "2020-09-10", "2020-09-16"))
FILTERS = st.builds(
    QuoteFilter,
    codes=some(KEYS),
    every=st.booleans(),
    without=st.one_of(st.just(()), some(("b", "v"))),
    types=some(("individual", "charity", "faith")),
    permissions=some(("named", "anonymous", "withheld", "unknown")),
    coders=some(("Ann", "Ben")),
    submissions=some(("SIC0001", "SIC0002", "SIC0004")),
    text=st.sampled_from(("", "", "", "bus", "HALL", "y_h", "100%", "\\")),
    marked=st.sampled_from((False, False, True)),
    overlapping=some(KEYS),
    near=some(KEYS),
    within=st.sampled_from((0, 30, 500)),
    regions=some(REGIONS),
    questions=some((*QUESTIONS[2:], "t", "c")),
    documents=some(("d1", "d3")),
    since=DAYS,
    until=DAYS,
    received_since=st.one_of(st.just(""), DAYS),
    received_until=st.one_of(st.just(""), DAYS),
    shortest=st.sampled_from((0, 0, 60)),
    longest=st.sampled_from((0, 0, 200)),
    unused=st.booleans(),
    blind_to=st.sampled_from(("", "", "ann", "ben")),
    hidden_to=st.sampled_from(("", "", "", "ann")),
)
FREE = {
    "submissions": (),
    "documents": (),
    "permissions": (),
    "types": (),
    "regions": (),
    "received_since": "",
}
ANY = st.one_of(FILTERS, FILTERS.map(lambda one: replace(one, **FREE)))


def every(found: QuoteList) -> list[Quote]:
    return found.fetch(0, len(found))


def place(one: Coding | Quote) -> tuple[str, int, int, str]:
    return one.document_id, one.start, one.end, one.code_id


@given(wanted=ANY)
@FEW
def test_a_list_has_what_a_filter_asks_for_and_those_tagged_alike_once(
    built: Built, wanted: QuoteFilter
) -> None:
    right = built.right(wanted)
    found = built.listed(wanted)
    made = every(found)

    assert Counter(map(place, made)) == Counter(set(map(place, right)))
    assert (found.totals.quotes, found.totals.tags) == (len(made), len(right))
    assert found.totals.submissions == len({one.submission_id for one in made})
    order = [(one.ref, one.start, one.end) for one in made]
    assert order == sorted(order)
    for quote in made:
        alike = [
            one
            for one in built.codings
            if place(one) == place(quote) and built.sees(one, wanted)
        ]  # fmt: skip
        assert set(quote.coding_ids) == {one.id for one in alike}
        assert quote.coder == "; ".join(sorted({one.coder_id.title() for one in alike}))
        assert quote.marked == any(one.marked for one in alike)
        assert found.place_of(alike[0].id) == made.index(quote)

    flat = quotes.select(built.store.reader, wanted, built.store.read.codes())
    assert {one.id for one in flat} == {one.id for one in right}
    assert list(quotes.each(built.store.reader, wanted, built.store.read.codes())) == flat


@given(wanted=ANY, order=st.sampled_from(Order))
@FEW
def test_joined_quotes_are_the_runs_of_a_code_that_overlap(
    built: Built, wanted: QuoteFilter, order: Order
) -> None:
    runs: list[list[Coding]] = []
    for one in sorted(built.right(wanted), key=lambda c: (c.document_id, c.code_id, c.start)):
        last = runs[-1] if runs else []
        if (
            last
            and (last[0].document_id, last[0].code_id) == (one.document_id, one.code_id)
            and one.start < max(other.end for other in last)
        ):
            last.append(one)
        else:
            runs.append([one])

    found = built.listed(wanted, joined=True, order=order)
    made = every(found)

    spans = Counter(
        (r[0].document_id, r[0].start, max(o.end for o in r), r[0].code_id) for r in runs
    )
    assert Counter(map(place, made)) == spans
    for quote in made:
        text = built.documents[quote.document_id].text
        assert quote.quote == text[quote.start : quote.end]
        for coding_id in quote.coding_ids:
            assert found.place_of(coding_id) == made.index(quote)
    if order in (Order.SHORTEST, Order.LONGEST):
        lengths = [one.end - one.start for one in made]
        assert lengths == sorted(lengths, reverse=order is Order.LONGEST)


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("wanted", [QuoteFilter(), QuoteFilter(codes=("t",), coders=("Ben",))])
def test_every_grouping_adds_up_and_is_in_order(
    built: Built, grouping: Grouping, order: Order, wanted: QuoteFilter
) -> None:
    found = built.listed(wanted, grouping=grouping, order=order)
    made = every(found)

    plain = every(built.listed(wanted))
    assert Counter(one.coding_ids for one in made) == Counter(one.coding_ids for one in plain)
    groups = found.groups or (None,)
    assert bool(found.groups) == (grouping is not Grouping.NONE)
    if found.groups:
        assert [group.first for group in groups] == [
            sum(group.count for group in groups[:number]) for number in range(len(groups))
        ]
        assert sum(group.count for group in groups) == len(made)
    for group in groups:
        few = made[group.first : group.first + group.count] if group else made
        if group:
            assert group.submissions == len({one.submission_id for one in few})
            assert {_title(built, one, grouping) for one in few} == {group.title}
        keys = {
            Order.SHORTEST: [one.end - one.start for one in few],
            Order.LONGEST: [one.start - one.end for one in few],
            Order.MARKED: [not one.marked for one in few],
            Order.REFERENCE: [(one.ref, one.start) for one in few],
        }.get(order, [])
        if order is Order.NEWEST and not wanted.coders:
            keys = [-datetime.fromisoformat(one.created_at).timestamp() for one in few]
        if order is not Order.MARKED or not wanted.coders:
            assert keys == sorted(keys)


def _title(built: Built, quote: Quote, grouping: Grouping) -> str:
    theme = quote.code.partition("/")[0]
    types = {"individual": "Individual", "charity": "Charity or community group"}
    return {
        Grouping.THEME: theme,
        Grouping.QUESTION: built.documents[quote.document_id].question or theme,
        Grouping.SUBMISSION: quote.ref,
        Grouping.TYPE: types.get(quote.type, "Faith group"),
        Grouping.REGION: quote.region or "Region not known",
    }[grouping]


def test_headings_stand_in_the_order_of_the_codebook_and_what_is_not_known_comes_last(
    built: Built,
) -> None:
    def titles(grouping: Grouping) -> list[str]:
        return [one.title for one in built.listed(QuoteFilter(), grouping=grouping).groups]

    assert titles(Grouping.THEME) == ["T", "U", "V"]
    assert titles(Grouping.REGION) == ["hull", "Leeds", "Region not known"]


def test_a_basket_comes_in_its_own_order_whether_or_not_it_is_coded(built: Built) -> None:
    found = built.listed(QuoteFilter(basket="k"))
    assert [(one.document_id, one.start, one.code) for one in every(found)] == [
        ("d5", 0, "T/A"),
        ("d2", 10, "T/A"),
    ]
    long = every(built.listed(QuoteFilter(basket="k", shortest=100)))
    assert [one.document_id for one in long] == ["d5"]
    assert not len(built.listed(QuoteFilter(basket="k", coders=("Ann",))))
    assert len(built.listed(QuoteFilter(basket="k", hidden_to="ann"))) == 2
    assert not len(built.listed(QuoteFilter(basket="k", hidden_to="ben")))
    assert len(built.listed(QuoteFilter(basket="k"), grouping=Grouping.THEME).groups) == 1


def test_what_was_agreed_on_in_a_basket_counts_where_nobody_says_the_same(desk) -> None:
    document = desk.document("d", "The bus came late, and the choir sang.")
    desk.code()
    agreed = Coder(AGREED_ID, AGREED)
    with desk.store.step("Agree", desk.ann) as tx:
        tx.put(agreed)
    desk.coding("x", document, span=(0, 7))
    desk.coding("y", document, span=(0, 7), coder=agreed)
    desk.coding("z", document, span=(23, 32), coder=agreed)
    with desk.store.step("Basket", desk.ann) as tx:
        tx.put(Basket("k", "Report", "ann", "2020"))
        for place, (start, end) in enumerate(((0, 7), (23, 32), (0, 7), (8, 12))):
            words = document.text[start:end]
            item = (f"i{place}", "k", ItemKind.QUOTE, "ann", "2020", float(place))
            tx.put(BasketItem(*item, "d", start, end, words, (), "c"))

    found = listing(lambda: desk.store.reader, QuoteFilter(basket="k"))

    assert (found.totals.quotes, found.totals.tags) == (4, 2)
    assert every(found)[0].coding_ids == ("x", "y")


def test_a_joined_quote_of_a_transcript_has_its_words_and_time(desk) -> None:
    with desk.store.step("Hear", desk.ann) as tx:
        tx.put(Submission("s", "SIC0001"))
        tx.put(Document("m", "s", 0, "m", DocumentKind.MEDIA))
        tx.put(Document("v", "s", 1, "v", DocumentKind.TRANSCRIPT, source_id="m"))
        tx.put(Segment("g0", "v", 0, 1000, 2000, "Yes, the bus"))
        tx.put(Segment("g1", "v", 1, 61_000, 62_000, "was cut."))
        tx.put(Code("c", "c"))
        tx.put(desk.ben)
        tx.put(Coding("w0", "v", "c", "ann", 5, 16, "the bus\nwas", "2020", "Cut?"))
        tx.put(Coding("w1", "v", "c", "ben", 9, 21, "bus\nwas cut.", "2021", "When?"))

    [quote] = every(listing(lambda: desk.store.reader, QuoteFilter(), joined=True))

    assert (quote.quote, quote.start, quote.end) == ("the bus\nwas cut.", 5, 21)
    assert (quote.coder, quote.memo) == ("Ann; Ben", "Ann: Cut?\nBen: When?")
    assert (quote.coding_ids, quote.created_at) == (("w0", "w1"), "2021")
    assert quote.citation == "(SIC0001, 00:01)"


def test_what_has_gone_since_is_left_out_of_a_page(desk) -> None:
    document = desk.document("d", "We volunteer here, and there.")
    desk.code()
    gone, _ = (
        desk.coding(key, document, span=span) for key, span in (("x", (0, 2)), ("y", (3, 9)))
    )
    found = listing(lambda: desk.store.reader, QuoteFilter())
    with desk.store.step("Remove", desk.ann) as tx:
        tx.delete(gone)

    assert [one.quote for one in every(found)] == ["volunt"]
    assert found.place_of("x") is None
