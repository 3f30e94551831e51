"""Run the judge's network: multilingual-e5-small, changed by training, reads windows of a resume and requirements in one pass.

A window is read by itself. A requirement reads itself, and in the upper layers the window too; the window does not see the requirement.
So the window is computed once for all requirements, and the lower layers of a requirement once for all windows (PreTTR,
https://arxiv.org/abs/2004.14255, finds that the lower half needs no other text). Of a long resume each requirement reads the likeliest
windows only (likely.py). What a requirement says of a window depends on nothing else that is read with it. Token ids in, numbers out.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from torch.nn import functional

from reranker.encoder.e5_file import HIDDEN
from reranker.encoder.e5_layers import BLOCK, GROUP, SHAPES, E5Layers, Pair, attend_within, linear_in_blocks, run_layer
from reranker.encoder.side_by_side import in_shares
from reranker.judge.likely import likely_windows
from reranker.judge.stopping import end_if_asked
from reranker.judge.verdict import WindowReading

FIRST_READING = 6
"""The first layer in which a requirement reads the window."""
POINTED = 128
"""Width of the vectors whose products say where in a window the evidence stands."""

KEPT_REQUIREMENTS = 500
"""Requirements whose lower layers are remembered (15 MB)."""

Ids = Sequence[int]
Attention = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


class JudgeNetwork:
    """The layers with their changes, in float32 (90 MB) or bfloat16 (45 MB)."""

    def __init__(
        self, encoder: E5Layers, changes: Mapping[str, np.ndarray], rest: Mapping[str, np.ndarray], dtype: torch.dtype = torch.float32
    ):
        """Add the `changes` of matrices ("l0.q", …) to the layers of `encoder`; `rest` holds the other tensors (see weights.py)."""
        self._encoder, self._dtype = encoder, dtype
        self._layers = [_changed(layer, f"l{number}.", changes, rest, dtype) for number, layer in enumerate(encoder.layers)]
        self._role = torch.tensor(rest["role"])
        self._ask = torch.tensor(rest["ask.w"]), torch.tensor(rest["ask.b"])
        self._point = torch.tensor(rest["point.w"]), torch.zeros(POINTED)
        self._begun: OrderedDict[tuple[int, ...], torch.Tensor] = OrderedDict()
        self.thresholds = float(rest["thresholds"][0]), float(rest["thresholds"][1])
        """The scores from which "partly" and "proven" are as likely as not."""

    def read(self, requirements: Sequence[Ids], windows: Sequence[Ids]) -> list[list[WindowReading | None]]:
        """Return for each window of a resume what each requirement found in it, None where the requirement has likelier windows to read.

        Equal to the bit whatever else is asked, in any order, with any number of threads. Raise Stopped where somebody ends it
        (stopping.py).
        """
        if not requirements or not windows:
            return [[] for _ in windows]
        asked = self._begun_reading(list(map(tuple, requirements)))
        states = in_shares(self._lower_layers, windows, list(map(len, windows)), GROUP)
        chosen = likely_windows([(part - self._role).numpy() for part in asked], [part.numpy() for part in states])
        readers = [[asked_index for asked_index, of_place in enumerate(chosen) if number in of_place] for number in range(len(windows))]
        sizes = [len(part) + sum(len(asked[asked_index]) for asked_index in places) for part, places in zip(states, readers, strict=True)]
        of_windows = in_shares(lambda group: self._read_group(states, asked, group, readers), range(len(windows)), sizes, GROUP)
        readings = [dict(zip(places, of_window, strict=True)) for places, of_window in zip(readers, of_windows, strict=True)]
        return [[of_window.get(asked_index) for asked_index in range(len(requirements))] for of_window in readings]

    def _begun_reading(self, requirements: Sequence[tuple[int, ...]]) -> list[torch.Tensor]:
        """Return what the first layer that reads a window gets of each requirement; remembered, as a pile of resumes is asked the same."""
        missing = [requirement for requirement in dict.fromkeys(requirements) if requirement not in self._begun]
        if missing:
            begun = [states + self._role for states in in_shares(self._lower_layers, missing, list(map(len, missing)), GROUP)]
            self._begun.update(zip(missing, begun, strict=True))
        states = [self._begun[requirement] for requirement in requirements]
        for requirement in requirements:
            self._begun.move_to_end(requirement)
        while len(self._begun) > KEPT_REQUIREMENTS:
            self._begun.popitem(last=False)
        return states

    def _lower_layers(self, texts: Sequence[Ids]) -> list[torch.Tensor]:
        """Return what the lower layers make of each text, (tokens, width); each sees itself alone."""
        states = _filled(list(map(self._encoder.embedded, texts)))
        lengths = _with_rest([len(text) for text in texts], len(states))
        for layer in self._layers[:FIRST_READING]:
            end_if_asked()
            states = run_layer(states, layer, self._linear(layer), attend_within(lengths))
        return [part.clone() for part in states.split(lengths)[:-1]]  # a view would keep the others

    def _linear(self, layer: Mapping[str, Pair]) -> Callable[[torch.Tensor, str], torch.Tensor]:
        return lambda inputs, name: linear_in_blocks(inputs.to(self._dtype), *layer[name])

    def _read_group(
        self, begun: Sequence[torch.Tensor], asked: Sequence[torch.Tensor], windows: Sequence[int], readers: Sequence[Sequence[int]]
    ) -> list[list[WindowReading]]:
        """Return for each of the `windows` (by number) what its `readers`, requirements by number, found in it."""
        group = [number for number in windows if readers[number]]
        pairs = [(number, asked_index) for number in group for asked_index in readers[number]]
        if not pairs:
            return [[] for _ in windows]
        lengths = [len(begun[number]) for number in group]
        states = _filled([begun[number] for number in group])
        asked_lengths = [len(asked[asked_index]) for _, asked_index in pairs]
        asked_states = _filled([asked[asked_index] for _, asked_index in pairs])
        beside = [group.index(number) for number, _ in pairs]
        for layer in self._layers[FIRST_READING:]:
            end_if_asked()
            seen: list[tuple[torch.Tensor, torch.Tensor]] = []
            states = run_layer(states, layer, self._linear(layer), _attend_and_keep(lengths, len(states), seen))
            asked_states = run_layer(asked_states, layer, self._linear(layer), _attend_to(asked_lengths, beside, seen))
        keys = linear_in_blocks(states, *self._point).split(_with_rest(lengths, len(states)))
        rows = asked_states.split(_with_rest(asked_lengths, len(asked_states)))[:-1]
        answers = linear_in_blocks(_filled([of_pair.mean(dim=0, keepdim=True) for of_pair in rows]), *self._ask)
        readings = (self._reading(answers[number], keys[window]) for number, window in enumerate(beside))
        return [[next(readings) for _ in readers[number]] for number in windows]

    def _reading(self, answer: torch.Tensor, keys: torch.Tensor) -> WindowReading:
        return WindowReading(float(answer[0]), ((keys * answer[1:]).sum(dim=1) / POINTED**0.5).numpy())


def _changed(
    layer: Mapping[str, Pair], prefix: str, changes: Mapping[str, np.ndarray], rest: Mapping[str, np.ndarray], dtype: torch.dtype
) -> dict[str, Pair]:
    """A layer as training left it: matrices with their biases in `dtype`, the normalisations in float32."""
    parts = {name: (torch.tensor(rest[f"{prefix}{name}.w"]), torch.tensor(rest[f"{prefix}{name}.b"])) for name in ("aln", "oln")}
    for name in SHAPES:
        weight = layer[name][0] + torch.tensor(changes[prefix + name])
        parts[name] = weight.to(dtype), torch.tensor(rest[f"{prefix}{name}.b"]).to(dtype)
    return parts


def _filled(texts: Sequence[torch.Tensor]) -> torch.Tensor:
    """The rows of all texts, and rows of zeros up to a multiple of BLOCK."""
    return torch.cat([*texts, torch.zeros(-sum(map(len, texts)) % BLOCK, HIDDEN)])


def _with_rest(lengths: Sequence[int], total: int) -> list[int]:
    return [*lengths, total - sum(lengths)]


def _attend_and_keep(lengths: Sequence[int], total: int, seen: list[tuple[torch.Tensor, torch.Tensor]]) -> Attention:
    """Attention of windows to themselves, which adds the keys and values of each to `seen`."""
    all_lengths = _with_rest(lengths, total)

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        seen.extend(list(zip(key.split(all_lengths, dim=-2), value.split(all_lengths, dim=-2), strict=True))[: len(lengths)])
        return attend_within(all_lengths)(query, key, value)

    return attend


def _attend_to(asked: Sequence[int], beside: Sequence[int], seen: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> Attention:
    """Attention of requirements of `asked` tokens to themselves and to the window that each stands `beside`."""

    def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor) -> torch.Tensor:
        sizes = _with_rest(asked, query.shape[-2])
        *texts, rest = zip(*(states.split(sizes, dim=-2) for states in (query, key, value)), strict=True)
        mixed = []
        for window, (own_query, own_key, own_value) in zip(beside, texts, strict=True):
            window_key, window_value = seen[window]
            keys, values = torch.cat([window_key, own_key], dim=-2), torch.cat([window_value, own_value], dim=-2)
            own = own_query[None], keys[None], values[None]  # four dimensions, for torch's fast kernel
            mixed.append(functional.scaled_dot_product_attention(*own)[0])
        return torch.cat([*mixed, rest[2]], dim=-2)

    return attend
