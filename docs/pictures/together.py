"""Working together: a copy shared, one merged, what clashed, and the work shared out."""

from __future__ import annotations

from collections.abc import Callable

from pictures import hands
from pictures.studio import Studio


def sharing(studio: Studio) -> None:
    """What a copy for a colleague is to hold."""
    project = studio.window.session.project
    project.assigning.assign(["SIC0012", "SIC0013", "SIC0015"], [hands.COLLEAGUE])
    studio.pause()
    dialog = studio.open("share-copy")
    dialog.to.setCurrentText(hands.COLLEAGUE)
    list(dialog.ways.values())[1].setChecked(True)
    dialog.blind.setChecked(True)
    dialog.sealed.setChecked(True)
    for field in (dialog.passphrase.first, dialog.passphrase.second):
        field.setText("four words to keep")
    studio.pause()


def merging(studio: Studio) -> None:
    """What the copy that came back would bring."""
    _look_at_copy(studio)
    studio.shown = studio.window.together.merging


def clashes(studio: Studio) -> None:
    """What could not be kept of both sides, a definition chosen."""
    dialog = _look_at_copy(studio)
    dialog.go.click()
    studio.wait(dialog.clashes.isVisible)
    dialog.reject()
    studio.do("clashes")
    shown = studio.shown = studio.window.together.clashes
    studio.wait(lambda: shown.current() is not None)
    items = [shown.list.topLevelItem(at) for at in range(shown.list.topLevelItemCount())]
    shown.list.setCurrentItem(next(one for one in items if "definition" in one.text(1)))
    studio.pause()


def assigning(studio: Studio) -> None:
    """Who was given what, and how far they are."""
    project = studio.window.session.project
    given = [view.submission.ref for view in project.evidence.all()]
    project.assigning.assign(given[:7], [hands.COLLEAGUE])
    project.assigning.assign(given[7:14], ["Tom Pryce"])
    project.assigning.assign(given[2:6], ["Tom Pryce", hands.COLLEAGUE], twice=True)
    for name, far in ((hands.COLLEAGUE, 5), ("Tom Pryce", 3)):
        project.as_coder(name)
        for ref in project.assigning.refs_of(name)[:far]:
            documents = project.evidence.one(ref).documents
            project.progress.declare([one.id for one in documents])
    project.as_coder("Noor Hadley")
    studio.pause()
    studio.open("assign")
    studio.pause(1_000)


def _look_at_copy(studio: Studio):
    project = studio.window.session.project
    folder = studio.folder.with_name(f"{studio.folder.name}-asha")
    file = folder.with_name("Neighbours Again from Asha.evidence")
    project.assigning.assign(["SIC0012", "SIC0013", "SIC0015"], [hands.COLLEAGUE])
    hands.share(project, file)
    hands.work_there(file, folder)
    hands.work_here(project)
    hands.send_back(folder, file)
    studio.pause()
    studio.window.together.look_at(file)
    dialog = studio.window.together.merging
    studio.wait(dialog.go.isVisible)
    return dialog


SHOTS: dict[str, Callable[[Studio], None]] = {
    "sharing": sharing,
    "merging": merging,
    "clashes": clashes,
    "assigning": assigning,
}
