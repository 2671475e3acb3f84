"""Project files and codebooks in the manner of other programs, with invented words. They imitate
what is known of the files these write; none of them was made by such a program."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"

TEXT = (
    "Interview with a neighbour 🙂\n"
    "\n"
    "We baked bread for the whole street 🍞🥖 and left it on the steps.\n"
    "Nobody had asked us to. 👩‍👩‍👧 came every morning.\n"
    "\n"
    "The library was closed, so the children read on the stairs.\n"
)
PASSAGES = (
    ("baked bread for the whole street", "Giving"),
    ("left it on the steps", "Giving"),
    ("came every morning", "Coming back"),
    ("The library was closed", "Places"),
    ("children read on the stairs", "Places"),
)
WHEN = "2021-03-04T10:11:12Z"


def guid(*parts: object) -> str:
    """A GUID that is always the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(map(str, parts))))


def utf16(text: str, place: int) -> int:
    """A place in UTF-16 units."""
    return len(text[:place].encode("utf-16-le")) // 2


@dataclass
class File:
    """A project file to be: its document and the files inside, by their names in the zip."""

    document: str
    members: dict[str, bytes] = field(default_factory=dict)
    named: str = "project.qde"

    def packed(self) -> bytes:
        """The zip."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(self.named, self.document)
            for name, data in self.members.items():
                archive.writestr(name, data)
        return stream.getvalue()


def tag(name: str, inside: Iterable[str] = (), /, **attributes: object) -> str:
    """An element."""
    told = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(inside)}</{name}>"


def said(name: str, words: str) -> str:
    """An element with words."""
    return f"<{name}>{escape(words)}</{name}>"


def selections(
    text: str, place: Callable[[int], int], shown: Callable[[str], str] = str, **coding: str
) -> list[str]:
    """A selection with a coding for each of the passages; `shown` writes GUIDs."""
    found = []
    for words, code in PASSAGES:
        start = text.index(words)
        found.append(
            tag(
                "PlainTextSelection",
                [
                    tag(
                        "Coding",
                        [tag("CodeRef", targetGUID=shown(guid(code)))],
                        guid=shown(guid("coding", words)),
                        **coding,
                    )
                ],
                guid=shown(guid("selection", words)),
                name=words,
                startPosition=place(start),
                endPosition=place(start + len(words)),
                **coding,
            )
        )
    return found


def qualcoder() -> File:
    """As QualCoder writes: code points, LF, categories as codes that cannot be used, memos of
    sources as descriptions and of codes too, a rich text beside the plain one, cases with
    variables, a source in two cases, notes as files, one more user than codes, no braces."""
    user = guid("qualcoder user")
    source, age, bare = guid("qc source"), guid("qc age"), guid("qc permission")
    codes = tag(
        "Code",
        [
            said("Description", "A category of what people do."),
            tag("Code", guid=guid("Giving"), name="Giving", color="#F781F3", isCodable="true"),
            tag("Code", [said("Description", "They come again.")], guid=guid("Coming back"),
                name="Coming back", color="#04B404", isCodable="true"),
        ],
        guid=guid("category"), name="Doing", isCodable="false",
    )  # fmt: skip
    codes += tag("Code", guid=guid("Places"), name="Places", color="#B40404", isCodable="true")
    values = [
        tag("VariableValue", [tag("VariableRef", targetGUID=age), said("TextValue", "54")]),
        tag("VariableValue", [tag("VariableRef", targetGUID=bare), said("TextValue", "anonymous")]),
    ]
    held = tag("SourceRef", targetGUID=source)
    document = tag(
        "Project",
        [
            tag("Users", [tag("User", guid=user, name="Rosa Lind"),
                          tag("User", guid=guid("nobody"), name="default")]),
            tag("CodeBook", [tag("Codes", [codes])]),
            tag("Variables", [
                tag("Variable", guid=age, name="Age", typeOfVariable="Text"),
                tag("Variable", guid=bare, name="Permission", typeOfVariable="Text"),
            ]),
            tag("Cases", [
                tag("Case", [said("Description", "Lives above the shop."), *values,
                             held], guid=guid("case"), name="Mo Field"),
                tag("Case", [held], guid=guid("case 2"), name="Street"),
                tag("Case", guid=guid("case 3"), name="Nobody yet"),
            ]),
            tag("Sources", [
                tag("TextSource", [
                    said("Description", "Recorded on the doorstep."),
                    *selections(TEXT, int, creatingUser=user, creationDateTime=WHEN),
                ], guid=source, name="neighbour.docx", creatingUser=user, creationDateTime=WHEN,
                    plainTextPath=f"internal://{source}.txt",
                    richTextPath=f"internal://{source}.docx"),
            ]),
            tag("Notes", [tag("Note", guid=guid("journal"), name="Journal entry",
                              plainTextPath=f"internal://{guid('journal')}.txt",
                              creatingUser=user, creationDateTime=WHEN)]),
            said("Description", "A project memo."),
        ],
        xmlns=PROJECT, name="Street", origin="QualCoder 3.8", creatingUserGUID=user,
    )  # fmt: skip
    return File(
        f'<?xml version="1.0" encoding="utf-8"?>\n{document}',
        {
            f"Sources/{source}.txt": TEXT.encode(),
            f"Sources/{source}.docx": b"PK not a real document",
            f"Sources/{guid('journal')}.txt": b"Met Mo today.",
        },
    )


def nvivo(*, inline: bool = False) -> File:
    """As NVivo for Windows writes: UTF-16 units, line ends of two characters counted as two, a byte
    order mark that is not counted, braces and capitals, the document named after the project, the
    words in the document itself (`inline`) or beside it, and times of seven digits."""

    def shown(text: str) -> str:
        return f"{{{text.upper()}}}"

    raw = TEXT.replace("\n", "\r\n")
    user, source = shown(guid("nvivo user")), guid("nvivo source")
    names = dict.fromkeys(code for _, code in PASSAGES)
    chosen = selections(
        raw, lambda place: utf16(raw, place), shown, creatingUser=user,
        creationDateTime="2021-03-04T10:11:12.1234567Z",
    )  # fmt: skip
    content = [said("PlainTextContent", TEXT)] if inline else []
    path = {} if inline else {"plainTextPath": f"internal://{source.upper()}.TXT"}
    document = tag(
        "Project",
        [
            tag("Users", [tag("User", guid=user, name="RL", id="RL")]),
            tag("CodeBook", [tag("Codes", [
                tag("Code", guid=shown(guid(name)), name=name, isCodable="true") for name in names
            ])]),
            tag("Sources", [tag("TextSource", [*content, *chosen], guid=shown(source),
                                name="Neighbour", creatingUser=user, **path)]),
            tag("Links", [tag("Link", guid=shown(guid("link")), direction="OneWay")]),
            tag("Sets", [tag("Set", guid=shown(guid("set")), name="All"),
                         tag("Set", guid=shown(guid("set 2")), name="Some")]),
            tag("Graphs", [tag("Graph", guid=shown(guid("graph")), name="Map")]),
        ],
        xmlns=PROJECT, name="Street", origin="NVivo 14 (imitated)",
    )  # fmt: skip
    members = {} if inline else {f"Sources/{source.lower()}.txt": b"\xef\xbb\xbf" + raw.encode()}
    return File(f'<?xml version="1.0" encoding="utf-8"?>\r\n{document}', members, "Street.qde")


def with_film(film: bytes) -> File:
    """As programs for films write: a video with a transcript by sync points, tags between them, a
    tag on the picture's time only, and one on a part of the film of which no words are known."""
    video, code, user = guid("video"), guid("Giving"), guid("film user")
    lines = ("We baked bread.", "For the whole street 🙂.", "Nobody asked us.")
    text, points, place = "", [], 0
    for number, line in enumerate(lines):
        points.append((guid("point", number), place, 1_000 * number))
        text += f"{line}\r\n"
        place = len(text)
    points.append((guid("point", 3), place, 3_000))

    def coded(name: str, **attributes: object) -> str:
        where = (name, *attributes.values())
        reference = tag("CodeRef", targetGUID=code)
        coding = tag("Coding", [reference], guid=guid(*where), creatingUser=user)
        return tag(name, [coding], guid=guid("on", *where), **attributes)

    codes = tag("Codes", [tag("Code", guid=code, name="Giving", isCodable="true")])
    document = tag(
        "Project",
        [
            tag("Users", [tag("User", guid=user, name="Rosa Lind")]),
            tag("CodeBook", [codes]),
            tag("Sources", [
                tag("VideoSource", [
                    tag("Transcript", [
                        *(tag("SyncPoint", guid=one, position=at, timeStamp=ms)
                          for one, at, ms in points),
                        coded("TranscriptSelection", fromSyncPoint=points[1][0],
                              toSyncPoint=points[2][0]),
                    ], guid=guid("transcript"), name="Transcript",
                        plainTextPath=f"internal://{guid('transcript')}.txt"),
                    coded("VideoSelection", begin=2_100, end=2_900),
                    coded("VideoSelection", begin=9_000, end=9_500),
                ], guid=video, name="Film", path=f"internal://{video}.mp4"),
                tag("PictureSource", [
                    coded("PictureSelection", firstX=0, firstY=0, secondX=9, secondY=9),
                ], guid=guid("picture"), name="Picture", path="absolute://C:/Photos/street.png"),
            ]),
        ],
        xmlns=PROJECT, name="Film", origin="Transana 4 (imitated)",
    )  # fmt: skip
    return File(
        document,
        {f"sources/{video}.mp4": film, f"sources/{guid('transcript')}.txt": text.encode()},
    )


