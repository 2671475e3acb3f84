"""What the preview of an import says: its headline, the marks of a row, and what is in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coder.domain import dates
from coder.domain.draft import Use
from coder.domain.model import DocumentKind
from coder.domain.text import clock, counted
from coder.project.plan import Fate, Outline, Plan, Proposal, Thing
from coder.project.report import SKIPPED, told_of

USES = {
    Use.QUESTION: "A question: each answer is evidence",
    Use.TEXT: "The text of a post",
    Use.RESPONDENT: "Name of the respondent",
    Use.ORGANISATION: "Organisation",
    Use.TYPE: "Type of respondent",
    Use.PERMISSION: "May it be published?",
    Use.REGION: "Region",
    Use.RECEIVED: "Date received",
    Use.AUTHOR: "Author of a post",
    Use.LINK: "Link to a post",
    Use.ASIDE: "Set aside: kept, not read as evidence",
}
"""What the columns of a table can be used for, in the order in which they are offered."""

KINDS = {
    DocumentKind.EMAIL: "e-mail",
    DocumentKind.DOCUMENT: "document",
    DocumentKind.TRANSCRIPT: "transcript",
    DocumentKind.POST: "post",
    DocumentKind.ANSWER: "answer",
    DocumentKind.MEDIA: "recording",
}
DRAWINGS = {
    DocumentKind.EMAIL: "mail",
    DocumentKind.MEDIA: "recording",
    DocumentKind.TRANSCRIPT: "recording",
    DocumentKind.POST: "quotes",
}
FATES = {
    Fate.UNREADABLE: "Could not be read",
    Fate.BLANK: "Nothing in it",
    Fate.DUPLICATE: "The same file again",
    Fate.OPENED: "What is not read of tables",
    Fate.SKIPPED: "Left out as a matter of course",
}
"""What the things that make no submission have in common, in the order in which they are shown."""


class Tone(StrEnum):
    """How loud a mark is."""

    PLAIN = "plain"
    NOTICE = "notice"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark beside a submission: its words, how loud it is, and what it means in a sentence."""

    words: str
    tone: Tone
    meaning: str
    drawing: str = ""


def outlines(proposal: Proposal) -> Iterator[Outline]:
    """The documents of a submission to be."""
    return (outline for thing in proposal.things for outline in thing.documents)


def problems(proposal: Proposal) -> list[str]:
    """What a person should know of its files, in sentences."""
    return [line for thing in proposal.things for line in problems_of(thing)]


def problems_of(thing: Thing) -> list[str]:
    """What a person should know of a file: its parts that are not read, and its documents."""
    told = (f"{part}: {what}" if part else what for part, what in told_of(thing))
    return list(dict.fromkeys(told))


def _is_amiss(thing: Thing) -> bool:
    """Whether something in a file needs a look, besides what is left out as a matter of course."""
    if any(not what.startswith(SKIPPED) for _, what in thing.problems):
        return True
    return any(one.problems or needs_ocr(one) for one in thing.documents)


def needs_ocr(outline: Outline) -> bool:
    """Whether it is a written document of which no text came out."""
    return outline.kind is DocumentKind.DOCUMENT and not outline.characters


