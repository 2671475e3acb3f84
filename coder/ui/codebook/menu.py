"""The menu of the codes chosen in the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from coder.domain.model import About
from coder.project.codebook import KEYS
from coder.project.codebook_order import Shift
from coder.ui.codebook import colours
from coder.ui.codebook.acts import CodeActs

if TYPE_CHECKING:
    from coder.ui.window import Window

_SHIFTS = (
    (Shift.UP, "Up\tAlt+Up"),
    (Shift.DOWN, "Down\tAlt+Down"),
    (Shift.IN, "Below the code above\tAlt+Right"),
    (Shift.OUT, "Out, behind its parent\tAlt+Left"),
)


def open_menu(
    acts: CodeActs, ids: list[str], rename: Callable[[], None], place: QPoint, parent: QWidget
) -> QMenu:
    """Shows what can be done with these codes at a place on the screen; `rename` begins it in
    place. What is meant for one code is left out where there are several."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    single = ids[0] if len(ids) == 1 else ""
    if single:
        menu.addAction("This code…\tCtrl+B", partial(acts.open_card, single))
        menu.addAction("Rename\tF2", rename)
        menu.addAction("Add a code below…\tIns", partial(acts.add, single))
        menu.addAction("Memo on this code…", partial(_memo, parent, single))
    known = acts.codes(ids)
    shared = {code.colour for code in known}
    palette = menu.addMenu("Colour")
    colours.fill(
        palette, next(iter(shared)) if len(shared) == 1 else "", partial(_recolour, acts, ids)
    )
    if single:
        _fill_keys(menu.addMenu("Key"), acts, single)
    menu.addSeparator()
    if single:
        order = menu.addMenu("Move")
        for by, words in _SHIFTS:
            order.addAction(words, partial(acts.shift, single, by))
    menu.addAction("Move to…", partial(acts.ask_where, ids, place))
    menu.addAction("Merge into…", partial(acts.ask_merge, ids, place))
    if single:
        menu.addAction("Split…", partial(acts.ask_split, single))
    menu.addSeparator()
    menu.addAction("Delete…\tDel", partial(acts.ask_delete, ids))
    menu.popup(place)
    return menu


def _recolour(acts: CodeActs, ids: list[str], colour: str) -> None:
    acts.recolour(ids, colour)


def _memo(parent: QWidget, code_id: str) -> None:
    cast("Window", parent.window()).memos.write(About.CODE, code_id)


def _fill_keys(menu: QMenu, acts: CodeActs, code_id: str) -> None:
    """Every key; those that another code has now say so."""
    known = acts.session.codes if acts.session else {}
    owners = {code.key: code for code in known.values() if code.key}
    menu.addAction("none", partial(acts.set_key, code_id, ""))
    for key in KEYS:
        owner = owners.get(key)
        whose = f"\t{owner.name}" if owner else ""
        action = menu.addAction(f"{key}{whose}", partial(acts.set_key, code_id, key))
        action.setCheckable(True)
        action.setChecked(owner is not None and owner.id == code_id)
