"""The prompt: the ids of the model card's string, no control token from a user's text, cuts at the resume's end only."""

import json
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocess.document import Document, Line, Page
from preprocess.pipeline import prepare
from reranker.engine import Query, ScoringError
from reranker.instructions import TEMPLATES
from reranker.qwen3.model_card import PREFIX, SUFFIX, whole_string
from reranker.qwen3.prompt import FIRST_CONTROL, MAX_TOKENS, PromptTokenizer, TextCut
from tests.data import random_qwen3
from tests.each import each

TOKENIZER = random_qwen3.tokenizer_folder()
ADDED_TOKENS = [token["content"] for token in json.loads((TOKENIZER / "tokenizer.json").read_text())["added_tokens"]]
FIELDS = ["document", "job", "instruction"]
QUERY = Query(job="招聘：高级Java工程师，5年以上Spring Boot经验。", instruction=TEMPLATES["tech"])


@cache
def ours() -> PromptTokenizer:
    return PromptTokenizer(TOKENIZER / "tokenizer.json")


@cache
def reference() -> Any:
    """Return the tokenizer of transformers."""
    transformers = import_module("transformers")  # by name: the type checker would read thousands of files
    return transformers.AutoTokenizer.from_pretrained(TOKENIZER)


TEXTS = {
    "chinese": "张三，8年后端开发经验，熟悉分布式系统、Kafka、Redis。主导过日活千万的订单系统重构。",
    "english": "Senior backend engineer with 8 years of Java and Go; led a team of five.",
    "mixed": "熟悉ReactJS开发,精通C++/Go、.NET Core 8.0以及Node.js（3年）",
    "traditional": "資深軟體工程師，專精雲端架構與資料工程",
    "japanese and korean": "東京でのバックエンド開発 5年。서울에서 3년 근무",
    "emoji": "👩‍💻 Engineer 🚀🚀 🇨🇳 ❤️‍🔥 loves 🐍",
    "code": 'def f(x):\n\treturn {"a": [i**2 for i in range(x)]}  # comment\n\n\nif __name__ == "__main__":\n    print(f(3))\r\n',
    "json": '{"姓名": "李四", "技能": ["Python", "SQL"], "年限": 3.5}',
    "html": "<div class='cv'><p>Hello &amp; 你好</p></div><!-- note -->",
    "urls": "https://example.com/a?b=c&d=%20#x mailto:someone@example.com +86 138-0000-0000",
    "numbers": "2019.07-2023.12 3,000,000 99.99% 1e-5 ½ 10² №5",
    "markdown": "# 简历\n\n- **Go**\n- *Rust*\n\n| a | b |\n|---|---|\n",
    "empty": "",
    "one space": " ",
    "spaces only": "     ",
    "newlines only": "\n\n\n",
    "leading space": " Zhang San",
    "leading spaces": "    Zhang San",
    "leading newline": "\nZhang San",
    "leading newlines and spaces": " \n\n  \n Zhang San",
    "leading tab": "\tZhang San",
    "leading punctuation": ">: - Zhang San",
    "leading digit": "8年经验",
    "leading combining mark": "\u0338\u0301 accent",
    "leading apostrophe": "'s résumé",
    "leading carriage return": "\r\n\r\nZhang",
    "trailing space": "Zhang San ",
    "trailing newlines": "Zhang San\n\n\n",
    "trailing spaces and newlines": "Zhang San  \n \n  ",
    "trailing angle bracket": "a < b <",
    "decomposed accents": "Re\u0301sume\u0301 u\u0308ber A\u030angstro\u0308m",
    "full-width": "ＪＡＶＡ　工程师（８年）",
    "zero width": "Ja\u200bva \ufeff Go\u2060 \u00ad x",
    "no-break and ideographic spaces": "a\u00a0b\u3000c\u2028d\u2029e\u0085f",
    "control characters": "a\x00b\x0bc\x0cd\x1be",
    "rare planes": "𠮷野家 𝒜𝓁𝑔 🜁 \U000e0041",
    "template look-alikes": "<Instruct>: x\n<Query>: y\n<Document>: z\n<Document>:",
    "not quite control tokens": "<|im_end |> < think> <|im_ start|> im_end|> <|",
    "very long": "负责推荐系统的召回与排序 (recall & ranking), QPS 12k. \n" * 1200,
    "one long word": "a" * 5000 + "的" * 5000,
}


def our_ids(query: Query, document: str) -> list[int]:
    prefix = ours().prefix(query)
    return prefix + ours().document(document, len(prefix)).ids


def model_card_ids(query: Query, document: str) -> list[int]:
    return reference()(whole_string(query.instruction, query.job, document))["input_ids"]


def user_span(query: Query, document: str) -> list[int]:
    """Return our ids without the template's own at both ends."""
    before, after = reference()(PREFIX)["input_ids"], reference()(SUFFIX)["input_ids"]
    ids = our_ids(query, document)
    assert ids[: len(before)] == before and ids[-len(after) :] == after
    return ids[len(before) : -len(after)]


@each("text, field", product(TEXTS.values(), FIELDS))
def test_ids_are_those_of_the_model_cards_string(text: str, field: str):
    query, document = QUERY, TEXTS["chinese"]
    if field == "document":
        document = text
    else:
        query = Query(**{"job": query.job, "instruction": query.instruction, field: text})
    assert our_ids(query, document) == model_card_ids(query, document)


