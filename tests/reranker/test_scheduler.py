"""The scheduler: fair turns, nothing mixed up, cancelled and crashed requests do not harm others."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator

import pytest

from reranker import score_cache
from reranker.engine import Query, Score, ScoringError
from reranker.scheduler import Scheduler
from tests.faults.page import until


class CountingEngine:
    """Scores a document by its length, slowly, and notes the order of work and whether two calls ever overlapped."""

    name, device, dtype, max_tokens, fingerprint, has_probability, batch_size = "counting", "cpu", "FP32", 100, "0", False, 4

    def __init__(self, seconds_per_document: float = 0.002):
        self.seconds = seconds_per_document
        self.served: list[str] = []
        self.busy = threading.Lock()
        self.begin: Callable[[], object] = lambda: None
        """Called before the first document of all."""

    def forget(self, query: Query) -> None:
        self.forgotten = query

    def score(self, query: Query, documents: Iterable[str], batch_size: int | None = None) -> Iterator[Score]:
        assert self.busy.acquire(blocking=False), "two requests were in the engine at once"
        try:
            if not self.served:
                self.begin()
            for index, document in enumerate(documents):
                time.sleep(self.seconds)
                self.served.append(query.job)
                if document == "crash":
                    raise ScoringError("this document crashes the engine")
                yield Score(index, float(len(document)), tokens=len(document))
        finally:
            self.busy.release()


def different(count: int) -> list[str]:
    return ["x" * length for length in range(1, count + 1)]


def in_threads(engine: CountingEngine, scheduler: Scheduler, first: Callable[[], None], second: Callable[[], None]) -> None:
    """Run both; the first is in work when the second comes, and goes on when that has asked."""
    engine.begin = lambda: until(lambda: scheduler.requests == 2)
    threads = [threading.Thread(target=job) for job in (first, second)]
    threads[0].start()
    assert until(lambda: scheduler.requests == 1)
    threads[1].start()
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
        results[name] = list(scheduler.score(Query(name, ""), different(count)))

    in_threads(engine, scheduler, lambda: request("big", 200), lambda: request("small", 3))
    assert len(results["big"]) == 200 and len(results["small"]) == 3
    last_small = len(engine.served) - 1 - engine.served[::-1].index("small")
    assert last_small < 40, "3 resumes waited for most of a 200-resume request"


def test_closing_the_iterator_frees_the_engine_for_others():
    engine = CountingEngine()
    scheduler = Scheduler(engine)
    stream = scheduler.score(Query("cancelled", ""), different(100))
    assert isinstance(stream, Generator)
    next(stream)
    stream.close()
    assert scheduler.requests == 0
    assert len(list(scheduler.score(Query("next", ""), different(3)))) == 3
    assert engine.served.count("cancelled") == engine.batch_size


def test_a_crash_reaches_only_its_own_request():
    engine = CountingEngine()
    scheduler = Scheduler(engine)
    outcome: dict[str, object] = {}

    def crashing():
        try:
            list(scheduler.score(Query("bad", ""), [*different(6), "crash"]))
        except ScoringError as error:
            outcome["bad"] = error

    def healthy():
        outcome["good"] = list(scheduler.score(Query("good", ""), different(20)))

    in_threads(engine, scheduler, crashing, healthy)
    assert isinstance(outcome["bad"], ScoringError)
    assert len(outcome["good"]) == 20  # type: ignore[arg-type]
    assert scheduler.requests == 0


def test_what_is_known_is_not_scored_again():
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    query, documents = Query("job", ""), [f"resume {number}" + "x" * number for number in range(50)]
    first = {score.index: score.logit for score in scheduler.score(query, documents)}
    assert len(engine.served) == 50
    second = {score.index: score.logit for score in scheduler.score(query, ["one more", *documents])}
    assert len(engine.served) == 51, "adding one resume to fifty scores one"
    assert second == {0: 8.0} | {index + 1: logit for index, logit in first.items()}


def test_another_job_or_instruction_is_scored_anew():
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    for query in (Query("job", ""), Query("other job", ""), Query("job", "other"), Query("", "job"), Query("jo", "b")):
        list(scheduler.score(query, ["x"]))
    assert len(engine.served) == 5


def test_equal_documents_are_scored_once():
    engine = CountingEngine(0)
    scores = list(Scheduler(engine).score(Query("job", ""), ["same", "other", "same"]))
    assert sorted((score.index, score.logit) for score in scores) == [(0, 4.0), (1, 5.0), (2, 4.0)]
    assert len(engine.served) == 2


def test_what_was_removed_is_forgotten_and_the_rest_is_not():
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    list(scheduler.score(Query("job", ""), ["a", "b"]))
    list(scheduler.score(Query("job 2", ""), ["a"]))
    scheduler.forget(Query("job", ""), ["a", "never seen"])
    engine.served.clear()
    list(scheduler.score(Query("job", ""), ["a", "b"]))
    list(scheduler.score(Query("job 2", ""), ["a"]))
    assert engine.served == ["job", "job 2"]
    assert engine.forgotten == Query("job", "")


def test_the_memory_for_scores_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(score_cache, "KEPT_SCORES", 10)
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    list(scheduler.score(Query("job", ""), [str(number) for number in range(30)]))
    engine.served.clear()
    list(scheduler.score(Query("job", ""), [str(number) for number in range(20, 30)]))
    assert engine.served == []
    list(scheduler.score(Query("job", ""), ["0"]))
    assert engine.served == ["job"]


def test_scoring_begins_while_documents_are_still_being_read():
    engine = CountingEngine(0)
    events: list[str] = []

    def reading() -> Iterator[str]:
        for document in different(8):
            events.append("read")
            yield document

    for score in Scheduler(engine).score(Query("job", ""), reading(), batch_size=2):
        events.append(f"scored {score.index}")
    assert events[:8] == ["read", "read", "scored 0", "scored 1", "read", "read", "scored 2", "scored 3"]


def test_a_remembered_score_says_so_and_waits_for_nothing():
    scheduler = Scheduler(CountingEngine(0))
    query = Query("job", "")
    assert [score.known for score in scheduler.score(query, ["a", "bb"])] == [False, False]
    stream = scheduler.score(query, ["a", "new", "bb"])
    assert [(score.index, score.known) for score in stream] == [(0, True), (2, True), (1, False)]


def test_looks_like_the_engine_behind():
    scheduler = Scheduler(CountingEngine())
    assert (scheduler.name, scheduler.batch_size, scheduler.has_probability) == ("counting", 4, False)
