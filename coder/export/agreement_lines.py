"""A report on agreement as fields for scripts, by fixed names."""

from __future__ import annotations

from typing import Any

from coder.domain.agreement import AgreementLine, AgreementReport, Coefficient

TITLE = "Agreement of coders"


def as_json(report: AgreementReport) -> dict[str, Any]:
    """The fields that scripts rely on. `percent` counts to 100; shares and intervals are parts of
    one; what is undefined is null, with why under `undefined`."""
    names = report.coders
    return {
        "unit": report.unit.value,
        "coders": list(names),
        "compared": list(report.refs),
        "left_out": [{"ref": one.ref, "missing": list(one.missing)} for one in report.left_out],
        "overall": _fields(report.overall, names),
        "codes": [{"code": one.name, **_fields(one, names)} for one in report.codes],
        "themes": [{"theme": one.name, **_fields(one, names)} for one in report.themes],
        "submissions": [{"ref": one.name, **_fields(one, names)} for one in report.submissions],
        "pairs": [{"coders": list(one.coders), **_fields(one, names)} for one in report.pairs],
        "reading": report.reading,
        "caveats": list(report.caveats),
        "method": list(report.method),
        "sources": list(report.sources),
        "samples": report.options.samples,
        "seed": report.options.seed,
    }


def _fields(line: AgreementLine, names: tuple[str, ...]) -> dict[str, Any]:
    found = {kind: line.measures[kind] for kind in Coefficient if kind in line.measures}
    return {
        "n": line.units,
        "used": line.used,
        "shared": line.shared,
        "codings": line.codings,
        "prevalence": line.prevalence,
        "by_coder": dict(zip(line.coders or names, line.by_coder, strict=True)),
        **{kind.value: _number(kind, one.value) for kind, one in found.items()},
        "intervals": {
            kind.value: [_number(kind, one.low), _number(kind, one.high)]
            for kind, one in found.items()
            if one.low is not None
        },
        "undefined": {kind.value: one.why for kind, one in found.items() if one.value is None},
        "reading": line.reading,
        "caveats": list(line.caveats),
    }


def _number(kind: Coefficient, value: float | None) -> float | None:
    """The value; of the percentage in hundredths."""
    if value is None:
        return None
    return round(100 * value if kind is Coefficient.PERCENT else value, 6)
