"""The sample inquiry in two hands: what a colleague did in a copy, and what was done here
meanwhile."""

from __future__ import annotations

from pathlib import Path

COLLEAGUE = "Asha Verma"

_TAGS = (
    ("SIC0013", "Transport", "there has been no bus through our valley", ""),
    ("SIC0013", "Neighbourliness", "it is the conversation of the week.", "Compare SIC0005."),
    ("SIC0013", "What stands in the way", "many of them are over seventy.", ""),
    ("SIC0013", "Small money, quickly", "community transport is paid for over five years", ""),
    ("SIC0012", "Loneliness and grief", "They leave them on the step and step back.", ""),
    ("SIC0012", "New divisions", "I do not want a befriender.", "He says it of himself."),
    ("SIC0015", "Matching and looking after", "You need to tell people they can stop.", ""),
    ("SIC0015", "What should the inquiry recommend first?", "What scares me is winter.", ""),
)
"""What she tags: the reference, the code, the words, and her memo."""


_DEFINITIONS = {
    "Neighbourliness": "People on one street or stair doing for another what nobody asked of them.",
    "Loneliness and grief": "Being without company, or without somebody who has died.",
    "Digital exclusion": "Being cut off for want of a device, a connection or the knack.",
    "New divisions": "Lines between people that were not there before the pandemic.",
    "Places to meet": "Rooms, halls, parks and counters where people come across each other.",
    "Transport": "Getting to one another: buses, lifts, roads, and their absence.",
    "Trade as a lifeline": "A shop or firm on which people rely for more than its goods.",
    "Someone to ring": "A named person, in a firm or service, who can be telephoned.",
    "Employer schemes": "Time or help that employers give to those who volunteer.",
    "First-time volunteers": "Those who had never volunteered before March 2020.",
    "Matching and looking after": "How volunteers are found, put to a task, and kept.",
    "What stands in the way": "Forms, checks, rules and costs that keep people from helping.",
    "Being needed": "Wanting to be of use, said of oneself.",
    "Small money, quickly": "Sums of up to a few hundred pounds, and how fast they came.",
    "People who hold it together": "The one without whom it would stop.",
    "Trust and time": "What grows slowly, and what is lost when it is hurried.",
}
_CAMPAIGN = "They can't be expected to replace a public service, and many of them are over seventy."


def define(project) -> None:
    """Writes down what the codes mean."""
    for name, definition in _DEFINITIONS.items():
        _define(project, name, definition)


def tag_campaign(project) -> None:
    """Lets two coders tag one sentence of a campaign's letters otherwise, and other things that a
    reviewer would ask about."""
    for name, ref, code, words in (
        (COLLEAGUE, "SIC0009", "Transport", _CAMPAIGN),
        ("Tom Pryce", "SIC0005", "What stands in the way", _CAMPAIGN),
        ("Tom Pryce", "SIC0009", "Being needed", "Volunteer drivers have done wonders."),
        (COLLEAGUE, "SIC0005", "First-time volunteers", "Volunteer drivers have done wonders."),
        ("Tom Pryce", "SIC0012", "Loneliness and grief", "kindness"),
    ):
        project.as_coder(name)
        _tag(project, ref, code, words)
    project.as_coder("Noor Hadley")


def share(project, file: Path) -> None:
    """Gives her a copy, as a file."""
    from coder.project.sharing import ShareOptions

    project.sharing.share(file, ShareOptions(COLLEAGUE, recordings=False))


def work_there(file: Path, folder: Path) -> None:
    """Opens the file in a folder of its own, and does what she does there."""
    from coder.project import Project
    from coder.project.sharing import open_shared

    open_shared(file, folder)
    with Project.open(folder, COLLEAGUE) as theirs:
        for ref, code, words, memo in _TAGS:
            made = _tag(theirs, ref, code, words)
            if memo:
                theirs.codings.write_memo(made, memo)
        _define(theirs, "Being needed", "Wanting to be of use, said of oneself.")
        theirs.codebook.rename(_code(theirs, "Someone to ring"), "A voice on the telephone")
        theirs.codebook.add("Social connection and infrastructure/Faith and place")
        _correct(theirs, "The minibus is at the heart of our service.")
        theirs.evidence.change("SIC0010", region="South West")


def send_back(folder: Path, file: Path) -> None:
    """Writes what she has done as a file again."""
    from coder.project import Project
    from coder.project.sharing import ShareOptions

    with Project.open(folder, COLLEAGUE) as theirs:
        theirs.sharing.share(file, ShareOptions(originals=False))


def work_here(project) -> None:
    """Does here what cannot all be kept beside it."""
    _define(project, "Being needed", "Having something asked of one that matters to somebody.")
    project.codebook.rename(_code(project, "Someone to ring"), "Someone to telephone")
    project.codebook.add("Social connection and infrastructure/Faith and place")
    _correct(project, "The minibus is the very heart of our service.")
    project.evidence.change("SIC0010", region="Wales")
    project.codebook.merge(_code(project, "New divisions"), _code(project, "Loneliness and grief"))
    project.codebook.delete(_code(project, "What should the inquiry recommend first?"))


def _code(project, name: str):
    return next(code for code in project.codebook.codes() if code.name == name)


def _tag(project, ref: str, name: str, words: str):
    code, document = _code(project, name), project.evidence.document_titled(ref)
    return project.codings.tag_words(document, words, 1, lambda _: code)


def _define(project, name: str, definition: str) -> None:
    project.codebook.define(_code(project, name), definition=definition)


def _correct(project, words: str) -> None:
    [_, transcript] = project.evidence.one("SIC0014").documents
    line = next(one for one in project.segments(transcript.id) if "minibus" in one.text)
    project.correcting.rewrite(line.id, words)
