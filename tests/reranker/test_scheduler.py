"""The scheduler: fair turns, nothing mixed up, cancelled and crashed requests do not harm others."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence

from reranker.engine import Query, Score, ScoringError
from reranker.scheduler import Scheduler


class CountingEngine:
    """Scores a document by its length, slowly, and notes the order of work and whether two calls ever overlapped."""

    name, device, dtype, max_tokens, fingerprint, has_probability, batch_size = "counting", "cpu", "FP32", 100, "0", False, 4

    def __init__(self, seconds_per_document: float = 0.002):
        self.seconds = seconds_per_document
        self.served: list[str] = []
        self.busy = threading.Lock()

    def score(self, query: Query, documents: Sequence[str], batch_size: int | None = None) -> Iterator[Score]:
        assert self.busy.acquire(blocking=False), "two requests were in the engine at once"
        try:
            for index, document in enumerate(documents):
                time.sleep(self.seconds)
                self.served.append(query.job)
                if document == "crash":
                    raise ScoringError("this document crashes the engine")
                yield Score(index, float(len(document)), tokens=len(document))
        finally:
            self.busy.release()


def in_threads(*jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
        time.sleep(0.01)  # the first is in work when the second comes
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_every_document_is_scored_once_with_its_own_index():
    documents = ["x" * length for length in range(1, 24)]
    scores = list(Scheduler(CountingEngine(0)).score(Query("job", ""), documents, batch_size=5))
    assert [(score.index, score.logit) for score in scores] == [(i, float(i + 1)) for i in range(23)]


def test_a_small_request_is_served_between_the_batches_of_a_big_one():
    engine = CountingEngine()
    scheduler = Scheduler(engine)
    results: dict[str, list[Score]] = {}

    def request(name: str, count: int):
        results[name] = list(scheduler.score(Query(name, ""), [name] * count))

    in_threads(lambda: request("big", 200), lambda: request("small", 3))
    assert len(results["big"]) == 200 and len(results["small"]) == 3
    last_small = len(engine.served) - 1 - engine.served[::-1].index("small")
    assert last_small < 40, "3 resumes waited for most of a 200-resume request"


def test_closing_the_iterator_frees_the_engine_for_others():
    engine = CountingEngine()
    scheduler = Scheduler(engine)
    stream = scheduler.score(Query("cancelled", ""), ["x"] * 100)
    assert isinstance(stream, Generator)
    next(stream)
    stream.close()
    assert scheduler.requests == 0
    assert len(list(scheduler.score(Query("next", ""), ["x"] * 3))) == 3
    assert engine.served.count("cancelled") == engine.batch_size


def test_a_crash_reaches_only_its_own_request():
    scheduler = Scheduler(CountingEngine())
    outcome: dict[str, object] = {}

    def crashing():
        try:
            list(scheduler.score(Query("bad", ""), ["ok"] * 6 + ["crash"]))
        except ScoringError as error:
            outcome["bad"] = error

    def healthy():
        outcome["good"] = list(scheduler.score(Query("good", ""), ["ok"] * 20))

    in_threads(crashing, healthy)
    assert isinstance(outcome["bad"], ScoringError)
    assert len(outcome["good"]) == 20  # type: ignore[arg-type]
    assert scheduler.requests == 0


def test_looks_like_the_engine_behind():
    scheduler = Scheduler(CountingEngine())
    assert (scheduler.name, scheduler.batch_size, scheduler.has_probability) == ("counting", 4, False)
