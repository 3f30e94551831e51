"""Detect what a resume says was not done: "没有用过 Kafka", "Kafka 零基础", "no German", "preparing for OSCP but not certified"."""

import re

_BEFORE = re.compile(
    r"(?:没有?(?!问题)|未(?:曾|使用|接触|学习|做|参与|担任|涉及|从事|取得|通过|考)|尚未|从未|不(?:太)?(?:熟悉|了解|会|懂|能|具备|接受|愿|擅长)|缺乏|缺少"
    r"|无(?!缝|论|线|人|故障|损|锁|状态|感|障碍|纸|事故|差错|失误))[^，。；,;\n]{0,8}$"
    r"|\b(?:no|without|lack of|lacks) (?:(?:[\w-]+ )?(?:experience|knowledge|exposure|background)(?: \w+){0,4})?[ \t]*$"
    r"|\b(?:not(?! only)|never|cannot|\w+n['’]t)(?: \w+){0,4}[ \t]*$"
    r"|\b(?:preparing|studying) for (?:the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[^，。；;,.\n]{0,6}?(?:零基础|没(?:有)?(?:用|接触|使用|学|做)过|未(?:使用|接触)过?|不(?:太)?(?:熟|会|懂)|(?:正在|还在)(?:自)?学|入门中)"
    r"|[^。；;\n]{0,10}?(?:尚未|还没|未能?)(?:通过|取得|拿到|考过|获得)"
    r"|\s{0,2}\(?(?:currently learning|not used)"
    r"|[^,.;\n]{0,20}?\b(?:but|yet) (?:have |has |am )?(?:not|never)\b|[^.;\n]{0,20}?\bexpected (?:next|in|by|20)",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?:have|has|had) (?:not|never)\b|\bno (?:[\w-]+ )?(?:experience|knowledge)\b|\b(?:haven|hasn)['’]t\b"
    r"|没有[^，。；]{0,12}(?:经[验历]|背景)"
    r"|无[^，。；]{0,12}经[验历]|未曾|从未|没有?(?:使用|用|接触|学)过|不熟悉|不了解|零基础",
    re.IGNORECASE,
)


def is_denied(text: str, start: int, end: int) -> bool:
    """Return whether the words around text[start:end], within their clause, negate it."""
    return bool(_BEFORE.search(text, max(0, start - 40), start) or _AFTER.match(text, end))


def denies(line: str) -> bool:
    """Return whether a line negates having done something, so that as a whole it is no evidence of work."""
    return _LINE.search(line) is not None
