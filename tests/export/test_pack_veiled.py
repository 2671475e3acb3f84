"""No kind of file holds a name behind a pseudonym, nor words that somebody wanted masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.citation import STANDING, attribution
from coder.domain.model import Permission, Status, Submission
from coder.domain.quotes import Quote
from coder.export.outline import Pack
from coder.export.pack import ENDINGS
from tests.export.test_pack import everything, marker

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


@dataclass(frozen=True)
class Veiled:
    """A submission that names its respondent and a neighbour, with or without a pseudonym, which
    may have become the name of a respondent (`of` another) or of a neighbour since."""

    permission: Permission
    status: Status
    pseudonym: bool
    clash: bool
    also: bool
    cased: Callable[[str], str]
    cut: tuple[int, int]

    @property
    def masked(self) -> bool:
        return self.permission is Permission.ANONYMOUS and self.status in STANDING

    @property
    def by_name(self) -> bool:
        return self.permission is Permission.NAMED and self.status in STANDING


veiled = st.lists(
    st.builds(
        Veiled,
        permission=st.sampled_from([*Permission, Permission.ANONYMOUS, Permission.ANONYMOUS]),
        status=st.sampled_from([Status.RECEIVED, Status.INCLUDED, Status.DUPLICATE]),
        pseudonym=st.booleans(),
        clash=st.booleans(),
        also=st.booleans(),
        cased=st.sampled_from([str, str.upper, "\u00ad".join]),
        cut=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25)
@given(veiled=veiled, shift=st.integers(0, 3))
def test_no_name_leaves_behind_a_pseudonym(
    quote: MakeQuote,
    submission: MakeSubmission,
    pack: MakePack,
    ending: str,
    veiled: list[Veiled],
    shift: int,
) -> None:
    # Given passages whose respondents have pseudonyms, some of them another's name by now
    of = [_of(submission, veiled, number, shift) for number in range(len(veiled))]
    texts = {f"d{number}": _text(number, piece) for number, piece in enumerate(veiled)}
    quotes = [
        quote(
            of[number],
            texts[f"d{number}"][piece.cut[0] : len(texts[f"d{number}"]) - piece.cut[1]],
            start=piece.cut[0],
            end=len(texts[f"d{number}"]) - piece.cut[1],
            document_id=f"d{number}",
            attribution=attribution(of[number]),
        )
        for number, piece in enumerate(veiled)
    ]

    # When they are packed
    text = everything(pack(quotes, of, texts=texts), ending)

    # Then neither name nor neighbour is there, and a pseudonym only where it is nobody's name
    plain = text.replace("\u00ad", "").replace("&shy;", "").replace("\\", "")
    for number, piece in enumerate(veiled):
        clashes = piece.pseudonym and piece.clash
        out = piece.by_name or (piece.masked and not clashes)
        assert (marker("word", number) in text) == out
        told = out and piece.pseudonym and not piece.by_name
        assert (f"[{marker('veil', number)}]" in plain) == told
        if not piece.by_name:
            assert marker("name", number)[2:-2] not in plain
            if piece.also or not out:
                assert marker("also", number)[2:-2] not in plain


def _of(submission: MakeSubmission, veiled: list[Veiled], number: int, shift: int) -> Submission:
    piece, other = veiled[number], (number + shift) % len(veiled)
    made = submission(
        number,
        permission=piece.permission,
        status=piece.status,
        organisation="",
        respondent=f"Dr {marker('name', number)}",
        also_masked=f"Zz; {marker('also', number)}" if piece.also else "",
    )
    if not piece.pseudonym:
        return made
    name = marker("name", other).title() if piece.clash else marker("veil", number)
    return replace(made, pseudonym=name)


def _text(number: int, piece: Veiled) -> str:
    """A text that begins and ends with what is to be masked."""
    name, also = (piece.cased(marker(kind, number)) for kind in ("name", "also"))
    return f"{name} {marker('word', number)} {also}, {name} {also}"
