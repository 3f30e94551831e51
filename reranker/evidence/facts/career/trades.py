"""Tell which trade a text is of, and find the words that name a subject within it: of 光伏电站设计 electrical, and 光伏, 电站.

The trades are those of trades.toml. Knows nothing of years.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from preprocess.lexicon.characters import CJK
from preprocess.tech_stack.normalise import categories, find_skills
from reranker.evidence.facts.career.rank import without_ranks_of_others
from reranker.evidence.facts.mentions import pattern
from reranker.evidence.facts.namesakes import without_namesakes

_TABLE = tomllib.loads(Path(__file__).with_name("trades.toml").read_text("utf-8"))
_CRAFTS: Mapping[str, Mapping[str, list[str]]] = _TABLE.pop("within")
TRADES: Mapping[str, list[str]] = _TABLE | {craft: words for crafts in _CRAFTS.values() for craft, words in crafts.items()}
TRADE_OF: Mapping[str, str] = {craft: trade for trade, crafts in _CRAFTS.items() for craft in crafts}
"""Of a craft, the trade that it is a part of."""
WORDS: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("years.toml").read_text("utf-8"))
NEIGHBOURS = {"accounting": ("audit",), "audit": ("accounting",), "service": ("retail", "hospitality")}
"""Trades whose years are a part of those asked for: an auditor has read books, and kept none."""
LEADERSHIP = "leadership"
"""Not a trade but a rank: 主管, supervisor."""

_TOKEN = re.compile(rf"[A-Za-z]?[{CJK}]+|[A-Za-z][A-Za-z0-9+#]*(?:[.'-][A-Za-z0-9+#]+)*")
_ENDINGS = re.compile(
    r"(?:isations?|izations?|ations?|ments?|ances?|ants?|ings?|ists?|ors?|ers?|ies|ions?|ians?|ical|ery|ory|ry|ies|ic|al|ed|es|s|y|e)$"
)
_SHORTEST_STEM = 4
_LONGEST_INITIALS = 5


@cache
def _trades() -> dict[str, re.Pattern[str]]:
    return {trade: re.compile(pattern(word.lstrip("+") for word in words)) for trade, words in TRADES.items()}


@cache
def _names() -> re.Pattern[str]:
    """The words that name a whole trade."""
    names = pattern(word for words in TRADES.values() for word in words if not word.startswith("+"))
    return re.compile(rf"(?:{names})(?:(?<=[A-Za-z])[a-z]{{0,12}})?")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(pattern(WORDS["generic"]), re.IGNORECASE)


_NO_RANK = re.compile(
    r"(?:产品|客户|项目|大堂|理财|投资|城市|区域|大区|省区|片区|渠道|KA|业务|销售|质量|资产|账户|内容|社区|product|account|project|relationship|case|campaign|office"
    r"|key account|area sales|sales|property|facilities|brand|marketing|social media|finance|tax|hotel)\s?(?:经理|manager)",
    re.IGNORECASE,
)
"""Titles in which 经理 and manager are no rank above others."""


_NAMED_OTHERWISE = re.compile(
    r"(?<=数据)仓库|(?<=代码)仓库|会计师(?=(?:联合)?事务所)|\b(?:public accounting|accounting|accountancy) (?=firms?\b)", re.IGNORECASE
)
"""Who works at a firm of accountants audits, its name says nothing of an accountant's work; a 数据仓库 is no storehouse."""


_MANAGES = re.compile(
    r"(?:^|[\s:：，、年上的])管理(?:类|岗)?(?:工作)?(?:经[验历]|岗位)|带(?:了|着|过)?(?:[\d一二两三四五六七八九十多]{1,3}年)?[^，。；;\d\n]{0,4}(?:团队|班组|队伍)"
    r"|(?:带领?|管理|领导)过?\s?\d{1,3}(?:\s?[-~至到]\s?\d{1,3})?\s?[余多]?[名人位个](?!客户|经销商|供应商|学[生员]|项目)"
    r"|(?:^|\bno |years'? (?:of )?|\+ |of |: )(?:management|managerial) experience\b"
    r"|\b(?:lead|leads|led|leading|manage[sd]?|managing|supervis(?:e|es|ed|ing)) (?:a team of )?\d{1,3} (?:[a-z-]{2,16} )?"
    r"(?:people|staff|accountants|engineers|developers|analysts|nurses|technicians|reps|employees|colleagues|direct reports)\b",
    re.IGNORECASE,
)
"""Says that people were led where no subject stands before: 8年以上管理经验, not 项目管理经验."""


