"""The tables of a project, made and changed by migrations that run in order and only once."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlite_utils import Database, Migrations

from coder.domain.errors import EvidenceError, Outdated, Refused
from coder.store import acts, chain, quoted, trail
from coder.store.backup import RESTORE

migrations = Migrations("evidence-coder")

REF = "CASE WHEN json_valid(after) THEN json_extract(after, '$.ref') END"
"""The reference that a change of a submission gave it; there is an index on its length and it."""


def _columns(text: str, whole: str = "", real: str = "") -> dict[str, type]:
    kinds: tuple[tuple[str, type], ...] = ((text, str), (whole, int), (real, float))
    return {name: kind for names, kind in kinds for name in names.split()}


@migrations()
def evidence(db: Database) -> None:
    """Submissions, their documents and recordings, and the account of files received."""
    db.table("inquiry").create(_columns("id title prefix closes created_at"), pk="id")
    db.table("coders").create(_columns("id name created_at"), pk="id")
    db.table("coders").create_index(["name"], unique=True)
    db.table("submissions").create(
        _columns(
            "id ref respondent organisation type permission region received channel status flags"
        ),
        pk="id",
    )
    db.table("submissions").create_index(["ref"], unique=True)
    db.table("originals").create(_columns("id name media_type", whole="bytes"), pk="id")
    db.table("documents").create(
        _columns(
            "id submission_id title kind text paragraphs original media_type source_id problems",
            whole="position media_ms machine_draft silent",
        ),
        pk="id",
        foreign_keys=[("submission_id", "submissions", "id"), ("source_id", "documents", "id")],
    )
    db.table("documents").create_index(["submission_id", "position"])
    db.table("documents").create_index(["original"])
    db.table("documents").create_index(["source_id"])
    db.table("segments").create(
        _columns(
            "id document_id text speaker words",
            whole="position start start_ms end_ms",
            real="confidence no_speech compression temperature",
        ),
        pk="id",
        foreign_keys=[("document_id", "documents", "id")],
    )
    db.table("segments").create_index(["document_id", "position"], unique=True)
    db.table("receipts").create(
        _columns("id at path outcome submission_id original what"),
        pk="id",
    )
    db.table("receipts").create_index(["original"])


@migrations()
def codebook(db: Database) -> None:
    """The codebook and what was coded with it."""
    db.table("codes").create(
        _columns("id name parent_id colour definition use_when not_when key", whole="position"),
        pk="id",
        foreign_keys=[("parent_id", "codes", "id")],
    )
    db.table("codes").create_index(["parent_id", "position"])
    db.table("codings").create(
        _columns(
            "id document_id code_id coder_id quote created_at memo",
            whole="start end marked sensitive",
        ),
        pk="id",
        foreign_keys=[
            ("document_id", "documents", "id"),
            ("code_id", "codes", "id"),
            ("coder_id", "coders", "id"),
        ],
    )
    db.table("codings").create_index(["document_id", "start"])
    db.table("codings").create_index(["code_id", "document_id"])
    db.table("codings").create_index(["coder_id"])


@migrations()
def journal(db: Database) -> None:
    """Who did what, when: steps and the rows each of them changed. Only ever appended to."""
    db.table("steps").create(
        _columns("id origin at coder_id label kind reverses hash", whole="seq"),
        pk="seq",
    )
    db.table("steps").create_index(["id"], unique=True)
    db.table("steps").create_index(["reverses"])
    db.table("steps").create_index(["coder_id", "seq"])
    db.table("changes").create(
        _columns("table_name row_id before after", whole="seq position"),
        pk=("seq", "position"),
        foreign_keys=[("seq", "steps", "seq")],
    )
    db.table("changes").create_index(["table_name", "row_id"])


@migrations()
def full_text(db: Database) -> None:
    """Every paragraph, transcript segment and memo, for search by words and their stems."""
    db.table("passages").create(
        _columns("owner kind document_id text", whole="id start"),
        pk="id",
    )
    db.table("passages").create_index(["owner"])
    db.table("passages").enable_fts(
        ["text"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2"
    )


def refuse_foreign(db: Database, name: str) -> None:
    """Raises EvidenceError where the database was not made by this program, or is empty."""
    if not {"inquiry", "steps", "changes"} <= set(db.table_names()):
        raise EvidenceError(
            f"The database of “{name}” is damaged or is not one of Evidence Coder.",
            RESTORE,
        )


def refuse_newer(db: Database, name: str) -> None:
    """Raises Refused where a later version of the program has been at this project.

    `name` is how the project is called in the message.
    """
    with closing(sqlite3.connect(":memory:")) as nothing:
        known = {step.name for step in migrations.pending(Database(nothing))}
    if {step.name for step in migrations.applied(db)} - known:
        raise Refused(
            f"“{name}” was made by a newer version of Evidence Coder.",
            "Update the program to open it; nothing in the project has been changed.",
        )


def refuse_older(db: Database, name: str) -> None:
    """Raises Outdated where the project must be brought up to date before it can be read."""
    if migrations.pending(db):
        raise Outdated(
            f"“{name}” was made by an older version of Evidence Coder.",
            "Open it once in the window, where it can be written to; that brings it up to date.",
        )


@migrations()
def copy(db: Database) -> None:
    """Which copy of the project this folder is: steps made in it carry its id."""
    db.table("copy").create(_columns("id made_at"), pk="id")


@migrations()
def intake(db: Database) -> None:
    """What else intake knows: of which submission one is a twin, which question an answer answers,
    and what a file came in."""
    for table, name in (
        ("submissions", "of_id"),
        ("documents", "question"),
        ("receipts", "inside"),
        ("receipts", "container"),
    ):
        db.table(table).add_column(name, str, not_null_default="")
    db.table("submissions").create_index(["of_id"])
    db.table("receipts").create_index(["submission_id"])
    db.table("receipts").create_index(["container"])


@migrations()
def seals(db: Database) -> None:
    """Changes and labels are sealed, so that they can be erased while the chain still holds; and
    which erasures have yet to be finished outside the database."""
    for table, names in (("changes", "salt digest"), ("steps", "salt label_digest")):
        for name in names.split():
            db.table(table).add_column(name, str, not_null_default="")
        db.table(table).add_column("erased", int)
    chain.seal_old(db.conn)
    db.table("erasing").create(_columns("submissions originals", whole="seq"), pk="seq")
    for table in ("changes", "steps"):
        db.execute(f"CREATE INDEX {table}_erased ON {table} (erased) WHERE erased IS NOT NULL")
    db.execute(
        f"CREATE INDEX changes_ref ON changes (length({REF}), {REF})"
        " WHERE table_name = 'submissions'"
    )


@migrations()
def traces(db: Database) -> None:
    """By what the files of withdrawn submissions are known when they are given again."""
    db.table("traces").create(_columns("digest salt submission_id"), pk="digest")


@migrations()
def workspace(db: Database) -> None:
    """Memos on more than passages, how far each coder is, and the examples of a code."""
    db.table("memos").create(
        _columns("id about of_id coder_id created_at text"),
        pk="id",
        foreign_keys=[("coder_id", "coders", "id")],
    )
    db.table("memos").create_index(["of_id"])
    db.table("readings").create(
        _columns("id document_id coder_id read_at coded_at"),
        pk="id",
        foreign_keys=[("coder_id", "coders", "id")],
    )
    db.table("readings").create_index(["document_id", "coder_id"])
    db.table("readings").create_index(["coder_id"])
    db.table("codes").add_column("examples", str, not_null_default="[]")


@migrations()
def likeness(db: Database) -> None:
    """The words of tagged passages, by which like ones are found."""
    db.table("coded").create(_columns("owner text", whole="id"), pk="id")
    db.table("coded").create_index(["owner"])
    db.execute(
        "INSERT INTO coded (owner, text) SELECT id, replace(quote, char(0), ' ') FROM codings"
    )
    db.table("coded").enable_fts(
        ["text"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2"
    )


@migrations()
def lines(db: Database) -> None:
    """A segment keeps its order among the others and no longer its place in the text, so that an
    edit of one leaves those behind it alone; and what it said before a person corrected it."""
    db.execute("DROP INDEX idx_segments_document_id_position")
    db.execute("ALTER TABLE segments DROP COLUMN start")
    db.table("segments").add_column("heard", str, not_null_default="")
    db.table("segments").create_index(["document_id", "position"])
    db.execute("UPDATE passages SET start = 0 WHERE owner IN (SELECT id FROM segments)")


@migrations()
def finding(db: Database) -> None:
    """Which passages a document has, so that a search may keep to some of them."""
    db.table("passages").create_index(["document_id"])


@migrations()
def counting(db: Database) -> None:
    """Whose codings a document has and how far they reach, so that counts need no rows."""
    db.table("codings").create_index(["document_id", "coder_id", "end"])


@migrations()
def hearings(db: Database) -> None:
    """How recordings are heard and in which order, which parts of them were, which segments a
    person stands by, and what the inquiry expects to hear."""
    db.table("hearings").create(
        _columns(
            "id media_id transcript_id standing engine model language hotwords problem added_at",
            whole="track apart again",
            real="position",
        ),
        pk="id",
        foreign_keys=[("media_id", "documents", "id")],
    )
    db.table("hearings").create_index(["media_id"])
    db.table("hearings").create_index(["transcript_id"])
    db.table("stretches").create(
        _columns("id document_id", whole="start_ms end_ms speech"),
        pk="id",
        foreign_keys=[("document_id", "documents", "id")],
    )
    db.table("stretches").create_index(["document_id", "start_ms"])
    db.table("segments").add_column("checked", int, not_null_default=0)
    db.table("inquiry").add_column("terms", str, not_null_default="")


@migrations()
def baskets(db: Database) -> None:
    """Quotes chosen for a report, filters worth keeping, and the names that anonymous respondents
    are quoted under."""
    db.table("submissions").add_column("pseudonym", str, not_null_default="")
    db.table("baskets").create(
        _columns("id name coder_id created_at", real="position"),
        pk="id",
        foreign_keys=[("coder_id", "coders", "id")],
    )
    db.table("basket_items").create(
        _columns(
            "id basket_id kind coder_id created_at document_id quote omitted code_id text note",
            whole="start end",
            real="position",
        ),
        pk="id",
        foreign_keys=[
            ("basket_id", "baskets", "id"),
            ("coder_id", "coders", "id"),
            ("document_id", "documents", "id"),
        ],
    )
    db.table("basket_items").create_index(["basket_id", "position"])
    db.table("basket_items").create_index(["document_id", "start"])
    db.table("filters").create(
        _columns("id name coder_id created_at asked"),
        pk="id",
        foreign_keys=[("coder_id", "coders", "id")],
    )


@migrations()
def masking(db: Database) -> None:
    """What is masked in anonymous quotes beside the names of those who sent them."""
    db.table("submissions").add_column("also_masked", str, not_null_default="")


@migrations()
def reworded_quotes(db: Database) -> None:
    """What a quote in a basket showed before its transcript was corrected."""
    db.table("basket_items").add_column("was", str, not_null_default="")


@migrations()
def quoting(db: Database) -> None:
    """Where every coding stands, in numbers, for the list of quotes."""
    for statement in quoted.TABLES:
        db.execute(statement)
    quoted.rebuild(db.conn)


@migrations()
def together(db: Database) -> None:
    """Who is to code what, what coders settled, what reviewers dismissed and signed off."""
    by = ("coder_id", "coders", "id")
    db.table("assignments").create(
        _columns("id submission_id coder_id given_by given_at", whole="twice"),
        pk="id",
        foreign_keys=[by, ("submission_id", "submissions", "id")],
    )
    db.table("assignments").create_index(["submission_id"])
    db.table("decisions").create(
        _columns(
            "id document_id coder_id decided_at how why codings agreed state", whole="start end"
        ),
        pk="id",
        foreign_keys=[by, ("document_id", "documents", "id")],
    )
    db.table("decisions").create_index(["document_id", "start"])
    db.table("dismissals").create(
        _columns("id kind about coder_id dismissed_at reason state submissions", whole="size"),
        pk="id",
        foreign_keys=[by],
    )
    db.table("sign_offs").create(
        _columns("id about of_id coder_id signed_at state version note"),
        pk="id",
        foreign_keys=[by],
    )
    db.table("sign_offs").create_index(["of_id"])


@migrations()
def trails(db: Database) -> None:
    """By what the trail is narrowed to a submission, a code, a kind of act or a time."""
    for statement in trail.INDEXES:
        db.execute(statement)


@migrations()
def merging(db: Database) -> None:
    """What copies of a project bring one another: the steps made elsewhere with their changes, what
    each merge brought, and what could not be kept of both sides. Steps count as made after all that
    they had seen, and may come without their content, where a copy was shared in part."""
    db.table("steps").add_column("stamp", str, not_null_default="")
    db.table("codes").add_column("merged_into", str, not_null_default="")
    for table in ("steps", "changes"):
        db.table(table).add_column("left_out", int)
    db.table("erasing").add_column("documents", str, not_null_default="[]")
    chain.stamp_old(db.conn)
    db.table("brought").create(_columns("id seen sealed"), pk="id")
    db.table("brought_steps").create(
        _columns(
            "id origin previous hash content at stamp coder_id label kind reverses salt"
            " label_digest",
            whole="merge seq line erased left_out",
        ),
        pk=("merge", "id"),
    )
    db.table("steps").create_index(["stamp"])
    for names in (["id"], ["reverses"], ["origin", "seq"], ["stamp"]):
        db.table("brought_steps").create_index(names)
    db.table("brought_changes").create(
        _columns(
            "id table_name row_id before after salt digest",
            whole="merge position line erased left_out",
        ),
        pk=("merge", "id", "position"),
    )
    db.table("brought_changes").create_index(["table_name", "row_id"])
    for table in ("brought_changes", "brought_steps"):
        db.execute(f"CREATE INDEX {table}_erased ON {table} (erased) WHERE erased IS NOT NULL")
    for table in ("changes", "steps", "brought_changes", "brought_steps"):
        db.execute(f"CREATE INDEX {table}_left ON {table} (left_out) WHERE left_out IS NOT NULL")
    db.execute(
        f"CREATE INDEX brought_ref ON brought_changes (length({REF}), {REF})"
        " WHERE table_name = 'submissions'"
    )
    db.table("clashes").create(
        _columns("id kind table_name row_id field kept lost", whole="merge"), pk="id"
    )
    for statement in (*acts.VIEWS, *trail.BROUGHT_INDEXES, *trail.VIEWS):
        db.execute(statement)


@migrations()
def absent(db: Database) -> None:
    """The originals that were left out of this copy on purpose, when it was shared."""
    db.table("absent").create(_columns("digest"), pk="digest")


@migrations()
def known_clashes(db: Database) -> None:
    """Up to which step of this copy the list of clashes has taken acts into account."""
    db.table("clashes").add_column("known", int, not_null_default=0)
    db.execute("UPDATE clashes SET known = merge")


@migrations()
def told_since(db: Database) -> None:
    """Steps that were left out of this copy have their labels again once a fuller one came."""
    for statement in (acts.VIEWS[0], trail.VIEWS[0]):
        db.execute(f"DROP VIEW {statement.split()[2]}")
        db.execute(statement)
