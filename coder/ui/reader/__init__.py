"""The reading widget: long text set for reading, with codings as tints and stripes."""

from coder.ui.reader.colours import DARK, LIGHT, ReaderColours
from coder.ui.reader.marks import Mark
from coder.ui.reader.reader import CODE_MIME, Reader

__all__ = ["CODE_MIME", "DARK", "LIGHT", "Mark", "Reader", "ReaderColours"]
