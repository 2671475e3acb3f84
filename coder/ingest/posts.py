"""Posts as people copy them from a page: a line with name, handle and day, then the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from coder.domain.draft import Draft, DraftDocument, Opened, Problem, Source
from coder.domain.errors import Blank
from coder.domain.model import DocumentKind
from coder.ingest.single import text_bytes
from coder.ingest.table_values import moment
from coder.ingest.text import decode, read_text

_HOUR = r"\d{1,2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?"
_DAY = (
    r"(?:\d{1,2} [A-Za-z]{3,9}\.?(?:,? \d{4})?|[A-Za-z]{3,9}\.? \d{1,2}(?:, ?\d{4})?|"
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,3} ?[smhdw])"
)
_HEAD = re.compile(
    r"^[ \t]*(?P<name>[^\n@]{0,80}?)[ \t]*\n?[ \t]*\(?(?P<handle>@[\w.]{1,40}(?:@[\w.-]{1,60})?)\)?"
    rf"\s{{0,3}}[·•|–—-]\s{{0,3}}(?P<when>(?:{_HOUR}(?: ?[·,] ?| ))?{_DAY}"
    rf"(?:,? (?:at |· )?{_HOUR})?)[ \t]*$",
    re.MULTILINE,
)
_COUNTS = re.compile(
    r"(?:\d[\d.,]* ?[KkMm]?\s*(?:re-?tweets?|reposts?|likes?|repl(?:y|ies)|comments?|shares?|"
    r"quotes?(?: tweets?)?|views?|bookmarks?|boosts?|favou?rites?|reactions?)[\s·,|]*)+|"
    r"show this thread|translate (?:tweet|post)|reply|retweet|repost|like|share|see more",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://\S*(?:/status(?:es)?/|/posts?/|/p/|/@[^/\s]+/\d|/permalink|story_fbid|/comments/)\S*"
)


@dataclass(frozen=True, slots=True)
class _Post:
    """One post as it was copied, whole, and what it consists of."""

    name: str
    handle: str
    received: str
    text: str
    link: str
    left: tuple[str, ...]
    whole: str


def read_posts(source: Source) -> Opened:
    """Each post as a submission of the channel “social”. The line above the words, a link to the
    post and counters under it are no words of the author: the first two tell who, when and where,
    the counters are named. Raises Unreadable, and Blank where there is no post."""
    text = decode(text_bytes(source)).replace("\0", "\ufffd")
    heads = list(_HEAD.finditer(text))
    if not heads:
        raise Blank(f"“{source.name}” holds no posts.")
    ends = [head.start() for head in heads[1:]] + [len(text)]
    drafts = []
    problems = []
    for number, (head, end) in enumerate(zip(heads, ends, strict=True), start=1):
        post = _post(text, head, end)
        name = f"post {number}"
        if post.text:
            drafts.append((name, _draft(source, name, post)))
        else:
            problems.append(Problem(name, "It holds no words."))
    if before := text[: heads[0].start()].strip():
        problems.append(Problem(source.name, f"Above the first post stands “{before}”."))
    return Opened(drafts=tuple(drafts), problems=tuple(problems), keep=bool(problems))


def all_posts(text: str) -> bool:
    """Whether a text is nothing but posts: each of its blocks begins with the line of one."""
    blocks = [block for block in re.split(r"\n[ \t]*\n", text.strip()) if block.strip()]
    return bool(blocks) and all(map(_HEAD.match, blocks))


def post_title(author: str, received: str, link: str) -> str:
    """How a post is called: `@name, 12 May 2020 · https://…`, as far as it is known. `received` is
    ISO 8601."""
    day = date.fromisoformat(received[:10]) if received else None
    when = f"{day.day} {day:%B %Y}" if day else ""
    told = ", ".join(filter(None, (author or "Post", when)))
    return " · ".join(filter(None, (told, link)))


def _post(text: str, head: re.Match[str], end: int) -> _Post:
    lines = text[head.end() : end].strip().split("\n")
    link = ""
    left: list[str] = []
    while lines and (not lines[-1].strip() or _under(lines[-1])):
        line = lines.pop().strip()
        if _LINK.fullmatch(line):
            link = line
        elif line:
            left.insert(0, line)
    return _Post(
        " ".join(head["name"].split()),
        head["handle"],
        moment(head["when"]),
        "\n".join(lines),
        link,
        tuple(left),
        text[head.start() : end].strip(),
    )


def _under(line: str) -> bool:
    return bool(_LINK.fullmatch(line.strip()) or _COUNTS.fullmatch(line.strip()))


def _draft(source: Source, name: str, post: _Post) -> Draft:
    own = Source(f"{name} of {PurePath(source.name).stem}.txt", data=post.whole.encode())
    text, paragraphs = read_text(post.text)
    left = tuple(
        f"“{line}” under the post is no part of it and was left out." for line in post.left
    )
    title = post_title(post.handle, post.received, post.link)
    who = f"{post.name} ({post.handle})" if post.name else post.handle
    document = DraftDocument(title, DocumentKind.POST, own, text, paragraphs, problems=left)
    return Draft((document,), respondent=who, received=post.received, channel="social")
