"""A stop reaches into the resume that is being read: what was scored before stays, what is half read is not remembered."""

import pytest

from preprocess.document import Resume
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import Query
from reranker.judge.stopping import Stopped, end_if_asked, ending_when
from reranker.ranking import rank, rank_stream
from reranker.rows import Ranking
from reranker.scheduler import Scheduler
from tests.encoder import JUDGE

QUERY = Query("任职要求：\n1. 有罐头厂杀菌釜操作经验\n2. 能看懂热分布曲线", "")
RESUMES = [
    Resume("1" * 64, "一.txt", "在罐头厂操作杀菌釜六年，记录每一锅的热分布曲线"),
    Resume("2" * 64, "二.txt", "在水产厂负责杀菌釜，读热分布曲线，带两名学徒"),
    Resume("3" * 64, "三.txt", "在果脯厂管仓库，会开叉车，盘点从无差错"),
]


def stopped_while_the_second_is_read(asked: int) -> tuple[list[Ranking], Scheduler]:
    """Rank, and stop when a stop has been asked for so many times since the first resume had its score."""
    rankings: list[Ranking] = []
    times = 0

    def stops() -> int:
        nonlocal times
        times += bool(rankings)
        return 1 if times > asked else 0

    engine = Scheduler(EmbeddedEngine(JUDGE))
    for ranking in rank_stream(QUERY, RESUMES, engine, JUDGE, stops=stops):
        rankings.append(ranking)
    assert times > asked
    return rankings, engine


def test_a_stop_ends_the_reading_of_a_resume_and_loses_nothing_that_was_scored():
    rankings, engine = stopped_while_the_second_is_read(asked=6)
    last = rankings[-1]
    assert [row.name for row in last.rows] == ["一.txt"] and last.finished and last.total == 3
    assert last.rows[0].match_points, "it has its match points"
    assert engine.requests == 0, "and the turn of others has come"
    whole = rank(QUERY, RESUMES, engine, JUDGE)
    fresh = rank(QUERY, RESUMES, EmbeddedEngine(JUDGE), JUDGE)
    assert len(whole.rows) == 3 and [(row.name, row.logit) for row in whole.rows] == [(row.name, row.logit) for row in fresh.rows]
    assert [row.logit for row in whole.rows if row.name == "一.txt"] == [last.rows[0].logit]


def test_outside_of_it_and_after_it_nothing_ends():
    end_if_asked()
    with pytest.raises(Stopped), ending_when(lambda: True):
        end_if_asked()
    with ending_when(lambda: False):
        end_if_asked()
    end_if_asked()
