"""Find the headings of a job description and the kind of section that each heads: must, nice, duty, EXCLUDED, "" for what asks for nothing.

A heading that is known by its words may stand anywhere, even with text behind its colon. Others are headings by their shape: a short line
without a full stop above a list, or one that consists of nothing but words that headings are made of (job_headings.toml).
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CHINESE_NUMERALS, LIST_MARKS, has_cjk, simplified, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.job_text.exclusions import EXCLUDED, HEADINGS

UNKNOWN = "unknown"
"""The kind of a heading whose words do not say of what."""

_KNOWN = {
    EXCLUDED: HEADINGS,
    "nice": r"加分项|加分条件|优先条件|优先考虑|优先项|nice[ -]to[ -]haves?|preferred(?: qualifications| skills| experience)?"
    r"|bonus(?: points)?|desirable|pluses",
    "must": r"任职要求|任职资格|任职条件|职务条件|岗位要求|职位要求|招聘要求|应聘要求|能力要求|(?:专业)?技能要求|基础要求|基本要求"
    r"|必备条件|硬性要求"
    r"|要求|(?:我们|本岗位?|岗位)(?:需要|要求)|我们希望你|我们期待你"
    r"|(?:job |key |minimum |basic |required |technical )?(?:requirements|qualifications)"
    r"|required skills|must[ -]haves?"
    r"|(?<![a-z]\s)(?:what )?(?:we (?:need|require|want)|you(?:['’]ll| will)? (?:need|require|must have|should have|have))"
    r"|(?<![a-z]\s)(?:we(?:['’]re| are) )?looking for"
    r"|what we(?:['’]re| are) looking for|what we look for|who you are|what you(?:['’]ll)? (?:need|bring)|about you|skills and experience"
    r"|your profile",
    "duty": r"岗位职责|工作职责|职位职责|主要职责|工作内容|职位描述|岗位描述|工作描述|职责描述|职位介绍|你将负责|你的工作"
    r"|(?:key |main |job |your )?(?:responsibilities|duties)|what you(?:['’]ll| will)(?: be)? do(?:ing)?"
    r"|job description|(?:the|your) role|the job",
    "": r"福利待遇|员工福利|公司福利|福利|薪资待遇|薪酬福利|薪资范围|薪资|薪酬|待遇|公司介绍|公司简介|关于我们|关于公司|团队介绍|工作地点"
    r"|工作地址|工作时间|上班时间|联系方式|投递方式|面试流程|招聘人数|benefits|perks(?: (?:and|&) benefits)?|what we offer|we offer"
    r"|about us|about the (?:role|company|team)|who we are|our company|compensation|salary|location|how to apply",
}
NUMERAL = f"[{CHINESE_NUMERALS}]{{1,2}}"
NUMBER = rf"(?:[（(]?(?:\d{{1,2}}|{NUMERAL})[)）]|\d{{1,2}}\s?(?:、|[.．:：,，](?!\d))|{NUMERAL}[、.．]|[①-⑳])"
_BULLET = re.compile(rf"^[\s#*]*+(?:[{LIST_MARKS}]+|{NUMBER})?\s*+(?=\S)")
_HEADING = re.compile("|".join(rf"(?P<{kind or 'none'}>{words})" for kind, words in _KNOWN.items()), re.IGNORECASE)
_REST = re.compile(r"\s*(?:[（(][^）)\n]{0,20}[）)])?\s*[】\]*]*\s*(?P<colon>[:：])?\s*[】\]*]*\s*", re.IGNORECASE)
INLINE = re.compile(rf"(?<=[。；;.！!，,\s]){NUMBER}?[【\[]?(?:{'|'.join(_KNOWN.values())})[】\]]?\s?[:：]", re.IGNORECASE)
_ITEM = re.compile(
    rf"\s*+(?:[{LIST_MARKS}]\s|[{LIST_MARKS}](?=[^\s\w*])|[•●○◦■□▪▫◆◇➢➤✓✔★-](?=\w)|[△▲☐◎→▍]\s|{NUMBER}|[（(]?(?:[a-z]|[ivx]{{2,4}})[)）]|>\s)"
)
_PART_NUMBER = re.compile(rf"\s*+(?:{NUMERAL}[、.．]|[（(]{NUMERAL}[)）])")
_DECORATION = " \t#*_【】[]<>《》「」:：-–—－=~…|｜•●○◦■□▪▫◆◇➢➤✓✔★△▲☐◎→▍"
_SENTENCE = re.compile(r"[。；;！!]|[.,，]$|\.\s|\d|[:：]\s?\w")
_WIDEST = 60
_JOB = re.compile(r"(?:职位|岗位|职务|名称|position|job|role|title)\s?$", re.IGNORECASE)
_MOST_WORDS = 11
_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")


def bare(line: str) -> str:
    """Return a line without its bullet or number and without stars around it."""
    return _BULLET.sub("", line, count=1).strip().strip("*").strip()


def known_heading(line: str) -> tuple[str, str] | None:
    """Return the kind that a heading announces ("": asks for nothing) and what follows it on its line; None where it is none."""
    text = bare(line).lstrip("【[*# ")
    is_bracketed = bare(line).startswith(("【", "["))
    match = _HEADING.match(simplified(text))
    if match:
        rest = _REST.match(text, match.end())
        assert rest
        after = text[rest.end() :]
        if rest["colon"] or not after.strip("】]：:*# ") or (is_bracketed and {"】", "]"} & set(rest[0])):
            return "" if match.lastgroup == "none" else match.lastgroup or "", after
    if is_item(line):
        return None
    head, colon, after = text.replace("：", ":", 1).partition(":")
    if _JOB.search(head) and width(after) <= _WIDEST and not re.search("[,，;；、]", after):
        return None  # names the job: 招聘职位：总账会计
    if colon and after.strip("*】] ") and width(head) <= _WIDEST and not _topics().search(head) and is_made_of_headings(head):
        return kind_of(head), text[len(head) + 1 :].strip("*】] ")
    return None


def shaped_heading(lines: Sequence[str], index: int) -> str | None:
    """Return the kind of section that a line heads by its shape or its words, UNKNOWN where they do not say; None where it is no heading.

    `lines` are all lines of the job description as they stand there.
    """
    line = lines[index].strip()
    if not line:
        return None
    text = _PART_NUMBER.sub("", line, count=1).strip(_DECORATION)
    if not text or width(text) > _WIDEST or _SENTENCE.search(text) or len(text.split()) > _MOST_WORDS:
        return None
    following = next((lines[below] for below in range(index + 1, len(lines)) if lines[below].strip()), "")
    if not following:
        return None
    kind = kind_of(text)
    if is_item(line) and not (_PART_NUMBER.match(line) or line.startswith("**")):  # one sign before headings, another before items
        return kind if not following.strip().startswith(line[0]) and not line[0].isdigit() and is_made_of_headings(text) else None
    before = lines[index - 1] if index else ""
    begins = not before.strip() or is_item(before) or line.endswith((":", "："))
    is_above_list = begins and is_item(following) and not _PART_NUMBER.match(following)
    introduces = line.endswith((":", "：")) and kind != UNKNOWN
    if is_made_of_headings(text) or ((is_above_list or introduces) and not find_skills(text)):
        return kind
    return None


def is_item(line: str) -> bool:
    """Return whether a line begins with a bullet or a number."""
    return _ITEM.match(line) is not None


def kind_of(heading: str) -> str:
    """Return the kind that the words of a heading announce, UNKNOWN where they do not."""
    plain = simplified(heading).lower()
    kind = next((kind for kind, words in _kinds().items() if words.search(plain)), UNKNOWN)
    return "" if kind == "none" else kind


def is_made_of_headings(text: str) -> bool:
    """Return whether a text has a word that says the kind of a section, and no word that headings are not made of."""
    plain = simplified(text).lower().strip(_DECORATION + "?？")
    if not any(words.search(plain) for words in _kinds().values()):
        return False
    rest = "".join(_CHINESE_GAP.split(_kind_words().sub(" ", plain)))
    rest = _chinese_words().sub(" ", rest) if has_cjk(rest) else rest
    english = [
        word for word in _WORD.findall(rest) if not set(re.split(r"['’]", word)) <= _english_words() and word not in _english_words()
    ]
    return not english and not has_cjk(rest)


_CHINESE_GAP = re.compile(r"[、，,/／&+（）()]")


@cache
def _table() -> dict[str, dict]:
    return tomllib.loads(Path(__file__).with_name("job_headings.toml").read_text("utf-8"))


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile("|".join(words)) for kind, words in _table()["kinds"].items()}


@cache
def _kind_words() -> re.Pattern[str]:
    """Any word that says a kind, with the letters that it goes on with."""
    every = "|".join("|".join(words) for words in _table()["kinds"].values())
    return re.compile(rf"(?:{every})[a-z]{{0,12}}")


@cache
def _topics() -> re.Pattern[str]:
    return re.compile(_table()["topics"]["words"], re.IGNORECASE)


@cache
def _english_words() -> frozenset[str]:
    return frozenset(_table()["words"]["english"].split())


@cache
def _chinese_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_table()["words"]["chinese"].split(), key=len, reverse=True)))
