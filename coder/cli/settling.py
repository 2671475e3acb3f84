"""Commands on where coders differ: the queue, settling one place of it, and adopting what all agree
on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coder.cli.answers import answer, say, tell
from coder.cli.options import (
    coder_option,
    examples,
    json_option,
    project_argument,
    reading,
    writing,
)
from coder.domain.errors import NotFound, Refused
from coder.domain.text import counted, occurrence

if TYPE_CHECKING:
    from coder.project import Project
    from coder.project.settling import Case, Options, Side

_KINDS = ("other-code", "missed", "boundaries")
_LONGEST = 160

between_option = click.option(
    "--between",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only these coders (repeat), where all of them have coded or read.",
)


@click.command(
    epilog=examples(
        "disagreements Neighbours",
        "disagreements Neighbours --between Asha --between Noor --kind missed",
        "disagreements Neighbours --settled --json",
    )
)
@project_argument
@between_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Of this kind.")
@click.option("--code", "path", metavar="PATH", help="With this code.")
@click.option("--settled", is_flag=True, help="Those that are settled, not those that wait.")
@json_option
def disagreements(
    project: Path,
    names: Sequence[str],
    kinds: Sequence[str],
    path: str | None,
    settled: bool,
    as_json: bool,
) -> None:
    """List where coders differ, the most telling first.

    First come other codes of other themes, then what somebody missed, then other codes within a
    theme, then boundaries. The numbers stay the same whatever is left out, and `settle` takes them.
    """
    with reading(project) as opened:
        queue = opened.settling.queue(_options(opened, names))
        code = opened.codebook.at(path).id if path else ""
        words = _Words(opened)
        shown = [
            words.of(case, number)
            for number, case in enumerate(queue.cases, start=1)
            if case.open is not settled
            and (not kinds or case.place.kind in kinds)
            and (not code or code in case.place.codes)
        ]
    if as_json:
        answer(shown)
        return
    for one in shown:
        _show(one)
    if queue.documents:
        coders = f"{counted(len(queue.coders), 'coder')} in {counted(queue.documents, 'document')}"
        tell(f"{queue.open:,} to settle, {len(queue.cases) - queue.open:,} settled; {coders}.")
    else:
        tell("No document has been coded by several of these coders.")


@click.command(
    epilog=examples(
        'settle Neighbours 1 --accept Asha --why "It is about the service"',
        "settle Neighbours 3f2a9c --both",
        'settle Neighbours 2 --code "Transport/Evenings" --quote "buses in the evening"',
        "settle Neighbours 4 --reopen",
    )
)
@project_argument
@click.argument("which", metavar="N|ID")
@click.option("--accept", metavar="CODER", help="Agree on what this coder put, or did not put.")
@click.option("--both", is_flag=True, help="Agree on what all of them put.")
@click.option("--leave", is_flag=True, help="Leave it as it is; nothing of it is agreed on.")
@click.option("--code", "paths", multiple=True, metavar="PATH", help="Agree on this code (repeat).")
@click.option("--quote", default="", metavar="TEXT", help="With --code: on these words of it.")
@click.option("--reopen", is_flag=True, help="Take back how it was settled.")
@click.option("--why", default="", metavar="TEXT", help="Why; kept with the decision.")
@between_option
@coder_option
@json_option
def settle(
    project: Path,
    which: str,
    names: Sequence[str],
    coder: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Settle where coders differ: by its number in `disagreements`, or the beginning of its id.

    What is agreed on is a coding of its own, by “agreed”; the coders' own stay. `undo` takes it
    back.
    """
    with writing(project, coder) as opened:
        options = _options(opened, names)
        case = _find(opened.settling.queue(options).cases, which)
        _act(opened, case, **how)
        cases = enumerate(opened.settling.queue(options).cases, start=1)
        told = next(
            (_Words(opened).of(now, n) for n, now in cases if now.id == case.id),
            _Words(opened).of(case, 0),
        )
    if as_json:
        answer(told)
    else:
        say(f"{told['ref']}, “{_short(told['quote'])}”: {told['state']}.")


@click.command(
    epilog=examples("adopt Neighbours", "adopt Neighbours --between Asha --between Noor")
)
@project_argument
@between_option
@coder_option
@json_option
def adopt(project: Path, names: Sequence[str], coder: str | None, as_json: bool) -> None:
    """Make agreed codings of all on which the coders agree: the same code on the same passage.

    With what was settled they are the set for a pack: `pack … --coder agreed`.
    """
    with writing(project, coder) as opened:
        done = opened.settling.adopt(_options(opened, names))
    if as_json:
        answer({"made": done.made, "gone": done.gone, "standing": done.standing})
        return
    say(
        f"{counted(done.made, 'agreed coding')} made, {done.gone:,} taken away,"
        f" {done.standing:,} stood already."
    )


