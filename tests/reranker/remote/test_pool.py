"""Several servers: a job keeps its server, others help when it is busy, and one that fails is replaced without asking twice."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from reranker.remote.connection import BadAnswer, ServerDown
from reranker.remote.pool import IN_FLIGHT, RETRY_SECONDS, AllDown, ServerPool
from tests.waiting import until

NAMES = ["a", "b", "c"]


def pool_of(names: list[str], connect: Callable[[str], str | None] = lambda name: name, **options) -> ServerPool[str]:
    return ServerPool([(name, name) for name in names], connect, **options)


def jobs(count: int) -> list[bytes]:
    return [b"job %d" % number for number in range(count)]


def test_a_job_keeps_its_server_and_jobs_are_spread():
    pool = pool_of(NAMES)
    chosen = {job: pool.ask(job, lambda server: server) for job in jobs(300)}
    assert chosen == {job: pool.ask(job, lambda server: server) for job in jobs(300)}
    assert min(Counter(chosen.values()).values()) > 60


def test_only_the_jobs_of_a_server_that_goes_move():
    before = {job: pool_of(NAMES).ask(job, lambda server: server) for job in jobs(100)}
    after = {job: pool_of(["a", "c"]).ask(job, lambda server: server) for job in jobs(100)}
    assert {job for job in before if before[job] != after[job]} == {job for job in before if before[job] == "b"}


def test_what_is_busy_passes_on_to_the_next_one():
    pool, release = pool_of(NAMES), threading.Event()
    at_work: list[str] = []

    def slow(server: str) -> str:
        at_work.append(server)
        release.wait(10)
        return server

    threads = [threading.Thread(target=pool.ask, args=(b"job", slow)) for _ in range(IN_FLIGHT * len(NAMES) + 1)]
    for thread in threads:
        thread.start()
    assert until(lambda: len(at_work) == IN_FLIGHT * len(NAMES))
    assert Counter(at_work) == dict.fromkeys(NAMES, IN_FLIGHT)  # one more waits
    release.set()
    for thread in threads:
        thread.join(10)
    assert len(at_work) == IN_FLIGHT * len(NAMES) + 1


@pytest.mark.parametrize("error", [ServerDown("refused"), BadAnswer("index")])
def test_the_next_one_is_asked_when_one_fails(error: Exception):
    down: list[str] = []
    pool = pool_of(NAMES, on_down=down.append)
    first = pool.ask(b"job", lambda server: server)

    def fails_first(server: str) -> str:
        if server == first:
            raise error
        return server

    assert pool.ask(b"job", fails_first) != first
    assert down == [first] and pool.alive == 2
    assert pool.ask(b"job", lambda server: server) != first


def test_when_all_fail_it_says_with_what():
    pool = pool_of(NAMES)
    asked: list[str] = []

    def fails(server: str) -> str:
        asked.append(server)
        raise ServerDown("HTTP 503")

    with pytest.raises(AllDown, match="HTTP 503"):
        pool.ask(b"job", fails)
    assert sorted(asked) == NAMES and pool.alive == 0


def test_what_no_other_server_does_better_is_passed_on():
    pool = pool_of(NAMES)
    with pytest.raises(ZeroDivisionError):
        pool.ask(b"job", lambda server: 1 // 0)
    assert pool.alive == 3


def test_a_server_comes_back_when_it_can_be_used_again():
    now, usable = [0.0], set[str]()
    pool = pool_of(["a", "b"], lambda name: name if name in usable else None, clock=lambda: now[0])

    def fails_on_a(server: str) -> str:
        if server == "a":
            raise ServerDown("refused")
        return server

    for job in jobs(20):  # some are a's
        assert pool.ask(job, fails_on_a) == "b"
    usable.add("a")
    pool.revive()
    assert pool.alive == 1, "it is not due yet"
    now[0] += RETRY_SECONDS
    pool.revive()
    assert until(lambda: pool.alive == 2)


def test_when_all_are_down_all_are_tried_at_once():
    pool = pool_of(["a"])

    def fails(server: str) -> str:
        raise ServerDown("refused")

    with pytest.raises(AllDown):
        pool.ask(b"job", fails)
    pool.revive()
    assert pool.ask(b"job", lambda server: server) == "a"
