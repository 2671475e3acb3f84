"""Plans made by hand, as a survey would give them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from coder.domain.draft import Table, Use
from coder.domain.model import DocumentKind, RespondentType
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing
from coder.ui.importing.board import Board

CLOSES = "2020-09-18"


def document(title: str, characters: int = 1200, *problems: str) -> Outline:
    return Outline(title, DocumentKind.DOCUMENT, characters, problems=problems)


def thing(shown: str, *documents: Outline, **known: object) -> Thing:
    name = shown.rpartition("/")[2]
    return Thing(f"/in/{shown}", shown, documents=documents or (document(name),), **known)  # type: ignore[arg-type]


def plan_of(*proposals: Proposal) -> Plan:
    things = [one for proposal in proposals for one in proposal.things]
    return Plan(things, list(proposals))


@pytest.fixture
def plan() -> Iterator[Plan]:
    """Three submissions: a charity's with a wish, a late letter, a film with its transcript; and a
    duplicate, a broken file, an empty one, and one of the system."""
    statement = thing("post/Statement.docx")
    charity = Proposal(
        [statement],
        "Joan Ashby",
        "Walsall Food Bank",
        RespondentType.CHARITY,
        received="2020-09-12T10:00:00Z",
        wishes=("Please treat this as <b>confidential</b>.",),
    )
    letter = Proposal([thing("post/letter.txt")], "Peter Marsh", received="2020-09-21", late=True)
    film = Proposal(
        [
            thing("film/choir.mp4", Outline("choir.mp4", DocumentKind.MEDIA, 0, 723_000)),
            thing("film/choir.vtt", Outline("choir.vtt", DocumentKind.TRANSCRIPT, 9120, 721_000)),
        ]
    )
    made = plan_of(charity, letter, film)
    for one in made.things:
        one.below = True
    made.things += [
        Thing("/in/copy.docx", "post/copy.docx", fate=Fate.DUPLICATE, of="SIC0003"),
        Thing("/in/x.docx", "post/x.docx", fate=Fate.UNREADABLE, what="“x.docx” is damaged."),
        Thing("/in/e.txt", "post/e.txt", fate=Fate.BLANK, what="“e.txt” holds nothing."),
        Thing("/in/.DS", "post/.DS", fate=Fate.SKIPPED, what="Skipped: “.DS” is hidden."),
    ]
    with made:
        yield made


@pytest.fixture
def board(plan: Plan) -> Board:
    """That plan on the table."""
    return Board(plan, CLOSES)


@pytest.fixture
def campaign() -> Iterator[Plan]:
    """A letter by itself and three of a campaign, of which the second is late."""
    letters = [
        Proposal([thing(f"mails/{n}.eml")], f"Writer {n}", campaign=1, received=day)
        for n, day in enumerate(("2020-09-10", "2020-09-21", "2020-09-11"))
    ]
    letters[1].late = True
    with plan_of(letters[0], Proposal([thing("own.txt")], "Ada Lovell"), *letters[1:]) as made:
        yield made


@pytest.fixture
def large() -> Callable[[int], Plan]:
    """Makes a plan of so many submissions, half of them of one campaign."""

    def make(count: int) -> Plan:
        half = count // 2
        return plan_of(
            *(
                Proposal(
                    [thing(f"mails/{n}.eml")],
                    f"Writer {n}",
                    campaign=int(n >= half),
                    received="2020-09-10",
                    wishes=("Do not publish.",) if n % 40 == 0 else (),
                )
                for n in range(count)
            )
        )

    return make


@pytest.fixture
def answers() -> Iterator[Plan]:
    """A table of two rows and three columns, of which the last is not recognised."""
    table = Table(
        ("Your name", "What changed in your street?", "Sector"),
        (Use.RESPONDENT, Use.QUESTION, Use.ASIDE),
        (("Ada", "We talk\nmore.", "Charity"), ("", "Nothing <much>.", "Individual")),
        2,
    )
    held = Thing("/in/survey.csv", "survey.csv", fate=Fate.OPENED, table=table)
    rows = [
        thing(
            f"survey.csv/row {n}",
            Outline(
                "What changed", DocumentKind.ANSWER, 9, question="What changed in your street?"
            ),
            inside=f"row {n}",
            container="5e",
        )
        for n in (2, 3)
    ]
    held.holds += rows
    with plan_of(*(Proposal([row], "Ada" * (n == 0)) for n, row in enumerate(rows))) as made:
        made.things.insert(0, held)
        yield made
