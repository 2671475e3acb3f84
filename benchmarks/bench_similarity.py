"""How long near-identical letters take to be found among 5,000 submissions."""

from __future__ import annotations

import pickle
import sys
import time
from pathlib import Path
from random import Random

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figure import Figure
from coder.analysis.similarity import Sketch, groups, sketch

SUBMISSIONS, CAMPAIGNS = 5000, 20
VOCABULARY = [f"word{number}" for number in range(5000)]


def run() -> list[Figure]:
    """Seconds for sketching and grouping, what share of letters is found, and two worst cases: all
    letters of one campaign, and all with one disclaimer."""
    random = Random(1)
    texts = _post(random)
    began = time.perf_counter()
    sketches = [sketch(text) for text in texts]
    sketched = time.perf_counter() - began
    grouped, found = _grouped(sketches)
    letters = [members for members in found if all(number % 2 == 0 for number in members)]
    share = sum(map(len, letters)) / (SUBMISSIONS / 2)
    size = len(pickle.dumps(sketches)) / SUBMISSIONS
    same, _ = _grouped(_alike(random, 220, 60))
    footed, _ = _grouped(_alike(random, 100, 300))
    note = f"{SUBMISSIONS:,} submissions, half of them letters of {CAMPAIGNS} campaigns"
    return [
        Figure("similarity: sketch 5,000 submissions", sketched, "s", 6.0, note),
        Figure("similarity: group 5,000 submissions", grouped, "s", 6.0, note),
        Figure("similarity: letters not found", 1 - share, "share", 0.01, "3 % of words edited"),
        Figure("similarity: a sketch", size, "bytes", 4000, "mean, as kept while surveying"),
        Figure("similarity: group 5,000 of one campaign", same, "s", 6.0, ""),
        Figure("similarity: group 5,000 with one disclaimer", footed, "s", 6.0, "none is joined"),
    ]


def _grouped(sketches: list[Sketch]) -> tuple[float, list[list[int]]]:
    began = time.perf_counter()
    found = groups(sketches)
    return time.perf_counter() - began, found


def _post(random: Random) -> list[str]:
    campaigns = [_words(random, 220) for _ in range(CAMPAIGNS)]
    texts = []
    for number in range(SUBMISSIONS):
        if number % 2:
            texts.append(" ".join(_words(random, random.randrange(50, 800))))
        else:
            texts.append(_letter(random, campaigns[number // 2 % CAMPAIGNS], 60))
    return texts


def _alike(random: Random, common: int, own: int) -> list[Sketch]:
    shared = _words(random, common)
    return [sketch(_letter(random, shared, own)) for _ in range(SUBMISSIONS)]


def _letter(random: Random, campaign: list[str], own: int) -> str:
    words = [random.choice(VOCABULARY) if random.random() < 0.03 else word for word in campaign]
    return " ".join([*words, *_words(random, random.randrange(own // 2, own + 1))])


def _words(random: Random, count: int) -> list[str]:
    return random.choices(VOCABULARY, k=count)


if __name__ == "__main__":
    for figure in run():
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} ({figure.note})")
