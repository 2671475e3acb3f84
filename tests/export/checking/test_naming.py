"""Names that must not be told: whole ones anywhere, parts of them only beside their own words."""

from __future__ import annotations

import pytest

from coder.domain.model import Permission, Submission
from coder.export.checking.naming import Naming
from coder.export.checking.story import Said, Story

SECRET = (
    Submission("s1", "SIC0001", "Dr Zoë Okafor", permission=Permission.ANONYMOUS),
    Submission("s2", "SIC0002", "Will Young", permission=Permission.ANONYMOUS),
    Submission("s3", "SIC0003", "", "The Harrow Lane Trust Ltd", permission=Permission.WITHHELD),
    Submission("s4", "SIC0004", "", "Shelter", permission=Permission.UNKNOWN),
    Submission("s5", "SIC0005", "Ann Tate", permission=Permission.NAMED),
    Submission("s6", "SIC0006", "Ann Tate", permission=Permission.ANONYMOUS),
    Submission("s8", "SIC0008", permission=Permission.ANONYMOUS, also_masked="Elim chapel; Rex"),
    Submission("s7", "SIC0007", "A resident", permission=Permission.ANONYMOUS),
)


def _naming(text: str) -> Naming:
    return Naming(SECRET, Story((Said(text), Said("The will of young people gives hope."))))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Zoe Okafor told us", ["Zoe Okafor"]),
        ("ZOË OKAFOR’s house", ["ZOË OKAFOR"]),
        ("Harrow Lane Trust told us", ["Harrow Lane Trust"]),
        ("Will Young told us", ["Will Young"]),
        ("how will young people live", []),
        ("Will young people stay", []),
        ("a shelter for the night, and Shelter", []),
        ("Ann Tate told us", []),
        ("A resident told us", []),
        ("Okafor and Zoe", []),
    ],
)
def test_only_whole_names_count_anywhere(text: str, told: list[str]) -> None:
    assert [one.words for one in _naming(text).anywhere(0)] == told


@pytest.mark.parametrize(
    ("text", "submission", "told"),
    [
        ("Mrs Okafor said", "s1", ["Okafor"]),
        ("Will is Young", "s2", []),
        ("Shelter said", "s4", ["Shelter"]),
        ("Mrs Okafor said", "s2", []),
        ("At the Elim Chapel with Rex", "s8", ["Elim Chapel", "Rex"]),
    ],
)
def test_parts_count_beside_their_own_words(text: str, submission: str, told: list[str]) -> None:
    assert [one.words for one in _naming(text).beside(0, submission)] == told


PUBLIC = (
    Submission("s1", "SIC0001", "Ashpole, Leonard", permission=Permission.NAMED),
    Submission("s2", "SIC0002", "Mrs Ines Jones", permission=Permission.NAMED),
    Submission("s3", "SIC0003", "", "Otley Choir", permission=Permission.NAMED),
    Submission("s4", "SIC0004", "A resident", permission=Permission.NAMED),
    Submission("s5", "SIC0005", "Tom Weir", permission=Permission.ANONYMOUS),
)


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Mr Ashpole told us ", "s1"),
        ("It is late. Leonard Ashpole wrote that ", "s1"),
        ("Ashpole, Leonard: ", "s1"),
        ("Otley Choir also said, ", "s3"),
        ("Mr Ashpole spoke of it and Mrs Jones said ", "s2"),
        ("Mr Ashpole and somebody called Pat said ", ""),
        ("Asked by Mr Ashpole, one witness said ", ""),
        ("Mr Ashpole was there. Somebody said ", ""),
        ("Mr Ashpole and the ", ""),
        ("Mr Weir told us ", ""),
        ("Ashpole told us ", ""),
        ("A resident told us ", ""),
        ("mr ashpole told us ", ""),
    ],
)
def test_who_is_said_to_speak_stands_before_a_quotation(lead: str, told: str) -> None:
    naming = Naming(PUBLIC, Story((Said(f"{lead}“we sing”"),)))
    found = naming.speaker(0, len(lead) + 1)
    assert (found.submissions if found else ()) == ((told,) if told else ())
