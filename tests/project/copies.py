"""Copies of one inquiry in several hands, which do at random what people do."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError
from coder.domain.model import (
    About,
    Coder,
    Document,
    DocumentKind,
    Segment,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.domain.quotes import QuoteFilter
from coder.jobs import Job
from coder.project import Project
from coder.project.sharing import ShareOptions, open_shared
from coder.store.journal import MACHINE
from coder.store.rows import TABLES, columns

NAMES = ("Noor Hadley", "Asha Rao", "Ben Sutton")
LETTER = "we volunteer every week at the food bank and nobody ever told us that it would matter"
WORDS = LETTER.split()
SAID = (
    "Good morning and thank you for coming today.",
    "We felt lonely after the move to the coast.",
    "The bus was cut and so were the visits.",
    "Neighbours helped more than anyone else did.",
    "That is all I wanted to say to you.",
)


def make(folder: Path) -> None:
    """An inquiry with two letters, a recording with its transcript, codes and some tags."""
    with Project.create(folder / "base", "Loneliness", "SIC", NAMES[0]) as project:
        for number in range(2):
            letter(project, f"{number}", f"Letter {number}. " + " ".join(WORDS))
        recording(project)
        for path in ("Trust", "Trust/Councils", "Place", "Place/Transport", "Hope"):
            project.codebook.add(path)
        for view in project.evidence.all():
            for header in view.documents:
                document = project.document(header.id)
                if len(document.text) > 40:
                    project.codings.tag(document, 0, 16, [project.codebook.at("Hope")])
                    project.codings.tag(document, 18, 36, [project.codebook.at("Transport")])


def letter(project: Project, key: str, text: str) -> None:
    """Takes in a letter, as an import does."""
    store = project._store
    whole, spans = lay_out([(text, Style.BODY)])
    original = store.keep_original(Source(f"{key}.txt", text.encode()))
    number = store.read.highest_number("SIC") + 1
    submission = Submission(new_id(), f"SIC{number:04}", f"Person {key}")
    document = Document(
        new_id(), submission.id, 0, f"{key}.txt", DocumentKind.DOCUMENT, whole, spans, original.id
    )
    with store.step(f"Import “{key}.txt”", project.coder) as tx:
        for record in (submission, original, document):
            tx.put(record)


def recording(project: Project) -> None:
    """Takes in a recording, and what a machine heard."""
    store = project._store
    original = store.keep_original(Source("talk.wav", b"RIFF talk"))
    submission = Submission(new_id(), "SIC0003", "Speaker")
    media = Document(
        new_id(), submission.id, 0, "talk.wav", DocumentKind.MEDIA, original=original.id
    )
    with store.step("Import “talk.wav”", project.coder) as tx:
        for record in (submission, original, media):
            tx.put(record)
    transcript = Document(
        new_id(), submission.id, 0, "talk (transcript)", DocumentKind.TRANSCRIPT,
        source_id=media.id, machine_draft=True,
    )  # fmt: skip
    with store.step("Hear", Coder("machine", "Whisper (tiny)", ""), MACHINE) as tx:
        tx.put(transcript)
        for place, said in enumerate(SAID):
            start = place * 3000
            tx.put(Segment(new_id(), transcript.id, float(place), start, start + 2500, said))


@dataclass
class Pick:
    """Choices, one after the other; where they are used up, always the first."""

    numbers: Iterator[int]

    def of(self, several: Sequence[Any]) -> Any:
        """One of these. Raises IndexError where there is none."""
        return several[next(self.numbers, 0) % max(1, len(several))]

    def upto(self, most: int) -> int:
        """A number from 0 to this one."""
        return next(self.numbers, 0) % (most + 1)


class Copies:
    """The copies, one a person, each with a clock of its own."""

    def __init__(self, base: Path, folder: Path, skew: Sequence[int] = (0, 0, 0)) -> None:
        self.folders = [folder / name.split()[0] for name in NAMES]
        self.projects = []
        for name, place in zip(NAMES, self.folders, strict=True):
            shutil.copytree(base, place)
            self.projects.append(Project.open(place, name))
        self._ticks = 0
        for project, hours in zip(self.projects, skew, strict=True):
            project._store.clock = self._clock(hours)

    def _clock(self, hours: int) -> Callable[[], str]:
        def now() -> str:
            self._ticks += 1
            at = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(hours=hours, seconds=self._ticks)
            return at.isoformat(timespec="microseconds").replace("+00:00", "Z")

        return now

    def close(self) -> None:
        for project in self.projects:
            project.close()

    def act(self, who: int, kind: str, pick: Pick) -> bool:
        """Lets somebody do something; False where it could not be done."""
        try:
            ACTS[kind](self.projects[who], pick)
        except (EvidenceError, IndexError):
            return False
        return True

    def merge(self, into: int, of: int) -> bool:
        """Brings one copy into another; whether there was anything to bring."""
        project = self.projects[into]
        return not project.merging.merge(self.folders[of], Job()).nothing

    def give(self, of: int, to: int, options: ShareOptions) -> None:
        """Shares a copy with somebody, who brings it in; nothing where it cannot be shared so."""
        shared = self.folders[of].parent / "given.evidence"
        try:
            self.projects[of].sharing.share(shared, options)
        except EvidenceError:
            return
        self.projects[to].merging.merge(shared)

    def begin_anew(self, who: int, of: int, options: ShareOptions) -> None:
        """Lets somebody begin with what is shared with them, in place of the copy they had."""
        shared = self.folders[who].parent / "first.evidence"
        self.projects[of].sharing.share(shared, options)
        clock = self.projects[who]._store.clock
        self.projects[who].close()
        shutil.rmtree(self.folders[who])
        open_shared(shared, self.folders[who])
        self.projects[who] = Project.open(self.folders[who], NAMES[who])
        self.projects[who]._store.clock = clock

    def settle(self, pick: Pick) -> int:
        """Lets all bring in all until nobody has anything new; gives how many rounds it took."""
        for rounds in range(1, 8):
            everybody = range(len(self.projects))
            pairs = [(a, b) for a in everybody for b in everybody if a != b]
            moved = False
            while pairs:
                pair = pick.of(pairs)
                pairs.remove(pair)
                moved = self.merge(*pair) or moved
            if not moved:
                return rounds
        raise AssertionError("the copies are never done with each other")


@contextmanager
def handed_out(base: Path, skew: tuple[int, ...] = (0, 0, 0)) -> Iterator[Copies]:
    """A copy for each of three people, whose clocks differ by so many hours."""
    folder = Path(tempfile.mkdtemp(dir=base.parent))
    copies = Copies(base, folder, skew)
    try:
        yield copies
    finally:
        copies.close()
        shutil.rmtree(folder)


def rows(project: Project) -> dict[str, dict[str, tuple[Any, ...]]]:
    """All that stands, by table and id."""
    reader = project._store.reader
    return {
        table: {
            row["id"]: tuple(row[name] for name in columns(kind))
            for row in reader.execute(f'SELECT * FROM "{table}"')
        }
        for kind, table in TABLES.items()
        if table != "brought"
    }


def _texts(project: Project) -> list[Document]:
    documents = [
        project.document(one.id) for view in project.evidence.all() for one in view.documents
    ]
    return [one for one in documents if one.text.strip()]


def _mine(project: Project) -> list[Any]:
    return [
        one
        for document in _texts(project)
        for one in project.codings.of(document.id)
        if one.coder_id == project.coder.id
    ]


def _every(project: Project) -> list[Any]:
    return [one for document in _texts(project) for one in project.codings.of(document.id)]


def _lines(project: Project) -> list[Segment]:
    return [
        segment
        for one in _texts(project)
        if one.kind is DocumentKind.TRANSCRIPT
        for segment in project.segments(one.id)
    ]


def _tag(project: Project, pick: Pick) -> None:
    document = pick.of(_texts(project))
    start = 4 * pick.upto(12)
    project.codings.tag(
        document, start, start + 6 + pick.upto(20), [pick.of(project.codebook.codes())]
    )


def _tag_new(project: Project, pick: Pick) -> None:
    document = pick.of(_texts(project))
    start = 4 * pick.upto(12)
    project.tag_with_new_code(document, start, start + 6 + pick.upto(20), f"Code {pick.upto(5)}")


def _untag(project: Project, pick: Pick) -> None:
    project.codings.untag([pick.of(_mine(project))])


def _memo(project: Project, pick: Pick) -> None:
    project.codings.write_memo(pick.of(_mine(project)), f"memo {pick.upto(3)}")


def _mark(project: Project, pick: Pick) -> None:
    coding = pick.of(_every(project))
    project.codings.mark([coding], marked=not coding.marked)


def _recode(project: Project, pick: Pick) -> None:
    project.codings.recode([pick.of(_mine(project))], pick.of(project.codebook.codes()))


def _resize(project: Project, pick: Pick) -> None:
    coding = pick.of(_mine(project))
    document = project.document(coding.document_id)
    project.codings.resize(coding, document, coding.start, coding.end + 3 + pick.upto(4))


def _add_code(project: Project, pick: Pick) -> None:
    project.codebook.add(pick.of(["New", "Trust/New", "Place/Rail", "Hope/Faith", "Trust/Rail"]))


def _rename(project: Project, pick: Pick) -> None:
    project.codebook.rename(
        pick.of(project.codebook.codes()), pick.of(["Trust", "Faith", "Rail", "Help"])
    )


def _key(project: Project, pick: Pick) -> None:
    project.codebook.set_key(pick.of(project.codebook.codes()), pick.of(["1", "2", ""]))


def _define(project: Project, pick: Pick) -> None:
    project.codebook.define(
        pick.of(project.codebook.codes()), definition=f"definition {pick.upto(3)}"
    )


def _move(project: Project, pick: Pick) -> None:
    codes = project.codebook.codes()
    project.codebook.move(pick.of(codes), pick.of([None, *codes]))


def _merge_codes(project: Project, pick: Pick) -> None:
    codes = project.codebook.codes()
    project.codebook.merge(pick.of(codes), pick.of(codes))


def _delete_code(project: Project, pick: Pick) -> None:
    codes = project.codebook.codes()
    project.codebook.delete(pick.of(codes), pick.of([None, *codes]))


def _pin(project: Project, pick: Pick) -> None:
    project.codebook.pin(pick.of(_every(project)))


def _correct(project: Project, pick: Pick) -> None:
    segment = pick.of(_lines(project))
    words = segment.text.split()
    at = pick.upto(len(words) - 1)
    new = pick.of([[], ["quite"], ["really", "very"], [words[at].upper()]])
    project.correcting.rewrite(segment.id, " ".join([*words[:at], *new, *words[at + 1 :]]))


def _split(project: Project, pick: Pick) -> None:
    segment = pick.of(_lines(project))
    project.correcting.split(segment.id, pick.upto(len(segment.text)))


def _join(project: Project, pick: Pick) -> None:
    project.correcting.join(pick.of(_lines(project)).id)


def _delete_line(project: Project, pick: Pick) -> None:
    project.correcting.delete(pick.of(_lines(project)).id)


def _insert_line(project: Project, pick: Pick) -> None:
    project.correcting.insert(pick.of(_lines(project)).id, f"And so on {pick.upto(9)}.")


def _checked(project: Project, pick: Pick) -> None:
    heard = [one for one in _texts(project) if one.kind is DocumentKind.TRANSCRIPT]
    document = pick.of(heard)
    project.set_checked(document.id, checked=document.machine_draft)


def _particulars(project: Project, pick: Pick) -> None:
    view = pick.of(project.evidence.all())
    name = pick.of(["respondent", "organisation", "region"])
    project.evidence.change(view.submission.ref, **{name: f"value {pick.upto(3)}"})


def _import(project: Project, pick: Pick) -> None:
    number = pick.upto(5)
    letter(project, f"new {number}", f"We write once more, {number}. " + " ".join(WORDS[:9]))


def _withdraw(project: Project, pick: Pick) -> None:
    project.withdrawal.withdraw(pick.of(project.evidence.all()).submission.ref)


def _same(project: Project, pick: Pick) -> None:
    refs = [view.submission.ref for view in project.evidence.all()]
    project.joining.set_same(pick.of(refs), pick.of(refs), campaign=bool(pick.upto(1)))


def _join_submissions(project: Project, pick: Pick) -> None:
    refs = [view.submission.ref for view in project.evidence.all()]
    project.joining.join(pick.of(refs), pick.of(refs))


def _basket(project: Project, pick: Pick) -> None:
    name = pick.of(["Report", "Annex"])
    found = next((one for one in project.baskets.all() if one.name == name), None)
    basket = found or project.baskets.make(name)
    document = pick.of(_texts(project))
    start = 4 * pick.upto(8)
    quote = project.baskets.passage(document, start, start + 12 + pick.upto(9))
    project.baskets.add(basket.id, [quote])


def _memo_on(project: Project, pick: Pick) -> None:
    code = pick.of(project.codebook.codes())
    view = pick.of(project.evidence.all())
    if pick.upto(1):
        project.memos.write(About.CODE, code.id, f"thought {pick.upto(3)}")
    else:
        project.memos.write(About.SUBMISSION, view.submission.id, f"thought {pick.upto(3)}")


def _read(project: Project, pick: Pick) -> None:
    project.progress.mark_read([pick.of(_texts(project)).id], read=bool(pick.upto(3)))


def _undo(project: Project, pick: Pick) -> None:
    del pick
    project.undo()


def _redo(project: Project, pick: Pick) -> None:
    del pick
    project.redo()


def _remove_transcript(project: Project, pick: Pick) -> None:
    view = next(one for one in project.evidence.all() if one.submission.ref == "SIC0003")
    project.transcripts.remove(view.documents[0].id)


def _sign(project: Project, pick: Pick) -> None:
    if pick.upto(1):
        project.signing.sign(pick.of(project.evidence.all()).submission.ref, f"note {pick.upto(2)}")
    else:
        project.signing.sign_codebook(f"{pick.upto(2)}.0")


def _unsign(project: Project, pick: Pick) -> None:
    mine = [one for one in project.signing.all() if one.record.coder_id == project.coder.id]
    project.signing.take_back(pick.of(mine).record.id)


def _decide(project: Project, pick: Pick) -> None:
    queue = project.settling.queue()
    case = pick.of(queue.cases)
    match pick.upto(3):
        case 0:
            project.settling.accept(case, pick.of(case.place.sides), f"why {pick.upto(2)}")
        case 1:
            project.settling.keep_both(case, f"why {pick.upto(2)}")
        case 2:
            project.settling.recode(case, [pick.of(project.codebook.codes()).id])
        case _:
            project.settling.reopen(pick.of([one for one in queue.cases if one.decision]))


def _adopt(project: Project, pick: Pick) -> None:
    del pick
    project.settling.adopt()


def _assign(project: Project, pick: Pick) -> None:
    ref = pick.of(project.evidence.all()).submission.ref
    if pick.upto(3):
        project.assigning.assign([ref], [pick.of(NAMES)])
    else:
        project.assigning.take_back([ref])


def _filter(project: Project, pick: Pick) -> None:
    name = pick.of(["Buses", "Hope"])
    match pick.upto(3):
        case 0:
            project.quotes.forget(pick.of(project.quotes.saved()).id)
        case 1:
            project.quotes.rename(pick.of(project.quotes.saved()).id, name)
        case _:
            project.quotes.save(name, QuoteFilter(text=f"words {pick.upto(3)}"))


def _basket_work(project: Project, pick: Pick) -> None:
    basket = pick.of(project.baskets.all())
    items = [one.item.id for one in project.baskets.items(basket.id)]
    match pick.upto(5):
        case 0:
            project.baskets.delete(basket.id)
        case 1:
            project.baskets.rename(basket.id, pick.of(["Report", "Annex", "Else"]))
        case 2:
            project.baskets.set_note(pick.of(items), f"note {pick.upto(3)}")
        case 3:
            project.baskets.remove([pick.of(items)])
        case 4:
            project.baskets.move([pick.of(items)], pick.of([None, *items]))
        case _:
            project.baskets.add_heading(basket.id, f"Part {pick.upto(3)}")


def _split_code(project: Project, pick: Pick) -> None:
    code = pick.of(project.codebook.codes())
    codings = project.codebook.codings(code)
    project.codebook.split(code, codings[: 1 + pick.upto(2)], pick.of(["Hope/Small", "Trust/Part"]))


def _stand_alone(project: Project, pick: Pick) -> None:
    project.joining.stand_alone(pick.of(project.evidence.all()).submission.ref)


def _pseudonym(project: Project, pick: Pick) -> None:
    ref = pick.of(project.evidence.all()).submission.ref
    project.pseudonyms.choose(ref, pick.of(["Rosa", "Omar"]))


def _unpin(project: Project, pick: Pick) -> None:
    project.codebook.unpin(pick.of(_every(project)))


def _journal(project: Project, pick: Pick) -> None:
    if pick.upto(1):
        project.memos.write(About.JOURNAL, "", f"day {pick.upto(3)}")
    else:
        memo = pick.of(project.memos.all())
        project.memos.change(memo.id, pick.of(["", "said anew", "thought better"]))


def _turn_clash(project: Project, pick: Pick) -> None:
    clash = pick.of([one for one in project.merging.clashes() if one.turnable])
    project.merging.turn_round(clash.id)


def _leave_clash(project: Project, pick: Pick) -> None:
    project.merging.leave(pick.of(project.merging.clashes()).id, f"reason {pick.upto(2)}")


ACTS: dict[str, Callable[[Project, Pick], None]] = {
    "tag": _tag, "tag new": _tag_new, "untag": _untag, "memo": _memo, "mark": _mark,
    "recode": _recode,
    "resize": _resize, "add code": _add_code, "rename": _rename, "key": _key, "define": _define,
    "move": _move, "merge codes": _merge_codes, "delete code": _delete_code, "pin": _pin,
    "correct": _correct, "split": _split, "join": _join, "delete line": _delete_line,
    "insert line": _insert_line, "checked": _checked, "particulars": _particulars,
    "import": _import, "withdraw": _withdraw, "same": _same, "join submissions": _join_submissions,
    "basket": _basket, "read": _read, "undo": _undo, "redo": _redo,
    "remove transcript": _remove_transcript, "memo on": _memo_on, "sign": _sign, "unsign": _unsign,
    "decide": _decide, "adopt": _adopt, "assign": _assign, "filter": _filter,
    "basket work": _basket_work, "split code": _split_code, "stand alone": _stand_alone,
    "pseudonym": _pseudonym, "unpin": _unpin, "journal": _journal, "turn clash": _turn_clash,
    "leave clash": _leave_clash,
}  # fmt: skip
"""What people do, by name."""
