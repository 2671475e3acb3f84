"""`Project`: everything a user can do, for the window and the command line alike."""

from coder.project.project import Project

__all__ = ["Project"]
