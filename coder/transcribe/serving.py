"""What a process that works for the program does around its work: one request as a line of JSON in,
lines of JSON out.

It ends at once when told `cancel` or when whoever started it is gone; everything it said before
stands, since each line is sent off whole.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from coder.domain.errors import EvidenceError, Unreadable

Request = Mapping[str, Any]
Message = dict[str, Any]

Work = Callable[[Request], Iterator[Message]]
"""Gives the messages for a request, while it does what is asked for. Raises EvidenceError."""

STOPPED = 3
"""The exit code of a process that was told to stop."""


def serve(work: Work) -> NoReturn:
    """Is a process that serves one request and ends."""
    code = main(work)
    sys.stderr.flush()
    os._exit(code)


def main(work: Work) -> int:
    """Serves one request. Standard output carries messages only: what a library prints is sent to
    standard error."""
    out = os.dup(1)
    os.dup2(2, 1)
    lines = _lines()
    request = json.loads(next(lines))
    threading.Thread(target=_obey, args=(lines,), daemon=True).start()
    try:
        for message in work(request):
            _send(out, message)
        _send(out, {"event": "done"})
    except EvidenceError as problem:
        _send(
            out,
            {
                "event": "error",
                "unreadable": isinstance(problem, Unreadable),
                "what": problem.what,
                "remedy": problem.remedy,
            },
        )
    return 0


def _lines() -> Iterator[bytes]:
    """Lines of standard input, read without a lock that the end of the process would wait for."""
    held = b""
    while piece := os.read(0, 65536):
        held += piece
        *whole, held = held.split(b"\n")
        yield from whole


def _obey(lines: Iterator[bytes]) -> None:
    for line in lines:
        if line.strip() == b"cancel":
            break
    os._exit(STOPPED)


def _send(out: int, message: Mapping[str, Any]) -> None:
    line = json.dumps(message, ensure_ascii=False).encode() + b"\n"
    while line:
        line = line[os.write(out, line) :]
