"""`Project`: everything a user can do, for the window and the command line alike."""

from coder.project.project import Project
from coder.store.journal import MACHINE, StepDone

__all__ = ["MACHINE", "Project", "StepDone"]
