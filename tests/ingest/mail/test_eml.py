"""A mail becomes a submission."""

import base64
import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.draft import Source
from coder.domain.errors import EvidenceError, Unreadable
from coder.domain.model import DocumentKind, Style
from coder.ingest.mail.eml import read_eml
from coder.ingest.pages import ocr

SHARED = Path(os.environ.get("EVIDENCE_SHARED", Path(__file__).parents[3].parent / "shared"))
CORPUS = SHARED / "corpus" / "eml"
HEAD = (
    b"From: Margaret Jones <margaret@lunchclub.example>\r\n"
    b"To: inquiry@apppg.example\r\n"
    b"Subject: Our evidence\r\n"
    b"Date: Fri, 18 Sep 2020 17:04:05 +0100\r\n"
    b"MIME-Version: 1.0\r\n"
)


def read(data, name="mail.eml"):
    return read_eml(Source(name, data=data))


def mixed(*parts, kind=b"mixed"):
    inside = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts)
    return (
        b"Content-Type: multipart/" + kind + b'; boundary="cut"\r\n\r\n' + inside + b"--cut--\r\n"
    )


def part(body, kind=b"text/plain; charset=utf-8", *headers):
    return b"\r\n".join([b"Content-Type: " + kind, *headers, b"", body])


def attached(name, body, kind=b"text/plain"):
    return part(body, kind, b"Content-Disposition: attachment; " + name)


def test_headers_tell_who_sent_it_and_when_and_the_body_begins_the_text():
    data = HEAD + b"\r\nDear all,\r\n\r\nWe met every week\r\nin the hall.\r\n"
    draft = read(data)
    [letter] = draft.documents
    assert (draft.respondent, draft.received, draft.channel) == (
        "Margaret Jones",
        "2020-09-18T16:04:05Z",
        "email",
    )
    assert (letter.title, letter.kind) == ("Our evidence", DocumentKind.EMAIL)
    assert letter.text == "Dear all,\nWe met every week\nin the hall."
    assert [p.number for p in letter.paragraphs] == ["1", "2"]
    assert letter.source.read() == data
    assert draft.problems == ()


def test_quoted_lines_stay_and_are_styled_as_a_reply():
    data = (
        HEAD + b"\r\nYes.\n\nOn 1 Sep 2020, Bob wrote:\n> Will you write?\n>\n> Bob\n\nMargaret\n"
    )
    [letter] = read(data).documents
    styles = [(letter.text[p.start : p.end], p.style) for p in letter.paragraphs]
    assert styles == [
        ("Yes.", Style.BODY),
        ("On 1 Sep 2020, Bob wrote:", Style.REPLY),
        ("> Will you write?\n>", Style.REPLY),
        ("> Bob", Style.REPLY),
        ("Margaret", Style.BODY),
    ]


def test_a_mail_that_is_nothing_but_a_quotation_is_not_folded_away():
    [letter] = read(HEAD + b"\r\n> all of it\n> is quoted\n").documents
    assert [p.style for p in letter.paragraphs] == [Style.BODY]


def test_what_outlook_carries_along_is_a_reply_in_an_answer_only():
    body = b"\r\nThanks.\n\n-----Original Message-----\nFrom: Bob\n\nOld words.\n"
    answer = read(HEAD.replace(b"Subject: ", b"Subject: Re: ") + body).documents[0]
    forward = read(HEAD.replace(b"Subject: ", b"Subject: Fwd: ") + body).documents[0]
    assert [p.style for p in answer.paragraphs] == [Style.BODY, Style.REPLY, Style.REPLY]
    assert {p.style for p in forward.paragraphs} == {Style.BODY}
    assert answer.text == forward.text


