"""Takes the pictures of `docs`: the real window on the sample inquiry, light, dark and at 200 %.

python docs/make_pictures.py [NAME…]        for example: python docs/make_pictures.py quotes help

On a machine without a screen it runs itself again under xvfb-run, or without a screen at all where
there is none of that either. `pack.png` shows Word and is not made here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
SIZE = (1360, 860)
SCREEN = "2900x1900x24"
PACKED = 0
"""What Qt calls the quality of a PNG is how little it is packed."""

sys.path.insert(0, str(ROOT))


def main(wanted: list[str]) -> int:
    """Takes the pictures named, or all, each scale of the screen in a process of its own."""
    if strange := [name for name in wanted if name not in SHOTS]:
        print(f"There is no picture {', '.join(strange)}. There are: {', '.join(SHOTS)}.")
        return 2
    with tempfile.TemporaryDirectory() as bench:
        sample = Path(bench) / "sample"
        _make_sample(sample)
        for scale in ("1", "2"):
            names = [n for n in wanted or SHOTS if n.endswith("-200") is (scale == "2")]
            if names:
                _take_apart(Path(bench), scale, names)
    return 0


def _make_sample(folder: Path) -> None:
    from coder.jobs import Job
    from coder.project.sample import make_sample

    make_sample(folder, Job())


def _take_apart(bench: Path, scale: str, names: list[str]) -> None:
    env = {
        **os.environ,
        "QT_SCALE_FACTOR": scale,
        "QT_LOGGING_RULES": "qt.multimedia.*=false",
        "EVIDENCE_CODER_HOME": str(bench / f"home-{scale}"),
        "EVIDENCE_CODER_NAME": "Noor Hadley",
    }
    command = [sys.executable, str(DOCS / "make_pictures.py"), "--take", str(bench), *names]
    if not env.get("DISPLAY") and "QT_QPA_PLATFORM" not in env:
        if shutil.which("xvfb-run"):
            command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", *command]
        else:
            env["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run(command, env=env, check=True)


def take(bench: Path, names: list[str]) -> None:
    """Takes pictures in this process, each on a fresh copy of the sample in a window of its own."""
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    for name in names:
        folder = Path(shutil.copytree(bench / "sample", bench / name))
        studio = Studio(app, folder, dark="dark" in name)
        SHOTS[name](studio)
        studio.save(name)
        studio.close()


class Studio:
    """A window on the sample inquiry, and what is to be seen on its picture."""

    def __init__(self, app, folder: Path, *, dark: bool) -> None:
        from coder import places
        from coder.ui.window import Window

        self._app = app
        self.shown = None
        self.folder = folder
        (places.user_settings() / "window.ini").unlink(missing_ok=True)
        self.window = window = Window()
        window.resize(*SIZE)
        window.set_appearance("dark" if dark else "light")
        window.show()
        window.open_project(folder)
        self.wait(lambda: window.evidence.list.model.rowCount() > 0)
        self.pause()

    def wait(self, until: Callable[[], object], seconds: float = 30) -> None:
        """Lets the window work until something is there."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            self._app.processEvents()
            time.sleep(0.005)

    def pause(self, ms: int = 500) -> None:
        """Lets the window come to rest."""
        end = time.monotonic() + ms / 1000
        self.wait(lambda: time.monotonic() > end)

    def do(self, *acts: str) -> None:
        """Does acts of the registry, one after another."""
        for act in acts:
            self.window.registry[act].trigger()
            self.pause(200)

    def read(self, ref: str, document: int = 0, place: int = 0) -> None:
        """Shows a document of a submission, at a place in its text."""
        views = self.window.evidence.list.model.views
        view = next(view for view in views if view.submission.ref == ref)
        shown = view.documents[document]
        self.window.show_passage(view.submission.id, shown.id, place, place)
        self.pause(800)

    def select(self, words: str) -> None:
        """Selects these words of the text that is shown."""
        document = self.window.evidence.desk.document
        start = document.text.index(words)
        self.window.evidence.desk.reader.select(start, start + len(words))
        self.pause()

    def open(self, act: str):
        """Does an act and gives the window that it opens, which is then on the picture."""
        before = set(self._above())
        self.do(act)
        self.wait(lambda: set(self._above()) - before)
        [opened] = set(self._above()) - before
        self.shown = opened
        self.pause()
        return opened

    def _above(self) -> list:
        from PySide6.QtWidgets import QComboBox

        tops = (one for one in self._app.topLevelWidgets() if one.isVisible())
        return [
            one
            for one in tops
            if one is not self.window and not isinstance(one.parentWidget(), QComboBox)
        ]

    def save(self, name: str) -> None:
        """Writes the picture: of the window with what pops up over it, or of the dialog opened."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QApplication

        self.pause()
        focus = QApplication.focusWidget()
        if focus is not None and "tag" not in name:
            self.window.setFocus()  # no caret that blinks in one picture and not in the next
        popup = self.shown is not None and self.shown.windowType() == Qt.WindowType.Popup
        dialog = self.shown is not None and not popup
        picture = (self.shown if dialog else self.window).grab()
        if popup:
            painter = QPainter(picture)
            at = self.shown.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint())
            painter.drawPixmap(at, self.shown.grab())
            painter.end()
        image = _in_few_colours(picture.toImage())
        image.save(str(DOCS / f"{name}.png"), "PNG", PACKED)
        print(f"docs/{name}.png  {image.width()} × {image.height()}")

    def close(self) -> None:
        """Closes the window and what is open over it."""
        for one in self._above():
            one.close()
        self.window.hearings.close()
        self.window.workshop.finish()
        self.window.close()
        self.window.deleteLater()
        self.pause(100)


def _in_few_colours(image):
    """The picture in the 256 colours that serve it best, which makes its file a third as large: the
    means of the 256 most frequent stretches of colour, of 8 levels in each of the three."""
    import numpy as np
    from PySide6.QtGui import QImage, qRgb

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    wide, high = image.width(), image.height()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(high, -1)[:, : wide * 3]
    pixels = rows.reshape(-1, 3).astype(np.uint32)
    codes = pixels @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    parts = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], 1).astype(float)
    _, box_of = np.unique(parts // 8 @ [1024, 32, 1], return_inverse=True)
    weight = np.bincount(box_of, counts)
    means = [np.bincount(box_of, counts * parts[:, at]) / weight for at in range(3)]
    # What fills areas keeps its very colour; the rest is told by means.
    exact = parts[np.argsort(counts)[::-1][:96]]
    mean = np.stack(means, 1)[np.argsort(weight)[::-1][: 256 - len(exact)]]
    table = np.concatenate([exact, mean]).round()
    nearest = np.array([((table - colour) ** 2).sum(1).argmin() for colour in parts])
    few = QImage(wide, high, QImage.Format.Format_Indexed8)
    few.setColorTable([qRgb(*map(int, colour)) for colour in table])
    bits = np.frombuffer(few.bits(), np.uint8).reshape(high, -1)
    bits[:, :wide] = nearest[which.reshape(-1)].reshape(high, wide)
    return few


# The pictures


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


def codebook(studio: Studio) -> None:
    """The card of a code."""
    studio.read("SIC0001", 1)
    project = studio.window.session.project
    code = next(code for code in project.codebook.codes() if code.name == "Neighbourliness")
    project.codebook.define(
        code,
        definition="People on the same street or stair doing for one another what nobody asked of"
        " them.",
        use_when="Both live nearby, and no organisation sent them.",
        not_when="Somebody was matched or sent: use “First-time volunteers”.",
    )
    studio.pause()
    tree = studio.window.evidence.themes.tree
    studio.do("to-themes")
    tree.setCurrentItem(tree.topLevelItem(0).child(4))
    studio.open("codebook")


def search(studio: Studio) -> None:
    """Finding everywhere."""
    found = studio.open("find-everywhere")
    found.field.setText("volunteer* NOT food")
    studio.pause(1_500)


def words(studio: Studio) -> None:
    """Frequencies, and words in their company."""
    dialog = studio.open("words")
    studio.pause(3_000)
    dialog.raise_()


def memos(studio: Studio) -> None:
    """All memos of the inquiry."""
    from coder.domain.model import About

    project = studio.window.session.project
    first = studio.window.evidence.list.model.views[0].submission.id
    project.memos.write(
        About.SUBMISSION, first, "Reads like the minutes of a committee that became a family."
    )
    project.memos.write(
        About.PROJECT, "", "Compare those who were rung with those who did the ringing."
    )
    dialog = studio.open("memos")
    dialog.list.setCurrentIndex(dialog.list.model().index(1, 0))
    studio.pause()


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


def transcription(studio: Studio) -> None:
    """The queue of recordings, one of them being heard."""
    from coder.project.manner import Manner

    project, hearings = studio.window.session.project, studio.window.hearings
    project.intake.bring(_talks(studio.folder.with_name(f"{studio.folder.name}-talks")))
    manner = Manner(model="whisper-synthetic")
    first, *others = [(one.id, manner) for one in project.transcripts.pending()]
    studio.open("transcription")
    hearings.crew.allow(1)
    hearings.add(studio.window.session, [first])
    crew = hearings.crew
    studio.wait(lambda: crew.running and any(crew.running.values()), 60)
    hearings.add(studio.window.session, others)
    studio.wait(lambda: len(crew.rows) == len(others) + 1)
    crew.hold([crew.rows[1].hearing.id])
    broken = crew.rows[2]
    project.queue.give_up(broken.hearing.id, _NO_MEMORY.format(broken.title))
    studio.wait(lambda: crew.running and max(p.fraction for p in crew.running.values()) > 0.4, 120)
    hearings.shown.choose(next(iter(crew.running)))
    studio.pause(800)


def models(studio: Studio) -> None:
    """The models for transcription, one installed and tried."""
    from coder import places
    from coder.jobs import Job
    from coder.project import models as list_of_models

    installed = list_of_models.add_model(places.samples() / "whisper-synthetic", Job())
    list_of_models.try_model(installed, Job())
    window = studio.open("models")
    studio.wait(lambda: window.list.model().rowCount() > 6)
    window.list.setCurrentIndex(window.list.model().index(6, 0))
    list_of_models.remove_model(list_of_models.entry(installed.id))


def how_to_transcribe(studio: Studio) -> None:
    """How several recordings are to be heard."""
    project = studio.window.session.project
    project.intake.bring(_talks(studio.folder.with_name(f"{studio.folder.name}-talks")))
    project.recordings.keep_terms("Tarn Street, Wexbrook, befriending")
    studio.pause(800)
    studio.open("transcribe")
    studio.pause(1_500)


_NO_MEMORY = (
    "The transcription of “{}” broke off: the computer ran out of memory,"
    " or the process was ended from outside. What was finished stays. Try again, or choose a"
    " smaller model."
)


def _talks(folder: Path) -> list[Path]:
    """Recordings of some minutes: the same few sentences, several times."""
    import wave

    import av
    import numpy as np

    folder.mkdir()
    with av.open(str(ROOT / "tests" / "data" / "evidence_offset2.mp4")) as film:
        frames = [frame.to_ndarray()[:1] for frame in film.decode(audio=0)]
        rate = film.streams.audio[0].rate
    once = (np.concatenate(frames, axis=1)[0].clip(-1, 1) * 32_767).astype("<i2")
    talks = {"choir-rehearsal": 24, "interview-ferry-lane": 30}
    talks |= {"oral-session-harrowmere": 56, "phone-note": 8}
    for name, times in talks.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(rate)
            sound.writeframes(np.tile(once, times).tobytes())
    return sorted(folder.iterdir())


def quotes(studio: Studio) -> None:
    """The quotes place."""
    studio.do("place-quotes")


def account(studio: Studio) -> None:
    """What became of every thing that was given."""
    studio.open("account")


def preview(studio: Studio) -> None:
    """The preview of an import into a new inquiry."""
    from coder import places
    from coder.project import Project
    from coder.project.calls import template_themes

    fresh = studio.folder.with_name(f"{studio.folder.name}-new")
    title, codes = "Neighbours Again", template_themes()
    Project.create(fresh, title, "SIC", "Noor Hadley", closes="2020-09-18", codes=codes).close()
    studio.window.open_project(fresh)
    importing = studio.window.chores.importing
    importing.bring([places.samples() / "evidence"])
    studio.wait(lambda: importing.previews, 120)
    studio.shown = importing.previews[-1]
    studio.pause(800)


def help_page(studio: Studio) -> None:
    """Help at the page about tagging."""
    studio.read("SIC0001", 1)
    studio.do("to-text")
    studio.open("help").open_at("tagging")


def shortcuts(studio: Studio) -> None:
    """The list of shortcuts, in which they can be changed."""
    studio.open("shortcuts").choose("tag")


def tour(studio: Studio) -> None:
    """The tour at its third stop."""
    from coder.ui.tour import Tour

    studio.read("SIC0001", 1)
    studio.do("tour")
    card = studio.window.findChild(Tour)
    for _ in range(2):
        card.next.click()
        studio.pause(100)


SHOTS: dict[str, Callable[[Studio], None]] = {
    "window": reading,
    "palette": palette,
    "tags": tags,
    "codebook": codebook,
    "search": search,
    "words": words,
    "memos": memos,
    "similar": similar,
    "transcription": transcription,
    "transcribe": how_to_transcribe,
    "models": models,
    "models-dark": models,
    "correcting": correcting,
    "doubts": doubts,
    "doubts-dark": doubts,
    "quotes": quotes,
    "preview": preview,
    "account": account,
    "help": help_page,
    "shortcuts": shortcuts,
    "tour": tour,
    "window-dark": reading,
    "film-dark": film,
    "quotes-dark": quotes,
    "window-200": reading,
    "quotes-200": quotes,
}
"""Every picture by its name, with what brings the window to it."""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(Path(sys.argv[2]), sys.argv[3:])
    else:
        sys.exit(main(sys.argv[1:]))
