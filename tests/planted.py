"""An invented inquiry with two coders: plain, or with thirty inconsistencies planted in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from coder.analysis.consistency.findings import Finding, Kind
from coder.analysis.consistency.material import Material
from coder.domain.model import (
    Code,
    Coder,
    Coding,
    Document,
    DocumentKind,
    Reading,
    Style,
    Submission,
    new_id,
)
from coder.domain.paragraphs import lay_out
from coder.project import Project
from coder.project.progress import reading_id

TOPICS = {
    "Buses": "bus route timetable driver fare stop village evening pass shelter depot service",
    "Choirs": "choir song singing alto concert rehearsal voice carol hymn conductor tune harmony",
    "Libraries": "library book reader shelf story novel borrowing librarian page author desk tale",
    "Gardens": "garden allotment seed spade marrow compost bed plot harvest bean tool greenhouse",
    "Telephones": "telephone call ringing line number receiver chat dial operator message tone",
    "Food": "meal kitchen cook soup bread parcel recipe supper lunch larder freezer casserole",
    "Schools": "school pupil teacher classroom lesson playground term homework parent pen exam",
    "Faith": "church mosque temple prayer minister congregation sermon chapel vigil pew psalm",
    "Money": "grant fund pound budget donor invoice treasurer cheque ledger bank audit receipt",
    "Sport": "football pitch match goal coach swimmer pool league kit referee team whistle",
}
_VERBS = (
    "opened changed helped carried reached missed shared ended began filled moved kept found lost"
    " joined asked gave took sent held met told left served"
)
_PLAIN = (
    "people week street afternoon town neighbour friend month county building corner season family"
    " summer winter office committee report letter road hall winter region life"
)
_ENDS = ("again", "at last", "for now", "in the end", "by itself", "all year", "as before", "alone")
_DAY = timedelta(days=1)
_BEGAN = datetime(2021, 1, 4, 9, tzinfo=UTC)


@dataclass
class Plant:
    """What was planted: a kind of finding, and what tells it from others of the kind."""

    kind: Kind
    codes: frozenset[str] = frozenset()
    refs: frozenset[str] = frozenset()

    def is_(self, finding: Finding) -> bool:
        """Whether a finding is this one."""
        refs = {one.ref for one in finding.passages}
        return finding.kind is self.kind and self.codes <= set(finding.paths) and self.refs <= refs


@dataclass
class Inquiry:
    """Records in the making."""

    dice: Random
    codes: dict[str, Code] = field(default_factory=dict)
    submissions: list[Submission] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    agreed: list[Coding] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)
    coders: dict[str, Coder] = field(
        default_factory=lambda: {name: Coder(new_id(), name, "") for name in ("Ada", "Ben")}
    )

    def code(self, name: str, definition: str = "", parent: str = "") -> str:
        """Makes a code; gives its path."""
        above = self.codes[parent].id if parent else None
        path = f"{parent}/{name}" if parent else name
        self.codes[path] = Code(new_id(), name, above, len(self.codes), "blue", definition)
        return path

    def sentence(self, *topics: str) -> str:
        """A sentence of the words of these topics."""
        words = " ".join(TOPICS[topic] for topic in topics) or _PLAIN

        def pick(of: str) -> str:
            return self.dice.choice(of.split())

        return (
            f"In {pick(_PLAIN)} {self.dice.randrange(2, 900)} the {pick(words)} {pick(_VERBS)} our"
            f" {pick(words)} and the {pick(_PLAIN)} {pick(_VERBS)} {pick(words)}, so every"
            f" {pick(words)} {pick(_VERBS)} the {pick(_PLAIN)} {self.dice.choice(_ENDS)}."
        )

    def paragraph(self, *topics: str) -> str:
        """Two such sentences."""
        return f"{self.sentence(*topics)} {self.sentence(*topics)}"

    def letter(self, paragraphs: Sequence[str], **about: object) -> Document:
        """A submission of one document with these paragraphs."""
        owner = Submission(new_id(), f"PLN{len(self.submissions) + 1:04}", **about)  # type: ignore[arg-type]
        text, spans = lay_out((one, Style.BODY) for one in paragraphs)
        made = Document(new_id(), owner.id, 0, "letter", DocumentKind.DOCUMENT, text, spans)
        self.submissions.append(owner)
        self.documents.append(made)
        return made

    def ref(self, document: Document) -> str:
        """The reference of a document's submission."""
        return next(one.ref for one in self.submissions if one.id == document.submission_id)

    def tag(
        self, document: Document, words: str | int, path: str, coder: str = "Ada", day: float = 0
    ) -> None:
        """Tags these words, or the paragraph of this number, so many days after the beginning."""
        if isinstance(words, int):
            start, end = document.paragraphs[words].start, document.paragraphs[words].end
        else:
            start = document.text.index(words)
            end = start + len(words)
        at = (
            (_BEGAN + day * _DAY + timedelta(seconds=len(self.codings)))
            .isoformat()
            .replace("+00:00", "Z")
        )
        quote, who = document.text[start:end], self.coders[coder].id
        self.codings.append(
            Coding(new_id(), document.id, self.codes[path].id, who, start, end, quote, at)
        )

    def plant(self, kind: Kind, *codes: str, of: Sequence[Document] = ()) -> None:
        """Notes what was planted."""
        refs = frozenset(self.ref(one) for one in of)
        self.plants.append(Plant(kind, frozenset(codes), refs))

    def read(self, document: Document, coder: str = "Ada") -> None:
        """Notes that a coder has read a document to its end."""
        who = self.coders[coder].id
        at = _BEGAN.isoformat().replace("+00:00", "Z")
        self.readings.append(Reading(reading_id(document.id, who), document.id, who, at))

    def save(self, folder: Path) -> None:
        """Makes the project."""
        with (
            Project.create(
                folder, "Planted", "PLN", "Ada", coder_id=self.coders["Ada"].id
            ) as project,
            project._store.step("Make", project.coder) as tx,
        ):
            tx.put(self.coders["Ben"])
            for several in (self.submissions, self.documents, self.codes.values()):
                for one in several:
                    tx.put(one)
            for one in (*self.codings, *self.readings, *self.agreed):
                tx.put(one)


