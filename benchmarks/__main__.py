"""Runs every benchmark (or those named), prints the figures, and keeps them in `results.json`.

python -m benchmarks [NAME…]        for example: python -m benchmarks start pack
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


def main(wanted: Sequence[str]) -> int:
    """Measures and tells; 1 where a figure is above its limit, 2 for a name there is none of."""
    known = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    if strange := [name for name in wanted if name not in known]:
        print(f"There is no benchmark {', '.join(strange)}. There are: {', '.join(known)}.")
        return 2
    results = _kept()
    over = 0
    for name in wanted or known:
        figures = importlib.import_module(f"benchmarks.bench_{name}").run()
        print(f"\n{name}")
        for figure in figures:
            over += _is_over(figure)
            print(_line(figure), flush=True)
        results["figures"][name] = [asdict(figure) for figure in figures]
    results["machine"] = (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()},"
        f" Python {platform.python_version()}"
    )
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if over else 0


def _kept() -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"machine": "", "figures": {}}
    return kept


def _is_over(figure: Figure) -> bool:
    return figure.limit is not None and figure.value > figure.limit


def _line(figure: Figure) -> str:
    limit = "" if figure.limit is None else f"at most {figure.limit:g}"
    state = "OVER" if _is_over(figure) else ""
    return (
        f"  {figure.name:<52} {figure.value:>10.3g} {figure.unit:<8} {limit:<12} {state:<4} "
        f"{figure.note}"
    ).rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