def test_numbered_and_bulleted_lines_are_paragraphs_of_their_own():
    [letter] = read(HEAD + b"\r\n1. One\n   goes on\n2. Two\n3. Three\n\n- a\n- b\n").documents
    assert [(p.number, p.style) for p in letter.paragraphs] == [
        ("1", Style.BODY),
        ("2", Style.BODY),
        ("3", Style.BODY),
        ("3", Style.LIST),
        ("3", Style.LIST),
    ]


@pytest.mark.parametrize(
    ("delsp", "body", "text"),
    [
        (b"", b"We met every \nweek.\n> quoted \n> on\nNew line", "We met every week.\n"),
        (b"; delsp=yes", b"We met every  \nweek.\n> quoted  \n> on\nNew line", "We met every week"),
    ],
)
def test_soft_line_breaks_are_joined_as_the_mail_says(delsp, body, text):
    head = HEAD + b"Content-Type: text/plain; format=flowed" + delsp + b"\r\n\r\n"
    [letter] = read(head + body).documents
    assert letter.text.startswith(text)
    assert "> quoted on" in letter.text


def test_html_is_read_where_the_plain_text_is_missing_or_a_stub():
    html = part(b"<p>We met <b>every</b> week in the old hall by the river.", b"text/html")
    stub = part(b"See the HTML version.")
    for body in (html, mixed(html, kind=b"alternative"), mixed(stub, html, kind=b"alternative")):
        [letter] = read(HEAD + body).documents
        assert letter.text == "We met every week in the old hall by the river."


def test_the_plain_version_is_preferred_and_not_doubled():
    plain = part(b"We met every week.")
    html = part(b"<p>We met every week.", b"text/html")
    [letter] = read(HEAD + mixed(plain, html, kind=b"alternative")).documents
    assert letter.text == "We met every week."


def test_attachments_become_documents_with_their_own_originals():
    data = HEAD + mixed(
        part(b"See attached."),
        attached(b'filename="Statement.txt"', b"1. We are a lunch club."),
        attached(b"filename*=UTF-8''R%C3%A9sum%C3%A9.txt", b"Second."),
        attached(b'filename="=?utf-8?B?w4lsYW4udHh0?="', b"Third."),
        attached(b"filename*0=lo; filename*1=ng.txt", b"Fourth."),
        part(b"Fifth.", b"application/octet-stream"),
    )
    letter, *others = read(data).documents
    assert letter.text == "See attached."
    assert [document.title for document in others] == [
        "Statement.txt",
        "Résumé.txt",
        "Élan.txt",
        "long.txt",
        "attachment 1.bin",
    ]
    assert others[0].source.read() == b"1. We are a lunch club."
    assert [document.text for document in others[1:]] == ["Second.", "Third.", "Fourth.", "Fifth."]


def test_a_text_attachment_is_read_in_its_declared_character_set_and_kept_as_it_came():
    koi = "Мы обедаем вместе".encode("koi8-r")
    data = HEAD + mixed(attached(b"filename=club.txt", koi, b"text/plain; charset=koi8-r"))
    document = read(data).documents[1]
    assert document.text == "Мы обедаем вместе"
    assert document.source.read() == koi


def test_an_attachment_that_cannot_be_read_is_named_and_the_rest_is_read():
    data = HEAD + mixed(
        part(b"Hello."),
        attached(b"filename=budget.pdf", b"%PDF-1.7 broken", b"application/pdf"),
        attached(b"filename=note.txt", b"A note."),
    )
    draft = read(data)
    assert [document.text for document in draft.documents] == ["Hello.", "A note."]
    [problem] = draft.problems
    assert problem.part == "budget.pdf"
    assert "“budget.pdf”" in problem.what


