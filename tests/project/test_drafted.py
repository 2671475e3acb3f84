"""Drafts become the records of a project without losing what they say."""

from coder.domain.draft import Draft, DraftDocument, DraftSegment, Problem, Source
from coder.domain.model import Document, DocumentKind, Original, Submission
from coder.project.drafted import document_of, recording_of, segments_of, told

SOURCE = Source("talk.srt", b"x")
FILM = Document("f", "s", 0, "in/Talk.mp4", DocumentKind.MEDIA, media_ms=9000)


def transcript(title: str, *lines: str) -> DraftDocument:
    segments = tuple(DraftSegment(n, n + 1, line, "Jo") for n, line in enumerate(lines))
    return DraftDocument(title, DocumentKind.TRANSCRIPT, SOURCE, segments=segments)


def test_segments_lie_in_the_text_a_line_each() -> None:
    draft = transcript("talk.srt", "Good afternoon. 🎉", "", "Goodbye.")
    document = document_of(draft, Submission("s", "SIC0001"), 1, Original("o", "talk", 1), (), FILM)

    segments = list(segments_of(document, draft))

    assert [one.text for one in segments] == ["Good afternoon. 🎉", "", "Goodbye."]
    assert [one.position for one in segments] == [0, 1, 2]
    assert {one.speaker for one in segments} == {"Jo"}
    assert (document.source_id, document.media_ms) == ("f", 9000)


def test_a_transcript_belongs_to_the_recording_of_its_name_in_whatever_language() -> None:
    recordings = {"talk": FILM}

    assert recording_of(transcript("talk.srt"), recordings) is FILM
    assert recording_of(transcript("attached/TALK.en-GB.vtt"), recordings) is FILM
    assert recording_of(transcript("walk.srt"), recordings) is None
    letter = DraftDocument("talk.txt", DocumentKind.DOCUMENT, SOURCE)
    assert recording_of(letter, recordings) is None


def test_the_first_document_tells_what_was_skipped_of_the_whole() -> None:
    first, second = transcript("a"), transcript("b")
    draft = Draft(
        (first, second),
        problems=(Problem("jo.vcf", "It is not read."), Problem("x", "“x” is locked.")),
    )

    assert told(draft, first) == ("jo.vcf: It is not read.", "“x” is locked.")
    assert told(draft, second) == ()
