"""A long list stays small: a page of rows at a time, each of few elements."""

import re

from benchmarks.list_of_200 import QUERY, ranked
from i18n.texts import texts
from service.listing.listing import PAGE
from service.pile import Pile
from service.progress import READING, SCORING, Progress
from service.run_state import RunState
from tests.engines import engine_info
from ui.html.board import board_html, shown_progress
from ui.html.listing.conditions import conditions_html
from ui.session_parts import Form, View

MOST_ELEMENTS_IN_A_ROW = 50


def test_a_page_of_a_long_list_has_few_elements():
    ranking, resumes = ranked(PAGE + 5)
    run = RunState(query=QUERY, ranking=ranking, resumes=resumes, model=engine_info(name="m"), run_id=1)
    board = board_html(run, Pile(), View(), "", texts("zh"))
    rows = re.findall(r"<li>.*?</li>", board, re.DOTALL)
    assert len(rows) == PAGE
    assert max(len(re.findall(r"<[a-z]", row)) for row in rows) < MOST_ELEMENTS_IN_A_ROW
    assert "data-list-more" in board


def test_a_run_that_waits_for_the_first_file_says_how_far_reading_is():
    reading, run = Progress(READING, 0, 160), RunState(progress=Progress(SCORING))
    assert shown_progress(run, Pile(reading=reading)) == reading
    assert shown_progress(run, Pile()) == run.progress
    words = texts("zh")
    line = conditions_html(run, Pile(reading=reading), Form(), None, words, is_outdated=False, hides_names=False)
    assert words("conditions.count", count=reading.total) in line, "not of nobody"
