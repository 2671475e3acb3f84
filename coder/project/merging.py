"""Copies of a project brought together, and what could not be kept of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, now
from coder.domain.sight import Sight
from coder.domain.text import counted, listed
from coder.domain.together import Dismissal, derived_id
from coder.jobs import Job
from coder.project import clash_words as words
from coder.project.clash_places import Spot, spot_of
from coder.project.clash_sight import changes_in_sight, in_sight
from coder.project.clash_turning import turn
from coder.project.evidence import refuse_withdrawn
from coder.project.moment import at_one_moment
from coder.project.sharing import needs_passphrase, refuse_strange, unpacked
from coder.store.bulk import RowChange
from coder.store.merging import clashing
from coder.store.merging.clashing import Listed, Side
from coder.store.merging.merge import merge, plan_merge
from coder.store.merging.plan import Plan
from coder.store.reads import Reads
from coder.store.rows import Row
from coder.store.store import Store

UNTOLD = "Others’ tags and memos that you do not see now come too, and are not told of"
"""What is said of a merge to whoever does not see everything."""

_ALL = Sight()


@dataclass(frozen=True, slots=True)
class Clash:
    """Where not all could be kept of what two people did. `what` says it in a sentence, `kept` and
    `lost` what stands now and what does not, by whom; `about` and `happened` say it for a list.
    `row` is the table and id of what it is about. `remedy` is what to do where no one act turns it
    round, and empty where one does."""

    id: str
    what: str
    kept: str
    lost: str
    kept_by: str
    lost_by: str
    at: str
    row: tuple[str, str]
    about: str
    happened: str
    remedy: str

    @property
    def turnable(self) -> bool:
        """Whether it can be turned round with one act."""
        return not self.remedy

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        return {
            "id": self.id,
            "what": self.what,
            "kept": self.kept,
            "lost": self.lost,
            "kept_by": self.kept_by,
            "lost_by": self.lost_by,
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """What bringing a copy in does, or did: acts by coder, rows by what they are (added, changed,
    removed), clashes that nobody knew of, references withdrawn since the other copy withdrew them,
    originals that come, and the names of those that are in neither copy; `twice` pairs a submission
    that comes with one here that is the same file, by their references. `whole` says that it tells
    of everything, and not of what is in sight alone."""

    acts: Mapping[str, int]
    added: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]
    clashes: tuple[Clash, ...]
    withdrawn: tuple[str, ...] = ()
    originals: int = 0
    missing: tuple[str, ...] = ()
    twice: tuple[tuple[str, str], ...] = ()
    nothing: bool = False
    label: str = field(default="")
    whole: bool = True

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        return {
            "steps": sum(self.acts.values()),
            "by": dict(self.acts),
            "added": dict(self.added),
            "changed": dict(self.changed),
            "removed": dict(self.removed),
            "withdrawn": list(self.withdrawn),
            "originals": self.originals,
            "missing": list(self.missing),
            "twice": [list(pair) for pair in self.twice],
            "conflicts": [one.as_json() for one in self.clashes],
        }

    def kinds(self) -> list[tuple[str, str]]:
        """What comes new, changes and goes, each with how much of what; without what is nothing."""
        several = (("New", self.added), ("Changed", self.changed), ("Gone", self.removed))
        return [
            (title, listed([words.some(table, number) for table, number in rows.items()]))
            for title, rows in several
            if rows
        ]

    def same_files(self) -> list[str]:
        """Which submissions that come are the same files as one here, a sentence each."""
        return [
            f"{one} came as the same file as {other}: if they are one, make either a duplicate"
            for one, other in self.twice
        ]

    def sentences(self) -> list[str]:
        """What it does, for people to read."""
        if self.nothing:
            return ["There is nothing in that copy that is not here already."]
        told = [f"{counted(number, 'act')} by {name}" for name, number in self.acts.items()]
        for verb, several in (
            ("comes new", self.added),
            ("changes", self.changed),
            ("goes", self.removed),
        ):
            if several:
                parts = [words.some(table, number) for table, number in several.items()]
                told.append(f"{', '.join(parts)}: {verb}")
        if not self.whole:
            told.append(UNTOLD)
        told += [f"{ref} is withdrawn here too, and erased" for ref in self.withdrawn]
        if filled := self.originals - self.added.get("originals", 0):
            told.append(f"{counted(filled, 'file')} left out of this copy: here by then")
        told += [f"The original “{name}” is in neither copy" for name in self.missing]
        told += self.same_files()
        return told


MergePreview = Merged


class Merging:
    """Brings other copies of the project in. Each merge is one step, which undo takes back."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def preview(
        self, path: Path, job: Job | None = None, passphrase: str = "", sight: Sight = _ALL
    ) -> MergePreview:
        """What bringing in that project folder, zip of one or shared copy would do, as far as it is
        in sight; nothing is changed. A sealed copy opens with its passphrase.

        Raises NotFound, Refused (another inquiry, a newer version, altered, this project itself,
        no passphrase or a wrong one), EvidenceError (damaged), Cancelled.
        """
        job = job or Job()
        with _open(path, passphrase, job) as inside:
            return self._told(plan_merge(self._store, inside, job), path, sight)

    def merge(
        self, path: Path, job: Job | None = None, passphrase: str = "", sight: Sight = _ALL
    ) -> Merged:
        """Brings that copy in, as one step, and tells what is in sight of it; what it has withdrawn
        is erased here first and stays so. Raises as `preview` does, and Refused where the project
        is open for reading only; then nothing is changed."""
        job = job or Job()
        known = clashing.known(self._store.reader)
        refs = {one.id: one.ref for one in self._store.read.submissions()}
        with _open(path, passphrase, job) as inside:
            plan = merge(self._store, inside, lambda found: _label(found, path), self._who(), job)
        return self._told(plan, path, sight, known, refs)

    @at_one_moment
    def clashes(self, sight: Sight = _ALL) -> list[Clash]:
        """What could not be kept of both sides and nobody has settled, as far as it is in sight,
        the newest merge first."""
        return [self._clash(one) for one in self._open(sight)]

    @at_one_moment
    def number_open(self, sight: Sight = _ALL) -> int:
        """How many clashes `clashes` gives."""
        return len(self._open(sight))

    def _open(self, sight: Sight) -> list[Listed]:
        reader = self._store.reader
        return in_sight(reader, sight, clashing.listed(reader))

    def spot(self, clash: Clash) -> Spot | None:
        """Where what a clash is about stands now; None where it can be shown nowhere."""
        return spot_of(self._store.read, *clash.row)

    def turn_round(self, clash_id: str) -> None:
        """Lets the other side hold, by an ordinary act that undo takes back. Raises NotFound where
        it is settled, Refused where that takes more than one act, and then says which."""
        turn(self._store, self._who, self._listed(clash_id))

    def leave(self, clash_id: str, reason: str = "") -> None:
        """Notes that a clash stays as it is, so that it is told no more, in every copy. Raises
        NotFound."""
        one = self._listed(clash_id)
        owner = words.submission_of(self._store.read, one)
        note = Dismissal(
            derived_id(clashing.KIND, one.id),
            clashing.KIND,
            (one.id,),
            self._who().id,
            now(),
            reason,
            submissions=(owner,) if owner and not _withdrawn(self._store.read, owner) else (),
        )
        with self._store.step("Leave a clash as it is", self._who()) as tx:
            tx.put(note)

    def _listed(self, clash_id: str) -> Listed:
        found = [one for one in clashing.listed(self._store.reader) if one.id == clash_id]
        if not found:
            raise NotFound(
                "There is no such clash, or it is settled.", "`clashes` lists those that are not."
            )
        return found[0]

    def _clash(self, one: Listed, coming: Row | None = None) -> Clash:
        told = words.told(self._store.read, one, coming)
        return Clash(
            one.id,
            told.what,
            told.kept,
            told.lost,
            one.kept.coder,
            one.lost.coder,
            max(one.kept.at, one.lost.at),
            (one.clash.table, one.clash.row_id),
            told.about,
            told.happened,
            words.remedy(one.clash.kind),
        )

    def _told(
        self,
        plan: Plan,
        path: Path,
        sight: Sight,
        known: set[str] | None = None,
        refs: Mapping[str, str] | None = None,
    ) -> Merged:
        if known is None:
            known = clashing.known(self._store.reader)
        names = refs or {one.id: one.ref for one in self._store.read.submissions()}
        fresh = [_planned(one, plan) for one in plan.clashes if clashing.id_of(one) not in known]
        reader = self._store.reader
        changes = changes_in_sight(reader, sight, plan.changes)
        coming = {(one.table, one.row_id): one.after for one in changes}
        return Merged(
            plan.by_coder,
            _count(changes, there=False, stays=True),
            _count(changes, there=True, stays=True),
            _count(changes, there=True, stays=False),
            tuple(
                self._clash(one, coming.get((one.clash.table, one.clash.row_id)))
                for one in in_sight(reader, sight, fresh)
            ),
            tuple(names.get(one) or _ref_of(plan, one) for one in plan.withdrawals),
            len(plan.originals),
            tuple(plan.missing),
            tuple(plan.twice),
            plan.empty and not plan.originals,
            _label(plan, path),
            sight.whole,
        )


