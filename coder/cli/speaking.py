"""The command that finds who speaks in a transcript from the sound of its recording."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import coder_option, examples, json_option, project_argument, writing
from coder.domain.text import counted


@click.command(
    "find-speakers", epilog=examples("transcript find-speakers Neighbours SIC0012 --speakers 2")
)
@project_argument
@click.argument("ref")
@click.option(
    "--speakers", required=True, type=int, metavar="N", help="How many people speak, 1 to 20."
)
@click.option(
    "--model", default="", metavar="NAME", help="A model for finding speakers, or its folder."
)
@click.option("--document", default="transcript", metavar="TITLE", help="Which transcript.")
@coder_option
@json_option
def find_speakers(
    project: Path,
    ref: str,
    speakers: int,
    model: str,
    document: str,
    coder: str | None,
    as_json: bool,
) -> None:
    """Find who speaks from the sound, with the number of speakers given.

    Sentences whose speaker a person has named stay as they are. It needs sherpa-onnx, and a model
    for finding speakers: install one with “models add FOLDER”.
    """
    with writing(project, coder) as opened, progress() as job:
        transcript = opened.evidence.document_titled(ref, document)
        found = opened.speaking.find(transcript, speakers, job, model)
        ref = opened.submission(ref).ref
    for problem in found.problems:
        tell(problem)
    if as_json:
        answer(
            {
                "ref": ref,
                "document": transcript.title,
                "speakers": [
                    {"name": name, "sentences": count} for name, count in found.speakers.items()
                ],
                "parted": found.parted,
                "mixed": found.mixed,
                "unheard": found.unheard,
                "kept": found.kept,
                "problems": list(found.problems),
            }
        )
        return
    for name, count in found.speakers.items():
        say(f"{name} speaks in {counted(count, 'sentence')} in {ref}.")
    for line in found.told():
        tell(line)
