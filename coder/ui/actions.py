"""Every action of the program, declared once: menus, palette, shortcuts and their help come from
here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

READER = "reader"
WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Act:
    """An action as data. `menu` is where it stands (`File`, `Code` …) and `keys` its shortcuts in
    Qt's portable form, with a comma and a space between. An action of scope `reader` works only
    while the text has the focus; `rule` draws a line above it in its menu; `needs` says what must
    be there: a project, a text. Of those with the same `group` one is ticked.
    """

    id: str
    title: str
    menu: str
    keys: str = ""
    scope: str = WINDOW
    rule: bool = False
    needs: str = ""
    group: str = ""

    @property
    def sequences(self) -> list[QKeySequence]:
        """The shortcuts as Qt has them, the one to be shown in the menu first."""
        return [QKeySequence(keys) for keys in self.keys.split(", ") if keys]


ACTS: tuple[Act, ...] = (
    Act("new", "New inquiry…", "File", "Ctrl+N"),
    Act("open", "Open…", "File", "Ctrl+O"),
    Act("sample", "Open the sample inquiry", "File"),
    Act("import", "Import files…", "File", "Ctrl+I", rule=True, needs="project"),
    Act("import-folder", "Import a folder…", "File", "Ctrl+Shift+I", needs="project"),
    Act("import-posts", "Add social posts…", "File", needs="project"),
    Act("transcribe", "Transcribe recordings…", "File", "Ctrl+T", needs="project"),
    Act("transcribe-again", "Transcribe this recording again…", "File", needs="project"),
    Act("checked", "Mark the machine’s text as checked, or not", "File", needs="project"),
    Act("recognise", "Recognise the text of this picture", "File", needs="project"),
    Act("export-pack", "Export quote pack…", "File", "Ctrl+E", rule=True, needs="project"),
    Act("verify", "Verify the project", "File", needs="project"),
    Act("close", "Close the inquiry", "File", "Ctrl+W", rule=True, needs="project"),
    Act("quit", "Quit", "File", "Ctrl+Q"),
    Act("undo", "Undo", "Edit", "Ctrl+Z", needs="project"),
    Act("redo", "Redo", "Edit", "Ctrl+Shift+Z, Ctrl+Y", needs="project"),
    Act("copy", "Copy", "Edit", "Ctrl+C", rule=True, needs="text"),
    Act("paste", "Paste files or posts as evidence", "Edit", "Ctrl+V", needs="project"),
    Act("copy-cited", "Copy quote with citation", "Edit", "Ctrl+Shift+C", needs="text"),
    Act("select-all", "Select all", "Edit", "Ctrl+A", needs="text"),
    Act("find", "Find here", "Edit", "Ctrl+F", rule=True, needs="text"),
    Act("find-everywhere", "Find everywhere", "Edit", "Ctrl+Shift+F", needs="project"),
    Act("coder", "Who is coding…", "Edit", rule=True),
    Act("particulars", "Particulars…", "Evidence", "Ctrl+Shift+D", needs="project"),
    Act("attach", "Attach files…", "Evidence", "Ctrl+Shift+A", needs="project"),
    Act("join", "Join with…", "Evidence", rule=True, needs="project"),
    Act("duplicate-of", "Duplicate of…", "Evidence", needs="project"),
    Act("letter-of", "Letter of the same campaign as…", "Evidence", needs="project"),
    Act("stand-alone", "Stands for itself", "Evidence", needs="project"),
    Act("mark-received", "Mark as received", "Evidence", "", WINDOW, True, "project", "status"),
    Act("mark-included", "Mark as included", "Evidence", needs="project", group="status"),
    Act("mark-blank", "Mark as blank", "Evidence", needs="project", group="status"),
    Act("withdraw", "Withdraw…", "Evidence", rule=True, needs="project"),
    Act("account", "Account of submissions…", "Evidence", rule=True, needs="project"),
    Act("tag", "Tag with…", "Code", "Return", READER, needs="text"),
    Act("tag-again", "Tag with the same code as last", "Code", "R", READER, needs="text"),
    Act("in-vivo", "Tag in vivo: the words become the code", "Code", "V", READER, needs="text"),
    Act("untag", "Remove my tag here", "Code", "Del", READER, needs="text"),
    Act("memo", "Memo on the tag here…", "Code", "M", READER, rule=True, needs="text"),
    Act("mark", "Mark for use, or unmark", "Code", "U", READER, needs="text"),
    Act("sensitive", "Sensitive, or not", "Code", "Ctrl+Shift+S", READER, needs="text"),
    Act("next-coding", "Next tagged passage", "Code", "Alt+Down", READER, True, "text"),
    Act("previous-coding", "Previous tagged passage", "Code", "Alt+Up", READER, needs="text"),
    Act("add-code", "Add a code…", "Code", "Ctrl+Shift+N", rule=True, needs="project"),
    Act("select-sentence", "Select to the end of the sentence", "Select", "Ctrl+Shift+.", READER),
    Act("select-back", "Select back by a sentence", "Select", "Ctrl+Shift+,", READER),
    Act("select-paragraph", "Select the paragraph", "Select", "Ctrl+Shift+P", READER),
    Act("place-evidence", "Evidence", "View", "Ctrl+1", needs="project"),
    Act("place-quotes", "Quotes", "View", "Ctrl+2", needs="project"),
    Act("next-submission", "Next submission", "View", "Ctrl+PgDown", rule=True, needs="project"),
    Act("previous-submission", "Previous submission", "View", "Ctrl+PgUp", needs="project"),
    Act("next-document", "Next document of this submission", "View", "Ctrl+Tab", needs="project"),
    Act("group", "Group campaign letters, or list each", "View", "Ctrl+G", needs="project"),
    Act("to-list", "Go to the list of evidence", "View", "F6", rule=True, needs="project"),
    Act("to-text", "Go to the text", "View", "F7", needs="project"),
    Act("to-themes", "Go to the themes", "View", "F8", needs="project"),
    Act("play", "Play or pause", "View", "Ctrl+Space", rule=True, needs="project"),
    Act("back-five", "Back five seconds", "View", "Ctrl+[", needs="project"),
    Act("on-five", "On five seconds", "View", "Ctrl+]", needs="project"),
    Act(
        "original",
        "Show the original, or put it away",
        "View",
        "Ctrl+Shift+O",
        rule=True,
        needs="text",
    ),
    Act("fold", "Show or fold earlier mails", "View", "Ctrl+Shift+E", needs="text"),
    Act("larger", "Larger text", "View", "Ctrl++", rule=True),
    Act("smaller", "Smaller text", "View", "Ctrl+-"),
    Act("appearance-system", "Appearance: as the system", "View", rule=True, group="appearance"),
    Act("appearance-light", "Appearance: light", "View", group="appearance"),
    Act("appearance-dark", "Appearance: dark", "View", group="appearance"),
    Act("palette", "All commands…", "Help", "Ctrl+K"),
    Act("shortcuts", "Keyboard shortcuts", "Help", "F1"),
    Act("about", "About Evidence Coder", "Help", rule=True),
)
PREVIEW: tuple[Act, ...] = (
    Act("join", "Join", "Preview", "J"),
    Act("split", "Split", "Preview", "S"),
    Act("move", "Move to…", "Preview", "M"),
    Act("leave-out", "Leave out", "Preview", "Del"),
    Act("attach", "Attach to earlier…", "Preview", "A"),
    Act("columns", "Columns…", "Preview", "C"),
    Act("undo", "Undo", "Preview", "Ctrl+Z"),
)
"""The acts of the preview of an import, which has a registry's rows of its own: its keys are
letters, which work while the tree has the focus."""
MENUS = ("File", "Edit", "Evidence", "Code", "Select", "View", "Help")


class Registry:
    """The actions of one window, made from `ACTS` and bound to what they do."""

    def __init__(self, window: QWidget, does: Mapping[str, Callable[[], None]]) -> None:
        self._actions: dict[str, QAction] = {}
        groups = {act.group: QActionGroup(window) for act in ACTS if act.group}
        for act in ACTS:
            action = QAction(act.title, window)
            action.setObjectName(act.id)
            action.setMenuRole(
                QAction.MenuRole.QuitRole if act.id == "quit" else QAction.MenuRole.NoRole
            )
            action.setShortcuts(act.sequences)
            if act.group:
                action.setCheckable(True)
                groups[act.group].addAction(action)
            action.triggered.connect(does[act.id])
            self._actions[act.id] = action
            if act.scope == WINDOW:
                window.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def give_to_reader(self, reader: QWidget) -> None:
        """Lets the reader's own actions work while it, or something in it, has the focus."""
        for act in ACTS:
            if act.scope == READER:
                action = self._actions[act.id]
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                reader.addAction(action)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Makes the menus; gives them by name."""
        menus = {}
        for name in MENUS:
            menu = menus[name] = bar.addMenu(f"&{name}")
            for act in ACTS:
                if act.menu == name:
                    if act.rule:
                        menu.addSeparator()
                    menu.addAction(self._actions[act.id])
        return menus

    def allow(self, *, project: bool, text: bool) -> None:
        """Greys out what cannot be done without an open project or a shown text."""
        there = {"": True, "project": project, "text": text}
        for act in ACTS:
            self._actions[act.id].setEnabled(there[act.needs])

    def offered(self) -> Iterator[tuple[Act, QAction]]:
        """Every action that can be done now, for the command palette."""
        return ((act, self._actions[act.id]) for act in ACTS if self._actions[act.id].isEnabled())


def shown_keys(act: Act) -> str:
    """The shortcuts as this system writes them."""
    return ", ".join(
        keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in act.sequences
    )
