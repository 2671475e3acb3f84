"""How fast mails are read and brought into a project, and that memory does not grow with them."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.domain.draft import Source
from coder.ingest.safe import read_many
from coder.jobs import Job
from coder.project import Project

FEW, MANY, CAMPAIGN, MOST = 500, 2000, 5000, 10_000
TO_READ = 2000
MAIL = """From: {name} <{box}@example.org>
To: inquiry@example.org
Date: Fri, 18 Sep 2020 12:00:00 +0000
Subject: Evidence {number}
Message-ID: <{number}@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{text}

Kind regards
{name}
"""
SYLLABLES = re.findall("..", "badefigohukaleminopuasetivowaneloriku")


def run() -> list[Figure]:
    """Mails a second through reading alone and into a project, peak memory for few and for many,
    and the seconds that a campaign of 5,000 letters takes to be recognised."""
    with tempfile.TemporaryDirectory() as room:
        inbox = write_mails(Path(room, "inbox"), MANY)
        few = write_mails(Path(room, "few"), FEW)
        letters = write_mails(Path(room, "letters"), CAMPAIGN, campaign=True)
        read = TO_READ / _seconds(lambda: _read(sorted(inbox.iterdir())[:TO_READ]))
        small, _ = _brought(few, Path(room, "a"))
        large, took = _brought(inbox, Path(room, "b"))
        campaign, found = _campaign(letters, Path(room, "c"))
    return [
        _at_least("intake: plain mails through reading", read, 300),
        _at_least("intake: plain mails into a project", MANY / took, 100),
        Figure(
            f"intake: memory for {MANY:,} mails against {FEW:,}",
            large / small,
            "times",
            1.5,
            f"{small:.0f} MB and {large:.0f} MB at most",
        ),
        Figure(
            f"intake: look through a campaign of {CAMPAIGN:,} letters",
            campaign,
            "s",
            60.0,
            f"{found:,} of them recognised as one campaign's",
        ),
    ]


def write_mails(folder: Path, count: int, *, campaign: bool = False) -> Path:
    """Plain mails of some 360 words each, or letters of a campaign with a sentence of their own;
    the same every time."""
    folder.mkdir()
    chance = random.Random(count)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(4000)]

    def paragraph(length: int) -> str:
        return " ".join(chance.choices(words, k=length)).capitalize() + "."

    letter = "\n\n".join(paragraph(60) for _ in range(6))
    for number in range(count):
        own = f"{letter}\n\n{paragraph(15)}" if campaign else ""
        text = own or "\n\n".join(paragraph(60) for _ in range(6))
        name = f"{paragraph(1)[:-1]} {paragraph(1)[:-1]}"
        mail = MAIL.format(name=name, box=f"p{number}", number=number, text=text)
        Path(folder, f"{number:05}.eml").write_text(mail, encoding="utf-8")
    return folder


def _read(files: Sequence[Path]) -> None:
    for _ in read_many([Source.of(path) for path in files], Job()):
        pass


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _brought(inbox: Path, folder: Path) -> tuple[float, float]:
    """The peak memory (MB) and the seconds of an import in a process of its own."""
    told = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), str(inbox), str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    memory, took = map(float, told.stdout.split())
    return memory, took


def _campaign(inbox: Path, folder: Path) -> tuple[float, int]:
    with Project.create(folder, "Bench", "SIC", "Bench") as project:
        began = time.perf_counter()
        with project.intake.survey([inbox]) as plan:
            took = time.perf_counter() - began
            return took, sum(bool(one.campaign) for one in plan.proposals)


def _at_least(name: str, rate: float, least: float) -> Figure:
    """A rate, told as the time of a thousand, which can have an upper limit."""
    return Figure(name, 1000 / rate, "s/1,000", 1000 / least, f"{rate:.0f} a second")


def _bring(inbox: Path, folder: Path) -> None:
    import resource

    with Project.create(folder, "Bench", "SIC", "Bench") as project:
        took = _seconds(lambda: project.intake.bring([inbox]))
        assert len(project.evidence.all()) == len(list(inbox.iterdir()))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, took)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _bring(Path(sys.argv[1]), Path(sys.argv[2]))
    elif sys.argv[1:] == ["most"]:
        with tempfile.TemporaryDirectory() as room:
            memory, took = _brought(write_mails(Path(room, "inbox"), MOST), Path(room, "a"))
            print(f"{MOST:,} submissions: {took:.0f} s, {memory:.0f} MB at most")
    else:
        for figure in run():
            print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
