"""What a requirement asks for that can be compared as such: technologies, topics of work, years, degree, languages, certificates,
numbers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from preprocess.lexicon.characters import simplified, width
from preprocess.tech_stack.normalise import find_skills
from reranker.evidence.alternatives import skill_groups
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.certificates import CertificateDemand
from reranker.evidence.facts.degrees import DegreeDemand
from reranker.evidence.facts.languages import LanguageDemand
from reranker.evidence.facts.numbers import NumberDemand
from reranker.evidence.facts.years import YearsDemands
from reranker.evidence.requirements import Requirement
from reranker.evidence.topics import Topic, topics_of

_HANDS_ON = re.compile(r"经验|经历|实战|做过|参与过|主导|experience|hands-on|track record", re.IGNORECASE)
_WELL = re.compile(r"精通|熟练|深入|扎实|\b(?:expert|proficien|strong|advanced|deep)", re.IGNORECASE)
_FORMAL = re.compile(
    r"[\d.]+|[一两二三四五六七八九十]年|年|以上|及|或|以|计算机(?:科学|技术|与|软件|类)*|软件工程|等|相关|专业|学历|学位|统招|全日制|大专|专科|本科"
    r"|硕士|博士|研究生|工作|从业|经[验历]|优先|要求|有|具备|具有|至少|拥有|毕业|同等"
    r"|\b(?:years?|yrs|of|experience|working|work|professional|at|least|or|more|a|an|in|the|degree|bachelor|master|phd|computer|science|related"
    r"|field|equivalent|relevant|minimum|and|higher|above|preferred|required|engineering|with|s|to|plus|you|have)\b|[^\w]",
    re.IGNORECASE,
)
_USE = re.compile(r"语言|沟通|交流|读写|听说|口语|\b(?:languages?|written|spoken|speech|communicat\w+|fluen\w+)\b", re.IGNORECASE)
_VAGUE = frozenset(
    "平台 研发 开发 项目 系统 设计 团队 管理 技术 行业 领域 building development team project projects systems industry role".split()
)


@dataclass(frozen=True)
class Wanted:
    """`groups` are technologies, each with its alternatives; `same` are, for each group, the topics that are one of these technologies
    (EKS shows Kubernetes), `topics` the others. `degree`, `languages`, `certificates` and `numbers` are None where nothing of that is
    asked for.

    `rest` is the text without years and degrees, `words` those of it that name the field of work. `hands_on`: having done it is asked
    for, not knowing it; `is_covered`: each clause names something that can be compared as such; `well`: more than the basics;
    `only_names`: nothing but technologies is asked for.
    """

    groups: tuple[frozenset[str], ...]
    same: tuple[tuple[Topic, ...], ...]
    topics: tuple[Topic, ...]
    years: YearsDemands | None
    degree: DegreeDemand | None
    languages: LanguageDemand | None
    certificates: CertificateDemand | None
    numbers: NumberDemand | None
    rest: str
    words: tuple[str, ...]
    hands_on: bool
    is_covered: bool
    well: bool
    only_names: bool


@lru_cache(maxsize=2000)
def wanted(requirement: Requirement) -> Wanted:
    """Worked out once for all resumes."""
    text = requirement.text
    groups, topics, years_asked = skill_groups(text), topics_of(text), years.asked(text)
    same = tuple(tuple(topic for topic in topics if any(map(topic.is_asked, group))) for group in groups)
    rest = "，".join(_telling_clauses(text))
    return Wanted(
        groups=groups,
        same=same,
        topics=tuple(topic for topic in topics if not any(topic in one for one in same)),
        years=years_asked,
        degree=degrees.asked(text),
        languages=languages.asked(text),
        certificates=certificates.asked(text),
        numbers=numbers.asked(text),
        rest=rest,
        words=tuple(word.lower() for word in _FORMAL.sub(" ", simplified(rest)).split() if width(word) >= 4 and word.lower() not in _VAGUE),
        is_covered=all(_is_compared(clause, text) for clause in _telling_clauses(text)),
        hands_on=requirement.kind == "duty" or years_asked is not None or _HANDS_ON.search(text) is not None,
        well=_WELL.search(text) is not None,
        only_names=_is_only_names(text),
    )


def _telling_clauses(text: str) -> list[str]:
    """The clauses that say more than years, a degree and that they are required."""
    return [clause.strip() for clause in re.split(r"[，,；;]", text) if width(_FORMAL.sub("", clause)) >= 6]


def _is_compared(clause: str, text: str) -> bool:
    """Return whether a clause of a text names a technology or a topic, asks for a fact, or says how a language is used."""
    start = text.index(clause)
    if any(start <= skill.start < start + len(clause) for skill in find_skills(text)) or topics_of(clause) or _USE.search(clause):
        return True
    return any(module.asked(clause) is not None for module in (degrees, languages, certificates, numbers))


def _is_only_names(text: str) -> bool:
    """ "3年以上 Java 经验": a sentence about work with Java is all there is to find."""
    for skill in reversed(find_skills(text)):
        text = text[: skill.start] + " " + text[skill.end :]
    return width(_FORMAL.sub("", text)) < 6
