"""Pieces of speech are put together into as many voices as there are people."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coder.transcribe.clustering import gathered

NOOR, ADA, LAUGH = (1.0, 0.1, 0.0), (0.1, 1.0, 0.0), (0.2, -0.3, 1.0)


def heard(*pieces: tuple[tuple[float, ...], float], count: int) -> list[int]:
    vectors = np.array([vector for vector, _ in pieces], np.float32)
    return gathered(vectors, [seconds for _, seconds in pieces], count).tolist()


def test_what_is_alike_is_one_voice_whatever_its_loudness():
    loud = tuple(7 * part for part in NOOR)

    assert heard((NOOR, 5), (ADA, 5), (loud, 5), (ADA, 5), count=2) == [0, 1, 0, 1]


def test_a_laugh_does_not_take_the_place_of_a_voice():
    found = heard((NOOR, 40), (ADA, 30), (LAUGH, 1), (NOOR, 50), (ADA, 20), count=2)

    assert found[0] == found[3] != found[1] == found[4]


def test_who_asks_short_questions_stands_beside_who_answers_at_length():
    asked = [((0.1 + 0.02 * n, 1.0, 0.0), 6.0) for n in range(6)]
    told = [((1.0, 0.05 * n, 0.02 * n), 250.0) for n in range(6)]

    assert heard(*told, *asked, count=2) == [0] * 6 + [1] * 6


@given(
    st.lists(
        st.tuples(st.tuples(*[st.floats(-1, 1)] * 3), st.floats(0.1, 60)), min_size=1, max_size=12
    ),
    st.integers(1, 5),
)
def test_there_are_never_more_voices_than_asked_for_and_every_number_is_used(pieces, count):
    found = heard(*pieces, count=count)

    assert len(found) == len(pieces)
    assert set(found) == set(range(min(count, len(pieces))))
