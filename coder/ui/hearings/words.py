"""What becomes of a recording in the queue, in words: for the list, the status line and screen
readers."""

from __future__ import annotations

from coder.domain.model import Standing
from coder.domain.text import clock, counted
from coder.jobs import Progress
from coder.project.languages import language_name
from coder.project.manner import short_name
from coder.project.recordings import Listed
from coder.project.taking import NOTHING
from coder.ui.hearings.crew import Crew
from coder.ui.status import spoken_left

WAITS, HEARD, HELD, FAILED, DONE = range(5)
"""What a recording is doing: waiting its turn, being heard, held back, given up, done."""

_HEARING = "Transcribing"


def doing(crew: Crew, row: Listed) -> int:
    """What a recording is doing now."""
    if row.hearing.id in crew.running:
        return HEARD
    if row.hearing.id in crew.settling and row.hearing.id not in crew.problems:
        return HEARD
    if row.hearing.id in crew.problems:
        return FAILED
    standings = {Standing.WAITING: WAITS, Standing.HELD: HELD, Standing.FAILED: FAILED}
    return standings.get(row.hearing.standing, DONE)


def share(crew: Crew, row: Listed) -> float:
    """How much of a recording was heard, 0…1; −1 where nobody can say."""
    state = doing(crew, row)
    if state == DONE:
        return 1.0
    progress = _progress(crew, row)
    if progress and _listens(progress):
        left = progress.total - progress.done
        return max(0.0, 1 - left / max(progress.total, row.media_ms, 1))
    if row.media_ms:
        return min(1.0, row.heard_ms / row.media_ms)
    return 0.0 if state != HEARD else -1.0


def state(crew: Crew, row: Listed) -> str:
    """What becomes of a recording, in a line."""
    now, far = doing(crew, row), f"{max(0.0, share(crew, row)):.0%}"
    if now == HEARD:
        return told(crew, row)
    if now == FAILED:
        return f"Given up: {problem(crew, row)}"
    if now == DONE:
        return _done(row)
    begun = f" · {far} heard" if row.heard_ms else ""
    if now == HELD:
        return f"Held back{begun}"
    return f"{'Waiting; all is paused' if crew.paused else 'Waiting'}{begun}"


def told(crew: Crew, row: Listed) -> str:
    """How far a recording is that is being heard: `Being heard 41% · about 2 min left`."""
    progress = _progress(crew, row)
    if progress is None or not _listens(progress):
        label = _lowered(progress.label) if progress else ""
        return f"Getting ready: {label}" if label else "Getting ready"
    left = spoken_left(progress)
    far = f"Being heard {share(crew, row):.0%}"
    return f"{far} · {left}" if left else far


def problem(crew: Crew, row: Listed) -> str:
    """Why a recording was given up, with the next step."""
    return crew.problems.get(row.hearing.id) or row.hearing.problem


def next_step(crew: Crew, row: Listed) -> str:
    """What can be done here about a recording that was given up: another model helps only where it
    was the model."""
    other = "model" in problem(crew, row).casefold() and not row.hearing.transcript_id
    changed = " “Change how…” chooses another model." if other else ""
    return f"“Try again” lets it wait its turn once more.{changed}"


def notes(row: Listed) -> list[str]:
    """What a person must know of a transcript that is done, such as where its sound breaks off;
    that there is none stands where the text would."""
    done = row.hearing.standing is Standing.DONE
    return [one for one in row.notes if one != NOTHING] if done else []


def manner(row: Listed) -> str:
    """How a recording is heard, in a line: model, language, sound track, voices."""
    hearing = row.hearing
    model = short_name(hearing.model) or "best model"
    parts = [model, language_name(hearing.language)]
    if hearing.track:
        parts.append(f"sound track {hearing.track + 1}")
    if hearing.apart:
        parts.append("left and right apart")
    if hearing.again and not hearing.transcript_id:
        parts.append("in place of its transcript")
    return " · ".join(parts)


def length(row: Listed) -> str:
    """How long a recording is, on a clock; nothing where it does not say."""
    return clock(row.media_ms) if row.media_ms else ""


def summary(crew: Crew) -> str:
    """All of it in a line, for the status line; nothing where nothing is to be heard."""
    waiting = f"{crew.waiting():,} waiting" if crew.waiting() else ""
    failed = f"{crew.given_up():,} not transcribed" if crew.given_up() else ""
    if crew.paused and waiting and not crew.running:
        return " · ".join(filter(None, ("transcription paused", waiting, failed)))
    rows = [row for row in crew.rows if row.hearing.id in crew.running]
    if not rows:
        return " · ".join(filter(None, (waiting, failed)))
    first = rows[0]
    progress = crew.running.get(first.hearing.id)
    far = left = ""
    if _listens(progress):
        far = f" {share(crew, first):.0%}"
        left = f" ({spoken_left(progress)})" if spoken_left(progress) else ""
    more = f"{len(rows) - 1:,} more at once" if len(rows) > 1 else ""
    line = f"transcribing {first.ref or first.title}{far}{left}"
    return " · ".join(part for part in (line, more, waiting, failed) if part)


def totals(crew: Crew) -> str:
    """How many recordings do what, for below the list."""
    several: dict[int, int] = {}
    for row in crew.rows:
        now = doing(crew, row)
        several[now] = several.get(now, 0) + 1
    names = {HEARD: "being heard", WAITS: "waiting", HELD: "held back", FAILED: "given up"}
    parts = [f"{several[one]:,} {name}" for one, name in names.items() if one in several]
    if DONE in several:
        parts.append(f"{several[DONE]:,} done since the inquiry was opened")
    return " · ".join((counted(len(crew.rows), "recording"), *parts)) if crew.rows else ""


def _done(row: Listed) -> str:
    if NOTHING in row.notes:
        return f"Done: {_lowered(NOTHING)}"
    if row.notes:
        return f"Done: {row.notes[0]}"
    return "Done: a machine draft. Listen before you quote."


def _progress(crew: Crew, row: Listed) -> Progress | None:
    """How far a recording is that is being heard, or was to the end a moment ago."""
    return crew.running.get(row.hearing.id) or crew.settling.get(row.hearing.id)


def _listens(progress: Progress | None) -> bool:
    """Whether the machine is listening by now, and not checking a file or a model."""
    return progress is not None and progress.label.startswith(_HEARING)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
