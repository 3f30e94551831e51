"""A job description → its requirements, one by one: what must be there, what is nice to have, and the duties."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from preprocess.lexicon.characters import CHINESE_NUMERALS, ENGLISH_SENTENCE_END, LIST_MARKS, SENTENCE_END, simplified, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.asks import asks_for_something

MAX_REQUIREMENTS = 30
MAX_WIDTH = 240
"""Longer pieces are cut; a Chinese character counts 2, so this is about 120 of them."""


@dataclass(frozen=True)
class Requirement:
    """One thing that a job asks for. `kind` is "must", "nice" or "duty"; `skills` are canonical names, in order of mention."""

    text: str
    kind: str
    skills: tuple[str, ...]


_HEADINGS = {
    "nice": r"加分项|加分条件|优先条件|优先考虑|优先项|nice[ -]to[ -]haves?|preferred(?: qualifications| skills| experience)?"
    r"|bonus(?: points)?|desirable|pluses",
    "must": r"任职要求|任职资格|任职条件|职务条件|岗位要求|职位要求|招聘要求|应聘要求|能力要求|(?:专业)?技能要求|基础要求|基本要求"
    r"|必备条件|硬性要求"
    r"|我们希望你|我们期待你|(?:job |key |minimum |basic |required |technical )?(?:requirements|qualifications)"
    r"|required skills|must[ -]haves?"
    r"|what we(?:['’]re| are) looking for|what we look for|who you are|what you(?:['’]ll)? (?:need|bring)|about you|skills and experience"
    r"|your profile",
    "duty": r"岗位职责|工作职责|职位职责|主要职责|工作内容|职位描述|岗位描述|工作描述|职责描述|职位介绍|你将负责|你的工作"
    r"|(?:key |main |job |your )?(?:responsibilities|duties)|what you(?:['’]ll| will)(?: be)? do(?:ing)?"
    r"|job description|(?:the|your) role|the job",
    "": r"福利待遇|员工福利|公司福利|福利|薪资待遇|薪酬福利|薪资范围|薪资|薪酬|待遇|公司介绍|公司简介|关于我们|关于公司|团队介绍|工作地点"
    r"|工作地址|工作时间|上班时间|联系方式|投递方式|面试流程|招聘人数|benefits|perks(?: (?:and|&) benefits)?|what we offer|we offer"
    r"|about us|about the (?:role|company|team)|who we are|our company|compensation|salary|location|how to apply",
}
_NUMERAL = f"[{CHINESE_NUMERALS}]{{1,2}}"
_NUMBER = rf"(?:[（(]?(?:\d{{1,2}}|{_NUMERAL})[)）]|\d{{1,2}}\s?(?:、|[.．:：,，](?!\d))|{_NUMERAL}[、.．]|[①-⑳])"
_BULLET = re.compile(rf"^[\s#*]*+(?:[{LIST_MARKS}]+|{_NUMBER})?\s*+(?=\S)")
_HEADING = re.compile(
    "|".join(rf"(?P<{kind or 'none'}>{words})" for kind, words in _HEADINGS.items()),
    re.IGNORECASE,
)
_HEADING_REST = re.compile(r"\s*(?:[（(][^）)\n]{0,20}[）)])?\s*[】\]*]*\s*(?P<colon>[:：])?\s*[】\]*]*\s*", re.IGNORECASE)
_INLINE_HEADING = re.compile(
    rf"(?<=[。；;.！!，,\s]){_NUMBER}?[【\[]?(?:{'|'.join(words for words in _HEADINGS.values())})[】\]]?\s?[:：]", re.IGNORECASE
)
_INLINE_NUMBER = re.compile(rf"(?<=[。；;.，,\s：:]){_NUMBER}\s*(?=\S)")
_FACT = re.compile(
    r"(?:公司|部门|团队|工作地点|地点|城市|薪资|薪酬|月薪|年薪|招聘人数|人数|职位|岗位|职位名称|岗位名称|汇报对象|工作性质|title|company|team|location|employment"
    r"|salary|department|job[_ ]type|reports to|date|posted)[^:：\n]{0,8}[:：]",
    re.IGNORECASE,
)
_NICE = re.compile(
    r"优先(?!级|队列|处理|保障|排队|调度|权)|加分"
    r"|\b(?:preferred|(?:a|big|huge|strong|definite) plus|nice to have|bonus|desirable)\b",
    re.IGNORECASE,
)
_HARD = re.compile(r"及以上|年以上|学历|\d\s?\+?\s?years", re.IGNORECASE)
_AND_SO_ON = re.compile(r"(?:等|etc)\W*")
_ASKS = re.compile(
    r"熟悉|精通|掌握|了解|具备|具有|负责|经验|能力|以上|熟练|\b(?:experience|years?|knowledge|familiar|proficien|skills?|must|able|design|build)",
    re.IGNORECASE,
)
_END = re.compile(rf"[（(][^()（）\n]{{0,80}}[）)]|(?P<end>[{SENTENCE_END}])\s*")
"""The end of a sentence, or brackets in which none is looked for."""
_CHOICE = re.compile(r"之一|其中一|其一|以下一[种门项个]|至少一|任一|任意一|\b(?:one of|any of|either|at least one)\b", re.IGNORECASE)
_OTHERWISE = re.compile(r"\s*(?:或(?!许)|亦或|or\b)", re.IGNORECASE)
"""Begins the other alternative of what stands before it: "本科；或大专且五年经验" is one requirement."""
_LEAST = 4
"""Characters of a requirement."""
_COMMA = re.compile(r"(?<=[，,])")


def split_job(job: str) -> tuple[Requirement, ...]:
    """At most MAX_REQUIREMENTS requirements in the order of the text. Where there are more, duties go first, then what is nice to have.

    The kind follows the headings ("任职要求", "What you will do"); a sentence that says 优先 or "preferred" is nice to have wherever
    it stands; without any heading everything is a must. Titles, facts about the company, pay and place are left out.
    """
    found = list(dict.fromkeys(_pieces(job)))
    for kind in ("duty", "nice", "must"):
        for place in range(len(found) - 1, -1, -1):
            if len(found) > MAX_REQUIREMENTS and found[place][1] == kind:
                del found[place]
    return tuple(Requirement(text, kind, tuple(dict.fromkeys(skill.canonical for skill in find_skills(text)))) for text, kind in found)


def _pieces(job: str) -> Iterator[tuple[str, str]]:
    lines = _joined([line for raw in job.splitlines() for line in _unfolded(raw)])
    sections = {heading[0] for line in lines if (heading := _heading(line))}
    kind = "" if sections & {"must", "duty"} else "must"
    for place, line in enumerate(lines):
        heading = _heading(line)
        if heading:
            kind, line = heading
        elif _FACT.match(simplified(_bare(line))) or (place == 0 and _is_title(line)):
            continue
        if kind:
            text = _bare(line)
            for sentence in _sentences(text) if asks_for_something(text) else ():
                yield from _by_kind(sentence, kind)


def _joined(lines: list[str]) -> list[str]:
    """Return the lines, one that begins with "或" or "or" at the end of the line before it, whose alternative it is."""
    joined: list[str] = []
    for line in lines:
        if joined and _OTHERWISE.match(line) and not _heading(joined[-1]):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _unfolded(line: str) -> list[str]:
    """A paragraph that holds headings or a numbered list, cut before each of them."""
    starts = {match.start() for match in _INLINE_HEADING.finditer(simplified(line))}
    numbers = [match.start() for match in _INLINE_NUMBER.finditer(line)]
    if len(numbers) > 1 or (numbers and _BULLET.match(line.strip()) and line.strip()[:1].isdigit()):
        starts.update(numbers)
    cuts = [0, *sorted(starts), len(line)]
    return [part for left, right in pairwise(cuts) if (part := line[left:right].strip())]


def _bare(line: str) -> str:
    return _BULLET.sub("", line, count=1).strip().strip("*").strip()


def _heading(line: str) -> tuple[str, str] | None:
    """The kind that a heading announces ("": left out) and what follows it on its line."""
    text = _bare(line).lstrip("【[*# ")
    match = _HEADING.match(simplified(text))
    if not match:
        return None
    rest = _HEADING_REST.match(text, match.end())
    assert rest
    kind = "" if match.lastgroup == "none" else match.lastgroup or ""
    after = text[rest.end() :]
    if rest["colon"] or not after.strip("】]：:*# "):
        return kind, after
    return None


def _is_title(line: str) -> bool:
    return len(line) <= 60 and not line.rstrip().endswith(("。", "；", ";", ".", "，", ",")) and not _ASKS.search(simplified(line))


def _sentences(line: str) -> Iterator[str]:
    for sentence in _cut_at_ends(line):
        parts = [sentence] if width(sentence) <= MAX_WIDTH else ENGLISH_SENTENCE_END.split(sentence)
        for part in parts:
            yield from _chunks(part) if width(part) > MAX_WIDTH else [part]


def _cut_at_ends(line: str) -> list[str]:
    """The line cut behind 。；and ！; what is too short to stand alone, or one of the things to choose from, stays with what it follows."""
    cuts = [match.end() for match in _END.finditer(line) if match["end"]]
    pieces: list[str] = []
    for left, right in pairwise([0, *cuts, len(line)]):
        piece = line[left:right]
        is_listed = bool(pieces) and pieces[-1].rstrip().endswith((";", "；")) and _belongs_to(pieces[-1], piece)
        if pieces and (is_listed or _OTHERWISE.match(piece)):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return pieces


def _belongs_to(before: str, piece: str) -> bool:
    bare = piece.strip("。；;！! ")
    return len(bare) < _LEAST or (_CHOICE.search(before) is not None and len(bare) <= 20 and not _ASKS.search(bare))


def _chunks(text: str) -> Iterator[str]:
    """Clauses put together again up to MAX_WIDTH; what has no comma is cut hard."""
    chunk = ""
    for clause in _COMMA.split(text):
        for piece in (clause[start : start + MAX_WIDTH] for start in range(0, len(clause), MAX_WIDTH)):
            if chunk and width(chunk + piece) > MAX_WIDTH:
                yield chunk
                chunk = ""
            chunk += piece
    yield chunk


def _by_kind(sentence: str, kind: str) -> Iterator[tuple[str, str]]:
    nice = _NICE.search(simplified(sentence))
    if nice and kind != "nice":
        before = max(sentence.rfind(comma, 0, nice.start()) for comma in "，,") + 1
        if _HARD.search(sentence, 0, before):  # "本科及以上，硕士优先": the first half still stands
            yield from _cleaned(sentence[:before], kind)
            sentence = sentence[before:]
    yield from _cleaned(sentence, "nice" if nice else kind)


def _cleaned(sentence: str, kind: str) -> Iterator[tuple[str, str]]:
    text = _bare(sentence).rstrip("。；;，, ")
    if len(text) < _LEAST or _AND_SO_ON.fullmatch(text) or not any(character.isalpha() for character in text):
        return
    if asks_for_something(text):
        yield text, kind
