"""The same bytes are known again after an erasure, by something that tells nothing of them."""

import sqlite3

from coder.store.traces import Traces, leave

FILE, OTHER = "1f" * 32, "2e" * 32


def project() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE submissions (id TEXT, ref TEXT);"
        "CREATE TABLE traces (digest TEXT PRIMARY KEY, salt TEXT, submission_id TEXT);"
        "INSERT INTO submissions VALUES ('s', 'SIC0001'), ('t', 'SIC0002');"
    )
    return connection


def test_a_file_is_known_by_its_trace_and_another_is_not() -> None:
    connection = project()
    leave(connection, [(FILE, "s"), (FILE, "s")])
    leave(connection, [(OTHER, "t")])

    traces = Traces(connection)

    assert [traces.of(one) for one in (FILE, OTHER, "3d" * 32)] == ["SIC0001", "SIC0002", ""]


def test_a_trace_holds_nothing_of_the_file_and_no_two_erasures_leave_the_same() -> None:
    connection = project()
    leave(connection, [(FILE, "s")])
    leave(connection, [(FILE, "t")])

    digests = [row[0] for row in connection.execute("SELECT digest FROM traces")]

    assert len(set(digests)) == 2
    assert not any(FILE in digest for digest in digests)
