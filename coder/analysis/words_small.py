"""The small words of English, which hold sentences together and say little of what they are about.

A list of our own: articles, pronouns, prepositions, conjunctions, auxiliaries and their
contractions, and a few adverbs of degree. Words are small, with straight apostrophes.
"""

from __future__ import annotations

_ARTICLES = "a an the this that these those such some any no every each either neither both all"
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves"
    " he him his himself she her hers herself it its itself they them their theirs themselves"
    " one ones who whom whose which what whatever whichever whoever"
    " somebody someone something anybody anyone anything everybody everyone everything"
    " nobody nothing none other others another"
)
_PREPOSITIONS = (
    "about above across after against along among amongst around as at before behind below beneath"
    " beside besides between beyond by despite down during except for from in inside into like near"
    " of off on onto out outside over past per since than through throughout till to toward towards"
    " under underneath until unto up upon via with within without"
)
_CONJUNCTIONS = (
    "and or but nor so yet if because although though unless while whilst whereas when whenever"
    " where wherever whether how why then else once"
)
_AUXILIARIES = (
    "am is are was were be been being have has had having do does did doing done"
    " can cannot could may might must shall should will would ought"
)
_ADVERBS = (
    "not very too also just only even still quite rather more most much many less least few fewer"
    " again ever never always often here there now however therefore thus hence etc own same"
)
_CONTRACTIONS = (
    "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't mightn't"
    " needn't shan't shouldn't wasn't weren't won't wouldn't"
    " i'm you're he's she's it's we're they're i've you've we've they've"
    " i'd you'd he'd she'd it'd we'd they'd i'll you'll he'll she'll it'll we'll they'll"
    " that's there's here's what's who's where's how's let's"
)
_PARTS = "s t d m ll re ve don didn doesn isn aren wasn weren hasn haven hadn couldn wouldn shouldn"
"""What a contraction leaves where it is parted at its apostrophe, as the search index does."""

SMALL = frozenset(
    word
    for several in (
        *(_ARTICLES, _PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS),
        *(_AUXILIARIES, _ADVERBS, _CONTRACTIONS, _PARTS),
    )
    for word in several.split()
)
"""All of them."""