def trades_of(text: str) -> frozenset[str]:
    """Return the trades, and LEADERSHIP, that a folded text names; with a craft also the trade that it is a part of."""
    text = _NAMED_OTHERWISE.sub(" ", without_namesakes(text))
    trades = {trade for trade, names in _trades().items() if names.search(text)}
    trades |= {TRADE_OF[craft] for craft in trades if craft in TRADE_OF}
    if LEADERSHIP in trades and not _trades()[LEADERSHIP].search(_NO_RANK.sub(" ", without_ranks_of_others(text))):
        trades.discard(LEADERSHIP)
    if _MANAGES.search(text):
        trades.add(LEADERSHIP)
    return frozenset(trades)


def asked_trades(text: str) -> frozenset[str]:
    """Return the trades that a demand names: of a craft that alone."""
    trades = trades_of(text)
    return trades - {TRADE_OF[craft] for craft in trades if craft in TRADE_OF}


@lru_cache(maxsize=64)  # every demand for years asks each entry anew; no more entries than a resume has stay in memory
def technologies(text: str) -> Mapping[str, str]:
    """Return the technologies that a text names, as written: the canonical name; a method or a program of the office is none."""
    return {skill.text.lower(): skill.canonical for skill in find_skills(text) if skill.canonical not in _of_any_trade()}


@cache
def _of_any_trade() -> frozenset[str]:
    return frozenset(name for category in _NO_TECHNOLOGY for name in categories()[category])


_NO_TECHNOLOGY = ("methods_and_tools", "media_and_games", "hardware_and_industry")


def without_trades(text: str) -> str:
    """Return a folded text without the words that name a whole trade."""
    return _names().sub(" ", text)


def trade_names(text: str) -> tuple[str, ...]:
    """Return the words of a folded text that name a whole trade, in lower case; those of a rank are none."""
    return tuple(match[0].lower() for match in _names().finditer(text) if trades_of(match[0]) - {LEADERSHIP})


def subject_words(text: str) -> tuple[str, ...]:
    """Return the words of a folded text that say more than a trade and are none of those that every job asks with.

    A Chinese one of more than two characters comes as all pairs of them, for want of spaces: 跨境电商 as 跨境, 境电, 电商.
    """
    rest = without_trades(text)
    words: list[str] = []
    for match in _TOKEN.finditer(rest):
        if match[0].isascii():
            words += [] if _generic().fullmatch(match[0]) or _ends_generic(match[0]) else [match[0].lower()]
        else:
            for word in _generic().sub(" ", match[0]).lower().split():
                words += [word[start : start + 2] for start in range(max(1, len(word) - 1))]
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _ends_generic(word: str) -> bool:
    """Return whether a generic word with "*" reaches to the end of this one: years, developers."""
    match = _generic().match(word)
    return (
        match is not None
        and word[match.end() :].isalpha()
        and any(word.lower().startswith(generic.rstrip("*")) for generic in WORDS["generic"] if generic.endswith("*"))
    )


def holds(text: str, word: str) -> bool:
    """Return whether a folded text in lower case has a subject's word, in another form or the same."""
    return word in text if not word.isascii() else _form(word).search(text) is not None


@cache
def _form(word: str) -> re.Pattern[str]:
    stem = _stem(word)
    more = r"[a-z]{0,8}" if len(stem) >= _SHORTEST_STEM else "s?"
    return re.compile(rf"(?<![a-z0-9]){re.escape(stem)}{more}(?![a-z0-9])")


def _stem(word: str) -> str:
    """accounting, accountant → account; nursing, nurse → nurs."""
    short = _ENDINGS.sub("", word)
    return short if len(short) >= _SHORTEST_STEM else word


def held_by(text: str, words: Iterable[str]) -> frozenset[str]:
    """Return those of the words that a folded text holds; a technology also under another name of it: Golang for Go."""
    lower = text.lower()
    words_held = frozenset(word for word in words if holds(lower, word) or _is_spelled_out(text, word))
    others = {word: name for word in words if word not in words_held and (name := _technology(word))}
    if others:
        named = set(technologies(text).values())
        words_held |= {word for word, name in others.items() if name in named}
    return words_held


def _is_spelled_out(text: str, word: str) -> bool:
    """Return whether capitalised words in a row have the letters of a short one as their initials: Senior Security Officer for SSO."""
    return word.isascii() and word.isalpha() and 3 <= len(word) <= _LONGEST_INITIALS and _initials(word).search(text) is not None


@cache
def _initials(word: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\s".join(rf"{letter}[a-z]{{2,15}}" for letter in word.upper()) + r"\b")


@cache
def _technology(word: str) -> str | None:
    """The canonical name of a word that is a technology, wherever it stands."""
    return _canonical().get(word) or technologies(word).get(word)


@cache
def _canonical() -> dict[str, str]:
    return {name.lower(): name for names in categories().values() for name in names}
