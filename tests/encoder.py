"""The sentence encoder and the judge that all tests of a process share: they take 180 MB and remember the texts that they have seen."""

from reranker.encoder.encoder import Encoder
from reranker.judge.judge import Judge

ENCODER = Encoder()
JUDGE = Judge(ENCODER)
