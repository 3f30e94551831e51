"""Decide by context whether a name that is also an ordinary word (Go, Spring, a person called Julia) means a technology."""

import re
from collections.abc import Sequence

from preprocess.lexicon.characters import CJK, LIST_MARKS, SENTENCE_END, is_cjk
from preprocess.lexicon.date_forms import YEAR
from preprocess.tech_stack.names import VERSION, NameMatch, TechName, is_short

_WINDOW = 24  # characters on either side that say whether a text speaks of technology
_BEFORE = re.compile(
    r"(?:熟悉|熟练|精通|掌握|了解|擅长|用|采用|运用|基于|通过|语言|技能|技术栈|框架|后端|前端|工具|会|学习"
    r"|\b(?:languages?|skills?|stack|frameworks?|librar(?:y|ies)|tools?|technolog(?:y|ies)|databases?|backend|frontend|software"
    r"|using|use|used|proficient in|proficient with|experience with|experience in|experience of|knowledge of|familiar with|skilled in"
    r"|written in|built with|built in|built on|programming in|coding in|expert in|fluent in|developed in|developed with"
    r"|based on|powered by|learning))"
    r"\s{0,2}[:：]?\s{0,2}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s{0,2}(?:语言|编程|程序|开发|后端|前端|框架|工程师|微服务|服务端|服务器|服务|生态|技术栈|全家桶|源码|协程|客户端|脚本|抓包|建模|插件|组件"
    r"|集群|任务|网关|中间件|模块|容器|压测|接口|模型|语法|并发|编写|重构|实现|引擎"
    r"|(?:language|programming|programmer|developer|development|engineer|framework|backend|frontend|microservice|component|app|hook|cluster|job"
    r"|table|script|service|tooling|daemon|monolith|module|worker|codebases?|api|library|plugin|pipeline|sdk|server|ecosystem|codebase)(?:s|es)?\b)",
    re.IGNORECASE,
)
_AFTER_SURELY = re.compile(
    r"\s{0,2}(?:语言|编程|开发|后端|前端|框架|工程师|微服务|脚本|源码|(?:language|programming|programmer|developer|engineer)s?\b)",
    re.IGNORECASE,
)
_AFTER_LETTER = re.compile(r"\s{0,2}(?:语言|编程|程序|(?:language|programming|programmer|developer)s?\b)", re.IGNORECASE)
_DOES = re.compile(r"\s?(?:做|进行|写|实现|编写|开发|重写|重构|处理|绘|建模|统计|to\b|for\b)")
_ENDS = re.compile(r"\s{0,2}(?:$|[、,，/;；。.)）|｜+\n]|和|与|或|及|等|(?:and|or)\b)")
_GOES_ON = re.compile(rf"\s{{0,2}}(?:[{CJK}(（:：&·•]|(?:with|for|to|on|in|is|are|at|using|as)\b)")
_IN = re.compile(r"\b(?:in|with)\s$")
_EXPANSION = re.compile(r"\s?[(（]([A-Za-z][A-Za-z &-]{2,40})")
_YEAR = re.compile(rf"\s?{YEAR}")
_SENTENCE_START = re.compile(rf"(?:^|[.:：\n{SENTENCE_END}{LIST_MARKS}])\s{{0,24}}$")
_WORD_NEXT = re.compile(r" (?!(?:and|or|with|on|for|using|is)\b)[a-z]{2,}")
_SEPARATOR = re.compile(rf"(?:{VERSION.pattern})? {{0,2}}[、,，/／|｜;；+&·•] {{0,2}}", re.IGNORECASE)
_GAP = re.compile(
    rf"(?:{VERSION.pattern})?(?:系统|软件)?(?:\s?[(（][^()（）\n]{{1,24}}[)）])?"
    r"\s{0,3}(?:[、,，/／|｜;；:：+&·•()（）]|和|与|及|或|以及)?\s{0,3}(?:(?:and|or)\b)?\s?",
    re.IGNORECASE,
)


