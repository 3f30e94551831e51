"""Read the match points that labelled candidates had when they were last shown: what HR's labels say about each requirement."""

import json
from dataclasses import dataclass

from feedback.store.store import Store

# Beside max(), SQLite takes the other columns from the row that has the maximum: https://sqlite.org/lang_select.html#bareagg
_NEWEST = (
    "SELECT runs.job, candidates.resume, candidates.shown, max(candidates.run) FROM candidates JOIN runs ON runs.id = candidates.run"
    " JOIN (SELECT DISTINCT job, resume FROM current_labels WHERE ?1 IS NULL OR rater = ?1) AS label"
    " ON label.job = runs.job AND label.resume = candidates.resume"
    " WHERE candidates.rank > 0 AND (?1 IS NULL OR runs.user = ?1) GROUP BY runs.job, candidates.resume"
)


@dataclass(frozen=True)
class LabelledPoint:
    """A requirement as a labelled candidate proves it, 0 to 1, and the mean grade that people gave. `job` tells jobs apart."""

    requirement: str
    kind: str
    strength: float
    grade: float
    job: int


def labelled_points(store: Store, user: str | None = None) -> list[LabelledPoint]:
    """Return the points of all labelled candidates; those of rankings from before match points were stored are missing.

    `user`: only this one's rankings and labels.
    """
    with store.reading() as db:
        grades = {
            (job, resume): grade
            for job, resume, grade in db.execute(
                "SELECT job, resume, avg(grade) FROM current_labels WHERE ?1 IS NULL OR rater = ?1 GROUP BY job, resume", (user,)
            )
        }
        rows = db.execute(_NEWEST, (user,)).fetchall()
    return [
        LabelledPoint(point["requirement"], point["kind"], point["strength"], grades[job, resume], job)
        for job, resume, shown, _ in rows
        for point in json.loads(shown).get("match_points") or ()
    ]
