"""Every kind of file, and what none of them may hold."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.baskets import BasketItem, ItemKind
from coder.domain.citation import STANDING, cite
from coder.domain.errors import EvidenceError
from coder.domain.model import Code, Permission, RespondentType, Status, Submission
from coder.domain.packing import Citing, PackOptions
from coder.domain.quotes import Quote
from coder.export import print_html
from coder.export.counting import Evidence
from coder.export.outline import Pack
from coder.export.pack import ENDINGS, write_pack

PRINTED = "printed"

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


def everything(pack: Pack, ending: str) -> str:
    """All that the pack's file holds, unpacked where it is packed, or what is printed of it,
    without regard to case."""
    if ending == PRINTED:
        text = print_html.write(pack)
        return "".join([text.title, *(part.html for part in text.parts)]).casefold()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pack{ending}"
        write_pack(pack, path)
        if not zipfile.is_zipfile(path):
            return path.read_text("utf-8").casefold()
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            read = (package.read(name).decode(errors="replace") for name in names)
            return "".join([*names, *read]).casefold()


def marker(kind: str, number: int) -> str:
    """A word that stands nowhere else, nor does its inside: `qwordxacxwordq` for the kind `word`
    and the number 2."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")
    return f"q{kind}x{letters}x{kind}q"


def broken(name: str) -> str:
    """The name parted at the end of a line."""
    return f"{name[:-2]}-\n{name[-2:]}"


@dataclass(frozen=True)
class Piece:
    """One submission with a passage that holds its name, cut off by some letters at either end."""

    permission: Permission
    status: Status
    sensitive: bool
    nameless: bool
    around: str
    cased: Callable[[str], str]
    which: str
    cut: tuple[int, int]
    speaks: str

    @property
    def by_name(self) -> bool:
        return self.permission is Permission.NAMED and self.status in STANDING

    @property
    def masked(self) -> bool:
        known = self.permission is Permission.ANONYMOUS and not self.nameless
        return known and self.status in STANDING

    def public(self, *, sensitive: bool) -> bool:
        """Whether its words may leave, where that is asked for `sensitive` ones or not."""
        return (self.by_name or self.masked) and (sensitive or not self.sensitive)


evidence = st.lists(
    st.builds(
        Piece,
        permission=st.sampled_from(list(Permission)),
        status=st.sampled_from([*Status, Status.INCLUDED, Status.RECEIVED]),
        sensitive=st.booleans(),
        nameless=st.booleans(),
        around=st.sampled_from(
            ["{}", "({})", "\n{}’s", "{}-", "@{}", "x.{}@example.org", "{}\x00"]
        ),
        cased=st.sampled_from([str, str.upper, str.title, "\u00ad".join, broken]),
        which=st.sampled_from(["fore", "sur", "both", "org"]),
        cut=st.tuples(st.integers(0, 2), st.integers(0, 2)),
        speaks=st.sampled_from(["nobody", "own", "guest", "both"]),
    ),
    max_size=8,
)


chosen = st.builds(
    PackOptions,
    sensitive=st.booleans(),
    citing=st.sampled_from(Citing),
    context=st.sampled_from([0, 9, 60, 1000]),
    charts=st.booleans(),
    tables=st.booleans(),
    method=st.booleans(),
    sources=st.booleans(),
)


@pytest.mark.parametrize("ending", [*ENDINGS, PRINTED])
@settings(max_examples=40)
@given(evidence=evidence, shift=st.integers(0, 3), options=chosen, basket=st.booleans())
def test_nothing_leaves_that_may_not(
    quote: MakeQuote,
    submission: MakeSubmission,
    pack: MakePack,
    ending: str,
    evidence: list[Piece],
    shift: int,
    options: PackOptions,
    basket: bool,
) -> None:
    # Given codes that are named after respondents, and passages under one's own or another's
    of = [_of(submission, number, piece) for number, piece in enumerate(evidence)]
    codes = [_code(one, number) for number, one in enumerate(of)]
    texts = {f"d{n}": _text(n, piece) for n, piece in enumerate(evidence)}
    quotes = []
    for number, piece in enumerate(evidence):
        speakers = _speakers(of[(number + shift) % len(of)], number, piece)
        start, end = piece.cut[0], len(texts[f"d{number}"]) - piece.cut[1]
        code = codes[(number + shift) % len(codes)]
        quotes.append(
            quote(
                of[number],
                texts[f"d{number}"][start:end],
                start=start,
                end=end,
                document_id=f"d{number}",
                sensitive=piece.sensitive,
                document=f"{marker('title', number)}.docx",
                memo=marker("memo", number),
                code_id=code.id,
                code=code.name,
                time_ms=1000,
                speakers=speakers,
                citation=cite(of[number].ref, time_ms=1000, speakers=speakers),
            )
        )
        texts[f"d{number}"] += f" {marker('near', number)} by {of[number].respondent}, "
        begin = len(texts[f"d{number}"])
        texts[f"d{number}"] += marker("guard", number)
        guarded = {"start": begin, "end": len(texts[f"d{number}"]), "document_id": f"d{number}"}
        word = texts[f"d{number}"][begin:]
        quotes.append(quote(of[number], word, **guarded, sensitive=True, code_id="none"))

    # When they are packed under a title made of all their names, or by a writer who tells them all,
    # where all of them raised the first of the codes
    title = ", ".join(code.name for code in codes)
    made = pack(
        quotes,
        of,
        title,
        codes=codes,
        texts=texts,
        options=options,
        evidence=Evidence([(one.id, codes[0].id) for one in of]),
        basket=_basket(quotes, codes) if basket else None,
    )
    text = everything(made, ending)

    # Then no word of what must stay in is there, and no name that must not be told
    for number, piece in enumerate(evidence):
        public = piece.public(sensitive=options.sensitive)
        assert (marker("word", number) in text) == public
        around = public and options.context > 100
        assert marker("near", number) not in text or public
        assert marker("near", number) in text or not around
        assert marker("guard", number) not in text or options.sensitive
        guest = piece.speaks in ("guest", "both")
        assert (marker("guest", number) in text) == (guest and public and piece.by_name)
        assert marker("memo", number) not in text
        if not public or not piece.by_name:
            assert marker("title", number) not in text
        if not piece.by_name:
            hidden = text.replace("\u00ad", "").replace("&shy;", "")
            for kind in ("fore", "sur", "org"):
                assert marker(kind, number)[2:-2] not in hidden


