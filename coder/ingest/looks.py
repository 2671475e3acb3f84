"""Tells kinds of file apart by their content: magic bytes, zip members, headers, control bytes."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from coder.domain.draft import Source
from coder.domain.errors import Unreadable

_HEAD = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SEARCHED = 64 * 1024 * 1024
_MOST_MEMBERS = 5000
_FLAT_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Look:
    """What can be seen of a file at a glance: its name's ending, its first bytes, and whether they
    are all; the names inside where it is a zip (lower case) or OLE compound file (as stored), and
    the list of content types where it is an Office package; and how many mails it holds behind
    lines that begin with `From ` (2 for any more)."""

    ending: str
    head: bytes
    whole: bool = True
    members: frozenset[str] = frozenset()
    types: bytes = b""
    ole: frozenset[str] = frozenset()
    mails: int = 0

    @classmethod
    def at(cls, source: Source) -> Look:
        """A look at a file. Raises Unreadable where it cannot be opened."""
        head = source.read(_HEAD + 1)
        ending = PurePath(source.name).suffix.lower()
        whole = len(head) <= _HEAD
        if head.startswith(b"PK") or ending == ".zip":
            return cls(ending, head, whole, *_inside(source))
        if head.startswith(_OLE):
            return cls(ending, head, whole, ole=_ole_names(source))
        if _FROM.match(head):
            return cls(ending, head, whole, mails=_mails(source))
        return cls(ending, head, whole)

    @property
    def zipped(self) -> bool:
        """Whether the file begins as a zip archive does."""
        return self.head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK"))


def project_file(look: Look) -> bool:
    """A project of a program for qualitative analysis (REFI-QDA): a zip with its document."""
    return any(name.endswith(".qde") for name in look.members)


def pdf(look: Look) -> bool:
    """A PDF; readers accept some bytes before its header."""
    if look.head.startswith(b"%PDF-"):
        return True
    return b"%PDF-" in look.head[:1024] and look.ending == ".pdf" and not mail(look)


def word(look: Look) -> bool:
    """A Word file of 2007 or later, by its content types or else by its folder `word`."""
    if look.types:
        return _WORD_TYPE.search(look.types) is not None
    return "[content_types].xml" in look.members and _holds(look, "word/")


def locked_office(look: Look) -> bool:
    """A modern Office file wrapped because of a password ([MS-OFFCRYPTO])."""
    return "EncryptedPackage" in look.ole


def old_word(look: Look) -> bool:
    """Word 97 to 2003, or before that Word 6 and Word for DOS or Windows 2."""
    return "WordDocument" in look.ole or look.head.startswith((b"\xdb\xa5", b"\x31\xbe\x00\x00"))


def outlook(look: Look) -> bool:
    """A message as Outlook saves it."""
    return "__substg1.0_" in look.ole


def tnef(look: Look) -> bool:
    """A mail in Outlook's own packing, mostly named winmail.dat."""
    return look.head.startswith(b"\x78\x9f\x3e\x22")


def spreadsheet(look: Look) -> bool:
    """A workbook of Excel or LibreOffice."""
    return "Workbook" in look.ole or _holds(look, "xl/") or _open(look, b"spreadsheet")


def slides(look: Look) -> bool:
    """A presentation of PowerPoint or LibreOffice."""
    stored = "PowerPoint Document" in look.ole
    return stored or _holds(look, "ppt/") or _open(look, b"presentation")


def open_document(look: Look) -> bool:
    """A text of LibreOffice, zipped or in one XML file."""
    if _open(look, b"text"):
        return True
    if look.ending in (".odt", ".ott") and "content.xml" in look.members:
        return True
    kind = rb"<office:document\s[^<>]*application/vnd\.oasis\.opendocument\.text"
    return re.search(kind, look.head[:_FLAT_HEAD]) is not None and xml(look)


def ebook(look: Look) -> bool:
    """An EPUB book."""
    return look.zipped and b"application/epub+zip" in look.head[:200]


def rich_text(look: Look) -> bool:
    """An RTF document."""
    return look.head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rt")


