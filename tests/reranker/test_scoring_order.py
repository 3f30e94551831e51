"""A slow engine gets the most promising resumes of a large pile first, and the list comes out the same."""

from collections.abc import Iterable, Iterator

from preprocess.document import Resume
from reranker.cheap_guess import cheap_guess
from reranker.engine import IdAndText, Query, Score
from reranker.ranking import rank, rank_stream
from reranker.scoring_order import AHEAD, LARGE, is_worth_it, most_promising_first
from tests.each import each
from tests.encoder import ENCODER, JUDGE, UndecidedJudge
from tests.engines import FALLBACK, engine_info

QUERY = Query("任职要求：\n1. 五年以上采购经验，谈过年度合同", "")
BUYER = "2015.03-2023.06 云岭食品 采购经理\n负责包材采购，谈下 14 份年度合同，单价降 9%"
OTHERS = [f"花店店员，包扎花束 {number} 束" for number in range(LARGE)]
PILE = [Resume(f"{number:064}", f"{number}.txt", text) for number, text in enumerate([*OTHERS, BUYER])]
SLOW, FAST = engine_info(device="cpu"), engine_info(device="cuda:0")


class Recording:
    """An engine on the CPU that scores by length, and notes what it was given in which order."""

    def __init__(self):
        self.info = SLOW
        self.given: list[str] = []

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        for index, (key, text) in enumerate(documents):
            self.given.append(key)
            yield Score(index, float(len(text)), len(text))

    def forget(self, query: Query) -> None:
        pass


def test_before_each_a_few_more_are_looked_at_and_the_best_so_far_is_next():
    promise = {resume.id: float(number) for number, resume in enumerate(PILE)}
    positions = [position for position, _ in most_promising_first(PILE, lambda resume: promise[resume.id])]
    assert positions == [AHEAD - 1, *range(len(PILE) - 1, AHEAD - 1, -1), *range(AHEAD - 2, -1, -1)]


def test_what_the_guess_expects_most_of_is_scored_as_soon_as_it_has_come_and_the_list_is_the_same():
    engine = Recording()
    ranking = rank(QUERY, [PILE[-1], *PILE[:-1]], engine, UndecidedJudge(ENCODER))  # for match points, which order nothing here
    assert engine.given[0] == PILE[-1].id and len(set(engine.given)) == len(PILE)
    by_length = sorted([PILE[-1], *PILE[:-1]], key=lambda resume: -len(resume.text))
    assert [row.id for row in ranking.rows] == [resume.id for resume in by_length]
    assert {row.id: row.input_position for row in ranking.rows}[PILE[-1].id] == 1


def test_a_stop_leaves_what_was_scored():
    stopped = []
    *_, last = rank_stream(QUERY, PILE, Recording(), JUDGE, stops=lambda: len(stopped) > AHEAD + 5 or stopped.append(1) or 0)
    assert last.finished and 0 < len(last.rows) < len(PILE) == last.total


@each("info, count, expected", [(SLOW, LARGE, True), (SLOW, LARGE - 1, False), (FAST, LARGE, False), (FALLBACK, LARGE, False)])
def test_only_a_slow_engine_and_a_large_pile_are_worth_it(info, count, expected):
    assert is_worth_it(info, count) is expected


def test_the_guess_tells_who_does_the_job():
    guess = cheap_guess(QUERY, JUDGE)
    assert guess(PILE[-1].text) > max(guess(resume.text) for resume in PILE[:3])
    english = "2015-2023 Purchasing manager, Yunling Foods. Bought packaging, negotiated 14 annual contracts"
    assert guess(english) > max(guess(resume.text) for resume in PILE[:3]), "in another language than the job"
