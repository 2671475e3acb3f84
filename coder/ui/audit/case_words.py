"""What is told of disagreements in words: their kinds, who put what, what came of it."""

from __future__ import annotations

from coder.domain.dates import day_shown
from coder.domain.sight import Others
from coder.domain.text import counted
from coder.domain.together import Settled
from coder.project.settling import Case, Disagreement, Kind, Queue, Side, State
from coder.ui.session import Session

KINDS = {
    "far": "Other code, other theme",
    "missed": "Missed",
    "other-code": "Other code",
    "boundaries": "Boundaries",
}
"""The kinds by what `kind_of` gives, in the order of the queue."""

SIGNS = {"far": "twice", "missed": "missing", "other-code": "twice", "boundaries": "misplaced"}
"""The drawing that stands beside each kind."""

_HOW = {
    Settled.ACCEPTED: "one side was accepted",
    Settled.BOTH: "all of it was kept",
    Settled.RECODED: "it was recoded",
    Settled.LEFT: "it was left as it is",
}


def kind_of(place: Disagreement) -> str:
    """The kind of a disagreement, as `KINDS` has it."""
    return "far" if place.kind is Kind.OTHER_CODE and place.far else str(place.kind)


def title_of(case: Case) -> str:
    """What a case is called."""
    return "Changed since" if case.state is State.PAST else KINDS[kind_of(case.place)]


def told_of(case: Case) -> str:
    """What a kind means, in a sentence."""
    if case.state is State.PAST:
        return "It was settled, and the tags have been changed since: the coders no longer differ."
    return {
        "far": "The same passage has codes of different themes.",
        "other-code": "The same passage has different codes of one theme.",
        "missed": "Not everybody tagged this passage so.",
        "boundaries": "The same code begins or ends elsewhere.",
    }[kind_of(case.place)]


def names_of(side: Side, session: Session) -> str:
    """The coders of a side."""
    return ", ".join(sorted(session.coder_name(one) for one in side.coders))


def codes_of(side: Side, session: Session) -> str:
    """The names of the codes of a side, or that nothing was put."""
    names = dict.fromkeys(session.codes[one.code_id].name for one in side.codings)
    return ", ".join(names) or "no tag"


def sides_of(case: Case, session: Session) -> str:
    """Who put what, on one line."""
    return " · ".join(
        f"{names_of(side, session)}: {codes_of(side, session)}" for side in case.place.sides
    )


def decision_of(case: Case, session: Session) -> str:
    """How a case was settled, by whom, when and why; empty where it never was."""
    decision = case.decision
    if decision is None:
        return ""
    by = session.coder_name(decision.coder_id)
    why = f" “{decision.why}”" if decision.why else ""
    agreed = (session.project.codings.find(one) for one in decision.agreed)
    names = dict.fromkeys(session.codes[one.code_id].name for one in agreed if one)
    how = f"{_HOW[decision.how]} ({', '.join(names) or 'no tag is agreed on'})"
    told = f"Settled by {by} on {day_shown(decision.decided_at)}: {how}.{why}"
    if case.state is State.AGAIN:
        return f"{told} A tag has been changed or added since, so it is here again."
    return told


def among(queue: Queue) -> str:
    """Who was compared over how much: `3 coders in 20 documents`."""
    coders, documents = len(queue.coders), queue.documents
    return f"{counted(coders, 'coder')} in {counted(documents, 'document')}"


def empty(queue: Queue, session: Session) -> tuple[str, str]:
    """What to say where there is no disagreement at all, and what to do."""
    if queue.documents:
        words = (
            f"Compared were {among(queue)}: all put the same codes on the same passages.\nAdopt"
            " what they agree on, above, and a pack can be made of it."
        )
        return "The coders agree on everything", words
    if session.others is Others.HIDDEN:
        words = "Show them in the menu View, and where you differ from them is listed here."
        return "Others’ tags are hidden", words
    words = (
        "No document has been coded by two people yet. Let a colleague code submissions that you"
        " have coded, and bring their work in. Who found nothing to tag declares the document"
        " coded."
    )
    if session.blind:
        words += "\nYou code blind: only what you have declared coded yourself is compared."
    return "Two coders are needed", words
