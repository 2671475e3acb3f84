"""The unitised family for what coders marked with one code, or with several at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coder.analysis.agreement.runs import Runs, together
from coder.analysis.agreement.unitised import (
    Units,
    coincidences,
    unitised_1995,
    units,
)
from coder.domain.agreement import Coefficient, Measure

_NO_PASSAGE = "Nobody tagged a passage, or they fill all the text."
_OVERLAP = "Passages of different codes overlap, so they are not units of one text."
_NOT_MET = "Nowhere did two coders both tag a passage."
_NOT_IT = "Where two coders both tagged, nobody used it."
_ONE_CODE = "Where two coders both tagged, there is only one code."
_TOO_LITTLE = "Too little was tagged by two coders at once to tell chance."
_NO_INTERVAL = "No interval is drawn for passages."


def of_one(marked: Sequence[Runs], length: int, offset: int = 0) -> dict[Coefficient, Measure]:
    """uα of 2016 and of 1995 for one code; `marked` are each coder's runs in a text that begins at
    `offset` and has `length` characters."""
    own = [one.as_units(1, offset) for one in marked]
    return {
        Coefficient.U_ALPHA: _measure(coincidences(own, length, 1).u_alpha(), _NO_PASSAGE),
        Coefficient.U_ALPHA_1995: _measure(unitised_1995([own], length).alpha, _NO_PASSAGE),
    }


def of_several(
    marked: Sequence[Sequence[Runs]], length: int, offset: int = 0
) -> tuple[dict[Coefficient, Measure], list[Measure]]:
    """The family for `marked[coder][code]`, and (k)uα of each code. In the form of 1995 each code
    is a text of its own, and their disagreements are added up. The forms of 2016 need passages
    that do not overlap; |uα then takes all codes for one."""
    codes = [
        [each[number].as_units(1, offset) for each in marked] for number in range(len(marked[0]))
    ]
    apart = unitised_1995(codes, length)
    found = {Coefficient.U_ALPHA_1995: _measure(apart.alpha, _NO_PASSAGE)}
    if any(_overlap(own) for own in marked):
        single = of_one([together(own) for own in marked], length, offset)
        found[Coefficient.U_BINARY] = single[Coefficient.U_ALPHA]
        undefined = Measure(None, why=_OVERLAP)
        found |= dict.fromkeys((Coefficient.U_ALPHA, Coefficient.CU_ALPHA), undefined)
        return found, [undefined] * len(marked[0])
    common = coincidences([_as_units(own, offset) for own in marked], length, len(marked[0]))
    found[Coefficient.U_ALPHA] = _measure(common.u_alpha(), _NO_PASSAGE)
    found[Coefficient.U_BINARY] = _measure(common.binary(), _NO_PASSAGE)
    shared = common.shared_categories()
    why = _NOT_MET if not shared else _ONE_CODE if len(shared) == 1 else _TOO_LITTLE
    found[Coefficient.CU_ALPHA] = _measure(common.cu_alpha(), why)
    each = [
        _measure(common.ku_alpha(code), why if code in shared or not shared else _NOT_IT)
        for code in range(1, len(marked[0]) + 1)
    ]
    return found, each


def _as_units(own: Sequence[Runs], offset: int) -> Units:
    return units(
        (int(start) - offset, int(end) - offset, code)
        for code, runs in enumerate(own, 1)
        for start, end in zip(runs.starts, runs.ends, strict=True)
    )


def _overlap(own: Sequence[Runs]) -> bool:
    covered = together(own)
    return bool(
        sum(int((one.ends - one.starts).sum()) for one in own)
        > int((covered.ends - covered.starts).sum())
    )


def _measure(value: float, otherwise: str) -> Measure:
    return Measure(None, why=otherwise) if np.isnan(value) else Measure(value, why=_NO_INTERVAL)
