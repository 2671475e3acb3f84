"""Sharing the work out: who is to code which submissions, what is coded twice, who is how far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coder.analysis.sampling import dealt, stratified
from coder.domain.errors import NotFound, Refused
from coder.domain.model import Coder, RespondentType, Submission, now
from coder.domain.text import counted
from coder.domain.together import AGREED, Assignment, derived_id
from coder.project.evidence import Evidence, State, SubmissionView
from coder.project.moment import at_one_moment
from coder.store.acts import LACKING
from coder.store.journal import Step
from coder.store.store import Store

TOLD = 3
"""So many references are named in a label; of more, their number."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far a coder is with what is theirs: submissions given to them, how many of these were
    drawn to be coded twice, how many they have begun, read and declared coded, and coded of those
    drawn. `beyond` are submissions that they have tagged or declared without being given them."""

    coder: str
    given: int
    twice: int
    begun: int
    read: int
    coded: int
    coded_twice: int
    beyond: int


class Assigning:
    """Acts on assignments. They tell people what to do and forbid nothing: anyone may code
    anything."""

    def __init__(self, store: Store, who: Callable[[], Coder], evidence: Evidence) -> None:
        self._store = store
        self._who = who
        self._evidence = evidence

    def all(self) -> list[Assignment]:
        """Every assignment, in the order in which they were given."""
        return self._store.read.assignments()

    def whole(self) -> bool:
        """Whether this copy holds all that it was made from: of what was left out of it when it was
        shared, and has not come since, `shares` counts nothing."""
        return self._store.reader.execute(f"{LACKING} LIMIT 1").fetchone() is None

    def refs_of(self, coder: str) -> list[str]:
        """The references of what this coder was given. Raises NotFound where they were given
        nothing."""
        known = self._known(coder)
        of = {one.submission_id for one in self.all() if one.coder_id == known.id}
        refs = [one.ref for one in self._store.read.submissions() if one.id in of]
        if not refs:
            raise NotFound(f"{known.name} was given nothing yet.", "`assign` gives submissions.")
        return refs

    def assign(self, refs: Sequence[str], coders: Sequence[str], *, twice: bool = False) -> int:
        """Gives each of these submissions to each of these coders, as one act; gives how many
        assignments that made. A coder not known yet is written down.

        `twice` notes that they are to be coded by several, so that agreement can be told. Raises
        Refused where no coder is named or nobody can code a submission, NotFound.
        """
        people = [self._coder(name) for name in _tidy(coders)]
        if not people:
            raise Refused("Nobody was named to code them.", "Name one coder or several.")
        if not refs:
            raise Refused("There is no submission to give.", "Choose one or several.")
        if twice and len(people) < 2 and not self._given_to_others(refs, people[0]):
            raise Refused(
                "What is coded twice needs two coders.",
                "Name two coders or more, parted by commas.",
            )
        chosen = [self._to_be_coded(ref) for ref in refs]
        label = f"Give {_told(chosen)} to {_listed([one.name for one in people])}"
        with self._store.step(label, self._who()) as tx:
            return sum(self._give(tx, one, person, twice) for one in chosen for person in people)

    def share_out(self, coders: Sequence[str], seed: int = 1) -> int:
        """Gives every submission that nobody has yet to one of these coders, in a random order in
        which each coder gets as many, of every type; gives how many were given."""
        people = [self._coder(name) for name in _tidy(coders)]
        if not people:
            raise Refused("Nobody was named to code them.", "Name the coders.")
        known = {one.submission_id for one in self.all()}
        left = [
            one for one in _open_to_code(self._evidence.all()) if one.submission.id not in known
        ]
        if not left:
            raise Refused("Every submission has been given to somebody already.")
        views = {one.submission.id: one for one in left}
        hands = dealt(_by_type(left), len(people), seed)
        names = _listed([one.name for one in people])
        label = f"Share {counted(len(left), 'submission')} out to {names} (seed {seed})"
        with self._store.step(label, self._who()) as tx:
            return sum(
                self._give(tx, views[one].submission, person, twice=False)
                for person, hand in zip(people, hands, strict=True)
                for one in hand
            )

    def draw(self, number: int, seed: int = 1) -> list[SubmissionView]:
        """A random sample of submissions to be coded twice, as `drawn` gives it."""
        return drawn(self._evidence.all(), number, seed)

    def take_back(self, refs: Sequence[str], coders: Sequence[str] = ()) -> int:
        """Takes these submissions back from these coders, or from everyone, as one act; gives how
        many assignments that removed. Raises NotFound."""
        chosen = [self._store.read.submission(ref) for ref in refs]
        of = {one.id for one in chosen}
        who = {self._known(name).id for name in _tidy(coders)}
        gone = [
            one
            for one in self.all()
            if one.submission_id in of and (not who or one.coder_id in who)
        ]
        from_ = f" from {_listed(_tidy(coders))}" if who else ""
        with self._store.step(f"Take {_told(chosen)} back{from_}", self._who()) as tx:
            for one in gone:
                tx.delete(one)
        return len(gone)

    @at_one_moment
    def shares(self) -> list[Share]:
        """How far everybody is, by name: everyone who was given something or has tagged."""
        given: dict[str, dict[str, Assignment]] = {}
        for one in self.all():
            given.setdefault(one.coder_id, {})[one.submission_id] = one
        shares = []
        for coder in self._store.read.coders():
            if coder.name == AGREED or "(" in coder.name:
                continue
            share = self._share(coder, given.get(coder.id, {}))
            if share.given or share.beyond:
                shares.append(share)
        return sorted(shares, key=lambda one: one.coder.casefold())

    def _share(self, coder: Coder, given: dict[str, Assignment]) -> Share:
        views = Evidence(self._store, lambda: coder).all()
        states = Counter(one.state for one in views if one.submission.id in given)
        twice = {of for of, one in given.items() if one.twice}
        coded = {one.submission.id for one in views if one.state is State.CODED}
        others = [one for one in views if one.submission.id not in given]
        return Share(
            coder.name,
            len(given),
            len(twice),
            states[State.BEGUN] + states[State.READ] + states[State.CODED],
            states[State.READ] + states[State.CODED],
            states[State.CODED],
            len(coded & twice),
            sum(bool(one.tagged.mine or one.state is State.CODED) for one in others),
        )

    def _give(self, tx: Step, submission: Submission, coder: Coder, twice: bool) -> bool:
        """Whether that is an assignment that was not there."""
        of = derived_id("assignment", submission.id, coder.id)
        known = tx.read.assignment(of)
        if tx.read.coder_named(coder.name) is None:
            tx.put(coder)
        if known is None or (twice and not known.twice):
            given = known or Assignment(of, submission.id, coder.id, self._who().id, now())
            tx.put(Assignment(*_parts(given), twice=twice or given.twice))
        return known is None

    def _to_be_coded(self, ref: str) -> Submission:
        view = self._evidence.one(ref)
        if view.state is State.ASIDE:
            raise Refused(
                f"There is nothing to code in {view.submission.ref}.",
                "It is empty, withdrawn, or the same as another.",
            )
        return view.submission

    def _given_to_others(self, refs: Sequence[str], coder: Coder) -> bool:
        owned = {one.submission_id for one in self.all() if one.coder_id != coder.id}
        return bool(refs) and all(self._store.read.submission(ref).id in owned for ref in refs)

    def _known(self, name: str) -> Coder:
        found = self._store.read.coder_named(name.strip())
        if found is None:
            raise NotFound(
                f"“{name.strip()}” has done nothing here.", "Check how the name is spelt."
            )
        return found

    def _coder(self, name: str) -> Coder:
        if name == AGREED or "(" in name:
            raise Refused(f"“{name}” is not a person who codes.", "Name people.")
        if name == self._who().name:
            return self._who()
        known = self._store.read.coder_named(name)
        return known or Coder(derived_id("coder", name), name, now())


def drawn(views: Iterable[SubmissionView], number: int, seed: int) -> list[SubmissionView]:
    """A random sample of those submissions that can be coded, every type of respondent in its
    share, in their order; the same seed draws the same out of the same evidence."""
    found = _open_to_code(views)
    chosen = set(stratified(_by_type(found), number, seed))
    return [one for one in found if one.submission.id in chosen]


def _open_to_code(views: Iterable[SubmissionView]) -> list[SubmissionView]:
    return [one for one in views if one.state is not State.ASIDE]


def _parts(given: Assignment) -> tuple[str, str, str, str, str]:
    return given.id, given.submission_id, given.coder_id, given.given_by, given.given_at


def _by_type(views: Iterable[SubmissionView]) -> dict[RespondentType, list[str]]:
    """The ids of submissions by type of respondent, in the order of types."""
    found: dict[RespondentType, list[str]] = {one: [] for one in RespondentType}
    for view in views:
        found[view.submission.type].append(view.submission.id)
    return found


def _tidy(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))


def _told(chosen: Sequence[Submission]) -> str:
    if len(chosen) > TOLD:
        return counted(len(chosen), "submission")
    return _listed([one.ref for one in chosen])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
