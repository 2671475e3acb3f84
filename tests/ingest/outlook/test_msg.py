"""An Outlook message becomes a submission, like the mail that it is."""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import Draft, Source
from coder.domain.errors import Unreadable
from coder.domain.model import DocumentKind
from coder.ingest.outlook.msg import read_msg
from coder.ingest.registry import read
from coder.ingest.safe import attempt
from tests.ingest.ole_writer import attachment, compound, item, message

CLASS, SUBJECT, SENT, HEADERS = 0x001A, 0x0037, 0x0039, 0x007D
FROM_NAME, FROM_TYPE, FROM_ADDRESS, FROM_SMTP = 0x0C1A, 0x0C1E, 0x0C1F, 0x5D01
BODY, RTF, HTML, DATA, METHOD, NAME = 0x1000, 0x1009, 0x1013, 0x3701, 0x3705, 0x3707
PATH, KIND, CONTENT_ID, FLAGS = 0x370D, 0x370E, 0x3712, 0x3714
CPID, LOCALE, PAGE = 0x3FDE, 0x3FF1, 0x3FFD
NOTE = {CLASS: "IPM.Note", SUBJECT: "Our evidence", BODY: "We met every week.\r\n"}


def filetime(moment: datetime) -> int:
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def read_file(data: bytes) -> Draft:
    draft = read(Source("letter.msg", data=data))
    assert isinstance(draft, Draft)
    return draft


def text_of(values: dict[int, str | bytes | int | bool]) -> str:
    return read_file(message(values)).documents[0].text


def test_a_message_tells_who_sent_it_when_and_what() -> None:
    sent = filetime(datetime(2020, 9, 18, 16, 4, 5, tzinfo=UTC))
    values = {**NOTE, SENT: sent, FROM_NAME: "Margaret Jones", FROM_ADDRESS: "m@club.example"}

    draft = read_file(message(values))

    (letter,) = draft.documents
    assert (draft.respondent, draft.received, draft.channel) == (
        "Margaret Jones", "2020-09-18T16:04:05Z", "email",
    )  # fmt: skip
    assert (letter.title, letter.kind, letter.text) == (
        "Our evidence", DocumentKind.EMAIL, "We met every week.",
    )  # fmt: skip
    assert draft.problems == ()


def test_an_internet_address_goes_before_one_of_exchange() -> None:
    values = {
        **NOTE,
        FROM_TYPE: "EX",
        FROM_ADDRESS: "/O=ORG/CN=MJONES",
        FROM_SMTP: "m@club.example",
    }

    assert read_file(message(values)).respondent == "m"


def test_headers_fill_in_what_the_properties_lack() -> None:
    headers = (
        "From: Ann Bell <ann@club.example>\r\nDate: Fri, 18 Sep 2020 17:04:05 +0100\r\n"
        "Organization: The Lunch Club\r\nContent-Type: text/html\r\n\r\n"
    )

    draft = read_file(message({**NOTE, HEADERS: headers}))

    assert (draft.respondent, draft.organisation, draft.received) == (
        "Ann Bell", "The Lunch Club", "2020-09-18T16:04:05Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "codec", "values"),
    [
        ("日本語 Non Unicode 本文", "cp932", {CPID: 50220, LOCALE: 1041}),
        ("日本語の本文です", "iso2022_jp", {CPID: 50220, LOCALE: 1041}),
        ("我們每星期都見面。", "cp950", {PAGE: 950}),
        ("我们每个星期都见面。", "gb18030", {CPID: 20127, LOCALE: 2052}),
        ("Мы встречаемся каждую неделю", "cp1251", {CPID: 1251, LOCALE: 1033}),
        ("Мы встречаемся каждую неделю", "cp1251", {LOCALE: 1049}),
        ("Мы встречаемся каждую неделю", "cp1251", {PAGE: 1252, CPID: 28591}),
        ("Мы встречаемся каждую неделю", "koi8-r", {CPID: 20866}),
        ("Wir hätten größere Äpfel – schön", "cp1252", {CPID: 65001, LOCALE: 1031}),
        ("Wir hätten größere Äpfel – schön", "utf-8", {CPID: 1251, LOCALE: 1049}),
        ("Συναντιόμαστε κάθε εβδομάδα", "cp1253", {}),
        ("Co tydzień spotykamy się w świetlicy", "cp1250", {LOCALE: 1045}),
        ("우리는 매주 만납니다", "cp949", {CPID: 949}),
    ],
)
def test_eight_bit_texts_are_read_in_the_page_that_gives_words(
    words: str, codec: str, values: dict[int, int]
) -> None:
    data = words.encode(codec)

    letter = read_file(message({**values, SUBJECT: data, BODY: data})).documents[0]

    assert (letter.title, letter.text) == (words, words)


