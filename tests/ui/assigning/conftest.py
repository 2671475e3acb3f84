"""The project of submissions that have to do with one another."""

from tests.ui.evidence.conftest import related  # noqa: F401 – a fixture here too
