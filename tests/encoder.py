"""Share the sentence encoder and the judge among all tests of a process: they take 180 MB and remember the texts that they have seen."""

from collections.abc import Sequence
from functools import cache

from reranker.encoder.encoder import Encoder
from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from reranker.judge.judge import Judge
from reranker.judge.verdict import PARTLY, JudgeVerdict

ENCODER = Encoder()
JUDGE = Judge(ENCODER)


@cache
def read_once(resume: str, requirements: tuple[str, ...]) -> None:
    """Let the judge read a resume for all requirements of a table: each asked by itself afterwards, it does not read it again.

    What it says of one does not depend on the others (tests/reranker/judge/test_model.py).
    """
    find_evidence([Requirement(text, "must", ()) for text in requirements], resume, JUDGE)


class UndecidedJudge(Judge):
    """Stands in for the judge where its sense of words does not matter: it has no opinion on anything."""

    def verdicts(self, requirements: Sequence[str], text: str) -> list[JudgeVerdict]:
        return [JudgeVerdict(0.0, 0.5, PARTLY, ()) for _ in requirements]