def test_html_is_read_where_the_plain_text_is_missing_or_a_stub() -> None:
    html = "<p>We met <b>every</b> week in the old hall by the river.</p>"
    whole = "We met every week in the old hall by the river."

    assert text_of({SUBJECT: "x", HTML: html.encode()}) == whole
    assert text_of({SUBJECT: "x", HTML: html}) == whole
    assert text_of({SUBJECT: "x", BODY: "See HTML", HTML: html}) == whole


def test_html_without_its_page_is_read_by_the_page_of_the_message() -> None:
    html = "<p>Мы встречаемся</p>".encode("cp1251")

    assert text_of({SUBJECT: "x", HTML: html, CPID: 1251}) == "Мы встречаемся"


def uncompressed(rtf: bytes) -> bytes:
    length = (len(rtf) + 12).to_bytes(4, "little")
    return length + len(rtf).to_bytes(4, "little") + b"MELA" + bytes(4) + rtf


def test_html_wrapped_in_rtf_is_unwrapped() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fcharset204 Arial;}}{\*\htmltag64 <p>}"
        rb"\htmlrtf {\htmlrtf0 We met \'e9very {\*\htmltag84 <b>}week{\*\htmltag92 </b>} \u8364?"
        rb"\htmlrtf }\htmlrtf0{\*\mhtmltag0 <hidden>}{\*\htmltag72 </p>}}"
    )

    assert text_of({SUBJECT: "x", RTF: uncompressed(rtf)}) == "We met évery week €"


def test_rtf_that_wraps_nothing_is_read_for_what_it_says() -> None:
    rtf = uncompressed(rb"{\rtf1\ansi We met \b every\b0  week.\par Often.}")

    assert text_of({SUBJECT: "x", RTF: rtf}) == "We met every week.\nOften."


def test_messages_inside_messages_are_letters_and_files_are_documents() -> None:
    inner = item({SUBJECT: "Inner", BODY: "Deep words"}, attachment({NAME: "b.txt", DATA: b"B"}))
    data = message(
        NOTE,
        attachment({NAME: "Statement of Ann.txt", DATA: b"1. We are a lunch club."}),
        attachment({METHOD: 5}, inner),
    )

    documents = read_file(data).documents

    assert [(one.title, one.text) for one in documents] == [
        ("Our evidence", "We met every week."),
        ("Inner", "Deep words"),
        ("Statement of Ann.txt", "1. We are a lunch club."),
        ("b.txt", "B"),
    ]


def test_a_message_attached_as_a_file_is_read_too() -> None:
    data = message(NOTE, attachment({NAME: "inner.msg", DATA: message({BODY: "Deep words"})}))

    assert [one.text for one in read_file(data).documents] == ["We met every week.", "Deep words"]


def test_messages_without_end_inside_each_other_end_and_are_named() -> None:
    inner = item({BODY: "last"})
    for depth in range(30):
        inner = item({BODY: f"depth {depth}"}, attachment({METHOD: 5}, inner))

    draft = read_file(compound({**inner}))

    assert len(draft.documents) > 8
    assert ["too deep" in one.what for one in draft.problems] == [True]


def test_what_is_not_in_the_message_is_named() -> None:
    data = message(
        NOTE,
        attachment({NAME: "plan.docx", METHOD: 7, PATH: "https://cloud.example/plan.docx"}),
        attachment({NAME: "gone.pdf", METHOD: 1}),
        attachment({NAME: "sketch", METHOD: 6}, {"CONTENTS": b"drawn"}),
    )

    problems = {one.part: one.what for one in read_file(data).problems}

    assert "https://cloud.example/plan.docx" in problems["plan.docx"]
    assert "cannot be found" in problems["gone.pdf"]
    assert "object of another program" in problems["sketch"]


def test_a_file_packed_as_an_object_is_taken_out() -> None:
    size = len(b"packed words").to_bytes(4, "little")
    native = bytes(6) + b"note.txt\0C:\\note.txt\0" + bytes(8) + size + b"packed words"
    data = message(NOTE, attachment({METHOD: 6}, {"\x01Ole10Native": native}))

    document = read_file(data).documents[1]

    assert (document.title, document.text) == ("note.txt", "packed words")


