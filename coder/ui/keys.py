"""Shortcuts as a person has set them: which are in force, and which can be given to an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from coder.project.codebook import KEYS
from coder.ui.actions import ACTS, MENUS, READER, Act

_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)
_OF_QT = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Space),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Menu, Qt.Key.Key_F2),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether keys can be given to an act. `clash` is the act that has them now; `why` says in a
    sentence why nobody can have them there. Both are empty where they are free."""

    why: str = ""
    clash: Act | None = None


def keys_of(act: Act, kept: Mapping[str, str]) -> str:
    """An act's keys in Qt's portable form: as a person set them, else as they were made."""
    return kept.get(act.id, act.keys)


def in_force(act: Act, kept: Mapping[str, str], *, single_keys: bool = True) -> list[QKeySequence]:
    """An act's shortcuts, without plain letters, digits and signs where these are switched off."""
    keys = [QKeySequence(one) for one in keys_of(act, kept).split(", ") if one]
    return [one for one in keys if one.count() and (single_keys or not is_single(one))]


def is_single(keys: QKeySequence) -> bool:
    """Whether these keys are a plain letter, digit or sign, by itself or with Shift: such as
    somebody who dictates might say (WCAG 2.2, 2.1.4)."""
    return bool(keys.count()) and not _held(keys) and _is_character(keys)


def verdict(act: Act, keys: QKeySequence, kept: Mapping[str, str]) -> Verdict:
    """Whether an act can have these keys, with what else a person has set."""
    if why := _why_not(act, keys):
        return Verdict(why)
    for other in ACTS:
        if other.id != act.id and keys in in_force(other, kept):
            return Verdict(clash=other)
    return Verdict()


def set_keys(kept: Mapping[str, str], act: Act, keys: str) -> dict[str, str]:
    """What is kept once an act has these keys: nothing where they are those it was made with."""
    changed = {name: value for name, value in kept.items() if name != act.id}
    return changed if keys == act.keys else {**changed, act.id: keys}


def swapped(kept: Mapping[str, str], act: Act, keys: str, other: Act) -> dict[str, str]:
    """What is kept once an act has the keys of another one, and that one the act's own, or none
    where it cannot have them."""
    left = [one for one in in_force(act, kept) if not _why_not(other, one)]
    words = ", ".join(one.toString(QKeySequence.SequenceFormat.PortableText) for one in left)
    return set_keys(set_keys(kept, other, words), act, keys)


def shown(keys: list[QKeySequence]) -> str:
    """Shortcuts as this system writes them."""
    return ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in keys)


def _why_not(act: Act, keys: QKeySequence) -> str:
    key, held = _first(keys).key(), _held(keys)
    words = shown([keys])
    if key in _OF_QT and not held:
        return f"{words} is needed for moving about in every window."
    if key in _MOVES and not held & Qt.KeyboardModifier.AltModifier:
        return f"{words} moves the caret and selects."
    if held == Qt.KeyboardModifier.AltModifier and words[-1:] in {name[0] for name in MENUS}:
        return f"{words} opens a menu."
    plain = not held and not Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if plain and act.scope != READER:
        return f"{words} by itself would be lost while you type. Hold Ctrl or Alt with it."
    if is_single(keys) and keys.toString().lower() in KEYS:
        return f"{words} is kept for codes: each of them can have a letter or digit of its own."
    return ""


def _held(keys: QKeySequence) -> Qt.KeyboardModifier:
    return _first(keys).keyboardModifiers() & _HELD


def _is_character(keys: QKeySequence) -> bool:
    return 0x20 < _first(keys).key() < Qt.Key.Key_Escape


def _first(keys: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = keys[0]  # type: ignore[index]  # which the stubs do not know
    return first
