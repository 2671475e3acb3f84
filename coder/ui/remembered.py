"""Where each person was in the documents of a project, kept in a file of this user's own."""

from __future__ import annotations

import json
from collections.abc import Callable

from coder import places

MOST = 2_000
"""So many documents are remembered for each person; beyond, those left longest ago are not."""


class Remembered:
    """The places of one project: for each person at work and document, the code point at the top of
    the text as they left it, and the furthest that has been in view.

    People are told apart by their names, since a coder has no id that lasts before their first act.
    Nothing of it is in the project: it is no work, and no word of evidence is in it.
    """

    def __init__(self, inquiry_id: str, who: Callable[[], str]) -> None:
        self._path = places.user_settings() / "places" / f"{inquiry_id}.json"
        self._who = who
        self._kept = self._load()
        self._changed = False

    def place(self, document_id: str) -> int:
        """Where the person at work was in a document, 0 where that is not known."""
        return self._of_mine(document_id)[0]

    def furthest(self, document_id: str) -> int:
        """How far the person at work has come in a document, 0 where that is not known."""
        return self._of_mine(document_id)[1]

    def note(self, document_id: str, *, place: int = -1, furthest: int = 0) -> None:
        """Remembers where one is now (-1: as before), and how far one has come."""
        before = self._of_mine(document_id)
        after = (before[0] if place < 0 else place, max(before[1], furthest))
        if after == before:
            return
        mine = self._kept.setdefault(self._who(), {})
        mine.pop(document_id, None)
        mine[document_id] = after
        while len(mine) > MOST:
            del mine[next(iter(mine))]
        self._changed = True

    def save(self) -> None:
        """Keeps it, whole or not at all. Raises OSError where the folder cannot be written."""
        if not self._changed:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self._kept, ensure_ascii=False), encoding="utf-8")
        part.replace(self._path)
        self._changed = False

    def _of_mine(self, document_id: str) -> tuple[int, int]:
        return self._kept.get(self._who(), {}).get(document_id, (0, 0))

    def _load(self) -> dict[str, dict[str, tuple[int, int]]]:
        """What is kept; nothing where there is no such file or it cannot be read."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {
                str(name): {str(one): (int(place), int(far)) for one, (place, far) in kept.items()}
                for name, kept in found.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
