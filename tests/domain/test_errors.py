"""Errors read as plain sentences."""

import pickle

from coder.domain.errors import Cancelled, EvidenceError, NotFound, Refused, Unreadable


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = Unreadable("“a.docx” is damaged.", "Ask for it to be sent again.")

    assert str(error) == "“a.docx” is damaged. Ask for it to be sent again."
    assert str(NotFound("It is gone.")) == "It is gone."


def test_errors_come_back_whole_from_another_process() -> None:
    for error in (Refused("No.", "Later."), Cancelled()):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))
        assert isinstance(again, EvidenceError)
