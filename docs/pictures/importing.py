"""What comes in: the preview of an import, and what became of everything."""

from __future__ import annotations

from collections.abc import Callable

from pictures.studio import Studio


def preview(studio: Studio) -> None:
    """The preview of an import into a new inquiry."""
    from coder import places
    from coder.project import Project
    from coder.project.calls import template_themes

    fresh = studio.folder.with_name(f"{studio.folder.name}-new")
    title, codes = "Neighbours Again", template_themes()
    Project.create(fresh, title, "SIC", "Noor Hadley", closes="2020-09-18", codes=codes).close()
    studio.window.open_project(fresh)
    importing = studio.window.chores.importing
    importing.bring([places.samples() / "evidence"])
    studio.wait(lambda: importing.previews, 120)
    studio.shown = importing.previews[-1]
    studio.pause(800)


def account(studio: Studio) -> None:
    """What became of every thing that was given."""
    studio.open("account")


SHOTS: dict[str, Callable[[Studio], None]] = {
    "preview": preview,
    "account": account,
}
