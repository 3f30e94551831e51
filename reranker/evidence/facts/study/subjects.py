"""Find the families of subjects that a name or an entry of a resume belongs to, so that 财务管理 answers a demand for 会计相关专业."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import pattern

_NO_SUBJECT = re.compile(
    r"(?:成人|网络|远程|继续|高等|开放|职业|义务|学历|国民)教育|教育(?:背景|经历|程度|情况|信息|部|学院|集团|机构)"
    r"|(?:最高)?教育(?=\s?[:：])|^教育(?=\s)|政治面貌|(?:大学|商务)?英语[四六]级|英语水平|非师范|(?:英语)?专业[四八]级"
    r"|[英日韩法德俄][语文]\s?(?:N[1-5]|[A-C][12]|[四六八]级|流利|熟练|精通|良好|口语)"
    r"|\b\d{1,3} (?:credits?|units?)(?: (?:in|of))? [a-z]{3,14}"
    rf"|(?:辅修|选修)\s?[:：]?\s?[{CJK}]{{2,8}}|\bminor(?:ed|ing)?:? (?:in )?[a-z]{{3,14}}(?: (?:and|&|studies|science)){{0,2}}"
    r"|\beducation(?:al)? ?(?:background|history)?(?=\s?[:\-–—|])|\bhigher education\b|^education\s*$"
    r"|\b(?:doctor|master|bachelor) of philosophy\b",
    re.IGNORECASE | re.MULTILINE,
)
_LETTER = re.compile(r"\b[BMD]\.?\s?(?=[A-Z][a-z]{2})")
_SAME = re.compile(r"本硕博?连读|硕博连读|直[博硕]|同上|同校|同专业|\bditto\b|\bsame (?:school|university|subject|field)\b", re.IGNORECASE)
_WORD = re.compile(rf"[A-Za-z.]{{2,}}|[{CJK}]{{2,}}")
GENERAL = frozenset({"general_engineering", "general_science"})
"""Families of a degree by its name (B.Tech, 工学学士), whatever its subject."""
_GROUP_TAIL = re.compile(r"(?:学科|学院|学系|[类科系])$|\b(?:field|subject|discipline)s?$")


@cache
def table() -> dict[str, Any]:
    """Return subjects.toml."""
    return tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))


def entry_words(text: str) -> str:
    """Return an entry without the words that look like subjects and are labels, kinds of study or tests: 教育背景, 成人教育, 英语六级."""
    return _NO_SUBJECT.sub(" ", text)


def families(words: str) -> frozenset[str]:
    """Return the families of subjects that a text names."""
    return frozenset(family for family, names in _subjects().items() if names.search(words))


def degree_families(words: str) -> frozenset[str]:
    """Return the families that the name of a degree belongs to, with or without its dots, spaces and first letter: B. Pharm, M.Nursing."""
    return families(words) | families(re.sub(r"[.\s]", "", words)) | families(_LETTER.sub(" ", words))


def goes_on(words: str, subjects: frozenset[str]) -> bool:
    """Return whether an entry with these words and families has the subject of the degree before it: "MS 2022", 工学硕士（本硕连读）."""
    is_bare = not subjects and len(_WORD.findall(words)) <= 1
    return is_bare or (not subjects - GENERAL and _SAME.search(words) is not None)


def families_asked(name: str) -> frozenset[str]:
    """Return the families of a subject that a job names; those of a group where it names one (理工科, "engineering")."""
    written = name.strip().lower()
    bare = _GROUP_TAIL.sub("", written).strip()
    for group, members in table()["groups"].items():
        if {written.rstrip("s"), bare.rstrip("s"), bare} & {group.lower().rstrip("s"), group.removesuffix("类")}:
            return families(name) | frozenset(members)
    return families(name)


@cache
def _subjects() -> dict[str, re.Pattern[str]]:
    return {family: re.compile(pattern(entry["names"])) for family, entry in table()["subjects"].items()}