def _open(path: Path, passphrase: str, job: Job) -> AbstractContextManager[Path]:
    """What the store is to read: of a sealed copy the folder in it, for as long as that takes.
    What is no copy at all is refused at once."""
    if path.is_file():
        refuse_strange(path)
    return unpacked(path, passphrase, job) if needs_passphrase(path) else nullcontext(path)


def _ref_of(plan: Plan, submission_id: str) -> str:
    """The reference of a submission that was not in this copy, as the merge brings it."""
    rows = (one.after for one in plan.changes if one.row_id == submission_id and one.after)
    return next((str(row["ref"]) for row in rows if "ref" in row), "A submission left out here")


def _withdrawn(read: Reads, submission_id: str) -> bool:
    """Whether what is said of a submission would never be erased with it, since it was already."""
    try:
        refuse_withdrawn(read, read.submission(submission_id))
    except (NotFound, Refused):
        return True
    return False


def _planned(clash: Any, plan: Plan) -> Listed:
    """A clash that is not yet on the list."""
    sides = []
    for act in (clash.kept, clash.lost):
        before, after = plan.images.get((act, clash.table, clash.row_id), (None, None))
        images = (clashing.image_of(clash.table, image) for image in (before, after))
        sides.append(Side(plan.who.get(act, ""), "", *images))
    return Listed(clashing.id_of(clash), 0, clash, *sides)


def _count(changes: Sequence[RowChange], *, there: bool, stays: bool) -> dict[str, int]:
    """How many rows of each table change that were there before, and are afterwards."""
    how = (there, stays)
    found = (one for one in changes if (one.before is not None, one.after is not None) == how)
    return dict(Counter(one.table for one in found))


def _label(plan: Plan, path: Path) -> str:
    people = [name for name in plan.by_coder if name and "(" not in name]
    return f"Merge {people[0]}’s copy" if people else f"Merge “{path.name}”"


__all__ = ["Clash", "MergePreview", "Merged", "Merging", "Refused"]
