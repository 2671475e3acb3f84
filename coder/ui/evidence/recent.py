"""The codes that a person has used lately, kept until the project is opened again."""

from __future__ import annotations

from collections.abc import Sequence

from coder.ui.session import Session
from coder.ui.window_state import state_file

_MOST = 12


class RecentCodes:
    """Codes by id: those of the last act, and all that were used lately, the latest first."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._kept_as = ""
        self.last: list[str] = []
        self.lately: list[str] = []

    def open_session(self, session: Session | None) -> None:
        """Keeps what was used in the project before, and reads what was used in this one."""
        self._keep()
        self._session = session
        self._read()

    def used(self, code_ids: Sequence[str]) -> None:
        """Notes that these codes were put on a passage together."""
        self._follow_coder()
        self.last = list(code_ids)
        self.lately = list(dict.fromkeys([*code_ids, *self.lately]))[:_MOST]

    def again(self) -> list[str]:
        """The codes of the last act that are still there."""
        self._follow_coder()
        codes = self._session.codes if self._session else {}
        return [one for one in self.last if one in codes]

    def place(self, code_id: str) -> int:
        """How lately a code was used: 0 for the latest."""
        return self.lately.index(code_id) if code_id in self.lately else _MOST

    def _follow_coder(self) -> None:
        """Another person may be at work by now, who has used other codes."""
        if self._session is not None and self._session.kept_as("codes") != self._kept_as:
            self._keep()
            self._read()

    def _keep(self) -> None:
        if self._kept_as and self.lately:
            state_file().setValue(self._kept_as, [str(len(self.last)), *self.last, *self.lately])

    def _read(self) -> None:
        self._kept_as = self._session.kept_as("codes") if self._session else ""
        kept = state_file().value(self._kept_as) if self._kept_as else None
        self.last, self.lately = [], []
        match kept:
            case [count, *ids] if str(count).isdigit():
                self.last, self.lately = ids[: int(count)], ids[int(count) :]
