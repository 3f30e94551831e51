"""Detect what a resume says was not done: "没有用过 Kafka", "Kafka 零基础", "no German", "preparing for OSCP but not certified"."""

import re
from collections.abc import Iterable, Sequence

from preprocess.lexicon.characters import simplified

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


_TAIL = r"(?:方面|领域|行业|工作|岗位|从业|实战|的){0,3}(?:经[验历]|背景|基础|资[格质]|证书?|执照)"
_DONE = "用|使用|接触|学习?|做|参与|担任|从事|取得|通过|考取|考|拿|带领?|管理|负责|操作|涉及"
_HARDLY = r"(?:prior |previous |direct |formal |real |hands-on |professional |any |much )*"
_OBJECT = r"[\w+#./-]+(?: [\w+#./-]+)"
_NOT_HAD = re.compile(
    r"(?:没有?|无|未有|尚无|暂无|缺乏|缺少|不具备|未具备|欠缺)(?:过|任何|相关|实际|正式|直接|独立){0,3}"
    rf"(?P<had>[^，。；,;、\n]{{1,20}}?){_TAIL}"
    rf"|(?:没有?|未曾?|从未|从没|尚未|还没)(?:有|实际|独立|正式|单独)?(?:{_DONE})(?:过|到|任何)?(?P<done>[^，。；,;、\n]{{1,20}})"
    r"|(?:不会|不懂|不(?:太)?熟悉|不(?:太)?了解|不擅长|不(?:太|大)?(?:能|便于?|方便|愿意?|希望|想|喜欢|打算|接受|考虑|适应)|无法|难以|谢绝|拒绝)(?:使用|接受|适应)?"
    r"(?P<able>[^，。；,;、\n]{1,16})"
    r"|(?:^|[.;。；|•]\s{0,3})(?P<label>[A-Z][\w+#&/ -]{1,30}|[一-鿿]{2,10})\s?(?:[:：]|\s[-–—]\s)\s?"
    r"(?:no(?:ne|t yet|t held)?(?: (?:experience|knowledge|qualification|responsibility))?(?: yet| so far| to date)?|never|nil|n/a"
    r"|(?:暂|尚|目前|均)?无(?:经[验历])?|没有(?:经[验历])?|零经验|不会|不具备)\s*(?=$|[.;,，。；|\n)])"
    rf"|\b(?:no|without(?: any)?|lack(?:s|ing)?(?: of)?|not have(?: any)?|n['’]t have(?: any)?) {_HARDLY}"
    rf"(?P<lacked>{_OBJECT}{{0,4}}?) (?:experience|exposure|background|knowledge|training|certificat\w{{1,4}}|qualifications?|licen[cs]e)\b"
    r"|\b(?:no|without|lack(?:s|ing)?(?: of)?) (?:experience|exposure|background|knowledge) (?:of|in|with|to|using|managing) "
    rf"(?P<lacking>{_OBJECT}{{0,3}})"
    r"|\b(?:never|have not|has not|haven['’]t|hasn['’]t|not yet) (?:yet )?"
    r"(?:used|worked (?:with|in|on|as)|managed|led|done|held|touched|had|obtained|passed|sat) "
    rf"(?P<never>{_OBJECT}{{0,3}})"
    r"|\b(?:cannot|can['’]t|unable to|not (?:able|willing|available|prepared) to|do not|don['’]t) "
    r"(?P<unable>(?!have\b)[\w-]+(?: [\w-]+){0,2})",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:经[验历]|背景|相关|任何|工作|实际|正式|证书?|资格|能力|长期|短期|频繁|经常|太多|过多|上|过|的)+"
    r"|\b(?:a|an|the|any|or|and|of|in|with|for|to|on|yet|people|experience|work)\b|[\W_]+",
    re.IGNORECASE,
)
"""What is left out of the comparison of what is denied and what is asked for."""


_GOOD_TO_LACK = re.compile(
    r"record|conviction|points|gaps?|accident|complaint|absence|allerg|disabilit|notice|dependants?|犯罪|违[章法纪规]|处分|不良|病史|事故|纠纷|婚|子女|纹身|色盲",
    re.IGNORECASE,
)
"""Labels of what nobody wants to see: "Criminal record: none", 违章：无."""
_TEAM = ("team", "teams", "团队")


def denials(line: str) -> tuple[tuple[str, ...], ...]:
    """Return what a line of a resume says that its owner has not, or cannot do: the telling words of each such statement."""
    denials = []
    for match in _NOT_HAD.finditer(simplified(line)):
        if match["label"] and _GOOD_TO_LACK.search(match["label"]):
            continue
        denied = next(filter(None, match.groupdict().values()))
        parts = [part for part in _SAYS_NOTHING.split(denied.lower()) if part]
        parts = [word for part in parts if (word := part.replace("团队", "")) and word not in _TEAM] or parts
        if parts:
            denials.append(tuple(parts))
    return tuple(denials)


def is_asked(denied: Iterable[Sequence[str]], requirement: str) -> bool:
    """Return whether a requirement asks for all of what one of these statements denies."""
    asked = simplified(requirement).lower()
    return any(all(_stands_in(part, asked) for part in parts) for parts in denied)


def _stands_in(part: str, asked: str) -> bool:
    """Return whether a denied word stands in a requirement: a Chinese one as it is, a Latin one with another ending."""
    if not part.isascii():
        return part in asked
    stem = part[: max(4, len(part) - 3)]
    return re.search(rf"(?<![a-z0-9]){re.escape(stem)}", asked) is not None


def is_denied(text: str, start: int, end: int) -> bool:
    """Return whether the words around text[start:end], within their clause, negate it."""
    return bool(_BEFORE.search(text, max(0, start - 40), start) or _AFTER.match(text, end))


def denies(line: str) -> bool:
    """Return whether a line negates having done something, so that as a whole it is no evidence of work."""
    return _LINE.search(line) is not None
