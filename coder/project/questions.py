"""Which code a survey's question has: one that asks the same already, or one made for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from coder.domain.model import Code, Coder, new_id
from coder.domain.palette import colour_for
from coder.ingest.call import plain_words, short
from coder.project.codebook import Codebook
from coder.store.journal import Step
from coder.store.store import Store

THEME = "Survey questions"
"""The theme under which codes for questions are made."""


class Questions:
    """The codes of questions, found once and then remembered; `forget` when others may have
    changed the codebook, or a step was taken back."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._codebook = Codebook(store, who)
        self._known: dict[str, Code] | None = None

    def forget(self) -> None:
        """Looks at the codebook afresh the next time."""
        self._known = None

    def code(self, tx: Step, question: str) -> Code:
        """The code whose name or definition is this question, whatever its case, spaces and number;
        made in the step where there is none, named by the question and with all of it as its
        definition."""
        if self._known is None:
            self._known = by_question(tx.read.codes())
        key = plain(question)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(tx, question)
        return found

    def _make(self, tx: Step, question: str) -> Code:
        theme = self._codebook.ensure(tx, THEME)
        codes = tx.read.codes()
        siblings = [code for code in codes if code.parent_id == theme.id]
        code = Code(
            new_id(),
            short(plain_words(question) or question).replace("/", "-"),
            theme.id,
            max((code.position for code in siblings), default=-1) + 1,
            colour_for(len(codes)),
            definition=question,
        )
        taken = {sibling.name.casefold() for sibling in siblings}
        name, count = code.name, 1
        while code.name.casefold() in taken:
            count += 1
            code = replace(code, name=f"{name} ({count})")
        tx.put(code)
        return code


def by_question(codes: Iterable[Code]) -> dict[str, Code]:
    """The codes by what they ask, as `plain` puts it: their definition or, else, their name."""
    known: dict[str, Code] = {}
    for code in codes:
        for said in (code.definition, code.name):
            known.setdefault(plain(said), code)
    return known


def plain(text: str) -> str:
    """A question without case, number, and spaces and signs that make no difference."""
    return " ".join(plain_words(text).split()).casefold().rstrip(" ?:.…")
