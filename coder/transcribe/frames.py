"""The frames of a sound track, whatever has become of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from coder.domain.text import counted

_MOST_CHANNELS = 64
"""What FFmpeg can resample, and more than any recorder has."""


def frames(container: Any, stream: Any, tell: Callable[[str], None]) -> Iterator[Any]:
    """Every frame that can be decoded, from where the container stands. Damage is skipped, and
    told in a sentence with `{name}` for the recording's name."""
    import av

    packets = container.demux(stream)
    damaged = 0
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except IndexError:  # PyAV, at the end, where a stream turned up after the beginning
            packets = container.demux(stream)
            continue
        except (av.FFmpegError, EOFError):
            tell("“{name}” is damaged and could only be read in part.")
            break
        try:
            decoded = packet.decode()
        except (av.FFmpegError, EOFError):
            damaged += 1
            continue
        for frame in decoded:
            if 0 < frame.layout.nb_channels <= _MOST_CHANNELS and frame.sample_rate > 0:
                yield frame
            else:
                damaged += 1
    if damaged:
        missing = counted(damaged, "piece of its sound is", "pieces of its sound are")
        tell(f"“{{name}}” is damaged: {missing} missing.")
