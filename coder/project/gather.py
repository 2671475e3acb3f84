"""Which files are meant by the files and folders that a person names, and which are left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.domain.text import legible, one_line
from coder.store.connection import DATABASE

_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was named or lies below a folder that was.

    `shown` is how messages name it: its path from the folder that was named. `left_out` says in a
    sentence why it is not to be read, empty where it is; `as_usual` that this needs nobody's
    attention; `below` that it lies below a folder that was named.
    """

    path: Path
    shown: str
    left_out: str = ""
    as_usual: bool = False
    below: bool = False

    @property
    def account(self) -> str:
        """The path as reports and the account of evidence give it: always text in UTF-8."""
        return legible(self.path)


def gather(paths: Sequence[Path]) -> list[Given]:
    """Every file named, and every file below every folder named in the order of their paths.

    What is left out below a folder is named too: other projects, hidden files, what office programs
    and systems leave lying about, links to folders, and folders that may not be opened.
    """
    found: list[Given] = []
    for path in paths:
        if _is_folder(path):
            found += sorted(_below(path), key=lambda one: one.path)
        else:
            found.append(Given(path, one_line(legible(path.name))))
    return _told_apart(found)


def _told_apart(found: list[Given]) -> list[Given]:
    """The same, with the whole path shown of different files that would be shown alike."""
    paths: dict[str, set[Path]] = {}
    for one in found:
        paths.setdefault(one.shown, set()).add(one.path)
    return [
        replace(one, shown=one_line(one.account)) if len(paths[one.shown]) > 1 else one
        for one in found
    ]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it lies in a folder that may not be searched
        return False


def _below(top: Path) -> Iterator[Given]:
    closed: list[OSError] = []
    for here, folders, files in os.walk(top, onerror=closed.append):
        folder = Path(here)
        if DATABASE in files:
            folders.clear()
            yield _project(folder, top)
            continue
        for name in list(folders):
            reason = _no_folder(folder / name)
            if reason:
                folders.remove(name)
                yield _skipped(folder / name, top, reason)
        for name in files:
            reason = _no_evidence(name)
            yield (
                _skipped(folder / name, top, reason)
                if reason
                else Given(folder / name, _from(top, folder / name), below=True)
            )
    for problem in closed:
        path = Path(problem.filename)
        shown = _from(top, path)
        yield Given(
            path,
            shown,
            f"The folder “{shown}” could not be opened ({problem.strerror}), so nothing in it came"
            " in. Ask whoever it belongs to for the right to read it.",
        )


def _project(folder: Path, top: Path) -> Given:
    if folder != top:
        return _skipped(folder, top, "a project of Evidence Coder")
    shown = _from(top, folder)
    return Given(
        folder,
        shown,
        f"“{shown}” is a project of Evidence Coder and no evidence. Name the folder with the files"
        " that were sent in.",
    )


def _skipped(path: Path, top: Path, reason: str) -> Given:
    shown = _from(top, path)
    return Given(path, shown, f"Skipped: “{shown}” is {reason}.", as_usual=True)


def _no_folder(path: Path) -> str:
    if path.name.startswith("."):
        return "a hidden folder"
    return "a link to a folder" if path.is_symlink() else ""


def _no_evidence(name: str) -> str:
    if name.startswith("~$"):
        return "what an office program notes while a file is open"
    if name.lower() in _OF_THE_SYSTEM:
        return "a file of the system"
    return "a hidden file" if name.startswith(".") else ""


def _from(top: Path, path: Path) -> str:
    """The path from the folder that was named, whose own name it begins with."""
    return one_line(legible(Path(top.name) / path.relative_to(top)))
