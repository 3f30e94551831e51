"""Hold the criteria that HR wants a list to be ranked by: those parsed from the job description, as reworded, weighted and added to.

A Rubric is a value. edits.py changes one, lifts.py tells what a changed one does to the order.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from reranker.evidence.requirements import Requirement
from reranker.evidence.soft import SOFT

KINDS = ("must", "nice", "duty", SOFT, "ignore")
WEIGHTS = (0.5, 1.0, 2.0)
PARSED, REWORDED, ADDED = "parsed", "reworded", "added"


@dataclass(frozen=True)
class Criterion:
    """One criterion. `sources` are the parsed requirements that it comes from: itself if it is as parsed, none if it was added.

    `key` names it within its rubric, whatever happens to the others; it is no part of what is compared.
    """

    key: int
    text: str
    kind: str
    weight: float = 1.0
    origin: str = PARSED
    sources: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """True if it takes part in the ranking."""
        return self.kind != "ignore"


@dataclass(frozen=True)
class Rubric:
    """Criteria in the order of HR, and `parsed`, the requirements of the job description with the kinds they were parsed as."""

    criteria: tuple[Criterion, ...]
    parsed: tuple[Requirement, ...]

    @property
    def is_untouched(self) -> bool:
        """True if every criterion stands as it was parsed: then the order is exactly the model's."""
        return self == as_parsed(self.parsed)

    @property
    def digest(self) -> str:
        """Identify the content: equal digests are equal criteria, in the same order."""
        return sha256(json.dumps([content(criterion) for criterion in self.criteria], ensure_ascii=False).encode()).hexdigest()[:16]

    def ranks_like(self, other: "Rubric") -> bool:
        """Return whether a list ranked under the other rubric is as under this one; the order of the criteria does not matter."""
        return sorted(map(content, self.criteria)) == sorted(map(content, other.criteria)) and self.parsed == other.parsed

    def criterion(self, key: int) -> Criterion:
        """Return the criterion with this key. Raise LookupError if it is gone."""
        match = next((criterion for criterion in self.criteria if criterion.key == key), None)
        if match is None:
            raise LookupError(key)
        return match


def as_parsed(requirements: Sequence[Requirement]) -> Rubric:
    """Return the untouched rubric of what a job asks for (`parse_job`): what the law forbids to ask is there, and ignored."""
    criteria = [
        Criterion(key, requirement.text, requirement.kind, sources=(requirement.text,))
        for key, requirement in enumerate(requirements, start=1)
    ]
    return Rubric(tuple(criteria), tuple(requirements))


def as_preset(rubric: Rubric) -> list[tuple[str, str, float]]:
    """Return (text, kind, weight) of each criterion that counts."""
    return [content(criterion) for criterion in rubric.criteria if criterion.counts]


def rubric_as_json(rubric: Rubric) -> dict[str, Any]:
    """Return the rubric as it is stored."""
    return {
        "criteria": [asdict(criterion) for criterion in rubric.criteria],
        "parsed": [asdict(requirement) for requirement in rubric.parsed],
    }


def rubric_from_json(kept: Mapping[str, Any]) -> Rubric:
    """Return the rubric that `rubric_as_json` wrote. Raise KeyError or TypeError for anything else."""
    criteria = [Criterion(**{**criterion, "sources": tuple(criterion["sources"])}) for criterion in kept["criteria"]]
    parsed = [Requirement(**{**requirement, "skills": tuple(requirement["skills"])}) for requirement in kept["parsed"]]
    return Rubric(tuple(criteria), tuple(parsed))


def content(criterion: Criterion) -> tuple[str, str, float]:
    """Return (text, kind, weight) of a criterion: what is compared."""
    return criterion.text, criterion.kind, criterion.weight
