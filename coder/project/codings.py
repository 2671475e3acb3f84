"""Codings: putting codes on passages, and changing what one has put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from coder.domain.errors import NotFound, Refused
from coder.domain.model import Code, Coder, Coding, Document, DocumentKind, new_id, now
from coder.domain.sight import Sight
from coder.domain.text import counted, occurrence
from coder.domain.together import AGREED_ID
from coder.project import coding_shapes as shapes
from coder.store.journal import Step
from coder.store.reads import Reads
from coder.store.store import Store


class Codings:
    """Acts on codings. A coder changes only their own; another's is never changed by accident."""

    def __init__(self, store: Store, who: Callable[[], Coder]) -> None:
        self._store = store
        self._who = who

    def of(self, document_id: str) -> list[Coding]:
        """A document's codings in the order of its text."""
        return self._store.read.codings(document_id)

    def on(self, document_id: str, start: int, end: int, sight: Sight) -> list[Coding]:
        """The codings on exactly these words, under whichever code, as far as they are in sight."""
        return self._store.read.codings_on(document_id, start, end, sight)

    def find(self, coding_id: str) -> Coding | None:
        """The coding with this id, or None where it has gone."""
        return self._store.read.coding(coding_id)

    def one(self, coding_id: str) -> Coding:
        """The coding with this id as it stands. Raises NotFound."""
        found = self.find(coding_id)
        if found is None:
            raise NotFound("This coding is no longer there.", "Somebody removed it.")
        return found

    def tag(self, document: Document, start: int, end: int, codes: Sequence[Code]) -> list[Coding]:
        """Puts each code on `[start, end)` (code points) as one act; gives the codings.

        White space at either end is left out. A code that this coder has put on exactly these
        words already stays as it is. Raises Refused where nothing visible is selected.
        """
        return self.tag_all(document, [(start, end)], codes)

    def tag_all(
        self, document: Document, spans: Sequence[tuple[int, int]], codes: Sequence[Code]
    ) -> list[Coding]:
        """Puts each code on each of these passages as one act, as `tag` does; gives the codings.
        Raises Refused where one of them has nothing visible in it."""
        bare = [trimmed(document.text, start, end) for start, end in spans]
        names = ", ".join(f"“{code.name}”" for code in codes)
        with self._store.step(f"Tag {names}", self._who()) as tx:
            _refuse_stale(tx, document, max((end for _, end in bare), default=0))
            return [self._put(tx, document, *span, code) for span in bare for code in codes]

    def tag_new(
        self, document: Document, start: int, end: int, make: Callable[[Step], Code], label: str
    ) -> Coding:
        """Makes a code and puts it on the words, as one act under this label. Raises Refused."""
        start, end = trimmed(document.text, start, end)
        with self._store.step(label, self._who()) as tx:
            _refuse_stale(tx, document, end)
            return self._put(tx, document, start, end, make(tx))

    def tag_words(
        self,
        document: Document,
        words: str,
        nth: int,
        make: Callable[[Step], Code],
        label: str = "Tag",
    ) -> Coding:
        """Tags the `nth` (from 1) place where these words stand, as one act under this label.
        Raises NotFound where there is none, and then nothing is made."""
        start, end = _place_of(document, words, nth)
        with self._store.step(label, self._who()) as tx:
            _refuse_stale(tx, document, end)
            return self._put(tx, document, start, end, make(tx))

    def on_words(self, document: Document, words: str, nth: int, code: Code) -> list[Coding]:
        """The codings of this code, a coder each, on the `nth` (from 1) place where these words
        stand. Raises NotFound where the words are not there."""
        place = (*_place_of(document, words, nth), code.id)
        return [one for one in self.of(document.id) if (one.start, one.end, one.code_id) == place]

    def untag(self, codings: Sequence[Coding]) -> None:
        """Removes these codings as one act. Raises Refused where one is another coder's."""
        codings = self._own(codings)
        with self._store.step(_label("Remove the tag", codings, self._store), self._who()) as tx:
            for coding in codings:
                tx.delete(coding)

    def recode(self, codings: Sequence[Coding], code: Code) -> list[Coding]:
        """Replaces the code of these codings; gives them as they are then. Where the coder has that
        code on the same words already, one coding stays with both memos. Raises Refused where one
        is another coder's."""
        codings = self._own(codings)
        with self._store.step(f"Recode as “{code.name}”", self._who()) as tx:
            made = [put_or_join(tx, replace(coding, code_id=code.id)) for coding in codings]
        return list({coding.id: coding for coding in made}.values())

    def resize(self, coding: Coding, document: Document, start: int, end: int) -> Coding:
        """Lets the coding begin and end elsewhere; gives it, or the one that was on those words
        already and takes its memo over. Raises Refused (another's, nothing visible)."""
        [coding] = self._own([coding])
        start, end = trimmed(document.text, start, end)
        moved = replace(coding, start=start, end=end, quote=document.text[start:end])
        with self._store.step(
            _label("Change the ends of", [coding], self._store), self._who()
        ) as tx:
            _refuse_stale(tx, document, end)
            return put_or_join(tx, moved)

    def split(self, coding: Coding, document: Document, place: int) -> tuple[Coding, Coding]:
        """Parts a coding in two at `place`, a code point of its document; gives both.

        The first keeps the memo; mark and sensitivity stay with both. White space at the place is
        in neither. Raises Refused where it is another's, or where no words are on one side.
        """
        [coding] = self._own([coding])
        spans = shapes.halves(document.text, coding, place)
        if spans is None:
            raise Refused(
                "The tag cannot be split here: it would leave nothing on one side.",
                "Put the caret between two words inside the tagged passage.",
            )
        parts = [
            replace(coding, start=start, end=end, quote=document.text[start:end])
            for start, end in spans
        ]
        second = replace(parts[1], id=new_id(), memo="")
        with self._store.step(_label("Split the tag", [coding], self._store), self._who()) as tx:
            _refuse_stale(tx, document, coding.end)
            return put_or_join(tx, parts[0]), put_or_join(tx, second)

    def neighbours(self, coding: Coding, document: Document) -> list[Coding]:
        """The coding and those of its code and coder right beside it, in the order of the text."""
        return shapes.neighbours(document, coding, self.of(document.id))

    def join(self, codings: Sequence[Coding], document: Document) -> list[Coding]:
        """Makes one of those that stand beside one another, by code, as one act; gives those that
        came of it. Each keeps the memos of all, in the order of the text.

        Raises Refused where one is another coder's or where none stands beside another.
        """
        runs = shapes.runs(document, self._own(codings))
        if not runs:
            raise Refused(
                "There is no neighbouring tag to join with.",
                "Tags of the same code are joined where they overlap, touch, or have only a"
                " paragraph break between them.",
            )
        inside = [one for run in runs for one in run]
        label = _label(f"Join {counted(len(inside), 'tag')}", inside, self._store)
        with self._store.step(label, self._who()) as tx:
            _refuse_stale(tx, document, max(one.end for one in inside))
            return [self._join(tx, run, document) for run in runs]

    def write_memo(self, coding: Coding, memo: str) -> None:
        """Writes what the coder thinks of this passage. Raises Refused where it is another's."""
        [coding] = self._own([coding])
        with self._store.step(_label("Write a memo on", [coding], self._store), self._who()) as tx:
            tx.put(replace(coding, memo=memo))

    def add_memo(self, codings: Sequence[Coding], memo: str) -> None:
        """Writes the same below what was thought of each of these passages, as one act. Raises
        Refused where one is another's."""
        codings = self._own(codings)
        label = _label(f"Write a memo on {counted(len(codings), 'tag')}", codings, self._store)
        with self._store.step(label, self._who()) as tx:
            for coding in codings:
                tx.put(replace(coding, memo="\n".join(filter(None, (coding.memo, memo)))))

    def mark(self, codings: Sequence[Coding], *, marked: bool) -> None:
        """Marks passages for use in a report, or takes the mark back. Anyone may."""
        with self._store.step("Mark for use" if marked else "Unmark", self._who()) as tx:
            for coding in codings:
                tx.put(replace(self.one(coding.id), marked=marked))

    def set_sensitive(self, codings: Sequence[Coding], *, sensitive: bool) -> None:
        """Keeps passages out of every export until someone asks for them, or lets them in. Anyone
        may."""
        label = "Mark as sensitive" if sensitive else "Mark as not sensitive"
        with self._store.step(label, self._who()) as tx:
            for coding in codings:
                tx.put(replace(self.one(coding.id), sensitive=sensitive))

    def counts(self, sight: Sight) -> dict[str, tuple[int, int]]:
        """For each code id with any that are seen: its codings, and the submissions they are in."""
        return self._store.read.code_counts(sight)

    def mismatches(self) -> list[str]:
        """Codings whose words are not those of their text, a sentence each."""
        findings: list[str] = []
        refs = {submission.id: submission.ref for submission in self._store.read.submissions()}
        for header in self._store.read.documents():
            codings = self.of(header.id)
            text = self._store.read.document(header.id).text if codings else ""
            findings += [
                f"{refs[header.submission_id]}, “{header.title}”: the text does not say"
                f" “{coding.quote[:60]}”, which is coded there."
                for coding in codings
                if text[coding.start : coding.end] != coding.quote
            ]
        return findings

    def _put(self, tx: Step, document: Document, start: int, end: int, code: Code) -> Coding:
        mine = self._who().id
        standing = Reads(tx.connection).coding_at(document.id, code.id, mine, start, end)
        if standing:
            return standing
        coding = Coding(
            new_id(), document.id, code.id, mine, start, end, document.text[start:end], now()
        )
        tx.put(coding)
        return coding

    def _join(self, tx: Step, run: Sequence[Coding], document: Document) -> Coding:
        whole = shapes.made_one(document.text, run)
        for gone in run:
            if gone.id != whole.id:
                tx.delete(gone)
                _hand_pin_on(tx, gone.id, whole)
        return put_or_join(tx, whole)

    def _own(self, codings: Sequence[Coding]) -> list[Coding]:
        """The codings as they stand. Raises Refused where one is another coder's, NotFound."""
        mine = self._who().id
        for coding in codings:
            if coding.coder_id == AGREED_ID:
                raise Refused(
                    "This tag is what the coders settled on.",
                    "Reopen it among the disagreements, or put your own beside it.",
                )
            if coding.coder_id != mine:
                owner = next(
                    (c.name for c in self._store.read.coders() if c.id == coding.coder_id), ""
                )
                raise Refused(
                    f"This tag is {owner}'s and stays as it is.",
                    "Put your own beside it; yours and theirs both stay.",
                )
        return [self.one(coding.id) for coding in codings]


