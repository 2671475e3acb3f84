"""How far coders agree: who is compared, on what, and what the report says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from coder.domain.agreement import AgreementOptions, AgreementReport, Coefficient
from coder.domain.model import Document
from coder.project import Project

Letter = Callable[..., Document]
PLAIN = AgreementOptions(samples=0)
A, B = "Ada", "Bo"
KAPPA, ALPHA, PERCENT = Coefficient.KAPPA, Coefficient.ALPHA, Coefficient.PERCENT


def tag(
    project: Project, coder: str, document: Document, path: str, *spans: tuple[int, int]
) -> None:
    """Puts the code on these places as this coder, who then is the one at work."""
    project.as_coder(coder)
    for start, end in spans:
        project.tag_with_new_code(document, start, end, path)


def declare(project: Project, document: Document, *coders: str) -> None:
    for coder in coders:
        project.as_coder(coder)
        project.progress.declare([document.id])


def value(report: AgreementReport, kind: Coefficient, line: int = 0) -> float | None:
    return report.codes[line].measures[kind].value


@pytest.mark.parametrize(
    ("spans", "kappa"),
    [(((0, 500), (250, 750)), 0.0), (((0, 100), (50, 150)), 0.4444)],
)
def test_characters_are_compared_one_by_one(
    project: Project, letter: Letter, spans: Sequence[tuple[int, int]], kappa: float
) -> None:
    document = letter("x" * 1000)
    tag(project, A, document, "Buses", spans[0])
    tag(project, B, document, "Buses", spans[1])
    report = project.agreement.report(PLAIN)
    assert value(report, KAPPA) == pytest.approx(kappa, abs=5e-5)
    assert report.codes[0].units == 1000
    assert report.codes[0].name == "Buses"
