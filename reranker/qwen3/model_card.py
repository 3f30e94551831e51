"""Score by the protocol of the Qwen3-Reranker model card on transformers' own Qwen3, as slow and plain as there: the reference."""

from importlib import import_module
from pathlib import Path

import torch

PREFIX = (
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
)
SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"


def whole_string(instruction: str, query: str, document: str) -> str:
    """Return the whole prompt of a query and a document, untruncated."""
    return f"{PREFIX}<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}{SUFFIX}"


class ModelCard:
    """Score as the model card does, with the weights in `folder` and prompts of at most `max_length` tokens."""

    def __init__(self, folder: Path, max_length: int = 32_768, device: str = "cpu", dtype: torch.dtype = torch.float32):
        transformers = import_module("transformers")  # by name: the type checker would read thousands of files
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder, padding_side="left")
        self.model = transformers.Qwen3ForCausalLM.from_pretrained(folder, dtype=dtype).eval().to(device)
        self.yes = self.tokenizer.convert_tokens_to_ids("yes")
        self.no = self.tokenizer.convert_tokens_to_ids("no")
        self.max_length = max_length

    def ids(self, instruction: str, query: str, document: str) -> list[int]:
        """Return the token ids of a prompt: template and middle tokenised apart and only the middle truncated, as the model card does."""
        prefix = self.tokenizer.encode(PREFIX, add_special_tokens=False)
        suffix = self.tokenizer.encode(SUFFIX, add_special_tokens=False)
        middle = self.tokenizer(
            f"<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}",
            truncation="longest_first",
            max_length=self.max_length - len(prefix) - len(suffix),
        )["input_ids"]
        return prefix + middle + suffix

    @torch.no_grad()
    def logits(self, instruction: str, query: str, documents: list[str]) -> list[float]:
        """Return logit(yes) − logit(no) of each document by the model card's log_softmax, all in one left-padded batch."""
        batch = {"input_ids": [self.ids(instruction, query, document) for document in documents]}
        inputs = self.tokenizer.pad(batch, padding=True, return_tensors="pt").to(self.model.device)
        last = self.model(**inputs).logits[:, -1, :]
        answers = torch.nn.functional.log_softmax(torch.stack([last[:, self.no], last[:, self.yes]], dim=1), dim=1)
        return (answers[:, 1] - answers[:, 0]).tolist()
