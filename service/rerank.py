"""Score plain texts against a query, as other rerank servers do: nothing is cleaned, explained or stored."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from reranker.engine import EngineInfo, IdAndText, Query, Score, finite
from reranker.instructions import MODEL_CARD_INSTRUCTION, emphasis
from reranker.judge.stopping import Stopped, end_if_asked, ending_when
from reranker.rows import sigmoid
from service.model import Model


@dataclass(frozen=True)
class Reranked:
    """Scores of all documents, best first; equal ones stay in the order given. `instruction` is the one that was asked with."""

    scores: tuple[Score, ...]
    engine: EngineInfo
    instruction: str

    def relevance(self, score: Score, raw: bool) -> float:
        """Return the probability of "yes" or, if `raw` or where the engine has none, the logit."""
        return score.logit if raw or self.engine.score_scale != "probability" else sigmoid(score.logit)

    @property
    def truncated(self) -> tuple[Score, ...]:
        """Those whose document was not read to its end, in input order."""
        return tuple(sorted((score for score in self.scores if score.truncated), key=lambda score: score.index))

    @property
    def is_instruction_ignored(self) -> bool:
        """Return whether an instruction was given that this engine does not understand."""
        is_given = self.instruction != MODEL_CARD_INSTRUCTION
        return is_given and not self.engine.heeds_instruction and emphasis(self.instruction) is None


class GivenUp(Exception):
    """Raised when nobody waits for the scores any more."""


def rerank(query: str, instruction: str, texts: Sequence[str], model: Model, is_given_up: Callable[[], bool]) -> Reranked:
    """Score every text, in turns with whatever else the model does; it has to be READY. "" as instruction: the model card's.

    `is_given_up` is asked before each document and each batch, also when its turn has come; if true, raise GivenUp. Raise ScoringError if
    the engine fails, or gives no finite score for one of them.
    """
    asked = Query(query, instruction.strip() or MODEL_CARD_INSTRUCTION)

    def documents() -> Iterator[IdAndText]:
        for text in texts:
            end_if_asked()
            yield sha256(text.encode("utf-8", "replace")).hexdigest(), text

    scores: list[Score] = []
    try:
        with ending_when(is_given_up):
            for score in finite(model.engine.score(asked, documents())):
                end_if_asked()
                scores.append(score)
    except Stopped:
        raise GivenUp from None
    return Reranked(tuple(sorted(scores, key=lambda score: (-score.logit, score.index))), model.engine.info, asked.instruction)
