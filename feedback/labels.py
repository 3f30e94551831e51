"""Define the types of the feedback loop: labels, their candidates and jobs, company terms, and learned weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

FULL, PARTIAL, NONE = 2, 1, 0
"""The grades of a label: 完全匹配, 部分匹配, 不匹配."""
GRADES = {FULL: "full", PARTIAL: "partial", NONE: "none"}
"""Keys of the [label] texts, best first."""


@dataclass(frozen=True)
class Label:
    """One person's grade of one candidate for one job. `at` is in Unix seconds."""

    rater: str
    grade: int
    reason: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Candidate:
    """A resume ranked for a job. `features` are those of the newest run that ranked it for that job, "logit" among them.

    `rank` is the rank shown, from 1; 0 when nothing was shown (imported labels). `labels` holds the newest of each person. `text` is ""
    once it was deleted.
    """

    resume_id: str
    name: str
    rank: int
    features: Mapping[str, float]
    text: str = ""
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Group:
    """One job description with the candidates that were ranked for it: learning compares within a group, and never splits one.

    `fingerprint` is that of the engine whose logits the features hold: logits of two engines cannot be compared.
    """

    job_id: str
    job: str
    fingerprint: str
    candidates: tuple[Candidate, ...]
    at: float = 0.0
    """Time of the newest run, in Unix seconds."""


@dataclass(frozen=True)
class Term:
    """A pair of company terms: where a job says `job_term`, a resume that fits tends to say `resume_term` (高并发 → #万qps).

    Both are as `glossary.abstract` writes them: lower case, every number as "#".
    """

    job_term: str
    resume_term: str


@dataclass(frozen=True)
class Strength:
    """The weight of what was learned for one job: `value` in 0..1, by its resemblance to the jobs that were learned from.

    `similar_jobs` of these resemble it at all. None: it is not known which jobs they were, and `value` is 1.
    """

    value: float
    similar_jobs: int | None = None


@dataclass(frozen=True)
class Weights:
    """Coefficients by feature; candidates are ordered by Σ coefficient · feature. Missing features count as 0.

    `fingerprint` is that of the engine they were learned on. Version 0 is the model's own order, for every engine.
    """

    version: int = 0
    coefficients: Mapping[str, float] = field(default_factory=lambda: {"logit": 1.0})
    fingerprint: str = ""
    strength: Strength | None = None
    """The share with which they count for one job; the coefficients hold it already. None: for no job in particular, in full."""

    def at(self, strength: Strength) -> "Weights":
        """Return these weights for one job: what was learned times the strength, the logit as it is. At 0 only the logit is left."""
        learned = {name: strength.value * value for name, value in self.coefficients.items() if name != "logit" and strength.value > 0}
        return replace(self, coefficients={"logit": self.coefficients["logit"], **learned}, strength=strength)


MODEL_ORDER = Weights()
"""Version 0: nothing learned."""
