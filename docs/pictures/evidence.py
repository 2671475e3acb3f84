"""The evidence place: reading, tagging, and correcting what a machine heard."""

from __future__ import annotations

from collections.abc import Callable

from pictures.studio import Studio


def reading(studio: Studio) -> None:
    """A statement with its tags, the themes beside it."""
    studio.read("SIC0001", 1, 1_450)
    studio.do("to-text", "next-coding")


def palette(studio: Studio) -> None:
    """Choosing a code for the selected words."""
    studio.read("SIC0001", 1)
    studio.do("to-text", "next-coding")
    picker = studio.open("tag")
    picker.field.setText("vol")
    studio.pause()


def tags(studio: Studio) -> None:
    """The tags of a document as a list."""
    studio.read("SIC0001", 1)
    studio.do("to-text", "next-coding", "next-coding", "to-tags")


def similar(studio: Studio) -> None:
    """Similar passages, and the codes that they got."""
    studio.read("SIC0013")
    studio.do("similar", "to-text")
    studio.select("it is the conversation of the week")
    studio.pause(1_500)


def correcting(studio: Studio) -> None:
    """A transcript being corrected under its film."""
    studio.read("SIC0014", 0, 40)
    studio.do("to-text", "correct")
    studio.pause(1_500)


def doubts(studio: Studio) -> None:
    """What is in doubt in a transcript that was heard badly, one of it chosen."""
    _hear_badly(studio.window.session.project)
    studio.read("SIC0014", 0, 0)
    studio.do("to-doubts", "next-doubt", "next-doubt")
    studio.pause(1_500)


def _hear_badly(project) -> None:
    """Makes the machine less sure of a transcript of the sample than it was."""
    from dataclasses import replace

    from coder.domain.model import Stretch, new_id

    documents = project.evidence.one("SIC0014").documents
    transcript = next(one for one in documents if one.source_id)
    lines = project.segments(transcript.id)
    unsure = {"helpers": 0.21, "email.": 0.34}
    project.correcting.delete(lines[3].id)
    loop = project.correcting.rewrite(lines[2].id, "Thank you. " * 4 + "Thank you.").segments[0]
    with project._store.step("Hear badly", project.coder, "machine") as tx:  # noqa: SLF001
        for line in (lines[1], lines[5]):
            words = tuple(
                replace(w, probability=unsure.get(line.text[w.start : w.end], w.probability))
                for w in line.words
            )
            tx.put(replace(line, words=words))
        tx.put(replace(loop, words=(), heard="", checked=False))
        tx.put(replace(lines[4], confidence=0.24, temperature=0.4))
        begins, ends = lines[2].end_ms, lines[4].start_ms
        tx.put(Stretch(new_id(), transcript.id, begins, ends, speech=False))


def film(studio: Studio) -> None:
    """A film above its transcript, the sentence that is spoken lit."""
    studio.read("SIC0014", 0, 40)
    studio.pause(1_500)
    studio.window.evidence.desk.playback.seek(9_000)
    studio.pause(1_500)


SHOTS: dict[str, Callable[[Studio], None]] = {
    "window": reading,
    "palette": palette,
    "tags": tags,
    "similar": similar,
    "correcting": correcting,
    "doubts": doubts,
    "doubts-dark": doubts,
    "window-dark": reading,
    "film-dark": film,
    "window-200": reading,
}
