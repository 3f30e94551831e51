"""Parse which technologies a requirement wants all of, and which it names as alternatives: "熟悉 MySQL 或 PostgreSQL、Redis"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from preprocess.tech_stack.normalise import find_skills

_OR = re.compile(r"(?<!\s)\s*+(?:或者?|亦或|[,，、]?\s?\bor\b)\s*", re.IGNORECASE)
_SLASH = re.compile(r"(?<!\s)\s*+[/／|]\s*")
_COMMA = re.compile(r"(?<!\s)\s*+[、,，]\s*")
_ONE_AFTER = re.compile(
    r"[^，,；;。]{0,12}?(?:至少|任意|任一|其中)?(?:之一|任一|其中一|至少[一1]|任[意选]?[一1]|[一1][门种项个款](?:以上|及以上|或多)?)"
    r"|[^.;]{0,12}?\bat least one\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"(?:至少[^，,；;。]{0,6}[一1][门种项个款][^，,；;。]{0,12}|任[意一][^，,；;。]{0,10}"
    r"|\b(?:one|any)(?: or more)? of\b[^.;]{0,24}|\bat least one\b[^.;]{0,24}|\beither )$",
    re.IGNORECASE,
)

_OR_SIMILAR = re.compile(
    r"\s{0,2}(?:,\s?)?(?:\bor\b|或者?|等)\s{0,2}(?:an?\s)?(?:(?:similar|equivalent|comparable|alike)\b|(?:other|another)\s|类似|同类|相似|其[他它])[^()（）,，;；。\n]{0,24}",
    re.IGNORECASE,
)
"""Behind a name, says that what does the same will do: "Kafka or similar (RabbitMQ, NATS)"."""
_ALIKE = (
    frozenset({"Kafka", "RabbitMQ", "RocketMQ", "ActiveMQ", "NATS", "Pulsar", "NSQ", "IBM MQ", "ZeroMQ", "AMQP", "消息队列"}),
    frozenset({"MySQL", "PostgreSQL", "Oracle", "SQL Server", "MariaDB", "关系型数据库"}),
)
"""Technologies that do the same."""

_GENERAL: dict[str, tuple[str, frozenset[str]]] = {
    "支付合规": (r"支付(?:行业|数据|业务)?(?:安全)?合规|payments? compliance|card data security", frozenset({"PCI DSS"})),
    "数据合规": (
        r"(?:数据|隐私)(?:安全)?(?:与|和|及)?(?:隐私)?合规|data (?:protection|privacy)|privacy compliance",
        frozenset({"PCI DSS", "GDPR", "个人信息保护法", "数据合规"}),
    ),
    "公有云": (r"公有云|public cloud", frozenset({"AWS", "Azure", "GCP", "Google Cloud", "阿里云", "腾讯云", "华为云"})),
    "SQL": (r"(?<![A-Za-z])SQL(?![A-Za-z])", frozenset({"SQL", "MySQL", "PostgreSQL", "Oracle", "SQL Server"})),
}
_GENERAL_NAMES = re.compile("|".join(rf"(?P<g{index}>{words})" for index, (words, _) in enumerate(_GENERAL.values())), re.IGNORECASE)


KINDS_OF_PROGRAM = frozenset({"ERP", "CRM", "MES", "WMS", "PLM", "SCM", "OA系统"})
"""Names of kinds of programs: those in the brackets behind one are examples of it."""
_BRACKETED = re.compile(
    r"\s?(?:系统|软件|平台|systems?|software|platforms?)?\s?[（(](?:如|例如|比如|e\.g\.,? |such as )?[^（）()\n]{2,80}[）)]"
)
_PARTS = {"Microsoft Office": frozenset({"Excel", "PowerPoint", "WPS"})}
"""Technologies that are made of others, or that others stand for: whoever names one of these knows what is asked."""


@dataclass(frozen=True)
class _Name:
    start: int
    end: int
    any_of: frozenset[str]


@lru_cache(maxsize=2000)
def skill_groups(text: str) -> tuple[frozenset[str], ...]:
    """Return groups of canonical names in the order of the text: any one name satisfies its group. Empty if no technology is named.

    A general name ("数据合规", "public cloud") is the group of its members. Repeated groups are returned once.
    """
    names = _names(text)
    groups: list[frozenset[str]] = []
    start = 0
    while start < len(names):
        end = start + 1
        while end < len(names) and _is_list_gap(text[names[end - 1].end : names[end].start]):
            end += 1
        groups += _groups_of_list(text, names[start:end])
        start = end
    return tuple(dict.fromkeys(groups))


def without_names(text: str) -> str:
    """Return the text without the technologies that it names, general names among them."""
    for name in reversed(_names(text)):
        text = f"{text[: name.start]} {text[name.end :]}"
    return text


def _names(text: str) -> list[_Name]:
    names = [
        _Name(skill.start, skill.end, frozenset({skill.canonical}) | _PARTS.get(skill.canonical, frozenset()))
        for skill in find_skills(text)
    ]
    for match in _GENERAL_NAMES.finditer(text):
        members = list(_GENERAL.values())[int((match.lastgroup or "g0")[1:])][1]
        names = [name for name in names if name.end <= match.start() or name.start >= match.end()]
        names.append(_Name(*match.span(), members))
    return _with_examples(text, _with_similar(text, sorted(names, key=lambda name: name.start)))


def _with_examples(text: str, names: list[_Name]) -> list[_Name]:
    """Return the names, those in the brackets behind a kind of program as one with it: "a WMS (Foo, Bar or SAP)"."""
    merged: list[_Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.any_of & KINDS_OF_PROGRAM
            and (brackets := _BRACKETED.match(text, last.end))
            and name.end < brackets.end()
        ):
            merged[-1] = _Name(last.start, last.end, last.any_of | name.any_of)
        else:
            merged.append(name)
    return merged


def _with_similar(text: str, names: list[_Name]) -> list[_Name]:
    """Return the names, each that is followed by "or similar" as one with those in the brackets behind it, and with its like."""
    merged: list[_Name] = []
    cursor = 0
    while cursor < len(names):
        name = names[cursor]
        cursor += 1
        similar = _OR_SIMILAR.match(text, name.end)
        if similar:
            end, any_of = similar.end(), name.any_of | _alike(name.any_of)
            while cursor < len(names) and names[cursor].start < end:
                any_of |= names[cursor].any_of
                cursor += 1
            if text[end : end + 1] in ("(", "（") and (closed := re.compile(r"[)）]").search(text, end)):
                while cursor < len(names) and names[cursor].end <= closed.start():
                    any_of |= names[cursor].any_of
                    cursor += 1
                end = closed.end()
            name = _Name(name.start, end, any_of)
        merged.append(name)
    return merged


def _alike(names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(alike for alike in _ALIKE if names & alike))


def _is_list_gap(gap: str) -> bool:
    return any(pattern.fullmatch(gap) for pattern in (_OR, _SLASH, _COMMA))


def _groups_of_list(text: str, names: list[_Name]) -> list[frozenset[str]]:
    """Return the groups of one list: `names` separated only by commas, slashes and "or".

    "A, B or C" are alternatives; after an "or", a comma starts a new group.
    """
    everything = frozenset().union(*(name.any_of for name in names))
    if len(names) > 1 and (_ONE_AFTER.match(text, names[-1].end) or _ONE_BEFORE.search(text, max(0, names[0].start - 40), names[0].start)):
        return [everything]
    groups: list[frozenset[str]] = []  # groups[opened:] were joined by commas alone, and an "or" takes them all
    opened = 0
    for index, name in enumerate(names):
        gap = text[names[index - 1].end : name.start] if index else ""
        if index and _OR.fullmatch(gap):
            groups[opened:] = [frozenset().union(name.any_of, *groups[opened:])]
        elif index and _SLASH.fullmatch(gap):
            groups[-1] |= name.any_of
        else:
            if index and _OR.fullmatch(text[names[index - 2].end : names[index - 1].start] if index > 1 else ""):
                opened = len(groups)
            groups.append(name.any_of)
    return groups
