"""Reading a project as it is at one moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from coder.store.store import Store


class _Part(Protocol):
    _store: Store


P = ParamSpec("P")
T = TypeVar("T")
Part = TypeVar("Part", bound=_Part)


def at_one_moment(read: Callable[Concatenate[Part, P], T]) -> Callable[Concatenate[Part, P], T]:
    """A method of a part of the project whose reads all see it as it was when it began, whoever
    writes meanwhile. It must write nothing."""

    @wraps(read)
    def reading(part: Part, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with part._store.still():  # noqa: SLF001  the parts share it
            return read(part, *args, **kwargs)

    return reading
