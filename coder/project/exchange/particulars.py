"""The particulars of a submission as the variables of a case, by which they survive in programs
that know nothing of submissions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from coder.domain.interchange import Variable, derived
from coder.domain.model import Permission, RespondentType, Status, Submission

REFERENCE, SAME_AS = "Reference", "Same as"

_NAMES = {"ref": REFERENCE, "of_id": SAME_AS, "also_masked": "Also masked"}
_KEPT = ("id", "pseudonym")
"""What is not written: a pseudonym would stand beside the name behind it."""
_FIELDS = tuple(field.name for field in fields(Submission) if field.name not in _KEPT)
_OTHERS = {
    "organization": "organisation",
    "respondent type": "type",
    "kind of respondent": "type",
    "consent": "permission",
    "date received": "received",
}
"""By which other names these are known."""

_READ: dict[str, Callable[[str], Any]] = {
    "type": RespondentType,
    "permission": Permission,
    "status": Status,
    "flags": lambda text: tuple(part.strip() for part in text.split(",") if part.strip()),
}


def _name(field: str) -> str:
    return _NAMES.get(field, field.replace("_", " ").capitalize())


VARIABLES = tuple(Variable(derived("variable", field), _name(field)) for field in _FIELDS)
"""The variables that are written, one for each particular."""

_BY_NAME = {_name(field).casefold(): field for field in _FIELDS} | _OTHERS


def as_values(submission: Submission, refs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is known of a submission, by the ids of variables; `refs` are references by ids, since
    another submission is named by its reference."""
    found = []
    for field, variable in zip(_FIELDS, VARIABLES, strict=True):
        value = getattr(submission, field)
        said = refs.get(value, "") if field == "of_id" else value
        words = ", ".join(said) if isinstance(said, tuple) else str(said)
        if words:
            found.append((variable.id, words))
    return tuple(found)


def was_submission(values: Iterable[tuple[str, str]]) -> bool:
    """Whether these are values of a submission of ours, whichever program has handed them on."""
    return any(variable == VARIABLES[0].id for variable, _ in values)


def from_values(
    values: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The particulars that values tell, by the fields of a submission (`of_id` as a reference), and
    the others by name. `names` are those of the variables by their ids."""
    known: dict[str, Any] = {}
    others = []
    for variable, said in values:
        name = " ".join(names.get(variable, "").split())
        field = _BY_NAME.get(name.casefold(), "")
        value = _value(field, " ".join(said.split())) if field not in ("", *known) else None
        if value is None:
            others.append((name or "A variable without a name", said.strip()))
        else:
            known[field] = value
    return known, others


def _value(field: str, said: str) -> Any:
    """A particular as a record keeps it; None where that cannot be what is meant."""
    try:
        return _READ.get(field, str)(said.casefold() if field in _READ else said)
    except ValueError:
        return None
