"""Guesses which type of respondent an organisation is, by the words of its name and its domain."""

from __future__ import annotations

import re

from coder.domain.model import RespondentType

_TYPES: tuple[tuple[RespondentType, str], ...] = (
    (
        RespondentType.ACADEMIC,
        (r"universit(?:y|ies)|prifysgol|institute of (?:education|technology)|"
         r"school of \w+ studies|"
        r"faculty of|(?:sixth form |further education )?college|polytechnic|research (?:centre|"
        r"group|"
        r"institute|unit)|[\w.-]+\.ac\.uk"),
    ),
    (
        RespondentType.COUNCIL,
        (r"(?:borough|county|city|district|town|parish|community|metropolitan|london|combined|"
        r"unitary|"
        r"\w+shire) council|council of the isles|(?:combined|local) authority|"
        r"london borough of [\w ]+|royal borough of [\w ]+|"
        r"[\w-]+ council(?! (?:for|of|on|tax)\b)"),
    ),
    (
        RespondentType.FAITH,
        (r"church(?:es)?|chapel|cathedral|diocese|parish (?:of|priest)|methodist|baptist|quakers?|"
        r"salvation army|mosque|masjid|islamic centre|muslim council|synagogue|jewish (?:community|"
        r"leadership)|board of deputies|gurdwara|sikh|mandir|hindu|temple|buddhist|vihara|"
        r"interfaith|"
        r"inter-faith|faiths? forum|ministry"),
    ),
    (
        RespondentType.PUBLIC_BODY,
        (r"nhs|hospital|ambulance service|police|constabulary|fire (?:and rescue|service)|"
        r"department (?:for|of)|ministry of|public health \w+|housing ombudsman|"
        r"commission(?:er)?(?: for"
        r"| of)?|clinical commissioning group|health board|probation service|job ?centre|"
        r"[\w.-]+\.(?:nhs|police)\.uk|[\w.-]+\.gov\.(?:uk|scot|wales)"),
    ),
    (
        RespondentType.CHARITY,
        (r"charit(?:y|ies|able)|foundation|trust|food ?bank|citizens advice|volunt(?:eer|ary)\w*"
        r"(?: centre| action| services?)?|befriend\w+|hospice|age uk|mind|samaritans|mencap|"
        r"community (?:association|centre|group|fund|interest company|trust|garden|hub|project)|"
        r"association|society|cio|c\.?i\.?c|lunch club|women['’]s institute|rotary|scouts?|guides|"
        r"youth (?:club|group|project)|residents['’]? (?:association|group)|network|alliance|"
        r"allotments?|support group|refugee|help ?line|mutual aid|the [\w ]+ project"),
    ),
    (
        RespondentType.BUSINESS,
        (r"ltd|limited|plc|llp|inc|bakery|brewery|caf[eé]|hotel|restaurant|shop|stores?|garage|"
        r"salon|"
        r"solicitors|architects|consult(?:ing|ants|ancy)|bank|group plc|& sons?|partners|"
        r"bus company|"
        r"supermarkets?|pharmacy|chamber of commerce|holdings|media|software|technologies"),
    ),
)  # fmt: skip
_WORDS = tuple(
    (kind, re.compile(rf"(?:^|(?<=[\s(,/@.]))(?:{words})(?=$|[\s),./’'])", re.IGNORECASE))
    for kind, words in _TYPES
)
_REGISTERED = re.compile(r"registered charity|charity (?:number|no\b|registration)", re.IGNORECASE)
_COMPANY = re.compile(r"company (?:number|no\b|registration)|\bvat (?:number|no\b)", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:in (?:a|my) (?:purely )?(?:personal|private|individual) capacity|"
    r"as a private individual|"
    r"on my own behalf|these (?:are|views are) my own(?: views)?)\b",
    re.IGNORECASE,
)


def type_of(organisation: str, text: str = "") -> RespondentType:
    """The type that an organisation's name tells, or for want of a name the text of its submission
    (a charity's number, “in a personal capacity”); UNKNOWN rather than a wild guess."""
    if organisation:
        for kind, words in _WORDS:
            if words.search(organisation):
                return kind
        if _REGISTERED.search(text):
            return RespondentType.CHARITY
        return RespondentType.BUSINESS if _COMPANY.search(text) else RespondentType.UNKNOWN
    return RespondentType.INDIVIDUAL if _PERSONAL.search(text) else RespondentType.UNKNOWN


def is_organisation(name: str) -> bool:
    """Whether a name is that of an organisation, by the words in it."""
    return any(words.search(name) for _, words in _WORDS)
