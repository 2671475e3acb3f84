"""Whose codings a coder looks at: everybody's, their own, or others' only where they are done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Others(StrEnum):
    """How others' codings are treated. Blind, those of a document are seen once the coder has
    declared that document coded."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen through the eyes of the coder with this id; of everything unless told."""

    coder_id: str = ""
    others: Others = Others.SHOWN

    @property
    def whole(self) -> bool:
        """Whether everything is seen."""
        return self.others is Others.SHOWN
