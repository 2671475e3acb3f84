"""What the cells of a survey's or posts' table mean: who is speaking, what they allow, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

from coder.domain.dates import day_of
from coder.domain.model import Permission, RespondentType

_INDIVIDUAL = (
    r"individual|member of the public|myself|personal capacity|private citizen|citizen|resident|"
    r"volunteer$|parent|carer$"
)
_CHARITY = (
    r"charit|voluntary|third sector|community (?:group|organisation)|\bcio\b|\bngo\b|"
    r"not[- ]for[- ]profit|non[- ]?profit|civil society|\bvcse?\b|foundation$"
)
_PUBLIC = (
    r"public (?:body|sector)|\bnhs\b|(?<!local )government|department|police|fire service|"
    r"statutory|regulator|agency"
)
_BUSINESS = (
    r"business|compan(?:y|ies)|private sector|corporate|\bltd\b|\bplc\b|commercial|employer|"
    r"trade association|social enterprise"
)
_TYPES = (
    (RespondentType.INDIVIDUAL, _INDIVIDUAL),
    (RespondentType.CHARITY, _CHARITY),
    (RespondentType.FAITH, r"faith|church|mosque|synagogue|temple|gurdwara|religio|diocese"),
    (RespondentType.COUNCIL, r"council\b|local (?:authority|government)|borough"),
    (RespondentType.PUBLIC_BODY, _PUBLIC),
    (RespondentType.BUSINESS, _BUSINESS),
    (RespondentType.ACADEMIC, r"academi|universit|researche?r?\b|college|school|think[- ]?tank"),
    (RespondentType.OTHER, r"^other\b|none of (?:these|the above)"),
)
_SECTORS = {
    "health": RespondentType.PUBLIC_BODY,
    "healthcare": RespondentType.PUBLIC_BODY,
    "health care": RespondentType.PUBLIC_BODY,
    "health and care": RespondentType.PUBLIC_BODY,
    "health and social care": RespondentType.PUBLIC_BODY,
    "social care": RespondentType.PUBLIC_BODY,
    "education": RespondentType.ACADEMIC,
    "higher education": RespondentType.ACADEMIC,
    "community": RespondentType.CHARITY,
    "community and voluntary": RespondentType.CHARITY,
    "private": RespondentType.BUSINESS,
}
"""What the bare name of a sector means, where it is all that is said."""
_NEGATED = re.compile(r"\b(?:not|never|non|un|no)\b|n[’']t\b")
_NO = re.compile(
    r"(?:no|n|false|never|no,? thanks?(?: you)?)[.!]?|no(?:,|\.| [-–—]).*|"
    r"i (?:do not|don[’']t) (?:agree|consent).*"
)
_YES = re.compile(r"(?:yes|y|true|i agree|agreed?|i consent)[.!]?(?:,? please)?[.!]?")
_NAMING = re.compile(r"\bname[ds]?\b|\battribut|\bidentif")
_NAMED = re.compile(
    r"\bnamed\b|\battribut(?:ed|able)\b|\bidentif(?:ied|iable)\b|"
    r"\b(?:by|with|under) (?:my |our |your |the )?(?:full )?name\b|"
    r"\bnames? (?:to|may|can|could) be (?:publish|used|quoted|includ|print|shown)|"
    r"(?:publish|quot|\buse|includ|print|credit)[^.?]{0,80}\bname\b"
)
_HIDING = re.compile(r"anonym|without|withh[eo]ld|confidential|remove|private|not be|n[’']t\b")
_UNSURE = re.compile(r"\b(?:if|unless|but|except|only|ask|check|maybe|perhaps|depends)\b|\?")
_SECRET = re.compile(
    r"confidential|withh[eo]ld|not for publication|in confidence|^private$|"
    r"(?:do not|don[’']t|not to be|must not be|cannot be|not) (?:publish|quote|use|share)"
)
_TIME = re.compile(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\b\.?)?"
    r"\s*(?:(Z|UTC|GMT)?(?:([+-])(\d{1,2}):?(\d{2})?)?(?![\d:]))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?", re.IGNORECASE)
_SERIAL = re.compile(r"[345]\d{4}(?:\.\d+)?")
_LONGEST_MOMENT = 80
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet's days have no zone)


def respondent_type(words: str) -> RespondentType:
    """The group that a survey's own word for it means; UNKNOWN where that is not clear."""
    told = " ".join(words.casefold().split())
    if sector := _SECTORS.get(told.removesuffix(" sector")):
        return sector
    found = [kind for kind, pattern in _TYPES if re.search(pattern, told)]
    if len(found) > 1 and RespondentType.OTHER in found:
        found.remove(RespondentType.OTHER)
    return found[0] if len(found) == 1 else RespondentType.UNKNOWN


