"""The trail: who did what and when, in words; what stood there at a past moment; and whether the
journal is still the one whose fingerprint somebody noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from coder.domain.dates import day_shown
from coder.domain.errors import Refused
from coder.domain.model import Code
from coder.domain.sight import Others, Sight
from coder.domain.text import counted, listed
from coder.domain.trail import DEEDS, Asked, Deed, Fingerprint, noted
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.project.trail_words import WITHDRAWN, Teller, Told
from coder.store import replay
from coder.store import trail as journal
from coder.store.acts import MERGE, UNMERGE
from coder.store.replay import Rows, Then
from coder.store.store import Store
from coder.store.trail import MOST, Change, StepRow

__all__ = [
    "DEEDS", "MOST", "Asked", "Deed", "Difference", "Line", "Then", "Told", "Trail", "Written",
]  # fmt: skip

PAGE = 100
_TURNED = {"undo": "took back", UNMERGE: "took back", "redo": "did again"}
_FEW = 2
"""So many changes of a step are told in its line; of more, what the step is called."""
_ALL = Sight()
WITHDRAWN_SINCE = "Something withdrawn since"
LEFT_OUT = "Something left out of this copy"
"""What a step is called whose label went with a withdrawal."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the trail. `words` go on from the coder's name where `goes_on` (`tagged “…”`), else
    they are what the step is called; `number` counts what it changed. What a machine heard of one
    recording in a row is one line, that of the first of its `steps`: `run` tells such steps apart
    from others, `heard` names the recording's transcript and `sentences` counts them."""

    seq: int
    at: str
    coder: str
    coder_id: str
    kind: str
    label: str
    words: str
    goes_on: bool
    number: int
    erased: bool = False
    steps: int = 1
    run: str = ""
    heard: str = ""
    sentences: int = 0

    @property
    def sentence(self) -> str:
        """Who did it, and what, in one line."""
        between = " " if self.goes_on else ": "
        return f"{self.coder}{between}{self.words}" if self.coder else self.words

    def as_json(self) -> dict[str, Any]:
        """The fields that scripts rely on, by their fixed names."""
        names = "seq at coder label kind words"
        return {name: getattr(self, name) for name in names.split()}


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two moments: `came`, `went` or `changed`, in words."""

    how: str
    told: Told


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a file: the number of steps, and the fingerprint that stands in it."""

    steps: int
    fingerprint: Fingerprint