def plain(seed: int = 1, submissions: int = 60) -> Inquiry:
    """A consistent inquiry as far as people are: paragraphs of ten topics, a code for each; Ada
    codes all of them, Ben every other; ends of tags differ, and of a paragraph on two topics
    either is taken."""
    inquiry = Inquiry(Random(seed))
    dice = inquiry.dice
    for topic, words in TOPICS.items():
        inquiry.code(topic, f"What people say of {', '.join(words.split()[:4])} and the like.")
    for number in range(submissions):
        told: list[tuple[str, ...]] = []
        for _ in range(8):
            kind = dice.random()
            many = 0 if kind < 0.15 else 2 if kind < 0.3 else 1
            told.append(tuple(dice.sample(list(TOPICS), many)))
        document = inquiry.letter([inquiry.paragraph(*topics) for topics in told])
        for place, topics in enumerate(told):
            for coder in ("Ada", "Ben") if number % 2 else ("Ada",):
                if topics:
                    _tag_as_people_do(inquiry, document, place, dice.choice(topics), coder, number)
        inquiry.read(document)
    return inquiry


def _tag_as_people_do(
    inquiry: Inquiry, document: Document, place: int, topic: str, coder: str, day: int
) -> None:
    paragraph = document.paragraphs[place]
    words = document.text[paragraph.start : paragraph.end]
    first = words.index(". ") + 1
    part = inquiry.dice.choice((words, words, words[:first], words[first + 1 :]))
    inquiry.tag(document, part, topic, coder, day)


def planted(seed: int = 1) -> Inquiry:
    """The plain inquiry with thirty inconsistencies of all kinds."""
    inquiry = plain(seed)
    _alike(inquiry)
    _campaigns(inquiry)
    _lacking(inquiry)
    _drifts(inquiry)
    _companions(inquiry)
    _codebook(inquiry)
    _lengths(inquiry)
    return inquiry


