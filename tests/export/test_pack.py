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

from coder.domain.citation import STANDING, cite
from coder.domain.errors import EvidenceError
from coder.domain.model import Code, Permission, Quote, RespondentType, Status, Submission
from coder.export.outline import Pack
from coder.export.pack import ENDINGS, write_pack

MakeQuote = Callable[..., Quote]
MakeSubmission = Callable[..., Submission]
MakePack = Callable[..., Pack]


def everything(pack: Pack, ending: str) -> str:
    """All that the pack's file holds, unpacked where it is packed, without regard to case."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pack{ending}"
        write_pack(pack, path)
        if not zipfile.is_zipfile(path):
            return path.read_text("utf-8").casefold()
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            return "".join([*names, *(package.read(n).decode() for n in names)]).casefold()


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
    def public(self) -> bool:
        masked = self.permission is Permission.ANONYMOUS and not self.nameless
        return (self.by_name or (masked and self.status in STANDING)) and not self.sensitive


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


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=40)
@given(evidence=evidence, shift=st.integers(0, 3))
def test_nothing_leaves_that_may_not(
    quote: MakeQuote,
    submission: MakeSubmission,
    pack: MakePack,
    ending: str,
    evidence: list[Piece],
    shift: int,
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

    # When they are packed under a title made of all their names
    title = ", ".join(code.name for code in codes)
    text = everything(pack(quotes, of, title, codes=codes, texts=texts), ending)

    # Then no word of what must stay in is there, and no name that must not be told
    for number, piece in enumerate(evidence):
        assert (marker("word", number) in text) == piece.public
        guest = piece.speaks in ("guest", "both")
        assert (marker("guest", number) in text) == (guest and piece.public and piece.by_name)
        assert marker("memo", number) not in text
        if not piece.public or not piece.by_name:
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
        type=RespondentType.INDIVIDUAL,
        **(dict.fromkeys(named, "") if piece.nameless else named),
    )


def _speakers(other: Submission, number: int, piece: Piece) -> tuple[str, ...]:
    """Who is said to speak: another respondent, somebody who sent nothing in, or both."""
    known = {"own": (other.respondent,), "guest": (f"Mr {marker('guest', number)}",)}
    return known.get(piece.speaks, () if piece.speaks == "nobody" else sum(known.values(), ()))


def _code(of: Submission, number: int) -> Code:
    """A code named after the respondent, whose definition names the organisation."""
    return Code(f"c{number}", of.respondent, None, number, definition=f"As {of.organisation} says.")


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
