"""Scores that were computed before, so that one more resume costs one score and another look at the list costs none."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

from reranker.engine import Query, Score

KEPT_SCORES = 50_000
"""About 20 MB. The ones used least recently go first."""

Key = tuple[bytes, bytes]


class ScoreCache:
    """Scores of one engine, told apart by query and document; holds hashes and numbers, no text. Safe to share between threads."""

    def __init__(self, fingerprint: str, dtype: str):
        """A score belongs to the weights (`fingerprint`) and the precision that it was computed with."""
        self._engine = f"{fingerprint} {dtype}"
        self._scores: OrderedDict[Key, Score] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, query: Query, document: str) -> Score | None:
        """The score of this document for this query, if it is known."""
        key = self._key(query, document)
        with self._lock:
            if key in self._scores:
                self._scores.move_to_end(key)
            return self._scores.get(key)

    def put(self, query: Query, document: str, score: Score) -> None:
        """Remember a score."""
        with self._lock:
            self._scores[self._key(query, document)] = score
            while len(self._scores) > KEPT_SCORES:
                self._scores.popitem(last=False)

    def forget(self, documents: Sequence[str]) -> None:
        """Let go of every score of these documents."""
        gone = {_hash(document) for document in documents}
        with self._lock:
            for key in [key for key in self._scores if key[1] in gone]:
                del self._scores[key]

    def _key(self, query: Query, document: str) -> Key:
        return _hash(self._engine, query.instruction, query.job), _hash(document)


def _hash(*texts: str) -> bytes:
    """SHA-256 of the texts and where each of them ends."""
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(data) + data)
    return digest.digest()
