"""Clips: quotes from recordings, cut out of them as far as they may leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.domain.citation import UNCHECKED
from coder.domain.errors import NotFound, Refused, Unreadable
from coder.domain.model import Document, Permission, Segment, Submission
from coder.domain.omissions import Span
from coder.domain.quotes import Quote, QuoteFilter
from coder.domain.segments import spoken_between
from coder.domain.text import clock, counted
from coder.export.selection import Door, LeftOut, Place, Released, guarded_in, why_kept
from coder.jobs import Job
from coder.project.moment import at_one_moment
from coder.project.review import StaysIn, staying
from coder.store import counting, quotes
from coder.store.store import Store

if TYPE_CHECKING:
    from coder.export.clip_page import Clip

LONGEST_PADDING_MS = 10_000
"""The most that a clip may hold before the first word of its quote, and after the last."""


_SHORTEST_MS = 300
"""How long a word is taken to be at least."""
_TOUCH_MS = 200
"""What is spoken together for no longer is taken to follow one another."""
_FACE, _UNFILMED = "face and voice would tell who speaks", "there is no recording"
_FARTHEST_MS = 5_000
"""A film is not cut at a key frame that lies farther before than this."""


@dataclass(frozen=True, slots=True)
class ClipOptions:
    """How clips are cut: with how many milliseconds around the words (0…10,000), and `exact`ly to
    the instant, which encodes them anew, or else from the key frame before as they were filmed; to
    the instant too where that lies more than five seconds before. `sensitive` lets through what
    anyone marked as sensitive."""

    padding_ms: int = 500
    exact: bool = True
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class ClipsPreview:
    """What clips there would be: how many, from how many submissions and how long in all, where
    they are cut to the instant; and how many spoken passages stay in: for the reasons of every
    pack, because face and voice would tell an `anonymous` respondent, or `unfilmed`, where the
    transcript came without its recording. `stays` are all of them, by submission."""

    clips: int
    submissions: int
    length_ms: int
    left_out: LeftOut
    anonymous: int
    unfilmed: int
    stays: tuple[StaysIn, ...] = ()

    def stays_in(self) -> str:
        """A sentence for people on what stays in; empty where nothing does."""
        told = [str(self.left_out)]
        if self.anonymous:
            passages = counted(self.anonymous, "anonymous passage")
            told.append(f"{passages} left out: face and voice would tell who speaks.")
        if self.unfilmed:
            told.append(f"{counted(self.unfilmed, 'passage')} left out: there is no recording.")
        return " ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class ClipsReport:
    """The clips that were written, what stays in, and in sentences what could not be cut."""

    folder: Path
    clips: tuple[Clip, ...]
    preview: ClipsPreview
    problems: tuple[str, ...]

    def __str__(self) -> str:
        held = counted(len(self.clips), "clip")
        return " ".join(filter(None, (f"{held}.", self.preview.stays_in(), *self.problems)))

    def as_json(self) -> dict[str, Any]:
        """The fields for scripts."""
        return {
            "folder": str(self.folder),
            "clips": [
                {
                    **{
                        name: value
                        for name, value in one.quote.as_json().items()
                        if name in ("id", "ref", "attribution", "citation", "quote")
                    },
                    "file": one.path.name,
                    "start_ms": one.start_ms,
                    "end_ms": one.end_ms,
                    "notes": one.notes,
                }
                for one in self.clips
            ],
            "left_out": {
                **asdict(self.preview.left_out),
                "face_or_voice": self.preview.anonymous,
                "no_recording": self.preview.unfilmed,
            },
            "problems": list(self.problems),
        }


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A quote that may leave, with its recording and when it is spoken there; `free_from_ms` and
    `free_to_ms` bound what is around it without anything that must stay in."""

    quote: Released
    media: Document
    segments: Sequence[Segment]
    first_ms: int
    last_ms: int
    free_from_ms: int
    free_to_ms: int | None


