"""What is erased is nowhere in the project folder; the journal holds and says that it was done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from coder.domain.draft import Source
from coder.domain.errors import Refused
from coder.domain.model import (
    Coding,
    Document,
    DocumentKind,
    Original,
    Receipt,
    RespondentType,
    Segment,
    Status,
    Style,
    Submission,
)
from coder.domain.paragraphs import lay_out
from coder.store.connection import DATABASE
from coder.store.journal import MACHINE
from coder.store.store import Store

WORDS = {
    "body": "Quetzalcoatl",
    "memo": "Zugzwangphrase",
    "path": "Wolpertinger",
    "name": "Ozymandiax",
    "heard": "Brobdingnagix",
    "attached": "Xylophagousy",
    "label": "Kwyjiboesque",
    "question": "Jabberwockish",
}


def evidence(desk, ref: str, words: dict[str, str], container: str = "") -> Submission:
    """A submission with a text, a recording with a transcript, an attachment and a tag."""
    store, ann = desk.store, desk.ann
    sources = [
        Source(f"{words['path']}.txt", f"I am {words['body']}.".encode()),
        Source(f"{words['attached']}.bin", words["attached"].encode("utf-16-le")),
    ]
    letter, attached = (store.keep_original(source) for source in sources)
    text, spans = lay_out([(f"I am {words['body']}.", Style.BODY)])
    submission = Submission(
        ref.lower(), ref, words["name"], words["name"], RespondentType.COUNCIL,
        region=words["name"], received="2020-09-18T10:00:00Z", channel="email", flags=("late",),
    )  # fmt: skip
    document = Document(
        f"{ref}-d", submission.id, 0, f"{words['path']}.txt", DocumentKind.DOCUMENT, text, spans,
        letter.id, problems=(words["question"],), question=words["question"],
    )  # fmt: skip
    media = Document(
        f"{ref}-m", submission.id, 1, words["path"], DocumentKind.MEDIA, original=attached.id
    )
    with store.step(f"Import “{words['path']}.txt”", ann) as tx:
        for record in (submission, letter, attached, document, media):
            tx.put(record)
        tx.put(
            Receipt(
                f"{ref}-r", "2020", f"/in/{words['path']}.zip", "imported", submission.id,
                letter.id, words["name"], f"{words['path']}.txt", container,
            )
        )  # fmt: skip
    transcript = Document(
        f"{ref}-t", submission.id, 1, words["path"], DocumentKind.TRANSCRIPT, source_id=media.id
    )
    with store.step(f"Hear {words['label']}", ann, MACHINE) as tx:
        tx.put(transcript)
        tx.put(Segment(f"{ref}-g", transcript.id, 0, 0, 1, words["heard"]))
    coding = Coding(f"{ref}-k", document.id, "c", "ann", 0, len(text), text, "2020", words["memo"])
    with store.step(f"Tag {words['label']}", ann) as tx:
        tx.put(coding)
    with store.step("Write a memo", ann) as tx:
        tx.put(replace(coding, memo=f"not {words['memo']}"))
    with store.step(f"Change {words['label']}", ann) as tx:
        tx.put(replace(submission, respondent=f"Not {words['name']}"))
    return submission


def bytes_in(container: Path) -> list[bytes]:
    """The names and contents of every file in a folder."""
    files = [path for path in container.rglob("*") if path.is_file()]
    return [os.fsencode(path.name) for path in files] + [path.read_bytes() for path in files]


def found(folder: Path, words: dict[str, str]) -> set[str]:
    """Which of these words, or their stems, lie in a file of the folder or in a name of one."""
    content = bytes_in(folder)
    return {
        kind
        for kind, word in words.items()
        for form in (word, word.lower(), word[:8].lower())
        for coding in ("utf-8", "utf-16-le")
        if any(form.encode(coding) in one for one in content)
    }


OTHER = {kind: f"{word[::-1].lower()}" for kind, word in WORDS.items()}


@pytest.fixture
def two(desk) -> Submission:
    """Two submissions with backups of one and of both; the first is to be erased."""
    desk.code()
    first = evidence(desk, "SIC0001", WORDS)
    desk.store.back_up(date(2020, 9, 17))
    evidence(desk, "SIC0002", OTHER)
    desk.store.back_up(date(2020, 9, 18))
    return first


def test_nothing_of_it_is_left_in_any_file_and_all_of_the_other(
    desk, two: Submission, folder: Path
) -> None:
    assert found(folder, WORDS) == set(WORDS)
    others = len([path for path in (folder / "originals").rglob("*") if path.is_file()]) - 2

    gone = desk.store.erase(two.id, desk.ann)

    assert found(folder, WORDS) == set()
    assert found(folder, OTHER) == set(OTHER)
    assert desk.store.verify() == []
    assert (gone.refs, gone.documents, gone.codings, gone.originals) == (["SIC0001"], 3, 1, 2)
    assert gone.characters == len("I am Quetzalcoatl.") + len("Brobdingnagix")
    assert (gone.rewritten, gone.removed, gone.shared, gone.unfinished) == (2, [], [], [])
    assert len([path for path in (folder / "originals").rglob("*") if path.is_file()]) == others
    assert desk.store.read.find("Quetzalcoatl") == []
    assert len(desk.store.read.find(OTHER["body"])) == 1


def test_the_reference_stays_with_what_says_nothing_of_anybody(desk, two: Submission) -> None:
    desk.store.erase(two.id, desk.ann)

    assert desk.store.read.submission("SIC0001") == Submission(
        two.id,
        "SIC0001",
        type=RespondentType.COUNCIL,
        received="2020-09-18",
        channel="email",
        status=Status.WITHDRAWN,
    )
    receipt = next(one for one in desk.store.read.receipts() if one.submission_id == two.id)
    assert receipt == Receipt("SIC0001-r", "2020", "", "imported", two.id)
    assert desk.store.read.highest_number("SIC") == 2


def test_the_history_says_who_did_it_and_hides_what_went(desk, two: Submission) -> None:
    desk.store.erase(two.id, desk.ben)

    last, *before = desk.store.read.history()
    assert (last.label, last.kind, last.coder) == ("Withdraw SIC0001", "erasure", "Ben")
    assert [one.label for one in before].count("Something withdrawn since") == 5
    told = [one.label for one in desk.store.read.story()]
    assert told.count("Something withdrawn since") == 1
    assert told[0] == "Withdraw SIC0001"


def test_backups_open_and_verify_afterwards(desk, two: Submission, folder: Path, tmp_path) -> None:
    desk.store.erase(two.id, desk.ann)
    desk.store.close()

    for copy in sorted((folder / "backups").glob("*.db")):
        copy.replace(folder / DATABASE)
        restored = Store.open(folder)
        assert restored.verify() == []
        assert restored.read.submission("SIC0001").status is Status.WITHDRAWN
        restored.close()


def test_a_backup_that_cannot_be_read_is_removed_and_named(
    desk, two: Submission, folder: Path
) -> None:
    (folder / "backups" / "2020-09-16.db").write_bytes(b"Quetzalcoatl" * 1000)

    gone = desk.store.erase(two.id, desk.ann)

    assert (gone.removed, gone.rewritten) == (["2020-09-16.db"], 2)
    assert found(folder, WORDS) == set()


def test_undo_passes_over_what_was_erased_and_erasure_cannot_be_undone(desk) -> None:
    desk.code("before")
    desk.code()
    first = evidence(desk, "SIC0001", WORDS)
    desk.store.undo(desk.ann)

    desk.store.erase(first.id, desk.ann)

    assert desk.store.next_labels(desk.ann) == ("Add c", None)
    assert desk.store.undo(desk.ann) == "Add c"
    assert desk.store.verify() == []


def test_what_was_undone_and_came_again_goes_too(desk, folder: Path) -> None:
    letter = desk.store.keep_original(Source("w.txt", b"Quetzalcoatl"))
    for ref in ("SIC0001", "SIC0002"):
        with desk.store.step("Import Wolpertinger", desk.ann) as tx:
            submission = Submission(ref, ref, WORDS["name"])
            tx.put(submission)
            tx.put(letter)
            tx.put(Document(ref, ref, 0, "w", DocumentKind.DOCUMENT, "Quetzalcoatl", (), letter.id))
        if ref == "SIC0001":
            desk.store.undo(desk.ann)

    desk.store.erase("SIC0002", desk.ann)

    assert found(folder, WORDS) == set()
    assert desk.store.verify() == []
    assert desk.store.next_labels(desk.ann) == (None, None)


def test_pages_that_were_freed_before_are_empty_too(desk, folder: Path) -> None:
    desk.store._writer.execute("PRAGMA secure_delete = OFF")
    text = "Quetzalcoatl " * 40_000
    with desk.store.step("Import", desk.ann) as tx:
        tx.put(Submission("s", "SIC0001"))
        tx.put(Document("d", "s", 0, "t", DocumentKind.DOCUMENT, text))
    with desk.store.step("Remove", desk.ann) as tx:
        tx.delete(desk.store.read.document("d"))
    pages = "PRAGMA page_count"
    before = desk.store._writer.execute(pages).fetchone()[0]

    desk.store.erase("s", desk.ann)

    assert found(folder, WORDS) == set()
    assert desk.store._writer.execute(pages).fetchone()[0] < before / 2


def test_a_reference_that_only_an_erased_change_remembers_is_not_given_again(desk) -> None:
    letter = desk.store.keep_original(Source("w.txt", b"Hello"))
    for ref in ("SIC0001", "SIC0005"):
        with desk.store.step("Import", desk.ann) as tx:
            tx.put(Submission(ref, ref))
            tx.put(letter)
            tx.put(Document(ref, ref, 0, "w", DocumentKind.DOCUMENT, "Hello", (), letter.id))
    desk.store.undo(desk.ann)

    desk.store.erase("SIC0001", desk.ann)

    assert desk.store.read.highest_number("SIC") == 5


def test_bytes_that_others_have_too_stay_without_the_name(desk, folder: Path) -> None:
    same = desk.store.keep_original(Source("Wolpertinger.txt", b"Dear all"))
    for ref in ("SIC0001", "SIC0002"):
        with desk.store.step("Import", desk.ann) as tx:
            tx.put(Submission(ref, ref))
            tx.put(same)
            tx.put(Document(ref, ref, 0, "t", DocumentKind.DOCUMENT, "Dear all", (), same.id))

    gone = desk.store.erase("SIC0001", desk.ann)

    assert gone.shared == ["Wolpertinger.txt"]
    assert desk.store.read.original(same.id) == replace(same, name="original.txt")
    assert desk.store.original_file(desk.store.read.document("SIC0002")).read_bytes() == b"Dear all"
    assert found(folder, WORDS) == set()
    assert desk.store.verify() == []


def contained(desk, *members: str) -> Original:
    """A zip that is kept, with these submissions in it and one member that could not be read."""
    outer = desk.store.keep_original(Source("all.zip", b"PK" + "".join(members).encode()))
    with desk.store.step("Note all.zip", desk.ann, MACHINE) as tx:
        tx.put(outer)
        tx.put(Receipt("z", "2020", "/in/all.zip", "opened", None, outer.id, "Ozymandiax failed"))
        tx.put(Receipt("u", "2020", "/in/all.zip", "unreadable", None, "", "x", "x.bin", outer.id))
    for ref in members:
        with desk.store.step(f"Import {ref}", desk.ann) as tx:
            tx.put(Submission(ref, ref))
            tx.put(Document(ref, ref, 0, ref, DocumentKind.EMAIL, f"Text of {ref}"))
            tx.put(
                Receipt(f"r{ref}", "2020", "/in/all.zip", "imported", ref, "", "", ref, outer.id)
            )
    return outer


def test_a_file_that_others_came_in_goes_and_the_account_of_them_stays(desk) -> None:
    outer = contained(desk, "SIC0001", "SIC0002")

    desk.store.erase("SIC0001", desk.ann)

    assert desk.store.read.original(outer.id) is None
    assert not desk.store.original_path(outer).exists()
    receipts = {one.id: one for one in desk.store.read.receipts()}
    assert (receipts["z"].path, receipts["z"].what) == ("/in/all.zip", "")
    assert (receipts["u"].what, receipts["u"].inside) == ("x", "x.bin")
    assert (receipts["rSIC0001"].path, receipts["rSIC0001"].inside) == ("", "")
    assert receipts["rSIC0002"].inside == "SIC0002"
    assert desk.store.verify() == []


def test_a_file_that_only_it_came_in_is_blank_in_the_account(desk) -> None:
    contained(desk, "SIC0001")

    desk.store.erase("SIC0001", desk.ann)

    assert {(one.path, one.inside, one.what) for one in desk.store.read.receipts()} == {
        ("", "", "")
    }
    assert desk.store.verify() == []


@pytest.mark.parametrize("withdrawn", ["SIC0001", "SIC0002"])
def test_what_was_joined_goes_together(desk, folder: Path, withdrawn: str) -> None:
    desk.code()
    first = evidence(desk, "SIC0001", OTHER)
    second = evidence(desk, "SIC0002", WORDS)
    with desk.store.step("Join", desk.ann) as tx:
        for place, document in enumerate(desk.store.read.documents(second.id)):
            whole = tx.read._one(Document, "WHERE id = ?", document.id)
            tx.put(replace(whole, submission_id=first.id, position=5 + place))
        tx.put(replace(second, status=Status.JOINED, of_id=first.id))

    desk.store.erase(withdrawn.lower(), desk.ann)

    assert found(folder, WORDS) == set()
    assert found(folder, OTHER) == (set() if withdrawn == "SIC0001" else set(OTHER))
    assert desk.store.verify() == []
    standing = {one.ref: one.status for one in desk.store.read.submissions()}
    assert standing[withdrawn] is Status.WITHDRAWN


def test_those_declared_the_same_are_named_and_stay(desk) -> None:
    with desk.store.step("Import", desk.ann) as tx:
        tx.put(Submission("a", "SIC0001"))
        tx.put(Submission("b", "SIC0002", status=Status.DUPLICATE, of_id="a"))

    gone = desk.store.erase("a", desk.ann)

    assert gone.twins == ["SIC0002"]
    assert desk.store.read.submission("SIC0002").status is Status.DUPLICATE


def test_it_is_refused_twice_but_not_when_something_came_to_it(desk, two: Submission) -> None:
    desk.store.erase(two.id, desk.ann)
    with pytest.raises(Refused, match="SIC0001 is withdrawn and erased already"):
        desk.store.erase(two.id, desk.ann)
    with desk.store.step("Attach", desk.ann) as tx:
        tx.put(Document("new", two.id, 0, "n", DocumentKind.DOCUMENT, "Hello"))

    assert desk.store.erase(two.id, desk.ann).documents == 1
    assert desk.store.verify() == []


def test_a_status_of_withdrawn_alone_erases_nothing_and_can_be_made_good(
    desk, two: Submission, folder: Path
) -> None:
    with desk.store.step("Withdraw by hand", desk.ann) as tx:
        tx.put(replace(desk.store.read.submission(two.id), status=Status.WITHDRAWN))

    desk.store.erase(two.id, desk.ann)

    assert found(folder, WORDS) == set()


TAMPERING = {
    "content put into an erased change": "UPDATE changes SET before = '{}' WHERE erased = :seq",
    "another reference": 'UPDATE changes SET after = \'{"ref":"X1","id":""}\' WHERE erased = :seq',
    "a label put into an erased step": "UPDATE steps SET label = 'x' WHERE erased = :seq",
    "a seal of what was erased": "UPDATE changes SET digest = '00' WHERE erased = :seq",
    "erased by no erasure": "UPDATE changes SET erased = 2 WHERE erased = :seq",
    "one more change erased": (
        "UPDATE changes SET before = NULL, after = NULL, salt = '', erased = :seq"
        " WHERE row_id = 'SIC0002-k'; DELETE FROM codings WHERE id = 'SIC0002-k'"
    ),
    "one more label erased": (
        "UPDATE steps SET label = '', salt = '', erased = :seq WHERE label LIKE 'Import%'"
    ),
    "the erasure gone": "DELETE FROM changes WHERE seq = :seq; DELETE FROM steps WHERE seq = :seq",
    "the blank row": "UPDATE submissions SET ref = 'SIC0009' WHERE ref = 'SIC0001'",
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_after_an_erasure(
    desk, two: Submission, folder: Path, kind: str
) -> None:
    desk.store.erase(two.id, desk.ann)
    seq = str(desk.store.read.history(1)[0].seq)
    tampering = sqlite3.connect(folder / DATABASE)
    tampering.executescript(TAMPERING[kind].replace(":seq", seq))
    tampering.close()

    assert desk.store.verify() != []


def test_another_reader_leaves_it_unfinished_and_verify_says_so(
    desk, two: Submission, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sqlite3.connect(folder / DATABASE)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM submissions").fetchone()
    desk.store._writer.execute("PRAGMA busy_timeout = 1")

    gone = desk.store.erase(two.id, desk.ann)
    findings = desk.store.verify()
    reader.close()
    again = desk.store.erase(two.id, desk.ann)

    assert gone.unfinished == ["Another program is reading the project; close it there."]
    assert len(findings) == 1
    assert findings[0].startswith("“Withdraw SIC0001” is not finished")
    assert again.unfinished == []
    assert desk.store.verify() == []
    assert found(folder, WORDS) == set()


ERASING = """
import sys
from pathlib import Path
from coder.domain.model import Coder
from coder.store.store import Store

store = Store.open(Path(sys.argv[1]))
print("begin", flush=True)
store.erase("sic0001", Coder("ann", "Ann"))
print("done", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_an_erasure_that_is_killed_is_done_or_not_and_can_be_completed(
    desk, two: Submission, folder: Path, tmp_path: Path
) -> None:
    desk.store.close()
    copies = [tmp_path / f"copy{number}" for number in range(7)]
    outcomes = set()
    for number, copy in enumerate(copies):
        subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
        with subprocess.Popen(
            [sys.executable, "-c", ERASING, str(copy)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == "begin\n"
            with suppress(subprocess.TimeoutExpired):
                child.wait(0.025 * number)
            child.kill()

        store = Store.open(copy)
        outcomes.add(store.read.submission("SIC0001").status)
        if store.read.submission("SIC0001").status is not Status.WITHDRAWN:
            assert found(copy, WORDS) == set(WORDS)
            store.erase(two.id, desk.ann)
        assert store.verify() == []
        store.close()
        assert found(copy, WORDS) == set()

    assert outcomes == {Status.RECEIVED, Status.WITHDRAWN}
