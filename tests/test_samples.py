"""The sample inquiry holds together: its tables name what is there and quote it word for word."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from coder import places
from coder.domain.draft import Draft, Source
from coder.domain.model import DocumentKind, Permission, RespondentType, Status
from coder.domain.paragraphs import numbers_of
from coder.domain.text import occurrence
from coder.ingest.call import read_call
from coder.ingest.registry import read
from coder.ingest.timed.media import probe

SAMPLES = places.samples()
EVIDENCE = SAMPLES / "evidence"
FILM = "14-margaret-lunch-club.mp4"
CLOSED = "2020-09-19"


def table(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


PARTICULARS = table("particulars.csv")
CODINGS = table("codings.csv")


@cache
def draft(file: str) -> Draft:
    return read(Source.of(EVIDENCE / file))


def spoken() -> list[dict[str, object]]:
    return json.loads((SAMPLES / "video-truth.json").read_text(encoding="utf-8"))


def text_of(file: str, document: str) -> str:
    if document == "transcript":
        return " ".join(str(sentence["text"]) for sentence in spoken())
    found = [d for d in draft(file).documents if d.title == document or not document]
    return found[0].text if found else ""


def test_the_particulars_name_exactly_the_files_that_are_there() -> None:
    assert [row["file"] for row in PARTICULARS] == sorted(p.name for p in EVIDENCE.iterdir())


def test_the_particulars_use_the_programs_words_and_every_kind_of_permission() -> None:
    assert {row["permission"] for row in PARTICULARS} == set(Permission)
    assert {row["type"] for row in PARTICULARS} <= set(RespondentType)
    assert {row["status"] for row in PARTICULARS} <= set(Status)


@pytest.mark.parametrize("file", [row["file"] for row in PARTICULARS])
def test_every_file_is_read_whole(file: str) -> None:
    given = draft(file)

    assert given.problems == ()
    assert all(document.problems == () for document in given.documents)
    assert all(d.text.strip() for d in given.documents if d.kind is not DocumentKind.MEDIA)


def test_senders_are_who_the_particulars_say() -> None:
    known = {row["file"]: row["respondent"] for row in PARTICULARS}

    assert draft("02-gwenllian-hughes.eml").respondent == known["02-gwenllian-hughes.eml"]
    assert draft("12-private.eml").respondent == known["12-private.eml"]


@pytest.mark.parametrize("file", sorted({row["file"] for row in CODINGS}))
def test_every_coded_passage_stands_in_its_document(file: str) -> None:
    missing = [
        (row["document"], row["quote"])
        for row in CODINGS
        if row["file"] == file
        and occurrence(text_of(file, row["document"]), row["quote"], int(row["nth"])) < 0
    ]

    assert missing == []


def test_every_passage_is_coded_under_a_theme_of_the_call() -> None:
    themes = read_call(Source.of(SAMPLES / "call-for-evidence.docx"))

    assert [theme.name for theme in themes] == [
        "Social connection and infrastructure",
        "Business and belonging",
        "Volunteering",
        "Sustaining change",
    ]
    assert [len(theme.children) for theme in themes] == [4, 2, 3, 3]
    assert {row["code"].split("/")[0] for row in CODINGS} == {theme.name for theme in themes}


def test_two_coders_agree_in_many_places_and_not_in_all() -> None:
    codes: dict[str, dict[tuple[str, str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in CODINGS:
        passage = row["file"], row["document"], row["quote"]
        codes[row["coder"]][passage].add(row["code"])
    asha, tom = codes["Asha Verma"], codes["Tom Pryce"]

    both = asha.keys() & tom.keys()
    assert len(codes) == 2
    assert (len(asha), len(tom), len(both)) == (60, 55, 47)
    assert sum(asha[passage] == tom[passage] for passage in both) == 26


def test_definitions_are_of_codes_in_use_and_leave_some_to_be_written() -> None:
    used = {row["code"] for row in CODINGS}
    defined = [row["code"] for row in table("definitions.csv")]
    assert len(set(defined)) == len(defined)
    assert set(defined) < used
    assert "Sustaining change/Trust and time" not in defined


def test_no_coding_is_given_twice() -> None:
    keys = [
        tuple(row[k] for k in ("file", "document", "coder", "code", "quote")) for row in CODINGS
    ]

    assert len(keys) == len(set(keys))


def test_the_statement_keeps_its_own_paragraph_numbers() -> None:
    statement = draft("01-tarn-street-befriending.eml").documents[1]
    place = statement.text.index("fear of being a nuisance")

    assert numbers_of(statement.paragraphs, place, place + 5) == "6"


def test_the_council_paper_shows_what_a_reader_of_word_sees() -> None:
    paper = draft("03-harrowmere-council.docx").documents[0].text

    assert "Younger people shopped for older people" in paper
    assert "The generations were brought together by lockdown" not in paper
    assert paper.count("Ours had Jean.") == 1
    assert "\n5.7\tOfficers would be glad" in paper


def test_the_emoji_letter_keeps_every_character() -> None:
    source = (SAMPLES / "source" / "02-gwenllian-hughes.txt").read_text(encoding="utf-8")
    body = source.partition("\n\n")[2].strip()

    assert draft("02-gwenllian-hughes.eml").documents[0].text == re.sub(r"\n+", "\n", body)


def test_one_letter_is_late() -> None:
    late = [row["file"] for row in PARTICULARS if draft(row["file"]).received >= CLOSED]

    assert late == [row["file"] for row in PARTICULARS if row["flags"] == "late"]


def test_the_three_campaign_letters_are_one_letter() -> None:
    files = [row["file"] for row in PARTICULARS if row["flags"] == "campaign"]
    first, own, wrapped = (set(draft(file).documents[0].text.split()) for file in files)

    assert len(first & own & wrapped) > 0.9 * len(first)
    assert len(own - first) > 30


def test_the_film_is_small_and_as_long_as_what_is_said_in_it() -> None:
    film = EVIDENCE / FILM
    media = probe(Source.of(film))

    assert film.stat().st_size < 1_000_000
    assert media.has_audio
    assert media.duration_ms == pytest.approx(46_300, abs=300)
    times = [(float(str(s["start"])), float(str(s["end"]))) for s in spoken()]
    assert all(start < end for start, end in times)
    assert all(after[0] - before[1] >= 0.5 for before, after in pairwise(times))
    assert times[-1][1] < 46.3


def written_words(path: Path) -> str:
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            return parts.read("word/document.xml").decode()
    return re.sub(r"=\r?\n", "", path.read_text(encoding="utf-8", errors="replace"))


def test_no_address_could_belong_to_anybody() -> None:
    files = [p for p in SAMPLES.glob("*") if p.suffix in {".csv", ".docx", ".md", ".py"}]
    files += [p for p in EVIDENCE.iterdir() if p.suffix != ".mp4"]
    files += (SAMPLES / "source").iterdir()

    hosts = {
        host
        for path in files
        for host in re.findall(r"[\w.-]+@([\w-]+(?:\.[\w-]+)+)", written_words(path))
    }
    assert hosts
    assert {host for host in hosts if not host.endswith(".example")} == set()
