"""Cache scores, so that ranking with one more resume computes one score, and ranking again computes none."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection

from reranker.engine import Query, Score

KEPT_SCORES = 50_000
"""About 20 MB. The ones used least recently go first."""

QueryKey = bytes


class ScoreCache:
    """Scores of one engine by query and document; holds digests, ids and numbers, no text. Safe to share between threads.

    The id of a document tells its text, so no resume is hashed here.
    """

    def __init__(self):
        self._scores: OrderedDict[tuple[QueryKey, str], Score] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, query: QueryKey, document_id: str) -> Score | None:
        """Return the cached score of this document for this query, or None."""
        key = query, document_id
        with self._lock:
            if key in self._scores:
                self._scores.move_to_end(key)
            return self._scores.get(key)

    def put(self, query: QueryKey, document_id: str, score: Score) -> None:
        """Cache a score; beyond KEPT_SCORES the least recently used ones are dropped."""
        with self._lock:
            self._scores[query, document_id] = score
            while len(self._scores) > KEPT_SCORES:
                self._scores.popitem(last=False)

    def forget(self, resume_ids: Collection[str]) -> None:
        """Drop every score of these resumes and of parts of them (`engine.part_of`), for any query."""
        with self._lock:
            for key in [key for key in self._scores if key[1].partition("/")[0] in resume_ids]:
                del self._scores[key]


def query_key(query: Query) -> QueryKey:
    """Return the SHA-256 digest of the query: of its two texts, each preceded by its length."""
    digest = hashlib.sha256()
    for text in (query.instruction, query.job):
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(data) + data)
    return digest.digest()
