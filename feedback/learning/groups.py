"""Read labelled candidates from the store as groups to learn from, and the labelled pairs that an engine has not scored yet."""

import json
from collections import defaultdict

from feedback.labels import Candidate, Group, Label
from feedback.store.anonymised import anonymised_groups
from feedback.store.store import Store
from preprocess.document import Resume

_RANKED = (
    "FROM candidates JOIN runs ON runs.id = candidates.run WHERE runs.fingerprint = ?1 AND (?2 IS NULL OR runs.user = ?2)"
    " AND runs.job IN (SELECT job FROM current_labels)"
)

# Beside max(), SQLite takes the other columns from the row that has the maximum: https://sqlite.org/lang_select.html#bareagg
_NEWEST = (
    "SELECT runs.job, candidates.resume, runs.at, candidates.rank, candidates.features, max(candidates.run)"
    f" {_RANKED} GROUP BY runs.job, candidates.resume"
)


def groups(store: Store, fingerprint: str, user: str | None = None) -> list[Group]:
    """Return a group per job for which this engine has ranked a labelled candidate, with all candidates it ranked for that job, by rank.

    A candidate's rank and features are those of the newest such run. Oldest jobs first. Labelled candidates that retention has deleted are
    included without text and name (see anonymised.py). `user`: only this one's rankings and labels, without deleted candidates, whose rater
    is not known.
    """
    labels: dict[tuple[int, int], tuple[Label, ...]] = defaultdict(tuple)
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    newest: dict[int, float] = defaultdict(float)
    with store.reading() as db:
        for job, resume, *label in db.execute(
            "SELECT job, resume, rater, grade, reason, at FROM current_labels WHERE ?1 IS NULL OR rater = ?1 ORDER BY id", (user,)
        ):
            labels[job, resume] += (Label(*label),)
        jobs = db.execute("SELECT id, sha256, text FROM jobs WHERE id IN (SELECT job FROM current_labels) ORDER BY id").fetchall()
        resumes = {
            key: rest
            for key, *rest in db.execute(
                f"SELECT id, sha256, name, text FROM resumes WHERE id IN (SELECT candidates.resume {_RANKED})", (fingerprint, user)
            )
        }
        for job, resume, at, rank, features, _ in db.execute(_NEWEST, (fingerprint, user)):
            resume_id, name, text = resumes[resume]
            given = labels.get((job, resume), ())
            candidates[job].append(Candidate(resume_id, name, rank, json.loads(features), text, given))
            newest[job] = max(newest[job], at)
        deleted = anonymised_groups(db, fingerprint) if user is None else {}
    labelled = []
    for key, job_id, job in jobs:
        gone = deleted.pop(job_id, None)
        rows, at = (gone.candidates, gone.at) if gone else ((), 0.0)
        labelled.append(Group(job_id, job, fingerprint, tuple(sorted((*rows, *candidates[key]), key=_by_rank)), max(newest[key], at)))
    return [*deleted.values(), *(group for group in labelled if any(candidate.labels for candidate in group.candidates))]


def _by_rank(candidate: Candidate) -> tuple[int, str]:
    return candidate.rank, candidate.resume_id


def unscored(store: Store, fingerprint: str) -> list[tuple[str, tuple[Resume, ...]]]:
    """Return (job, resumes) of the labelled resumes that this engine has never ranked for the job; `groups` leaves these out.

    To include them, rank them and add the run with every rank 0 (`Store.add_run`), as it was shown to nobody.
    """
    missing: dict[tuple[int, str], list[Resume]] = defaultdict(list)
    with store.reading() as db:
        for key, job, *resume in db.execute(
            "SELECT DISTINCT jobs.id, jobs.text, resumes.sha256, resumes.name, resumes.text FROM current_labels AS label"
            " JOIN jobs ON jobs.id = label.job JOIN resumes ON resumes.id = label.resume WHERE resumes.text <> ''"
            " AND NOT EXISTS (SELECT 1 FROM candidates JOIN runs ON runs.id = candidates.run"
            " WHERE candidates.resume = label.resume AND runs.job = label.job AND runs.fingerprint = ?) ORDER BY jobs.id, resumes.id",
            (fingerprint,),
        ):
            missing[key, job].append(Resume(*resume))
    return [(job, tuple(resumes)) for (_, job), resumes in missing.items()]
