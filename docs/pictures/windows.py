"""What opens beside the places: the card of a code, search, words, memos, and help."""

from __future__ import annotations

from collections.abc import Callable

from pictures.studio import Studio


def codebook(studio: Studio) -> None:
    """The card of a code."""
    studio.read("SIC0001", 1)
    project = studio.window.session.project
    code = next(code for code in project.codebook.codes() if code.name == "Neighbourliness")
    project.codebook.define(
        code,
        definition="People on the same street or stair doing for one another what nobody asked of"
        " them.",
        use_when="Both live nearby, and no organisation sent them.",
        not_when="Somebody was matched or sent: use “First-time volunteers”.",
    )
    studio.pause()
    tree = studio.window.evidence.themes.tree
    studio.do("to-themes")
    tree.setCurrentItem(tree.topLevelItem(0).child(4))
    studio.open("codebook")


def search(studio: Studio) -> None:
    """Finding everywhere."""
    found = studio.open("find-everywhere")
    found.field.setText("volunteer* NOT food")
    studio.pause(1_500)


def words(studio: Studio) -> None:
    """Frequencies, and words in their company."""
    dialog = studio.open("words")
    studio.pause(3_000)
    dialog.raise_()


def memos(studio: Studio) -> None:
    """All memos of the inquiry."""
    from coder.domain.model import About

    project = studio.window.session.project
    first = studio.window.evidence.list.model.views[0].submission.id
    project.memos.write(
        About.SUBMISSION, first, "Reads like the minutes of a committee that became a family."
    )
    project.memos.write(
        About.PROJECT, "", "Compare those who were rung with those who did the ringing."
    )
    dialog = studio.open("memos")
    dialog.list.setCurrentIndex(dialog.list.model().index(1, 0))
    studio.pause()


def help_page(studio: Studio) -> None:
    """Help at the page about tagging."""
    studio.read("SIC0001", 1)
    studio.do("to-text")
    studio.open("help").open_at("tagging")


def shortcuts(studio: Studio) -> None:
    """The list of shortcuts, in which they can be changed."""
    studio.open("shortcuts").choose("tag")


def tour(studio: Studio) -> None:
    """The tour at its third stop."""
    from coder.ui.tour import Tour

    studio.read("SIC0001", 1)
    studio.do("tour")
    card = studio.window.findChild(Tour)
    for _ in range(2):
        card.next.click()
        studio.pause(100)


SHOTS: dict[str, Callable[[Studio], None]] = {
    "codebook": codebook,
    "search": search,
    "words": words,
    "memos": memos,
    "help": help_page,
    "shortcuts": shortcuts,
    "tour": tour,
}
