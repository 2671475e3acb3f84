"""Writes the project document of a REFI-QDA project file, element by element in the fixed order of
its schema (Project.xsd 1.0); containers without a child are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from coder.domain.interchange import (
    Case,
    CodeNode,
    Kind,
    Note,
    ProjectFile,
    Selection,
    SourceFile,
    Tag,
    Text,
    Variable,
    guid,
)
from coder.export.wording import printable

NAMESPACE = "urn:QDA-XML:project:1.0"

_SELECTIONS = {Kind.AUDIO: "AudioSelection", Kind.VIDEO: "VideoSelection"}

Element = Any
"""An lxml element; lxml carries no types of its own."""


def write_qde(project: ProjectFile, stream: IO[bytes], written: Callable[[], None]) -> None:
    """Writes the document in UTF-8. Sources and notes are taken one by one as they are written, so
    they may be made meanwhile; `written` is called after each source."""
    from lxml import etree

    with etree.xmlfile(stream, encoding="utf-8") as document:
        document.write_declaration()
        attributes = _present(
            name=project.name, origin=project.origin, creationDateTime=moment(project.created)
        )
        with document.element("Project", attributes, nsmap={None: NAMESPACE}):
            _write_some(document, "Users", map(_user, project.users))
            if project.codes:
                with document.element("CodeBook"):
                    document.write(code_tree(project.codes, _note_ref))
            _write_some(document, "Variables", map(_variable, project.variables))
            _write_some(document, "Cases", map(_case, project.cases))
            _write_some(document, "Sources", _told(map(_source, project.sources), written))
            _write_some(document, "Notes", map(_note, project.all_notes))
            if project.description:
                document.write(_worded("Description", project.description))
            for one in project.notes:
                document.write(_note_ref(one))


def code_tree(codes: Sequence[CodeNode], note_ref: Callable[[str], Element] | None) -> Element:
    """The element `Codes` of both schemas; `note_ref` makes a reference to a note, where there are
    such."""
    below: dict[str, list[CodeNode]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)

    def made(code: CodeNode) -> Element:
        children: list[Element] = []
        if code.description:
            children.append(_worded("Description", code.description))
        if note_ref:
            children += map(note_ref, code.notes)
        children += map(made, below.get(code.id, ()))
        return element(
            "Code", _present(guid=guid(code.id), name=code.name, isCodable="true",
                             color=code.colour), children,
        )  # fmt: skip

    return element("Codes", {}, [made(code) for code in below.get("", ())])


def element(name: str, attributes: Mapping[str, str], children: Iterable[Element] = ()) -> Element:
    """An element with what XML can hold of its attributes."""
    from lxml import etree

    made = etree.Element(name, {key: printable(value) for key, value in attributes.items()})
    made.extend(children)
    return made


def holds(text: str) -> bool:
    """Whether XML can hold a text as it is; it has no place for some control characters."""
    return printable(text) == text


def moment(text: str) -> str:
    """A moment as `xsd:dateTime` has it; empty where the text is none."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text if "T" in text else ""


def _write_some(document: Any, name: str, children: Iterable[Element]) -> None:
    """A container with its children, or nothing where there are none."""
    rest = iter(children)
    first = next(rest, None)
    if first is None:
        return
    with document.element(name):
        document.write("\n", first)
        for child in rest:
            document.write("\n", child)
        document.write("\n")


def _told(elements: Iterable[Element], written: Callable[[], None]) -> Iterable[Element]:
    for one in elements:
        yield one
        written()


def _user(user: Any) -> Element:
    return element("User", _present(guid=guid(user.id), name=user.name))


def _variable(variable: Variable) -> Element:
    attributes = _present(guid=guid(variable.id), name=variable.name, typeOfVariable=variable.type)
    return element("Variable", attributes, _description(variable.description))


def _case(case: Case) -> Element:
    return element(
        "Case",
        _present(guid=guid(case.id), name=case.name),
        [
            *_description(case.description),
            *map(_value, case.values),
            *(_ref("SourceRef", one) for one in case.sources),
        ],
    )


def _value(value: tuple[str, str]) -> Element:
    variable, said = value
    return element("VariableValue", {}, [_ref("VariableRef", variable), _worded("TextValue", said)])