def _alike(inquiry: Inquiry) -> None:
    """Five passages that are tagged differently where they stand again."""

    def pair(topic: str, words: str, again: str, *tags: tuple[str, str, float]) -> None:
        documents = [inquiry.letter([inquiry.paragraph(), one]) for one in (words, again)]
        for place, path, coder, day in ((int(d >= 30), p, c, d) for p, c, d in tags):
            inquiry.tag(documents[place], 1, path, coder, day)
        inquiry.plant(Kind.ALIKE, topic, of=documents)

    words = inquiry.sentence("Buses")
    pair("Buses", words, words, ("Buses", "Ada", 3), ("Schools", "Ben", 40))
    words = inquiry.sentence("Choirs")
    pair("Choirs", words, words, ("Choirs", "Ada", 3), ("Faith", "Ada", 40))
    words = inquiry.sentence("Gardens")
    again = words.replace("so every", "so each")
    pair("Gardens", words, again, ("Gardens", "Ada", 3), ("Food", "Ben", 40))
    words = inquiry.sentence("Money")
    pair("Money", words, words, ("Money", "Ben", 3), ("Money", "Ben", 40), ("Sport", "Ben", 41))
    words = inquiry.sentence("Libraries")
    third = inquiry.letter([inquiry.paragraph(), words])
    inquiry.tag(third, 1, "Libraries", "Ada", 5)
    pair("Libraries", words, words, ("Libraries", "Ada", 3), ("Telephones", "Ada", 44))


def _campaigns(inquiry: Inquiry) -> None:
    """Three campaigns whose letters are tagged differently."""
    for number, (path, other) in enumerate(
        (("Buses", "Money"), ("Schools", ""), ("Food", "Gardens"))
    ):
        shared = [inquiry.sentence(path) for _ in range(3)]
        head = inquiry.letter([*shared, inquiry.paragraph()], flags=("campaign",))
        ending = [shared[0].replace("so every", "so each")] if number == 2 else [shared[0]]
        letter = inquiry.letter(
            [*ending, *shared[1:]], flags=("campaign",), of_id=head.submission_id
        )
        for document in (head, letter):
            inquiry.tag(document, 1, path, "Ada", 5)
            inquiry.tag(document, 2, path, "Ada", 5)
        inquiry.tag(head, 0, path, "Ada", 5)
        if other:
            inquiry.tag(letter, 0, other, "Ben", 6)
        else:
            inquiry.read(letter)
        inquiry.plant(Kind.CAMPAIGN, path, of=(head, letter))


def _lacking(inquiry: Inquiry) -> None:
    """Two passages whose words are tagged elsewhere, and two that speak like a code."""
    for path in ("Faith", "Telephones"):
        words = inquiry.sentence(path)
        tagged = inquiry.letter([words, inquiry.paragraph()])
        inquiry.tag(tagged, 0, path, "Ben", 7)
        bare = inquiry.letter([inquiry.paragraph(path), words, inquiry.paragraph(path)])
        inquiry.tag(bare, 0, path, "Ben", 7)
        inquiry.tag(bare, 2, path, "Ben", 7)
        inquiry.plant(Kind.LACKING, path, of=(tagged, bare))
    for path in ("Sport", "Schools"):
        bare = inquiry.letter([inquiry.paragraph("Money"), inquiry.paragraph(path)])
        inquiry.tag(bare, 0, "Money", "Ada", 8)
        inquiry.read(bare)
        inquiry.plant(Kind.LACKING, path, of=(bare,))


def _drifts(inquiry: Inquiry) -> None:
    """Two codes that change over time, two that mean another thing to Ben, and two that Ben hardly
    uses."""
    drifting = (("Belonging", "Choirs", "Sport"), ("Access", "Buses", "Telephones"))
    meaning = (("Care", "Food", "Faith"), ("Learning", "Libraries", "Gardens"))
    rare = (("Hope", "Schools"), ("Change", "Money"))
    for name in ("Belonging", "Access", "Care", "Learning", "Hope", "Change"):
        inquiry.code(name, f"Where {name.lower()} is spoken of.")
    for number, document in enumerate(_letters_of(inquiry, 40)):
        for place, (path, early, late) in enumerate(drifting):
            _add(inquiry, document, place, early if number < 20 else late, path, "Ada", number)
        for place, (path, hers, his) in enumerate(meaning, 2):
            coder, topic = (("Ada", hers), ("Ben", his))[number % 2]
            _add(inquiry, document, place, topic, path, coder, number)
        for place, (path, topic) in enumerate(rare, 4):
            _add(inquiry, document, place, topic, path, "Ada", number)
            if number < 8:
                inquiry.tag(document, place, path, "Ben", number)
    for path, _, _ in drifting:
        inquiry.plant(Kind.DRIFT, path)
    for path, _, _ in meaning:
        inquiry.plant(Kind.SENSE, path)
    for path, _ in rare:
        inquiry.plant(Kind.RATE, path)