def badges(proposal: Proposal, letters: int = 0) -> list[Badge]:
    """The marks of a submission to be. `letters` is how many of its campaign are in this import."""
    found = []
    if proposal.into:
        meaning = f"It is added to {proposal.into} and gets no reference of its own."
        found.append(Badge(f"goes to {proposal.into}", Tone.NOTICE, meaning))
    if proposal.withdrawn:
        meaning = f"It was withdrawn as {proposal.withdrawn}. Tick it only if it was sent anew."
        found.append(Badge(f"was withdrawn as {proposal.withdrawn}", Tone.ALARM, meaning))
    if proposal.several:
        meaning = "Its files speak of different senders: say whose it is."
        found.append(Badge("several senders", Tone.NOTICE, meaning))
    if proposal.wishes:
        meaning = "It speaks of confidence or publication."
        found.append(Badge("wording on permission", Tone.NOTICE, meaning, "flag"))
    if proposal.same_as:
        meaning = f"It says the same, or nearly, as {proposal.same_as}."
        found.append(Badge(f"same text as {proposal.same_as}", Tone.NOTICE, meaning))
    elif proposal.campaign:
        found.append(_campaign(proposal, letters))
    if proposal.late:
        found.append(Badge("late", Tone.NOTICE, "It came after the closing date."))
    if any(needs_ocr(one) for one in outlines(proposal)):
        meaning = "A document in it has no text: it is a picture and must be recognised (OCR)."
        found.append(Badge("needs OCR", Tone.ALARM, meaning))
    if any(_is_amiss(thing) for thing in proposal.things):
        found.append(Badge("see note", Tone.NOTICE, "Not everything in it could be read."))
    return found


def _campaign(proposal: Proposal, letters: int) -> Badge:
    if letters > 1:
        meaning = f"{letters:,} letters of this import are nearly the same."
        return Badge(f"campaign of {letters:,}", Tone.PLAIN, meaning)
    meaning = (
        f"It is nearly the same as {proposal.like}." if proposal.like else "A campaign letter."
    )
    return Badge(f"like {proposal.like}" if proposal.like else "campaign", Tone.PLAIN, meaning)


def needs_attention(proposal: Proposal) -> bool:
    """Whether a person should look at it before it comes in: it has a mark that is not plain."""
    marks = (proposal.wishes, proposal.late, proposal.same_as, proposal.into)
    if any(marks) or proposal.several or proposal.withdrawn:
        return True
    return any(_is_amiss(thing) for thing in proposal.things)


def size_of(outline: Outline) -> str:
    """How much it holds: `1,204 characters`, `12:03`, or both for a timed transcript."""
    parts = [clock(outline.media_ms)] if outline.media_ms else []
    if outline.characters or outline.kind is not DocumentKind.MEDIA:
        parts.append(counted(outline.characters, "character"))
    return " · ".join(parts)


def contents(thing: Thing) -> str:
    """What is in a file, in a line: its kind and size, or how many documents it holds."""
    if len(thing.documents) == 1:
        outline = thing.documents[0]
        return " · ".join(filter(None, (KINDS[outline.kind], size_of(outline))))
    characters = sum(outline.characters for outline in thing.documents)
    held = counted(len(thing.documents), "document")
    return f"{held} · {counted(characters, 'character')}"


def title_of(proposal: Proposal) -> str:
    """How the preview calls a submission: who it is from, or what it is. Rows of a table go by
    their numbers, since their first questions are all the same."""
    answers = any(one.kind is DocumentKind.ANSWER for one in outlines(proposal))
    named = proposal.organisation or proposal.respondent
    return named or ("" if answers else proposal.title) or made_of(proposal)


def made_of(proposal: Proposal) -> str:
    """What a submission is made of: the name of its file, or how many there are."""
    if len(proposal.things) == 1:
        return name_of(proposal.things[0])
    return counted(len(proposal.things), "file")


def name_of(thing: Thing) -> str:
    """The name of a file without its folders; a row of a table with the table's: “row 3 of
    export.csv”."""
    return thing.name if thing.is_row else thing.shown.replace("\\", "/").rpartition("/")[2]


def day_shown(received: str) -> str:
    """The day of a moment as people write it, `18 Sep 2020`; what is no day stays as it is."""
    return dates.day_shown(received)


def campaign_sizes(proposals: Iterable[Proposal]) -> Counter[int]:
    """How many proposals each campaign has, by its number."""
    return Counter(one.campaign for one in proposals if one.campaign)


def counted_in(fresh: int, added: int) -> str:
    """So many submissions of their own, and so many additions to earlier ones: “2 submissions and 1
    addition”, empty for none of either."""
    parts = ((fresh, "submission"), (added, "addition"))
    return " and ".join(counted(number, name) for number, name in parts if number)


