"""How the codes of a codebook hang together. A code whose parent is not there stands on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coder.domain.model import Code


def lineage(code_id: str | None, known: Mapping[str, Code]) -> Iterator[Code]:
    """The code with this id and all above it, itself first; `known` are codes by id."""
    code = known.get(code_id or "")
    while code is not None:
        yield code
        code = known.get(code.parent_id or "")


def children_of(codes: Sequence[Code]) -> dict[str, list[str]]:
    """For each code id, itself and every code below it."""
    below: dict[str | None, list[str]] = {}
    for code in codes:
        below.setdefault(code.parent_id, []).append(code.id)

    def family(code_id: str) -> list[str]:
        return [code_id, *(one for child in below.get(code_id, []) for one in family(child))]

    return {code.id: family(code.id) for code in codes}


def paths_of(codes: Sequence[Code]) -> dict[str, str]:
    """The path of each code by id, from its theme down: `Volunteering/First-time volunteers`."""
    known = {code.id: code for code in codes}
    return {one: "/".join([code.name for code in lineage(one, known)][::-1]) for one in known}