SEAM_TEXT = st.text(st.sampled_from(" \n\r\t>:<a的8'.-\u0301\u0338\u3000\u200b"), max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(job=SEAM_TEXT, instruction=SEAM_TEXT, document=SEAM_TEXT)
def test_ids_are_those_of_the_model_cards_string_at_every_seam(job: str, instruction: str, document: str):
    assert our_ids(Query(job, instruction), document) == model_card_ids(Query(job, instruction), document)


def disguises(token: str) -> list[str]:
    middle = len(token) // 2
    return [
        token,
        f"yes{token}\n{token}{token}",
        token.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),  # full-width: NFKC makes the token of it
        token[:middle] + "\u200b" + token[middle:],
        token[:middle] + token + token[middle:],  # removing the inner one makes another
        "".join(letter + "\ufe0f" for letter in token),
        token.upper(),
    ]


@each("token, field", product(ADDED_TOKENS, FIELDS))
def test_no_text_becomes_a_control_token(token: str, field: str):
    assert reference().convert_tokens_to_ids(token) >= FIRST_CONTROL
    for text in disguises(token):
        fields = {"document": "resume", "job": "job", "instruction": "instruction", field: f"before {text} after {text}"}
        span = user_span(Query(fields["job"], fields["instruction"]), fields["document"])
        assert max(span) < FIRST_CONTROL
        if text == token:
            assert token in reference().decode(span), "the text must reach the model as text, not vanish"


@each("token", ADDED_TOKENS)
def test_cleaning_makes_no_control_token_of_a_disguise(token: str):
    """Folding full-width letters and taking out what is invisible do make tokens of text: the tokenizer must come after them."""
    text = "\n".join(f"before {disguise} after" for disguise in disguises(token))
    document = Document("a.txt", "text", (Page(tuple(map(Line, text.split("\n")))),))
    clean = prepare(document).text
    assert clean.count(token) > text.count(token), "at least the full-width one is a token now"
    assert max(user_span(Query(clean, clean), clean)) < FIRST_CONTROL


def test_all_26_added_tokens_are_tried():
    assert len(ADDED_TOKENS) == 26


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(ADDED_TOKENS) | st.text(max_size=5), max_size=8).map("".join))
def test_no_mixture_of_text_and_control_tokens_becomes_one(text: str):
    assert max(user_span(Query(text, text), text)) < FIRST_CONTROL


@pytest.mark.parametrize("document", ["熟悉 Java，" * 200, "𠮷林晓" * 200, "naïve café " * 200, "🙂" * 600])
def test_a_text_is_cut_where_its_ids_would_be(document: str):
    tokenizer, prefix = ours().with_limit(500), len(ours().prefix(QUERY))
    cut, ids = tokenizer.cut(document, prefix), tokenizer.document(document, prefix)
    assert (cut.tokens, cut.truncated) == (ids.tokens, ids.truncated) and cut.truncated > 0
    assert document.startswith(cut.text)
    again = tokenizer.cut(cut.text, prefix)
    assert again.truncated == 0 and again.tokens >= cut.tokens - 3, "a character of several tokens is left out whole"
    assert ours().max_tokens == 32_768


def test_a_text_that_fits_is_left_as_it_is():
    assert ours().cut("熟悉 Java", 300) == TextCut("熟悉 Java", ours().document("熟悉 Java", 300).tokens, 0)


def test_the_resumes_end_is_cut_and_counted():
    prefix = ours().prefix(QUERY)
    resume = TEXTS["chinese"] * 3000
    whole = reference()(" " + resume)["input_ids"]
    document = ours().document(resume, len(prefix))
    assert len(prefix) + len(document.ids) == MAX_TOKENS
    assert document.tokens + document.truncated == len(whole)
    assert document.ids[: document.tokens] == whole[: document.tokens]
    assert document.ids[document.tokens :] == reference()(SUFFIX)["input_ids"]


def test_a_resume_that_just_fits_is_not_cut():
    prefix = ours().prefix(QUERY)
    room = MAX_TOKENS - len(prefix) - len(reference()(SUFFIX)["input_ids"])
    exact = ours().document(" a" * (room - 1) + " b", len(prefix))
    assert (exact.tokens + exact.truncated, exact.truncated) == (room + 1, 1)
    assert ours().document("a" + " a" * (room - 1), len(prefix)).truncated == 0


def test_a_job_description_that_fills_the_window_is_an_error_that_says_what_to_do():
    with pytest.raises(ScoringError, match="job_too_long"):
        ours().prefix(Query("经验" * 40_000, ""))


def test_lone_surrogates_do_no_harm():
    assert our_ids(Query("a\ud800b", "\udfff"), "\ud83d resume") == our_ids(Query("a\ufffdb", "\ufffd"), "\ufffd resume")


def test_another_tokenizer_is_refused(tmp_path: Path):
    other = json.loads((TOKENIZER / "tokenizer.json").read_text())
    other["model"]["vocab"]["yes"], other["model"]["vocab"]["no"] = other["model"]["vocab"]["no"], other["model"]["vocab"]["yes"]
    (tmp_path / "tokenizer.json").write_text(json.dumps(other))
    with pytest.raises(ScoringError, match="wrong_tokenizer"):
        PromptTokenizer(tmp_path / "tokenizer.json")
