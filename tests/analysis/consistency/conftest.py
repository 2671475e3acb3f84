"""A small inquiry in the making, and a look through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

import pytest

from coder.analysis.consistency.findings import Finding, Kind
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.looking import look
from tests.planted import TOPICS, Inquiry, material_of

Find = Callable[..., list[Finding]]


@pytest.fixture
def inquiry() -> Inquiry:
    """Ten codes with definitions, two coders, and no evidence yet."""
    made = Inquiry(Random(4))
    for topic in TOPICS:
        made.code(topic, f"What people say of {topic.lower()}.")
    return made


@pytest.fixture
def find(inquiry: Inquiry) -> Find:
    """Looks for findings of these kinds in the inquiry."""

    def kinds(*wanted: Kind, limits: Limits = Limits()) -> list[Finding]:  # noqa: B008
        return look(material_of(inquiry), limits, wanted)

    return kinds


def refs(findings: Iterable[Finding]) -> list[list[str]]:
    """The references of the passages of each finding."""
    return [[one.ref for one in finding.passages] for finding in findings]
