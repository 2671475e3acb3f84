"""Nothing acknowledged is lost when the program is killed in the middle of tagging."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from coder.store.store import Store

TAGGING = """
import sys
from pathlib import Path
from coder.domain.model import Coder, Coding, new_id, now
from coder.store.store import Store

store = Store.open(Path(sys.argv[1]))
ann = Coder("ann", "Ann")
while True:
    coding = Coding(new_id(), "d", "c", "ann", 0, 2, "We", now(), "a memo")
    with store.step("Tag", ann) as tx:
        tx.put(coding)
    print(coding.id, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_no_acknowledged_tag_is_lost_by_kill_9(desk, folder: Path) -> None:
    document = desk.document()
    desk.code()
    desk.store.close()
    chance = random.Random(9)
    acknowledged: list[str] = []
    root = Path(__file__).parents[2]

    for _ in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", TAGGING, str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as child:
            assert child.stdout
            acknowledged += [child.stdout.readline().strip() for _ in range(chance.randint(1, 40))]
            child.kill()
            acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]

        store = Store.open(folder)
        kept = [coding.id for coding in store.read.codings(document.id)]
        assert set(acknowledged) <= set(kept)
        assert len(kept) - len(acknowledged) <= 10
        assert store.verify() == []
        assert len(store.read.find("memo", limit=10_000)) == len(kept)
        store.close()

    assert len(acknowledged) == len(set(acknowledged)) > 10
