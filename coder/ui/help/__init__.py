"""Help for each place: its pages, which of them goes with what has the focus, and their window."""

from coder.ui.help.pages import TOPICS, topic_of
from coder.ui.help.window import HelpWindow

__all__ = ["TOPICS", "HelpWindow", "topic_of"]
