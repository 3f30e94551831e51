"""Convert query and document to token ids by the Qwen3-Reranker protocol. Text of users can never become a control token.

The prompt (model card of Qwen3-Reranker, single newlines, no chat template):

    <|im_start|>system\\nJudge …<|im_end|>\\n<|im_start|>user\\n
    <Instruct>: {instruction}\\n<Query>: {job}\\n<Document>:          the prefix: the same for every document of a query
     {document}<|im_end|>\\n<|im_start|>assistant\\n<think>\\n\\n</think>\\n\\n

Prefix and document are tokenised apart, and yet the ids are those of the whole string: the pre-tokeniser splits after the `>:` of
`<Document>:` whatever comes next, because a space does, and NFC composes nothing with a space before it.
"""

import json
import re
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from reranker.engine import Query, ScoringError

MAX_TOKENS = 32_768
MIN_DOCUMENT_TOKENS = 256
FIRST_CONTROL = 151_643
"""Ids from here on are control tokens; all below are text."""
YES, NO = 9693, 2152
"""Token ids of the two answers."""

SYSTEM = (
    "Judge whether the Document meets the requirements based on the Query and the Instruct provided. "
    'Note that the answer can only be "yes" or "no".'
)
BEFORE = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n"
AFTER = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
CONTROLS = re.compile(r"(<\|im_start\|>|<\|im_end\|>|<think>|</think>)")


@dataclass(frozen=True)
class DocumentIds:
    """A prompt behind its query's prefix. `ids` ends with the suffix; they hold `tokens` of the document, `truncated` were cut off."""

    ids: list[int]
    tokens: int
    truncated: int


@dataclass(frozen=True)
class TextCut:
    """A document's text without the `truncated` tokens at its end that exceed the longest prompt; it has `tokens`."""

    text: str
    tokens: int
    truncated: int


class PromptTokenizer:
    """Turn queries and documents into token ids.

    The tokenizer in here has none of the added tokens (`<|im_end|>`, `<think>`, …): its vocabulary ends where they begin, so no text
    can produce one, in whatever form it comes. The template's own control tokens are looked up by name.
    """

    def __init__(self, tokenizer_file: Path, max_tokens: int = MAX_TOKENS):
        """Load a Qwen3 tokenizer.json. Raise ScoringError if it is another tokenizer."""
        description = json.loads(tokenizer_file.read_text(encoding="utf-8"))
        controls = {token["content"]: token["id"] for token in description["added_tokens"]}
        self.control_tokens = tuple(controls)
        description["added_tokens"] = []
        self._text = Tokenizer.from_str(json.dumps(description))
        self.max_tokens = max_tokens
        answers = (self._text.token_to_id("yes"), self._text.token_to_id("no"))
        if answers != (YES, NO) or self._text.get_vocab_size() != FIRST_CONTROL or controls.get("<|im_end|>") != 151_645:
            raise ScoringError("wrong_tokenizer", file=tokenizer_file)
        self._before = self._template_ids(BEFORE, controls)
        self._after = self._template_ids(AFTER, controls)

    def prefix(self, query: Query) -> list[int]:
        """Return the token ids that all prompts of a query begin with. Raise ScoringError if they leave no room for a document."""
        question = f"<Instruct>: {query.instruction}\n<Query>: {query.job}\n<Document>:"
        ids = self._before + self._encode(question)
        room = self.max_tokens - len(ids) - len(self._after)
        if room < MIN_DOCUMENT_TOKENS:
            raise ScoringError("job_too_long", tokens=len(ids), limit=self.max_tokens, excess=MIN_DOCUMENT_TOKENS - room)
        return ids

    def document(self, text: str, prefix_tokens: int) -> DocumentIds:
        """Return the token ids that follow a prefix of `prefix_tokens` ids. The document's end is cut where it exceeds `max_tokens`."""
        ids = self._encode(" " + text)
        room = self.max_tokens - prefix_tokens - len(self._after)
        kept = ids[:room]
        return DocumentIds(kept + self._after, len(kept), len(ids) - len(kept))

    def with_limit(self, max_tokens: int) -> "PromptTokenizer":
        """Return this tokenizer for prompts of another longest length."""
        limited = copy(self)
        limited.max_tokens = max_tokens
        return limited

    def cut(self, text: str, prefix_tokens: int) -> TextCut:
        """Return the document's text up to where `document` would cut its ids, for servers that tokenise text themselves."""
        encoding = self._text.encode(" " + text, add_special_tokens=False)
        tokens, room = len(encoding.ids), self.max_tokens - prefix_tokens - len(self._after)
        if tokens <= room:
            return TextCut(text, tokens, 0)
        return TextCut(text[: encoding.offsets[room][0] - 1], room, tokens - room)

    def _encode(self, text: str) -> list[int]:
        well_formed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a lone surrogate has no UTF-8
        return self._text.encode(well_formed, add_special_tokens=False).ids

    def _template_ids(self, template: str, controls: dict[str, int]) -> list[int]:
        parts = CONTROLS.split(template)  # every second part is a control token
        return [token for index, part in enumerate(parts) for token in ([controls[part]] if index % 2 else self._encode(part))]
