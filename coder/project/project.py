"""An open project: its parts, the person at work in it, and undo, redo, history and verify."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from coder.analysis.language import sentences
from coder.domain.citation import valid_prefix
from coder.domain.draft import DraftCode
from coder.domain.errors import Refused
from coder.domain.model import Coder, Coding, Document, Inquiry, Segment, Submission, now
from coder.domain.together import AGREED, AGREED_ID, derived_id
from coder.project.account import Account
from coder.project.agreement import Agreement
from coder.project.assigning import Assigning
from coder.project.baskets import Baskets, refuse_same_name
from coder.project.checking import Checking
from coder.project.clips import Clips
from coder.project.codebook import Codebook, refuse_ambiguity
from coder.project.codebook_files import CodebookFiles
from coder.project.codings import Codings
from coder.project.consistency import Consistency
from coder.project.correcting import Correcting
from coder.project.evidence import Evidence
from coder.project.finding import Finding
from coder.project.intake import Intake
from coder.project.interchange import Interchange
from coder.project.joining import Joining
from coder.project.lines import find_places
from coder.project.memos import Memos, refuse_orphans
from coder.project.merging import Merging
from coder.project.packs import Packs
from coder.project.progress import Progress, forget_readings
from coder.project.pseudonyms import Pseudonyms
from coder.project.queue import Queue
from coder.project.quotes import Quotes
from coder.project.recognition import Recognition
from coder.project.recordings import Recordings
from coder.project.relistening import Relistening
from coder.project.review import Review
from coder.project.settling import Settling
from coder.project.sharing import Sharing
from coder.project.signing import Signing
from coder.project.speaking import Speaking
from coder.project.standing import refuse_mismatch, refuse_unchecked
from coder.project.suggestions import Suggestions
from coder.project.trail import Trail
from coder.project.transcript_files import TranscriptFiles
from coder.project.transcripts import Transcripts, make_way
from coder.project.withdrawal import Withdrawal
from coder.project.words import Words
from coder.store.connection import sentence
from coder.store.finding import Hit
from coder.store.folders import whole_or_nothing
from coder.store.journal import Step, StepDone
from coder.store.rows import Row
from coder.store.store import Store
from coder.store.story import StepEntry


class Project:
    """One inquiry's evidence, opened by one coder. Use it in a `with`, or close it.

    `intake`, `evidence`, `joining`, `withdrawal`, `account`, `codebook`, `codebook_files`,
    `codings`, `memos`, `progress`, `assigning`, `transcripts`, `recordings`, `queue`,
    `correcting`, `relistening`, `speaking`, `recognition`, `baskets`, `finding`, `consistency`,
    `settling`, `interchange`, `merging` and `signing` hold the acts, each concerned with one
    thing; every one of them writes through the store's single seam. `words`, `suggestions`,
    `packs`, `sharing`, `checking`, `agreement`, `trail` and `transcript_files` only look.
    """

    def __init__(self, store: Store, coder_name: str) -> None:
        self._store = store
        self.as_coder(coder_name)
        self.evidence = Evidence(store, self._who)
        self.intake = Intake(store, self._who)
        self.joining = Joining(store, self._who)
        self.withdrawal = Withdrawal(store, self._who)
        self.account = Account(store)
        self.codebook = Codebook(store, self._who)
        self.codebook_files = CodebookFiles(store, self._who, self.codebook)
        self.codings = Codings(store, self._who)
        self.memos = Memos(store, self._who, self.codings)
        self.progress = Progress(store, self._who, self.evidence)
        self.assigning = Assigning(store, self._who, self.evidence)
        self.transcripts = Transcripts(store, self._who)
        self.recordings = Recordings(store, self._who)
        self.queue = Queue(store, self._who)
        self.transcript_files = TranscriptFiles(store)
        self.correcting = Correcting(store, self._who)
        self.relistening = Relistening(store, self._who)
        self.speaking = Speaking(store, self._who)
        self.recognition = Recognition(store, self._who)
        self.quotes = Quotes(store, self._who)
        self.packs = Packs(store)
        self.pseudonyms = Pseudonyms(store, self._who)
        self.review = Review(store, self.evidence)
        self.clips = Clips(store)
        self.baskets = Baskets(store, self._who)
        self.interchange = Interchange(store, self._who)
        self.sharing = Sharing(store, self._who)
        self.finding = Finding(store, self._who, self.codebook.ensure)
        self.words = Words(store)
        self.suggestions = Suggestions(store)
        self.checking = Checking(store)
        self.agreement = Agreement(store)
        self.consistency = Consistency(store, self._who)
        self.trail = Trail(store)
        self.signing = Signing(store, self._who, self.trail)
        self.settling = Settling(store, self._who)
        self.merging = Merging(store, self._who)

    @classmethod
    def create(
        cls,
        folder: Path,
        title: str,
        prefix: str,
        coder_name: str,
        *,
        closes: str = "",
        codes: Sequence[DraftCode] = (),
        coder_id: str = "",
    ) -> Self:
        """Makes a project in a new or empty folder, with these codes as its codebook.

        `prefix` is one to eight capitals or digits; `closes` is `YYYY-MM-DD` or empty; `coder_id`
        is that of the coder, where they are known by one elsewhere.
        Raises EvidenceError, and then leaves nothing behind.
        """
        if not valid_prefix(prefix):
            raise Refused(
                f"“{prefix}” cannot begin a reference.",
                "Use one to eight capital letters or digits.",
            )
        if not title.strip():
            raise Refused("The inquiry has no title.", "Give it one.")
        if closes and not _is_date(closes):
            raise Refused(f"“{closes}” is not a date.", "Write it as YYYY-MM-DD.")
        maker = Coder(coder_id or _coder_id(_named(coder_name)), _named(coder_name), now())
        with whole_or_nothing(folder), ExitStack() as unless_made:
            store = Store.create(folder, title.strip(), prefix, closes, maker)
            unless_made.callback(store.close)
            project = cls(store, coder_name)
            if codes:
                project.codebook.adopt(codes)
            unless_made.pop_all()
            return project
        raise AssertionError

    @classmethod
    def open(cls, folder: Path, coder_name: str, *, read_only: bool = False) -> Self:
        """Opens a project. Raises NotFound, Refused (open elsewhere, newer; Outdated for reading
        only) or EvidenceError."""
        _named(coder_name)
        with ExitStack() as unless_open:
            store = Store.open(folder, read_only=read_only)
            unless_open.callback(store.close)
            try:
                project = cls(store, coder_name)
            except sqlite3.Error as problem:
                raise sentence(problem, folder.name) from problem
            unless_open.pop_all()
            return project
        raise AssertionError

    @staticmethod
    def glance(folder: Path) -> tuple[str, str]:
        """Title and prefix of the inquiry in a folder, also of an older version. Raises NotFound,
        Refused (newer) or EvidenceError."""
        return Store.glance(folder)

    def close(self) -> None:
        """Closes the project; everything is saved already."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the project lies."""
        return self._store.folder

    @property
    def inquiry(self) -> Inquiry:
        """What the project is about."""
        return self._store.read.inquiry()

    @property
    def read_only(self) -> bool:
        """Whether it is open for looking only."""
        return self._store.read_only

    def watch(self, watcher: Callable[[StepDone], None]) -> None:
        """Calls the watcher after each committed step, in the thread that made it."""
        self._store.watchers.append(watcher)

    def as_coder(self, name: str) -> None:
        """From now on acts are this person's. Raises Refused for an empty name."""
        name = _named(name)
        self.coder = self._store.read.coder_named(name) or Coder(_coder_id(name), name, now())

    def coders(self) -> list[Coder]:
        """Everyone who has done something here."""
        return self._store.read.coders()

    def people(self) -> list[str]:
        """The names of everyone who has done something here, without the machines among them (an
        engine's name has its model in brackets) and without `agreed`, who is nobody."""
        named = (coder.name for coder in self.coders())
        return [name for name in named if "(" not in name and name != AGREED]

    def taggers(self) -> list[str]:
        """The names that tags may be of: everyone's, and `agreed` where something is settled."""
        settled = [coder.name for coder in self.coders() if coder.id == AGREED_ID]
        return [*self.people(), *settled]

    def document(self, document_id: str) -> Document:
        """A document with its text. Raises NotFound."""
        return self._store.read.document(document_id)

    def segments(self, document_id: str) -> list[Segment]:
        """A transcript's timed segments."""
        return self._store.read.segments(document_id)

    def submission(self, ref: str) -> Submission:
        """The submission with this reference or id. Raises NotFound."""
        return self._store.read.submission(ref)

    def find(self, query: str, limit: int = 200) -> list[Hit]:
        """Full-text search over texts and memos, best first. Raises EvidenceError."""
        return self.finding.find(query, limit)

    def tag_with_new_code(self, document: Document, start: int, end: int, path: str) -> Coding:
        """Makes the code where it is missing and puts it on `[start, end)`, as one act."""
        return self.codings.tag_new(
            document, start, end, lambda tx: self.codebook.ensure(tx, path), f"Tag “{path}”"
        )

    def set_checked(self, document_id: str, *, checked: bool) -> None:
        """Notes that a person has compared a machine's text (a transcript, a recognised page) with
        what it was made from, or that it is a draft again. Raises Refused for other documents."""
        made_from = self.document(document_id).source_id
        made_by = self.transcripts if made_from else self.recognition
        made_by.set_checked(document_id, checked=checked)

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """The sentences of a text, as half-open spans in code points."""
        return sentences(text)

    def undo(self) -> str | None:
        """Takes back this coder's latest act and gives its label. Raises Refused.

        A machine's transcript that nobody has tagged goes with the recording below it, and gives
        way to the one that it took the place of; redo brings it back.
        """
        return self._store.undo(self.coder, _settle, _make_way)

    def redo(self) -> str | None:
        """Does again what undo took back last and gives its label. Raises Refused."""
        return self._store.redo(self.coder, _settle, _make_way)

    def next_labels(self) -> tuple[str | None, str | None]:
        """What undo and redo would do now, by label."""
        return self._store.next_labels(self.coder)

    def undoes_merge(self) -> bool:
        """Whether undo would take a merge back, which may take seconds."""
        return self._store.undoes_merge(self.coder)

    def transcripts_undone(self) -> list[str]:
        """The references of the submissions that undo would take out together with transcripts
        that were made of their recordings since."""
        made = self._store.made_by_undoable(self.coder)
        read = self._store.read
        return sorted(
            read.submission(row_id).ref
            for table, row_id in made
            if table == "submissions"
            and any(
                one.source_id and ("documents", one.id) not in made
                for one in read.documents(row_id)
            )
        )

    def passed_over(self) -> str:
        """The label of this coder's withdrawal that the next undo would go past, since it cannot be
        taken back, to an act before it. Empty where there is none, or undo did so before."""
        return self._store.passed_over(self.coder)

    def history(self, limit: int = 100) -> list[StepEntry]:
        """The latest steps of everyone, newest first."""
        return self._store.read.history(limit)

    def story(self, limit: int = 100) -> list[StepEntry]:
        """The history for people: what was heard of one recording in a row is one line."""
        return self._store.read.story(limit)

    def back_up(self) -> None:
        """Copies the database into the project's `backups`, once a day. Raises EvidenceError."""
        self._store.back_up(datetime.now(UTC).date())

    def verify(self) -> list[str]:
        """What is wrong: database, journal, originals, and quotes that are not in their text."""
        findings = self._store.verify()
        try:
            return findings + self.codings.mismatches() + self.baskets.mismatches()
        except Exception:  # what a damaged database gives, which is then among the findings
            if not findings:
                raise
            return findings

    def _who(self) -> Coder:
        return self.coder


def _settle(tx: Step) -> None:
    """Gives what an undo or redo brings back its place. Raises Refused where that would leave
    something that cannot be."""
    find_places(tx)
    refuse_ambiguity(tx)
    refuse_same_name(tx)
    refuse_orphans(tx)
    refuse_mismatch(tx)
    refuse_unchecked(tx)


def _make_way(tx: Step, table: str, row_id: str, before: Row | None) -> None:
    """Takes away, in the step of an undo or redo, what goes with a row."""
    make_way(tx, table, row_id, before)
    forget_readings(tx, table, row_id, before)


def _named(coder_name: str) -> str:
    """The coder's name without white space around it. Raises Refused where nothing is left, and for
    the name under which is kept what coders settle on."""
    if not coder_name.strip():
        raise Refused("A coder needs a name.")
    if coder_name.strip().casefold() == AGREED:
        raise Refused(
            f"“{AGREED}” is kept for what the coders settle on.", "Choose a name of your own."
        )
    return coder_name.strip()


def _coder_id(name: str) -> str:
    """The id of a coder who has none yet: made of the name, so that one person who works in two
    copies of a project is one coder."""
    return derived_id("coder", name)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
