"""Define what every kind of fact has in common: a value with its place in the text, a demand, and the answer to it.

Each module here has three functions: `asked(requirement)` returns what a requirement demands of this kind (None: nothing),
`stated(text)` returns the facts that a resume states, and `answer(demand, facts)` compares them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Verdict(StrEnum):
    """The degree to which stated facts meet a demand. NOT_SAID: the resume states nothing of that kind; NOT_MET: what it states is less."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_SAID = "not_said"


@dataclass(frozen=True)
class Fact(Generic[Value]):
    """A value and where it stands: characters `start` to `end` of the text."""

    value: Value
    start: int
    end: int
    certainty: float = 1.0
    """1.0: said in so many words; below: concluded, or said with a reservation."""


@dataclass(frozen=True)
class FactAnswer(Generic[Value]):
    """The verdict, and the fact that decides it (None: nothing is stated)."""

    verdict: Verdict
    fact: Fact[Value] | None = None


VERDICTS = (Verdict.NOT_SAID, Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)
"""From the worst to the best."""


def rank(answer: FactAnswer[Value]) -> int:
    """Return the place of an answer's verdict in VERDICTS."""
    return VERDICTS.index(answer.verdict)


def answer_to_all(worst: FactAnswer[Value], best: FactAnswer[Value]) -> FactAnswer[Value]:
    """Return the answer to several demands together, from the worst and the best of their answers: a part of them is partly enough."""
    if best.verdict is worst.verdict:
        return best
    return FactAnswer(min(Verdict.PARTLY, best.verdict, key=VERDICTS.index), best.fact)
