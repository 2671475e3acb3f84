"""Passages with the same words, or nearly, in different places; and whether their tags agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from coder.analysis.consistency.corpus import Corpus, Place
from coder.analysis.consistency.findings import NOT_TAGGED, Finding, Kind, Passage
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material, lies_on
from coder.analysis.consistency.near import Words, near
from coder.domain.dates import day_shown
from coder.domain.model import Coding
from coder.domain.text import counted
from coder.domain.together import AGREED
from coder.jobs import Job

_SHOWN = 12
_A_WAY = 3
"""Passages shown of a finding at most, and of those that are tagged in one way."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one text with the tags on it: `close` are codings of about its length, `wide`
    the codes of all that lie on it."""

    place: Place
    close: tuple[Coding, ...]
    wide: frozenset[str]

    @property
    def ways(self) -> dict[str, frozenset[str]]:
        """The codes that each coder put here."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.close:
            found[one.coder_id].add(one.code_id)
        return {coder: frozenset(codes) for coder, codes in found.items()}


@dataclass(frozen=True)
class Group:
    """Tagged places with the same words, or nearly; `words` those of the first, `same` whether they
    are the same in all."""

    words: Words
    same: bool
    places: Sequence[Place]
    material: Material

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The places with the tags on them. Most groups are of one place, and nobody asks."""
        return tuple(_spots(self.material, self.places))


def groups(material: Material, corpus: Corpus, limits: Limits, job: Job) -> list[Group]:
    """The tagged passages with the same words, or nearly, in two or more places."""
    by_words: defaultdict[Words, list[Place]] = defaultdict(list)
    for place in dict.fromkeys((c.document_id, c.start, c.end) for c in material.standing):
        words = corpus.words(place)
        if len(words) >= limits.alike_words:
            by_words[words].append(place)
    distinct = list(by_words)
    found = []
    for members in near(distinct, corpus.vocabulary.words, limits.alike_share, job):
        places = tuple(place for member in members for place in by_words[distinct[member]])
        found.append(Group(distinct[members[0]], len(members) == 1, places, material))
    return found


def tagged_differently(
    material: Material, corpus: Corpus, found: Iterable[Group], limits: Limits
) -> Iterator[Finding]:
    """The groups whose spots are tagged in ways that do not agree; of a campaign also those that
    one letter has tagged and another, of whose shared words something is tagged, has not."""
    campaigns = material.campaigns
    shared: defaultdict[str, set[str]] = defaultdict(set)
    of_letters: list[tuple[str, Group]] = []
    for group in found:
        heads = {campaigns.get(material.owner(one[0]).id, "") for one in group.places}
        if len(heads) == 1 and "" not in heads:
            head = heads.pop()
            of_letters.append((head, group))
            if len(group.spots) > 1:
                shared[head] |= {one.place[0] for one in group.spots}
        elif len(group.places) > 1 and _odd(group.spots):
            yield _told(material, Kind.ALIKE, group, ())
    for head, group in of_letters:
        untagged = _untagged(material, corpus, group, shared[head], limits)
        if untagged or _odd(group.spots):
            yield _told(material, Kind.CAMPAIGN, group, untagged)


def _spots(material: Material, places: Iterable[Place]) -> Iterator[Spot]:
    """A spot for each place, with what was agreed on it where anything of about its length was;
    places that lie on one another are one."""
    before: Place | None = None
    order = material.order
    for place in sorted(places, key=lambda one: (order[one[0]], one[1], -one[2])):
        if before and before[0] == place[0] and before[2] > place[1]:
            continue
        before = place
        document_id, start, end = place
        agreed, tagged = (
            [one for one in codings if lies_on(start, end, one)]
            for codings in (
                material.settled.get(document_id, ()),
                material.by_document[document_id],
            )
        )
        settled, close = (
            tuple(one for one in on if one.end - one.start <= 2 * (end - start))
            for on in (agreed, tagged)
        )
        wide = agreed if settled else [*agreed, *tagged]
        yield Spot(place, settled or close, frozenset(one.code_id for one in wide))


def _odd(spots: Sequence[Spot]) -> tuple[Spot, Spot] | None:
    """Two spots that are tagged in ways that do not agree, or None; first those of one coder."""
    ways: dict[frozenset[tuple[str, frozenset[str]]], Spot] = {}
    for spot in spots:
        ways.setdefault(frozenset(spot.ways.items()), spot)
    pairs = [pair for pair in combinations(ways.values(), 2) if _differ(*pair)]
    pairs.sort(key=lambda pair: not set(pair[0].ways) & set(pair[1].ways))
    return pairs[0] if pairs else None


def _differ(one: Spot, other: Spot) -> bool:
    """Whether a coder differs from themselves; where nobody tagged both, whether no coder of the
    one agrees with any of the other. That coders differ on one spot is another matter."""
    mine, theirs = one.ways, other.ways
    both = mine.keys() & theirs.keys()
    if both:
        return any(_apart(mine[coder], theirs[coder], one, other) for coder in both)
    return all(_apart(mine[a], theirs[b], one, other) for a in mine for b in theirs)


def _apart(mine: frozenset[str], theirs: frozenset[str], one: Spot, other: Spot) -> bool:
    return bool(mine - theirs - other.wide or theirs - mine - one.wide)


def _untagged(
    material: Material, corpus: Corpus, group: Group, coded: set[str], limits: Limits
) -> list[Place]:
    """Where the words of a group stand without a tag, in those of these documents that were gone
    through so far."""
    if len(group.words) < limits.echo_words:
        return []
    found = []
    [places] = corpus.echoes([group.words])
    for place in places:
        document_id, start, end = place
        if document_id in coded and end <= material.reach.get(document_id, 0):
            on = material.by_document.get(document_id, ())
            if not any(one.start < end and one.end > start for one in on):
                found.append(place)
    return found


def _told(material: Material, kind: Kind, group: Group, untagged: Sequence[Place]) -> Finding:
    codings = [one for spot in group.spots for one in spot.close]
    pair = _odd(group.spots)
    first = pair[0] if pair else group.spots[0]
    here = f"{_names(material, first)} in {material.owner(first.place[0]).ref}"
    if pair:
        one, other = pair
        there = f"{_names(material, other)} in {material.owner(other.place[0]).ref}"
        by = _by(material, one, other)
    else:
        there, by = f"not tagged in {material.owner(untagged[0][0]).ref}", ""
    same = "The same words" if group.same else "Nearly the same words"
    every = len(group.spots) + len(untagged)
    more = f" They stand in {counted(every, 'place')}." if every > 2 else ""
    return material.finding(
        kind,
        [*sorted(one.id for one in codings), *(f"{d}:{start}" for d, start, _ in untagged)],
        f"{same} are tagged {here}{' and ' if pair else ', and '}{there}{by}.{more}",
        [one.code_id for one in codings],
        _passages(material, group, untagged, pair),
        state=sorted((one.id, one.code_id, one.start, one.end) for one in codings),
    )


def _names(material: Material, spot: Spot) -> str:
    codes = {one.code_id for one in spot.close}
    return ", ".join(material.name(one) for one in sorted(codes, key=material.paths.__getitem__))


def _by(material: Material, one: Spot, other: Spot) -> str:
    mine, theirs = (min(spot.close, key=lambda c: c.created_at) for spot in (one, other))
    both = set(one.ways) & set(other.ways)
    if not both:
        names = [_whose(material, c.coder_id) for c in (mine, theirs)]
        return f", {' and '.join(names)}".replace(" and by ", " and ")
    days = [day_shown(c.created_at) for c in (mine, theirs)]
    return f", both {_whose(material, min(both))}" + (
        f", {days[0]} and {days[1]}" if days[0] != days[1] else ""
    )


def _whose(material: Material, coder_id: str) -> str:
    name = material.coders.get(coder_id, "")
    return "as agreed" if name == AGREED else f"by {name}"


def _passages(
    material: Material,
    group: Group,
    untagged: Sequence[Place],
    pair: tuple[Spot, Spot] | None,
) -> list[Passage]:
    """The two that differ first, then a few of each way of tagging, then those without a tag."""
    shown: list[Spot] = list(pair or ())
    seen: Counter[frozenset[tuple[str, frozenset[str]]]] = Counter()
    for spot in group.spots:
        way = frozenset(spot.ways.items())
        seen[way] += 1
        if seen[way] <= _A_WAY and spot not in shown:
            shown.append(spot)
    passages = [material.passage(*one.place, one.close) for one in shown]
    bare = [material.passage(*place, side=NOT_TAGGED) for place in untagged[:_A_WAY]]
    return [*passages[: _SHOWN - len(bare)], *bare]
