"""From readings of windows to a verdict, and from verdicts to a score."""

import numpy as np
import pytest

from reranker.judge.combine import combined
from reranker.judge.verdict import NOT, PARTLY, PROVEN, WindowReading, resume_verdict
from reranker.judge.windows import Windower
from tests.each import each
from tests.reranker.judge.random_weights import FILE

TEXT = "带过十二人的团队，2021 年拿到项目管理证书。\n没有用过数据库。"
(WINDOW,) = Windower(FILE.tokenizer).windows(TEXT)
THRESHOLDS = (-1.0, 1.0)


def reading(score: float, line: int | None = None) -> WindowReading:
    """Return a reading that points at a line of the window, at nothing without one."""
    points = np.zeros(len(WINDOW.ids), dtype=np.float32)
    if line is not None:
        first = WINDOW.offset + sum(len(piece.ids) for piece in WINDOW.pieces[:line])
        points[first : first + len(WINDOW.pieces[line].ids)] = 12
    return WindowReading(score, points)


@each("score, grade", [(-4, NOT), (0, PARTLY), (4, PROVEN)])
def test_the_grade_follows_the_score(score: float, grade: int):
    verdict = resume_verdict([reading(score)], [WINDOW], THRESHOLDS)
    assert verdict.grade == grade and 0 < verdict.strength < 1


def test_the_window_that_decides_outweighs_the_others_be_it_a_denial():
    claim, denial = reading(5), reading(-5, 1)
    assert resume_verdict([claim, denial], [WINDOW, WINDOW], THRESHOLDS).grade == NOT
    assert resume_verdict([reading(5, 0), reading(-5)], [WINDOW, WINDOW], THRESHOLDS).grade == PROVEN


@each("line", [0, 1])
def test_the_quoted_line_is_the_one_that_is_pointed_at(line: int):
    verdict = resume_verdict([reading(3), reading(3, line)], [WINDOW, WINDOW], THRESHOLDS)
    assert TEXT[verdict.lines[0].start : verdict.lines[0].end] == TEXT.split("\n")[line] and verdict.lines[0].share > 0.5


def test_a_resume_without_words_has_no_line():
    (empty,) = Windower(FILE.tokenizer).windows("")
    verdict = resume_verdict([WindowReading(-3.0, np.zeros(len(empty.ids), np.float32))], [empty], THRESHOLDS)
    assert (verdict.grade, verdict.lines) == (NOT, ())


def test_musts_count_more_than_duties_and_duties_more_than_nice_ones():
    kinds = ["must", "duty", "nice"]
    scores = [combined([float(index == number) for index in range(3)], kinds) for number in range(3)]
    assert scores == sorted(scores, reverse=True) and sum(scores) == pytest.approx(1)
    assert combined([], []) == 0
