"""Sentences of English, by NLTK's Punkt with abbreviations of our own; none of its downloads."""

from __future__ import annotations

from functools import cache
from typing import Any

from coder.analysis import toolkit

_ABBREVIATIONS = (
    "mr mrs ms dr prof rev hon rt st sir cllr gov sgt capt lt col messrs jr sr"
    " e.g i.e etc cf viz vs al approx ca inc ltd plc co dept est"
    " para paras p pp no nos vol fig figs ch art sec ed eds"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun"
    " tel ext a.m p.m u.k u.s n.h.s ph.d b.a m.a"
)
"""Words after which a full stop ends no sentence, as Punkt wants them: small, without the stop."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as half-open spans in code points, without the space between them."""
    return [(int(start), int(end)) for start, end in _tokenizer().span_tokenize(text)]


@cache
def _tokenizer() -> Any:
    toolkit.load()
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS.split())
    return PunktSentenceTokenizer(parameters)
