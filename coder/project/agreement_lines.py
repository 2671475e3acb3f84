"""The lines of a report on agreement: overall, by code, theme, submission and pair of coders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from coder.analysis.agreement import passages
from coder.analysis.agreement.bootstrap import Bootstrap
from coder.analysis.agreement.measures import SetDistances, distances, of_categories, of_sets
from coder.analysis.agreement.ratings import MISSING, pairs
from coder.analysis.agreement.runs import Table, together
from coder.domain.agreement import (
    AgreementLine,
    AgreementOptions,
    AgreementReport,
    Coefficient,
    LeftOut,
    Measure,
    Unit,
)
from coder.domain.agreement_words import SOURCES, Compared, caveats, method, of_line, of_report
from coder.domain.codes import children_of, paths_of
from coder.domain.errors import Refused
from coder.domain.model import Code, Coder, Submission
from coder.domain.text import listed
from coder.jobs import Job
from coder.project.agreement_corpus import Corpus, gather
from coder.store.store import Store

_DRAWN = {
    Unit.CHARACTER: "paragraphs",
    Unit.SENTENCE: "sentences",
    Unit.PARAGRAPH: "paragraphs",
    Unit.SUBMISSION: "submissions",
}
_TAG = "Agreement can be told once one of them has tagged a passage."
_NOT_WHOLE = Measure(None, why="Not every coder has coded all of these submissions.")
_OF_SETS = Measure(None, why="Of sets of codes it depends on how many sets there could be.")
_ALONE = Measure(None, why="No other code of its theme was used.")
_FOR_ONE = (Coefficient.U_ALPHA, Coefficient.U_ALPHA_1995)
_FOR_SEVERAL = (*_FOR_ONE, Coefficient.U_BINARY, Coefficient.CU_ALPHA)


@dataclass(frozen=True, slots=True)
class Whole:
    """Who is compared on what: `rated[submission][coder]` says who coded which, and `undeclared`
    how many of them each coder, by name, has tagged in but not declared coded."""

    coders: tuple[Coder, ...]
    submissions: tuple[Submission, ...]
    rated: list[list[bool]]
    undeclared: dict[str, int]


def compare(
    store: Store,
    whole: Whole,
    left_out: tuple[LeftOut, ...],
    options: AgreementOptions,
    job: Job,
) -> AgreementReport:
    """The report on these coders and submissions. Raises Refused where nothing is tagged in them,
    Cancelled."""
    book = store.read.codes()
    rated = np.array(whole.rated, dtype=np.bool_)
    order = [one.id for one in in_order(book)]
    corpus = gather(store, whole.coders, whole.submissions, rated, order, options.unit, job)
    if not corpus.codes:
        names = listed([one.name for one in whole.coders])
        raise Refused(f"{names} have tagged nothing in the submissions that they coded.", _TAG)
    unit, what = options.unit, _DRAWN[options.unit]
    in_blocks = unit in (Unit.CHARACTER, Unit.SUBMISSION)
    bootstrap = Bootstrap(options.samples, options.seed, what, in_blocks, job.check)
    lines = _Lines(corpus, book, unit, bootstrap, job)
    made = lines.all([one.name for one in whole.coders])
    compared = Compared(
        tuple(one.name for one in whole.coders),
        len(whole.submissions),
        corpus.text.length,
        left_out,
        whole.undeclared,
        options,
        what,
    )
    return AgreementReport(
        store.read.inquiry().title,
        datetime.now().astimezone().date(),
        options,
        compared.coders,
        tuple(one.ref for one in whole.submissions),
        left_out,
        _columns([made.overall, *made.codes, *made.themes]),
        made.overall,
        made.codes,
        made.themes,
        made.submissions,
        made.pairs,
        what if options.samples else "",
        of_report(made.overall, made.codes, unit),
        caveats(made.overall, compared),
        method(compared),
        SOURCES,
    )


def in_order(codes: Sequence[Code]) -> list[Code]:
    """The codes as the codebook shows them, each before those below it."""
    below: dict[str | None, list[Code]] = {}
    known = {code.id for code in codes}
    for code in codes:
        below.setdefault(code.parent_id if code.parent_id in known else None, []).append(code)

    def family(parent: str | None) -> list[Code]:
        return [one for code in below.get(parent, []) for one in (code, *family(code.id))]

    return family(None)


def _columns(lines: Sequence[AgreementLine]) -> tuple[Coefficient, ...]:
    """The coefficients of which any line has a value."""
    return tuple(
        kind for kind in Coefficient if any(one.measure(kind).value is not None for one in lines)
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """All lines of a report."""

    overall: AgreementLine
    codes: tuple[AgreementLine, ...]
    themes: tuple[AgreementLine, ...]
    submissions: tuple[AgreementLine, ...]
    pairs: tuple[AgreementLine, ...]


class _Lines:
    """Makes the lines of a report."""

    def __init__(
        self, corpus: Corpus, book: Sequence[Code], unit: Unit, bootstrap: Bootstrap, job: Job
    ) -> None:
        self._corpus = corpus
        self._unit = unit
        self._bootstrap = bootstrap
        self._job = job
        self._paths = paths_of(book)
        self._families = children_of(book)
        self._book = in_order(book)
        self._number = {code_id: place for place, code_id in enumerate(corpus.codes)}
        self._done = 0

    def all(self, names: Sequence[str]) -> _Made:
        """Every line, in the order of the codebook, of references, and of names."""
        corpus, count = self._corpus, len(names)
        total = len(corpus.codes) + len(self._book) + len(corpus.submissions) + count**2
        tell: Callable[[str], None] = lambda what: self._tell(what, total)  # noqa: E731
        sets, members = corpus.text.sets(corpus.marked)
        pooled = self._pooled() if self._unit is Unit.SUBMISSION else sets
        whole = _Sets(sets, distances(members), pooled)
        tell("Comparing everything")
        overall = self._of_sets("", "All codes", whole, range(count))
        codes, singled = [], self._singled()
        for code_id in corpus.codes:
            tell("Comparing code by code")
            line = self._of_code(code_id, self._paths[code_id], [code_id])
            measures = {**line.measures, Coefficient.KU_ALPHA: singled[code_id]}
            line = replace(line, measures=measures)
            codes.append(_told(line, self._unit, single=True))
        themes = []
        for code in self._book:
            tell("Comparing theme by theme")
            used = self._used(code)
            if used and len(self._families[code.id]) > 1:
                line = self._of_code(code.id, self._paths[code.id], used)
                themes.append(_told(line, self._unit, single=True))
        submissions = []
        for one, (start, end) in zip(corpus.submissions, corpus.spans, strict=True):
            tell("Comparing submission by submission")
            rated = [place for place in range(count) if self._rated(start, [place])]
            part = whole.within(start, end)
            submissions.append(self._of_sets(one.id, one.ref, part, rated, (start, end)))
        both = []
        for pair in pairs(count):
            tell("Comparing pair by pair")
            these = tuple(names[place] for place in pair)
            line = self._of_sets("", listed(these), whole.of(*pair), pair)
            both.append(replace(line, coders=these))
        return _Made(overall, tuple(codes), tuple(themes), tuple(submissions), tuple(both))

    def _tell(self, what: str, total: int) -> None:
        self._job.check()
        self._job.report(self._done, total, what)
        self._done += 1

    def _used(self, code: Code) -> list[str]:
        """The ids of this code and those below it, as far as anybody used them."""
        return [one for one in self._families[code.id] if one in self._number]

    def _rated(self, start: int, coders: Sequence[int]) -> bool:
        part = int(np.searchsorted(self._corpus.text.parts, start, side="right")) - 1
        return bool(self._corpus.text.rated[part, list(coders)].all())

    def _pooled(self) -> Table:
        """Every submission with every code that was used, one below the other."""
        corpus = self._corpus
        tables = [
            corpus.text.table([own[number] for own in corpus.marked])
            for number in range(len(corpus.codes))
        ]
        return Table(
            np.concatenate([one.values for one in tables]),
            np.concatenate([one.weights for one in tables]),
            np.concatenate([one.starts for one in tables]),
            np.concatenate([one.blocks for one in tables]),
        )

    def _of_code(self, code_id: str, name: str, used: Sequence[str]) -> AgreementLine:
        """The line of a code, or of a theme with the codes below it that were used."""
        corpus, numbers = self._corpus, [self._number[one] for one in used]
        own = [[marked[number] for number in numbers] for marked in corpus.marked]
        table = corpus.text.table([together(one) for one in own])
        several = len(used) > 1 or used[0] != code_id
        measures = of_categories(table, self._bootstrap)
        if not corpus.whole:
            measures |= dict.fromkeys(_FOR_SEVERAL if several else _FOR_ONE, _NOT_WHOLE)
        elif several:
            measures |= passages.of_several(own, corpus.text.length)[0]
        else:
            measures |= passages.of_one([one[0] for one in own], corpus.text.length)
        codings = sum(len(each[number]) for each in corpus.codings for number in numbers)
        return _line(code_id, name, table, codings, measures, children=several)

    def _singled(self) -> dict[str, Measure]:
        """How well each code is told from the others of its theme, by its id."""
        corpus = self._corpus
        found = dict.fromkeys(corpus.codes, _ALONE)
        for theme in (one for one in self._book if one.parent_id not in self._paths):
            used = self._used(theme)
            if not corpus.whole:
                found |= dict.fromkeys(used, _NOT_WHOLE)
            elif len(used) > 1:
                own = [[each[self._number[one]] for one in used] for each in corpus.marked]
                _, singled = passages.of_several(own, corpus.text.length)
                found |= dict(zip(used, singled, strict=True))
        return found

    def _of_sets(
        self,
        line_id: str,
        name: str,
        sets: _Sets,
        coders: Sequence[int],
        span: tuple[int, int] | None = None,
    ) -> AgreementLine:
        """The line of these coders' sets of codes, in all the text or a stretch of it."""
        corpus = self._corpus
        start, end = span or (0, corpus.text.length)
        pooled = self._unit is Unit.SUBMISSION
        measures = of_categories(
            sets.pooled if pooled else sets.table.compact()[0], self._bootstrap
        )
        if not pooled:
            measures |= dict.fromkeys((Coefficient.BRENNAN_PREDIGER, Coefficient.AC1), _OF_SETS)
        measures |= of_sets(sets.table, sets.apart, self._bootstrap)
        if len(coders) < 2 or not (
            self._rated(start, coders) if span else corpus.text.rated[:, list(coders)].all()
        ):
            measures |= dict.fromkeys(_FOR_SEVERAL, _NOT_WHOLE)
        else:
            own = [[one.within(start, end) for one in corpus.marked[place]] for place in coders]
            measures |= passages.of_several(own, end - start, start)[0]
        codings = sum(
            int(np.searchsorted(one, end) - np.searchsorted(one, start))
            for place in coders
            for one in corpus.codings[place]
        )
        line = _line(line_id, name, sets.pooled, codings, measures)
        return _told(line, self._unit, single=False)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Which set of codes coders have on each unit, and what is counted of it as categories: the
    sets themselves, or, of submissions, whether each code is there."""

    table: Table
    apart: SetDistances
    pooled: Table

    def within(self, start: int, end: int) -> _Sets:
        """What begins in this stretch of the text."""
        return _Sets(self.table.within(start, end), self.apart, self.pooled.within(start, end))

    def of(self, *coders: int) -> _Sets:
        """What these coders have."""
        return _Sets(self.table.of(*coders), self.apart, self.pooled.of(*coders))


def _line(
    line_id: str,
    name: str,
    table: Table,
    codings: int,
    measures: dict[Coefficient, Measure],
    *,
    children: bool = False,
) -> AgreementLine:
    rated, has = table.values != MISSING, table.values > 0
    weights = table.weights[:, None]
    given = (weights * rated).sum(0)
    shares = np.divide((weights * has).sum(0), given, out=np.zeros(len(given)), where=given > 0)
    there = rated.sum(1) > 1
    return AgreementLine(
        line_id,
        name,
        int(table.weights[there].sum()),
        int(table.weights[there & has.any(1)].sum()),
        int(table.weights[there & (has | ~rated).all(1)].sum()),
        codings,
        float(shares[given > 0].mean()) if (given > 0).any() else 0.0,
        tuple(float(one) for one in shares),
        measures,
        children=children,
    )


def _told(line: AgreementLine, unit: Unit, *, single: bool) -> AgreementLine:
    """The line with what it means in words."""
    reading, doubts = of_line(line, unit, single=single)
    return replace(line, reading=reading, caveats=doubts)
