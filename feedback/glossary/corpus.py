"""Count which job descriptions and labelled resumes say which terms, as matrices that mining compares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback.glossary.ngrams import abstract, terms_of
from feedback.labels import Group
from feedback.learning.metrics import is_full, is_none, mean_grade
from preprocess.tech_stack.normalise import normalise

MAX_GROUPS, MAX_RESUMES, MAX_CHARACTERS = 200, 600, 6000
"""The most groups that are mined, newest first, the most resumes of them, and the most characters of a text."""
LEAST_RESUMES, LEAST_JOBS = 3, 2
"""Different resumes labelled 完全匹配 with a term, and different jobs of theirs."""
MAX_JOB_TERMS, MAX_RESUME_TERMS = 2000, 8000


@dataclass(frozen=True)
class Corpus:
    """`jobs` and `job_ids` go together, and so do `texts` and `ids`, of resumes.

    `is_full` and `is_none`: (jobs, resumes). `says`: (resumes, terms). `asks`: (job terms, jobs). Abstracted texts."""

    jobs: list[str]
    job_ids: list[str]
    ids: list[str]
    texts: list[str]
    is_full: np.ndarray
    is_none: np.ndarray
    terms: list[str]
    says: np.ndarray
    job_terms: list[str]
    asks: np.ndarray


def corpus_of(groups: Sequence[Group]) -> Corpus:
    """Return the newest labelled groups as a corpus, with resumes labelled 完全匹配 or 不匹配 only."""
    newest = sorted(
        (group for group in groups if any(candidate.labels for candidate in group.candidates)), key=lambda group: (-group.at, group.job_id)
    )
    newest = newest[:MAX_GROUPS]
    places: dict[str, int] = {}
    texts: list[str] = []
    labels: list[tuple[int, int, bool]] = []
    for number, group in enumerate(newest):
        for candidate in group.candidates:
            grade = mean_grade(candidate)
            if grade is None or not candidate.text or not (is_full(grade) or is_none(grade)):
                continue
            if candidate.resume_id not in places:
                if len(places) == MAX_RESUMES:
                    continue
                places[candidate.resume_id] = len(places)
                texts.append(abstract(candidate.text[:MAX_CHARACTERS]))
            labels.append((number, places[candidate.resume_id], bool(is_full(grade))))
    fitting, failing = (np.zeros((len(newest), len(texts)), dtype=np.float32) for _ in range(2))
    for number, index, fits in labels:
        (fitting if fits else failing)[number, index] = 1
    jobs = [abstract(normalise(group.job[:MAX_CHARACTERS])[0]) for group in newest]  # resumes have the usual names, too
    by_resume = terms_of(texts, [bool(column.any()) for column in fitting.T], LEAST_RESUMES)
    terms, says = _matrix(by_resume, MAX_RESUME_TERMS)
    job_terms, asked = _matrix(terms_of(jobs, [True] * len(jobs), LEAST_JOBS), MAX_JOB_TERMS, at_most=2 / 3 * len(jobs))
    job_ids = [group.job_id for group in newest]
    return Corpus(jobs, job_ids, list(places), texts, fitting, failing, terms, says, job_terms, np.ascontiguousarray(asked.T))


def _matrix(sets: Sequence[set[str]], limit: int, at_most: float = float("inf")) -> tuple[list[str], np.ndarray]:
    """Return the most frequent terms, in alphabetical order, and a matrix (texts, terms) of which text has which."""
    frequency: defaultdict[str, int] = defaultdict(int)
    for of_one in sets:
        for term in of_one:
            frequency[term] += 1
    names = sorted(
        sorted((term for term, count in frequency.items() if count <= at_most), key=lambda term: (-frequency[term], term))[:limit]
    )
    columns = {term: number for number, term in enumerate(names)}
    matrix = np.zeros((len(sets), len(names)), dtype=np.float32)
    for row, of_one in enumerate(sets):
        matrix[row, [columns[term] for term in of_one if term in columns]] = 1
    return names, matrix
