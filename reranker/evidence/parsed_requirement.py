"""Parse what a requirement asks for that can be compared: technologies, topics, years, degree, languages, certificates, numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from preprocess.lexicon.characters import simplified, width
from preprocess.tech_stack.normalise import categories, find_skills
from reranker.evidence.alternatives import skill_groups, without_names
from reranker.evidence.facts import certificates, degrees, languages, numbers, years
from reranker.evidence.facts.career.industries import only_industries
from reranker.evidence.facts.career.rank import rank_asked
from reranker.evidence.facts.career.rivals import Kinds, kinds_of
from reranker.evidence.facts.career.trades import LEADERSHIP, asked_trades, trades_of
from reranker.evidence.facts.certificates import CertificateDemand
from reranker.evidence.facts.degrees import DegreeDemand, goes_on_with_degree
from reranker.evidence.facts.languages import LanguageDemand
from reranker.evidence.facts.mentions import folded, wanted_clauses
from reranker.evidence.facts.numbers import NumberDemand
from reranker.evidence.facts.quantity.travel import without_days
from reranker.evidence.facts.willingness import asks_to_accept
from reranker.evidence.facts.years import YearsDemands
from reranker.evidence.job_text.acronyms import acronyms_of
from reranker.evidence.soft import is_soft
from reranker.evidence.topics import Topic, topics_of

_FORMAL = re.compile(
    r"[\d.]+|[一两二三四五六七八九十]年|年|以上|及|或|以|计算机(?:科学|技术|与|软件|类)*|软件工程|等|相关|专业|学历|学位|统招|全日制|大专|专科|本科"
    r"|硕士|博士|研究生|工作|从业|经[验历]|优先|要求|有|具备|具有|至少|拥有|毕业|同等"
    r"|\b(?:years?|yrs|of|experience|working|work|professional|at|least|or|more|a|an|in|the|degree|bachelor|master|phd|computer|science|related"
    r"|field|equivalent|relevant|minimum|and|higher|above|preferred|required|engineering|with|s|to|plus|you|have)\b|[^\w]",
    re.IGNORECASE,
)

_LEADS = re.compile(
    r"\b(?:lead|leading|led|manag\w{1,4}|supervis\w{1,4}|mentor\w{0,4})\b[^.;]{0,24}\b(?:teams?|people|staff|crews?|squads?|engineers?|developers?)\b"
    r"|\b(?:team lead|people management|line manage\w{1,4})"
    r"|带领?过?[^，。；]{0,10}(?:团队|小组|队伍|新人)|团队管理|管理过?[^，。；]{0,6}团队|带队",
    re.IGNORECASE,
)
_OWN_WORK = re.compile(
    r"负责|主导|主持|独立|牵头|带领|谈判|能力|组织(?!架构)|管理经验"
    r"|\b(?:lead|led|own|ownership|responsible for|independently|drive|manage)\b",
    re.IGNORECASE,
)
_OF_EXPERIENCE = re.compile(r"经[验历驗歷]|背景")
_DONE_ALONE = re.compile(
    r"独立|主导|主持|牵头|带领|统筹|组织(?!架构|能力|协调|沟通|关系|者)|\b(?:lead|led|independently|own(?:ing|ership)?)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[，,；;]")
_CLAUSE_WITH_END = re.compile(r"[^，,；;]+[，,；;]?|[，,；;]")
_OTHERWISE = re.compile(r"\s*(?:或|or\b)", re.IGNORECASE)
_BARE_RANK = re.compile(r"^(\W*(?:有|具有|持有?)?(?:初|中|副高|高)级)(?=(?:及以上)?(?:者)?(?:优先|为佳|[。.]?$))")
"""中级优先, below a demand for a title: the title is left out."""
_USE = re.compile(r"语言|读写|听说|口语|\b(?:languages?|written|spoken|speech|fluen\w+)\b", re.IGNORECASE)
"""Words for the use of a language."""
_KNOWING = re.compile(
    r"熟练|熟悉|精通|掌握|了解|使用|运用|良好|扎实|编程|语言|一[种门个]|框架|工具|技术|数据库|中间件|\b(?:programming|languages?|frameworks?|tools?|databases?|strong|good|knowledge|skills?|proficien\w+|familiar\w*|in|using|use)\b",
    re.IGNORECASE,
)
"""Words that say how well something is to be known."""


@dataclass(frozen=True)
class NamedClause:
    """The technologies, with their alternatives, and the topics that one clause names."""

    groups: tuple[frozenset[str], ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class ParsedRequirement:
    """`groups` are technologies, each with its alternatives; `same` are, for each group, the topics that are one of these (EKS shows
    Kubernetes), `topics` the other topics of work. The demands are None where nothing of that kind is asked for.

    `rest` is what says more than years, a degree and that they are required. `only_names`: it asks for technologies, and at most for years
    with them. `only_facts`: each clause asks for a degree, a language, a certificate, or for years of any work. `only_years`: it asks for
    years of one subject or several, and nothing else. `leads`: it asks for nothing but to have led or mentored people, `leads_too`: for
    that and one thing more, `leads_trades` whose trades. `clauses` are those that name technologies or topics, if several do.
    `positions` are the kinds of work that it names, and `is_own_work` says that to have helped with it is a part only,
    `is_done_alone` that what an assistant or an intern did of it is, too.
    `condition` is the one clause that asks to accept something (大小周), where all others ask for facts.
    `only_industries` are those in which it asks for experience, where it asks for nothing else.
    `rank` is the title of which it asks for experience.
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
    only_names: bool
    only_facts: bool
    only_years: bool
    leads: bool = False
    leads_too: bool = False
    leads_trades: frozenset[str] = frozenset()
    clauses: tuple["NamedClause", ...] = ()
    positions: Kinds = frozenset()
    is_own_work: bool = False
    is_done_alone: bool = False
    condition: str = ""
    only_industries: frozenset[str] = frozenset()
    rank: str = ""