def test_what_is_not_evidence_is_named_as_skipped():
    image = part(b"R0lGODlhAQABAAAAACw=", b"image/gif", b"Content-ID: <a@b>")
    data = HEAD + mixed(
        part(b"Hello."),
        image,
        image,
        part(b"BEGIN:VCALENDAR", b"text/calendar"),
        part(b"-----BEGIN PGP", b"application/pgp-signature", b"Content-Description: sig"),
        attached(b"filename=winmail.dat", b"x\x9f", b"application/ms-tnef"),
    )
    draft = read(data)
    assert len(draft.documents) == 1
    assert [problem.part for problem in draft.problems] == [
        "text/calendar",
        "application/pgp-signature",
        "winmail.dat",
        "pictures",
    ]
    assert draft.problems[-1].what == "2 inline pictures are kept with the original, not read."


def test_forwarded_mails_and_their_attachments_come_along():
    inner = b"From: Bob <bob@b.example>\r\nSubject: The choir\r\n" + mixed(
        part(b"We sang."), attached(b"filename=songs.txt", b"Song list.")
    ).replace(b"cut", b"inner")
    data = HEAD + mixed(
        part(b"See below."),
        attached(b"filename=first.txt", b"First."),
        part(inner, b"message/rfc822"),
    )
    draft = read(data)
    assert [(d.title, d.text, d.kind.value) for d in draft.documents] == [
        ("Our evidence", "See below.", "email"),
        ("The choir", "We sang.", "email"),
        ("first.txt", "First.", "document"),
        ("songs.txt", "Song list.", "document"),
    ]
    assert draft.respondent == "Margaret Jones"


@pytest.mark.parametrize("kind", [b"message/news", b"message/rfc822"])
def test_a_forwarded_mail_is_found_also_where_it_is_encoded(kind):
    inner = b"Subject: Inside\r\n\r\nInner words.\r\n"
    plain = part(inner, kind)
    encoded = part(base64.b64encode(inner), kind, b"Content-Transfer-Encoding: base64")
    for each in (plain, encoded):
        draft = read(HEAD + mixed(part(b"Outer."), each))
        assert [d.text for d in draft.documents] == ["Outer.", "Inner words."]


def test_mails_inside_mails_end_after_ten():
    data = b"hello"
    for depth in range(14):
        data = HEAD.replace(b"Our evidence", b"Level %d" % (14 - depth)) + part(
            data, b"message/rfc822" if depth else b"text/plain"
        )
    draft = read(data)
    assert len(draft.documents) == 11
    assert "too deep" in draft.problems[0].what


@pytest.mark.parametrize("count", [3_000])
def test_parts_without_end_are_refused(count):
    data = HEAD
    for number in range(count):
        data += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    with pytest.raises(Unreadable, match="parts inside parts"):
        read(data)


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        (b"utf-8", "Žena řekla".encode(), "Žena řekla"),
        (b"iso-8859-1", "Žena řekla".encode(), "Žena řekla"),
        (b"utf-8", b"5 \x80 \x96 na\xefve", "5 € – naïve"),
        (b"iso-8859-1", b"\x93quoted\x94", "“quoted”"),
        (b"x-unknown", b"caf\xe9", "café"),
        (b"iso-2022-jp", "日本語".encode("iso-2022-jp"), "日本語"),
        (b"ks_c_5601-1987", "똠방각하".encode("cp949"), "똠방각하"),
        (b"hex", b"caf\xe9", "café"),
    ],
)
def test_the_text_is_read_however_its_character_set_is_declared(charset, raw, text):
    data = HEAD + b"Content-Type: text/plain; charset=" + charset + b"\r\n\r\n" + raw
    assert read(data).documents[0].text == text


def test_a_wrong_character_set_is_told():
    data = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\xe9"
    assert "not in the character set" in read(data).documents[0].problems[0]


@pytest.mark.parametrize(
    "body",
    [
        mixed(part(b"Saved words.")).replace(b'boundary="cut"', b"x=y"),
        mixed(part(b"Saved words.")).replace(b'boundary="cut"', b"boundary=other"),
        mixed(part(b"Saved words.")).replace(b"--cut--", b""),
        mixed(part(b"Saved words.")).replace(b'"cut"', b'"----=cut').replace(b"--c", b"------=c"),
    ],
)
def test_broken_boundaries_cost_no_words(body):
    assert "Saved words." in read(HEAD + body).documents[0].text