class Trail:
    """Looks back; it changes nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Who did what

    @at_one_moment
    def page(
        self,
        asked: Asked = Asked(),  # noqa: B008
        before: Line | None = None,
        sight: Sight = _ALL,
        limit: int = PAGE,
        *,
        each: bool = False,
    ) -> list[Line]:
        """The latest lines that are asked for and in sight, newest first, of `limit` steps; behind
        `before` where it is given. Empty where there are no more. Where not `each` step is wanted,
        what a machine heard of one recording in a row is one line."""
        last = (before.at, before.seq) if before else None
        db = self._store.reader
        rows = journal.steps(db, asked, sight, limit, last)
        changes = journal.changes(db, [row.seq for row in rows])
        teller = Teller(db, sight)
        teller.names.know(one for several in changes.values() for one in several)
        lines = [_line(row, changes[row.seq], teller) for row in rows]
        return lines if each else list(_in_runs(lines))

    def count(self, asked: Asked = Asked(), sight: Sight = _ALL) -> dict[str, int]:  # noqa: B008
        """How many steps that are asked for each coder has done, by name, the most first."""
        return journal.count(self._store.reader, asked, sight)

    @at_one_moment
    def changes(self, line: Line, sight: Sight = _ALL) -> list[Told]:
        """What a line changed, one by one and at most `MOST` of the first; what went along with it
        and says nothing to a person is left out."""
        db = self._store.reader
        found = journal.changes(db, [line.seq], MOST)[line.seq]
        return Teller(db, sight).tell(found, line.coder_id)

    def asked(
        self,
        *,
        coders: Sequence[str] = (),
        submissions: Sequence[str] = (),
        codes: Sequence[Code] = (),
        since: date | None = None,
        until: date | None = None,
        deeds: Sequence[Deed] = (),
        words: str = "",
    ) -> Asked:
        """The question for these names, references, codes and days by this machine's clock (both
        included). Raises NotFound for a reference, Refused for a name that nobody has."""
        read = self._store.read
        known = {one.name.casefold(): one.id for one in read.coders()}
        for name in coders:
            if name.casefold() not in known:
                raise Refused(f"Nobody called “{name}” has worked on this project.")
        return Asked(
            coders=tuple(known[name.casefold()] for name in coders),
            submissions=tuple(read.submission(ref).id for ref in submissions),
            codes=tuple(code.id for code in codes),
            since=_begins(since) if since else "",
            until=_begins(until + timedelta(days=1)) if until else "",
            deeds=tuple(deeds),
            words=words.strip(),
        )

    def in_words(self, asked: Asked) -> str:
        """What is asked for, as a person would say it; empty where it is everything."""
        read = self._store.read
        coders = {one.id: one.name for one in read.coders()}
        codes = {one.id: one.name for one in read.codes()}
        parts = {
            "by": listed([coders[one] for one in asked.coders]),
            "about": listed([read.submission(one).ref for one in asked.submissions]),
            "with": listed([f"“{codes.get(one, 'a code')}”" for one in asked.codes]),
            "since": _day(asked.since) if asked.since else "",
            "until": _day(asked.until, last=True) if asked.until else "",
            "only": listed([DEEDS[one].lower() for one in asked.deeds]),
            "with the words": f"“{asked.words}”" if asked.words else "",
        }
        return ", ".join(f"{name} {told}" for name, told in parts.items() if told)

    def refs(self) -> dict[str, str]:
        """The reference of every submission by its id, in order."""
        return {one.id: one.ref for one in self._store.read.submissions()}

    # What stood there

    @at_one_moment
    def at(self, ref: str, moment: str, sight: Sight = _ALL) -> Then:
        """A submission as it stood in this copy at a moment (ISO 8601 in UTC): its particulars, its
        documents with their texts, and the codings that are in sight. Raises NotFound; Refused
        where what stood there has been withdrawn since."""
        seq = replay.last_step(self._store.reader, moment)
        return self.after_step(ref, seq, sight)

    @at_one_moment
    def after_step(self, ref: str, seq: int, sight: Sight = _ALL) -> Then:
        """The same, as it stood after the step of this number."""
        submission = self._store.read.submission(ref)
        seq = journal.number_here(self._store.reader, seq)
        then = replay.submission_at(self._store.reader, submission.id, seq)
        if then.submission is None and self._store.read.was_erased("submissions", submission.id):
            raise Refused(
                f"{submission.ref} has been withdrawn, and what stood there was erased.",
                "The trail still says who did something to it, and when.",
            )
        return _in_sight(then, self._visible(sight))

    @at_one_moment
    def since(self, then: Then, sight: Sight = _ALL) -> list[Difference]:
        """What is different now from what stood there then."""
        if then.submission is None:
            return []
        now = self.after_step(then.submission.id, replay.last_step(self._store.reader), sight)
        return self._differences(then.rows, now.rows)

    def codebook_codes(self, seq: int) -> list[Code]:
        """The codes as they stood after the step of this number."""
        db = self._store.reader
        return replay.codes_at(db, journal.number_here(db, seq))[0]

    @at_one_moment
    def codebook_at(self, moment: str) -> tuple[list[Code], list[Difference]]:
        """The codebook as it stood in this copy at a moment (ISO 8601 in UTC), and what is
        different now."""
        return self.codebook_after(replay.last_step(self._store.reader, moment))

    @at_one_moment
    def codebook_after(self, seq: int) -> tuple[list[Code], list[Difference]]:
        """The same, as it stood after the step of this number."""
        db = self._store.reader
        codes, rows = replay.codes_at(db, journal.number_here(db, seq))
        _, now = replay.codes_at(db, replay.last_step(db))
        return codes, self._differences(rows, now)

    # Whether it is whole

    def fingerprint(self) -> Fingerprint:
        """The number of steps and the last link of the journal, short enough to be noted."""
        seq = replay.last_step(self._store.reader)
        return Fingerprint(seq, replay.sealed_by(self._store.reader, seq))

    def against(self, words: str) -> list[str]:
        """What is wrong where this fingerprint was noted earlier, a sentence; nothing where the
        journal noted then is the beginning of this one, unchanged. It holds only where `verify`
        finds the chain whole. Raises Refused for what is no fingerprint."""
        then = noted(words)
        if then is None:
            raise Refused(
                f"“{words}” is not a fingerprint.",
                "It looks like 1204-9F3A-27C1-8B02-55DE; `verify` tells the one of today.",
            )
        now = self.fingerprint()
        if then.steps > now.steps:
            had = counted(then.steps, "step")
            told = f"The journal noted then had {had}, and this one has {now.steps:,}: "
            return [f"{told}something was cut off, or it is another copy."]
        if not replay.sealed_by(self._store.reader, then.steps).startswith(then.link):
            told = f"The first {counted(then.steps, 'step')} are not those that were noted then: "
            return [f"{told}they were altered, or it is another copy."]
        return []

    # On paper

    @at_one_moment
    def export(
        self,
        path: Path,
        asked: Asked = Asked(),  # noqa: B008
        sight: Sight = _ALL,
        job: Job | None = None,
    ) -> Written:
        """Writes the trail to a `.csv` or `.docx`, oldest first, with the first `MOST` changes of
        each step in words and the number of the others. No name is masked, and the file says that
        it is internal. Raises Refused where nothing is asked for that is there, EvidenceError where
        the file cannot be written."""
        from coder.export.trail import Entry, Sheet, write_trail

        job = job or Job()
        counts = self.count(asked, sight)
        number = sum(counts.values())
        if not number:
            raise Refused("No step of the trail fits these filters.")
        print_ = self.fingerprint()
        sheet = Sheet(
            self._store.read.inquiry().title,
            datetime.now().astimezone(),
            self.in_words(asked),
            number,
            counts,
            str(print_),
            whole=sight.whole,
        )
        entries = (
            Entry(
                line.seq,
                line.at,
                line.coder,
                line.words,
                [(one.words, one.before, one.after) for one in told],
                max(0, line.number - MOST),
            )
            for line, told in self._all(asked, sight, number, job)
        )
        write_trail(sheet, entries, path)
        return Written(number, print_)

    # Below: how it is done

    def _all(
        self, asked: Asked, sight: Sight, number: int, job: Job
    ) -> Iterator[tuple[Line, list[Told]]]:
        """Each line with its changes, oldest first."""
        db = self._store.reader
        rows = journal.steps(db, asked, sight, number)[::-1]
        for first in range(0, len(rows), PAGE):
            job.check()
            job.report(first, len(rows), "Writing the trail")
            some = rows[first : first + PAGE]
            found = journal.changes(db, [row.seq for row in some], MOST)
            teller = Teller(db, sight)
            teller.names.know(one for several in found.values() for one in several)
            for row in some:
                yield _line(row, found[row.seq], teller), teller.tell(found[row.seq], row.coder_id)

    def _visible(self, sight: Sight) -> Callable[[str, str], bool]:
        """Whether a coding of this coder in this document is in sight."""
        declared: set[str] = set()
        if sight.others is Others.BLIND:
            known = self._store.read.readings(sight.coder_id)
            declared = {one for one, reading in known.items() if reading.coded_at}

        def visible(coder_id: str, document_id: str) -> bool:
            return sight.whole or coder_id == sight.coder_id or document_id in declared

        return visible

    def _differences(self, then: Rows, now: Rows) -> list[Difference]:
        changed = [
            Change(0, key[0], key[1], then.get(key), now.get(key))
            for key in [*then, *(key for key in now if key not in then)]
            if then.get(key) != now.get(key)
        ]
        teller = Teller(self._store.reader)
        teller.names.know(changed)
        return [
            Difference(_how(change), told) for change in changed for told in teller.tell([change])
        ]


def _how(change: Change) -> str:
    if change.before is None:
        return "came"
    return "went" if change.after is None else "changed"


def _in_sight(then: Then, visible: Callable[[str, str], bool]) -> Then:
    codings = {
        document: tuple(one for one in several if visible(one.coder_id, document))
        for document, several in then.codings.items()
    }
    rows = {
        key: row
        for key, row in then.rows.items()
        if key[0] != "codings" or visible(row["coder_id"], row["document_id"])
    }
    return replace(then, codings=codings, rows=rows)


def _line(row: StepRow, changes: list[Change], teller: Teller) -> Line:
    document_id = "" if row.erased else _heard(row, changes)
    titled = teller.names.titled(document_id) if document_id else ""
    sentences = sum(one.table == "segments" for one in changes) if titled else 0
    words, goes_on = _words(row, changes, teller)
    return Line(
        row.seq,
        row.at,
        row.coder,
        row.coder_id,
        row.kind,
        WITHDRAWN_SINCE if row.erased else LEFT_OUT if row.left_out else row.label,
        _hearing(sentences, titled) if titled else words,
        goes_on or bool(titled),
        row.number,
        row.erased,
        run=document_id or ("erased" if row.erased else ""),
        heard=titled,
        sentences=sentences,
    )


def _words(row: StepRow, changes: list[Change], teller: Teller) -> tuple[str, bool]:
    """A step in a line, and whether that goes on from the coder's name."""
    if row.erased or row.left_out:
        gone = WITHDRAWN if row.erased else "something that was left out of this copy"
        return f"changed {gone}", True
    if row.kind in _TURNED:
        return f"{_TURNED[row.kind]} “{row.label}”", True
    if row.kind == "erasure":
        ref = row.label.removeprefix("Withdraw ")
        here = f"withdrew {ref} and erased what was in it"
        return here if ref != row.label else "erased what another copy had withdrawn", True
    told = teller.tell(changes, row.coder_id) if row.kind != MERGE else []
    if told and len(told) <= _FEW and row.number <= journal.PER_STEP:
        return "; ".join(one.words for one in told), True
    more = f" · {counted(row.number, 'change')}" if row.number > 1 else ""
    return f"{row.label}{more}", False


def _heard(row: StepRow, changes: list[Change]) -> str:
    """The id of the transcript that a machine was hearing in a step; empty for all others."""
    if row.kind != "machine":
        return ""
    found = (one for one in changes if one.table in ("segments", "stretches"))
    return next((one.either["document_id"] for one in found if not one.erased), "")


def _in_runs(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, newest first, with those of a run as one."""
    kept: Line | None = None
    for line in lines:
        if kept and line.run and (line.run, line.coder_id) == (kept.run, kept.coder_id):
            sentences = kept.sentences + line.sentences
            words = _hearing(sentences, line.heard) if line.heard else line.words
            kept = replace(line, words=words, sentences=sentences, steps=kept.steps + 1)
            continue
        if kept:
            yield kept
        kept = line
    if kept:
        yield kept


def _hearing(sentences: int, titled: str) -> str:
    return f"heard {counted(sentences, 'sentence')} of {titled}"


def _begins(day: date) -> str:
    """When a day begins by this machine's clock, as records keep it."""
    here = datetime.combine(day, time()).astimezone(UTC)
    return here.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _day(moment: str, *, last: bool = False) -> str:
    here = datetime.fromisoformat(moment).astimezone()
    return day_shown((here.date() - timedelta(days=last)).isoformat())