def _letters_of(inquiry: Inquiry, many: int) -> list[Document]:
    """Letters of six paragraphs on two topics, a pair for each of six codes, made to be filled."""
    pairs = (
        ("Choirs", "Sport"), ("Buses", "Telephones"), ("Food", "Faith"), ("Libraries", "Gardens"),
        ("Schools",), ("Money",),
    )  # fmt: skip
    made = []
    for number in range(many):
        early = int(number >= many // 2)
        other = number % 2
        sides = (early, early, other, other, 0, 0)
        topics = [pair[side] for pair, side in zip(pairs, sides, strict=True)]
        made.append(inquiry.letter([inquiry.paragraph(topic) for topic in topics]))
    return made


def _add(
    inquiry: Inquiry, document: Document, place: int, topic: str, path: str, coder: str, day: int
) -> None:
    for one in inquiry.coders:
        inquiry.tag(document, place, topic, one, day)
    inquiry.tag(document, place, path, coder, day)


def _companions(inquiry: Inquiry) -> None:
    """Two pairs of codes that always go together, and two sub-codes always below their parents."""
    pairs = (("Warmth", "Comfort"), ("Rules", "Permits"))
    for pair in pairs:
        for name in pair:
            inquiry.code(name, f"Where {name.lower()} is spoken of.")
    below = [
        inquiry.code(name, "A part of it.", above)
        for name, above in (("Tickets", "Buses"), ("Prayer groups", "Faith"))
    ]
    for number in range(12):
        document = inquiry.letter(
            [
                inquiry.paragraph(),
                inquiry.paragraph(),
                *(inquiry.paragraph(path.split("/")[0]) for path in below),
            ]
        )
        for place, pair in enumerate(pairs):
            for path in pair:
                inquiry.tag(document, place, path, "Ada", 20 + number)
        for place, path in enumerate(below, 2):
            inquiry.tag(document, place, path, "Ada", 20 + number)
            inquiry.tag(document, place, path.split("/")[0], "Ada", 20 + number)
    for pair in pairs:
        inquiry.plant(Kind.TOGETHER, *pair)
    for path in below:
        inquiry.plant(Kind.PARENT, path)


def _codebook(inquiry: Inquiry) -> None:
    """Two codes without a definition, one unused, one used once; two letters without a tag."""
    for name in ("Kindness", "Noise"):
        path = inquiry.code(name)
        for day in (9, 30):
            inquiry.tag(inquiry.letter([inquiry.paragraph()]), 0, path, "Ada", day)
        inquiry.plant(Kind.UNDEFINED, path)
    inquiry.plant(Kind.UNUSED, inquiry.code("Lighthouses", "Towers with a lamp."))
    once = inquiry.code("Ferries", "Boats to the island.")
    inquiry.tag(inquiry.letter([inquiry.paragraph()]), 0, once, "Ben", 12)
    inquiry.plant(Kind.ONCE, once)
    for coder in ("Ada", "Ben"):
        silent = inquiry.letter([inquiry.paragraph() for _ in range(4)])
        inquiry.read(silent, coder)
        inquiry.plant(Kind.NOTHING, of=(silent,))


def _lengths(inquiry: Inquiry) -> None:
    """A tag of one word and one of pages."""
    short = inquiry.letter([f"We met for a {TOPICS['Food'].split()[0]} here.", inquiry.paragraph()])
    inquiry.tag(short, "meal", "Food", "Ada", 14)
    inquiry.plant(Kind.SHORT, "Food", of=(short,))
    long = inquiry.letter([inquiry.paragraph("Sport") for _ in range(20)])
    inquiry.tag(long, long.text.strip(), "Sport", "Ben", 15)
    inquiry.plant(Kind.LONG, "Sport", of=(long,))


def material_of(inquiry: Inquiry) -> Material:
    """The inquiry as it is looked through, without a project."""
    return Material(
        {one.id: one for one in inquiry.codes.values()},
        {one.id: one.name for one in inquiry.coders.values()},
        {one.id: one for one in inquiry.submissions},
        {one.id: one for one in inquiry.documents},
        inquiry.codings,
        inquiry.readings,
        inquiry.agreed,
    )


def missed_and_unplanted(
    inquiry: Inquiry, found: Iterable[Finding]
) -> tuple[list[Plant], list[Finding]]:
    """What was planted and is not among the findings, each of which counts for one plant, and the
    findings that are left."""
    left, missed = list(found), []
    for plant in inquiry.plants:
        hit = next((one for one in left if plant.is_(one)), None)
        if hit is None:
            missed.append(plant)
        else:
            left.remove(hit)
    return missed, left
