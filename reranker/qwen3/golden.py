"""Hold the scores that the real Qwen3-Reranker-0.6B gives to four documents, and the SHA-256 of its published files.

The scores are of sentence-transformers' own tests of the model (fp32); they tell whether weights, template and arithmetic are right.
"""

from collections.abc import Mapping

from reranker.engine import Query
from reranker.instructions import MODEL_CARD_INSTRUCTION

QUERY = Query("Which planet is known as the Red Planet?", MODEL_CARD_INSTRUCTION)
RIGHT = "Mars, known for its reddish appearance, is often referred to as the Red Planet."
"""The document that answers it; the others do not."""
WRONG = "Venus is often called Earth's twin because of its similar size and proximity."
GOLDEN: Mapping[str, float] = {
    WRONG: -3.1092978,
    RIGHT: 7.1203899,
    "Jupiter, the largest planet in our solar system, has a prominent red spot.": -0.3787546,
    "Saturn, famous for its rings, is sometimes mistaken for the Red Planet.": 3.5416374,
}
"""Document → logit."""

TOLERANCE: Mapping[str, float] = {"FP32": 1e-3, "FP16": 0.05, "BF16": 0.2, "INT8": 0.5}
"""Largest distance of a logit from the model card's code in fp32, by precision. FP16 and INT8 were never seen with the real weights."""

PUBLISHED: Mapping[str, str] = {
    "model.safetensors": "27cd75a405b9c1b46b59abfd88aaa209e6fed2a1972cde9b70e7659537c5e65b",
    "tokenizer.json": "aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4",
}
"""File → SHA-256 as published. Later revisions of the repository changed the chat template, not these files."""