class Clips:
    """What a report writer shows."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @at_one_moment
    def preview(self, wanted: QuoteFilter, options: ClipOptions = ClipOptions()) -> ClipsPreview:
        """What `export` would cut, without reading a recording."""
        return self._choose(wanted, options)[1]

    def export(
        self,
        wanted: QuoteFilter,
        folder: Path,
        options: ClipOptions = ClipOptions(),
        job: Job | None = None,
    ) -> ClipsReport:
        """Cuts each spoken quote that the filter asks for and that may be published out of its
        recording, into a folder that is made where it is not there yet, with subtitles beside, and
        a page and a table of them all.

        Of anonymous respondents there is never a clip. Nothing around the words is in it that
        anyone marked as sensitive, unless the options ask for it. A recording that cannot be cut is
        told, and the others are. Raises Refused where there is nothing to cut, EvidenceError where
        the folder or a file cannot be written, and Cancelled; the clips written by then stay.
        """
        from coder.export.clip_page import write_listing

        job = job or Job()
        chosen, preview = self._choose(wanted, options)
        if not chosen:
            raise Refused("There is no clip to cut; nothing was written.", preview.stays_in())
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Refused(
                f"The folder “{folder.name}” could not be made ({problem.strerror}).",
                "Choose another.",
            ) from problem
        made: list[Clip] = []
        problems: list[str] = []
        try:
            for number, one in enumerate(chosen):
                job.check()
                at = clock(one.first_ms)
                job.report(number, len(chosen), f"Cutting {one.quote.ref}, {at}")
                try:
                    made.append(self._cut(one, folder, options, job))
                except (Unreadable, NotFound) as problem:
                    problems.append(f"{one.quote.ref}, {at}: {problem.what}")
        finally:
            if made:
                today = datetime.now().astimezone().date()
                write_listing(made, self._store.read.inquiry().title, today, folder)
        return ClipsReport(folder, tuple(made), preview, tuple(problems))

    def _cut(self, one: _Wanted, folder: Path, options: ClipOptions, job: Job) -> Clip:
        from coder.export.clip_page import Clip, words_of, write_subtitles
        from coder.export.clips import cut, poster_of

        start_ms, end_ms = _span(one, options)
        document_id, start, end = one.quote.place
        hearing = self._store.read.hearing_of(document_id)
        made = cut(
            self._store.original_file(one.media),
            start_ms,
            end_ms,
            folder / _name(one),
            exact=options.exact,
            not_before_ms=max(one.free_from_ms, start_ms - _FARTHEST_MS),
            track=hearing.track if hearing else 0,
            name=one.media.title,
            job=job,
        )
        said = words_of(one.segments, start, end, made.start_ms)
        draft = UNCHECKED if one.quote.machine_draft else ""
        told = (f"{one.quote.attribution} {one.quote.citation}", draft)
        return Clip(
            one.quote,
            made.path,
            made.start_ms,
            made.end_ms,
            one.first_ms,
            made.picture,
            made.encoded and not options.exact,
            poster_of(made.path),
            write_subtitles(said, made.path, told),
            hearing.language if hearing else "",
        )

    def _choose(
        self, wanted: QuoteFilter, options: ClipOptions
    ) -> tuple[list[_Wanted], ClipsPreview]:
        """The quotes to be cut, each passage once, and an account of them and the others."""
        read, reader = self._store.read, self._store.reader
        marked = list(counting.sensitive(reader))
        spoken = _Spoken(self._store, marked)
        found = [
            one for one in quotes.each(reader, wanted, read.codes()) if one.time_ms is not None
        ]
        places = {(one.document_id, one.start, one.end) for one in found}
        hidden = {one.document_id for one in found if one.permission is Permission.ANONYMOUS}
        guarded = (
            {} if options.sensitive else guarded_in([*marked, *filter(spoken.touches, places)])
        )
        submissions = read.submissions()
        door = Door(submissions, {one: read.document(one).text for one in hidden}, guarded)
        let = list(door.let(found))
        released = {quote.place: quote for quote in let}.values()
        shown = [one for one in released if one.permission is not Permission.ANONYMOUS]
        located = [spoken.wanted(quote, free=options.sensitive) for quote in shown]
        chosen = [one for one in located if one is not None]
        preview = ClipsPreview(
            len(chosen),
            len({one.quote.ref for one in chosen}),
            sum(max(0, end - start) for start, end in (_span(one, options) for one in chosen)),
            door.left_out,
            len(released) - len(shown),
            len(located) - len(chosen),
            _stays(found, {one.quote.place for one in chosen}, submissions, guarded),
        )
        return chosen, preview


class _Spoken:
    """When passages of transcripts are spoken, each transcript read once."""

    def __init__(self, store: Store, sensitive: Iterable[Place]) -> None:
        self._read = store.read
        self._segments: dict[str, list[Segment]] = {}
        self._sensitive: dict[str, list[Place]] = {}
        for place in sensitive:
            self._sensitive.setdefault(place[0], []).append(place)

    def touches(self, place: Place) -> bool:
        """Whether something sensitive is spoken at the same time."""
        first, last = self._when(place)
        return any(
            min(end, last) - max(start, first) > _TOUCH_MS
            for start, end in self._sensitive_times(place[0])
        )

    def wanted(self, quote: Released, *, free: bool) -> _Wanted | None:
        """What is to be cut for a quote, None where there is no recording; with `free` sensitive
        passages may be around it."""
        document_id = quote.place[0]
        transcript = self._read.header(document_id)
        media = self._read.header(transcript.source_id or "") if transcript else None
        if media is None:
            return None
        first, last = self._when(quote.place)
        times = [] if free else list(self._sensitive_times(document_id))
        before = [min(to_ms, first) for from_ms, to_ms in times if from_ms < first]
        behind = [max(from_ms, last) for from_ms, to_ms in times if to_ms > last]
        return _Wanted(
            quote,
            media,
            self._lines(document_id),
            first,
            last,
            max(before, default=0),
            min(behind, default=None),
        )

    def _sensitive_times(self, document_id: str) -> Iterator[tuple[int, int]]:
        return map(self._when, self._sensitive.get(document_id, ()))

    def _when(self, place: Place) -> tuple[int, int]:
        document_id, start, end = place
        lines = self._lines(document_id)
        first, last = spoken_between(lines, start, end) or (0, 0)
        return first, max(last, first + _SHORTEST_MS)

    def _lines(self, document_id: str) -> list[Segment]:
        if document_id not in self._segments:
            self._segments[document_id] = self._read.segments(document_id)
        return self._segments[document_id]


def _span(one: _Wanted, options: ClipOptions) -> tuple[int, int]:
    """From when to when a clip is cut to the instant: the words with what is around them, as far as
    the recording goes and nothing around has to stay in."""
    padding = min(max(0, options.padding_ms), LONGEST_PADDING_MS)
    ends = (one.last_ms + padding, one.free_to_ms, one.media.media_ms)
    return max(one.free_from_ms, one.first_ms - padding), min(end for end in ends if end)


def _stays(
    found: Sequence[Quote],
    chosen: set[Place],
    submissions: Sequence[Submission],
    guarded: Mapping[str, Sequence[Span]],
) -> tuple[StaysIn, ...]:
    """Which spoken passages, each once, are not cut, and why."""
    every = {(one.document_id, one.start, one.end): one for one in found}
    left = [one for place, one in every.items() if place not in chosen]
    whys = why_kept(left, submissions, guarded)
    told = [
        why or (_FACE if one.permission is Permission.ANONYMOUS else _UNFILMED)
        for one, why in zip(left, whys, strict=True)
    ]
    return tuple(staying(left, told, submissions))


def _name(one: _Wanted) -> str:
    """The clip's name without an ending: `SIC0031 02.14 3f2a9c-1045-158`."""
    place = one.quote.id.removeprefix(f"{one.quote.ref}-")
    return f"{one.quote.ref} {clock(one.first_ms).replace(':', '.')} {place}"
