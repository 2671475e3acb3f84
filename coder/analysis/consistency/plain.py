"""What can be told by counting: unused and undefined codes, tags of one word or of pages,
submissions that were read and bear no tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from coder.analysis.consistency.corpus import Corpus
from coder.analysis.consistency.findings import Finding, Kind
from coder.analysis.consistency.limits import Limits
from coder.analysis.consistency.material import Material
from coder.domain.model import Code, Coding, DocumentKind
from coder.domain.text import listed

_EXAMPLES = 4


def codebook(material: Material, limits: Limits) -> Iterator[Finding]:
    """Codes without a definition though they are used, codes that nobody uses, and codes used
    once. A code with others below it is a heading, and one that asks something stands for a
    question of the call; neither need be used itself."""
    used: defaultdict[str, list[Coding]] = defaultdict(list)
    for one in material.codings:
        used[one.code_id].append(one)
    parents = {one.parent_id for one in material.codes.values()}
    begun = len(material.codings) >= limits.begun
    for code in material.codes.values():
        passages, name = material.several(used[code.id]), material.name(code.id)
        count = len(passages)
        if count and not (code.definition.strip() or code.use_when.strip()):
            on = "one passage" if count == 1 else f"{count:,} passages"
            said = f"{name} is on {on}, and nothing says what it means."
            yield material.finding(
                Kind.UNDEFINED, [code.id], said, [code.id], passages[:_EXAMPLES], size=count
            )
        if not begun or code.id in parents or _asks(code):
            continue
        meaning = material.meaning(code.id)
        if not count:
            said = f"No passage bears {name}."
            yield material.finding(Kind.UNUSED, [code.id], said, [code.id], state=meaning)
        if count == 1:
            said = f"One passage alone bears {name}."
            ids = [tag.coding_id for tag in passages[0].tags]
            yield material.finding(
                Kind.ONCE, [code.id], said, [code.id], passages, state=[*meaning, *ids]
            )


def _asks(code: Code) -> bool:
    return code.name.rstrip(" …").endswith("?") or code.definition.rstrip().endswith("?")


def lengths(material: Material, corpus: Corpus, limits: Limits) -> Iterator[Finding]:
    """Tags of one word and tags of pages, where the code is not commonly used so."""
    words = {
        one.id: len(corpus.words((one.document_id, one.start, one.end)))
        for one in material.standing
    }
    for codings in material.by_code.values():
        short = [one for one in codings if 0 < words[one.id] <= limits.short_words]
        long = [one for one in codings if words[one.id] >= limits.long_words]
        for kind, several in ((Kind.SHORT, short), (Kind.LONG, long)):
            if len(several) > max(1, limits.own_manner * len(codings)):
                continue
            for one in several:
                much = "one word" if kind is Kind.SHORT else f"{words[one.id]:,} words"
                ref = material.owner(one.document_id).ref
                yield material.finding(
                    kind,
                    [one.id],
                    f"{material.name(one.code_id)} is put on {much} in {ref} by"
                    f" {material.coders.get(one.coder_id, '')}.",
                    [one.code_id],
                    [material.shown(one)],
                    state=[one.code_id, one.start, one.end],
                )


def nothing_tagged(material: Material, limits: Limits) -> Iterator[Finding]:
    """Submissions of some length that somebody has read whole, and in which nobody has tagged
    anything; of a campaign only where no letter of it is tagged."""
    readers: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for one in material.readings:
        if one.document_id in material.documents and (one.read_at or one.coded_at):
            known = readers[one.document_id].get(one.coder_id, False)
            readers[one.document_id][one.coder_id] = known or bool(one.coded_at)
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for document in material.documents.values():
        if document.kind is not DocumentKind.MEDIA and document.text.strip():
            texts[document.submission_id].append(document.id)
    tagged = {material.documents[one].submission_id for one in material.by_document}
    spoken = {material.campaigns[one] for one in tagged if one in material.campaigns}
    for submission_id, ids in texts.items():
        through = all(one in readers for one in ids)
        words = sum(len(material.documents[one].text.split()) for one in ids)
        if (
            not through
            or submission_id in tagged
            or words < limits.nothing_words
            or not material.counts(ids[0])
            or material.campaigns.get(submission_id, "") in spoken
        ):
            continue
        yield _nothing(material, submission_id, ids, words, readers)


def _nothing(
    material: Material,
    submission_id: str,
    ids: list[str],
    words: int,
    readers: dict[str, dict[str, bool]],
) -> Finding:
    who = {coder: coded for one in ids for coder, coded in readers[one].items()}
    names = [material.coders.get(one, "") for one in who]
    declared = " and declared coded" if any(who.values()) else ""
    ref = material.submissions[submission_id].ref
    first = material.documents[ids[0]]
    end = min(len(first.text), 400)
    return material.finding(
        Kind.NOTHING,
        [submission_id],
        f"{ref} was read{declared} by {listed(sorted(names))}, has {words:,} words, and nothing in"
        " it is tagged.",
        [],
        [material.passage(first.id, 0, end)],
        state=sorted(who),
        coders=sorted(names),
        submission_id=submission_id,
    )
