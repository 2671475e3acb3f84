"""NLTK is loaded whole, whoever asks first."""

from __future__ import annotations

import subprocess
import sys

TWO_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from coder.analysis import toolkit
from coder.analysis.language import sentences
from coder.analysis.words import stemmer

begin = Barrier(2)
assert not toolkit.loaded()

def part():
    begin.wait()
    return len(sentences("It rained. We met."))

def stem():
    begin.wait()
    return stemmer().stem("volunteering")

with ThreadPoolExecutor(2) as pool:
    one, other = pool.submit(part), pool.submit(stem)
    print(one.result(), other.result(), toolkit.loaded())
"""


def test_two_threads_may_ask_for_different_parts_of_nltk_at_the_same_moment():
    done = subprocess.run(
        [sys.executable, "-c", TWO_AT_ONCE], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["2", "volunt", "True"], done.stderr