def permission(answers: Iterable[tuple[str, str]]) -> Permission:
    """What the answers to a form's own questions, each a heading and a cell, allow together.

    It fails closed: NAMED only for a clear yes to being named, ANONYMOUS for a clear wish to be
    quoted so, WITHHELD where any answer is a clear no, and UNKNOWN for whatever else.
    """
    told = [(heading, cell) for heading, cell in answers if cell.strip()]
    found = {_permission(heading, cell) for heading, cell in told}
    for strict in (Permission.WITHHELD, Permission.ANONYMOUS):
        if strict in found:
            return strict
    unclear = any(
        _permission(heading, cell) is Permission.UNKNOWN
        and not _YES.fullmatch(cell.strip().casefold())
        for heading, cell in told
    )
    return Permission.NAMED if Permission.NAMED in found and not unclear else Permission.UNKNOWN


def is_decision(heading: str, cell: str) -> bool:
    """Whether a cell says yes or no, or how the row may be used."""
    said = " ".join(cell.casefold().split())
    plain = _YES.fullmatch(said) or _NO.fullmatch(said)
    return bool(plain) or _permission(heading, cell) is not Permission.UNKNOWN


def month_first(cells: Sequence[str]) -> bool:
    """Whether days are written in American order: some can only be read so and none the other
    way."""
    pairs = [found.groups() for cell in cells if (found := _NUMBERS.match(cell.strip()))]
    american = any(int(second) > 12 for _, second, _ in pairs)
    return american and not any(int(first) > 12 for first, _, _ in pairs)


def moment(words: str, american: bool = False) -> str:
    """A day or moment in ISO 8601: `2020-05-12`, `2020-05-12T10:03:00`, or with a zone told, in
    UTC, `2020-05-12T09:03:00Z`. Numbers are read day first, unless `american`; a bare number is
    days since 1899 as spreadsheets count ([ECMA-376] part 1, 18.17.4.1). Empty where the words
    are no day."""
    told = " ".join(words.split())
    if len(told) > _LONGEST_MOMENT:
        return ""
    if _SERIAL.fullmatch(told):
        return _iso(_SERIAL_START + timedelta(days=round(float(told) * 86400) / 86400))
    found = _TIME.search(told)
    rest = told[: found.start()] + " " + told[found.end() :] if found else told
    day = _day(rest, american)
    if day is None or not 1970 <= day.year <= 2100:
        return ""
    if found is None:
        return day.isoformat()
    try:
        return _iso(_with_time(day, found))
    except (ValueError, OverflowError):
        return day.isoformat()


def _permission(heading: str, cell: str) -> Permission:
    asked, said = (" ".join(words.casefold().split()) for words in (heading, cell))
    if _YES.fullmatch(said):
        return _agreed(asked)
    if "anonym" in said:
        clear = not _NEGATED.search(said) and not re.search(r"\bnamed?\b", said)
        return Permission.ANONYMOUS if clear else Permission.UNKNOWN
    if _NO.fullmatch(said):
        return Permission.UNKNOWN if _HIDING.search(asked) else Permission.WITHHELD
    if _SECRET.search(said):
        unclear = _NAMING.search(said) or re.search(r"\b(?:not|non)(?: be)?[ -]confid", said)
        return Permission.UNKNOWN if unclear else Permission.WITHHELD
    return Permission.NAMED if _names(said) and not _UNSURE.search(said) else Permission.UNKNOWN


def _agreed(asked: str) -> Permission:
    """What a plain yes to a question means."""
    if "anonym" in asked:
        return Permission.UNKNOWN if _NEGATED.search(asked) else Permission.ANONYMOUS
    if _SECRET.search(asked):
        return Permission.WITHHELD
    return Permission.NAMED if _names(asked) else Permission.UNKNOWN


def _names(words: str) -> bool:
    """Whether the words speak of publishing with the name, and of nothing against it."""
    return bool(_NAMED.search(words) and not _HIDING.search(words) and not _NEGATED.search(words))


def _day(words: str, american: bool) -> date | None:
    told = " ".join(_WEEKDAY.sub("", words).split()).strip(" ,·•")
    told = re.sub(r"(?:(?<=\d)T|\s(?:at|on))$|^(?:on|at)\s", "", told).strip(" ,·•")
    if found := _NUMBERS.fullmatch(told):
        first, second, year = found.groups()
        day, month = (second, first) if american else (first, second)
        return day_of(f"{day}/{month}/{year if len(year) == 4 else '20' + year}")
    if found := _YEAR_FIRST.fullmatch(told):
        return day_of("-".join(found.groups()))
    if found := _MONTH_FIRST.fullmatch(told):
        return day_of(f"{found[2]} {found[1]} {found[3]}")
    return day_of(told.replace("-", " ") if re.search("[A-Za-z]", told) else told)


def _with_time(day: date, found: re.Match[str]) -> datetime:
    hour, minute, second, half, zone, sign, hours, minutes = found.groups()
    number = int(hour) % 12 + 12 * (half.casefold() == "p") if half else int(hour)
    at = datetime.combine(day, time(number, int(minute), int(second or 0)))
    if sign:
        away = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return at.replace(tzinfo=timezone(away if sign == "+" else -away)).astimezone(UTC)
    return at.replace(tzinfo=UTC) if zone else at


def _iso(at: datetime) -> str:
    if at.tzinfo is None and at.time() == time():
        return at.date().isoformat()
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
