"""Changes of rows in words that a reviewer understands: who tagged which words with what, and what
stood there before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coder.analysis.consistency.findings import KIND_NAMES
from coder.domain.sight import Others, Sight
from coder.domain.text import clock
from coder.domain.together import AGREED
from coder.project.trail_names import Names
from coder.store.reads import Reads
from coder.store.rows import Row
from coder.store.trail import Change

WITHDRAWN = "something that has been withdrawn since"
_SINGLE = str.maketrans("“”„", "‘’‚")
LONGEST = 90
"""Words beyond so many characters are cut short where a change is told in one line."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words that go on from the name of who made it (`tagged “our kettle” …`).

    `before` and `after` are what stood there and what stands there, where that says more.
    `submission_id`, `document_id` and the span say where to look, as far as there is a place.
    """

    words: str
    before: str = ""
    after: str = ""
    submission_id: str = ""
    document_id: str = ""
    start: int = 0
    end: int = 0


class Teller:
    """Tells changes, as far as they are in sight."""

    def __init__(self, db: sqlite3.Connection, sight: Sight = Sight()) -> None:  # noqa: B008
        self.names = Names(db)
        self._read = Reads(db)
        self._sight = sight
        self._declared: set[str] | None = None

    def tell(self, changes: Sequence[Change], coder_id: str = "") -> list[Told]:
        """What these changes of one coder's step say, those that say nothing to a person left
        out: where a tag only went along with its text, or a row got another number."""
        self.names.know(changes)
        return [one for change in changes for one in self._told(change, coder_id)]

    # What happened

    def _told(self, change: Change, coder_id: str) -> Iterator[Told]:
        if change.erased:
            yield Told(f"changed {WITHDRAWN}")
        elif not self._hidden(change):
            teller = _TELLERS.get(change.table)
            if teller is not None:
                yield from teller(self.names, replace(change, by=coder_id))

    def _hidden(self, change: Change) -> bool:
        """Whether this is another's tag that the person at work is not to see."""
        if self._sight.whole or change.table != "codings":
            return False
        row = change.either
        if row["coder_id"] == self._sight.coder_id:
            return False
        if self._sight.others is Others.HIDDEN:
            return True
        if self._declared is None:
            known = self._read.readings(self._sight.coder_id)
            self._declared = {one for one, reading in known.items() if reading.coded_at}
        return row["document_id"] not in self._declared


def _passage(names: Names, row: Row) -> dict[str, Any]:
    there = names.there(row["document_id"])
    return {**there, "start": row["start"], "end": row["end"]} if there else {}


