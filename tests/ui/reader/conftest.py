"""A reader on the offscreen platform, in a fixed size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items):
    """The offscreen platform warns of what it cannot do to a window, which is nothing amiss."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def reader(qtbot):
    from coder.ui.reader import Reader

    widget = Reader()
    qtbot.addWidget(widget)
    widget.resize(1_000, 700)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget
