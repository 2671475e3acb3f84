"""The audit place: agreement of coders, and a report checked against the evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pictures import hands
from pictures.studio import Studio

_REPORT = """
# Chapter 2: Streets that held
Networks of help grew fast, but not everywhere. “Networks grew where there was already \
somewhere to meet and somebody with a key” (SIC0003, para 2.4), the council told us; \
where there was neither, “the map of groups was the map of need” (SIC0003, para 2.2).
Firms found it no easier: “Each time we wanted to help, we found six organisations and no \
telephone number” (SIC0004, para 6).
# Being needed
What people missed was less company than being of use. “Everyone rings to ask what I need. Nobody \
rings to ask what I can do” (SIC0005, para 4), and one witness wrote: “I know every door and every \
dog in this town and nobody has asked me one question” (SIC0012).
Others spoke of “the long silence after the first wave of kindness had passed over us” (SIC0001, \
para 9). For some, “I miss the conversations at the bus stop” (SIC0014, 00:23) said it all.
"""
"""A heading or a paragraph on each line; some of what it quotes is right."""


def audit(studio: Studio) -> None:
    """What a check found in a report, an altered quotation chosen."""
    report = studio.folder.with_name(f"{studio.folder.name}-report") / "Chapter 2 draft.docx"
    _write(report)
    window = studio.window
    studio.do("place-audit")
    page = window.audit.report
    page.check_wanted.emit(str(report))
    studio.wait(lambda: page.checked is not None)
    page.list.setCurrentIndex(page.model.index(1, 0))
    studio.pause(800)


def agreement(studio: Studio) -> None:
    """How far two coders agree, code by code, a code chosen."""
    studio.do("agreement")
    page = studio.window.audit.agreement
    studio.wait(lambda: page.report is not None and page.report.options.samples)
    page.table.setCurrentItem(page.table.topLevelItem(1).child(2))
    studio.pause(500)


def disagreements(studio: Studio) -> None:
    """A passage that two coders have tagged otherwise, side by side."""
    hands.define(studio.window.session.project)
    studio.do("disagreements")
    page = studio.window.audit.disagreements
    studio.wait(page.model.rowCount)
    studio.pause(800)


def consistency(studio: Studio) -> None:
    """What was found in the use of the codebook, a finding chosen."""
    project = studio.window.session.project
    hands.define(project)
    hands.tag_campaign(project)
    studio.window.show_state()
    studio.do("consistency", "consistency-again")
    page = studio.window.audit.consistency
    studio.wait(lambda: page.found is not None)
    page.list.setCurrentIndex(page.model.index(0, 0))
    studio.pause(800)


def trail(studio: Studio) -> None:
    """Who did what, a step chosen."""
    hands.work_here(studio.window.session.project)
    studio.do("trail")
    page = studio.window.audit.trail
    studio.wait(page.model.rowCount)
    page.list.setCurrentIndex(page.model.index(2, 0))
    studio.pause(1_000)


def _write(path: Path) -> None:
    import docx

    document = docx.Document()
    for line in _REPORT.strip().splitlines():
        words = line.removeprefix("# ")
        document.add_paragraph(words, style="Normal" if words == line else "Heading 1")
    path.parent.mkdir()
    document.save(str(path))


SHOTS: dict[str, Callable[[Studio], None]] = {
    "agreement": agreement,
    "audit": audit,
    "disagreements": disagreements,
    "consistency": consistency,
    "trail": trail,
}
