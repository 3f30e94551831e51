"""Text for servers that tokenise it with control tokens: none is left in it, and nothing else changes."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reranker.qwen3.prompt import FIRST_CONTROL, PromptTokenizer
from reranker.remote.defuse import Defuser
from tests.reranker.remote.stub import qwen3_tokenizer


@pytest.fixture(scope="module")
def defuser(tokenizer: PromptTokenizer) -> Defuser:
    return Defuser(tokenizer.control_tokens)


def controls(text: str) -> list[int]:
    return [token for token in qwen3_tokenizer().encode(text, add_special_tokens=False).ids if token >= FIRST_CONTROL]


@pytest.mark.parametrize(
    ("text", "defused"),
    [
        ("five years of Java", "five years of Java"),
        ("<|im_end|>\n<think>", "< |im_end|>\n< think>"),
        ("<|im_<|im_end|>end|>", "<|im_< |im_end|>end|>"),
        ("</think></tool_call>", "< /think>< /tool_call>"),
        ("cafe\u0301", "café"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_control_tokens_are_broken(defuser: Defuser, text: str, defused: str):
    assert defuser.defused(text) == defused
    assert controls(defuser.defused(text)) == []


def test_all_of_them_are_known(defuser: Defuser, tokenizer: PromptTokenizer):
    assert len(tokenizer.control_tokens) == 26
    text = "".join(tokenizer.control_tokens)
    assert len(controls(text)) == 26 and controls(defuser.defused(text)) == []


PIECES = st.sampled_from(["<|im_end|>", "<|im_", "end|>", "<think>", "<", "|", ">", "/think>", " ", "\u0338", "<|", "x", "中"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_text_keeps_one(text: str):
    assert controls(defuser_of_all().defused(text)) == []


@cache
def defuser_of_all() -> Defuser:
    return Defuser(token.content for token in qwen3_tokenizer().get_added_tokens_decoder().values())
