"""The proof of the check: forty planted errors are found, and two hundred true quotations pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from coder.domain.quote_id import QuoteId
from coder.export.checking.findings import SOFT, Kind, Status
from tests.export.checking.reports import Inquiry, Report, inquiry


@pytest.fixture(scope="module")
def evidence() -> Inquiry:
    return inquiry()


Way = Callable[[Report, Inquiry, str, int, str], None]
"""Puts a true quotation of a paragraph of a submission into a report."""


def _in(marks: str, tail: str = " (%s, para %d).") -> Way:
    def put(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
        words = words.replace("“", "‘").replace("”", "’") if marks[0] in '“"' else words
        report.say(f"We were told: {marks[0]}{words}{marks[1]}" + tail % (ref, paragraph))

    return put


def _block(style: str | None, indent: float = 0.0) -> Way:
    def put(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
        name = of.submissions[ref].organisation
        if indent:
            report.say(words, indent=indent)
            report.say(f"— {name} ({ref}, para {paragraph})", indent=indent)
        else:
            report.say(f"{words} {name} ({ref}, para {paragraph})", style)

    return put


def _table(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.row(f"“{words}”", f"{of.submissions[ref].organisation} ({ref}, para {paragraph})")


def _footnote(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    name = of.submissions[ref].organisation
    report.say(f"One said “{words}”{{{{{name} ({ref}), para {paragraph}.}}}} and we agree.")


def _omission(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    several = words.split()
    sign = ("[…]", "…", "...", "[...]", ". . .")[paragraph % 5]
    shorter = " ".join([*several[:4], sign, *several[7:]])
    report.say(f"As one put it, “{shorter}” ({ref}, para {paragraph}).")


def _insertion(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    several = words.split()
    report.say(f"“{' '.join([*several[:3], '[their neighbours]', *several[5:]])}” ({ref}).")


def _case(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    words = f"[{words[0].lower()}]{words[1:-1]}"
    report.say(f"They wrote that “{words}”, which {of.submissions[ref].organisation} ({ref}) did.")


def _spaces(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    words = words.replace(" – ", "—").replace(" ", "\u00a0", 2).replace("-", "\u2011").upper()
    report.say(f"“{words.replace('’', chr(39))}” ({ref}, paragraph {paragraph})")


def _name_first(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    name = of.submissions[ref].organisation
    report.say(f"{name} ({ref}, para {paragraph}) wrote: “{words}” That is worth noting.")


def _parted(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    several = words.split()
    first, rest = " ".join(several[:6]), " ".join(several[6:])
    report.say(f"“{first},” said a volunteer, “{rest}” ({ref}, paras {paragraph}–{paragraph + 1})")


def _two_references(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    other = of.said("SIC0055", paragraph).replace("“", "‘").replace("”", "’")
    report.say(f"Some say “{other}”, and some “{words}” (SIC0055; {ref}, para {paragraph})")


def _control(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    document = of.text(ref)
    start = document.text.index(words)
    key = QuoteId.of(ref, document.id, start, start + len(words))
    if paragraph % 2:
        report.control(key.tag, words, f" ({ref}, para {paragraph})")
    else:
        report.bookmark(key.bookmark, words, "  as they said.")


def _box(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.box(f"‘{words.replace('‘our’', '“our”')}’ ({ref})")


def _nested(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.nested(f"“{words}” ({ref}, para {paragraph})")


def _uncited(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.say(f"Nobody is named for “{words}” here.")


def _tracked(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    half = len(words) // 2
    report.tracked(f"They said: “{words[:half]}", "gone words", f"{words[half:]}”", f" ({ref})")


def _citation_inside(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.say(f"One wrote: “{words[:-1]} ({ref}, para {paragraph}).”")


def _name_leads(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.say(f"{of.submissions[ref].organisation} ({ref}, para {paragraph}): {words}", "Quote")


def _column(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.table(["Theme", "Quotation", "Source"], ["Buses and trains", words, ref])


def _heading(report: Report, of: Inquiry, ref: str, paragraph: int, words: str) -> None:
    report.heading(f"“{words}”", 2)
    report.say(f"As {ref} said: “{words}”")


WAYS: tuple[Way, ...] = (
    _in("“”"), _in('""'), _in("‘’"), _in("''"), _in("“”", " (%s), para %d."),
    _block("Quote"), _block("Intense Quote"), _block(None, 1.5),
    _table, _footnote, _omission, _insertion, _case, _spaces, _name_first, _parted,
    _two_references, _control, _box, _nested, _uncited, _tracked, _citation_inside, _name_leads,
    _column, _heading,
)  # fmt: skip


def test_two_hundred_true_quotations_raise_no_alarm(evidence: Inquiry) -> None:
    report = Report()
    report.heading("What we heard", 0)
    report.heading("Neighbours")
    put = 0
    for paragraph in range(1, 7):
        for number in range(1, 37):
            ref = f"SIC{number:04}"
            WAYS[put % len(WAYS)](report, evidence, ref, paragraph, evidence.said(ref, paragraph))
            put += 1
    put += _several_paragraphs(report, evidence)
    put += _without_names(report, evidence)
    put += _of_a_recording(report, evidence)
    _what_is_no_quotation(report)

    found = evidence.check(report.bytes())

    assert put >= 200
    assert [(one.problem, one.text, one.cited) for one in found.wrong] == []
    assert found.quotations >= put
    assert {one.status for one in found.found} == {Status.VERBATIM}


def _several_paragraphs(report: Report, of: Inquiry) -> int:
    """Each paragraph begins with a mark and only the last one ends with one."""
    for ref in ("SIC0001", "SIC0002", "SIC0003"):
        report.say("One letter is quoted at length:")
        report.say(f"“{of.said(ref, 7, 0, 3)}".replace("“thank you”", "‘thank you’"))
        report.say(f"“{of.said(ref, 8, 0, 3)}” ({ref}, paras 7 and 8)")
    return 3


def _without_names(report: Report, of: Inquiry) -> int:
    """Anonymous evidence as packs write it, with names masked."""
    for paragraph, ref in enumerate(("SIC0041", "SIC0042", "SIC0045"), start=2):
        words = of.said(ref, paragraph).split()
        mask = "[withheld]" if ref == "SIC0042" else "[name]"
        masked = " ".join([*words[:5], mask, *words[7:]])
        report.say(masked, "Quote")
        report.say(f"— Individual ({ref}, para {paragraph})")
    return 3


def _of_a_recording(report: Report, of: Inquiry) -> int:
    for line in (2, 5):
        words = of.text("SIC0051").text.split("\n")[line]
        time = f"{line * 20 // 60:02}:{line * 20 % 60:02}"
        report.say(
            f"“{words}” (SIC0051, {time}, Chair speaking)".replace("“thank you”", "thank you")
        )
    return 2


def _what_is_no_quotation(report: Report) -> None:
    report.say('The so-called “new normal” and ‘hubs’, in the ’80s; the pipe is 5" wide.')
    report.say("The strategy “Integrated Communities Green Paper” came first.")
    report.say("We asked “What has changed where you live since March?” of everyone.")
    report.say(
        "Ministers said “we will level up every corner of this land”{{Hansard, 3 May 2021}}."
    )
    report.say("The Will of the people is young, and Hope springs eternal (SIC0001 and SIC0002).")


def test_an_apostrophe_does_not_hide_that_words_are_altered(evidence: Inquiry) -> None:
    said = next(
        (ref, words)
        for ref in evidence.submissions
        if ref < "SIC0040" and "s’ " in (words := evidence.said(ref, 5)) and "‘" not in words
    )
    ref, words = said
    report = Report()
    report.say(f"One wrote ‘{words}’ ({ref}).")
    report.say(f"One wrote ‘{_ended(words.split(), Random())}’ ({ref}).")
    first, second = evidence.check(report.bytes()).found
    assert not first.problems
    assert second.kind is Kind.ALTERED


PLANTED = 40


def test_forty_planted_errors_of_every_kind_are_found(evidence: Inquiry) -> None:
    report, planted = _report_with_errors(evidence)
    assert sum(len(kinds) for kinds in planted.values()) == PLANTED

    found = evidence.check(report.bytes())

    told = {
        one.text: [problem.kind for problem in one.problems]
        for one in (*found.wrong, *found.soft)
        if one.kind is not Kind.UNQUOTED
    }
    assert told == planted
    assert sum(found.counts.values()) == PLANTED
    assert {kind for kinds in planted.values() for kind in kinds} == set(Kind) - SOFT | {Kind.TWICE}


def _report_with_errors(of: Inquiry) -> tuple[Report, dict[str, list[Kind]]]:
    """A report with errors among true quotations, and what should be found, by its words."""
    report, random = Report(), Random(3)
    report.heading("Interim report", 0)
    planted: dict[str, list[Kind]] = {}

    def true(number: int) -> None:
        ref = f"SIC{number:04}"
        report.say(f"True: “{of.said(ref, 9)}” ({ref}, para 9).")

    def plant(words: str, cited: str, *kinds: Kind, before: str = "One said") -> None:
        words = words.replace("“", "‘").replace("”", "’")
        report.say(f"{before} “{words}” ({cited}).")
        planted[words] = list(kinds)

    for number, change in enumerate(_CHANGES, start=1):
        ref = f"SIC{number:04}"
        words = change(of.said(ref, 2).split(), random)
        plant(words, f"{ref}, para 2", Kind.ALTERED)
        true(number)
    for words in (
        "Nobody ever told us this in writing or at a hearing",
        "Every single respondent agrees wholeheartedly with these proposals",
        "What a splendid invention of ours",
        "We would fund it tomorrow",
    ):
        plant(words, "SIC0011, para 1", Kind.NOT_FOUND)
    for number in (12, 13, 14, 15):
        plant(of.said(f"SIC{number:04}", 3), f"SIC{number + 10:04}", Kind.REFERENCE)
        true(number)
    report.say(f"“{of.said('SIC0016', 3)}”{{{{SIC0017, para 3}}}} they wrote.")
    planted[of.said("SIC0016", 3)] = [Kind.REFERENCE]
    for number in (17, 18, 19, 20):
        plant(of.said(f"SIC{number:04}", 4), f"SIC{number:04}, para 6", Kind.PARAGRAPH)
    line = of.text("SIC0051").text.split("\n")[20]
    plant(line, "SIC0051, 02:14", Kind.TIME)
    plant(of.said("SIC0021", 2), "SIC0990, para 2", Kind.NO_REFERENCE)
    plant(of.said("SIC0022", 2), "SIC021", Kind.NO_REFERENCE)
    plant(of.said("SIC0046", 2), "SIC0046, para 2", Kind.PERMISSION)
    plant(of.said("SIC0047", 2), "SIC0047, para 2", Kind.PERMISSION)
    plant("We were never there and it was not us who said so", "SIC0048", Kind.WITHDRAWN)
    report.say("Others say the same (SIC0048) in other words.")
    planted["(SIC0048)"] = [Kind.WITHDRAWN]
    plant(of.said("SIC0041", 3), "SIC0041", Kind.NAMED, before="Aoife Brennan said")
    plant(of.said("SIC0042", 3), "SIC0042", Kind.NAMED, before="As Mr Zielinski said,")
    plant(f"{of.said('SIC0045', 3)[:-1]}", "SIC0045", Kind.NAMED, before="Priya:")
    report.say("We thank Harrow Lane Trust for coming.")
    planted["Harrow Lane Trust"] = [Kind.NAMED]
    plant(of.said("SIC0030", 8), "SIC0030, para 8", Kind.SENSITIVE)
    plant(of.said("SIC0049", 6), "SIC0049, para 6", Kind.MOVED)
    report.say(f"{of.submissions['SIC0031'].organisation} (SIC0032) says more on buses.")
    planted["(SIC0032)"] = [Kind.NAME]
    report.say("See also SIC0050, para 2, on buses.")
    planted["SIC0050, para 2"] = [Kind.MOVED]
    for number in (1, 2):
        again = " ".join(of.said(f"SIC{number:04}", 9).split()[2:])
        plant(again, f"SIC{number:04}", Kind.TWICE)
    plant(of.said("SIC0046", 4), "SIC0023, para 4", Kind.PERMISSION, Kind.REFERENCE)
    return report, planted


def _swapped(words: list[str], random: Random) -> str:
    place = next(n for n in range(3, 9) if re.fullmatch(r"[a-z]+", words[n]))
    return " ".join([*words[:place], "telescope", *words[place + 1 :]])


def _added(words: list[str], random: Random) -> str:
    return " ".join([*words[:5], "not", *words[5:]])


def _dropped(words: list[str], random: Random) -> str:
    return " ".join([*words[:5], *words[6:]])


def _turned(words: list[str], random: Random) -> str:
    return " ".join([*words[:4], words[5], words[4], *words[6:]])


def _ended(words: list[str], random: Random) -> str:
    return " ".join([*words[:-1], "telescopes."])


def _begun(words: list[str], random: Random) -> str:
    return " ".join(["Telescopes", *words[1:]])


def _omitted_wrongly(words: list[str], random: Random) -> str:
    return " ".join([*words[6:], "[…]", *words[:5]])


_CHANGES = (
    _swapped, _added, _dropped, _turned, _ended, _begun, _omitted_wrongly, _swapped,
)  # fmt: skip
