"""The languages that Whisper knows, by code and by the name that a person looks for."""

from __future__ import annotations

import json
from functools import cache

from coder import places
from coder.domain.errors import Refused


@cache
def languages() -> dict[str, str]:
    """The names by code: first what is spoken most in British evidence, then all by name."""
    path = places.resources() / "languages.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def language_name(code: str) -> str:
    """What a person calls a language; the code itself where it is none of Whisper's."""
    return languages().get(code, code)


def language_code(words: str) -> str:
    """The code of a language that was typed, by its name, its code, or a beginning that only one
    name has. Raises Refused where Whisper knows none of that name."""
    wanted = words.strip().casefold()
    names = {name.casefold(): code for code, name in languages().items()}
    if wanted in languages():
        return wanted
    if wanted in names:
        return names[wanted]
    begun = [code for name, code in names.items() if wanted and name.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise Refused(
        f"Whisper knows no language “{words.strip()}”.",
        "Choose one from the list, or type its code, such as cy for Welsh.",
    )
