"""Where each coding's stripe and name stand in the right margin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from coder.ui.reader.frame import Frame
from coder.ui.reader.marks import Mark, Marks

PITCHES = (10.0, 7.0, 5.0)
"""How far apart lanes stand, in pixels: the widest at which all in view fit, or the narrowest."""

BAR = 4.0
TARGET = 24.0
"""The least height, in pixels, that can be hit with ease (WCAG 2.2, 2.5.8)."""

_EDGE = 8.0
_LEAST_NAME = 56.0


@dataclass(frozen=True)
class Stripe:
    """A mark's stripe in pixels of the margin, and the place of its name where there is room.

    `pitch` is the width of its lane; `group` the index of its coder where stripes are by coder,
    else -1.
    """

    mark: Mark
    bar: QRectF
    pitch: float
    label: QRectF | None = None
    group: int = -1

    @property
    def target(self) -> QRectF:
        """Where a click is meant for it."""
        aside = (self.pitch - self.bar.width()) / 2
        high = max(TARGET, self.bar.height() + 4)
        return QRectF(self.bar.left() - aside, self.bar.top() - 2, self.pitch, high)

    def holds(self, place: QPointF) -> bool:
        """Whether a click at this place is meant for this stripe."""
        return self.target.contains(place) or (
            self.label is not None and self.label.contains(place)
        )


@dataclass(frozen=True)
class Rest:
    """The marks around a place for whose stripes or names there is no room, told as “+7”."""

    marks: list[Mark]
    place: QRectF


@dataclass(frozen=True)
class Arrangement:
    """What stands in the margin: stripes in reading order, and what did not fit."""

    stripes: list[Stripe] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)


def arrange(
    frame: Frame, marks: Marks, width: float, metrics: QFontMetricsF, by: str = "code"
) -> Arrangement:
    """The stripes of the marks in view, in lanes among all, or by `"coder"` among each coder's.

    A name stands at its stripe's top, or at the top of the view where the stripe comes from above;
    names that would collide move down. A stripe in a lane that does not fit, and a name that would
    lose touch with its stripe, is told of by a `Rest` beside the nearest name.
    """
    if not frame.rows or not frame.marks:
        return Arrangement()
    coders = marks.coders
    lanes = _lanes(frame.marks, marks, coders, by)
    pitch, fitting, names = _columns(max(lanes.values()) + 1, width)
    height = max(TARGET, metrics.height() + 4)
    middle = (frame.rows[0].bottom - frame.rows[0].top - height) / 2
    shown: list[Stripe] = []
    tops: list[float] = []
    left_out: list[tuple[float, Mark]] = []
    for mark in frame.marks:
        top, bottom = frame.extent(mark.start, mark.end)
        lane = lanes[mark.id]
        at = max(top + middle, tops[-1] + height if tops else 0.0, 0.0)
        named = names is not None and lane < fitting and at + height <= bottom + 2 * height
        label = QRectF(names, at, width - names - 4, height) if named and names else None
        if label is not None:
            tops.append(at)
        else:
            left_out.append((max(top + middle, 0.0), mark))
        if lane < fitting:
            left = _EDGE + lane * pitch
            bar = QRectF(left, top + 2, min(BAR, pitch - 2), bottom - top - 4)
            group = coders.index(mark.coder) if by == "coder" else -1
            shown.append(Stripe(mark, bar, pitch, label, group))
    return _with_rests(shown, tops, left_out, width, height, told=names is not None)


def _lanes(shown: Sequence[Mark], marks: Marks, coders: Sequence[str], by: str) -> dict[str, int]:
    """The lane of each mark in view; by coder, those of one coder lie together."""
    lanes = {mark.id: marks.lane(mark.id, by) for mark in shown}
    if by != "coder":
        return lanes
    first: dict[str, int] = {}
    place = 0
    for coder in coders:
        own = [lanes[mark.id] for mark in shown if mark.coder == coder]
        first[coder] = place
        place += max(own, default=-1) + 1
    return {mark.id: first[mark.coder] + lanes[mark.id] for mark in shown}


def _columns(lanes: int, width: float) -> tuple[float, int, float | None]:
    """How far apart lanes stand, how many fit, and where names begin, if there is room for them.
    Lanes take no more than half the margin."""
    wide = width >= 2 * _LEAST_NAME
    room = width / 2 - _EDGE if wide else width - _EDGE - TARGET
    pitch = next((pitch for pitch in PITCHES if lanes * pitch <= room), PITCHES[-1])
    fitting = max(1, int(room / pitch))
    names = _EDGE + max(min(lanes, fitting) * pitch, 2 * PITCHES[0]) + 6
    return pitch, fitting, names if wide else None


def _with_rests(
    shown: list[Stripe],
    tops: list[float],
    left_out: Sequence[tuple[float, Mark]],
    width: float,
    height: float,
    *,
    told: bool,
) -> Arrangement:
    """Puts a “+7” at the right of the name nearest to those that are left out; where there are no
    names at all, only for stripes that do not fit, beside them."""
    barred = {stripe.mark.id for stripe in shown}
    groups: dict[float, list[Mark]] = {}
    for at, mark in left_out:
        if told and tops:
            groups.setdefault(tops[max(0, bisect_right(tops, at) - 1)], []).append(mark)
        elif mark.id not in barred:
            near = next((place for place in groups if abs(place - at) < height), at)
            groups.setdefault(near, []).append(mark)
    room = TARGET + 8 if told else TARGET
    rests = [
        Rest(marks, QRectF(width - room - 2, at, room, height)) for at, marks in groups.items()
    ]
    narrower = [
        replace(stripe, label=stripe.label.adjusted(0, 0, -room, 0))
        if stripe.label is not None and stripe.label.top() in groups
        else stripe
        for stripe in shown
    ]
    return Arrangement(narrower, rests)