def archive(look: Look) -> bool:
    """A zip of whatever else; without its directory where its name says that it is one."""
    return bool(look.members) or (
        look.zipped and (look.ending in (".zip", "") or look.head.startswith(b"PK\x07\x08"))
    )


def sealed(look: Look) -> bool:
    """An archive of a kind that is not read."""
    return look.head.startswith((b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"))


def packed(look: Look) -> bool:
    """One file made smaller by gzip, bzip2 or xz."""
    bzip = look.head.startswith(b"BZh") and look.head[4:10] == b"1AY&SY"
    return bzip or look.head.startswith((b"\x1f\x8b", b"\xfd7zXZ\0"))


def tar(look: Look) -> bool:
    """Files in one, as Unix systems put them together."""
    return look.head[257:262] == b"ustar"


def picture(look: Look) -> bool:
    """A photograph, a scan or a drawing."""
    starts = (
        b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*",
    )  # fmt: skip
    brands = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
    head = look.head
    return (
        head.startswith(starts)
        or (head.startswith(b"BM") and head[6:10] == bytes(4))
        or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in brands)
    )


def recording(look: Look) -> bool:
    """Sound or video in a container that holds its own streams."""
    head = look.head
    if head.startswith(b"RIFF"):
        return head[8:12] in (b"WAVE", b"AVI ")
    if head.startswith(b"FORM"):
        return head[8:12] in (b"AIFF", b"AIFC")
    return (
        head.startswith(_RECORDINGS)
        or (head[4:8] in _BOXES and min(head[:4]) < 0x09)
        or _sound_frames(head)
        or _transport_stream(head)
    )


def playlist(look: Look) -> bool:
    """A list of recordings elsewhere, which is never followed."""
    return look.head.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"#EXTM3U", b"ffconcat "))


def mailbox(look: Look) -> bool:
    """Several mails in one file, each behind a line that begins with `From `."""
    return look.mails > 1


def mail(look: Look) -> bool:
    """A mail as it travels: header lines first, at least two of them well known. In what is named
    a text, where people paste the lines they see, one of them is such as only programs write."""
    if look.ending in (".md", ".markdown", ".html", ".htm") or look.zipped:
        return False
    start = _FROM_LINE.sub(b"", _start(look), count=1)
    header = re.split(rb"\r?\n\r?\n|\r\r", start, maxsplit=1)[0]
    first = header.split(b"\n", 1)[0]
    if not re.match(rb"[!-9;-~]+[ \t]*:", first):
        return False
    known = {name.lower() for name in _KNOWN_HEADER.findall(header)}
    pasted = look.ending in (".txt", ".text") and b"=?" not in header
    if pasted and not known & _TECHNICAL:
        return False
    told = look.ending == ".eml" or look.mails > 0
    alone = told or re.match(rb"(?i)content-type:\s*multipart/", header)
    return len(known) >= (1 if alone else 2)


def web_page(look: Look) -> bool:
    """HTML by its first tags; for a name that says so, any tag will do."""
    start = _text_head(look)
    if _PAGE.match(start):
        return True
    named = look.ending in (".htm", ".html", ".xhtml")
    return named and plain_text(look) and re.search(r"<[a-zA-Z][^<>]*>", start) is not None


def word_xml(look: Look) -> bool:
    """A Word document as one XML file, of 2003 or flat OPC."""
    return xml(look) and b'progid="Word.Document"' in look.head[:1024]


def xml(look: Look) -> bool:
    """XML of whatever kind."""
    return _text_head(look).lstrip().startswith("<?xml")


def markdown(look: Look) -> bool:
    """Plain text by its content, Markdown by its name."""
    return look.ending in (".md", ".markdown") and plain_text(look)


def plain_text(look: Look) -> bool:
    """Text in any encoding: no NUL unless a byte order mark explains it, few control bytes."""
    if look.head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    if b"\0" in look.head:
        return False
    return len(_CONTROLS.findall(look.head)) * 50 <= len(look.head)


