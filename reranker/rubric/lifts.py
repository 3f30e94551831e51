"""Move a ranking by a stated amount for each criterion of its rubric that HR changed.

A criterion of kind k and weight w counts v = WEIGHTS[k] · w (must 1, duty 0.6, nice 0.3, else 0; reranker/judge/combine.py). Its verdict
on a resume has a strength s from 0 (not shown) over ½ to 1 (proven). Where `then` is the same for the requirements as they were parsed from
the job, which the model has read already, a changed criterion adds to the resume's score

    unit · (v · (s − ½) − Σ v_then · (s_then − ½))        over the parsed requirements that it comes from

so that what stands as it was parsed adds nothing, an added one v · (s − ½), and an ignored or deleted one takes its part away again.

`unit` is LOGIT_UNIT for an engine whose score is a logit: a must that was added, or made twice as important, adds +1 where it is proven
and −1 where it is not shown. An engine with a score of its own gets 1 / Σ v_then: its score is such a weighted mean (embedded/engine.py),
which a changed rubric so turns into the mean by the new weights, up to a factor that is the same for all resumes. For a job of
technologies, where words count beside the mean, what HR changed weighs more than what stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reranker.engine import EngineInfo
from reranker.evidence.emphasis import EMPHASIS
from reranker.evidence.match_points import Evidence, MatchPoint, features_of, of_kind
from reranker.evidence.requirements import REFUSED, Requirement
from reranker.evidence.soft import SOFT
from reranker.judge.combine import WEIGHTS
from reranker.rubric.criteria import Criterion, Rubric

LOGIT_UNIT = 2.0
"""Logits by which a must at weight 1 moves a resume that proves it against one that does not show it."""


@dataclass(frozen=True)
class Lift:
    """The change of a resume's score by one changed criterion, in the units of its logit, and why.

    `change` is "added", "reworded", "kind", "weight", "ignored" or "deleted". Rankings stored earlier may have "forbidden".
    """

    text: str
    change: str
    amount: float


class ChangedRubric:
    """A rubric that HR has changed, over the requirements that a ranking looks at anyway."""

    def __init__(self, rubric: Rubric, asked: Sequence[Requirement], info: EngineInfo):
        """`asked` are the requirements that the unchanged ranking explains, demands of the instruction among them."""
        self._rubric, self._count = rubric, len(asked)
        texts = [requirement.text for requirement in asked]
        counting = [criterion.text for criterion in rubric.criteria if criterion.counts]
        self._kinds = {requirement.text: requirement.kind for requirement in rubric.parsed if requirement.kind != REFUSED}
        wanted = dict.fromkeys([*counting, *self._kinds])
        hardened = {criterion.text for criterion in rubric.criteria if criterion.counts and criterion.kind != SOFT}
        hardened &= {requirement.text for requirement in asked if requirement.kind == SOFT}  # their status is wanted after all
        self.requirements = (*asked, *(Requirement(text, "must", ()) for text in wanted if text not in texts or text in hardened))
        self._demands = [index for index, requirement in enumerate(asked) if requirement.kind == EMPHASIS]
        self._unit = unit_of(rubric, info)

    def before(self, evidence: Evidence) -> Evidence:
        """Return the evidence for the requirements as they were parsed: what learned weights know the features of."""
        points = evidence.points[: self._count]
        return replace(evidence, points=points, features=features_of(points))

    def points(self, evidence: Evidence) -> tuple[MatchPoint, ...]:
        """Return the match points of the criteria, in their order, then those of the instruction's demands."""
        by_text = {point.requirement: point for point in evidence.points}
        counting = [criterion for criterion in self._rubric.criteria if criterion.counts]
        criteria = [of_kind(by_text[criterion.text], criterion.kind) for criterion in counting]
        return (*criteria, *(evidence.points[index] for index in self._demands))

    def lifts(self, evidence: Evidence) -> tuple[Lift, ...]:
        """Return what each change adds to the resume's score; changes that add nothing to anybody are left out."""
        strengths = {point.requirement: point.strength for point in evidence.points}
        then = {text: WEIGHTS[kind] for text, kind in self._kinds.items()}
        lifts = []
        for criterion in self._rubric.criteria:
            sources = [source for source in criterion.sources if source in then]
            if not self._is_as_parsed(criterion):
                amount = _part(_weight_now(criterion), strengths.get(criterion.text, 0.5))
                amount -= sum(_part(then[source], strengths[source]) for source in sources)
                lifts.append(Lift(criterion.text, self._change(criterion), self._unit * amount))
            for source in sources:
                del then[source]  # of several parts of one requirement, the first takes its place
        lifts += [Lift(text, "deleted", -self._unit * _part(weight, strengths[text])) for text, weight in then.items()]
        return tuple(lift for lift in lifts if abs(lift.amount) > 1e-9)

    def _is_as_parsed(self, criterion: Criterion) -> bool:
        return criterion.sources == (criterion.text,) and criterion.weight == 1 and criterion.kind == self._kinds.get(criterion.text)

    def _change(self, criterion: Criterion) -> str:
        if not criterion.counts:
            return "ignored"
        if criterion.origin != "parsed":
            return criterion.origin
        return "weight" if criterion.weight != 1 else "kind"


def changed_rubric(rubric: Rubric | None, asked: Sequence[Requirement], info: EngineInfo) -> ChangedRubric | None:
    """Return the rubric as it changes a ranking; None where there is none or it stands as parsed, so that nothing changes."""
    return None if rubric is None or rubric.is_untouched else ChangedRubric(rubric, asked, info)


def unit_of(rubric: Rubric, info: EngineInfo) -> float:
    """Return what a must at weight 1 counts from not shown to proven, in the units of the engine's score."""
    if info.score_scale == "probability":
        return LOGIT_UNIT
    return 1 / (sum(WEIGHTS[requirement.kind] for requirement in rubric.parsed if requirement.kind != REFUSED) or 1.0)


def total(lifts: Sequence[Lift]) -> float:
    """Return what the lifts add together."""
    return sum(lift.amount for lift in lifts)


def unmet_musts(points: Sequence[MatchPoint] | None) -> tuple[MatchPoint, ...]:
    """Return the musts that a resume does not show: it is marked for them, and stays in the list."""
    return tuple(point for point in points or () if point.kind == "must" and point.status == "missing")


def _part(weight: float, strength: float) -> float:
    return weight * (strength - 0.5)


def _weight_now(criterion: Criterion) -> float:
    return WEIGHTS[criterion.kind] * criterion.weight if criterion.counts else 0.0
