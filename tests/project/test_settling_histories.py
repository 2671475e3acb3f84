"""However things are settled: nobody's own tags change, and undo goes all the way."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.draft import DraftCode
from coder.domain.model import Coding, Document, DocumentKind, Style, Submission, new_id
from coder.domain.paragraphs import lay_out
from coder.domain.together import AGREED_ID
from coder.project import Project
from coder.project.settling import State
from coder.store import settled
from tests.effort import tries

WHO = ("Asha", "Noor", "Tom")
CODES = ("Bus", "Lifts", "Trust")
TEXT = "word " * 60

tags = st.lists(
    st.tuples(st.sampled_from(WHO), st.sampled_from(CODES), st.integers(0, 40), st.integers(1, 15)),
    min_size=4,
    max_size=14,
)
acts = st.lists(st.integers(0, 5), min_size=1, max_size=20)


def made(folder: Path) -> tuple[Project, Document]:
    drafts = [DraftCode(name) for name in CODES]
    project = Project.create(folder, "Loneliness", "SIC", "Noor", codes=drafts)
    text, spans = lay_out([(TEXT.strip(), Style.BODY)])
    owner = Submission(new_id(), "SIC0001")
    document = Document(new_id(), owner.id, 0, "letter.txt", DocumentKind.DOCUMENT, text, spans)
    with project._store.step("Import a letter", project.coder) as tx:
        tx.put(owner)
        tx.put(document)
    return project, document


def parted(project: Project, document: Document) -> tuple[list[Coding], list[Coding]]:
    """Everybody's own codings, and the agreed ones."""
    codings = project.codings.of(document.id)
    own = [one for one in codings if one.coder_id != AGREED_ID]
    return own, [one for one in codings if one.coder_id == AGREED_ID]


@settings(max_examples=tries(12))
@given(tags, acts)
def test_everything_is_settled_and_taken_back(
    given_tags: list[tuple[str, str, int, int]], chosen: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        project, document = made(Path(home) / "inquiry")
        with project:
            for who, code, start, length in given_tags:
                project.as_coder(who)
                first = start * 5
                book = project.codebook
                project.codings.tag(document, first, first + length * 5, [book.at(code)])
            project.as_coder("Ines")
            own, _ = parted(project, document)
            steps = 0
            while project.settling.queue().open:
                act = chosen[steps % len(chosen)]
                case = project.settling.queue().cases[0]
                sides = case.place.sides
                if act < 2:
                    project.settling.accept(case, sides[min(act, len(sides) - 1)])
                elif act == 2:
                    project.settling.keep_both(case)
                elif act == 3:
                    project.settling.leave(case)
                else:
                    project.settling.recode(case, [project.codebook.at(CODES[act - 4]).id])
                steps += 1
                assert steps < 30
            if project.settling.queue().documents:
                steps += bool(project.settling.adopt().made)
            assert parted(project, document)[0] == own
            assert {case.state for case in project.settling.queue().cases} <= {State.SETTLED}
            named = {
                one for each in settled.decisions(project._store.reader) for one in each.agreed
            }
            assert named <= {one.id for one in parted(project, document)[1]}
            assert project.verify() == []
            for _ in range(steps):
                assert project.undo()
            assert parted(project, document) == (own, [])
            assert settled.decisions(project._store.reader) == []
