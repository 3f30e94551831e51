"""Whose file is read next: jobs that end when the test says so, in the pool of the server."""

import threading
from collections.abc import Iterator

import pytest

from preprocess.guarded.client import Cancelled
from preprocess.guarded.pool import Pool, Upload
from tests.waiting import until


class Jobs:
    """Jobs that run until they are let go. `running` names those at work, in the order in which they were started."""

    def __init__(self, pool: Pool):
        self._pool, self.running, self.started = pool, [], []
        self._go: dict[str, threading.Event] = {}
        self.results: dict[str, list[str]] = {}
        self._threads = []

    def upload(self, name: str, count: int, owner: str | None = None) -> Upload:
        """Have jobs `name 0`, `name 1` … done."""
        upload = self._pool.upload(owner)
        self.results[name] = []

        def collect() -> None:
            self.results[name] += upload.map([lambda number=number: self._job(f"{name} {number}") for number in range(count)])

        self._threads.append(threading.Thread(target=collect, daemon=True))
        self._threads[-1].start()
        return upload

    def _job(self, name: str) -> str:
        self._go[name] = threading.Event()
        self.running.append(name)
        self.started.append(name)
        self._go[name].wait(30)
        self.running.remove(name)
        return name

    def waiting(self) -> int:
        """Return how many owners have jobs that wait."""
        return len(self._pool._waiting)

    def let_go(self, name: str) -> None:
        self._go[name].set()

    def now(self, *names: str) -> bool:
        """Return whether exactly these come to be at work."""
        return until(lambda: sorted(self.running) == sorted(names))

    def end(self) -> None:
        self._pool.cancel_all()
        for go in self._go.values():
            go.set()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs(Pool(2, extra=1))
    yield jobs
    jobs.end()


def test_an_upload_takes_all_but_the_place_that_is_kept_for_others(jobs: Jobs) -> None:
    jobs.upload("a", 200)
    assert jobs.now("a 0", "a 1")
    jobs.upload("b", 1)
    assert jobs.now("a 0", "a 1", "b 0"), "one file need not wait for 200 that stall"
    jobs.let_go("b 0")
    assert jobs.now("a 0", "a 1")
    assert jobs.results["b"] == ["b 0"]


def test_whoever_has_fewest_in_work_is_next_and_equals_take_turns(jobs: Jobs) -> None:
    jobs.upload("a", 5)
    assert jobs.now("a 0", "a 1")
    jobs.upload("b", 5)
    assert jobs.now("a 0", "a 1", "b 0")
    jobs.upload("c", 5)
    jobs.let_go("a 0")
    assert jobs.now("a 1", "b 0", "c 0")
    jobs.let_go("a 1")
    assert jobs.now("b 0", "c 0", "a 2"), "nobody waits while others have two"
    jobs.let_go("c 0")
    assert jobs.now("b 0", "a 2", "c 1")
    jobs.let_go("b 0")
    assert jobs.now("a 2", "c 1", "b 1")


def test_of_those_who_have_had_no_turn_yet_the_one_with_a_single_file_is_first(jobs: Jobs) -> None:
    jobs.upload("a", 9)
    assert jobs.now("a 0", "a 1")
    jobs.upload("b", 9)
    assert jobs.now("a 0", "a 1", "b 0")
    jobs.upload("c", 9)
    jobs.upload("d", 1)
    assert until(lambda: jobs.waiting() == 4)
    jobs.let_go("a 0")
    assert jobs.now("a 1", "b 0", "d 0")


def test_many_uploads_of_one_owner_share_the_turns_of_one(jobs: Jobs) -> None:
    for number in range(6):
        jobs.upload(f"a{number}", 50, owner="ann")
    assert until(lambda: len(jobs.running) == 2)
    jobs.upload("b", 3, owner="bo")
    assert until(lambda: "b 0" in jobs.running)
    first, *_ = jobs.running
    jobs.let_go(first)
    assert until(lambda: len(jobs.running) == 2)
    jobs.let_go("b 0")
    assert until(lambda: "b 1" in jobs.running), "the second of one waits for none of 300"


def test_results_come_in_order_whatever_ends_first(jobs: Jobs) -> None:
    jobs.upload("a", 3)
    assert jobs.now("a 0", "a 1")
    jobs.let_go("a 1")
    assert jobs.now("a 0", "a 2")
    jobs.let_go("a 2")
    assert jobs.now("a 0")
    assert jobs.results["a"] == []
    jobs.let_go("a 0")
    assert until(lambda: jobs.results["a"] == ["a 0", "a 1", "a 2"])


def test_what_waits_of_a_cancelled_upload_is_never_started(jobs: Jobs) -> None:
    upload = jobs.upload("a", 9)
    assert jobs.now("a 0", "a 1")
    upload.cancel()
    for name in ("a 0", "a 1"):
        jobs.let_go(name)
    jobs.upload("b", 1)
    assert jobs.now("b 0")
    assert jobs.started == ["a 0", "a 1", "b 0"] or jobs.started == ["a 1", "a 0", "b 0"]
    with pytest.raises(Cancelled):
        upload.run(lambda: pytest.fail("too late"))


def test_an_error_goes_to_whoever_asked_and_the_pool_goes_on() -> None:
    pool = Pool(2, extra=1)
    with pytest.raises(ZeroDivisionError):
        pool.upload().run(lambda: 1 / 0)
    assert pool.upload().run(lambda: "next") == "next"
    assert list(pool.upload().map([])) == []
