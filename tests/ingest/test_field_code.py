"""Fields whose text is made from their code show it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.ingest.field_code import shown


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r" MACROBUTTON NoMacro [Write your answer here] ", "[Write your answer here]"),
        (r"GOTOBUTTON annex see the annex", "see the annex"),
        (r"SYMBOL 183 \f Symbol \s 10 \h", "•"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \o(○,1)", "○ 1"),
        (r'EQ \* jc3 \* "Font:DejaVu Serif" \* hps12 \o\al(\s\up 11(とう),東)', "東(とう)"),
        (r"EQ \b\bc\{(a\,b)", "{ a,b"),
        (r"EQ \x(boxed words)", "boxed words"),
        (r"eq \s\do4(below) beside", "below beside"),
        ("PAGE", ""),
        (r'HYPERLINK "http://example.org"', ""),
        ("EQUIP", ""),
    ],
)
def test_a_field_without_a_result_shows_what_its_code_says(code: str, text: str) -> None:
    assert shown(code) == text


@given(st.text(alphabet="EQ \\ofsup(),;12ab", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_formula_is_put_on_a_line(formula: str) -> None:
    assert "\n" not in shown(f"EQ {formula}")
