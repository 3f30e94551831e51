"""A long list stays small: a page of rows at a time, each of few elements."""

import re

from benchmarks.list_of_200 import QUERY, ranked
from i18n.texts import texts
from service.listing.listing import PAGE
from service.pile import Pile
from service.run_state import RunState
from tests.engines import engine_info
from ui.html.board import board_html
from ui.session_parts import View

MOST_ELEMENTS_IN_A_ROW = 50


def test_a_page_of_a_long_list_has_few_elements():
    ranking, resumes = ranked(PAGE + 5)
    run = RunState(query=QUERY, ranking=ranking, resumes=resumes, model=engine_info(name="m"), run_id=1)
    board = board_html(run, Pile(), View(), "", texts("zh"))
    rows = re.findall(r"<li>.*?</li>", board, re.DOTALL)
    assert len(rows) == PAGE
    assert max(len(re.findall(r"<[a-z]", row)) for row in rows) < MOST_ELEMENTS_IN_A_ROW
    assert "data-list-more" in board
