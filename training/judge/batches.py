"""Choose the resumes and requirements that the network sees in each step: a function of the seed and the number of the step alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from training.judge.examples import GroupExample, ResumeExample

RESUMES, OWN = 4, 8
"""Resumes of one group that are seen together, and requirements of their job, at most."""
PARTS = 2
"""Groups of which a step sees some resumes."""


@dataclass(frozen=True)
class GroupPart:
    """Some resumes of a group; requirements as numbers of the group's own, and as (group, requirement) of other groups."""

    group: int
    resumes: tuple[int, ...]
    own: tuple[int, ...]
    foreign: tuple[tuple[int, int], ...]


class Batches:
    """The parts of each step; in an epoch every resume is seen once."""

    def __init__(self, groups: Sequence[GroupExample], seed: int, foreign: float):
        """Take as `foreign` the share of requirements that are another job's."""
        self._groups, self._seed, self._foreign = groups, seed, foreign
        self._per_epoch = len(self._epoch(0))

    def step(self, number: int) -> list[GroupPart]:
        """Return the parts of a step."""
        return [self._part(index) for index in range(number * PARTS, (number + 1) * PARTS)]

    def _part(self, index: int) -> GroupPart:
        epoch, position = divmod(index, self._per_epoch)
        group, resumes = self._epoch(epoch)[position]
        random = Random(f"{self._seed} part {index}")
        example = self._groups[group]
        own = random.sample(range(len(example.requirements)), min(OWN, len(example.requirements)))
        count = round(len(own) * self._foreign / (1 - self._foreign))
        foreign = {random.choice(random.choice([side for side in (example.near, example.far) if side])) for _ in range(count)}
        return GroupPart(group, resumes, tuple(own), tuple(sorted(foreign)))

    @lru_cache(maxsize=2)  # noqa: B019  # lives as long as the training
    def _epoch(self, number: int) -> list[tuple[int, tuple[int, ...]]]:
        random = Random(f"{self._seed} epoch {number}")
        parts = []
        for group, example in enumerate(self._groups):
            order = random.sample(range(len(example.resumes)), len(example.resumes))
            parts += [(group, tuple(order[start : start + RESUMES])) for start in range(0, len(order), RESUMES)]
        return random.sample(parts, len(parts))


def asked(part: GroupPart, groups: Sequence[GroupExample]) -> list[tuple[int, ...]]:
    """Return the token ids of the part's requirements, its own ones first."""
    own = [groups[part.group].requirements[index] for index in part.own]
    return own + [groups[group].requirements[index] for group, index in part.foreign]


def seen_resumes(part: GroupPart, groups: Sequence[GroupExample]) -> list[ResumeExample]:
    """Return the resumes of the part."""
    return [groups[part.group].resumes[index] for index in part.resumes]
