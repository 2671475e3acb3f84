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
            document = theirs.evidence.document_titled(ref)
            found = _code(theirs, code)
            made = theirs.codings.tag_words(document, words, 1, lambda _, code=found: code)
            if memo:
                theirs.codings.write_memo(made, memo)
        _define(theirs, "Being needed", "Wanting to be of use, said of oneself.")
        theirs.codebook.rename(_code(theirs, "Someone to ring"), "A voice on the telephone")
        theirs.codebook.add("Social connection and infrastructure/Faith and place")
        _correct(theirs, "The minibus is at the heart of our service.")
        theirs.evidence.change("SIC0010", region="South West")


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


def _define(project, name: str, definition: str) -> None:
    project.codebook.define(_code(project, name), definition=definition)


def _correct(project, words: str) -> None:
    [_, transcript] = project.evidence.one("SIC0014").documents
    line = next(one for one in project.segments(transcript.id) if "minibus" in one.text)
    project.correcting.rewrite(line.id, words)