def disambiguate(text: str, matches: Sequence[NameMatch]) -> list[tuple[bool, bool]]:
    """Return for each match (does it mean a technology, would its canonical name in its place be understood so).

    An ambiguous name counts where its neighbourhood speaks of technology, or where a list has it next to one that counts.
    """
    as_is = [_is_sure(text, match, match.name.doubt, text[match.start : match.end] == match.name.written) for match in matches]
    renamed = [_is_sure(text, match, match.name.canonical_doubt, True) for match in matches]
    for sure, doubts in ((as_is, [match.name.doubt for match in matches]), (renamed, [match.name.canonical_doubt for match in matches])):
        for index in range(len(matches) - 1):  # two in a list that may each be a word are none
            if doubts[index] == doubts[index + 1] == "exact" and _SEPARATOR.fullmatch(text, matches[index].end, matches[index + 1].start):
                sure[index] = sure[index + 1] = True
        for step in (1, -1):  # a list vouches for its members, in both directions
            for index in range(len(matches))[::step]:
                if not sure[index] and 0 <= index - step < len(matches) and sure[index - step]:
                    exact = sure is renamed or text[matches[index].start : matches[index].end] == matches[index].name.written
                    sure[index] = _is_listed(text, matches, index, step, exact or doubts[index] == "exact", sure)
    return list(zip(as_is, renamed, strict=True))


def _is_sure(text: str, match: NameMatch, doubt: str, exact: bool) -> bool:
    if not match.name.canonical:
        return False
    if not doubt:
        return True
    before, after = text[max(0, match.start - _WINDOW) : match.start], text[match.end : match.end + _WINDOW]
    if _is_spelled_out(text, match):
        return False
    if len(match.name.written) > 1 and VERSION.match(after):  # "vue3"
        return True
    if doubt == "exact":
        if exact and not (_SENTENCE_START.search(before) and _WORD_NEXT.match(after)):
            return True
        return is_cjk(before[-2:].strip()[-1:]) or is_cjk(after[:2].strip()[:1]) or _speaks(before, after)
    if _YEAR.match(after):
        return False
    if len(match.name.written) == 1 or match.name.written == "Go":
        if _AFTER_LETTER.match(after) or (len(match.name.written) > 1 and exact and _AFTER.match(after)):
            return True
        if _BEFORE.search(before):
            return bool(_ENDS.match(after)) or (exact and bool(_DOES.match(after)))
        return exact and bool(_IN.search(before) and _ENDS.match(after))
    if exact:
        return _speaks(before, after)
    return bool(_AFTER_SURELY.match(after) or (_BEFORE.search(before) and _ENDS.match(after)))


def _is_spelled_out(text: str, match: NameMatch) -> bool:
    """Return whether brackets say that a short alias means something else: "PG (Parental Guidance)", "Executive Search (ES)"."""
    if not is_short(match.name.written, match.name.canonical, match.name.doubt):
        return False
    if behind := _EXPANSION.match(text, match.end):
        return _has_initials(behind[1], match.name)
    before, after = text[max(0, match.start - 2 * _WINDOW) : match.start], text[match.end : match.end + 1]
    return before.endswith(("(", "（")) and after in (")", "）") and _has_initials(before.rstrip("(（ "), match.name)


def _has_initials(words: str, name: TechName) -> bool:
    initials = [word[0] for word in re.findall(r"[A-Za-z]+", words)][-len(name.written) :]
    return "".join(initials).lower() == name.written.lower() and name.canonical.lower() not in words.lower()


def _speaks(before: str, after: str) -> bool:
    return bool(_BEFORE.search(before) or _AFTER.match(after))


def _is_listed(text: str, matches: Sequence[NameMatch], index: int, step: int, exact: bool, sure: Sequence[bool]) -> bool:
    """Return whether `matches[index]` stands in a list with its neighbour at `index - step`, which is sure."""
    match, (left, right) = matches[index], sorted((index, index - step))
    if not match.name.canonical or _is_spelled_out(text, match) or not _GAP.fullmatch(text, matches[left].end, matches[right].start):
        return False
    after = text[match.end : match.end + _WINDOW]
    if "\n" in text[matches[left].end : matches[right].start] and not _is_alone_on_its_line(text, match):
        return False
    if _YEAR.match(after):
        return False
    following = matches[index + 1] if index + 1 < len(matches) else None
    if following and sure[index + 1] and _GAP.fullmatch(text, match.end, following.start):
        return True
    if _ENDS.match(after) or _AFTER_SURELY.match(after):
        return True
    return exact and bool(_AFTER.match(after) or VERSION.match(after.lstrip()) or (len(match.name.written) > 1 and _GOES_ON.match(after)))


def _is_alone_on_its_line(text: str, match: NameMatch) -> bool:
    before, after = text[max(0, match.start - 4) : match.start], text[match.end : match.end + 4]
    return before.rpartition("\n")[2].strip(" \t" + LIST_MARKS) == "" and after.partition("\n")[0].strip() == ""
