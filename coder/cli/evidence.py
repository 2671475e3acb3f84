"""Commands that make a project, bring evidence in and show it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, how_far, progress, say, table, tell
from coder.cli.interchange import bring_in, tell_of
from coder.cli.options import (
    PATH,
    coder_option,
    examples,
    json_option,
    name,
    project_argument,
    reading,
    writing,
)
from coder.cli.sharing import given, passphrase_option
from coder.cli.transcribing import transcribe
from coder.domain.citation import UNCHECKED
from coder.domain.draft import Use
from coder.domain.errors import Cancelled
from coder.domain.model import DocumentKind, Permission, RespondentType, Status
from coder.domain.text import clock, counted, one_line

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.evidence import SubmissionView
    from coder.project.intake import ImportReport
    from coder.project.plan import Proposal


@click.command(
    epilog=examples(
        'new Neighbours --title "Neighbours Again" --prefix SIC',
        'new Neighbours --title "Neighbours Again" --prefix SIC --call call.docx '
        "--closes 2020-09-18",
        "new Neighbours --from neighbours.qdpx",
        "new Neighbours --from asha.evidence",
    )
)
@project_argument
@click.option("--title", help="The inquiry's title.")
@click.option("--prefix", help="What references begin with, such as SIC.")
@click.option(
    "--from",
    "file",
    type=PATH,
    help="A shared copy to work on, or a REFI-QDA project (.qdpx) to begin with; title and prefix"
    " are those of the file.",
)
@passphrase_option
@click.option("--call", type=PATH, help="A call for evidence, whose themes become the codebook.")
@click.option("--themes", is_flag=True, help="Begin with the ready themes on social connection.")
@click.option(
    "--closes",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The closing day.",
)
@coder_option
@json_option
def new(
    project: Path,
    title: str | None,
    prefix: str | None,
    file: Path | None,
    passphrase: IO[str] | None,
    call: Path | None,
    themes: bool,
    closes: datetime | None,
    coder: str | None,
    as_json: bool,
) -> int:
    """Make a project in a new folder."""
    if file:
        if call or themes:
            raise click.UsageError("Choose --from, --call or --themes.")
        if _is_shared(file):
            return _open_shared(project, file, given(passphrase), coder, as_json)
        return _new_from(project, file, title or "", prefix or "", closes, coder, as_json)
    if title is None or prefix is None:
        raise click.UsageError("Give --title and --prefix, or a project file with --from.")
    from coder.project import Project
    from coder.project.calls import template_themes, themes_from_call

    if call and themes:
        raise click.UsageError("Choose --call or --themes.")
    codes = themes_from_call(call) if call else template_themes() if themes else ()
    closing = closes.date().isoformat() if closes else ""
    made = Project.create(project, title, prefix, coder or name(), closes=closing, codes=codes)
    with made:
        count = len(made.codebook.codes())
        about = made.inquiry
    if as_json:
        answer(
            {
                "project": str(project),
                "title": about.title,
                "prefix": about.prefix,
                "closes": about.closes,
                "codes": count,
            }
        )
    else:
        say(f"Made “{about.title}” in {project}, with {counted(count, 'code')}.")
    return 0


def _is_shared(file: Path) -> bool:
    from coder.project.sharing import ENDING, is_shared

    return file.suffix.lower() == ENDING or is_shared(file)


def _open_shared(
    folder: Path, file: Path, passphrase: str, coder: str | None, as_json: bool
) -> int:
    """Makes a project folder of a copy that somebody has shared."""
    from coder.project import Project
    from coder.project.sharing import open_shared

    with progress() as job:
        open_shared(file, folder, passphrase, job)
    with Project.open(folder, coder or name()) as opened:
        about, count = opened.inquiry, opened.evidence.count()
    if as_json:
        answer({"project": str(folder), "title": about.title, "submissions": count})
    else:
        say(f"Opened “{about.title}” in {folder}, with {counted(count, 'submission')}.")
    return 0


def _new_from(
    project: Path,
    file: Path,
    title: str,
    prefix: str,
    closes: datetime | None,
    coder: str | None,
    as_json: bool,
) -> int:
    """Makes a project of a project file of another program, or of ours."""
    from coder.project.founding import found_from

    closing = closes.date().isoformat() if closes else ""
    with progress() as job:
        made, report = found_from(
            file, project, coder or name(), title=title, prefix=prefix, closes=closing, job=job
        )
    with made:
        about = made.inquiry
    if not as_json:
        say(f"Made “{about.title}” in {project}.")
    return tell_of(report, as_json)


@click.command(
    "import",
    epilog=examples(
        "import Neighbours inbox/ --dry-run",
        "import Neighbours letter.eml annex.docx film.mp4 --as-one",
        "import Neighbours transfer.zip --by-folder",
        'import Neighbours survey.csv --map "Sector=type" --map "Your name=respondent"',
        "import Neighbours annex.docx --attach SIC0012",
        "import Neighbours from-nvivo.qdpx",
    ),
)
@project_argument
@click.argument("paths", type=PATH, nargs=-1, required=True)
@click.option("--as-one", is_flag=True, help="Make one submission of all the files.")
@click.option("--by-folder", is_flag=True, help="Make one submission of all files of a folder.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar='"COLUMN=USE"',
    help=f"What a table's column holds (repeat): {', '.join(map(str, Use))}.",
)
@click.option("--attach", metavar="REF", default="", help="Add all of it to this submission.")
@click.option(
    "--no-question-tags", is_flag=True, help="Do not tag a survey's answers with its questions."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@coder_option
@json_option
def import_files(
    project: Path,
    paths: tuple[Path, ...],
    as_one: bool,
    by_folder: bool,
    columns: tuple[str, ...],
    attach: str,
    no_question_tags: bool,
    dry_run: bool,
    coder: str | None,
    as_json: bool,
) -> int:
    """Bring in files, folders, mailboxes, zips and survey tables.

    Each file, mail and row of a table is a submission. What cannot be read is named and stops
    nothing; a file that is there already, or was withdrawn, is not brought in again. Hidden files
    and other projects in a folder are left out and named.

    A REFI-QDA project (.qdpx) of another program, given by itself, comes in as one: with its texts,
    codes, tags, memos and coders. What cannot be carried over is named.
    """
    from coder.project.interchange import is_project_file

    if len(paths) == 1 and is_project_file(paths[0]):
        return bring_in(project, paths[0], coder, dry_run, as_json)
    from coder.project.intake import ImportReport

    if as_one and by_folder:
        raise click.UsageError("Choose --as-one or --by-folder.")
    report = ImportReport()
    try:
        with writing(project, coder) as opened, progress() as job:
            opened.intake.bring(
                paths,
                as_one=as_one,
                by_folder=by_folder,
                uses=_uses(columns),
                tag_questions=not no_question_tags,
                into=attach,
                dry_run=dry_run,
                job=job,
                report=report,
            )
    except Cancelled:
        _account(report, dry_run, as_json)
        raise
    _account(report, dry_run, as_json)
    for sentence in report.sentences():
        tell(one_line(sentence))
    return how_far(bool(report.imported or report.duplicates), bool(report.failed))


def _uses(columns: tuple[str, ...]) -> dict[str, str]:
    """What is said of columns, by their headings; a heading may hold an equals sign itself."""
    uses = {}
    for said in columns:
        heading, equals, use = said.rpartition("=")
        if not equals or use.strip() not in list(Use):
            raise click.UsageError(
                f"“{said}” says no use of a column. Write it as COLUMN=USE, where USE is one of "
                f"{', '.join(map(str, Use))}."
            )
        uses[heading.strip()] = use.strip()
    return uses


def _account(report: ImportReport, dry_run: bool, as_json: bool) -> None:
    if as_json:
        answer(report.as_json())
        return
    if dry_run:
        _print_proposals(report)
    else:
        table(
            ("Reference", "Documents", "Characters", "Marks", "File"),
            [
                (
                    one.ref,
                    one.documents,
                    f"{one.characters:,}",
                    ", ".join(one.flags),
                    one_line(one.place),
                )
                for one in report.imported
            ],
        )
    for one in report.duplicates:
        name = one_line(one.place)
        say(f"{name} is the same file as {one.of}, and was left.")
    would = "would be " if dry_run else ""
    skipped = f", {report.skipped} skipped" if report.skipped else ""
    say(
        f"{counted(report.submissions, 'submission')} {would}made of "
        f"{counted(len(report.imported), 'file')}, "
        f"{counted(len(report.duplicates), 'duplicate')}, {len(report.failed)} "
        f"{'did not come in' if report.stopped else 'could not be read'}{skipped}."
    )


def _print_proposals(report: ImportReport) -> None:
    """What would become which submission; of each the files that it would be made of."""
    table(
        ("Number", "Respondent", "Type", "Date", "Marks", "Files"),
        [
            (
                number,
                one.organisation or one.respondent or "–",
                one.type,
                one.received[:10] or "–",
                _marks(one) or "–",
                one_line(", ".join(thing.shown for thing in one.things)),
            )
            for number, one in enumerate(report.proposals, start=1)
        ],
    )


def _marks(proposal: Proposal) -> str:
    """What a person should know of it before it comes in, in words."""
    said = {
        "withdrawn": f"was withdrawn as {proposal.withdrawn}",
        "several-senders": "several senders",
        "duplicate": f"same text as {proposal.same_as}",
        "campaign": f"like {proposal.like}" if proposal.like else "campaign",
    }
    goes = f"goes to {proposal.into}" if proposal.into else ""
    return ", ".join(filter(None, (goes, *(said.get(mark, mark) for mark in proposal.marks))))


@click.command(epilog=examples("submissions Neighbours", "submissions Neighbours --json"))
@project_argument
@json_option
def submissions(project: Path, as_json: bool) -> None:
    """List the submissions."""
    with reading(project) as opened:
        views = opened.evidence.all()
    if as_json:
        answer([view.as_json() for view in views])
        return
    if not views:
        tell("There is no submission yet.")
    table(
        ("Reference", "Type", "Permission", "Status", "Codings", "From"),
        [
            (
                view.submission.ref,
                view.submission.type,
                view.submission.permission,
                ", ".join((view.submission.status, *view.submission.flags)),
                view.codings,
                view.title,
            )
            for view in views
        ],
    )


@click.command(epilog=examples("show Neighbours SIC0012", "show Neighbours SIC0012 --json"))
@project_argument
@click.argument("ref")
@json_option
def show(project: Path, ref: str, as_json: bool) -> None:
    """Show one submission with its texts and codings."""
    with reading(project) as opened:
        view = opened.evidence.one(ref)
        whole = _with_texts(opened, view)
    if as_json:
        answer(whole)
    else:
        _print_submission(whole, view.title)


def _with_texts(project: Project, view: SubmissionView) -> dict[str, Any]:
    whole = view.as_json()
    paths = {one.code.id: one.path for one in project.codebook.tree()}
    names = {coder.id: coder.name for coder in project.coders()}
    for entry in whole["documents"]:
        document = project.document(entry["id"])
        entry["machine_draft"] = document.machine_draft
        checked = project.transcripts.checked_by(document)
        entry["checked_by"], entry["checked_at"] = checked or (None, None)
        entry["text"] = document.text
        entry["paragraphs"] = [
            {"number": one.number, "start": one.start, "end": one.end}
            for one in document.paragraphs
        ]
        if document.kind is DocumentKind.TRANSCRIPT:
            entry["segments"] = [
                {
                    "start": one.start,
                    "end": one.end,
                    "start_ms": one.start_ms,
                    "end_ms": one.end_ms,
                    "speaker": one.speaker,
                    "confidence": one.confidence,
                }
                for one in project.segments(document.id)
            ]
        entry["codings"] = [
            {
                "id": one.id,
                "code": paths[one.code_id],
                "coder": names[one.coder_id],
                "start": one.start,
                "end": one.end,
                "quote": one.quote,
                "memo": one.memo,
                "marked": one.marked,
                "sensitive": one.sensitive,
            }
            for one in project.codings.of(document.id)
        ]
    return whole


def _standing(whole: dict[str, Any]) -> str:
    """The status in words, with the submission that it has to do with."""
    if not whole["of"]:
        return str(whole["status"])
    if whole["status"] == Status.JOINED:
        return f"joined with {whole['of']}"
    if whole["status"] == Status.DUPLICATE:
        return f"duplicate of {whole['of']}"
    return f"{whole['status']}, a letter of the campaign of {whole['of']}"


def _checked(document: dict[str, Any]) -> str:
    """Who checked a machine's words, and on which day."""
    if not document["checked_at"]:
        return ""
    when = datetime.fromisoformat(document["checked_at"]).astimezone()
    return f", checked by {document['checked_by']} on {when.day} {when:%B} {when.year}"