def _source(source: SourceFile) -> Element:
    if source.kind is Kind.TEXT and source.text is not None:
        return _text(str(source.kind), source.text, source)
    children = _description(source.description)
    if source.kind in _SELECTIONS:
        children += [_transcript(one) for one in source.transcripts]
        children += [_timed(_SELECTIONS[source.kind], one) for one in source.selections]
    elif source.text is not None:
        inside = "Representation" if source.kind is Kind.PDF else "TextDescription"
        children.append(_text(inside, source.text))
    children += _tags_and_notes(source.tags, source.notes)
    children += map(_value, source.values)
    attributes = _present(guid=guid(source.id), name=source.name, path=source.path)
    return element(str(source.kind), attributes, children)


def _text(name: str, text: Text, source: SourceFile | None = None) -> Element:
    attributes = _present(
        guid=guid(text.id), name=text.name, richTextPath=text.rich, plainTextPath=text.plain
    )
    children = _description(text.description)
    if text.content is not None:
        children.append(_worded("PlainTextContent", text.content))
    children += [_stretch("PlainTextSelection", one, start="startPosition", end="endPosition")
                 for one in text.selections]  # fmt: skip
    children += _tags_and_notes(text.tags, text.notes)
    children += map(_value, source.values if source else ())
    return element(name, attributes, children)


def _transcript(text: Text) -> Element:
    children = _description(text.description)
    if text.content is not None:
        children.append(_worded("PlainTextContent", text.content))
    for one in text.sync:
        place = _present(guid=guid(one.id), timeStamp=_number(one.ms),
                         position=_number(one.position))  # fmt: skip
        children.append(element("SyncPoint", place))
    children += map(_between, text.selections)
    children += map(_note_ref, text.notes)
    attributes = _present(
        guid=guid(text.id), name=text.name, richTextPath=text.rich, plainTextPath=text.plain
    )
    return element("Transcript", attributes, children)


def _between(selection: Selection) -> Element:
    first, last = map(guid, selection.sync)
    return _selected("TranscriptSelection", selection, fromSyncPoint=first, toSyncPoint=last)


def _timed(name: str, selection: Selection) -> Element:
    return _stretch(name, selection, start="begin", end="end")


def _stretch(name: str, selection: Selection, *, start: str, end: str) -> Element:
    place = {start: _number(selection.start), end: _number(selection.end)}
    return _selected(name, selection, **place)


def _selected(name: str, selection: Selection, **place: str) -> Element:
    attributes = _present(guid=guid(selection.id), name=selection.name, **place)
    attributes |= _made(selection.user, selection.at)
    children = [
        *_description(selection.description),
        *_tags_and_notes(selection.tags, selection.notes),
    ]
    return element(name, attributes, children)


def _tags_and_notes(tags: Iterable[Tag], notes: Iterable[str]) -> list[Element]:
    return [*map(_tag, tags), *map(_note_ref, notes)]


def _tag(tag: Tag) -> Element:
    attributes = {"guid": guid(tag.id), **_made(tag.user, tag.at)}
    return element("Coding", attributes, [_ref("CodeRef", tag.code), *map(_note_ref, tag.notes)])


def _note(note: Note) -> Element:
    attributes = _present(guid=guid(note.id), name=note.name, plainTextPath=note.path)
    attributes |= _made(note.user, note.at)
    said = [] if note.path else [_worded("PlainTextContent", note.text)]
    return element("Note", attributes, said)


def _made(user: str, at: str) -> dict[str, str]:
    return _present(creatingUser=guid(user) if user else "", creationDateTime=moment(at))


def _note_ref(note: str) -> Element:
    return _ref("NoteRef", note)


def _ref(name: str, target: str) -> Element:
    return element(name, {"targetGUID": guid(target)})


def _description(text: str) -> list[Element]:
    return [_worded("Description", text)] if text else []


def _worded(name: str, text: str) -> Element:
    made = element(name, {})
    made.text = printable(text)
    return made


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _present(**attributes: str) -> dict[str, str]:
    """The attributes that say something; a name that is required is there even where empty."""
    return {name: value for name, value in attributes.items() if value or name == "name"}