@lru_cache(maxsize=2000)
def parse_requirement(text: str) -> ParsedRequirement:
    """Return what a requirement asks for; worked out once for all resumes."""
    groups, topics, telling = skill_groups(_without_names_of_facts(text)), (*topics_of(text), *acronyms_of(text)), _telling_clauses(text)
    degree, language, certificate, number = (
        degrees.asked(text),
        languages.asked(text),
        certificates.asked(_BARE_RANK.sub(r"\1职称", text)),
        numbers.asked(text),
    )
    asks_other_facts = any((degree, language, certificate, number))
    asks_to_lead = not (groups or degree or language or certificate or years.asked(text)) and _LEADS.search(simplified(text)) is not None
    only_facts = not groups and all(_is_about_fact(clause) or (degree and goes_on_with_degree(clause)) for clause in telling)
    same = tuple(tuple(topic for topic in topics if any(map(topic.is_asked, group))) for group in groups)
    return ParsedRequirement(
        groups=groups,
        same=same,
        topics=tuple(topic for topic in topics if not any(topic in of_group for of_group in same)),
        years=years.asked(text),
        degree=degree,
        languages=language,
        certificates=certificate,
        numbers=number,
        rest="，".join(telling),
        only_names=any(not group.issubset(categories()["architecture"]) for group in groups)
        and width(_KNOWING.sub("", _FORMAL.sub("", without_names(text)))) < 6,
        only_facts=only_facts,
        leads=asks_to_lead and not number and len(telling) <= 1,
        leads_too=asks_to_lead and len(telling) == 2,
        leads_trades=trades_of(folded(text)) - {LEADERSHIP} if asks_to_lead else frozenset(),
        clauses=() if only_facts else _named_clauses(text),
        positions=kinds_of(folded(text)),
        is_own_work=_OWN_WORK.search(simplified(text)) is not None,
        is_done_alone=_DONE_ALONE.search(simplified(text)) is not None,
        only_industries=only_industries(text),
        rank=rank_asked(folded(text)) if _OF_EXPERIENCE.search(text) else "",
        condition=_condition(telling) if not groups else "",
        only_years=not groups and bool(telling) and all(map(years.asked, telling)) and not asks_other_facts,
    )


def of_the_job(asked: Sequence[ParsedRequirement], texts: Sequence[str]) -> list[ParsedRequirement]:
    """Return the requirements, those that ask for years of 相关经验 with the trades that most of the job's lines name."""
    if not any(demand.is_related for parsed in asked for demand in parsed.years or ()):
        return list(asked)
    counts = Counter(trade for text in texts for trade in asked_trades(folded(text)) if trade != LEADERSHIP)
    trades = frozenset(trade for trade, count in counts.items() if 2 * count > max(counts.values()))
    return [replace(parsed, years=_of_trades(parsed.years, trades)) if parsed.years else parsed for parsed in asked]


def _of_trades(demands: YearsDemands, trades: frozenset[str]) -> YearsDemands:
    return tuple(replace(demand, trades=trades) if demand.is_related else demand for demand in demands)


def _without_names_of_facts(text: str) -> str:
    """Return the text with blanks in place of technologies in the name of a certificate or of a subject of study.

    Who uses AWS has no AWS certificate, and 供应链管理 beside 专业 is a subject.
    """
    spans = list(certificates.named_at(text))
    start = 0
    for clause in _CLAUSE_WITH_END.findall(text):
        if degrees.asked(clause) is not None:
            spans += [(start + skill.start, start + skill.end) for skill in find_skills(clause) if degrees.is_subject(skill.text)]
        start += len(clause)
    for left, right in spans:
        text = f"{text[:left]}{' ' * (right - left)}{text[right:]}"
    return text


def _is_about_fact(clause: str) -> bool:
    """Return whether a clause asks for a degree, a language or a certificate. Years are not enough: it matters of what."""
    return _USE.search(clause) is not None or any(kind.asked(clause) is not None for kind in (degrees, languages, certificates))


def _condition(telling: Sequence[str]) -> str:
    """Return the clause that asks to accept a condition of the work, where it is one beside facts: "通过英语六级，接受大小周"."""
    conditions = [clause for clause in telling if asks_to_accept(without_days(clause)) and not _is_about_fact(clause)]
    others = [clause for clause in telling if clause not in conditions]
    return conditions[0] if len(conditions) == 1 and others and all(map(_is_about_fact, others)) else ""


def _named_clauses(text: str) -> tuple[NamedClause, ...]:
    """The clauses that name products or topics; styles of architecture, options, alternatives and traits need not be named in a resume."""
    clauses = []
    for clause in _CLAUSE_END.split(wanted_clauses(text)):
        if not (_OTHERWISE.match(clause) or "能力" in clause or is_soft(clause)):
            products = tuple(group for group in skill_groups(clause) if not group.issubset(categories()["architecture"]))
            clauses.append(NamedClause(products, (*topics_of(clause), *acronyms_of(clause))))
    named = tuple(clause for clause in clauses if clause.groups or clause.topics)
    return named if len(named) > 1 else ()


def _telling_clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE_END.split(text) if width(_FORMAL.sub("", clause)) >= 6]