def test_pictures_shown_in_the_text_are_counted_and_not_made_documents() -> None:
    picture = {NAME: "logo.png", KIND: "image/png", DATA: b"\x89PNG\r\n\x1a\n", CONTENT_ID: "one"}
    html = '<p>We met</p><img src="cid:one">'

    draft = read_file(message({**NOTE, HTML: html}, attachment(picture)))

    assert len(draft.documents) == 1
    assert [one.part for one in draft.problems] == ["pictures"]


def test_a_signed_message_says_what_is_in_the_signed_part() -> None:
    signed = (
        b'Content-Type: multipart/signed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n'
        b"\r\nSigned words\r\n--x\r\nContent-Type: application/pkcs7-signature\r\n\r\nAA\r\n--x--"
    )
    values = {SUBJECT: "Signed", CLASS: "IPM.Note.SMIME.MultipartSigned"}
    data = message(values, attachment({KIND: "multipart/signed", DATA: signed, NAME: "smime.p7m"}))

    draft = read_file(data)

    assert [one.text for one in draft.documents] == ["Signed words"]
    assert "signature" in draft.problems[0].what


def test_a_contact_says_what_is_on_the_card() -> None:
    values = {CLASS: "IPM.Contact", SUBJECT: "Ann", 0x3001: "Ann Bell", 0x3A16: "The Lunch Club"}

    assert text_of(values) == "Name: Ann Bell\nCompany: The Lunch Club"


def test_a_meeting_says_when_and_where_it_is() -> None:
    appointment = bytes.fromhex("0220060000000000c000000000000046")
    entries = b"".join(
        lid.to_bytes(4, "little") + (3 << 1).to_bytes(2, "little") + count.to_bytes(2, "little")
        for count, lid in enumerate((0x8208, 0x820D))
    )
    begins = filetime(datetime(2020, 9, 18, 16, 0, tzinfo=UTC))
    values = {CLASS: "IPM.Appointment", SUBJECT: "Lunch", BODY: "Bring cake.", 0x8000: "The hall"}
    tree = item(values, header=32)
    fixed = tree["__properties_version1.0"]
    assert isinstance(fixed, bytes)
    tree["__properties_version1.0"] = fixed + (
        b"\x40\0\x01\x80\6\0\0\0" + begins.to_bytes(8, "little")
    )
    tree["__nameid_version1.0"] = {
        "__substg1.0_00020102": appointment, "__substg1.0_00030102": entries,
    }  # fmt: skip

    text = read_file(compound(tree)).documents[0].text

    assert text == "When: 18 September 2020, 16:00 UTC\nWhere: The hall\nBring cake."


def test_a_broken_chain_gives_what_there_is_before_it_and_says_so() -> None:
    data = bytearray(message({**NOTE, BODY: "We met every week. " * 600}))
    tenth_sector_of_the_body = len(data) - 512 + 4 * 10
    data[tenth_sector_of_the_body : tenth_sector_of_the_body + 4] = b"\xf0\xff\xff\xff"

    draft = read_file(bytes(data))

    assert draft.documents[0].title == "Our evidence"
    assert any("damaged" in one.what for one in draft.problems)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_hostile_bytes_end_in_a_draft_or_a_known_error(data: st.DataObject) -> None:
    inner = item({BODY: "Deep"}, attachment({NAME: "b.txt", DATA: b"B"}))
    whole = bytearray(message({**NOTE, RTF: bytes(300), CPID: 932}, attachment({METHOD: 5}, inner)))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(8, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))

    with suppress(Unreadable):
        draft = read_msg(Source("letter.msg", data=bytes(whole[:cut] if cut % 2 else whole)))
        assert draft.documents


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No other programs: what they make of attachments is not looked at here."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("alone")
def test_every_real_message_gives_text_or_a_named_problem(corpus: Path) -> None:
    for path in sorted((corpus / "msg").iterdir()):
        outcome = attempt(Source.of(path))

        if isinstance(outcome, Draft):
            told = [one.text or one.problems for one in outcome.documents]
            assert told, path.name
            assert all(told), path.name
        else:
            assert path.name in outcome.what


def test_the_hard_messages_say_what_they_must(corpus: Path) -> None:
    with (corpus / "hard_cases.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["kind"] == "msg"]
    for row in rows:
        draft = read(Source.of(corpus / row["file"]))

        assert isinstance(draft, Draft)
        said = "\n".join(f"{one.title}\n{one.text}" for one in draft.documents)
        assert row["must_contain"] in said, row["file"]
        assert not row["must_not_contain"] or row["must_not_contain"] not in said, row["file"]
