"""The scheduler: fair turns, nothing mixed up, cancelled and crashed requests do not harm others."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator

import pytest

from reranker import score_cache
from reranker.engine import IdAndText, Query, Score, ScoringError, part_of
from reranker.scheduler import Scheduler
from tests.engines import engine_info, with_ids
from tests.waiting import until


class CountingEngine:
    """Scores a document by its length, slowly, and notes the order of work and whether two calls ever overlapped."""

    info = engine_info(name="counting", batch_size=4)

    def __init__(self, seconds_per_document: float = 0.002):
        self.seconds = seconds_per_document
        self.served: list[str] = []
        self.busy = threading.Lock()
        self.begin: Callable[[], object] = lambda: None
        """Called before the first document of all."""

    def forget(self, query: Query) -> None:
        self.forgotten = query

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        assert self.busy.acquire(blocking=False), "two requests were in the engine at once"
        try:
            if not self.served:
                self.begin()
            for index, (_, document) in enumerate(documents):
                time.sleep(self.seconds)
                self.served.append(query.job)
                if document == "crash":
                    raise ScoringError("not_a_number")
                yield Score(index, float(len(document)), tokens=len(document))
        finally:
            self.busy.release()


def different(count: int) -> list[IdAndText]:
    return with_ids("x" * length for length in range(1, count + 1))


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
    scores = list(Scheduler(CountingEngine(0)).score(Query("job", ""), different(23), batch_size=5))
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
    assert engine.served.count("cancelled") == engine.info.batch_size


def test_what_was_scored_before_a_crash_is_given_and_remembered():
    scheduler = Scheduler(CountingEngine())
    documents = [*different(6), ("crash", "crash")]
    scores: list[Score] = []
    with pytest.raises(ScoringError):
        for score in scheduler.score(Query("bad", ""), documents):
            scores.append(score)
    assert [score.index for score in scores] == list(range(6)), "two of them are of the batch that failed"
    assert all(score.known for score in scheduler.score(Query("bad", ""), documents[:6]))


def test_a_crash_reaches_only_its_own_request():
    engine = CountingEngine()
    scheduler = Scheduler(engine)
    outcome: dict[str, object] = {}

    def crashing():
        try:
            list(scheduler.score(Query("bad", ""), [*different(6), ("crash", "crash")]))
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
    query, documents = Query("job", ""), with_ids(f"resume {number}" + "x" * number for number in range(50))
    first = {score.index: score.logit for score in scheduler.score(query, documents)}
    assert len(engine.served) == 50
    second = {score.index: score.logit for score in scheduler.score(query, [("more", "one more"), *documents])}
    assert len(engine.served) == 51, "adding one resume to fifty scores one"
    assert second == {0: 8.0} | {index + 1: logit for index, logit in first.items()}


def test_another_job_or_instruction_is_scored_anew():
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    for query in (Query("job", ""), Query("other job", ""), Query("job", "other"), Query("", "job"), Query("jo", "b")):
        list(scheduler.score(query, with_ids(["x"])))
    assert len(engine.served) == 5


def test_equal_documents_are_scored_once():
    engine = CountingEngine(0)
    scores = list(Scheduler(engine).score(Query("job", ""), with_ids(["same", "other", "same"])))
    assert sorted((score.index, score.logit) for score in scores) == [(0, 4.0), (1, 5.0), (2, 4.0)]
    assert len(engine.served) == 2


def test_what_was_removed_is_forgotten_and_the_rest_is_not():
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    first, second = ("a1", "text of a"), ("b2", "text of b")
    passage, other_passage = part_of("a1", "0-4", "text"), part_of("b2", "0-4", "text")
    asked = {Query("job", ""): [first, second], Query("job 2", ""): [first], Query("one requirement", ""): [passage, other_passage]}
    for query, documents in asked.items():
        list(scheduler.score(query, documents))
    scheduler.forget(Query("job", ""), ["a1", "never seen"])
    engine.served.clear()
    known = {query.job: [score.known for score in scheduler.score(query, documents)] for query, documents in asked.items()}
    assert known == {"job": [True, False], "job 2": [False], "one requirement": [True, False]}, "what is known comes first"
    assert engine.served == ["job", "job 2", "one requirement"]
    assert engine.forgotten == Query("job", "")


def test_the_memory_for_scores_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(score_cache, "KEPT_SCORES", 10)
    engine = CountingEngine(0)
    scheduler = Scheduler(engine)
    list(scheduler.score(Query("job", ""), with_ids(str(number) for number in range(30))))
    engine.served.clear()
    list(scheduler.score(Query("job", ""), with_ids(str(number) for number in range(20, 30))))
    assert engine.served == []
    list(scheduler.score(Query("job", ""), with_ids("0")))
    assert engine.served == ["job"]


def test_scoring_begins_while_documents_are_still_being_read():
    engine = CountingEngine(0)
    events: list[str] = []

    def reading() -> Iterator[IdAndText]:
        for document in different(8):
            events.append("read")
            yield document

    for score in Scheduler(engine).score(Query("job", ""), reading(), batch_size=2):
        events.append(f"scored {score.index}")
    assert events[:8] == ["read", "read", "scored 0", "scored 1", "read", "read", "scored 2", "scored 3"]


def test_a_remembered_score_says_so_and_waits_for_nothing():
    scheduler = Scheduler(CountingEngine(0))
    query = Query("job", "")
    assert [score.known for score in scheduler.score(query, with_ids(["a", "bb"]))] == [False, False]
    stream = scheduler.score(query, with_ids(["a", "new", "bb"]))
    assert [(score.index, score.known) for score in stream] == [(0, True), (2, True), (1, False)]


def test_says_of_itself_what_the_engine_behind_says():
    engine = CountingEngine()
    assert Scheduler(engine).info is engine.info
