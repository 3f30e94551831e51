"""Tidy one line: rules, emoji bullets, superfluous and missing spaces, letter-spacing, prompts of forms. It knows no other line."""

import re

from preprocess.cleaning.letter_spacing import close_letter_spacing
from preprocess.lexicon.characters import BULLETS

_RULE = r"\-=_~*·•.…—–－―‐‑‒─-╿▬＿￣^+#<>|/\\"
_RULE_LINE = re.compile(rf"(?:[{_RULE}] {{0,2}})+|(?:[▲△▼▽✦✧{BULLETS}{_RULE}] {{0,2}}){{11,}}")
_RULE_INSIDE = re.compile(r"[-=_~*·—–－―─━═…]{4,}|—{3,}|…{3,}|\.{4,}")
_EMOJI_BULLET = re.compile(
    '[\U0001f000-\U0001faff☀-☄☇-⛿✀-✔✙-❋❍❏-❵➔-➿⬀-⯿] ?(?=[\\w(（《“"【])'  # no stars of a rating, no crosses, no circled numbers
)
_GLUED_BULLET = re.compile(rf"[{BULLETS}](?=[\w(（《“\"【])")
_CLICK = "(?:单击|点击|点按|轻触|按一下|單擊|點擊|點選)"
_PROMPT = re.compile(
    rf"(?:请|請)?{_CLICK}(?:(?:或|、)?{_CLICK}){{0,2}}(?:此处|这里|此處|這裡|這裏)(?:以|来|來)?(?:输入|编辑|添加|键入|輸入|編輯|新增|鍵入)"
    r"(?:您的|你的)?(?:文字|文本|内容|日期|姓名|标题|內容|標題)?[。.]?|(?:选择一项|選擇一個項目)。"
    r"|\bClick(?: or tap)?(?: here to (?:enter|add|edit|type)| to (?:enter|add|edit) (?=(?:a date|text|title|name)\b))"
    r"(?: ?(?:an?|your|the))?(?: ?(?:text|date|title|name|content))?\b\.?|\bChoose an item\.",
    re.IGNORECASE,
)
"""What Word and its kin show in fields that nobody has filled in."""

_QUOTE = 40  # characters of a changed run in a note

Change = tuple[str, str, str]
"""A note's code, before and after."""


def tidy(text: str) -> tuple[str, list[Change]]:
    """Return the folded line tidied, and what changed beyond spaces at its ends. A line that only separates becomes empty. Idempotent."""
    changes: list[Change] = [("prompt_removed", match[0], "") for match in _PROMPT.finditer(text)]
    text = re.sub(" {2,}", "  ", (_PROMPT.sub("", text) if changes else text).strip())
    if changes and not text:
        return "", changes
    if len(text) > 2 and not text[0].isalnum() and _RULE_LINE.fullmatch(text):
        return ("", [*changes, ("separator_removed", _quote(text), "")]) if len(text.replace(" ", "")) > 2 else (text, changes)

    def shorten(match: re.Match[str]) -> str:
        run = match[0]
        if run[0] == "*" and text[: match.start()][-1:].isalnum():  # 138****1234
            return run
        short = run[0] * (2 if run[0] in "—…" else 3)
        changes.append(("separator_shortened", _quote(run), short))
        return short

    shorter = _RULE_INSIDE.sub(shorten, text)
    if bullet := _EMOJI_BULLET.match(shorter):
        changes.append(("emoji_bullet", bullet[0].strip(), "•"))
        shorter = "• " + shorter[bullet.end() :]
    elif _GLUED_BULLET.match(shorter):
        shorter = f"{shorter[0]} {shorter[1:]}"
    closed, runs = close_letter_spacing(shorter)
    return closed, changes + [("letter_spacing_closed", _quote(before), _quote(after)) for before, after in runs]


def _quote(text: str) -> str:
    return text if len(text) <= _QUOTE else text[:_QUOTE] + "…"
