"""A shared copy, in which a colleague has worked, and the window on the inquiry it came from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder.project import Project
from coder.project.sharing import ShareOptions, open_shared
from tests.made import MadeOnce
from tests.ui.conftest import _streets

PASSPHRASE = "four words to keep"


@pytest.fixture
def copies(made_once: MadeOnce, tmp_path: Path) -> Path:
    """A folder with the inquiry `project`, the folder of a colleague's copy `asha`, in which two
    passages are tagged and a definition clashes, and that copy sealed, `back.evidence`."""
    return Path(shutil.copytree(made_once(_in_two_hands), tmp_path / "copies"))


def _in_two_hands(folder: Path) -> None:
    _streets(folder)
    file, asha = folder / "asha.evidence", folder / "asha"
    with Project.open(folder / "project", "Noor Hadley") as mine:
        mine.assigning.assign(["STR0001"], ["Asha Rao"])
        mine.sharing.share(file, ShareOptions("Asha Rao"))
        mine.codebook.define(mine.codebook.at("Volunteering"), definition="Time, given.")
    open_shared(file, asha)
    with Project.open(asha, "Asha Rao") as theirs:
        code = theirs.codebook.at("Volunteering")
        theirs.codebook.define(code, definition="Unpaid work.")
        document = theirs.document(theirs.evidence.all()[0].documents[0].id)
        for start in (0, 40):
            theirs.codings.tag(document, start, start + 14, [code])
        theirs.sharing.share(folder / "back.evidence", ShareOptions(passphrase=PASSPHRASE))
