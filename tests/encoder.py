"""The sentence encoder that all tests of a process share: it takes 91 MB and remembers the vectors of texts that it has seen."""

from reranker.encoder.encoder import Encoder

ENCODER = Encoder()
