"""Every action of the program, declared once: menus, palette, shortcuts and their help come from
here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

READER = "reader"
WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Act:
    """An action as data. `menu` is where it stands (`File`, `Code` …) and `keys` its shortcuts in
    Qt's portable form, with a comma and a space between. An action of scope `reader` works only
    while the text has the focus; `rule` draws a line above it in its menu; `needs` says what must
    be there: a project, a submission that is chosen in the place that is shown, and of Evidence,
    while it is shown, a text, a recording, a transcript. Of those with the same `group` one is
    ticked.
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
    Act("import-project", "Import from another program…", "File"),
    Act("recognise", "Recognise the text of this picture", "File", rule=True, needs="project"),
    Act("export-pack", "Export quote pack…", "File", "Ctrl+E", rule=True, needs="project"),
    Act("export-clips", "Export clips…", "File", needs="project"),
    Act("print-pack", "Print quote pack…", "File", "Ctrl+Alt+P", needs="project"),
    Act("export-project", "Export the inquiry…", "File", needs="project"),
    Act("import-codebook", "Import a codebook…", "File", rule=True, needs="project"),
    Act("export-codebook", "Export the codebook…", "File", needs="project"),
    Act("print-codebook", "Print the codebook…", "File", "Ctrl+P", needs="project"),
    Act("share-copy", "Share a copy…", "File", rule=True, needs="project"),
    Act("open-shared", "Open a shared copy…", "File"),
    Act("merge-copy", "Merge a copy…", "File", needs="project"),
    Act("clashes", "Clashes…", "File", needs="project"),
    Act("verify", "Verify the project", "File", rule=True, needs="project"),
    Act("close", "Close the inquiry", "File", "Ctrl+W", rule=True, needs="project"),
    Act("quit", "Quit", "File", "Ctrl+Q"),
    Act("undo", "Undo", "Edit", "Ctrl+Z", needs="project"),
    Act("redo", "Redo", "Edit", "Ctrl+Shift+Z, Ctrl+Y", needs="project"),
    Act("copy", "Copy", "Edit", "Ctrl+C", rule=True, needs="project"),
    Act("paste", "Paste files or posts as evidence", "Edit", "Ctrl+V", needs="project"),
    Act("copy-cited", "Copy quote with citation", "Edit", "Ctrl+Shift+C", needs="project"),
    Act("select-all", "Select all", "Edit", "Ctrl+A", needs="project"),
    Act("find", "Find here", "Edit", "Ctrl+F", rule=True, needs="project"),
    Act("find-next", "Find the next place", "Edit", "F3", needs="text"),
    Act("find-previous", "Find the place before", "Edit", "Shift+F3", needs="text"),
    Act("find-everywhere", "Find everywhere…", "Edit", "Ctrl+Shift+F", needs="project"),
    Act("coder", "Who is coding…", "Edit", rule=True),
    Act("particulars", "Particulars…", "Evidence", "Ctrl+Shift+D", needs="submission"),
    Act("attach", "Attach files…", "Evidence", "Ctrl+Shift+A", needs="submission"),
    Act("join", "Join with…", "Evidence", rule=True, needs="submission"),
    Act("duplicate-of", "Duplicate of…", "Evidence", needs="submission"),
    Act("letter-of", "Letter of the same campaign as…", "Evidence", needs="submission"),
    Act("stand-alone", "Stands for itself", "Evidence", needs="submission"),
    Act("mark-received", "Mark as received", "Evidence", "", WINDOW, True, "submission", "status"),
    Act("mark-included", "Mark as included", "Evidence", needs="submission", group="status"),
    Act("mark-blank", "Mark as blank", "Evidence", needs="submission", group="status"),
    Act("read", "Mark as read, or unread", "Evidence", "Ctrl+Shift+R", WINDOW, True, "text"),
    Act("coded", "Declare this document coded, or not", "Evidence", "Ctrl+D", needs="text"),
    Act("export-key", "Export the key to pseudonyms…", "Evidence", rule=True, needs="project"),
    Act("withdraw", "Withdraw…", "Evidence", rule=True, needs="submission"),
    Act("assign", "Who codes what…", "Evidence", rule=True, needs="project"),
    Act("account", "Account of submissions…", "Evidence", needs="project"),
    Act("tag", "Tag with…", "Code", "Return", READER, needs="text"),
    Act(
        "tag-paragraph",
        "Tag the whole paragraph with…",
        "Code",
        "Shift+Return",
        READER,
        needs="text",
    ),
    Act("tag-document", "Tag the whole document…", "Code", "Ctrl+Shift+Return", needs="text"),
    Act("tag-again", "Tag with the same code as last", "Code", "R", READER, needs="text"),
    Act("in-vivo", "Tag in vivo: the words become the code", "Code", "V", READER, needs="text"),
    Act("untag", "Remove my tag here", "Code", "Del", READER, needs="text"),
    Act("memo", "Memo on the tag here…", "Code", "M", READER, rule=True, needs="text"),
    Act("mark", "Mark for use, or unmark", "Code", "U", READER, needs="text"),
    Act("sensitive", "Sensitive, or not", "Code", "Ctrl+Shift+S", READER, needs="text"),
    Act("retag", "Recode the tag here…", "Code", "Shift+R", READER, needs="text"),
    Act("split-tag", "Split the tag at the caret", "Code", "Shift+S", READER, needs="text"),
    Act("join-tags", "Join with neighbouring tags", "Code", "Shift+J", READER, needs="text"),
    Act("end-later", "End the tag a word later", "Code", "Alt+Right", READER, True, "text"),
    Act("end-earlier", "End the tag a word earlier", "Code", "Alt+Left", READER, needs="text"),
    Act(
        "start-later", "Begin the tag a word later", "Code", "Alt+Shift+Right", READER, needs="text"
    ),
    Act(
        "start-earlier",
        "Begin the tag a word earlier",
        "Code",
        "Alt+Shift+Left",
        READER,
        needs="text",
    ),
    Act("next-coding", "Next tagged passage", "Code", "Alt+Down", READER, True, "text"),
    Act("previous-coding", "Previous tagged passage", "Code", "Alt+Up", READER, needs="text"),
    Act("add-code", "Add a code…", "Code", "Ctrl+Shift+N", rule=True, needs="project"),
    Act("codebook", "Codebook: this code…", "Code", "Ctrl+B", needs="project"),
    Act("pin-example", "Pin as an example of its code", "Code", needs="text"),
    Act("basket-add", "Add to the basket", "Quotes", "Ctrl+Shift+B", needs="project"),
    Act("basket-heading", "Add a heading to the basket…", "Quotes", "Ctrl+H", needs="project"),
    Act("basket-text", "Add words of your own to the basket…", "Quotes", needs="project"),
    Act("basket-trim", "Trim the quote in the basket…", "Quotes", needs="project"),
    Act("basket-widen", "Widen the quote in the basket…", "Quotes", needs="project"),
    Act("to-basket", "Go to the basket", "Quotes", "F11", WINDOW, True, "project"),
    Act("basket-new", "New basket…", "Quotes", rule=True, needs="project"),
    Act("basket-rename", "Rename the basket…", "Quotes", needs="project"),
    Act("basket-copy", "Copy the basket…", "Quotes", needs="project"),
    Act("basket-delete", "Delete the basket…", "Quotes", needs="project"),
    Act("export-basket", "Export this basket…", "Quotes", rule=True, needs="project"),
    Act("memo-submission", "Memo on this submission…", "Memos", "Ctrl+Shift+M", needs="submission"),
    Act("memo-document", "Memo on this document…", "Memos", needs="text"),
    Act("memo-code", "Memo on the chosen code…", "Memos", needs="project"),
    Act("memo-project", "Memo on the inquiry…", "Memos", needs="project"),
    Act("journal", "Write in the journal…", "Memos", "Ctrl+J", rule=True, needs="project"),
    Act("memos", "Memos and journal…", "Memos", "Ctrl+M", needs="project"),
    Act("select-word", "Select the word", "Select", "Ctrl+Shift+W", READER),
    Act("select-sentence", "Select to the end of the sentence", "Select", "Ctrl+Shift+.", READER),
    Act("select-back", "Select back by a sentence", "Select", "Ctrl+Shift+,", READER),
    Act("select-paragraph", "Select the paragraph", "Select", "Ctrl+Shift+P", READER),
    Act("transcribe", "Transcribe recordings…", "Recording", "Ctrl+T", needs="project"),
    Act("transcribe-again", "Transcribe this recording again…", "Recording", needs="project"),
    Act(
        "transcription",
        "Transcription: what is heard and what waits…",
        "Recording",
        "Ctrl+Shift+T",
        needs="project",
    ),
    Act("models", "Models for transcription…", "Recording"),
    Act("play", "Play or pause", "Recording", "Ctrl+Space", WINDOW, True, "recording"),
    Act("back-five", "Back five seconds", "Recording", "Ctrl+[", needs="recording"),
    Act("on-five", "On five seconds", "Recording", "Ctrl+]", needs="recording"),
    Act("slower", "Slower", "Recording", "Alt+-", needs="recording"),
    Act("faster", "Faster", "Recording", "Alt++", needs="recording"),
    Act("play-quote", "Play this quote", "Recording", "Ctrl+Shift+Space", needs="text"),
    Act("correct", "Correct this sentence…", "Recording", "F4", rule=True, needs="transcript"),
    Act("speaker", "Name the speaker…", "Recording", "Ctrl+Shift+Y", WINDOW, True, "transcript"),
    Act("name-speakers", "Name speakers with keys", "Recording", "F12", needs="transcript"),
    Act("find-speakers", "Find speakers…", "Recording", needs="transcript"),
    Act("rename-speaker", "Rename a speaker…", "Recording", needs="transcript"),
    Act("next-doubt", "Next passage in doubt", "Recording", "F5", WINDOW, True, "transcript"),
    Act("previous-doubt", "Passage in doubt before", "Recording", "Shift+F5", needs="transcript"),
    Act(
        "confirm-doubt", "Sounds right: on to the next", "Recording", "Ctrl+F5", needs="transcript"
    ),
    Act("hear-again", "Hear this passage again…", "Recording", "Alt+F5", needs="transcript"),
    Act(
        "hear-anyway",
        "Transcribe this silence anyway",
        "Recording",
        "Alt+Shift+F5",
        needs="transcript",
    ),
    Act(
        "time-again",
        "Time this passage by the sound",
        "Recording",
        "Ctrl+Shift+F5",
        needs="transcript",
    ),
    Act(
        "what-was-heard",
        "Show what the machine heard",
        "Recording",
        "Shift+F4",
        WINDOW,
        True,
        "transcript",
    ),
    Act(
        "take-back",
        "Take back to what the machine heard",
        "Recording",
        "Ctrl+Shift+F4",
        needs="transcript",
    ),
    Act(
        "toggle-doubt",
        "Mark doubts in the text, or not",
        "Recording",
        "",
        WINDOW,
        True,
        "transcript",
    ),
    Act("pauses", "Mark pauses, or not", "Recording", needs="transcript"),
    Act(
        "checked",
        "Mark the machine’s text as checked, or not",
        "Recording",
        rule=True,
        needs="text",
    ),
    Act("export-transcript", "Export transcript…", "Recording", needs="transcript"),
    Act("agreement", "Agreement of coders", "Audit", "Ctrl+Shift+U", needs="project"),
    Act("compare-again", "Compare the coders again", "Audit", needs="project"),
    Act("show-differences", "What coders differ on of this line", "Audit", needs="project"),
    Act("save-agreement", "Save the agreement as a page…", "Audit", needs="project"),
    Act("disagreements", "Disagreements: settle what differs", "Audit", needs="project"),
    Act("adopt-agreed", "Adopt what all coders agree on", "Audit", needs="project"),
    Act("consistency", "Consistency of the codebook", "Audit", "Ctrl+Alt+C", needs="project"),
    Act("consistency-again", "Look through all tags", "Audit", needs="project"),
    Act("dismiss-finding", "Dismiss this finding…", "Audit", "Ctrl+Alt+D", needs="project"),
    Act("save-consistency", "Save the findings of consistency…", "Audit", needs="project"),
    Act("trail", "Trail: who did what", "Audit", "Ctrl+Alt+T", needs="project"),
    Act("as-it-was", "As it was…", "Audit", needs="project"),
    Act("sign-offs", "Sign-offs…", "Audit", needs="project"),
    Act("save-trail", "Save the trail…", "Audit", needs="project"),
    Act("check-report", "Check a report…", "Audit", "Ctrl+Shift+K", WINDOW, True, "project"),
    Act("check-again", "Check the report again", "Audit", needs="project"),
    Act("show-finding", "Show the finding’s words in the document", "Audit", needs="project"),
    Act("save-commented", "Save the commented report…", "Audit", rule=True, needs="project"),
    Act("save-findings", "Save the list of findings…", "Audit", needs="project"),
    Act("place-evidence", "Evidence", "View", "Ctrl+1", needs="project"),
    Act("place-quotes", "Quotes", "View", "Ctrl+2", needs="project"),
    Act("place-audit", "Audit", "View", "Ctrl+3", needs="project"),
    Act(
        "way-back",
        "Back to where this passage was shown from",
        "View",
        "Alt+Backspace",
        needs="text",
    ),
    Act("next-submission", "Next submission", "View", "Ctrl+PgDown", rule=True, needs="text"),
    Act("previous-submission", "Previous submission", "View", "Ctrl+PgUp", needs="text"),
    Act("next-document", "Next document of this submission", "View", "Ctrl+Tab", needs="text"),
    Act("next-unread", "Next unread document", "View", "Ctrl+Shift+PgDown", needs="text"),
    Act("next-uncoded", "Next paragraph without a tag", "View", "Alt+PgDown", READER, needs="text"),
    Act("previous-uncoded", "Paragraph without a tag before", "View", "Alt+PgUp", READER),
    Act("group", "Group campaign letters, or list each", "View", "Ctrl+G", needs="text"),
    Act("to-list", "Go to the list of evidence", "View", "F6", rule=True, needs="project"),
    Act("to-text", "Go to the text", "View", "F7", needs="project"),
    Act("to-themes", "Go to the themes", "View", "F8", needs="project"),
    Act("to-tags", "Go to the tags of this document", "View", "F9", needs="project"),
    Act("to-doubts", "Go to what is in doubt", "View", "Ctrl+U", needs="project"),
    Act(
        "words",
        "Words: frequencies, concordance, collocations…",
        "View",
        "Ctrl+Shift+L",
        needs="project",
    ),
    Act(
        "similar",
        "Similar passages and suggested codes",
        "View",
        "Ctrl+Shift+G",
        needs="project",
    ),
    Act("others-shown", "Others’ tags: shown", "View", "", WINDOW, True, "project", "others"),
    Act("others-hidden", "Others’ tags: hidden", "View", needs="project", group="others"),
    Act(
        "others-blind",
        "Others’ tags: blind until I declare the document coded",
        "View",
        needs="project",
        group="others",
    ),
    Act(
        "others-toggle", "Hide others’ tags, or show them", "View", "Ctrl+Shift+H", needs="project"
    ),
    Act("stripes-code", "Stripes: by code", "View", "", WINDOW, True, group="stripes"),
    Act("stripes-coder", "Stripes: by coder", "View", group="stripes"),
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
    Act("help", "Help for this place", "Help", "F1", rule=True),
    Act("tour", "Show me round", "Help", needs="project"),
    Act("shortcuts", "Keyboard shortcuts…", "Help", "Ctrl+/"),
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
TREE: tuple[Act, ...] = (
    Act("apply", "Tag the selection with the code", "Themes", "Return"),
    Act("rename", "Rename the code", "Themes", "F2"),
    Act("add", "Add a code below", "Themes", "Ins"),
    Act("delete", "Delete the chosen codes…", "Themes", "Del"),
    Act("up", "Move the code up", "Themes", "Alt+Up"),
    Act("down", "Move the code down", "Themes", "Alt+Down"),
    Act("in", "Put the code below the one above it", "Themes", "Alt+Right"),
    Act("out", "Take the code out, behind its parent", "Themes", "Alt+Left"),
)
"""The keys of the tree of themes, which work while it has the focus (`codebook/tree.py`)."""
QUEUE: tuple[Act, ...] = (
    Act("pause", "Pause all", "Transcription", "Ctrl+Space"),
    Act("hold", "Hold back", "Transcription", "Ctrl+H"),
    Act("again", "Try again", "Transcription", "Ctrl+R"),
    Act("up", "Move up", "Transcription", "Alt+Up"),
    Act("down", "Move down", "Transcription", "Alt+Down"),
    Act("change", "Change how…", "Transcription", "F2"),
    Act("show", "Show in evidence", "Transcription", "Ctrl+Return"),
    Act("remove", "Stop and remove", "Transcription", "Del"),
)
"""The acts of the window of transcription (`hearings/window.py`), whose keys work while it is in
front."""
QUOTES: tuple[Act, ...] = (
    Act("show", "Show the quote in its document", "Quotes", "Return, Enter"),
    Act("play", "Play the quote", "Quotes", "Space"),
    Act("mark", "Mark the quote for use, or unmark", "Quotes", "U"),
    Act("basket", "Put into the basket", "Quotes", "B"),
    Act("more", "More of what stands around it", "Quotes", "M"),
    Act("next-group", "First quote of the next group", "Quotes", "Ctrl+Down"),
    Act("previous-group", "First quote of the group before", "Quotes", "Ctrl+Up"),
)
"""The keys of the list of quotes, which work while it has the focus (`quotes/list_view.py`)."""
BASKET: tuple[Act, ...] = (
    Act("edit", "Reword a heading, or trim a quote", "Basket", "Return"),
    Act("trim", "Trim the quote…", "Basket", "T"),
    Act("widen", "Widen or narrow the quote…", "Basket", "W"),
    Act("note", "Write a note on it", "Basket", "N"),
    Act("heading", "Add a heading above it", "Basket", "H"),
    Act("words", "Add words of your own above it…", "Basket", "O"),
    Act("up", "Move up", "Basket", "Alt+Up"),
    Act("down", "Move down", "Basket", "Alt+Down"),
    Act("show", "Show in the document", "Basket", "Ctrl+Return"),
    Act("accept", "Keep the words as they read now", "Basket"),
    Act("remove", "Take out of the basket", "Basket", "Del"),
)
"""The acts of a basket, whose keys work while its list has the focus (`quotes/basket.py`)."""
SETTLING: tuple[Act, ...] = (
    *(Act(f"accept-{n}", f"Accept side {n}", "Disagreements", str(n)) for n in range(1, 10)),
    Act("both", "Keep both, or all", "Disagreements", "B"),
    Act("recode", "Recode: choose another code…", "Disagreements", "C"),
    Act("leave", "Leave it as it is", "Disagreements", "L"),
    Act("next", "Next, without deciding", "Disagreements", "N"),
    Act("why", "Write why", "Disagreements", "W"),
    Act("define", "Into the codebook…", "Disagreements", "D"),
    Act("reopen", "Reopen what was settled", "Disagreements", "O"),
    Act("show", "Show it in the document", "Disagreements", "Return, Enter"),
)
"""The acts of a disagreement, whose keys work on its page but in fields
(`audit/disagreements_page.py`)."""
MENUS = (
    "File",
    "Edit",
    "Evidence",
    "Code",
    "Quotes",
    "Memos",
    "Select",
    "Recording",
    "Audit",
    "View",
    "Help",
)


def shown_keys(act: Act) -> str:
    """The shortcuts that an act was made with, as this system writes them."""
    return ", ".join(
        keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in act.sequences
    )
