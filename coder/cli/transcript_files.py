"""The command that writes transcripts into files: `transcript export`."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.answers import answer, progress, say, tell
from coder.cli.options import PATH, examples, json_option, project_argument, reading

_ENDINGS = ("docx", "vtt", "srt", "txt")


@click.command(
    "export",
    epilog=examples(
        "transcript export Neighbours SIC0012 -o film.vtt",
        "transcript export Neighbours SIC0012 -o film.docx --pauses 2",
        "transcript export Neighbours --all --format srt -o subtitles",
    ),
)
@project_argument
@click.argument("ref", required=False)
@click.option(
    "-o",
    "--output",
    required=True,
    type=PATH,
    metavar="FILE",
    help="Where to; with --all a folder.",
)
@click.option("--document", default="transcript", metavar="TITLE", help="Which transcript.")
@click.option("--all", "every", is_flag=True, help="Every transcript of the project.")
@click.option(
    "--format",
    "ending",
    type=click.Choice(_ENDINGS),
    default="docx",
    help="With --all: which kind of files (docx unless told).",
)
@click.option(
    "--pauses",
    type=click.FloatRange(0.1, 3600),
    metavar="SECONDS",
    help="Mark pauses of so many seconds and more (docx, txt).",
)
@click.option("--no-times", is_flag=True, help="Without times (docx, txt).")
@json_option
def export(
    project: Path,
    ref: str | None,
    output: Path,
    document: str,
    every: bool,
    ending: str,
    pauses: float | None,
    no_times: bool,
    as_json: bool,
) -> None:
    """Write a transcript, as it was corrected and with its speakers, into a file.

    Its ending says the format: .docx .vtt .srt .txt. It is an internal paper, in which no name is
    masked; an .srt file has no place to say so.
    """
    from coder.project.transcript_files import Layout

    if every == bool(ref):
        raise click.UsageError("Name one submission, or --all of them.")
    layout = Layout(None if pauses is None else round(pauses * 1000), times=not no_times)
    with reading(project) as opened:
        files = opened.transcript_files
        if ref:
            one = opened.evidence.document_titled(ref, document)
            reports = [files.export(one.id, output, layout)]
        else:
            with progress() as job:
                for left_out in files.wordless():
                    tell(left_out)
                reports = files.export_all(output, f".{ending}", layout, job)
    if as_json:
        told = [report.as_json() for report in reports]
        answer(told if every else told[0])
        return
    for report in reports:
        say(f"“{report.path.name}” is written: {report}")
    if any(report.path.suffix.lower() == ".srt" for report in reports):
        tell("A file of this format cannot say any of that itself.")
