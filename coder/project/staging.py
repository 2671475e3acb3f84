"""Where drafts wait between the look at what was given and the import: files of the plan's own, so
that memory does not grow with the texts."""

from __future__ import annotations

import pickle
from pathlib import Path, PurePath

from coder.domain.draft import Draft
from coder.domain.model import new_id
from coder.domain.text import one_line
from coder.project.gather import Given
from coder.project.plan import Plan, Thing


def lay_aside(plan: Plan, thing: Thing, draft: Draft) -> None:
    """Puts a draft into a file of the plan, and the file's place on the thing."""
    thing.staged = room(plan, "drafts") / new_id()
    thing.staged.write_bytes(pickle.dumps(draft, pickle.HIGHEST_PROTOCOL))


def draft_of(thing: Thing) -> Draft:
    """The draft that waits for a thing: one that the plan would make a submission of."""
    assert thing.staged is not None
    draft: Draft = pickle.loads(thing.staged.read_bytes())  # noqa: S301 – a file of our own
    return draft


def pasted(plan: Plan, text: str, name: str) -> Given:
    """A file of the plan's own that holds a text which a person has pasted; `name` is how it is
    called."""
    folder = room(plan, "pasted") / new_id()
    folder.mkdir()
    path = folder / PurePath(one_line(name)).name
    path.write_text(text, encoding="utf-8", newline="")
    return Given(path, one_line(name))


def room(plan: Plan, name: str) -> Path:
    """A folder of that name for the plan's own files."""
    folder = Path(plan.staging.name, name)
    folder.mkdir(exist_ok=True)
    return folder