def _of(submission: MakeSubmission, number: int, piece: Piece) -> Submission:
    named = {
        "respondent": f"Mr {marker('fore', number)} {marker('sur', number)}",
        "organisation": f"The {marker('org', number)} Trust",
    }
    return submission(
        number,
        permission=piece.permission,
        status=piece.status,
        type=list(RespondentType)[number % 3],
        **(dict.fromkeys(named, "") if piece.nameless else named),
    )


def _speakers(other: Submission, number: int, piece: Piece) -> tuple[str, ...]:
    """Who is said to speak: another respondent, somebody who sent nothing in, or both."""
    known = {"own": (other.respondent,), "guest": (f"Mr {marker('guest', number)}",)}
    return known.get(piece.speaks, () if piece.speaks == "nobody" else sum(known.values(), ()))


def _code(of: Submission, number: int) -> Code:
    """A code named after the respondent, whose definition names the organisation."""
    return Code(f"c{number}", of.respondent, None, number, definition=f"As {of.organisation} says.")


def _basket(quotes: list[Quote], codes: list[Code]) -> list[BasketItem]:
    """The quotes in a basket, under headings and after words that tell everybody's names."""
    items = []
    for number, one in enumerate(quotes):
        name = codes[number % len(codes)].name
        where = (one.document_id, one.start, one.end, one.quote, (), one.code_id)
        items += [
            BasketItem(f"h{number}", "b", ItemKind.HEADING, "c", "", text=f"What {name} said"),
            BasketItem(f"q{number}", "b", ItemKind.QUOTE, "c", "", 0.0, *where, note=name),
            BasketItem(f"t{number}", "b", ItemKind.TEXT, "c", "", text=f"{name} says so."),
        ]
    return items


def _text(number: int, piece: Piece) -> str:
    """A text that begins and ends with the name."""
    fore, sur = marker("fore", number), marker("sur", number)
    said = {"fore": fore, "sur": sur, "both": f"{fore} {sur}"}
    name = piece.cased(said.get(piece.which, f"{marker('org', number)} Trust"))
    return f"{name} {marker('word', number)} {piece.around.format(name)} and {name}"


def test_the_ending_says_the_kind_of_file_whatever_its_case(pack: MakePack, tmp_path: Path) -> None:
    write_pack(pack([], []), tmp_path / "Pack.DOCX")
    write_pack(pack([], []), tmp_path / "pack.Json")
    assert zipfile.is_zipfile(tmp_path / "Pack.DOCX")
    assert (tmp_path / "pack.Json").read_text("utf-8").startswith("{")


@pytest.mark.parametrize("name", ["pack.odt", "pack", "pack.docx.bak", ".docx"])
def test_another_ending_is_told_with_those_that_work(
    pack: MakePack, tmp_path: Path, name: str
) -> None:
    with pytest.raises(EvidenceError) as told:
        write_pack(pack([], []), tmp_path / name)
    assert name in told.value.what
    assert told.value.remedy == "Use .docx, .xlsx, .csv, .html, .md or .json."
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_is_left_to_the_window(pack: MakePack, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"in the window.*or write a \.html file"):
        write_pack(pack([], []), tmp_path / "pack.PDF")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_pack_takes_the_place_of_the_former_one(
    quote: MakeQuote, submission: MakeSubmission, pack: MakePack, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"pack{ending}"
    of = submission()
    write_pack(pack([quote(of, "Former words")], [of]), path)
    first = path.read_bytes()
    write_pack(pack([], []), path)
    assert path.read_bytes() != first
    assert list(tmp_path.iterdir()) == [path]
