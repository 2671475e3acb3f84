"""What takes long to make is made once a run, and copied by each test that needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Make = Callable[[Path], object]
"""Makes something in a folder."""

MadeOnce = Callable[[Make], Path]
"""Gives the folder in which a function made something; copy what is there before changing it."""
