"""What a machine hears is heard once: the same request about the same sound gets the answers that
the process in which it listens gave the first time."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from coder.domain.errors import Cancelled, EvidenceError
from coder.jobs import Job

LISTENS = "coder.transcribe.worker"
"""The module of the process that listens."""

Message = dict[str, Any]
Served = Callable[[str, dict[str, Any], EvidenceError, Job], Generator[Message]]


class Heard:
    """Stands before `coder.transcribe.run.served`. Whole conversations that end well are kept;
    what is stopped, breaks off or gives an error is asked for in earnest each time, and everything
    while `anew` is set."""

    def __init__(self, served: Served) -> None:
        self.anew = False
        self._served = served
        self._kept: dict[str, list[str]] = {}

    def __call__(
        self, module: str, request: dict[str, Any], broken: EvidenceError, job: Job
    ) -> Generator[Message]:
        """See `run.served`."""
        key = "" if self.anew or module != LISTENS else _key(request)
        if key in self._kept:
            for line in self._kept[key]:
                _refuse_cancelled(job)
                yield json.loads(line)
            _refuse_cancelled(job)
            return
        said = []
        with closing(self._served(module, request, broken, job)) as messages:
            for message in messages:
                said.append(json.dumps(message))
                yield message
        if key:
            self._kept[key] = said


def _refuse_cancelled(job: Job) -> None:
    if job.cancelled:
        raise Cancelled


def _key(request: dict[str, Any]) -> str:
    """All that the answers depend on: what is asked, of which sound and with which model."""
    model = Path(request["model"])
    files = [model] if model.is_file() else sorted(model.glob("*.*"))
    told = {
        **request,
        "path": _digest(Path(request.get("path", ""))),
        "model": [(one.name, _digest(one)) for one in files],
    }
    return json.dumps(told, sort_keys=True)


def _digest(path: Path) -> str:
    if not path.is_file():
        return str(path)
    stat = path.stat()
    return _digest_of(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@cache
def _digest_of(path: Path, *as_it_is: int) -> str:
    return sha256(path.read_bytes()).hexdigest()
