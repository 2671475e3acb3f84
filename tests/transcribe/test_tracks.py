"""The sound tracks of recordings."""

from pathlib import Path

import numpy as np
import pytest

from coder.domain.errors import EvidenceError, Unreadable
from coder.transcribe.audio import RATE, open_sound
from coder.transcribe.tracks import Recording, Track, probe

DATA = Path(__file__).parents[1] / "data"
QUIET = np.zeros(2 * RATE, np.float32)


def test_a_recording_tells_its_length_and_its_track(recording):
    assert probe(recording) == Recording(
        15_048, (Track(0, "aac", 1, "", "", 13_070, default=True),)
    )


def test_each_track_tells_its_language_and_title(write):
    both = np.stack([QUIET, QUIET])
    about = [{"language": "eng", "title": "Chamber"}, {"language": "cym", "title": "Welsh"}, {}]
    path = write("tracks.mkv", [(0, QUIET)], more=[[(0, both)], [(0, QUIET)]], about=about)

    told = probe(path)

    assert told.duration_ms == pytest.approx(2000, abs=20)
    assert [(t.number, t.language, t.title, t.channels) for t in told.tracks] == [
        (0, "eng", "Chamber", 1),
        (1, "cym", "Welsh", 2),
        (2, "", "", 1),
    ]
    assert {track.codec for track in told.tracks} == {"pcm_s16le"}
    assert [track.duration_ms for track in told.tracks] == [told.duration_ms] * 3


@pytest.mark.parametrize("name", ["tracks.mp4", "tracks.mov"])
def test_a_title_is_found_where_phones_and_cameras_write_it(write, name):
    path = write(name, [(0, QUIET)], "aac", 48_000, about=[{"title": "Chair’s microphone"}])

    assert probe(path).tracks[0].title == "Chair’s microphone"


def test_what_cannot_be_transcribed_says_why(tmp_path):
    letter = tmp_path / "letter.mp4"
    letter.write_text("Dear committee, ")

    for path, why in [
        (tmp_path / "gone.mp4", r"“gone\.mp4” is not there any more"),
        (letter, r"“letter\.mp4” cannot be played"),
        (DATA / "no_audio.mp4", r"“no_audio\.mp4” has no sound track"),
    ]:
        with pytest.raises(Unreadable, match=why):
            probe(path)


def test_messages_call_a_recording_by_the_name_that_is_given():
    with pytest.raises(Unreadable, match=r"“Mrs Hadley\.mp4” has no sound track"):
        probe(DATA / "no_audio.mp4", "Mrs Hadley.mp4")


def heard(path: Path) -> str:
    """Hears all tracks of a recording; what is told instead where that cannot be."""
    try:
        for track in probe(path).tracks:
            with open_sound(path, track.number) as sound:
                assert sum(len(block.samples) for block in sound.blocks()) > 0
    except EvidenceError as problem:
        return problem.what
    return ""


def test_every_real_video_is_heard_or_refused_in_a_sentence(shared):
    """Phone videos, old formats, copy-protected and broken ones."""
    told = {path.name: heard(path) for path in (shared / "corpus" / "video").iterdir()}

    refused = {name: why for name, why in told.items() if why}
    assert len(told) - len(refused) >= 14
    assert all(f"“{name}” " in why for name, why in refused.items())