def taguette() -> bytes:
    """As Taguette writes a codebook: all tags side by side under their whole names, which say by
    points what lies below what, GUIDs in capitals, no descriptions, and an empty `Sets`, which the
    standard's own schema refuses."""
    tags = ["interesting", "interesting.people", "interesting.people.young", "places"]
    codes = [
        tag("Code", guid=guid("taguette", one).upper(), name=one, isCodable="true") for one in tags
    ]
    return tag(
        "CodeBook", [tag("Codes", codes), "<Sets/>"], xmlns=CODEBOOK, origin="Taguette 1.5"
    ).encode()


def atlas() -> bytes:
    """As ATLAS.ti writes a codebook: the namespace of a draft of the standard, groups as sets, and
    comments as descriptions."""
    code = tag(
        "Code", [said("Description", "A comment.")], guid=guid("atlas").upper(), name="Trust",
        color="#46AA00", isCodable="true",
    )  # fmt: skip
    group = tag(
        "Set", [tag("MemberCode", guid=guid("atlas").upper())], guid=guid("group"), name="G"
    )
    return tag(
        "CodeBook", [tag("Codes", [code]), tag("Sets", [group])],
        xmlns="urn:QDA-XML:codebook:0:4", origin="ATLAS.ti 23",
    ).encode()  # fmt: skip
