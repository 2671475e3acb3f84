"""By which words codebooks of other programs and people name what they say of a code."""

from __future__ import annotations

import re
from collections.abc import Sequence

PATH, NAME, PARENT, COLOUR, KEY, ASIDE = "path", "name", "parent", "colour", "key", "aside"

_WORDS = {
    PATH: "path, full path, code path, hierarchy, hierarchical name, full name",
    NAME: "name, code, code name, codename, codes, label, tag, tags name, node, title, subcode,"
    " sub-code, codesystem",
    PARENT: "parent, parent code, parent name, parent node, category, code category, theme, group,"
    " code group, folder, domain, family",
    COLOUR: "colour, color, colour name, code color, code colour",
    KEY: "key, shortcut, hotkey",
    "definition": "definition, description, meaning, what it means, memo, code memo, comment,"
    " comments, note, notes, explanation, brief definition, full definition, details",
    "use_when": "use when, use it when, when to use, when to use it, inclusion, inclusion criteria,"
    " include, includes, use for, applies when",
    "not_when": "do not use when, don't use when, do not use it when, not when, when not to use,"
    " when not to use it, exclusion, exclusion criteria, exclude, excludes, do not use for",
    ASIDE: "used, tags, submissions, examples, example, example quotes, quotes, count, frequency,"
    " files, references, coded segments, number of highlights, highlights, id, owner, date,"
    " created, modified",
}
_FIELDS = {word.strip(): field for field, words in _WORDS.items() for word in words.split(",")}
_STRAY = re.compile(r"[*_`:：]+")


def field_of(label: str) -> str:
    """Which field a label or a heading of a column means; empty where it means none."""
    words = " ".join(_STRAY.sub(" ", label).split()).casefold().replace("’", "'")
    return _FIELDS.get(words, "")


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Which column holds which field. Of several with the same meaning the first counts; a column
    of themes is that of the codes themselves where there is none of codes."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = field_of(heading)
        if field and field != ASIDE:
            found.setdefault(field, place)
    if PARENT in found and not {NAME, PATH} & found.keys():
        found[NAME] = found.pop(PARENT)
    return found
