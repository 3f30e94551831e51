"""Leave out of a resume who somebody is, before the judge reads it: name, age, gender, family, contact, places, names of schools.

Blind mode's masking finds what is stated as such; `introduction` what stands bare at the top. The judge loses little by it, and must not
care who it is. What it points at is told in places of the resume as it is, so that quotes are its own lines.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from preprocess.blind.alignment import paired_lines
from preprocess.blind.mask import mask
from preprocess.blind.names import find_names
from preprocess.blind.schools import SCHOOL
from reranker.judge.introduction import guessed_name, without_name, without_person


@dataclass(frozen=True)
class Anonymous:
    """The text of a resume without its person. `spans` are (start, end) of its lines, `origins` those of the lines of the resume."""

    text: str
    spans: tuple[tuple[int, int], ...]
    origins: tuple[tuple[int, int], ...]

    def in_resume(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the resume the characters `start` to `end` of a line of the text stand; about, where its line was changed."""
        line = bisect_right(self.spans, start, key=lambda span: span[0]) - 1
        (first, last), (left, right) = self.spans[line], self.origins[line]
        scale = (right - left) / max(1, last - first)
        return left + round((start - first) * scale), left + round((end - first) * scale)


@lru_cache(maxsize=4)  # asked for a score and again for its match points; no more texts of resumes stay in memory
def anonymous(resume: str) -> Anonymous:
    """Return the resume as the judge reads it. Linear; two resumes that differ only in what is left out come out the same."""
    lines = resume.split("\n")
    guess = guessed_name(lines)
    names = [name.words for name in find_names(resume, guess, False, ())]
    masked = without_name(mask(resume, guess, schools=True).text, names).split("\n")
    pairs = list(paired_lines(lines, masked))
    is_personal = [masked[after] != lines[before] and not any(word in masked[after] for word in SCHOOL) for before, after in pairs]
    kept = without_person([masked[after] for _, after in pairs], is_personal)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spans, origins, offset = [], [], 0
    for line, (before, _) in zip(kept, pairs, strict=True):
        if line is not None:
            spans.append((offset, offset + len(line)))
            origins.append((starts[before], starts[before] + len(lines[before])))
            offset += len(line) + 1
    return Anonymous("\n".join(line for line in kept if line is not None), tuple(spans), tuple(origins))
