"""What may leave the project, and that nothing else can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.errors import Refused
from coder.domain.model import Permission, Status, Submission
from coder.domain.quotes import Quote
from coder.export.selection import LeftOut, publishable
from tests.export.conftest import NO_TEXT

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]


def test_only_what_is_allowed_passes(quote: MakeQuote, submission: MakeSubmission) -> None:
    of = [submission(n, permission=p) for n, p in enumerate(Permission, 1)]

    selection = publishable([quote(one, one.permission.value) for one in of], of, NO_TEXT)

    assert [q.quote for q in selection.quotes] == ["named", "anonymous"]
    assert selection.left_out == LeftOut(withheld=1, unknown=1, submissions=2)


def test_what_cannot_be_attributed_stays_in(quote: MakeQuote, submission: MakeSubmission) -> None:
    named, anonymous = submission(1), submission(2, permission=Permission.ANONYMOUS)
    quotes = [quote(named, attribution=" "), quote(anonymous)]

    selection = publishable(quotes, [named], NO_TEXT)

    assert selection.quotes == ()
    assert selection.left_out == LeftOut(unattributed=1, nameless=1, submissions=2)


def test_only_evidence_that_stands_passes(quote: MakeQuote, submission: MakeSubmission) -> None:
    of = [submission(n, status=status) for n, status in enumerate(Status, 1)]
    quotes = [quote(one, one.status.value, attribution="Walsall Food Bank") for one in of]

    selection = publishable(quotes, of, NO_TEXT)

    assert [q.quote for q in selection.quotes] == ["received", "included"]
    assert selection.left_out == LeftOut(withdrawn=1, blank=1, duplicate=1, joined=1, submissions=4)


@pytest.mark.parametrize(
    ("respondent", "organisation", "passes"),
    [
        ("", "", False),
        ("–", "", False),
        ("J", "", False),
        ("Unknown", "", False),
        ("Anonymous", "", True),
        ("name withheld", "", True),
        ("K. R.", "", True),
        ("", "Walsall Food Bank", True),
    ],
)
def test_anonymous_words_stay_in_until_it_is_known_which_name_to_mask(
    quote: MakeQuote,
    submission: MakeSubmission,
    respondent: str,
    organisation: str,
    passes: bool,
) -> None:
    of = submission(
        permission=Permission.ANONYMOUS, respondent=respondent, organisation=organisation
    )

    selection = publishable([quote(of)], [of], NO_TEXT)

    assert len(selection.quotes) == passes
    assert selection.left_out.nameless == (not passes)


def test_a_name_that_the_passage_cuts_off_is_masked(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission(permission=Permission.ANONYMOUS, respondent="Jill Kowalska")
    text = "Signed: Jill Kowal-\nska, of Kent"
    start, end = text.index("ill"), text.index("ska")
    one = quote(of, text[start:end], start=start, end=end, document_id="d")

    kept = publishable([one], [of], {"d": text}).quotes[0]

    assert (kept.quote, kept.masked) == ("[name]", True)


def test_a_code_gives_no_name_away(quote: MakeQuote, submission: MakeSubmission) -> None:
    named, withheld = (
        submission(1),
        submission(2, permission=Permission.WITHHELD, respondent="Gwen Ode"),
    )
    one = quote(named, code="People/Gwen")
    assert publishable([one], [named, withheld], NO_TEXT).quotes[0].code == "People/[name]"


@pytest.mark.parametrize(
    ("permission", "speaker", "told"),
    [
        (Permission.NAMED, "Chair", "(SIC0001, 00:04, Chair speaking)"),
        (Permission.NAMED, "Gwen Ode", "(SIC0001, 00:04, an unnamed speaker)"),
        (Permission.NAMED, "Dr Gwen", "(SIC0001, 00:04, an unnamed speaker)"),
        (Permission.ANONYMOUS, "Chair", "(SIC0001, 00:04, an unnamed speaker)"),
        (Permission.ANONYMOUS, "Speaker 2", "(SIC0001, 00:04, Speaker 2 speaking)"),
        (Permission.ANONYMOUS, "another speaker", "(SIC0001, 00:04, another speaker)"),
    ],
)
def test_a_speaker_is_told_only_where_the_name_may_be(
    quote: MakeQuote,
    submission: MakeSubmission,
    permission: Permission,
    speaker: str,
    told: str,
) -> None:
    of = submission(1, permission=permission, respondent="Ann Tate")
    withheld = submission(2, permission=Permission.WITHHELD, respondent="Gwen Ode")
    one = quote(of, time_ms=4_000, speakers=(speaker,), citation=f"({speaker})")

    [kept] = publishable([one], [of, withheld], NO_TEXT).quotes

    assert kept.citation == told
    assert kept.as_json()["speaker"] in told


def test_sensitive_words_stay_in_whoever_else_tagged_them(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission()
    quotes = [
        quote(of, "flagged", start=10, end=20, sensitive=True),
        quote(of, "overlapping", start=19, end=30, coder="Ben", code_id="t3"),
        quote(of, "touching", start=20, end=25),
        quote(of, "before", start=0, end=10),
        quote(of, "elsewhere", start=10, end=20, document_id="other"),
    ]

    selection = publishable(quotes, [of], NO_TEXT)

    assert [q.quote for q in selection.quotes] == ["touching", "before", "elsewhere"]
    assert selection.left_out == LeftOut(sensitive=2, submissions=1)
    assert len(publishable(quotes, [of], NO_TEXT, sensitive=True).quotes) == 5


def test_sensitive_words_stay_in_though_a_filter_hides_who_marked_them(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission()
    one, flagged = quote(of, start=0, end=9), quote(of, start=5, end=20, sensitive=True)

    assert publishable([one], [of], NO_TEXT, beside=[flagged]).left_out.sensitive == 1
    assert publishable([one], [of], NO_TEXT, sensitive=True, beside=[flagged]).quotes


def test_a_passage_tagged_alike_comes_once_with_all_its_coders(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission()
    one = quote(of, coder="Ada")
    quotes = [one, replace(one, id="second", coder="Ben"), replace(one, id="third", coder="Ada")]
    other = replace(one, id="fourth", code_id="t3", code="Trust")

    kept = publishable([*quotes, other], [of], NO_TEXT).quotes

    assert [(q.id, q.code, q.coders) for q in kept] == [
        (str(one.key), "Volunteering", ("Ada", "Ben")),
        (str(other.key), "Trust", ("Ada",)),
    ]


def test_an_anonymous_quote_goes_without_names_title_or_memo(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission(permission=Permission.ANONYMOUS, respondent="Gwen Hughes")
    one = quote(of, "I, Gw\x00en, run it.", document="Gwen.docx", memo="call Gwen back")

    kept = publishable([one], [of], NO_TEXT).quotes[0]

    assert kept.quote == "I, [name], run it."
    assert kept.masked
    assert kept.document == ""
    assert "Gwen" not in repr(kept)


def test_a_named_quote_is_verbatim(quote: MakeQuote, submission: MakeSubmission) -> None:
    of = submission(respondent="Gwen Hughes")
    kept = publishable([quote(of, "I, Gwen,\n\trun it. 🥖")], [of], NO_TEXT).quotes[0]
    assert (kept.quote, kept.masked) == ("I, Gwen,\n\trun it. 🥖", False)
    assert kept.document == "Evidence.docx"


def test_a_forbidden_quote_cannot_be_made(quote: MakeQuote, submission: MakeSubmission) -> None:
    of = submission()
    kept = publishable([quote(of)], [of], NO_TEXT).quotes[0]
    for fields in (
        {"permission": Permission.UNKNOWN},
        {"status": Status.WITHDRAWN},
        {"attribution": ""},
    ):
        with pytest.raises(Refused, match="SIC0001 may not be published"):
            replace(kept, **fields)


def test_json_has_the_names_that_scripts_rely_on(
    quote: MakeQuote, submission: MakeSubmission
) -> None:
    of = submission()
    one = quote(of)
    told = publishable([one], [of], NO_TEXT).quotes[0].as_json()
    known = one.as_json()
    assert {name: told[name] for name in told if name in known} == {
        name: known[name] for name in told if name in known
    }
    assert set(known) - set(told) == {
        "memo", "marked", "sensitive", "created_at",
    }  # fmt: skip


def test_the_account_reads_as_a_sentence() -> None:
    assert str(LeftOut()) == ""
    assert str(LeftOut(withheld=5, unknown=7, submissions=3)) == (
        "12 passages from 3 submissions are left out: 5 withheld, "
        "7 whose permission is not known yet."
    )
    assert str(LeftOut(sensitive=1, submissions=1)) == (
        "1 passage from 1 submission is left out: 1 marked sensitive."
    )
    assert str(LeftOut(withdrawn=2, duplicate=1, nameless=1, submissions=3)) == (
        "4 passages from 3 submissions are left out: 2 withdrawn, 1 from a duplicate, "
        "1 whose name to mask is not known."
    )
    assert "3 from duplicates" in str(LeftOut(duplicate=3, submissions=1))


@given(
    kinds=st.lists(st.tuples(st.sampled_from(list(Permission)), st.booleans(), st.booleans())),
    sensitive=st.booleans(),
)
def test_every_passage_is_either_released_or_accounted_for(
    quote: MakeQuote,
    submission: MakeSubmission,
    kinds: list[tuple[Permission, bool, bool]],
    sensitive: bool,
) -> None:
    of = [submission(n, permission=p) for n, (p, _, _) in enumerate(kinds)]
    quotes = [
        quote(one, sensitive=flagged, **({} if fine else {"attribution": ""}))
        for one, (_, flagged, fine) in zip(of, kinds, strict=True)
    ]

    selection = publishable(quotes, of, NO_TEXT, sensitive=sensitive)

    assert len(selection.quotes) + selection.left_out.passages == len(quotes)
    for kept in selection.quotes:
        assert kept.permission in (Permission.NAMED, Permission.ANONYMOUS)
    released = {kept.id for kept in selection.quotes}
    assert not {str(q.key) for q in quotes if q.sensitive and not sensitive} & released
