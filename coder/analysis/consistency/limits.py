"""Beyond which measure something is told: every threshold of the consistency findings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds, each with its reason. Few false alarms come before finding everything: who is
    told of ten things that are nothing does not read the eleventh."""

    alike_words: int = 6
    """Words in a passage that is compared with others; shorter ones are phrases that people share
    by chance."""

    alike_share: float = 0.85
    """Share of their words, in order, that nearly the same passages have in common: one word in
    seven may differ, a name or a number."""

    echo_words: int = 8
    """Words that must stand elsewhere just so, untagged, before somebody is said to have passed
    them over."""

    drift_submissions: int = 24
    """Submissions with a code before its use over time is looked at: eight in the first third of
    its life and eight in the last, below which words differ by chance."""

    coder_submissions: int = 12
    """Submissions in which each of two coders has used a code before their passages are compared
    word for word: twelve are about the half of `drift_submissions`."""

    permutations: int = 399
    """How often labels are dealt out anew: no deal may come as far, which is p < 0.0025."""

    deviations: float = 5.0
    """How many standard deviations beyond the mean of all deals the measure must lie. A codebook of
    sixty codes makes hundreds of comparisons, some of which are rare by chance."""

    apart_words: int = 3
    """Words that must be told of one side alone; without them nobody could see what is meant."""

    rate_submissions: int = 15
    """Submissions that two coders have both coded before how often they use a code is compared."""

    rate_ratio: float = 4.0
    """How many times more often one coder alone has used the code than the other alone."""

    rate_chance: float = 0.0005
    """Chance below which the two are taken to differ (exact sign test), for the same reason as
    `deviations`."""

    together_passages: int = 10
    """Passages that each of two codes needs before going together can be told from chance."""

    together_submissions: int = 4
    """Submissions they must lie in, so that one letter does not speak for a codebook."""

    together_share: float = 0.9
    """Share of the passages of each code that bear the other too: nearly always."""

    parent_passages: int = 8
    """Passages a sub-code needs before it is said never to be apart from the code above it."""

    parent_share: float = 0.95
    """Share of a sub-code's passages that bear the code above it: never apart, but for a slip."""

    begun: int = 40
    """Tags in the inquiry before a code is told as unused or used once; before, coding has only
    begun."""

    lacking_passages: int = 12
    """Paragraphs with a code before its wording can be known."""

    lacking_submissions: int = 6
    """Submissions they must come from, so that it is the code's wording and not one person's."""

    lacking_share: float = 0.88
    """Share of the paragraphs that speak as strongly like the code that bear it: nearly nine in
    ten. What is left is worth a look."""

    lacking_words: int = 4
    """Different words of the code's own that a paragraph must have."""

    lacking_most: int = 5
    """Paragraphs told for one code; a person who agrees finds the others by search."""

    nothing_words: int = 40
    """Words of a submission below which it may well hold nothing to be tagged."""

    short_words: int = 1
    """Words of a tag that is hardly a passage: nobody can quote it."""

    long_words: int = 600
    """Words of a tag that is no passage any more: more than a printed page."""

    own_manner: float = 0.5
    """Share of a code's tags as short, or as long, beyond which that is how the code is meant to
    be used (names of places, kinds of letters) and nothing is told."""

    grown: float = 1.25
    """How many times more or fewer passages a dismissed pattern may rest on before it comes
    back."""
