"""Whether a resume contains the job description word for word, beyond the names of technologies that both must have."""

import re
from functools import lru_cache
from itertools import groupby

from preprocess.document import Note
from preprocess.lexicon.characters import CJK
from preprocess.tech_stack.normalise import find_skills

_QUOTE = 40
_WORD = re.compile(rf"[a-z][a-z0-9_+#]*|[{CJK}]", re.IGNORECASE)

RUN = 8
"""Words in a row, technologies left out, that count as copied; a Chinese character is a word."""
LEAST_RUNS, LEAST_SHARE = 12, 0.1
"""So many runs of the job description, and this share of them. 98 real resumes beside descriptions written after them reach 0.018."""


def copied_job(text: str, job: str) -> list[Note]:
    """`job_copied`: quotes where the longest copied part begins; `count` is the share of the job description, in percent."""
    asked = _asked(job)
    if len(asked) < LEAST_RUNS:
        return []
    runs = _runs(text)
    common = asked.intersection(run for run, _ in runs)
    if len(common) < LEAST_RUNS or len(common) < LEAST_SHARE * len(asked):
        return []
    parts = [list(part) for is_common, part in groupby(runs, key=lambda one: one[0] in common) if is_common]
    start = max(parts, key=len)[0][1]
    return [Note("job_copied", before=text[start : start + _QUOTE].replace("\n", " "), count=round(100 * len(common) / len(asked)))]


@lru_cache(maxsize=8)
def _asked(job: str) -> frozenset[tuple[str, ...]]:
    """The runs of a job description, which a whole pile is compared with."""
    return frozenset(run for run, _ in _runs(job))


def _runs(text: str) -> list[tuple[tuple[str, ...], int]]:
    """All runs of words with the place where each begins."""
    words: list[tuple[str, int]] = []
    position = 0
    for start, end in [*((skill.start, skill.end) for skill in find_skills(text)), (len(text), len(text))]:
        words += ((word[0].lower(), word.start()) for word in _WORD.finditer(text, position, start))
        position = end
    return [(tuple(word for word, _ in words[at : at + RUN]), words[at][1]) for at in range(len(words) - RUN + 1)]
