"""What a codebook file says of a code, and by which words it names it: written so, and read so."""

from __future__ import annotations

from dataclasses import dataclass, field

PATH, COLOUR, KEY = "Path", "Colour", "Key"
USED, TAGS, SUBMISSIONS, EXAMPLES = "Used", "Tags", "Submissions", "Examples"
TEXTS = {
    "definition": "Definition",
    "use_when": "Use when",
    "not_when": "Do not use when",
}
"""What is written about a code: the fields of its record, and what files call them."""

TITLE = "Codebook"
"""With what the title of a codebook file begins."""

BETWEEN = " / "
"""What stands between the names of a path where people read it. No name holds a slash."""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code in a file: its path from its theme down, parted by `/`, and what is said of it.
    `colour` is a name of the palette and `key` a character, or empty; `id` is the code's own where
    the file tells it."""

    path: str
    colour: str = ""
    key: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    id: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path.rpartition("/")[2]

    @property
    def depth(self) -> int:
        """How many codes stand above it: 0 for a theme."""
        return self.path.count("/")

    @property
    def shown_path(self) -> str:
        """The path as people read it: `Volunteering / First-time volunteers`."""
        return self.path.replace("/", BETWEEN)


def one_name(text: str) -> str:
    """A text as a code can be named by it: on one line, single spaces, no slash."""
    return " ".join(text.replace("/", "-").split())
