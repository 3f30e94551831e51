"""Provide a small ranking with everything that may be hostile in it, and an engine that needs no weights."""

import threading
import time
from collections.abc import Iterable, Iterator

from preprocess.document import Note, Rejected, Resume
from reranker.engine import IdAndText, Query, Score, ScoringError
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from tests.engines import engine_info

HOSTILE = '<img src=x onerror="alert(1)">&${7*7}{{7*7}}`'
MODEL = engine_info(name="Qwen3-Reranker-0.6B", fingerprint="f00d")
QUERY = Query("任职要求：熟悉 Python", "=instruction that begins like a formula")
REJECTED = [Rejected("=cmd.pdf", "empty_file"), Rejected(HOSTILE, "too_many", "200")]

TEXT = "张三\n熟悉 Python 与 FastAPI\n负责推理服务"
RESUMES = [
    Resume("a" * 64, "张三.pdf", TEXT, (Note("page_number", page=2, before="第 2 页"),)),
    Resume("b" * 64, f"{HOSTILE}.txt", f"{HOSTILE}\n熟悉 Java", (Note("hidden_text", page=1, before=HOSTILE),)),
]


def point(requirement: str, status: str, text: str = "", quote: str = "", kind: str = "must") -> MatchPoint:
    """Return a match point whose quote is found in `text`."""
    start = text.index(quote) if quote else 0
    return MatchPoint(requirement=requirement, kind=kind, status=status, quote=quote, start=start, end=start + len(quote), strength=0.5)


def rows(has_probability: bool = True) -> tuple[Row, ...]:
    """Return two rows: a good one that rose, and a hostile one."""
    good = (point("熟悉 Python", "met", TEXT, "熟悉 Python 与 FastAPI"), point("会用 Kubernetes", "missing", kind="nice"))
    bad = (point(HOSTILE, "partial", RESUMES[1].text, HOSTILE), point("熟悉 Go", "missing"))
    return (
        Row(1, 2, "a" * 64, "张三.pdf", 3.2, 0.9608 if has_probability else None, {"logit": 3.2}, good, RESUMES[0].notes),
        Row(2, 1, "b" * 64, f"{HOSTILE}.txt", -1.5, 0.1824 if has_probability else None, {"logit": -1.5}, bad, RESUMES[1].notes, 321),
    )


def ranking(has_probability: bool = True) -> Ranking:
    """Return the rows as a finished ranking; `RESUMES` are in reverse to it."""
    return Ranking(rows(has_probability), 2, finished=True, timing={"score_s": 1.0, "explain_s": 0.5})


class CountingEngine:
    """Scores by length, slowly if asked to; fails on a document that says so."""

    info = engine_info(name="counting", fingerprint="0", batch_size=2)

    def __init__(self, seconds: float = 0.0):
        self.seconds = seconds
        self.batch_sizes: list[int | None] = []
        self.forgotten: list[Query] = []

    def forget(self, query: Query) -> None:
        self.forgotten.append(query)

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        self.batch_sizes.append(batch_size)
        for index, (_, document) in enumerate(documents):
            time.sleep(self.seconds)
            if "FAIL" in document:
                raise ScoringError("no_memory_for_resume", device="cpu", tokens=9)
            yield Score(index, float(len(document)), len(document))


class WaitingEngine(CountingEngine):
    """Scores `at_once` resumes, and the others when it is let go."""

    def __init__(self, at_once: int):
        super().__init__()
        self.go, self.scored, self._at_once = threading.Event(), 0, at_once

    def wait_again(self) -> None:
        """Score as many more."""
        self.go.clear()
        self.scored = 0

    def score(self, query: Query, documents: Iterable[IdAndText], batch_size: int | None = None) -> Iterator[Score]:
        if self.scored >= self._at_once:
            self.go.wait(100)
        for score in super().score(query, documents, batch_size):
            self.scored += 1
            yield score
