"""Mine glossary proposals: words that resumes labelled 完全匹配 use for jobs with a given term, and resumes labelled 不匹配 do not.

The measure is the log-odds ratio of log_odds.py, on the matrices of corpus.py. A person decides about every proposal.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from feedback.glossary.corpus import LEAST_JOBS, LEAST_RESUMES, MAX_CHARACTERS, Corpus, corpus_of
from feedback.glossary.glossary import find
from feedback.glossary.log_odds import log_odds
from feedback.glossary.ngrams import abstract, has_term
from feedback.labels import Group, Term
from preprocess.tech_stack.names import is_technology_name

MAX_CANDIDATES, MAX_PROPOSALS = 3000, 8
LEAST_Z, LEAST_OF_BEST = 2.326, 0.6
"""One-sided 1 %, and this share of the strongest pair's z. Thousands of pairs are compared: chance makes a few of middling z, which a
person should not have to reject one by one. Weaker pairs come forward once the stronger ones were decided."""
QUOTE_LENGTH = 80
_CHUNK = 256


@dataclass(frozen=True)
class Quote:
    """A clause of a resume with the term, cut to QUOTE_LENGTH characters."""

    resume_id: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """A pair with its evidence: how many of the different resumes labelled 完全匹配 (`full` of `full_of`) and 不匹配 (`none` of `none_of`)
    for jobs with the job term say the resume term, for how many `jobs` the former do, and the z-score of the log-odds ratio.
    `job_ids` are these jobs.
    """

    term: Term
    z: float
    full: int
    full_of: int
    none: int
    none_of: int
    jobs: int
    quotes: tuple[Quote, ...]
    job_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A pair by its indexes in the corpus."""

    z: float
    ratio: float
    job_term: int
    term: int
    counts: tuple[int, int, int, int]
    jobs: int


def mine(groups: Sequence[Group], decided: Collection[Term] = ()) -> tuple[Proposal, ...]:
    """Return at most MAX_PROPOSALS pairs, whole words first, then by strength, without `decided` pairs and their variants."""
    corpus = corpus_of(groups)
    if not corpus.terms or not corpus.job_terms:
        return ()
    with threadpool_limits(1, "blas"):  # see report.tune
        candidates = sorted(_candidates(corpus), key=lambda candidate: (-candidate.z, candidate.job_term, candidate.term))[:MAX_CANDIDATES]
    names = {term: _name(corpus, term) for term in {candidate.job_term for candidate in candidates}}
    job_sides = {term: _sides(corpus.jobs, name) for term, name in names.items()}
    sides = {term: _sides(_saying(corpus, term), corpus.terms[term]) for term in {candidate.term for candidate in candidates}}
    candidates.sort(
        key=lambda candidate: (-sides[candidate.term] - job_sides[candidate.job_term], -candidate.z, -len(corpus.terms[candidate.term]))
    )
    words = [candidate for candidate in candidates if job_sides[candidate.job_term] == 2]
    kept: list[tuple[str, str, frozenset[int]]] = [(term.job_term, term.resume_term, frozenset()) for term in decided]
    proposals: list[Proposal] = []
    for candidate in candidates:
        candidate = _narrowest(candidate, words, names)
        job_term, term, witnesses = names[candidate.job_term], corpus.terms[candidate.term], _witnesses(corpus, candidate)
        if _nested(job_term, term) or _is_variant(job_term, term, witnesses, kept) or _said_by_jobs(corpus, candidate):
            continue
        kept.append((job_term, term, witnesses))
        quotes, jobs = _quotes(groups, corpus, term, witnesses), _jobs_with(corpus, candidate)
        proposals.append(Proposal(Term(job_term, term), candidate.z, *candidate.counts, candidate.jobs, quotes, jobs))
        if len(proposals) == 2 * MAX_PROPOSALS:
            break
    best = max((proposal.z for proposal in proposals), default=0.0)
    return tuple(proposal for proposal in proposals if proposal.z >= LEAST_OF_BEST * best)[:MAX_PROPOSALS]


