"""`Project`: everything a user can do, for the window and the command line alike."""

from coder.project.project import Project
from coder.store.journal import StepDone

__all__ = ["Project", "StepDone"]