def test_cut_off_base64_gives_what_there_is_and_says_so():
    encoded = base64.b64encode(b"We met every week in the old hall.")[:-7]
    data = HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + encoded
    [letter] = read(data).documents
    assert letter.text.startswith("We met every week")
    assert "damaged" in letter.problems[0]


def test_a_file_written_into_the_text_is_an_attachment():
    body = b"\nHello.\n\nbegin 644 note.txt\n#0V%T\n`\nend\n\nBye.\n"
    letter, note = read(HEAD + body).documents
    assert letter.text == "Hello.\nBye."
    assert (note.title, note.text) == ("note.txt", "Cat")


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (b"From: margaret@lunchclub.example", "margaret"),
        (b'From: "Jones, Margaret" <m@l.example>', "Jones, Margaret"),
        (b"From: =?utf-8?Q?S=C3=A9?= =?utf-8?Q?an?= <s@l.example>", "Séan"),
        (b"From: =?utf-8?B?w6k=?= <s@l.example>", "é"),
        (b"From: =?x-nonsense?Q?Ann?= <s@l.example>", "Ann"),
        (b"From: A Cook <a@l.example>, B Cook <b@l.example>", "A Cook, B Cook"),
        (b"From: S\xc3\xa9an <s@l.example>", "Séan"),
        (b"Sender: Ann <s@l.example>", "Ann"),
        (b"From: =?utf-8?Q?=3D=3Futf-8=3FQ=3FAnn=3F=3D?= <s@l.example>", "Ann"),
        (b"To: x@y.example", ""),
    ],
)
def test_the_sender_is_read_however_the_header_is_written(line, who):
    assert read(line + b"\r\nSubject: x\r\n\r\nHello").respondent == who


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        (b"Date: Fri, 18 Sep 2020 16:04:05 -0000", "2020-09-18T16:04:05Z"),
        (b"Date: 18 Sep 2020 16:04 GMT", "2020-09-18T16:04:00Z"),
        (b"Date: yesterday", ""),
        (b"Date: Fri, 99 Sep 2020 16:04:05 +0000", ""),
        (b"Received: by x; Fri, 18 Sep 2020 16:04:05 +0000", "2020-09-18T16:04:05Z"),
        (b"Date: Fri, 18 Sep 0020 16:04:05 +9999", ""),
    ],
)
def test_the_date_is_utc_or_empty(line, moment):
    assert read(line + b"\r\nSubject: x\r\n\r\nHello").received == moment


@pytest.mark.parametrize(
    ("address", "ending", "organisation"),
    [
        (b"m@walsallfoodbank.org.uk", b"Margaret\nWalsall Food Bank\n01922 1", "Walsall Food Bank"),
        (b"m@walsall.gov.uk", b"Margaret\nWalsall Council | Civic Centre", "Walsall Council"),
        (b"m@leeds.ac.uk", b"Dr M\nUniversity of Leeds", "University of Leeds"),
        (
            b"m@wvcs.org.uk",
            b"M\nWalsall Voluntary & Care Service",
            "Walsall Voluntary & Care Service",
        ),
        (b"m@gmail.com", b"Margaret\nGmail", ""),
        (b"m@walsallfoodbank.org.uk", b"Margaret\nBirmingham City Council", ""),
    ],
)
def test_the_organisation_is_what_signature_and_address_agree_on(address, ending, organisation):
    data = b"From: Margaret <" + address + b">\r\nSubject: x\r\n\r\nHello.\n\n-- \n" + ending
    assert read(data).organisation == organisation


def test_the_organisation_header_is_believed():
    assert read(b"Organization: Lunch Club\r\n" + HEAD + b"\r\nHi").organisation == "Lunch Club"


