"""Look up accepted terms in labelled rows: the glossary feature for any subset of groups to learn from.

Terms were mined from the very labels that their worth is then measured on. To keep that from flattering them, a cross-validation asks
`values` with the groups it trains on: a term counts only where those groups alone speak for it, and more clearly than mining asks. A
mined term counts only for jobs that resemble those it was mined from; a job does not count as one of its own models.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from feedback.glossary.corpus import LEAST_JOBS, LEAST_RESUMES
from feedback.glossary.glossary import abstract
from feedback.glossary.log_odds import log_odds
from feedback.glossary.ngrams import has_term
from feedback.labels import Term
from feedback.learning.features import NAMES
from feedback.learning.metrics import is_full, is_none
from feedback.learning.pairs import PairwiseDataset
from feedback.learning.resemblance import resemblance

LEAST_Z = 2.576
"""One-sided 0.5 %, above mining's own: a term just over the line on all labels may owe that to the held-out ones. Random labels with every
mined pair accepted (30 jobs) passed the gate 13 times of 120 where both lines were 1.96, 2 times of 150 with these."""


@dataclass(frozen=True)
class TermTable:
    """`called` and `has` are (rows, terms): whether the row's job calls for the term, and whether its resume has it. `same_job_term` is
    (terms, job terms). The others are (rows,): `resume` numbers the different resumes, `stored` is the feature as it was kept, for rows
    without text, and NaN for the rest.
    """

    called: np.ndarray
    has: np.ndarray
    same_job_term: np.ndarray
    is_full: np.ndarray
    is_none: np.ndarray
    resume: np.ndarray
    group: np.ndarray
    stored: np.ndarray

    def values(self, train: np.ndarray) -> np.ndarray:
        """Return the glossary feature of every row, with only the terms that the groups in `train` (indexes) support."""
        called = self.called & self.supported(train)
        asked, answered = called @ self.same_job_term > 0, (called & self.has) @ self.same_job_term > 0
        share = answered.sum(axis=1) / np.maximum(1, asked.sum(axis=1))
        return np.where(np.isnan(self.stored), share, self.stored)

    def supported(self, train: np.ndarray) -> np.ndarray:
        """Return, per term, whether the groups in `train` support it: the criteria of `mining.mine`, with LEAST_Z here."""
        rows = np.isin(self.group, train)
        return np.array([self._is_supported(term, rows) for term in range(self.called.shape[1])], dtype=bool)

    def _is_supported(self, term: int, rows: np.ndarray) -> bool:
        rows = rows & self.called[:, term]
        full, none, has = rows & self.is_full, rows & self.is_none, self.has[:, term]
        said, of, wrong, wrong_of = (np.array(len(np.unique(self.resume[chosen]))) for chosen in (full & has, full, none & has, none))
        if said < LEAST_RESUMES or len(np.unique(self.group[full & has])) < LEAST_JOBS:
            return False
        ratio, variance = log_odds(said, of, wrong, wrong_of, np.array(has[self.called[:, term]].mean()))
        return bool(ratio / np.sqrt(variance) >= LEAST_Z)


def term_table(dataset: PairwiseDataset, terms: Mapping[Term, np.ndarray | None], vectors: np.ndarray | None = None) -> TermTable:
    """Look the terms up in jobs and resumes. Only resumes of jobs that use a term are read.

    A term's value are the vectors of the jobs that it was mined from, None if it counts for every job. `vectors` (groups, 384) are those of
    the dataset's jobs; None: they all resemble one another.
    """
    jobs = [abstract(group.job) for group in dataset.groups]
    asks = np.array([[has_term(job, term.job_term) for term in terms] for job in jobs], dtype=bool).reshape(len(jobs), len(terms))
    if vectors is not None:
        for index, mined_from in enumerate(terms.values()):
            asks[:, index] &= mined_from is None or _near(vectors, mined_from)
    called = asks[dataset.group]
    has = np.zeros_like(called)
    stored = np.full(len(dataset.group), np.nan)
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    resume = np.zeros(len(dataset.group), dtype=int)
    for row, (number, index) in enumerate(zip(dataset.group, dataset.candidate, strict=True)):
        candidate = dataset.groups[number].candidates[index]
        resume[row] = numbers.setdefault(candidate.resume_id, len(numbers))
        if not candidate.text:
            stored[row] = dataset.features[row, NAMES.index("glossary")]
        elif called[row].any():
            if candidate.resume_id not in texts:
                texts[candidate.resume_id] = abstract(candidate.text)
            has[row] = [has_term(texts[candidate.resume_id], term.resume_term) for term in terms]
    job_terms = sorted({term.job_term for term in terms})
    same = np.array([[term.job_term == other for other in job_terms] for term in terms], dtype=int).reshape(len(terms), len(job_terms))
    return TermTable(called, has, same, is_full(dataset.grades), is_none(dataset.grades), resume, dataset.group, stored)


def _near(vectors: np.ndarray, mined_from: np.ndarray) -> np.ndarray:
    """Return by job (n, 384) whether `resemblance.is_near` holds for another job of those that a term was mined from."""
    is_itself = (vectors[:, None, :] == mined_from[None, :, :]).all(axis=2)
    return np.any(np.where(is_itself, 0.0, resemblance(vectors, mined_from)) >= 0.5, axis=1)
