"""What a pack holds, in which order, and how it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from coder.domain.model import Code, Permission, RespondentType, Status, Submission
from coder.domain.quotes import Quote
from coder.export.outline import Pack, Source, received_day
from coder.export.sections import Theme, remarks, themes_of

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


def test_themes_follow_the_codebook() -> None:
    codes = [
        Code("c", "Trust", None, 1),
        Code("b2", "Rural", "a", 1),
        Code("b1", "Urban/suburban", "a", 0),
        Code("a", "Transport", None, 0, definition="Getting about."),
        Code("lost", "Orphan", "gone", 9),
    ]
    assert list(themes_of(codes)) == [
        Theme("a", "Transport", "Transport", 0, "Getting about."),
        Theme("b1", "Transport/Urban/suburban", "Urban/suburban", 1),
        Theme("b2", "Transport/Rural", "Rural", 1),
        Theme("c", "Trust", "Trust", 0),
        Theme("lost", "Orphan", "Orphan", 0),
    ]


def test_a_theme_counts_what_is_below_it_and_each_passage_once(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    charity = submission(1)
    person = submission(2, organisation="", respondent="Gwen", type=RespondentType.INDIVIDUAL)
    first = quote(charity, code_id="t2")
    quotes = [first, replace(first, id="again", code_id="t1", code="Volunteering")]
    quotes += [quote(person, code_id="t2"), quote(person, code_id="t2")]

    made = pack(quotes, [charity, person])

    times = "3 quotes, 4 times under a heading, from 2 submissions"
    assert made.summary() == times
    assert [(s.theme.path, s.number, len(s.quotes), s.count) for s in made.sections] == [
        ("Volunteering", 3, 1, f"{times}: 1 charity, 1 individual"),
        (
            "Volunteering/First-time volunteers",
            3,
            3,
            "3 quotes from 2 submissions: 1 charity, 1 individual",
        ),
    ]


def test_a_theme_without_quotes_is_a_heading_only_for_what_is_below(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    found = pack([quote(of, code_id="t2")], [of]).sections
    assert [(s.theme.name, len(s.quotes)) for s in found] == [
        ("Volunteering", 0),
        ("First-time volunteers", 1),
    ]


def test_a_code_that_the_codebook_does_not_know_is_not_lost(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    found = pack([quote(of, code_id="t9", code="Old/Gone"), quote(of)], [of]).sections
    assert [s.theme.name for s in found] == ["Volunteering", "Old/Gone"]


def test_words_that_stand_twice_say_so(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = submission()
    one = quote(of, machine_draft=True)
    also = replace(one, id="again", code_id="t3", code="Trust")

    first, second = pack([one, also, quote(of)], [of]).sections

    assert remarks(first.quotes[0], first) == ["unchecked machine transcript", "also under Trust"]
    assert remarks(second.quotes[0], second)[1] == "also under Volunteering"
    assert remarks(first.quotes[1], first) == []


def test_sources_are_those_quoted_in_the_order_of_references(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    of = [
        submission(10000, received="in spring"),
        submission(9, permission=Permission.ANONYMOUS, region="Kent"),
        submission(3, permission=Permission.WITHHELD),
        submission(4),
    ]
    made = pack([quote(one) for one in of[:3]], of)
    kind = "Charity or community group"
    assert made.sources == (
        Source("SIC0009", f"{kind}, anonymous, Kent", kind, "2020-09-18T16:04:05Z"),
        Source("SIC10000", "Walsall Food Bank", kind, "in spring"),
    )
    assert [received_day(source) for source in made.sources] == ["18 September 2020", "in spring"]
    assert received_day(Source("SIC0001", "Walsall Food Bank", kind, "")) == "not known"


def test_a_pack_tells_what_a_reader_must_know(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    anonymous = submission(1, permission=Permission.ANONYMOUS)
    unknown = submission(2, permission=Permission.UNKNOWN)
    masked = quote(anonymous, "Walsall Food Bank is ours", machine_draft=True)
    assert pack([masked, quote(unknown)], [anonymous, unknown]).notes() == [
        "1 passage from 1 submission is left out: 1 whose permission is not known yet.",
        (
            "1 quote is anonymous: respondents’ own names are masked as [name], but other details, "
            "such as addresses and telephone numbers, are not. Check before publishing."
        ),
        (
            "1 quote is from an unchecked machine transcript: "
            "listen to the recording before publishing."
        ),
    ]
    assert pack([], []).notes() == []
    assert pack([], []).summary() == "There is nothing to quote here yet."


def test_headings_carry_no_secret_name(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack
) -> None:
    # Given codes named after people who may not be named, and one that is named
    of = [
        submission(1, respondent="Ann Ode"),
        submission(2, respondent="Gwen Hughes", permission=Permission.ANONYMOUS),
        submission(3, respondent="Ed Ng", permission=Permission.WITHHELD),
        submission(4, respondent="Mei Kant", status=Status.WITHDRAWN),
    ]
    codes = [
        Code("p", "People", None, 0, definition="As Ng and Mei say."),
        Code("g", "Gwen", "p", 0),
        Code("h", "Hughes", "p", 1),
        Code("a", "Ann", "p", 2),
    ]
    paths = {"g": "People/Gwen", "h": "People/Hughes"}
    quotes = [quote(of[0], code_id=id_, code=path) for id_, path in paths.items()]
    quotes.append(replace(quotes[1], id="also", code_id="g", code="People/Gwen"))

    # When a pack is made of what is said by her who is named
    made = pack(quotes, of, "Gwen, Ann", codes=codes)

    # Then the names of the others are masked, and codes that now read alike stay apart
    assert [(t.path, t.name) for t in made.themes] == [
        ("People", "People"),
        ("People/[name]", "[name]"),
        ("People/[name]", "[name]"),
        ("People/Ann", "Ann"),
    ]
    assert made.themes[0].definition == "As [name] and [name] say."
    assert made.title == "[name], Ann"
    assert [(s.theme.id, len(s.quotes)) for s in made.sections] == [("p", 0), ("g", 2), ("h", 1)]
    assert remarks(made.sections[2].quotes[0], made.sections[2]) == ["also under [name]"]


def test_a_pack_is_called_by_the_inquiry_and_its_title(pack: MakePack) -> None:
    assert pack([], [], "Trust").heading == "Social infrastructure – Trust"
    assert pack([], []).heading == "Social infrastructure"
    assert pack([], [], inquiry="").heading == "Quote pack"
    assert pack([], []).created == date(2020, 11, 22)
