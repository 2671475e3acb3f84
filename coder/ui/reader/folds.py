"""What stands apart from a sender's own words and is folded away: earlier mails, signatures,
disclaimers. Nothing is taken out: a fold shows the beginning of its first line, and opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from coder.domain.model import Paragraph, Style

_NAMES = {
    Style.REPLY: "of an earlier mail",
    Style.SIGNATURE: "of a signature",
    Style.DISCLAIMER: "of a disclaimer",
}
_WORTH_IT = 120
"""Characters from which a single line is worth folding."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Neighbouring paragraphs of one such style: `[start, end)` in code points, and how many lines
    the text itself has there (a long paragraph counts as more)."""

    start: int
    end: int
    style: Style
    lines: int

    @property
    def label(self) -> str:
        """What is said of it while it is closed."""
        more = f"{self.lines} lines" if self.lines > 1 else "a line"
        return f"… {more} {_NAMES[self.style]}"


def folds(text: str, paragraphs: Sequence[Paragraph]) -> list[Fold]:
    """The folds of a text, in order; none where nothing would remain beside them."""
    if all(paragraph.style in _NAMES for paragraph in paragraphs):
        return []
    found = []
    for style, run in groupby(paragraphs, key=lambda paragraph: paragraph.style):
        together = list(run)
        if style not in _NAMES:
            continue
        start, end = together[0].start, together[-1].end
        lines = sum(
            max(1, len(line) // 80 + 1) for line in text[start:end].split("\n") if line.strip()
        )
        if lines > 1 or end - start > _WORTH_IT:
            found.append(Fold(start, end, style, lines))
    return found
