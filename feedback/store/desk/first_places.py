"""Read what became of the candidates at the first places of each job: HR's statuses beside the ranks that were shown."""

from dataclasses import dataclass

from feedback.store.desk.statuses import TO_READ, statuses_of_run
from feedback.store.store import SHOWN, Store


@dataclass(frozen=True)
class DecidedJob:
    """The newest ranking of a job of which HR decided something. `at` is in Unix seconds; `statuses` by rank, only where one was set."""

    at: float
    shown: int
    statuses: dict[int, str]


def decided_jobs(store: Store, since: float, user: str | None = None) -> list[DecidedJob]:
    """Return the jobs ranked since then with a status, oldest ranking first. A resume that came twice counts at its better rank.

    `user`: only this one's rankings and statuses.
    """
    with store.reading() as db:
        runs = db.execute(
            f"SELECT max(runs.id), at FROM runs WHERE {SHOWN} AND at >= ?1 AND (?2 IS NULL OR user = ?2)"
            " AND job IN (SELECT job FROM statuses) GROUP BY job ORDER BY at",
            (since, user),
        ).fetchall()
        ranks = {
            run: dict(
                db.execute(
                    "SELECT sha256, min(rank) FROM candidates JOIN resumes ON resumes.id = resume"
                    " WHERE run = ? AND rank > 0 GROUP BY sha256",
                    (run,),
                )
            )
            for run, _ in runs
        }
    jobs = []
    for run, at in runs:
        statuses = statuses_of_run(store, run, user)
        by_rank = {rank: statuses[sha256].status for sha256, rank in ranks[run].items() if sha256 in statuses}
        jobs.append(DecidedJob(at, len(ranks[run]), {rank: status for rank, status in by_rank.items() if status != TO_READ}))
    return [job for job in jobs if job.statuses]
