"""What leaves a run as a file or as JSON: in blind mode nobody is named in it, nor is a note of somebody else."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from feedback.store.desk.notes import CandidateNote
from i18n.texts import texts
from preprocess.document import Rejected
from preprocess.roster import RosterRow
from service.export import as_object, blind_key, spreadsheet, unread_files
from service.pile import Pile
from service.run_state import RunState
from tests.ui.samples import MODEL, QUERY, RESUMES, ranking

WORDS = texts("zh")
BLIND = [WORDS("blind.file", number=number, suffix=suffix) for number, suffix in ((1, ".pdf"), (2, ".docx"))]


@pytest.fixture
def state() -> RunState:
    """Return a blind run, with a file that could not be read, and notes of two people on each candidate."""
    made = RunState(query=QUERY, ranking=ranking(), resumes=RESUMES[::-1], model=MODEL, is_blind=True, was_blind=True)
    made.rejected = [Rejected("张三.pdf", "not_pdf")]
    made.notes = {resume.id: (CandidateNote(1, "anna", 0.0, "是我同学"), CandidateNote(2, "ben", 0.0, "周三面谈")) for resume in RESUMES}
    return made


@pytest.fixture
def pile() -> Pile:
    """Return a pile with a list of candidates that names a file which is not there."""
    pile = Pile()
    pile.roster = pile.roster.extended([RosterRow(2, name="李四", file="李四.docx", sheet="名单.xlsx", digest="0")])
    return pile


def test_files_that_could_not_be_used_are_numbered_and_named_again_with_the_names(state: RunState, pile: Pile):
    assert [file.name for file in unread_files(state, pile, False, WORDS)] == BLIND
    assert [file.name for file in unread_files(RunState(rejected=state.rejected), pile, True, WORDS)] == BLIND, "before the run has begun"
    state.is_blind = False
    assert [file.name for file in unread_files(state, pile, False, WORDS)] == ["张三.pdf", "李四.docx"]


def test_no_form_of_a_blind_run_names_anybody(state: RunState, pile: Pile):
    unread = unread_files(state, pile, False, WORDS)
    told = as_object(state, QUERY, (), unread, {}, WORDS)
    assert [file["name"] for file in told["rejected"]] == BLIND
    lines = spreadsheet(state, "csv", WORDS, unread=unread).decode("utf-8-sig")
    own_files = spreadsheet(state, "csv", WORDS).decode("utf-8-sig")
    names = ("张三", "李四", *(resume.name for resume in RESUMES))
    assert [name for text in (json.dumps(told, ensure_ascii=False), lines, own_files) for name in names if name in text] == []
    assert blind_key(state) == "is_blind" and blind_key(replace(state, is_blind=False)) == "revealed"


def test_notes_of_others_are_left_out_while_a_run_is_blind(state: RunState):
    def remarks(user: str) -> set[str]:
        table = csv.DictReader(StringIO(spreadsheet(state, "csv", WORDS, user).decode("utf-8-sig"), newline=""))
        return {line[WORDS("export.remarks")] for line in table if line[WORDS("export.rank")]}

    assert remarks("ben") == {"周三面谈 (ben)"} and remarks("") == {""}
    state.is_blind = False
    assert remarks("") == {"是我同学 (anna)\n周三面谈 (ben)"}


def test_chosen_candidates_come_without_the_files_that_could_not_be_read(state: RunState):
    lines = list(csv.reader(StringIO(spreadsheet(state, "csv", WORDS, chosen=[2]).decode("utf-8-sig"), newline="")))
    assert len(lines) == 2


def test_nothing_ranked_is_no_file():
    assert spreadsheet(RunState(), "xlsx", WORDS) == b""
