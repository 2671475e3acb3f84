"""Every kind of file, and what none of them may hold."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.errors import EvidenceError
from coder.domain.model import Permission, Quote, RespondentType, Submission
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
    """A word that stands nowhere else: `qwordxac` for the kind `word` and the number 20."""
    return f"q{kind}x" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")


evidence = st.lists(
    st.tuples(
        st.sampled_from(list(Permission)),
        st.booleans(),
        st.sampled_from(["{}", "({})", "\n{}’s", "{}-", "@{}", "x.{}@example.org", "{}\x00"]),
        st.sampled_from([str, str.upper, str.title, "\u00ad".join]),
        st.sampled_from(["fore", "sur", "both", "org"]),
        st.sampled_from(["t1", "t2", "t3"]),
    ),
    max_size=8,
)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=40)
@given(evidence=evidence)
def test_nothing_leaves_that_may_not(
    quote: MakeQuote,
    submission: MakeSubmission,
    pack: MakePack,
    ending: str,
    evidence: list[tuple[Permission, bool, str, Callable[[str], str], str, str]],
) -> None:
    of: list[Submission] = []
    quotes: list[Quote] = []
    for number, (permission, sensitive, around, cased, which, code) in enumerate(evidence):
        fore, sur = marker("fore", number), marker("sur", number)
        of.append(
            submission(
                number,
                permission=permission,
                respondent=f"Mr {fore} {sur}",
                organisation=f"The {marker('org', number)} Trust",
                type=RespondentType.INDIVIDUAL,
            )
        )
        said = {"fore": fore, "sur": sur, "both": f"{fore} {sur}"}
        name = said.get(which, f"{marker('org', number)} Trust")
        quotes.append(
            quote(
                of[-1],
                f"{marker('word', number)} {around.format(cased(name))} end",
                sensitive=sensitive,
                document=f"{marker('title', number)}.docx",
                memo=marker("memo", number),
                code_id=code,
            )
        )

    text = everything(pack(quotes, of), ending)

    for number, (permission, sensitive, *_) in enumerate(evidence):
        public = permission in (Permission.NAMED, Permission.ANONYMOUS) and not sensitive
        assert (marker("word", number) in text) == public
        assert marker("memo", number) not in text
        if not public or permission is not Permission.NAMED:
            for kind in ("fore", "sur", "org", "title"):
                hidden = text.replace("\u00ad", "").replace("&shy;", "")
                assert marker(kind, number) not in hidden


def test_the_ending_says_the_kind_of_file_whatever_its_case(pack: MakePack, tmp_path: Path) -> None:
    write_pack(pack([], []), tmp_path / "Pack.DOCX")
    write_pack(pack([], []), tmp_path / "pack.Json")
    assert zipfile.is_zipfile(tmp_path / "Pack.DOCX")
    assert (tmp_path / "pack.Json").read_text("utf-8").startswith("{")


@pytest.mark.parametrize("name", ["pack.pdf", "pack", "pack.docx.bak", ".docx"])
def test_another_ending_is_told_with_those_that_work(
    pack: MakePack, tmp_path: Path, name: str
) -> None:
    with pytest.raises(EvidenceError) as told:
        write_pack(pack([], []), tmp_path / name)
    assert name in told.value.what
    assert told.value.remedy == "Use .docx, .html, .md, .csv or .json."
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
