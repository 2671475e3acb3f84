"""Whether what was decided on a disagreement still stands, and what keeps it standing where codings
change without anybody changing their mind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from coder.domain.model import Coding
from coder.domain.together import Decision, derived_id
from coder.store import settled
from coder.store.journal import Step
from coder.store.rows import dumps


def decision_id(codings: Iterable[Coding]) -> str:
    """The id of a decision on these codings, in every copy of the project."""
    return derived_id("decision", *sorted(one.id for one in codings))


def state_of(codings: Iterable[Coding]) -> str:
    """The SHA-256 of what these codings say: the code, and the passage."""
    said = sorted((one.id, one.code_id, one.start, one.end) for one in codings)
    return hashlib.sha256(dumps(said).encode()).hexdigest()


def stands(decision: Decision, codings: Mapping[str, Coding]) -> bool:
    """Whether all codings that were decided on are as they were; `codings` are those that there
    are, by id."""
    if any(one not in codings for one in decision.codings):
        return False
    return state_of(codings[one] for one in decision.codings) == decision.state


@contextmanager
def kept_standing(
    tx: Step, document_id: str = "", carried: Callable[[int, int], tuple[int, int]] | None = None
) -> Iterator[None]:
    """While the body moves codings with their text, or merges their codes, what was decided on them
    goes on to stand where it stood before; `carried` says where a passage has come to lie."""
    before = [
        (one, stands(one, settled.codings_by_id(tx.connection, one.codings)))
        for one in settled.decisions(tx.connection, document_id)
    ]
    yield
    for decision, stood in before:
        now = settled.codings_by_id(tx.connection, decision.codings)
        start, end = decision.start, decision.end
        if carried is not None:
            start, end = carried(start, end)
        state = decision.state
        if stood and len(now) == len(decision.codings):
            state = state_of(now.values())
        tx.put(replace(decision, start=start, end=end, state=state))