def _submission(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    ref, there = row["ref"], _dict(submission_id=change.row_id)
    who = ", ".join(dict.fromkeys(filter(None, (row["respondent"], row["organisation"]))))
    if change.before is None:
        yield Told(f"brought in {ref}{f' ({who})' if who else ''}", **there)
    elif change.after is None:
        yield Told(f"removed {ref}{f' ({who})' if who else ''}")
    else:
        for name, old, new in _differing(change, _PARTICULARS):
            was, now = (names.ref(o) if o and name == "of_id" else o for o in (old, new))
            what = f"the {_PARTICULARS[name]} of {ref}"
            if name == "pseudonym":
                done = "chose" if not old else "changed" if new else "took away"
                yield Told(f"{done} {what}", **there)
                continue
            yield _from_to(what, was, now, as_words=name not in _CHOSEN, **there)


def _document(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    ref = names.ref(row["submission_id"])
    there = _dict(submission_id=row["submission_id"], document_id=change.row_id)
    named = f"“{row['title']}”"
    if change.before is None:
        yield Told(f"added {named} to {ref}", **there)
    elif change.after is None:
        yield Told(f"removed {named} from {ref}")
    else:
        before = change.before
        if before["submission_id"] != row["submission_id"]:
            old = names.ref(before["submission_id"])
            yield Told(f"moved {named} from {old} to {ref}", **there)
        if before["machine_draft"] != row["machine_draft"]:
            state = "an unchecked draft again" if row["machine_draft"] else "checked"
            yield Told(f"marked {named} ({ref}) as {state}", **there)
        for name, old, new in _differing(change, _OF_DOCUMENT):
            told = f"the {_OF_DOCUMENT[name]} of {named} ({ref})"
            yield _from_to(told, old, new, **there)


def _segment(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    at = f"in {names.titled(row['document_id'])}, {clock(row['start_ms'])}"
    there = names.there(row["document_id"])
    if change.before is None:
        yield Told(f"put in “{short(row['text'])}” {at}", "", row["text"], **there)
    elif change.after is None:
        yield Told(f"deleted “{short(row['text'])}” {at}", row["text"], "", **there)
    else:
        before = change.before
        old, new = before["text"], row["text"]
        if old != new:
            words = f"corrected “{short(old)}” to “{short(new)}” {at}"
            yield Told(words, old, new, **there)
        if before["speaker"] != row["speaker"]:
            yield _from_to(
                f"the speaker of “{short(new)}” {at}",
                before["speaker"],
                row["speaker"],
                **there,
            )
        if before["checked"] < row["checked"] and old == new:
            yield Told(f"confirmed “{short(new)}” {at}", **there)


def _code(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    path = names.code(change.row_id, row["name"])
    if change.before is None:
        yield Told(f"made the code {_path(path)}", "", _meaning(row))
        return
    if change.after is None:
        yield Told(f"deleted the code {_path(path)}", _meaning(row), "")
        return
    before = change.before
    if before["name"] != row["name"]:
        yield Told(
            f"renamed the code “{before['name']}” to “{row['name']}”",
            before["name"],
            row["name"],
        )
    if before["parent_id"] != row["parent_id"]:
        old, new = (names.code(r["parent_id"]) if r["parent_id"] else "" for r in (before, row))
        to = f"below {_path(new)}" if new else "to the top"
        yield Told(f"moved the code “{row['name']}” {to}", old or "the top", new or "the top")
    for name, old, new in _differing(change, _OF_CODE):
        yield _from_to(f"the {_OF_CODE[name]} of the code {_path(path)}", old, new)
    yield from _pinned(before, row, path)


def _pinned(before: Row, after: Row, path: str) -> Iterator[Told]:
    old, new = (set(json.loads(row["examples"])) for row in (before, after))
    if new - old:
        yield Told(f"pinned an example of the code {_path(path)}")
    if old - new:
        yield Told(f"unpinned an example of the code {_path(path)}")


def _coding(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    there = _passage(names, row)
    passage = f"“{short(row['quote'])}” {names.where(row['document_id'], row['start'])}"
    named = _path(names.code(row["code_id"]))
    whose = names.coder(row["coder_id"])
    theirs = ", as agreed" if whose == AGREED else f", {whose}’s tag"
    if row["coder_id"] == change.by:
        theirs = ""
    if change.before is None:
        yield Told(f"tagged {passage} with {named}{theirs}", "", row["quote"], **there)
        if row["memo"]:
            yield Told(f"wrote a memo on {passage}", "", row["memo"], **there)
        return
    if change.after is None:
        words = f"removed the tag {named} from {passage}{theirs}"
        yield Told(words, row["quote"], "", **there)
        return
    before = change.before
    if before["code_id"] != row["code_id"]:
        old = names.code(before["code_id"])
        words = f"recoded {passage} from {_path(old)} to {named}{theirs}"
        yield Told(words, old, names.code(row["code_id"]), **there)
    if before["quote"] != row["quote"]:
        words = f"changed the passage tagged with {named} to {passage}{theirs}"
        yield Told(words, before["quote"], row["quote"], **there)
    if before["memo"] != row["memo"]:
        verb = "changed the" if before["memo"] and row["memo"] else "wrote a"
        verb = verb if row["memo"] else "removed the"
        words = f"{verb} memo on {passage}{theirs}"
        yield Told(words, before["memo"], row["memo"], **there)
    for name, (on, off) in _MARKS.items():
        if before[name] != row[name]:
            yield Told(f"{on if row[name] else off} {passage}{theirs}", **there)


def _memo(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    verb = "changed the memo" if change.before and change.after else "wrote a memo"
    verb = verb if change.after else "removed the memo"
    of, about = row["of_id"], row["about"]
    there: dict[str, Any] = {}
    if about == "submission":
        what, there = f"on {names.ref(of)}", _dict(submission_id=of)
    elif about == "document":
        what, there = f"on {names.titled(of)}", names.there(of)
    elif about == "code":
        what = f"on the code {_path(names.code(of))}"
    else:
        what = "in the journal" if about == "journal" else "on the inquiry"
    old, new = ((image or {}).get("text", "") for image in (change.before, change.after))
    yield Told(f"{verb} {what}: “{short(new or old)}”", old, new, **there)


def _reading(names: Names, change: Change) -> Iterator[Told]:
    before, after = change.before or {}, change.after or {}
    there = names.there(change.either["document_id"])
    named = names.titled(change.either["document_id"])
    if bool(before.get("coded_at")) != bool(after.get("coded_at")):
        took = "declared {} coded" if after.get("coded_at") else "took back that {} is coded"
        yield Told(took.format(named), **there)
    elif bool(before.get("read_at")) != bool(after.get("read_at")):
        took = "read {}" if after.get("read_at") else "marked {} as unread"
        yield Told(took.format(named), **there)


def _receipt(names: Names, change: Change) -> Iterator[Told]:
    del names
    row = change.either
    name = " / ".join(filter(None, (row["path"], row["inside"])))
    if name and change.before is None and not row["submission_id"]:
        yield Told(f"noted “{name}”: {row['outcome']}", "", row["what"])


def _hearing(names: Names, change: Change) -> Iterator[Told]:
    named = names.titled(change.either["media_id"])
    if change.before is None:
        yield Told(f"put {named} in the queue to be transcribed", "", change.either["model"])
    elif change.after is None:
        yield Told(f"took {named} out of the queue")
    else:
        for _, old, new in _differing(change, {"standing": "standing"}):
            yield _from_to(f"the standing of {named} in the queue", old, new, as_words=False)


def _basket(names: Names, change: Change) -> Iterator[Told]:
    del names
    yield from _named_thing("basket", change)


def _filter(names: Names, change: Change) -> Iterator[Told]:
    del names
    yield from _named_thing("filter", change)


def _item(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    said = f"“{short(row['quote'] or row['text'])}”"
    if row["document_id"]:
        said += f" {names.where(row['document_id'], row['start'])}"
    if change.before is None:
        yield Told(f"put {said} into a basket")
    elif change.after is None:
        yield Told(f"took {said} out of a basket")
    else:
        for name, old, new in _differing(change, _OF_ITEM):
            yield _from_to(f"the {_OF_ITEM[name]} of {said} in a basket", old, new)


def _inquiry(names: Names, change: Change) -> Iterator[Told]:
    del names
    if change.before is None:
        yield Told(f"made the inquiry “{change.either['title']}”")
    else:
        for name, old, new in _differing(change, _OF_INQUIRY):
            yield _from_to(f"the {_OF_INQUIRY[name]} of the inquiry", old, new)


def _assignment(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    ref, to = names.ref(row["submission_id"]), names.coder(row["coder_id"])
    there = _dict(submission_id=row["submission_id"])
    if change.after is None:
        yield Told(f"took {ref} from {to}", **there)
    else:
        twice = ", to be coded by several" if row["twice"] else ""
        yield Told(f"gave {ref} to {to} to code{twice}", **there)


def _decision(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    there = _passage(names, row)
    at = names.where(row["document_id"], row["start"])
    did = "settled" if change.after else "opened again"
    how = f": {_HOW.get(row['how'], row['how'])}" if change.after else ""
    yield Told(f"{did} a disagreement {at}{how}", "", row["why"], **there)


def _dismissal(names: Names, change: Change) -> Iterator[Told]:
    del names
    row = change.either
    did = "dismissed" if change.after else "brought back"
    kind = KIND_NAMES.get(row["kind"], row["kind"])
    yield Told(f"{did} the finding “{kind}”", "", row["reason"])


def _sign_off(names: Names, change: Change) -> Iterator[Told]:
    row = change.either
    there = _dict(submission_id=row["of_id"])
    version = f", version {row['version']}" if row["version"] else ""
    what = names.ref(row["of_id"]) if row["of_id"] else f"the codebook{version}"
    did = "signed off" if change.after else "took back the sign-off of"
    yield Told(f"{did} {what}", "", row["note"], **there)


def _coder(names: Names, change: Change) -> Iterator[Told]:
    del names
    if change.before and change.after:
        old, new = change.before["name"], change.after["name"]
        yield Told(f"renamed the coder {old} to {new}", old, new)


_TELLERS: dict[str, Callable[[Names, Change], Iterator[Told]]] = {
    "submissions": _submission,
    "documents": _document,
    "segments": _segment,
    "codes": _code,
    "codings": _coding,
    "memos": _memo,
    "readings": _reading,
    "receipts": _receipt,
    "hearings": _hearing,
    "baskets": _basket,
    "basket_items": _item,
    "filters": _filter,
    "inquiry": _inquiry,
    "assignments": _assignment,
    "decisions": _decision,
    "dismissals": _dismissal,
    "sign_offs": _sign_off,
    "coders": _coder,
}

_PARTICULARS = {
    "ref": "reference",
    "respondent": "respondent",
    "organisation": "organisation",
    "type": "type",
    "permission": "permission",
    "region": "region",
    "received": "day of receipt",
    "channel": "channel",
    "status": "status",
    "flags": "flags",
    "of_id": "submission it goes with",
    "pseudonym": "pseudonym",
    "also_masked": "words to mask",
}
_CHOSEN = frozenset({"type", "permission", "status", "flags", "of_id", "channel"})
"""What is chosen and not written."""
_OF_DOCUMENT = {"title": "title", "question": "question", "text": "text"}
_OF_CODE = {
    "definition": "definition",
    "use_when": "“use when”",
    "not_when": "“do not use when”",
    "colour": "colour",
    "key": "key",
}
_HOW = {"accepted": "one side accepted", "both": "all of it kept", "left": "left as it is"}
_OF_ITEM = {"text": "words", "note": "note", "quote": "words"}
_OF_INQUIRY = {"title": "title", "prefix": "prefix", "closes": "closing day", "terms": "terms"}
_MARKS = {
    "marked": ("marked for use", "unmarked"),
    "sensitive": ("marked as sensitive", "marked as not sensitive"),
}


def short(words: str) -> str:
    """The words on one line, cut short where they are long, to stand between double marks."""
    told = " ".join(words.split()).translate(_SINGLE)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"


def _differing(change: Change, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    before, after = change.before or {}, change.after or {}
    for name in names:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield name, _plain(old), _plain(new)


def _dict(**there: Any) -> dict[str, Any]:
    return there


def _plain(value: Any) -> str:
    told = "" if value is None else str(value)
    return ", ".join(json.loads(told)) if told.startswith("[") else told


def _from_to(what: str, old: str, new: str, *, as_words: bool = True, **there: Any) -> Told:
    said = "“{}”" if as_words else "{}"
    was, now = (said.format(short(one)) if one else "nothing" for one in (old, new))
    return Told(f"changed {what} from {was} to {now}", old or "nothing", new or "nothing", **there)


def _path(path: str) -> str:
    return f"“{path.replace('/', ' / ')}”"


def _meaning(row: Row) -> str:
    return str(row["definition"])


def _named_thing(what: str, change: Change) -> Iterator[Told]:
    name = change.either["name"]
    if change.before is None:
        yield Told(f"made the {what} “{name}”")
    elif change.after is None:
        yield Told(f"deleted the {what} “{name}”")
    elif change.before["name"] != name:
        old = change.before["name"]
        yield Told(f"renamed the {what} “{old}” to “{name}”", old, name)
