"""The project of the tests of the evidence place serves here too."""

from tests.ui.evidence.conftest import related

__all__ = ["related"]
