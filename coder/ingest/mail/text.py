"""Turns the plain text of a mail into paragraphs, and finds what is quoted from earlier mails."""

from __future__ import annotations

import re

from coder.domain.model import Style

Part = tuple[str, Style]

_QUOTED = re.compile(r"\s{0,3}(?!>From )>")
_BARE = re.compile(r"[\s>]*")
_NUMBERED = re.compile(r"\s*[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]:]\s+\S")
_BULLETED = re.compile(r"\s*[-*•–·]\s+\S")
_WROTE = re.compile(
    r"^[ \t]*(?:On\b[^\n]*(?:\n[^\n]+){0,2}?\bwrote:|Am\b[^\n]*(?:\n[^\n]+){0,2}?\bschrieb\b[^\n]*:"
    r"|Le\b[^\n]*(?:\n[^\n]+){0,2}?\ba écrit\s?:|El\b[^\n]*(?:\n[^\n]+){0,2}?\bescribió:)\s*\Z",
    re.MULTILINE,
)
_DATE_OR_ADDRESS = re.compile(r"[\d@]")
_RULE = re.compile(r"\s*[-_]{3,}\s*(?:Original Message|Reply message)\s*[-_]{3,}", re.IGNORECASE)
_LONGEST_NOTE = 30
_ABOUT_VERSIONS = {
    "version",
    "view",
    "viewer",
    "display",
    "support",
    "client",
    "enable",
    "requires",
}
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|</?[a-zA-Z][^<>]{0,300}>")
_HEAD_LINES = re.compile(
    r"^[ \t*]*(From|Sent|Date|To|Cc|Subject)\s?:", re.IGNORECASE | re.MULTILINE
)


def plain_parts(text: str, *, flowed: bool = False, delsp: bool = False) -> list[Part]:
    """The paragraphs of a plain text mail with their styles; every visible character stays.

    Blank lines part paragraphs, and so does the change between own and quoted lines. A block of
    numbered or bulleted lines is a paragraph for each of them. `flowed` and `delsp` are what the
    mail's `Content-Type` says of soft line breaks (RFC 3676).
    """
    lines = _unflow(text, delsp) if flowed else [line.rstrip() for line in text.split("\n")]
    parts: list[Part] = []
    for block in _blocks(lines):
        if _QUOTED.match(block[0]):
            parts.append(("\n".join(block), Style.REPLY))
        else:
            parts.extend(_items(block))
    return parts


def _unflow(text: str, delsp: bool) -> list[str]:
    lines: list[str] = []
    open_depth = -1
    for raw in text.split("\n"):
        content = raw.lstrip(">")
        depth = len(raw) - len(content)
        content = content.removeprefix(" ")
        soft = content.endswith(" ") and content != "-- "
        if delsp and soft:
            content = content[:-1]
        if depth == open_depth:
            lines[-1] += content
        else:
            lines.append(f"{'>' * depth} {content}" if depth else content)
        open_depth = depth if soft else -1
    return [line.rstrip() for line in lines]


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = []
    current: list[str] = []
    for line in [*lines, ""]:
        quoted = bool(_QUOTED.match(line))
        if current and (not line or quoted != bool(_QUOTED.match(current[0]))):
            blocks.append(current)
            current = []
        if not line:
            continue
        current.append(line)
        if quoted and _BARE.fullmatch(line) and len(current) > 1:
            blocks.append(current)
            current = []
    return blocks


def _items(block: list[str]) -> list[Part]:
    """One paragraph for each numbered or bulleted line with the lines that continue it, where a
    block has several such lines; otherwise the block as one paragraph."""
    starts = [bool(_NUMBERED.match(line) or _BULLETED.match(line)) for line in block]
    if sum(starts) < 2:
        return [("\n".join(block), Style.LIST if _BULLETED.match(block[0]) else Style.BODY)]
    items: list[list[str]] = []
    for line, begins in zip(block, starts, strict=True):
        if begins or not items:
            items.append([line])
        else:
            items[-1].append(line)
    return [
        ("\n".join(item), Style.LIST if _BULLETED.match(item[0]) else Style.BODY) for item in items
    ]


def mark_replies(parts: list[Part], *, answer: bool) -> list[Part]:
    """The same parts, with Style.REPLY on what was carried along from earlier mails.

    That is the line "On … wrote:" and, in an `answer` (a mail whose subject begins with "Re:"),
    everything from the divider or the block of headers that Outlook leaves. Where nothing of the
    sender's own would remain, nothing is a reply.
    """
    marked: list[Part] = []
    below = False
    for text, style in parts:
        below = below or (answer and bool(marked) and _divides(text))
        wrote = None if style is Style.REPLY or below else _WROTE.search(text)
        wrote = wrote if wrote and _DATE_OR_ADDRESS.search(wrote[0]) else None
        if wrote and text[: wrote.start()].strip():
            marked.append((text[: wrote.start()].rstrip(), style))
        if wrote:
            marked.append((text[wrote.start() :], Style.REPLY))
        else:
            marked.append((text, Style.REPLY if below else style))
    if all(style is Style.REPLY for _, style in marked):
        return [(text, Style.BODY) for text, _ in marked]
    return marked


def _divides(text: str) -> bool:
    names = [name.lower() for name in _HEAD_LINES.findall(text)]
    return bool(_RULE.match(text)) or (
        len(set(names)) >= 3 and names[0] == "from" and _HEAD_LINES.match(text) is not None
    )


def fuller(plain: list[Part], rich: list[Part]) -> list[Part]:
    """Which of two versions of one text to keep: the plain one, unless it is a stub beside the
    other, with less than half of its words."""
    if not plain or not rich:
        return plain or rich
    return plain if 2 * _words(plain) >= _words(rich) else rich


def choose(versions: list[tuple[bool, list[Part]]]) -> list[Part]:
    """Which of the versions of one text to keep, each given with whether it is a plain one: the
    first plain one or the last of the others, whichever is fuller."""
    plain = [parts for is_plain, parts in versions if is_plain and parts]
    rich = [parts for is_plain, parts in versions if not is_plain and parts]
    return fuller(plain[0] if plain else [], rich[-1] if rich else [])


def missed(version: list[Part], chosen: list[Part]) -> list[str]:
    """The words of a version of a text that the chosen one does not have, in lower case and in
    their order; addresses aside. A note that there is another version says nothing."""
    own, known = _distinct(version), set(_distinct(chosen))
    new = [word for word in own if word not in known]
    about_itself = {"html", "browser"} & set(new) and _ABOUT_VERSIONS & set(new)
    return [] if about_itself and len(own) < _LONGEST_NOTE else new


def differs(version: list[Part], missing: list[str]) -> bool:
    """Whether a version of which these words are `missing` in the chosen one says something else:
    at least three words (or all of fewer), and a quarter of its own."""
    own = len(_distinct(version))
    return len(missing) >= max(1, min(3, own)) and 4 * len(missing) >= own


def _distinct(parts: list[Part]) -> list[str]:
    text = _ADDRESS.sub(" ", " ".join(text for text, _ in parts))
    return list(dict.fromkeys(word.lower() for word in re.findall(r"[^\W_]{2,}", text)))


def _words(parts: list[Part]) -> int:
    return sum(len(text.split()) for text, _ in parts)
