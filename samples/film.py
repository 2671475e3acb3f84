"""Makes the sample's film: a synthesised voice over a drawn card with a moving level bar.

Needs the programs `espeak-ng` and `ffmpeg`. The sentences are among those that the small synthetic
model in `whisper-synthetic` was trained on, in a voice that it never heard: en-gb+f4.
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

RATE = 22050
_PAUSES = (0.7, 1.0, 0.6, 1.3, 0.8)
_CARD = (
    "drawbox=x=0:y=0:w=240:h=40:color=0x2b6f6b:t=fill,"
    "drawtext=font='DejaVu Sans':text='Neighbours Again':x=16:y=13:fontsize=14:fontcolor=white,"
    "drawtext=font='DejaVu Sans':text='Margaret':x=(w-tw)/2:y=112:fontsize=30:fontcolor=0x1d2b2a,"
    "drawtext=font='DejaVu Sans':text='lunch club':x=(w-tw)/2:y=152:fontsize=20:fontcolor=0x1d2b2a"
)


def film(sentences: list[str], target: Path, truth: Path) -> None:
    """Writes the film, and when each sentence begins and ends, in seconds. Raises
    CalledProcessError where a program fails."""
    sound = np.zeros(int(0.6 * RATE), np.int16)
    times = []
    for index, sentence in enumerate(sentences):
        speech = _spoken(sentence)
        begins = len(sound) / RATE
        pause = np.zeros(int(_PAUSES[index % len(_PAUSES)] * RATE), np.int16)
        sound = np.concatenate([sound, speech, pause])
        ends = begins + len(speech) / RATE
        times.append({"start": round(begins, 2), "end": round(ends, 2), "text": sentence})
    _encode(sound, target)
    truth.write_text(
        "[\n" + ",\n".join(json.dumps(time, ensure_ascii=False) for time in times) + "\n]\n",
        encoding="utf-8",
    )


def _spoken(sentence: str) -> np.ndarray:
    """The sentence at about 150 words a minute, without the silence around it."""
    command = ["espeak-ng", "-v", "en-gb+f4", "-s", "150", "-p", "50", "--stdout", sentence]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    samples = np.frombuffer(said[44:], np.int16)
    loud = np.nonzero(np.abs(samples) > 60)[0]
    return (samples[loud[0] : loud[-1] + 1] * 0.6).astype(np.int16)


def _encode(sound: np.ndarray, target: Path) -> None:
    heard = io.BytesIO()
    with wave.open(heard, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())
    with tempfile.NamedTemporaryFile(suffix=".wav") as voice:
        voice.write(heard.getvalue())
        voice.flush()
        picture = (
            f"color=c=0xf3efe6:s=240x320:r=10:d={len(sound) / RATE:.2f},{_CARD}[card];"
            "[0:a]showvolume=r=10:w=200:h=14:t=0:v=0:dm=0:c=0xff5e8a00,format=rgba[level];"
            "[card][level]overlay=x=20:y=260:shortest=1,format=yuv420p[v]"
        )
        subprocess.run(
            [
                "ffmpeg",
                "-y",
                "-loglevel",
                "error",
                "-i",
                voice.name,
                "-filter_complex",
                picture,
                "-map",
                "[v]",
                "-map",
                "0:a",
                "-c:v",
                "libx264",
                "-threads",
                "1",
                "-preset",
                "slow",
                "-crf",
                "30",
                "-c:a",
                "aac",
                "-b:a",
                "48k",
                "-ar",
                "44100",
                "-movflags",
                "+faststart",
                "-map_metadata",
                "-1",
                "-fflags",
                "+bitexact",
                "-flags:v",
                "+bitexact",
                "-flags:a",
                "+bitexact",
                str(target),
            ],
            check=True,
        )
