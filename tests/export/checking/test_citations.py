"""Citations in the forms that reports use."""

import pytest

from coder.export.checking.citations import CitationFinder, Cited

FINDER = CitationFinder(["SIC"], ["SIC0012", "SIC1200"])


@pytest.mark.parametrize(
    ("text", "whole", "cited"),
    [
        ("x (SIC0012) y", "(SIC0012)", [Cited("SIC0012")]),
        ("x (SIC0012, para 7).", "(SIC0012, para 7)", [Cited("SIC0012", ("7",))]),
        ("Food Bank (SIC0012), para 7.", "(SIC0012), para 7", [Cited("SIC0012", ("7",))]),
        ("(Food Bank, SIC0012, ¶7)", "(Food Bank, SIC0012, ¶7)", [Cited("SIC0012", ("7",))]),
        ("(SIC0012, p. 4, para 7)", "(SIC0012, p. 4, para 7)", [Cited("SIC0012", ("7",), ("4",))]),
        ("(SIC0031, 02:14)", "(SIC0031, 02:14)", [Cited("SIC0031", times_ms=(134_000,))]),
        (
            "(SIC0031, 1:02:14, Chair speaking)",
            "(SIC0031, 1:02:14, Chair speaking)",
            [Cited("SIC0031", times_ms=(3_734_000,))],
        ),
        ("as sic0012 says", "sic0012", [Cited("SIC0012")]),
        ("x (SIC 0011, para 2)", "(SIC 0011, para 2)", [Cited("SIC0011", ("2",))]),
        ("x SIC 1200 x", "SIC 1200", [Cited("SIC1200")]),
        (
            "As paragraph 4.1 of SIC0003 says",
            "paragraph 4.1 of SIC0003",
            [Cited("SIC0003", ("4.1",))],
        ),
        ("SIC0003 at paragraph 4.3", "SIC0003 at paragraph 4.3", [Cited("SIC0003", ("4.3",))]),
        ("x (SIC0011:11)", "(SIC0011:11)", [Cited("SIC0011", ("11",))]),
        ("x (SIC0001 [4])", "(SIC0001 [4])", [Cited("SIC0001", ("4",))]),
        ("x (SIC0001 [4–6])", "(SIC0001 [4–6])", [Cited("SIC0001", ("4", "6", "5"))]),
        ("(SIC0012b, para 7)", "(SIC0012b, para 7)", [Cited("SIC0012b", ("7",))]),
        ("SIC0012 and SIC0031 say", "SIC0012 and SIC0031", [Cited("SIC0012"), Cited("SIC0031")]),
        (
            "(SIC0012, para 7; SIC0031, paras 2, 4 and 6)",
            "(SIC0012, para 7; SIC0031, paras 2, 4 and 6)",
            [Cited("SIC0012", ("7",)), Cited("SIC0031", ("2", "4", "6"))],
        ),
    ],
)
def test_a_citation_is_read_with_its_places(text: str, whole: str, cited: list[Cited]) -> None:
    [found] = FINDER.find(text)
    assert text[found.start : found.end] == whole
    assert list(found.cited) == cited


@pytest.mark.parametrize(("paras", "numbers"), [("7–9", "7 8 9"), ("1.2 to 1.4", "1.2 1.3 1.4")])
def test_a_range_holds_all_between(paras: str, numbers: str) -> None:
    [found] = FINDER.find(f"(SIC0012, paras {paras})")
    assert sorted(found.cited[0].paragraphs) == numbers.split()


def test_ibid_is_the_note_before() -> None:
    [before] = FINDER.find("Food Bank (SIC0012), para 7.")
    [found] = FINDER.find("Ibid., para 9.", before)
    assert found.cited == (Cited("SIC0012", ("9",)),)


def test_other_codes_and_years_are_no_citations() -> None:
    assert FINDER.find("SIC 2007, BASIC0012, XSIC0012, SIC12, SIC0012B") == []


def test_what_looks_like_a_reference_and_is_none_is_found() -> None:
    text = "SIC 2007, BASIC0012, SIC12, SIC0012B, SICO012, SIC0012 and sic 0012"
    assert [text[a:b] for a, b in FINDER.unread(text)] == ["SIC12", "SIC0012B", "SICO012"]
