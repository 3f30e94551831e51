"""Find markup of a model's prompt in a resume: control tokens, and the labels and roles that a prompt is built from."""

import html
import re
from collections.abc import Sequence

from preprocess.document import Note
from preprocess.fold import fold
from preprocess.screening.characters import plain_of_folded

_QUOTE, _QUOTES = 30, 3

# The 26 added tokens of Qwen3's tokenizer.json, ids 151643 to 151668; |…| ones by name, so that they are found with other brackets too.
_PIPED = (
    "endoftext im_start im_end object_ref_start object_ref_end box_start box_end quad_start quad_end vision_start vision_end vision_pad"
    " image_pad video_pad fim_prefix fim_middle fim_suffix fim_pad repo_name file_sep"
).split()
_TAGS = ("tool_call", "tool_response", "think")
QWEN3_TOKENS = (*(f"<|{name}|>" for name in _PIPED), *(f"<{slash}{name}>" for name in _TAGS for slash in ("", "/")))

_BRACKETS = str.maketrans(dict.fromkeys("〈《‹«⟨❮﹤˂ᐸ", "<") | dict.fromkeys("〉》›»⟩❯﹥˃ᐳ", ">") | dict.fromkeys("｜│┃∣ǀ¦❘⎮丨", "|"))


def _spaced(name: str) -> str:
    return r"[_\-\\]{0,2}".join(map(re.escape, name.split("_")))


_NAMES = "|".join(map(_spaced, _PIPED))
_CONTROL = re.compile(
    rf"<?\\?\|(?:{_NAMES})\\?\|>|<\\?\|(?:{_NAMES})\\?\|?>?"  # one bracket or bar may be missing
    r"|<\\?\|[a-z][a-z0-9_]{2,30}\\?\|>"  # those of other models
    rf"|</?(?:{'|'.join(map(_spaced, _TAGS))})>"
)

_LABEL = (
    r"(?:document|query|instruct(?:ion)?s?|文档|查询|指令|简历|system[ _]?(?:prompt|instructions?)?|assistant|系统(?:提示词?|指令)?|助手)"
)
_SPOOF = re.compile(
    rf"(?<![\w.])<\s?/?\s?{_LABEL}\s?>\s?:|^\W{{0,3}}<\s?/?\s?{_LABEL}\s?>"  # <Document>: and a line that begins with the label
    r"|</?(?:instructions?|system|system_prompt|assistant|resume|candidate|job_description|verdict)>"
    r"|^#{1,4}\s?(?:system|instructions?|assistant|系统(?:提示词?|指令)?|指令|助手)\s?(?::|$)"
    r"|^[\[【](?:system|(?:system|系统)\s?(?:prompt|message|指令|提示词?)|系统(?=.\s?(?:通过|符合|是|yes|评|你|请)))[\]】]"
    r"|\[/?inst\]|<</?\s?sys\s?>>|(?<!-)-{2,}\s?(?:begin|end)(?: of)? (?:system prompt|system|prompt|instructions?|resume|document)\s?-{2,}"
    r"""|["']role["']\s?:\s?["'](?:system|assistant|user)["']"""
    r"|^(?:assistant|ai|bot|助手|助理)\s?:\s?\W?(?:yes|no|是|否|符合|匹配|通过)(?:\W|$)"
    r"|^(?:system|系统)\s?(?:prompt|message|instruction|提示词?|指令|消息)?\s?:\s?\W?(?:(?:you|ignore|answer)\b|[你您请]|忽略)"
)
_ASKS = re.compile(r"^(?:user|human|用户|提问)\s?:.*[?吗呢]")
_ANSWERS = re.compile(r"^(?:assistant|ai|助手|回答)\s?:")


def prompt_lines(folded: str) -> list[str]:
    """Return the lines of a folded text as they are compared with a prompt: plain, with one kind of brackets and bars."""
    text = fold(html.unescape(folded)) if "&" in folded else folded
    return [plain_of_folded(line.translate(_BRACKETS)).translate(_BRACKETS) for line in text.split("\n")]


def control_tokens(lines: Sequence[str]) -> list[Note]:
    """Return the note `control_token`: Qwen3's added tokens, those of other models written <|…|>, and what looks like them."""
    squeezed = [re.sub(r"\s", "", line) for line in lines if "|" in line or "<" in line]
    return _note("control_token", [match[0] for line in squeezed for match in _CONTROL.finditer(line)])


def prompt_spoofs(lines: Sequence[str]) -> list[Note]:
    """Return the note `prompt_spoof`: labels of the reranker's prompt (<Document>:), chat roles, and other false ends of the resume."""
    spoofs, is_after_question = [], False
    for line in lines:
        if spoof := _SPOOF.search(line):
            spoofs.append(line[spoof.start() :])
        elif is_after_question and _ANSWERS.match(line):
            spoofs.append(line)
        is_after_question = bool(_ASKS.match(line)) or (
            is_after_question and not line
        )  # a question and its answer, blank lines between them
    return _note("prompt_spoof", spoofs)


def _note(code: str, passages: list[str]) -> list[Note]:
    quotes = [passage.strip()[:_QUOTE] for passage in dict.fromkeys(passages)]
    return [Note(code, before=" ".join(quotes[:_QUOTES]), count=len(passages))] if passages else []
