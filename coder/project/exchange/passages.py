"""What is tagged and said in the documents of a file, put on the same words here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coder.domain.citation import UNCHECKED
from coder.domain.interchange import Selection, SourceFile, Tag, Text
from coder.domain.model import About, Coding, Document, Memo, Submission
from coder.ingest.refi.file import RefiFile
from coder.project.exchange.arrival import Arrival, note_id
from coder.project.exchange.cases import put_memo
from coder.project.exchange.hand_over import FOR_THE_TEAM
from coder.project.exchange.texts import Placed


class Passages:
    """Puts tags and notes."""

    def __init__(self, arrival: Arrival, file: RefiFile) -> None:
        self._arrival = arrival
        self._file = file
        self._notes = {note.id: note for note in arrival.project.all_notes}
        self._told: set[str] = set()
        self._put: set[str] = set()

    def tagged(
        self,
        document: Document,
        placed: Placed | None,
        selections: Sequence[Selection],
        whole: Sequence[Tag],
    ) -> None:
        if placed is None:
            fresh = [tag for one in selections for tag in one.tags] + list(whole)
            lost = [tag for tag in fresh if self._arrival.read.coding(tag.id) is None]
            why = "The words of their document differ here."
            self._arrival.losses.add("tags", why, document.title, len(lost))
            return
        for one in selections:
            span = self._span(document, placed, one)
            if span is not None:
                self._select(document, placed.text, span, one)
        if whole and placed.text.strip():
            all_of_it = _bare(placed.text, 0, len(placed.text))
            for tag in whole:
                self._tag(document, placed.text, all_of_it, tag, "", "")
        elif whole:
            why = "Their document has no words."
            self._arrival.losses.add("tags", why, document.title, len(whole))

    def _span(self, document: Document, placed: Placed, one: Selection) -> tuple[int, int] | None:
        """Where a selection stands in the text, in code points and without white space at its ends;
        None where it stands on no words."""
        losses = self._arrival.losses
        if one.start is None or one.end is None:
            losses.add("selections", "The file does not say where they stand.", document.title)
            return None
        start, end = placed.point(one.start), placed.point(one.end)
        if start == end:
            losses.add("selections of no length", "There are no words in them.", document.title)
            return None
        if not 0 <= start < end <= len(placed.text):
            why = "They reach beyond the words of their document."
            losses.add("selections", why, document.title)
            return None
        span = (start, end) if self._arrival.ours else _bare(placed.text, start, end)
        if span[0] >= span[1]:
            losses.add("selections of no length", "There are no words in them.", document.title)
            return None
        return span

    def _select(self, document: Document, text: str, span: tuple[int, int], one: Selection) -> None:
        said = "\n\n".join(filter(None, (one.description.strip(), *self._words(one.notes))))
        if one.tags:
            first, *others = one.tags
            self._tag(document, text, span, first, one.user, one.at, said)
            for tag in others:
                self._tag(document, text, span, tag, one.user, one.at)
        elif said:
            note = self._notes.get(next(iter(one.notes), ""))
            coder = self._arrival.coder(note.user if note else "", one.user)
            at = self._arrival.moment((note.at if note else "") or one.at)
            quoted = f"“{text[span[0] : span[1]]}”\n\n{said}"
            memo_id = note_id(document.id, one.id)
            put_memo(self._arrival, Memo(memo_id, About.DOCUMENT, document.id, coder, at, quoted))
        else:
            why = "Nothing is said of them."
            self._arrival.losses.add("selections without a code", why, document.title)

    def _tag(
        self,
        document: Document,
        text: str,
        span: tuple[int, int],
        tag: Tag,
        user: str,
        at: str,
        said: str = "",
    ) -> None:
        arrival = self._arrival
        code = arrival.ids.get(tag.code)
        memo = "\n\n".join(filter(None, (said, *self._words(tag.notes))))
        if code is None:
            why = "The file does not say which code they are of."
            arrival.losses.add("tags without a code", why, document.title)
            return
        standing = arrival.read.coding(tag.id)
        if standing is not None:
            self._meet(standing, memo)
            return
        coder = arrival.coder(tag.user, user)
        twin = arrival.read.coding_at(document.id, code, coder, *span)
        if twin is not None:
            self._meet(twin, memo)
            return
        own = arrival.extras.record(Coding, tag.id)
        arrival.tx.put(
            Coding(
                tag.id,
                document.id,
                code,
                coder,
                *span,
                text[span[0] : span[1]],
                arrival.moment(tag.at or at),
                memo,
                own.marked if own else False,
                own.sensitive if own else False,
            )
        )
        self._put.add(tag.id)
        arrival.new["codings"] += 1
        arrival.new["memos"] += bool(memo)

    def _meet(self, standing: Coding, memo: str) -> None:
        """A tag that is here, or came twice: its memo is kept where there is none yet."""
        arrival = self._arrival
        twice = standing.id in self._put
        if twice:
            why = "The same coder has the same code on the same words; one of each came in."
            arrival.losses.add("tags told twice", why)
        else:
            arrival.there["codings"] += 1
        if not memo or memo == standing.memo:
            arrival.there["memos"] += bool(memo) and not twice
            return
        if not standing.memo or twice:
            joined = "\n".join(dict.fromkeys(filter(None, (standing.memo, memo))))
            arrival.tx.put(replace(standing, memo=joined))
            arrival.new["memos"] += not twice
        else:
            arrival.losses.add("memos said otherwise", "They were changed here, and stay.")

    # Notes

    def _words(self, notes: Iterable[str]) -> list[str]:
        """The words of notes on one thing, which are told by that then."""
        found = []
        for one in notes:
            note = self._notes.get(one)
            self._told.add(one)
            words = self._file.words_of(note) if note else ""
            if words.strip():
                found.append(words if self._arrival.ours else words.strip())
        return found

    def notes_on(self, document_id: str, notes: Iterable[str], submission: Submission) -> None:
        """Puts the notes that stand with a source; of ours some are about its submission."""
        for one in notes:
            own = self._arrival.extras.record(Memo, one)
            if own is not None and own.about is About.SUBMISSION:
                self._put_notes((one,), About.SUBMISSION, submission.id)
            else:
                self._put_notes((one,), About.DOCUMENT, document_id)

    def _put_notes(self, notes: Iterable[str], about: About, of_id: str) -> None:
        arrival = self._arrival
        for one in notes:
            note = self._notes.get(one)
            if note is None or one in self._told:
                continue
            self._told.add(one)
            words = self._file.words_of(note)
            text = words if arrival.ours else words.strip()
            if not text.strip():
                continue
            own = arrival.extras.record(Memo, one)
            place = (own.about, arrival.ids.get(own.of_id, own.of_id)) if own else (about, of_id)
            coder, at = arrival.coder(note.user), arrival.moment(note.at)
            put_memo(arrival, Memo(one, *place, coder, at, text))

    def describe(self, document_id: str, text: str) -> None:
        """Keeps what is said of a source as a memo: some programs have no other place for one."""
        arrival, text = self._arrival, text.strip()
        if text not in ("", UNCHECKED) and not arrival.ours:
            at = arrival.moment(arrival.project.created)
            memo_id = note_id(document_id, text)
            put_memo(arrival, Memo(memo_id, About.DOCUMENT, document_id, arrival.who.id, at, text))

    def rest(self) -> None:
        """Puts the notes that stand with the project, with codes, or with nothing at all; those of
        sources that did not come in stay out with them."""
        arrival, project = self._arrival, self._arrival.project
        self._put_notes(project.notes, About.PROJECT, "")
        for node in project.codes:
            self._put_notes(node.notes, About.CODE, arrival.ids[node.id])
        self._told |= notes_on(project.sources)
        self._put_notes(self._notes, About.JOURNAL, "")
        text = project.description.strip()
        if text not in ("", FOR_THE_TEAM):
            memo_id = note_id("project", project.name, text)
            at = arrival.moment(project.created)
            put_memo(arrival, Memo(memo_id, About.PROJECT, "", arrival.who.id, at, text))


def texts_of(source: SourceFile) -> tuple[Text, ...]:
    """The text of a source, and its transcripts."""
    return (*filter(None, (source.text,)), *source.transcripts)


def tags_on(source: SourceFile) -> int:
    """How many tags stand on a source, its texts, and what is selected in them."""
    return sum(len(one.tags) for one in _tagged(source))


def notes_on(sources: Iterable[SourceFile]) -> set[str]:
    """The ids of all notes that stand with something in these sources."""
    found: set[str] = set()
    for source in sources:
        for one in _tagged(source):
            found.update(one.notes, *(tag.notes for tag in one.tags))
    return found


def _tagged(source: SourceFile) -> list[SourceFile | Text | Selection]:
    """All of a source on which tags and notes stand."""
    texts = texts_of(source)
    chosen = (one for text in texts for one in text.selections)
    return [source, *texts, *source.selections, *chosen]


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space at its ends."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())
