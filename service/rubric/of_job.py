"""Find the rubric for a job description: the one that was edited for it, else the one saved with it, else what it is parsed into."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from feedback.store.saved.rubrics import saved_rubric
from feedback.store.store import Store
from preprocess.document import Unreadable
from preprocess.tech_stack.normalise import normalise
from reranker.evidence.requirements import parse_job
from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import carried_over
from service.job import JobFile, prepare_job


@dataclass(frozen=True)
class JobRubric:
    """A rubric with `job`, the cleaned text that it was parsed from; `version`, `user` and `at` say how it was saved, if it was."""

    job: str
    rubric: Rubric
    version: int = 0
    user: str = ""
    at: float = 0.0


def rubric_of(
    text: str,
    file: JobFile | None,
    max_characters: int,
    store: Store,
    before: Rubric | None = None,
    edited: Mapping[str, Rubric] = {},
    user: str | None = None,
) -> JobRubric | None:
    """Return the rubric of a job description as it stands in the box; None if there is nothing to parse.

    `edited` are rubrics that were changed and not saved, by cleaned job. The changes of `before`, the rubric of the text a moment ago, are
    carried over where the text was only edited. `user`: of saved ones only this user's count.
    """
    try:
        job, _ = prepare_job(text, file, max_characters) if text.strip() else ("", ())
    except Unreadable:
        return None
    requirements = parse_job(job)
    if not requirements:
        return None
    if job in edited:
        return JobRubric(job, edited[job])
    try:
        # Saved by an earlier version, for which k8s in a job description was Kubernetes.
        saved = saved_rubric(store, job, user=user) or saved_rubric(store, normalise(job)[0], user=user)
    except sqlite3.Error:  # whoever saves or ranks is told
        saved = None
    if saved:
        return JobRubric(job, saved.rubric, saved.version, saved.user, saved.at)
    return JobRubric(job, carried_over(before, requirements) if before else as_parsed(requirements))