def coming(plan: Plan) -> str:
    """What a person wants to come in of a plan, as `counted_in`."""
    added = [bool(one.into) for one in plan.proposals if one.wanted]
    return counted_in(added.count(False), added.count(True))


def given(plan: Plan) -> set[str]:
    """The files that were given, without those left out as a matter of course."""
    return {thing.path for thing in plan.things if thing.inside or thing.fate is not Fate.SKIPPED}


def headline(plan: Plan) -> tuple[str, str]:
    """What would come in, and below it what is special: “41 submissions from 57 files given.” and
    “3 duplicates, 1 unreadable, 2 late.”, either empty where there is nothing to say."""
    wanted = [one for one in plan.proposals if one.wanted]
    came = coming(plan)
    first = f"{came} from {counted(len(given(plan)), 'file')} given." if came else ""
    fates = Counter({fate: len(things) for fate, things in left_behind(plan).items()})
    kinds = campaign_sizes(wanted)
    notes = [
        (fates[Fate.DUPLICATE], "duplicate", "duplicates"),
        (fates[Fate.UNREADABLE], "unreadable", "unreadable"),
        (fates[Fate.BLANK], "blank", "blank"),
        (
            sum(bool(one.same_as) for one in wanted),
            "with the text of another",
            "with the text of another",
        ),
        (sum(kinds.values()), "campaign letter", "campaign letters"),
        (sum(one.late for one in wanted), "late", "late"),
        (
            sum(bool(one.wishes) for one in wanted),
            "speaks of confidence or publication",
            "speak of confidence or publication",
        ),
        (len(plan.proposals) - len(wanted), "left out by you", "left out by you"),
    ]
    said = ", ".join(counted(number, one, several) for number, one, several in notes if number)
    return first, f"{said}." if said else ""


def whereabouts(thing: Thing) -> str:
    """How a thing is named in full: its name, and the folders or files that it lies in."""
    folder, _, name = thing.shown.replace("\\", "/").rpartition("/")
    return f"{name} · in {folder}" if folder else name


@dataclass(frozen=True, slots=True)
class Left:
    """Something that will not come in: how it is named, and why."""

    name: str
    why: str


def left_behind(plan: Plan) -> dict[Fate, list[Left]]:
    """What will not come in, by what became of it, in the order of `FATES`: files, and what could
    not be taken out of a file that holds others."""
    found: dict[Fate, list[Left]] = {fate: [] for fate in FATES}
    for thing in plan.things:
        if thing.fate is Fate.OPENED:
            for part, what in thing.problems:
                inside = part and part != name_of(thing)
                name = f"{part} · in {thing.shown}" if inside else whereabouts(thing)
                found[_fate_of_part(thing, what)].append(Left(name, what))
        elif thing.fate in found:
            found[thing.fate].append(Left(whereabouts(thing), _reason(thing)))
    return {fate: things for fate, things in found.items() if things}


def heading_of_left(plan: Plan) -> str:
    """What stands above `left_behind`: how many things will not come in, and apart from them how
    much of tables is set aside. Empty where there is neither."""
    left = left_behind(plan)
    aside = len(left.pop(Fate.OPENED, ()))
    behind = sum(len(things) for things in left.values())
    parts = ((behind, "Will not come in"), (aside, "Not read of tables"))
    return " · ".join(f"{name} ({number:,})" for number, name in parts if number)


def _fate_of_part(container: Thing, what: str) -> Fate:
    if what.startswith(SKIPPED):
        return Fate.SKIPPED
    return Fate.OPENED if container.table else Fate.UNREADABLE


def _reason(thing: Thing) -> str:
    if thing.fate is Fate.DUPLICATE and thing.of:
        return f"the same as {thing.of}"
    return thing.what or FATES.get(thing.fate, "")