def put_or_join(tx: Step, coding: Coding) -> Coding:
    """Writes a coding whose code or place was changed. Where its coder has the same code on the
    same words already, that one stays instead and takes over memo, mark and sensitivity."""
    place = (coding.document_id, coding.code_id, coding.coder_id, coding.start, coding.end)
    twin = Reads(tx.connection).coding_at(*place)
    if twin is None or twin.id == coding.id:
        tx.put(coding)
        return coding
    return take_over(tx, twin, coding)


def take_over(tx: Step, stays: Coding, goes: Coding) -> Coding:
    """Removes a coding, and gives its memo, mark, sensitivity and place among the examples of the
    code to another of the same code; gives that one as it is then."""
    joined = replace(
        stays,
        memo="\n".join(dict.fromkeys(filter(None, (stays.memo, goes.memo)))),
        marked=stays.marked or goes.marked,
        sensitive=stays.sensitive or goes.sensitive,
    )
    tx.delete(goes)
    tx.put(joined)
    _hand_pin_on(tx, goes.id, joined)
    return joined


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends. Raises Refused where nothing visible is left."""
    start = max(0, start)
    words = text[start : max(start, end)]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        raise Refused("No words are selected.", "Select the passage first, then choose the code.")
    return start, end


def _hand_pin_on(tx: Step, gone_id: str, stays: Coding) -> None:
    """Where a coding that has gone was an example of its code, the one that stays is it now."""
    code = tx.read.code(stays.code_id)
    if code is not None and gone_id in code.examples:
        examples = (stays.id if one == gone_id else one for one in code.examples)
        tx.put(replace(code, examples=tuple(dict.fromkeys(examples))))


def _refuse_stale(tx: Step, document: Document, end: int) -> None:
    """Raises Refused where a transcript no longer says up to `end` what it did when this document
    was read; what was heard or corrected behind that does not matter."""
    if document.kind is not DocumentKind.TRANSCRIPT:
        return
    text = "\n".join(line for _, _, line in tx.read.lines(document.id))
    if text[:end] != document.text[:end]:
        raise Refused("This text was corrected meanwhile.", "Select the words again.")


def _place_of(document: Document, words: str, nth: int) -> tuple[int, int]:
    """Where these words stand, without white space at their ends. Raises NotFound."""
    start = occurrence(document.text, words, nth)
    if start < 0 or not words.strip():
        raise NotFound(
            f"“{document.title}” does not contain “{words}”{f' {nth} times' * (nth > 1)}.",
            "Copy them from `show`; spelling, quotation marks and spaces must be the same.",
        )
    return trimmed(document.text, start, start + len(words))


def _label(verb: str, codings: Sequence[Coding], store: Store) -> str:
    names = {code.id: code.name for code in store.read.codes()}
    used = list(dict.fromkeys(names[coding.code_id] for coding in codings))
    return f"{verb} {', '.join(f'“{name}”' for name in used)}"