# Below: how it is done


def _options(opened: Project, names: Sequence[str]) -> Options:
    from coder.project.settling import Options

    if len(names) == 1:
        raise Refused("One coder differs from nobody.", "Name two or more with --between.")
    return Options(tuple(_coder(opened, name) for name in names))


def _coder(opened: Project, name: str) -> str:
    """The id of a person by name, in any case. Raises NotFound."""
    for one in opened.coders():
        if one.name.casefold() == name.strip().casefold() and one.name in opened.people():
            return one.id
    raise NotFound(f"Nobody called “{name}” has worked on this project.")


def _find(cases: Sequence[Case], which: str) -> Case:
    """The case of this number from 1, or whose id begins so. Raises NotFound."""
    if which.isdecimal() and 0 < int(which) <= len(cases):
        return cases[int(which) - 1]
    found = [case for case in cases if len(which) >= 4 and case.id.startswith(which.lower())]
    if len(found) != 1:
        raise NotFound(f"There is no disagreement “{which}”.", "`disagreements` numbers them.")
    return found[0]


def _act(
    opened: Project,
    case: Case,
    *,
    accept: str | None,
    both: bool,
    leave: bool,
    paths: Sequence[str],
    quote: str,
    reopen: bool,
    why: str,
) -> None:
    settling = opened.settling
    if sum((accept is not None, both, leave, bool(paths), reopen)) != 1:
        raise Refused(
            "It is not clear how to settle this.",
            "Give one of --accept, --both, --leave, --code and --reopen.",
        )
    if accept is not None:
        settling.accept(case, _side(opened, case, accept), why)
    elif both:
        settling.keep_both(case, why)
    elif leave:
        settling.leave(case, why)
    elif reopen:
        settling.reopen(case)
    else:
        codes = [opened.codebook.at(path).id for path in paths]
        settling.recode(case, codes, why, _span(opened, case, quote) if quote else None)


def _side(opened: Project, case: Case, name: str) -> Side:
    coder = _coder(opened, name)
    for side in case.place.sides:
        if coder in side.coders:
            return side
    raise NotFound(f"“{name}” is not among those who differ here.")


def _span(opened: Project, case: Case, quote: str) -> tuple[int, int]:
    """Where these words stand nearest to the passage. Raises NotFound."""
    text = opened.document(case.place.document_id).text
    places: list[int] = []
    while (place := occurrence(text, quote, len(places) + 1)) >= 0:
        places.append(place)
    if not places:
        raise NotFound(f"“{case.document}” does not contain “{quote}”.")
    start = min(places, key=lambda one: abs(one - case.place.start))
    return start, start + len(quote)


class _Words:
    """What is told of cases, with names and paths read once."""

    def __init__(self, opened: Project) -> None:
        self._paths = {one.code.id: one.path for one in opened.codebook.tree()}
        self._names = {coder.id: coder.name for coder in opened.coders()}

    def of(self, case: Case, number: int) -> dict[str, Any]:
        place, decision = case.place, case.decision
        return {
            "number": number,
            "id": case.id,
            "state": str(case.state),
            "kind": str(place.kind),
            "ref": case.ref,
            "document": case.document,
            "start": place.start,
            "end": place.end,
            "quote": case.words,
            "sides": [
                {
                    "coders": [self._names[one] for one in side.coders],
                    "codings": [
                        {
                            "id": one.id,
                            "code": self._paths[one.code_id],
                            "coder": self._names[one.coder_id],
                            "start": one.start,
                            "end": one.end,
                            "quote": one.quote,
                            "memo": one.memo,
                        }
                        for one in side.codings
                    ],
                }
                for side in place.sides
            ],
            "decision": decision
            and {
                "how": str(decision.how),
                "why": decision.why,
                "by": self._names[decision.coder_id],
                "at": decision.decided_at,
            },
        }


def _show(one: dict[str, Any]) -> None:
    say(f"{one['number']}. {one['ref']}, {one['kind']}: “{_short(one['quote'])}”")
    for side in one["sides"]:
        put = dict.fromkeys((each["code"], each["quote"]) for each in side["codings"])
        codes = [
            code if words == one["quote"] else f"{code} (“{_short(words, 60)}”)"
            for code, words in put
        ]
        say(f"    {', '.join(side['coders'])}: {'; '.join(codes) or 'nothing'}")
    if decision := one["decision"]:
        again = "a tag was changed since" if one["state"] in ("again", "past") else ""
        why = f"“{decision['why']}”" if decision["why"] else ""
        said = ", ".join(filter(None, (f"{decision['how']} by {decision['by']}", why, again)))
        say(f"    {said}")
    say()


def _short(words: str, longest: int = _LONGEST) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


COMMANDS = (disagreements, settle, adopt)
"""This module's commands, in the order of the job."""