def test_a_space_before_the_colon_of_a_header_is_allowed():
    draft = read(b"Subject : Old syntax\r\nFrom\t: Ann <a@b.example>\r\n\r\nHello")
    assert (draft.respondent, draft.documents[0].title) == ("Ann", "Old syntax")


@pytest.mark.parametrize(
    "data", [b"", b"Just words.", b"key: value\n\nwords", b"\x89PNG\r\n\x1a\n\0\0", b"<html>"]
)
def test_what_is_no_mail_is_refused_by_name(data):
    with pytest.raises(Unreadable, match=r"“mail\.eml” is not an e-mail"):
        read(data)


@pytest.mark.parametrize(
    "line",
    [
        b"To: " + b"=?utf-8?Q?=C3=A9?= <a@b.example>, " * 4_000,
        b"Subject: " + b"=?utf-8?Q?" * 20_000,
        b"From: " + b"(" * 100_000,
        b"From: " + b'"' * 100_000,
        b"Content-Type: multipart/mixed; " + b';"' * 50_000,
    ],
)
def test_a_hostile_header_takes_no_time(line):
    began = time.perf_counter()
    draft = read(line + b"\r\nDate: Fri, 18 Sep 2020 16:04:05 +0000\r\n\r\nWords")
    assert time.perf_counter() - began < 2
    assert draft.documents[0].text == "Words"


mail_pieces = st.sampled_from(
    [
        HEAD,
        b"\r\n",
        b"--cut",
        b"--cut--",
        b"Content-Type: multipart/mixed; boundary=cut\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Disposition: attachment; filename*0*=x''%ff\r\n",
        b"begin 644 x\n",
        b"\nend\n",
        b"=?utf-8?B?",
        b"?=",
        b"words ",
    ]
)


@given(st.lists(mail_pieces | st.binary(max_size=20), max_size=25).map(b"".join) | st.binary())
def test_any_bytes_give_a_submission_or_an_error_a_person_can_read(data):
    try:
        draft = read(data)
    except EvidenceError:
        return
    for document in draft.documents:
        document.text.encode()
        assert all(0 <= p.start < p.end <= len(document.text) for p in document.paragraphs)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared files are not here")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mailgun__apache-message-news-mime.eml", "evaluating secure web servers for my company"),
        ("mikel__raw_email_with_illegal_boundary.eml", "This is an outlook test"),
        ("jstedfast__stack-overflow.txt", "Message Body"),
        ("jhillyerd__qp-utf8-header-recursed.raw", "Lorem ipsum dolor sit amet"),
    ],
)
def test_known_hard_mails_give_their_words(name, words):
    draft = read_eml(Source.of(CORPUS / name))
    assert any(words in document.text for document in draft.documents)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared files are not here")
def test_of_many_real_mails_only_the_one_without_headers_is_refused(monkeypatch):
    monkeypatch.setattr(ocr._clock, "seconds", 0.0)
    refused = []
    for path in sorted(CORPUS.iterdir()):
        try:
            read_eml(Source.of(path))
        except EvidenceError:
            refused.append(path.name)
    assert refused == ["apache__malformedHeader-noheader.msg"]


def test_a_version_that_says_something_else_is_a_document_of_its_own():
    plain = part(b"We met every week in the hall and sang.")
    html = part(b"<p>Buses have stopped; nobody can come any more.", b"text/html")
    first, second = read(HEAD + mixed(plain, html, kind=b"alternative")).documents
    assert first.text == "We met every week in the hall and sang."
    assert (second.title, second.text) == (
        "Our evidence (version 2)",
        "Buses have stopped; nobody can come any more.",
    )
    assert "versions that differ" in second.problems[0]


def test_what_stands_before_and_behind_the_parts_is_read():
    body = mixed(part(b"Inside.")).replace(b"\r\n\r\n--cut", b"\r\n\r\nBefore.\r\n--cut", 1)
    [letter] = read(HEAD + body + b"\r\nList footer.\r\n").documents
    assert letter.text == "Before.\nInside.\nList footer."


