"""Reads the project document of a REFI-QDA project file into what all of us can understand."""

from __future__ import annotations

from collections import Counter

from coder.domain.errors import Unreadable
from coder.domain.interchange import (
    Case,
    CodeNode,
    Kind,
    Note,
    ProjectFile,
    Selection,
    SourceFile,
    SyncPoint,
    Tag,
    Text,
    User,
    Variable,
    id_of,
)
from coder.ingest.refi.elements import (
    Element,
    at,
    child,
    children,
    local,
    name_of,
    number,
    own_id,
    person,
    root_named,
    target,
    targets,
    words,
)

_READ = {
    "Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Description", "NoteRef",
}  # fmt: skip
_INSIDE = {"Links": "Link", "Sets": "Set", "Graphs": "Graph"}
_VALUES = (
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue",
)  # fmt: skip
_DEEPEST = 200


def read_document(data: bytes, name: str) -> tuple[ProjectFile, bool]:
    """The project that a document holds, without its texts, and whether the document is sound. Of a
    damaged one comes what could be read. `name` is how the file is called. Raises Unreadable."""
    root, sound = root_named(data, "Project")
    if root is None or not (sound or len(root)):
        raise Unreadable(
            f"“{name}” holds no REFI-QDA project that can be read.",
            "Export it again from the program that made it.",
        )
    book = child(child(root, "CodeBook"), "Codes")
    project = ProjectFile(
        name_of(root),
        root.get("origin") or "",
        at(root),
        words(root, "Description"),
        tuple(User(own_id(one), name_of(one)) for one in children(child(root, "Users"), "User")),
        tuple(code_nodes(book)),
        tuple(map(_variable, children(child(root, "Variables"), "Variable"))),
        tuple(map(_case, children(child(root, "Cases"), "Case"))),
        tuple(_source(one, Kind(local(one))) for one in children(child(root, "Sources"), *Kind)),
        tuple(map(_note, children(child(root, "Notes"), "Note"))),
        targets(root, "NoteRef"),
        tuple(_unknown(root).items()),
    )
    return project, sound


def code_nodes(book: Element | None, parent: str = "", depth: int = 0) -> list[CodeNode]:
    """The codes of an element `Codes` or `Code`, each before those below it."""
    found: list[CodeNode] = []
    for one in children(book, "Code"):
        node = CodeNode(
            own_id(one),
            name_of(one),
            parent,
            (one.get("color") or "").strip(),
            words(one, "Description").replace("\r\n", "\n"),
            targets(one, "NoteRef"),
        )
        found.append(node)
        if depth < _DEEPEST:
            found += code_nodes(one, node.id, depth + 1)
    return found


def _unknown(root: Element) -> Counter[str]:
    """What stands in the document and is not read, by the names of its elements."""
    found: Counter[str] = Counter()
    for one in root:
        name = local(one)
        if name in _INSIDE:
            found[_INSIDE[name]] += sum(1 for _ in children(one, _INSIDE[name]))
        elif name and name not in _READ:
            found[name] += 1
    sources = child(root, "Sources")
    names = [local(one) for one in sources] if sources is not None else []
    found.update(name for name in names if name and name not in list(Kind))
    return +found


def _variable(one: Element) -> Variable:
    return Variable(
        own_id(one), name_of(one), one.get("typeOfVariable") or "Text", words(one, "Description")
    )


def _values(one: Element) -> tuple[tuple[str, str], ...]:
    found = []
    for value in children(one, "VariableValue"):
        said = next(("".join(v.itertext()) for v in children(value, *_VALUES)), "")
        variable = target(child(value, "VariableRef"))
        if variable and said.strip():
            found.append((variable, said))
    return tuple(found)


def _case(one: Element) -> Case:
    return Case(
        own_id(one),
        name_of(one),
        words(one, "Description"),
        _values(one),
        targets(one, "SourceRef"),
        len(targets(one, "SelectionRef")),
        len(targets(one, "CodeRef")),
    )


def _note(one: Element) -> Note:
    path = one.get("plainTextPath") or ""
    said = words(one, "PlainTextContent") or words(one, "Description")
    return Note(own_id(one), said, name_of(one), person(one), at(one), path)


def _tags(one: Element) -> tuple[Tag, ...]:
    return tuple(
        Tag(
            own_id(coding),
            target(child(coding, "CodeRef")),
            person(coding),
            at(coding),
            targets(coding, "NoteRef"),
        )
        for coding in children(one, "Coding")
    )


def _selection(one: Element, start: str, end: str, *, timed: bool = False) -> Selection:
    return Selection(
        own_id(one),
        number(one, start),
        number(one, end),
        _tags(one),
        name_of(one),
        words(one, "Description"),
        person(one),
        at(one),
        targets(one, "NoteRef"),
        ("", ""),
        timed,
    )


def _between(one: Element, points: dict[str, SyncPoint]) -> Selection:
    said = [one.get(name) for name in ("fromSyncPoint", "toSyncPoint")]
    first, last = (id_of(name) if name else "" for name in said)
    start, end = (points[p].position if p in points else None for p in (first, last))
    return Selection(
        own_id(one),
        start,
        end,
        _tags(one),
        name_of(one),
        words(one, "Description"),
        person(one),
        at(one),
        targets(one, "NoteRef"),
        (first, last),
    )


def _text(one: Element) -> Text:
    sync = tuple(
        SyncPoint(own_id(point), number(point, "position"), number(point, "timeStamp"))
        for point in children(one, "SyncPoint")
    )
    points = {point.id: point for point in sync}
    content = child(one, "PlainTextContent")
    return Text(
        own_id(one),
        name_of(one),
        None if content is None else "".join(content.itertext()),
        one.get("plainTextPath") or "",
        one.get("richTextPath") or "",
        (
            *(
                _selection(found, "startPosition", "endPosition")
                for found in children(one, "PlainTextSelection")
            ),
            *(_between(found, points) for found in children(one, "TranscriptSelection")),
        ),
        _tags(one),
        targets(one, "NoteRef"),
        sync,
        words(one, "Description"),
    )


def _source(one: Element, kind: Kind) -> SourceFile:
    if kind is Kind.TEXT:
        text = _text(one)
        return SourceFile(
            text.id, kind, text.name, text, values=_values(one),
            description=text.description, user=person(one),
        )  # fmt: skip
    inside = child(one, "Representation" if kind is Kind.PDF else "TextDescription")
    areas = sum(1 for found in children(one, "PDFSelection", "PictureSelection") if _tags(found))
    return SourceFile(
        own_id(one),
        kind,
        name_of(one),
        _text(inside) if inside is not None else None,
        one.get("path") or "",
        tuple(map(_text, children(one, "Transcript"))),
        tuple(
            _selection(found, "begin", "end", timed=True)
            for found in children(one, "AudioSelection", "VideoSelection")
        ),
        _tags(one),
        targets(one, "NoteRef"),
        _values(one),
        words(one, "Description"),
        person(one),
        areas,
    )