_KNOWN_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|mime-version|message-id|return-path|content-type|"
    rb"delivered-to|reply-to|sender|content-transfer-encoding|x-mailer|newsgroups)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_TECHNICAL = {
    b"received", b"mime-version", b"message-id", b"return-path", b"content-type", b"delivered-to",
    b"content-transfer-encoding", b"x-mailer",
}  # fmt: skip
_FROM = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n \t]*From ")
_FROM_LINE = re.compile(rb"(?:^|(?<=\n\n)|(?<=\n\r\n))>?From [^\r\n]*\r?\n(?=[!-9;-~]+:)")
_WORD_TYPE = re.compile(
    rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macroEnabled"
)
_PAGE = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_RECORDINGS = (
    b"\x1a\x45\xdf\xa3", b"OggS", b"fLaC", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"#!AMR",
    b"FLV\x01", b"caff\0\x01", b".snd\0",
    b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
)  # fmt: skip
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp", b"moof")


def _start(look: Look) -> bytes:
    return look.head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")


def _text_head(look: Look) -> str:
    from coder.ingest.text import decode

    return decode(look.head[:4096])


def _holds(look: Look, folder: str) -> bool:
    return any(name.startswith(folder) for name in look.members)


def _open(look: Look, kind: bytes) -> bool:
    """Whether the first member, stored as it is, names a type of the OpenDocument family."""
    return look.zipped and b"application/vnd.oasis.opendocument." + kind in look.head[:200]


def _sound_frames(head: bytes) -> bool:
    """MPEG sound without a container: a frame header that cannot be text (ISO 11172-3, 13818-7)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    adts = head[1] & 0xF6 == 0xF0
    layer = head[1] & 0x06 in (0x02, 0x04) and head[1] & 0x18 != 0x08
    return bool(adts or (layer and head[2] & 0xF0 not in (0x00, 0xF0) and head[2] & 0x0C != 0x0C))


def _transport_stream(head: bytes) -> bool:
    """An MPEG transport stream: a sync byte at every 188th or, from cameras, 192nd byte."""
    return any(
        len(head) > first + 4 * step
        and all(head[first + step * count] == 0x47 for count in range(5))
        for first, step in ((0, 188), (4, 192))
    )


def _inside(source: Source) -> tuple[frozenset[str], bytes]:
    """The names in a zip, and the start of an Office package's list of content types."""
    damage = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, IndexError, EOFError)
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as members:
            infos = members.infolist()[:_MOST_MEMBERS]
            names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
            types = names.get("[content_types].xml")
            try:
                listed = members.open(types).read(_HEAD) if types else b""
            except damage:
                listed = b""
    except damage:
        return _inside_cut(source)
    return frozenset(names), listed


def _inside_cut(source: Source) -> tuple[frozenset[str], bytes]:
    """The same of an Office package that was cut off before its directory, and perhaps before its
    list of content types; of no other zip."""
    from coder.ingest.packed.package import ZipPackage

    try:
        with ZipPackage(source, "Word") as package:
            names = frozenset(package.names())
            types = package.data("[Content_Types].xml")
    except Unreadable:
        return frozenset(), b""
    if types is not None:
        return names, types
    office = any(name.startswith(_OFFICE_FOLDERS) for name in names)
    return (names | {"[content_types].xml"}, b"") if office else (frozenset(), b"")


_OFFICE_FOLDERS = ("word/document", "xl/workbook", "ppt/presentation")


def _mails(source: Source) -> int:
    """How many mails a mailbox holds, counted no further than 2."""
    from coder.ingest.mail.mbox import starts

    with source.open() as stream:
        return len(list(islice(starts(stream), 2)))


_OLE_NAMES = ("EncryptedPackage", "WordDocument", "__substg1.0_", "Workbook", "PowerPoint Document")


def _ole_names(source: Source) -> frozenset[str]:
    """Which of the telling names an OLE file holds at its top, since other files may lie in it; in
    one that is too damaged for that, those that stand anywhere (a directory is in UTF-16)."""
    from coder.ingest.ole import Compound

    try:
        with Compound(source) as file:
            top = file.names()
    except Unreadable:
        top = []
    found = frozenset(name for name in _OLE_NAMES if any(one.startswith(name) for one in top))
    if found:
        return found
    data = source.read(_OLE_SEARCHED)
    return frozenset(name for name in _OLE_NAMES if name.encode("utf-16-le") in data)