def test_the_note_to_old_programs_is_not_part_of_the_letter():
    body = mixed(part(b"Inside.")).replace(
        b"\r\n\r\n--cut", b"\r\n\r\nThis is a multi-part message in MIME format.\r\n--cut", 1
    )
    assert read(HEAD + body).documents[0].text == "Inside."


def test_parts_behind_an_end_that_came_too_early_are_read():
    more = b"\r\n--other\r\nContent-Type: text/plain\r\n\r\nLater words.\r\n--other--\r\n"
    [letter] = read(HEAD + mixed(part(b"First words.")) + more).documents
    assert letter.text == "First words.\nLater words."
    assert "ends too early" in letter.problems[0]


def test_inline_pictures_are_listed_by_name_and_a_photographed_letter_is_attached():
    logo = part(b"GIF89a", b"image/gif; name=logo.gif", b"Content-ID: <a@b>")
    encoded = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(120_000))
    photo = part(
        encoded,
        b"image/png; name=letter.png",
        b"Content-ID: <c@d>\r\nContent-Transfer-Encoding: base64",
    )
    draft = read(HEAD + mixed(part(b"Hello."), logo, photo))
    told = {problem.part: problem.what for problem in draft.problems}
    assert told["pictures"].endswith("is kept with the original, not read: logo.gif.")
    assert "letter.png" in {*told, *(document.title for document in draft.documents)}


def test_an_attachment_that_is_a_mail_only_by_name_is_read_for_what_it_is():
    data = HEAD + mixed(part(b"Hello."), attached(b"filename=note.eml", b"Just words here."))
    assert read(data).documents[1].text == "Just words here."


def test_a_zip_in_a_mail_gives_its_files():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/one.txt", "First.")
        archive.writestr("two.txt", "Second.")
    encoded = base64.encodebytes(packed.getvalue())
    zipped = part(encoded, b"application/zip; name=all.zip", b"Content-Transfer-Encoding: base64")
    draft = read(HEAD + mixed(part(b"See attached."), zipped))
    assert [(d.title, d.text) for d in draft.documents[1:]] == [
        ("a/one.txt", "First."),
        ("two.txt", "Second."),
    ]
    assert draft.documents[1].source.read() == b"First."


@pytest.mark.parametrize(
    "one",
    [attached(b"filename=%d.txt", b"Words."), part(b"Subject: x\r\n\r\nWords.", b"message/rfc822")],
)
def test_parts_without_number_cost_one_line(one):
    data = HEAD + mixed(part(b"Hello."), *[one] * 3_000)
    draft = read(data)
    assert len(draft.documents) == 501
    [problem] = draft.problems
    assert "2,500 parts more" in problem.what


def test_a_signature_is_marked_and_still_tells_the_organisation():
    head = HEAD.replace(b"lunchclub.example", b"walsallfoodbank.org.uk")
    draft = read(head + b"\r\nWe met.\r\n\r\nKind regards\r\nMargaret\r\nWalsall Food Bank\r\n")
    styles = [p.style for p in draft.documents[0].paragraphs]
    assert styles == [Style.BODY, Style.SIGNATURE]
    assert draft.organisation == "Walsall Food Bank"


def test_a_page_in_an_unknown_character_set_says_so():
    body = b"Content-Type: text/html; charset=x-none\r\n\r\n<p>caf\xe9</p>"

    [document] = read(HEAD + body).documents

    assert document.text == "café"
    assert "not in the character set that it declares" in document.problems[0]


def test_a_report_of_whatever_kind_is_text():
    report = b"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"

    [document] = read(HEAD + mixed(b"\r\nPlease see.", report, kind=b"report")).documents

    assert document.text.split("\n") == ["Please see.", "Feedback-Type: abuse"]
