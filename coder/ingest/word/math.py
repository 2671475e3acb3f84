"""Writes a formula of a Word file on one line, as it would be typed."""

from __future__ import annotations

from collections.abc import Callable

from coder.ingest.packed.package import Element
from coder.ingest.word.names import VAL, m, w

_SKIPPED = frozenset({w("rPr"), w("del"), w("moveFrom"), m("ctrlPr")})


def linear(element: Element) -> str:
    """The formula's characters in reading order: `a/b` for a fraction, `x^2`, `a_i`, `√(x)`."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return ""
    if tag in (m("t"), w("t")):
        return element.text or ""
    write = _WRITERS.get(tag, _inner)
    return write(element)


def _inner(element: Element) -> str:
    return "".join(linear(child) for child in element)


def _fraction(element: Element) -> str:
    return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"


def _delimited(element: Element) -> str:
    return f"{_mark(element, 'begChr', '(')}{_inner(element)}{_mark(element, 'endChr', ')')}"


def _grouped(parent: Element, name: str) -> str:
    return _brackets("".join(_inner(child) for child in parent.findall(m(name))))


def _brackets(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _shifted(sign: str, element: Element) -> str:
    inner = _inner(element)
    return sign + _brackets(inner) if inner else ""


def _mark(parent: Element, name: str, usual: str) -> str:
    for mark in parent.iterfind(f"*/{m(name)}"):
        return str(mark.get(m("val"), mark.get(VAL, usual)))
    return usual


_WRITERS: dict[str, Callable[[Element], str]] = {
    m("f"): _fraction,
    m("d"): _delimited,
    m("sup"): lambda element: _shifted("^", element),
    m("sub"): lambda element: _shifted("_", element),
    m("rad"): lambda element: f"√{_grouped(element, 'e')}",
    m("nary"): lambda element: _mark(element, "chr", "∫") + _inner(element),
}
