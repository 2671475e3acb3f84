"""What one taking over knows while it writes: the step, what is here, and what became of what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from coder.domain.interchange import ProjectFile, derived
from coder.domain.model import Coder, now
from coder.domain.text import one_line
from coder.project.exchange.extras import Extras
from coder.project.exchange.report import Losses
from coder.store.journal import Step
from coder.store.reads import Reads


@dataclass
class Arrival:
    """One taking over while it is written. `ids` says by the ids of the file what a coder, code,
    submission or document is here; `fresh` are the ids of those documents and submissions that are
    new."""

    tx: Step
    project: ProjectFile
    extras: Extras
    losses: Losses
    who: Coder
    ids: dict[str, str] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    new: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._users = {user.id: user.name for user in self.project.users}
        self._coders: dict[str, str] = {}

    @property
    def ours(self) -> bool:
        """Whether the file was written here."""
        return self.project.ours

    @property
    def read(self) -> Reads:
        """What is here, with what this taking over has done."""
        return self.tx.read

    def coder(self, *users: str) -> str:
        """The id of the coder that the first of these users is who is named at all: the one of that
        id, or of that name, here, or one that is made. Nobody named is whoever takes over."""
        user = next(filter(None, users), "")
        if user not in self._coders:
            self._coders[user] = self._coder(user) if user else self.who.id
        return self._coders[user]

    def moment(self, said: str) -> str:
        """A moment as records keep it, in UTC; this one where the file says none."""
        if self.ours and said:
            return said
        try:
            found = datetime.fromisoformat(said)
        except ValueError:
            return now()
        try:
            moved = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (OverflowError, ValueError):
            return now()
        return moved.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def _coder(self, user: str) -> str:
        row = self.extras.record(Coder, user)
        said = row.name if row else one_line(self._users.get(user, "").strip())
        name = said or f"Coder {user[:8]}"
        standing = next((one for one in self.read.coders() if one.id == user), None)
        standing = standing or self.read.coder_named(name)
        if standing is None:
            standing = Coder(user, name, row.created_at if row else now())
            self.tx.put(standing)
            self.new["coders"] += 1
        else:
            self.there["coders"] += 1
        self.ids[user] = standing.id
        return standing.id


def note_id(*parts: object) -> str:
    """The id of a memo made of something that is no note in the file."""
    return derived("memo", *parts)