def _print_submission(whole: dict[str, Any], title: str) -> None:
    say(f"{whole['ref']}  {title}")
    say(f"{whole['type']}, permission {whole['permission']}, {_standing(whole)}")
    for document in whole["documents"]:
        length = f", {clock(document['media_ms'])}" if document["media_ms"] is not None else ""
        draft = f", {UNCHECKED}" if document["machine_draft"] else ""
        say(f"\n{document['title']} ({document['kind']}{length}{draft}{_checked(document)})")
        for problem in document["problems"]:
            say(f"  Note: {problem}")
        times = [clock(one["start_ms"]) for one in document.get("segments", ())]
        for place, one in enumerate(document["paragraphs"]):
            mark = times[place] if times else one["number"]
            text = document["text"][one["start"] : one["end"]].replace("\n", "\n" + " " * 8)
            say(f"{mark:>6}  {text}")
        for one in document["codings"]:
            say(f"  [{one['code']}] “{one['quote']}” — {one['coder']}")


@click.command(
    "set",
    epilog=examples(
        "set Neighbours SIC0012 --type charity --permission named",
        'set Neighbours SIC0012 --respondent "Ada Brook" --flag late --flag campaign',
        'set Neighbours SIC0031 --pseudonym Wren --also-mask "Mrs Patel; Elm Street"',
    ),
)
@project_argument
@click.argument("ref")
@click.option("--respondent", help="The person's name.")
@click.option("--organisation", help="The organisation's name.")
@click.option("--type", type=click.Choice(list(map(str, RespondentType))), help="Who is speaking.")
@click.option(
    "--permission", type=click.Choice(list(map(str, Permission))), help="What they allow."
)
@click.option("--region", help="Where they are.")
@click.option("--status", type=click.Choice(list(map(str, Status))), help="Where it stands.")
@click.option("--pseudonym", help='The name to quote it under where it is anonymous; "" for none.')
@click.option(
    "--also-mask",
    "also_masked",
    metavar='"WORDS; WORDS"',
    help='Also masked in its anonymous quotes; "" for nothing.',
)
@click.option(
    "--flag", "flags", multiple=True, help='Such as late or campaign (repeat); "" for none.'
)
@coder_option
@json_option
def set_particulars(
    project: Path,
    ref: str,
    flags: tuple[str, ...],
    pseudonym: str | None,
    coder: str | None,
    as_json: bool,
    **particulars: str | None,
) -> None:
    """Set particulars of a submission. Those not named stay as they are."""
    given = {field: value for field, value in particulars.items() if value is not None}
    if not given and not flags and pseudonym is None:
        raise click.UsageError("Say what to set, for example --permission named.")
    notes: list[str] = []
    with writing(project, coder) as opened:
        if pseudonym:
            opened.pseudonyms.check(ref, pseudonym)
        if given:
            opened.evidence.change(ref, **given)
        if pseudonym:
            notes = opened.pseudonyms.choose(ref, pseudonym)
        elif pseudonym is not None:
            opened.pseudonyms.remove(ref)
        if flags:
            opened.evidence.set_flags(ref, tuple(filter(str.strip, flags)))
        view = opened.evidence.one(ref)
    if as_json:
        answer(view.as_json())
    else:
        said = [*(["pseudonym"] if pseudonym is not None else []), *(["flags"] if flags else [])]
        say(f"{view.submission.ref}: {', '.join([*map(_called, given), *said])} set.")
    for note in notes:
        tell(note)


def _called(particular: str) -> str:
    return "words to mask" if particular == "also_masked" else particular


COMMANDS = (new, import_files, transcribe, submissions, show, set_particulars)
"""This module's commands, in the order of the job."""
