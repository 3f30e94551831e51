"""Tell what an amount counts: by the unit behind it, the label before it, or, of an unknown unit, the noun. See numbers.toml.

Works on text that is `folded` and in lower case.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.quantity.amounts import NUMBERS, Amount, any_of, whole_words

_MEASURES: Mapping[str, Mapping] = NUMBERS["measures"]
_NO_FILLER = "of in for with and on to at by from over across per within the a an under or plus between is was as".split()
_TIMES = "years? yrs? months? days? hours?".split()
_FILLER = rf"(?:(?!(?:{'|'.join(_NO_FILLER + _TIMES)})\b)[a-z'-]{{2,16}}\s){{0,3}}?"
_MORE = r"(?:[张间家辆台个篇]?以上|左右|多|余|来|\+|级)??(?:的)?(?:\s?or (?:more|above|over|larger))?"


def _chinese(word: str) -> str:
    """The pattern of a unit; behind its classifier, how it is compared may stand: 台以上服务器."""
    return word[0] + "(?:以上|规模|级)?的?" + re.escape(word[1:]) if len(word) > 2 and word[0] in _CLASSIFIERS else re.escape(word)


def _units(words: Mapping | list[str]) -> str:
    chinese = "|".join(map(_chinese, sorted((word for word in words if not word[0].isascii() and "…" not in word), key=len, reverse=True)))
    wide = any_of([word.lstrip("…") for word in words if word[0] == "…"]) or "(?!)"
    latin = any_of([word for word in words if word[0].isascii()]) or "(?!)"
    behind_number = rf"(?:(?P<chinese>[个名位]?(?:{chinese or '(?!)'}))(?!员(?!工)|[额费等]|长(?![篇期]))"
    in_english = rf"[\s-]?(?:[a-z-]{{2,16}} and )?{_FILLER}(?P<latin>{latin})"
    return rf"[\s-]{{0,2}}{_MORE}\s?{behind_number}|{in_english}|[{CJK}]{{0,6}}?(?P<wide>{wide}))"


_CLASSIFIERS = frozenset("人名位个台例件单头只份字家间辆张条")
_UNITS = {kind: re.compile(_units(measure["units"])) for kind, measure in _MEASURES.items()}
_FACTORS = {kind: measure["units"] if isinstance(measure["units"], dict) else {} for kind, measure in _MEASURES.items()}
_RISE = "(?:提升|提高|增长|增加|涨|升|到|至|to|→|->)"
_LABELS = {
    kind: re.compile(
        rf"(?P<label>{whole_words(measure['labels'])})[^\d，,。额款费金资销]{{0,14}}"
        rf"(?:\d[\d.]{{0,6}}\s?[万亿kwm]?[^\d，,。]{{0,6}}{_RISE}[^\d，,。]{{0,8}})?$"
    )
    for kind, measure in _MEASURES.items()
    if measure["labels"]
}
_NO_COUNT = re.compile(
    r"\s?\+?(?:以上)?(?:%|％|倍|个?百分点|x\b|ms\b|percent|per ?cent|年|个?月|天|小时|分(?!店|公司|拣)|秒|周|岁|/(?!5(?!\d))|点|度"
    r"|届|级(?![数日用并])|届|期|[线星类门种科](?!店)|代"
    r"|[\s-]?(?:years?|yrs?|months?|days?|hours?|hrs?|minutes?|weeks?|stars?|times|kg|lbs?|st|nd|rd|th)(?![a-z]))"
)
_NO_PEOPLE = re.compile(r"\s?(?:人(?:[月天次均力民工才选脸体机事群数气员份](?!手)|/(?![年月班批期届]))|名(?:次|额|单)|位(?:置|数|于))")
_CLASSIFIER = re.compile(
    r"\s?(?:以上|左右|多|余|来|\+)?([个名位家间台辆张件单条份篇部场次套款座栋所只头桌节课幅例起宗笔户艘架吨盏口株棵本册样支瓶箱袋斤公盘道根批口卷版档期集首支颗粒])"
)
_LEVEL = re.compile(r"(?<![a-z])(?:level|class|year|grade|stage|band|part|step|category|tier|key stage|type)\s?$")
_NOUN = re.compile(
    rf"[\s-]?\+?\s?(?:or (?:more|above|over) )?{_FILLER}(?P<noun>[a-z]{{3,20}})(?![a-z])"
    r"(?=\s?(?:$|[^\sa-z]|\s(?:of|in|for|with|and|on|to|at|by|from|across|per|a|under|or|reporting|report|who|below|plus)\b))"
)
_NOT_PERSONS = frozenset(
    "orders computers routers containers trailers papers centers numbers tenders offers newsletters elevators generators tractors reactors"
    " customers users subscribers followers readers vendors suppliers investors sensors monitors doors floors errors "
    "answers chapters letters"
    " members' quarters towers boilers printers servers covers customer user officers' dealers partners diners "
    "parameters filters meters".split()
)
_TEST = re.compile(r"\b(?:toeic|toefl|ielts|jlpt|cet|hsk|topik|gre|gmat|sat|pte)\b|多益|托福|雅思|托业|[四六专八]级")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[/.-]\d")
_HIRED = re.compile(r"(?:招聘|入职|录用|招了|招到|招募)[^管带团\d，,]{0,10}$")
_OF_PEOPLE = frozenset({"users", "customers", "students", "patients", "visits", "dau", "mau", "payroll"})
_WEIGHT = re.compile(r"[\s-]?(kgs?|kilos?|lbs?|pounds?|公斤|千克)(?![a-z])")
_LIFTS = re.compile(r"\b(?:lift|carry|carri|load|handl)\w{0,4}\b|搬|举|负重|扛")
_PAID = re.compile(
    r"(?:核算|发放|计算|负责|做)[^，。；;\n]{0,12}(?:工资|薪[酬资])|(?:工资|薪[酬资])(?:核算|发放|计算)|发薪|算薪"
    r"|\b(?:ran|run|running|process(?:ed|ing)?|prepar(?:ed|ing)|administer(?:ed|ing)?|manag(?:ed|ing)) (?:[a-z-]+ ){0,3}payrolls?\b"
)
"""People whose pay is reckoned: 核算约1200名员工工资."""
_HEIGHT = re.compile(r"(?:身高|\bheight)[^\d\n，,。;；]{0,8}$")
_CENTIMETRES = re.compile(r"\s?(?:cm|公分|厘米|(?P<metres>米|m(?![a-z])))?")
_ONLY_HEIGHT = re.compile(r"\s?(?:cm|公分|厘米)[\s，,。;；]{0,2}$")
_BYTES = re.compile(r"\s?([gtp])(?![a-z])")
_OF_DATA = re.compile(r"数据|日志|存储|备份|磁盘|库|\b(?:data|logs?|storage|backups?|disk)")
_BARE_CLASSIFIERS = frozenset([*"人名位个台例件单头只份字", "个字"])
_NO_NOUNS = frozenset(
    "state states point points year years degree discipline subject language languages country countries level levels or of am pm"
    " more above higher better twice times monthly weekly daily yearly annually hourly quarterly total overall cents reference"
    " references".split()
)
_WORKERS = any_of(NUMBERS["people"]["workers"])
_WORKER = re.compile(
    rf"\s?(?:多|余|来|\+)?(?P<worker>[个名位号][{CJK}]{{0,4}}?(?:{_WORKERS}|[{CJK}](?<![会学动官人法])[师员工匠]))(?!费|额|部|经验|岗|产|线|项目"
    rf"|团队|小组|系统|方案|门店|单|程|业|厂|地|作|会|傅|资)"
)
_WORKER_BEFORE = re.compile(rf"(?:{_WORKERS})[\s:：共约有各]{{0,3}}$")
_PERSON = re.compile(
    r"[a-z]{2,16}(?:ers|ors|ists|ians|ees|men|women|ants|[rtc]ives|er|or|ist|yst|ian|ee)|apprentices?|trainees?|interns?|staff"
    r"|people|graduates?"
)


@dataclass(frozen=True)
class Counted:
    """The object of a count: the kind of the table, or "count" with the noun; what one of its unit is; and where the unit ends."""

    kind: str
    factor: float
    end: int
    noun: str = ""


def counted(text: str, amount: Amount, left: int, right: int) -> Counted | None:
    """Return what an amount counts in its clause text[left:right], None where nothing tells. People come last: 名 stands before much."""
    best, best_key = None, (-len(text), 0)
    if worker := _WORKER.match(text, amount.end, right):
        best, best_key = Counted("people", 1.0, worker.end()), (-worker.start("worker"), len(worker["worker"]))
    for kind, pattern in _UNITS.items():
        unit = pattern.match(text, amount.end, right)
        if unit and unit["wide"] and _NO_COUNT.match(text, amount.end):
            continue
        if unit is None or (kind == "people" and _NO_PEOPLE.match(text, amount.end)):
            continue
        script = unit.lastgroup or ""
        key = (-unit.start(script), len(unit[script]))  # the first unit behind it, and of two there the longer
        if best is None or key > best_key:
            factors = _FACTORS[kind]
            best, best_key = Counted(kind, factors.get(unit[script], 1.0), unit.end()), key
    if (weight := _WEIGHT.match(text, amount.end, right)) and _LIFTS.search(text, left, right):
        return Counted("lifting", 0.4536 if weight[1].startswith(("l", "p")) else 1.0, weight.end())
    is_alone = 140 <= amount.high <= 210 and not text[left : amount.start].strip() and _ONLY_HEIGHT.match(text, amount.end, right)
    if (_HEIGHT.search(text, left, amount.start) or is_alone) and (length := _CENTIMETRES.match(text, amount.end, right)):
        return Counted("height", 100.0 if amount.high < 3 else 1.0, length.end())
    letter = _BYTES.match(text, amount.end, right)
    if letter and _OF_DATA.search(text, left, right):
        return Counted("bytes", {"g": 1e9, "t": 1e12, "p": 1e15}[letter[1]], letter.end())
    before = text[max(left, amount.start - 40) : amount.start]
    labels = [
        (match.end("label"), match.end("label") - match.start(), kind)
        for kind, pattern in _LABELS.items()
        if (match := pattern.search(before)) and not before.startswith("间", match.end("label"))  # 车间
    ]
    label = max(labels)[2] if labels else None  # the nearest
    if best and best.kind == "people" and _PAID.search(text, max(0, amount.start - 40), right):
        return Counted("payroll", 1.0, best.end)
    if best and best.kind == "people" and _HIRED.search(before) and not text.startswith(("团队", "的团队"), best.end):
        return Counted("hires", 1.0, best.end)
    is_classifier = best is not None and text[amount.end : best.end].strip(" 以上左右多余来+") in _BARE_CLASSIFIERS
    if best and not (label and (label in _OF_PEOPLE if best.kind == "people" else is_classifier)):  # "粉丝 600 人", "车 46 台"
        return best
    if not best and _NO_COUNT.match(text, amount.end):
        return None
    if label:
        return Counted(label, 1.0, best.end if best else amount.end)
    return _open(text, amount, left, right)


def _open(text: str, amount: Amount, left: int, right: int) -> Counted | None:
    """A unit that no table has: a Chinese classifier, or the English noun that follows."""
    if _LEVEL.search(text, max(left, amount.start - 16), amount.start):
        return None
    if (noun := _NOUN.match(text, amount.end, right)) and noun["noun"] not in _NO_NOUNS:
        word = noun["noun"]
        if _PERSON.fullmatch(word) and word not in _NOT_PERSONS:
            return Counted("people", 1.0, noun.end())
        return Counted("count", 1.0, noun.end(), word.rstrip("s"))
    if classifier := _CLASSIFIER.match(text, amount.end, right):
        if classifier[1] in "个名位" and _WORKER_BEFORE.search(text, max(left, amount.start - 12), amount.start):
            return Counted("people", 1.0, classifier.end())
        return Counted("count", 1.0, classifier.end(), classifier[1])
    if _TEST.search(text, max(left, amount.start - 16), amount.start):
        return None
    return None if _DATE.search(text[max(0, amount.start - 3) : amount.end + 3]) else Counted("count", 1.0, amount.end)


_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ers?|ors?|ed|es|s)$")
_STOP = frozenset(
    "以上 不少 少于 低于 不低 至少 超过 管理 负责 经验 能力 具备 每年 年度 累计 完成 处理 独立 参与 优先 工作 具有 "
    "曾经 相关 平均 日均 月均 年均 本人 个人 团队 人以"
    " 全年 规模 项目 主导 带领 经历 要求".split()
)
_STOP_WORDS = frozenset(
    "experience least more than over with and the for of from able manage managed managing handle handled handling "
    "minimum annual year years"
    " per day month each who that has have about work worked large including across team teams track record proven in at on to a an or up"
    " was were been was total number min max one two strong".split()
)


def content_words(clause: str) -> Iterator[str]:
    """Yield what a clause is about: pairs of Chinese characters, and English words without their plural."""
    for run in re.findall(rf"[{CJK}]+", clause):
        for at in range(len(run) - 1):
            if (pair := run[at : at + 2]) not in _STOP:
                yield pair
    for word in re.findall(r"[a-z]{3,20}", clause):
        if word not in _STOP_WORDS:
            yield _stem(word)


def _stem(word: str) -> str:
    """The word without its ending: sheared, shearers and shearing are one."""
    return _ENDING.sub("", word) if len(word) > 4 else word.rstrip("s")
