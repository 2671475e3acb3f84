"""Finds out what the columns of a survey's or posts' table hold, or takes a person's word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder.domain.draft import Use
from coder.domain.errors import EvidenceError
from coder.domain.model import RespondentType
from coder.ingest.table_values import is_decision, moment, month_first, respondent_type

_SAMPLED = 300
_AUTHOR = re.compile(
    r"(?:author|user|user ?name|handle|screen[_ ]?name|account|posted by|from|tweeter|profile|"
    r"author[_ ](?:name|handle|username)|user[_ ]screen[_ ]name)(?: name)?"
)
_TEXT = re.compile(
    r"(?:full[_ ])?(?:text|tweet|post|message|content|caption|body|comment)"
    r"(?:[_ ](?:text|content|body|message))?"
)
_LINK = re.compile(r"(?:.*[_ ])?(?:link|url|permalink|uri)")
_POSTED = re.compile(
    r"time|date|date[_ /]time|time[_ ]?stamp|created(?:[_ ]at)?|posted(?:[_ ](?:at|on))?|"
    r"(?:post|tweet)(?:ed)?[_ ](?:date|time)"
)
_RECEIVED = (
    r"completion time|end date|recorded ?date",
    r"timestamp|submi(?:tted|ssion)|date (?:received|sent)|received|complet",
    r"start (?:date|time)|date created|started|created",
    r"date|time",
)
_ASIDE = re.compile(
    r"(?:\S+ )?(?:id|no\.?)|#|.*\b(?:collector|ip ?address|unique response|ipaddress|progress|"
    r"duration|finished|status|latitude|longitude|distribution ?channel|user ?language|custom data|"
    r"recipient ?\w*|external ?(?:data )?reference|"
    r"response(?:id| id| number| type)|respondent (?:id|number)|start (?:date|time)|likes|retweets|"
    r"shares|replies)\b.*"
)
_PERMISSION = re.compile(
    r"anonym|confidential|publi(?:sh|cation)|permission|consent|attribut|\bquot|"
    r"\b(?:be )?(?:named|identified)\b|\b(?:use|by|with) (?:my |your )?name"
)
_TYPE = re.compile(
    r"\btype\b|\bsector\b|\bkind of\b|category|capacity|respond(?:ing|ent) as|individual or|"
    r"as an individual|behalf of an organi|which (?:of these |best )?describes|describes? you|"
    r"are you (?:an?|respond|reply|answer)"
)
_SECTOR = re.compile(
    r"\bsector\b|\btype of (?:respondent|organi|response)|(?:respondent|organi[sz]ation) type"
)
_ORGANISATION = re.compile(r"organi[sz]ation|\bcompany\b|\bemployer\b|\bcharity\b|\bcouncil\b")
_RESPONDENT = re.compile(
    r"(?:your |full |first |last |middle |family |contact |respondent(?:['’]s)? |sur|fore)?names?"
    r"(?: \(optional\))?|respondent|surname|given name|name of (?:the )?(?:respondent|person)|"
    r"(?:please )?(?:what is|what['’]s|enter|give|state|tell us) your (?:full )?name\b.*"
)
PART_OF_NAME = re.compile(r"first|last|middle|family|given|sur|fore", re.IGNORECASE)
"""In the heading of a column that holds a part of the respondent's name."""
_REGION = re.compile(
    r"\bregion\b|\bcounty\b|\bnation\b|which part of|where (?:do|are) you (?:live|based|located)|"
    r"^(?:your )?(?:location|area|country)$"
)
_CONTACT = re.compile(r"\be-?mail\b|\b(?:tele)?phone\b|\bmobile\b|post ?code|\baddress\b")
_NUMBERED = re.compile(r"q?\d+(?:\.?[a-z\d])*[.):]*\s+")
_ASKS = re.compile(
    r"\?|^(?:what|how|why|which|who|where|when|do|does|did|is|are|have|should|would|could|can)\b|"
    r"please|comment|explain|describe|tell us|your (?:views?|opinion|experience|response)|"
    r"evidence|answer|suggest|anything else"
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it looks: its heading in small letters, and its cells that say something."""

    heading: str
    cells: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether the heading is a label and not a question."""
        return len(self.heading.split()) <= 5 and "?" not in self.heading

    @property
    def closed(self) -> bool:
        """Whether the cells look chosen from a list: short and few, or all alike."""
        different = {cell.casefold() for cell in self.cells}
        short = all(len(cell) <= 160 for cell in self.cells)
        return short and len(different) <= max(3, min(12, len(self.cells) // 2))

    @property
    def brief(self) -> bool:
        """Whether no cell is longer than a label."""
        return all(len(cell) <= 40 for cell in self.cells)

    def mostly(self, test: re.Pattern[str]) -> bool:
        """Whether more than half of the cells are of this form."""
        return 2 * sum(test.fullmatch(cell) is not None for cell in self.cells) > len(self.cells)

    @property
    def numbered(self) -> bool:
        """Whether the cells only number the rows (`7`, `R007`), and so are nobody's names."""
        return bool(self.cells) and self.mostly(_RUNNING)

    @property
    def days(self) -> bool:
        """Whether most cells are days, or there are none to say otherwise."""
        american = month_first(self.cells)
        found = sum(bool(moment(cell, american)) for cell in self.cells)
        return 2 * found >= len(self.cells)

    @property
    def kinds(self) -> bool:
        """Whether at least half of the cells name a kind of respondent."""
        known = sum(respondent_type(cell) is not RespondentType.UNKNOWN for cell in self.cells)
        return 2 * known >= len(self.cells)

    @property
    def free(self) -> bool:
        """Whether the cells were written and not chosen."""
        usual = sum(map(len, self.cells)) / max(1, len(self.cells))
        return usual >= (40 if self.closed else 25)

    @property
    def allows(self) -> bool:
        """Whether at least half of the cells say yes or no, or how the row may be used."""
        clear = sum(is_decision(self.heading, cell) for cell in self.cells)
        return 2 * clear >= len(self.cells)


_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")
_RUNNING = re.compile(r"(?:[a-z]+[-_ #.]*)?\d+", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_URL = re.compile(r"https?://\S+")


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Use, ...]:
    """What each column is used for, by the words of its heading and the look of its cells. Where
    nothing speaks for a use, free text and what is asked are questions, and the rest is set
    aside."""
    columns = [
        _Column(
            _NUMBERED.sub("", " ".join(heading.casefold().split()), count=1),
            _cells(place, rows[:_SAMPLED]),
        )
        for place, heading in enumerate(headings)
    ]
    if posts := _posts(columns):
        return posts
    received = _received(columns)
    uses: list[Use] = []
    for place, column in enumerate(columns):
        uses.append(Use.RECEIVED if place == received else _use(column, set(uses)))
    return _one_name(columns, uses)


def _one_name(columns: Sequence[_Column], uses: Sequence[Use]) -> tuple[Use, ...]:
    """The uses with one name for a row: where its parts and a whole name, or several whole names,
    have columns, the one that says most stands and the rest is set aside."""
    named = [place for place, use in enumerate(uses) if use is Use.RESPONDENT]
    parts = [place for place in named if PART_OF_NAME.search(columns[place].heading)]
    rivals = [[place] for place in named if place not in parts]
    rivals += [parts] if parts else []

    def says(places: Sequence[int]) -> tuple[int, bool, bool]:
        words = sum(len(cell.split()) > 1 for place in places for cell in columns[place].cells)
        filled = max(len(columns[place].cells) for place in places)
        return filled, len(places) > 1 or 2 * words >= filled, "name" in columns[places[0]].heading

    best = max(rivals, key=says, default=[])
    return tuple(
        Use.ASIDE if use is Use.RESPONDENT and place not in best else use
        for place, use in enumerate(uses)
    )


def uses_from(
    mapping: Mapping[str, str], headings: Sequence[str], guessed: Sequence[Use]
) -> tuple[Use, ...]:
    """The guess with what a person says of columns put in its place: `{"Sector": "type"}`. A
    column goes by its heading, in whatever case, or a beginning that only one heading has.

    Raises EvidenceError for a column or a use that there is not, naming those there are.
    """
    uses = list(guessed)
    for name, word in mapping.items():
        try:
            use = Use(word.strip().casefold())
        except ValueError as problem:
            there = ", ".join(one.value for one in Use)
            raise EvidenceError(
                f"“{word}” is nothing that a column can be used for.", f"There are: {there}."
            ) from problem
        for place in _columns_named(name, headings):
            uses[place] = use
    return tuple(uses)


def _columns_named(name: str, headings: Sequence[str]) -> list[int]:
    wanted = " ".join(name.casefold().split())
    plain = [" ".join(heading.casefold().split()) for heading in headings]
    same = [place for place, heading in enumerate(plain) if heading == wanted]
    begins = [place for place, heading in enumerate(plain) if wanted and heading.startswith(wanted)]
    if same or len(begins) == 1:
        return same or begins
    there = ", ".join(f"“{heading}”" for heading in headings)
    missing = f"There is no column “{name}”."
    several = f"{len(begins)} columns begin with “{name}”."
    raise EvidenceError(several if begins else missing, f"The columns are: {there}.")


def _received(columns: Sequence[_Column]) -> int | None:
    """The column that tells best when a row was sent in."""
    for words in _RECEIVED:
        form = re.compile(rf"\b(?:{words})")
        for place, column in enumerate(columns):
            if column.short and form.search(column.heading) and column.days:
                return place
    return None


def _posts(columns: Sequence[_Column]) -> tuple[Use, ...]:
    """The uses where the columns are those of posts: who wrote, and what; else empty."""
    author = _first(columns, _AUTHOR)
    text = _first(columns, _TEXT)
    if author is None or text is None:
        return ()
    named = {author: Use.AUTHOR, text: Use.TEXT}
    for pattern, use in ((_POSTED, Use.RECEIVED), (_LINK, Use.LINK)):
        place = _first(columns, pattern)
        if place is not None:
            named.setdefault(place, use)
    return tuple(named.get(place, Use.ASIDE) for place in range(len(columns)))


def _first(columns: Sequence[_Column], pattern: re.Pattern[str]) -> int | None:
    return next(
        (place for place, column in enumerate(columns) if pattern.fullmatch(column.heading)), None
    )


def _use(column: _Column, taken: set[Use]) -> Use:
    """The first use that fits a column. Kind, organisation and region are told by one column."""
    heading, chosen = column.heading, not column.free
    label = column.short and chosen
    fits = (
        (Use.RESPONDENT, _RESPONDENT.fullmatch(heading) and chosen and not column.numbered),
        (Use.PERMISSION, _PERMISSION.search(heading) and (label or column.allows)),
        (Use.TYPE, _TYPE.search(heading) and column.closed and column.kinds),
        (Use.ORGANISATION, _is_organisation(column)),
        (Use.REGION, _REGION.search(heading) and chosen),
        (Use.ASIDE, (_ASIDE.fullmatch(heading) and label) or _is_contact(column)),
        (Use.ASIDE, _SECTOR.search(heading) and column.closed and column.brief),
        (Use.QUESTION, _is_question(column)),
    )
    once = taken & {Use.TYPE, Use.ORGANISATION, Use.REGION}
    return next((use for use, fit in fits if fit and use not in once), Use.ASIDE)


def _cells(place: int, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(cell for row in rows if place < len(row) and (cell := row[place].strip()))


def _is_organisation(column: _Column) -> bool:
    """Whether the column names organisations: by a label, or by a question after the name."""
    asked = _ORGANISATION.search(column.heading) is not None
    about = column.short or re.search(r"\bnames?\b|\bcalled\b|which organi", column.heading)
    brief = all(len(cell) <= 120 for cell in column.cells)
    return bool(asked and about and brief and not _TYPE.search(column.heading))


def _is_contact(column: _Column) -> bool:
    """Whether it tells how to reach a person, which is no evidence."""
    brief = all(len(cell.split()) <= 12 for cell in column.cells)
    return _CONTACT.search(column.heading) is not None and brief and not column.free


def _is_question(column: _Column) -> bool:
    if any(column.mostly(form) for form in (_NUMBER, _ADDRESS, _URL)):
        return False
    return column.free or _ASKS.search(column.heading) is not None
