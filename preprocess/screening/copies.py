"""Find the job description copied into a resume, beyond the names of technologies that both must have."""

import re
from functools import lru_cache
from itertools import groupby

from preprocess.document import Note
from preprocess.lexicon.characters import CJK
from preprocess.tech_stack.normalise import skills_of_resume

_QUOTE = 40
_WORD = re.compile(rf"[a-z][a-z0-9_+#]*|[{CJK}]", re.IGNORECASE)

RUN = 8
"""Words in a row, technologies left out, that count as copied; a Chinese character is a word."""
MIN_RUNS, MIN_SHARE = 12, 0.1
"""At least so many runs of the job description, and this share of them. 98 real resumes written for job descriptions reach 0.018."""


def copied_job(text: str, job: str) -> list[Note]:
    """Return the note `job_copied`, which quotes the start of the longest copied part; `count` is the copied share in percent."""
    job_runs = _job_runs(job)
    if len(job_runs) < MIN_RUNS:
        return []
    runs = _runs(text)
    common = job_runs.intersection(run for run, _ in runs)
    if len(common) < MIN_RUNS or len(common) < MIN_SHARE * len(job_runs):
        return []
    parts = [list(part) for is_common, part in groupby(runs, key=lambda run_and_start: run_and_start[0] in common) if is_common]
    start = max(parts, key=len)[0][1]
    return [Note("job_copied", before=text[start : start + _QUOTE].replace("\n", " "), count=round(100 * len(common) / len(job_runs)))]


@lru_cache(maxsize=8)
def _job_runs(job: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of a job description, which all resumes are compared with."""
    return frozenset(run for run, _ in _runs(job))


def _runs(text: str) -> list[tuple[tuple[str, ...], int]]:
    """Return all runs of words with the offset where each begins."""
    words: list[tuple[str, int]] = []
    position = 0
    for start, end in [*((skill.start, skill.end) for skill in skills_of_resume(text)), (len(text), len(text))]:
        words += ((word[0].lower(), word.start()) for word in _WORD.finditer(text, position, start))
        position = end
    return [(tuple(word for word, _ in words[index : index + RUN]), words[index][1]) for index in range(len(words) - RUN + 1)]