def _candidates(corpus: Corpus) -> Iterator[_Candidate]:
    """Yield the pairs that pass every numeric threshold.

    Jobs with the term are compared with jobs without it: a word that helps for every job is no synonym of this term. Of job terms that
    occur in exactly the same jobs only the first is tried.
    """
    usual = corpus.says.mean(axis=0)
    jobs_with = (corpus.is_full @ corpus.says > 0).astype(np.float32)
    _, distinct = np.unique(corpus.asks, axis=0, return_index=True)
    for chunk in np.array_split(np.sort(distinct), max(1, len(distinct) // _CHUNK)):
        asks = corpus.asks[chunk]
        inside, outside = _counts(corpus, asks), _counts(corpus, 1 - asks)
        ratio, variance = log_odds(*inside, usual)
        ratio_outside, variance_outside = log_odds(*outside, usual)
        z = ratio / np.sqrt(variance)
        special = (ratio - ratio_outside) / np.sqrt(variance + variance_outside)
        jobs = asks @ jobs_with
        full, full_of, none, none_of = inside
        for row, term in zip(*np.nonzero((z >= LEAST_Z) & (special >= 1) & (full >= LEAST_RESUMES) & (jobs >= LEAST_JOBS)), strict=True):
            counts = (int(full[row, term]), int(full_of[row, 0]), int(none[row, term]), int(none_of[row, 0]))
            yield _Candidate(float(z[row, term]), float(ratio[row, term]), int(chunk[row]), int(term), counts, int(jobs[row, term]))


def _counts(corpus: Corpus, asks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return (full, full_of, none, none_of): counts of distinct resumes with each term and in all, for each row of `asks` (rows, jobs)."""
    counts = []
    for labels in (corpus.is_full, corpus.is_none):
        resumes = (asks @ labels > 0).astype(np.float32)
        counts += [resumes @ corpus.says, resumes.sum(axis=1, keepdims=True)]
    return counts[0], counts[1], counts[2], counts[3]


def _narrowest(candidate: _Candidate, words: Sequence[_Candidate], names: Mapping[int, str]) -> _Candidate:
    """Return the pair with a longer job term around this one's (数据驱动 for 数据) if its ratio is higher and its z at least 80 %."""
    longer = [other for other in words if other.term == candidate.term and other.ratio > candidate.ratio and other.z >= 0.8 * candidate.z]
    return max(
        (other for other in longer if names[candidate.job_term] in names[other.job_term]), key=lambda other: other.z, default=candidate
    )


def _is_variant(job_term: str, term: str, witnesses: frozenset[int], kept: Sequence[tuple[str, str, frozenset[int]]]) -> bool:
    """Return whether a kept pair nests this one's term, or has a nested job term and at least 80 % of the same resumes."""
    return any(
        _nested(term, other) or (_nested(job_term, other_job) and len(witnesses & others) >= 0.8 * len(witnesses))
        for other_job, other, others in kept
    )


def _witnesses(corpus: Corpus, candidate: _Candidate) -> frozenset[int]:
    """Return the resumes labelled 完全匹配 for jobs with the job term that have the term."""
    full = corpus.asks[candidate.job_term] @ corpus.is_full > 0
    return frozenset(np.nonzero(full & (corpus.says[:, candidate.term] > 0))[0].tolist())


def _jobs_with(corpus: Corpus, candidate: _Candidate) -> tuple[str, ...]:
    """Return the ids of the jobs with the job term for which a resume labelled 完全匹配 has the term."""
    answered = (corpus.asks[candidate.job_term] > 0) & (corpus.is_full @ corpus.says[:, candidate.term] > 0)
    return tuple(corpus.job_ids[index] for index in np.nonzero(answered)[0])


def _nested(shorter: str, other: str) -> bool:
    return shorter in other or other in shorter


def _said_by_jobs(corpus: Corpus, candidate: _Candidate) -> bool:
    """Return whether at least half of the jobs with the job term contain the resume's term: then the model needs no glossary for it."""
    asking = [job for job, asks in zip(corpus.jobs, corpus.asks[candidate.job_term], strict=True) if asks]
    return 2 * sum(has_term(job, corpus.terms[candidate.term]) for job in asking) >= len(asking)


def _name(corpus: Corpus, term_index: int) -> str:
    """Return the likeliest whole word of all job terms that occur in exactly the same jobs as this one.

    A known technology comes first, then the term with the most distinct neighbours on the side that has fewer (accessor variety: Feng et
    al. 2004), then the longest.
    """
    same = [corpus.job_terms[row] for row in np.nonzero((corpus.asks == corpus.asks[term_index]).all(axis=1))[0]]

    def preference(term: str) -> tuple[bool, int, int, str]:
        return is_technology_name(term, is_sure=True), min(map(len, _neighbours(corpus.jobs, term))), len(term), term

    return max(same, key=preference)


def _saying(corpus: Corpus, term: int) -> list[str]:
    return [corpus.texts[index] for index in np.nonzero(corpus.says[:, term])[0]]


def _sides(texts: Sequence[str], term: str) -> int:
    """Return on how many sides (0 to 2) the term has different neighbours; with 0 it is a fragment of something longer."""
    return sum(len(side) > 1 for side in _neighbours(texts, term))


def _neighbours(texts: Sequence[str], term: str) -> tuple[set, set]:
    """Return the sets of what precedes and follows the term; each edge of a phrase counts as another neighbour."""
    before, after = set(), set()
    for number, text in enumerate(texts):
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            for side, edge in ((before, text[max(0, start - 1) : start]), (after, text[end : end + 1])):
                side.add(edge if edge.isalnum() else (number, start))
            start = text.find(term, end)
    return before, after


def _quotes(groups: Sequence[Group], corpus: Corpus, term: str, witnesses: frozenset[int]) -> tuple[Quote, ...]:
    """Return quotes from at most three different resumes."""
    ids = {corpus.ids[index] for index in witnesses}
    quotes: dict[str, Quote] = {}
    for candidate in (candidate for group in groups for candidate in group.candidates):
        if candidate.resume_id in ids and candidate.resume_id not in quotes and len(quotes) < 3:
            start = find(candidate.text[:MAX_CHARACTERS], term)
            if start:
                quotes[candidate.resume_id] = Quote(candidate.resume_id, _short(candidate.text[slice(*start)], term))
    return tuple(quotes.values())


def _short(clause: str, term: str) -> str:
    """Return at most QUOTE_LENGTH characters of the clause around the term."""
    plain = abstract(clause)
    middle = (plain.find(term) + len(term) / 2) / max(1, len(plain)) * len(clause)
    start = max(0, min(int(middle) - QUOTE_LENGTH // 2, len(clause) - QUOTE_LENGTH))
    return clause[start : start + QUOTE_LENGTH]
