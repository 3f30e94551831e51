"""Define linear layers without bias, by the precision of their product: fp32, bf16, fp16, or int8."""

from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional


class Linear(Protocol):
    """Multiply by a weight that was laid out for one precision."""

    def __call__(self, x: Tensor) -> Tensor:
        """Return [..., out] for `x` [..., in], which is fp32 or in the weight's dtype."""
        ...


class FloatLinear:
    """y = x Wᵀ in the dtype of W."""

    def __init__(self, weight: Tensor, dtype: torch.dtype, device: str):
        self.weight = weight.to(device, dtype).contiguous()

    def __call__(self, x: Tensor) -> Tensor:
        return functional.linear(x.to(self.weight.dtype), self.weight)


class BoundedHalfLinear:
    """y = x Wᵀ in fp16, safe from overflow: each row of x is scaled so that its largest value is 1, and the result is fp32.

    For the products that write into the residual stream: Qwen3 lets single values of it, and of the MLP's inner activations, grow
    beyond the 65,504 that fp16 can hold.
    """

    def __init__(self, weight: Tensor, device: str):
        self.weight = weight.to(device, torch.float16).contiguous()

    def __call__(self, x: Tensor) -> Tensor:
        scale = x.abs().amax(dim=-1, keepdim=True).float().clamp_min(1e-12)
        return functional.linear((x / scale).half(), self.weight).float().mul_(scale)


class Int8Linear:
    """y ≈ x Wᵀ with integer products: W is rounded to int8 per output channel, x per token, symmetrically, at every call.

    The scheme of LLM.int8() (arXiv 2208.07339, vector-wise) without its part for outliers; whether a model bears that must
    be measured on it.
    """

    def __init__(self, weight: Tensor, result: torch.dtype):
        weight = weight.float()
        self.scale = (weight.abs().amax(dim=1) / 127).clamp_min(1e-12)  # [out]
        self.weight = (weight / self.scale[:, None]).round_().to(torch.int8)  # [out, in]
        self.result = result

    def __call__(self, x: Tensor) -> Tensor:
        rows = x.flatten(0, -2)
        scale = (rows.abs().amax(dim=1, keepdim=True).float() / 127).clamp_min(1e-12)  # [rows, 1]
        rounded = (rows / scale).round_().to(torch.int8)
        product = torch._int_mm(rounded, self.weight.T).float()  # pyright: ignore[reportPrivateImportUsage]  # no public name yet
        return product.mul_(scale).mul_(self.scale).to(self.result).unflatten(0, x.shape[:-1])
