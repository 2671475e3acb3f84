"""Makes the sample's e-mails, Word files and film from the plain texts in `source`.

`python samples/make.py` writes everything again, `python samples/make.py --no-film` leaves the
film alone; needs python-docx and, for the film, `espeak-ng` and `ffmpeg`. The note and the Markdown
file in `evidence` were written as they are. The same texts give the same bytes on any day; those of
the film also depend on the versions of the two programs.
"""

from __future__ import annotations

import re
import sys
import textwrap
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from word import word_file

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
EVIDENCE = HERE / "evidence"
MAILBOX = "evidence@neighbours-again.example"
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"

_WORD_ONLY = {"03-harrowmere-council": "Harrowmere Borough Council"}
_FILM = "14-margaret-lunch-club"


def main(arguments: list[str]) -> None:
    """Writes the call, the evidence and, unless told not to, the film."""
    call = (SOURCE / "call-for-evidence.txt").read_text(encoding="utf-8")
    (HERE / "call-for-evidence.docx").write_bytes(word_file(call, "Neighbours Again"))
    for path in sorted(SOURCE.glob("[0-9][0-9]-*.txt")):
        text = path.read_text(encoding="utf-8")
        if path.stem in _WORD_ONLY:
            written = word_file(text, _WORD_ONLY[path.stem])
            (EVIDENCE / f"{path.stem}.docx").write_bytes(written)
        elif path.stem != _FILM:
            (EVIDENCE / f"{path.stem}.eml").write_bytes(mail(path.stem, text))
        elif "--no-film" not in arguments:
            from film import film

            film(text.splitlines(), EVIDENCE / f"{_FILM}.mp4", HERE / "video-truth.json")


def mail(stem: str, text: str) -> bytes:
    """The bytes of an e-mail from a source text: headers, a blank line, the body, and then a part
    after each line `=== HTML` or `=== name.docx`."""
    body, *parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)
    head, _, body = body.partition("\n\n")
    headers = dict(re.findall(r"^([\w-]+): (.+)$", head, flags=re.MULTILINE))
    if "Template" in headers:
        body = _from_template(headers, body)
    message = _message(stem, headers)
    attached = dict(zip(parts[::2], parts[1::2], strict=True))
    page = attached.pop("HTML", "")
    encoding = headers.get("Encoding", "quoted-printable")
    if page:
        message.set_content(page.strip() + "\n", subtype="html", cte="quoted-printable")
    else:
        charset = headers.get("Charset", "utf-8")
        message.set_content(body.strip() + "\n", charset=charset, cte=encoding)
    author = parseaddr(headers["From"])[0]
    for name, markup in attached.items():
        message.add_attachment(
            word_file(markup, author), maintype="application", subtype=WORD, filename=name
        )
    if attached:
        message.set_boundary(f"=_neighbours-again-{stem[:2]}")
    return message.as_bytes(policy=policy.SMTP)


def _message(stem: str, headers: dict[str, str]) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<{stem}@neighbours-again.example>"
    message["To"] = headers.get("To", MAILBOX)
    for name in ("From", "Cc", "Date", "Subject", "Organization"):
        if name in headers:
            message[name] = headers[name]
    return message


def _from_template(headers: dict[str, str], own: str) -> str:
    """The campaign's letter, signed, with the sender's own paragraph where there is one."""
    name, place = headers["Template"].split(" | ")
    letter = (SOURCE / "template-keep-the-bus.txt").read_text(encoding="utf-8")
    own = f"{own.strip()}\n\n" if own.strip() else ""
    letter = letter.format(own=own, name=name, place=place)
    if "Wrap" not in headers:
        return letter
    width = int(headers["Wrap"])
    return "\n".join(textwrap.fill(line, width) for line in letter.splitlines())


if __name__ == "__main__":
    main(sys.argv[1:])
