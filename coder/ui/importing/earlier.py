"""The submissions that are there already, for attaching what comes in to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from coder.domain.model import Status
from coder.project.evidence import SubmissionView
from coder.project.plan import Proposal
from coder.ui.picker import Choice


def choices(earlier: Sequence[SubmissionView], chosen: Sequence[Proposal]) -> list[Choice]:
    """A line for each earlier submission: reference, respondent and organisation, found by the
    titles of its documents too. Those of the sender of what was chosen come first and say so."""
    open_ = [view for view in earlier if view.submission.status is not Status.WITHDRAWN]
    same = [view for view in open_ if is_of_sender(view, chosen)]
    others = {id(view) for view in same}
    rest = [view for view in open_ if id(view) not in others]
    return [_line(view, "same sender") for view in same] + [_line(view) for view in rest]


def is_of_sender(view: SubmissionView, chosen: Sequence[Proposal]) -> bool:
    """Whether a submission is from whom all of these are from: the same respondent, or, where one
    of the two names nobody, the same organisation."""
    return bool(chosen) and all(_same_sender(view, one) for one in chosen)


def _same_sender(view: SubmissionView, proposal: Proposal) -> bool:
    kept = view.submission
    names = _plain(kept.respondent), _plain(proposal.respondent)
    bodies = _plain(kept.organisation), _plain(proposal.organisation)
    if all(names):
        return names[0] == names[1] and (not all(bodies) or bodies[0] == bodies[1])
    return all(bodies) and bodies[0] == bodies[1]


def _line(view: SubmissionView, hint: str = "") -> Choice:
    kept = view.submission
    named = [one for one in (kept.respondent, kept.organisation) if one] or [view.title]
    number = kept.ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    titles = (document.title for document in view.documents)
    also = " ".join((number, number.lstrip("0"), *titles))
    return Choice(kept.ref, " · ".join((kept.ref, *named)), hint, also=also)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
