"""Print what a run costs beside reading, scoring and match points:  python benchmarks/bookkeeping.py [COUNT …]

Synthetic resumes of one page go through `rank_stream` with an engine that answers at once and a search for match points that finds
nothing; somebody looks at the list as often as a page does. Prints the processor's seconds of the run, of its search for duplicates, and of
writing it to the store.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from feedback.store.recording import as_run
from feedback.store.store import Store
from preprocess.document import Resume
from preprocess.screening.duplicates import duplicates
from reranker import ranking as ranking_module
from reranker.engine import EngineInfo, IdAndText, Query, Score
from reranker.evidence.match_points import Evidence
from reranker.judge.judge import Judge
from reranker.ranking import rank_stream
from reranker.rows import Ranking
from ui.background import REFRESH_SECONDS

COUNTS = (2_000, 6_000, 20_000)
QUERY = Query("任职要求：\n1. 熟悉 Python", "instruction")
SHARED = """工作经历 项目经历 教育背景 专业技能 自我评价 求职意向：高级开发工程师 本科 计算机科学与技术
工作认真负责，学习能力强，有良好的沟通能力与团队合作精神 负责核心模块的设计与开发 参与需求评审与技术方案设计
熟悉 MySQL、Redis、Kafka 等常用中间件 熟悉 Linux 常用命令""".split()


class AtOnce:
    """An engine that has every score ready."""

    info = EngineInfo("at once", "cpu", "FP32", 100, 1, "0", score_scale="probability", heeds_instruction=True, is_fallback=False)

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        """Yield a score for each document that depends on its text alone, without any computation."""
        for index, (_, document) in enumerate(documents):
            yield Score(index, hash(document) % 1000 / 100, tokens=1)

    def forget(self, query: Query) -> None:
        """Do nothing: no score is kept."""


def resume(number: int) -> Resume:
    """Return a page, two thirds of it in words of its own, a third in phrases that everybody uses; every tenth is a copy with another
    phone.
    """
    order = random.Random(number - number % 10 if number % 10 == 9 else number)
    lines = [f"电话：138{number:08d}", f"邮箱：mail{number}@example.com"]
    for year in range(2012, 2024, 2):
        own = "".join(chr(order.randrange(0x4E00, 0x5E00)) for _ in range(60))
        lines += [
            f"{year}.03-{year + 2}.02 {own[:6]}公司",
            order.choice(SHARED),
            f"{own}，提升 {order.randrange(90)}%",
            order.choice(SHARED),
        ]
    return Resume(f"{number:064x}", f"{number}.txt", "\n".join(lines))


def main() -> None:
    """Print the processor seconds of a run, of its search for duplicates and of storing it, for each count of resumes."""
    ranking_module.find_evidence = lambda *_: Evidence((), {})
    counts = [int(count) for count in sys.argv[1:]] or COUNTS
    judge, engine = Judge(), AtOnce()
    duplicates([resume(number).text for number in range(20)])  # imports, and makes the table of characters
    print(f"{'resumes':>8} {'characters':>10} {'run':>8} {'duplicates':>10} {'stored':>8}  seconds")
    for count in counts:
        resumes = [resume(number) for number in range(count)]
        start = time.process_time()
        ranking = _watched(rank_stream(QUERY, resumes, engine, judge))
        ran = time.process_time() - start
        start = time.process_time()
        duplicates([resume.text for resume in resumes])
        compared = time.process_time() - start
        with tempfile.TemporaryDirectory() as folder:
            store = Store(Path(folder) / "feedback.sqlite3")
            start = time.process_time()
            store.add_run(as_run(ranking, QUERY, resumes, engine.info, at=time.time()))
            stored = time.process_time() - start
        print(f"{count:8,} {len(resumes[0].text):10,} {ran:8.2f} {compared:10.2f} {stored:8.2f}")


def _watched(rankings: Iterator[Ranking]) -> Ranking:
    """Return the last ranking, after looking at those between as often as a page does."""
    looked_at = time.monotonic()
    ranking = Ranking((), 0)
    for ranking in rankings:
        if time.monotonic() - looked_at > REFRESH_SECONDS * max(1, len(ranking.rows) / 40):
            tuple(ranking.rows)
            looked_at = time.monotonic()
    return ranking


if __name__ == "__main__":
    main()
