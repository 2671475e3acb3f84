"""The few words beside a submission: how far its recordings are, what it allows, and what is
special about it."""

from __future__ import annotations

from collections.abc import Mapping

from coder.domain.model import Document, DocumentKind, Permission, Standing, Status
from coder.project.evidence import SET_ASIDE, SubmissionView
from coder.project.taking import NOTHING, UNFINISHED, unfinished
from coder.ui.names import PERMISSIONS_TOLD

_IN_QUEUE = {
    Standing.WAITING: ("waits", "waits to be transcribed"),
    Standing.HELD: ("held back", "held back in the queue of transcription"),
    Standing.FAILED: ("given up", "given up: the queue of transcription says why"),
}
_BEING_HEARD = ("being heard", "being transcribed")
_HALF_HEARD = ("half heard", "transcribed in part only")
_NOT_HEARD = ("not transcribed", "a recording that is not transcribed yet")
_SILENT = ("no speech", NOTHING[:1].lower() + NOTHING[1:].rstrip("."))
_DRAFT = ("draft", "machine draft, not yet checked by a person")
_CHECKED = ("checked", "transcript checked by a person")
_SHORT = {
    Permission.ANONYMOUS: "without name",
    Permission.WITHHELD: "do not publish",
    Permission.UNKNOWN: "permission?",
}
"""What a permission is called in a line, where that has little room."""

LETTER = "campaign letter"
SIGNED, LAPSED = "signed off", "sign-off lapsed"
_FLAGS = {
    "wishes": "asks",
    "needs-ocr": "needs OCR",
    "campaign": LETTER,
    "several-senders": "several senders",
}


_FAR = (
    _IN_QUEUE[Standing.FAILED],
    _NOT_HEARD,
    _IN_QUEUE[Standing.HELD],
    _IN_QUEUE[Standing.WAITING],
    _BEING_HEARD,
    _HALF_HEARD,
    _SILENT,
    _DRAFT,
    _CHECKED,
)
_NOBODY: Mapping[str, Standing] = {}


def badges(view: SubmissionView) -> list[str]:
    """The few words beside a submission that a reader should not miss, the permission first unless
    it is to publish with the name."""
    submission = view.submission
    words = [_FLAGS.get(flag, flag) for flag in submission.flags]
    if submission.status in SET_ASIDE:
        words.insert(0, f"{submission.status}{f' of {view.of}' if view.of else ''}")
    if submission.status is Status.JOINED:
        words[0] = f"joined with {view.of}"
    if submission.status is Status.WITHDRAWN:
        return words
    if submission.permission is not Permission.NAMED:
        words.insert(0, PERMISSIONS_TOLD[submission.permission])
    words[:0] = [told for _, told in work(view)]
    if view.given:
        words.append(f"for {' and '.join(view.given)}")
    if view.signed.now or view.signed.before:
        words.append(SIGNED if view.signed.now else LAPSED)
    if any(set(document.problems) - {UNFINISHED, NOTHING} for document in view.documents):
        words.append("see note")
    return words


def short_badges(view: SubmissionView, waits: Mapping[str, Standing]) -> list[str]:
    """The same, as short as a line of the list needs them."""
    told = [full for _, full in work(view)]
    permission = PERMISSIONS_TOLD[view.submission.permission]
    short = {permission: _SHORT.get(view.submission.permission, permission)}
    rest = [one for one in badges(view) if one not in told]
    return [*(one for one, _ in work(view, waits)), *(short.get(one, one) for one in rest)]


def work(view: SubmissionView, waits: Mapping[str, Standing] = _NOBODY) -> list[tuple[str, str]]:
    """How far a machine and a person are with the texts that a machine makes of recordings and
    pictures: what is least far first, in a word and in full. `waits` says of recordings by their
    ids how they stand in the queue."""
    if view.submission.status in (Status.WITHDRAWN, Status.JOINED):
        return []
    made = {one.source_id: one for one in view.documents if one.source_id}
    found = {
        _work_on(one, made.get(one.id), waits.get(one.id), silent=_is_silent(view, one))
        for one in view.documents
        if one.kind is DocumentKind.MEDIA and not one.silent
    }
    if any(one.machine_draft and one.source_id is None for one in view.documents):
        found.add(_DRAFT)
    return [one for one in _FAR if one in found]


def _is_silent(view: SubmissionView, media: Document) -> bool:
    """Whether no speech was found in a recording, and none put in since."""
    return any(
        NOTHING in one.problems and not view.lengths.get(one.id)
        for one in view.documents
        if one.source_id == media.id
    )


def _work_on(
    media: Document, transcript: Document | None, standing: Standing | None, *, silent: bool
) -> tuple[str, str] | None:
    """How far one recording is; nothing for one with a transcript that was sent in with it."""
    if transcript is None:
        return _IN_QUEUE.get(standing, _NOT_HEARD) if standing else _NOT_HEARD
    if unfinished(transcript):
        if standing is Standing.WAITING:
            return _BEING_HEARD
        return _IN_QUEUE.get(standing, _HALF_HEARD) if standing else _HALF_HEARD
    if transcript.machine_draft:
        return _SILENT if silent else _DRAFT
    return _CHECKED if transcript.original == media.original else None
