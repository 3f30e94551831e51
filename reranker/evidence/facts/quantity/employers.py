"""Classify employers: Big Four, large internet companies, Fortune Global 500 and the like, from employers.toml.

Works on text that is `folded` and in lower case.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.quantity.amounts import any_of

_BIG_FOUR = re.compile(
    r"四大(?=$|\s|会计|审计|经验|经历|背景|所|工作|从业|出身|履历|或|及|和|/|、|优先|，|,|。|）|\)|；|;|的|做|任|出来|系|毕业|干|待)"
)
_AT_WORK = re.compile(
    r"(?:19|20)\d\d|就职|任职|供职|曾在|现在|现任|历任|工作|实习|加入|入职|[\d一二两三四五六七八九十]年"
    r"|\b(?:at|joined|for|with|intern|ex|formerly|previously|currently|employed|years?|yrs)\b"
    r"|经理|工程师|审计|专员|主管|总监|顾问|助理|分析师|设计师|会计|销售|研究员|程序员|员工|主任|代表|操作工"
    r"|\b(?:manager|director|engineer|associate|analyst|consultant|auditor|accountant|developer|officer|lead|head|specialist"
    r"|assistant|trainee"
    r"|representative|executive|president|vp|supervisor|designer|scientist|technician|operator|driver|sde|staff|architect"
    r"|controller|buyer|partner|[a-z]{4,}(?:er|or|ist|eer|ant|ian|man|woman))\b"
)
_SPEAKS_OF_WORK = re.compile(
    r"经验|经历|背景|工作|任职|就职|供职|任|做|待过|干过|出身|从业|履历|审计|加入|入职|实习|派驻|驻场|企业|\d年|(?:19|20)\d\d"
    r"|\b(?:experience|background|work(?:ed|ing)?|years|yrs|employ\w+|joined|trained|alum\w*|ex|career|firm|at an?|at"
    r"|auditor|consultant|intern\w*)\b"
)
_BEFORE = re.compile(
    rf"(?:^|[|,，;；:：(（@/·•\-–—~\t、&→>]|\s\s|[{CJK}]\s|\d\s?|[今月年任]\s?|\b(?:at|joined|for|with|from|ex|formerly|previously"
    r"|by|and|then|left|to)[\s-]"
    r"|就职于|任职于|供职于|曾在|现任|加入|入职|在|于|从|到|和|原|前|先后|present\s|now\s)\s{0,2}[^\s,，|]{0,6}$"
)
_NOT_EMPLOYED = re.compile(
    r"(?:由|请|委托|使用|用|基于|熟悉|精通|掌握|了解|服务|服务于|客户|对接|合作|竞品|供应商|如|投放|入驻|面试|配合|协助|接待|陪同|投递|准备投|想投"
    r"|海投|应聘|为|给|向|研究|类似|模仿|参观|关注|希望|目标|想进|崇拜"
    r"|老板|上司|同事|丈夫|妻子|[表堂]?[哥弟姐妹]|亲戚|邻居|父亲|母亲|朋友|室友|同学|导师|创始人|创始团队|领导|团队来自|讲师|客户是|甲方"
    r"|clients?|customers?|using|used|on(?! ?-?site)|via|like|such as|applied (?:to|at|for)|interview\w*(?: at| with)?"
    r"|serv(?:ed|ing)|sold to|selling to|suppl(?:y|ied|ier) (?:to|of)"
    r"|liais\w+|auditors?|external|banks|advisers|boss|manager is|founder|founders|husband|wife|father|mother|friend|cousin|uncle"
    r"|aunt|brother|sister|son|daughter"
    r"|colleague|mentor|inspired by|dream\w*|hope\w*|target\w*|admire|competitor|audited by"
    r"|cleaned|offices? of|catering for|dream|one day|outside|near|next to|opposite|名单|线路|送货|配送|派送|送餐|租给"
    r"|装修|搬运|account(?:s)? (?:such as|like|including)|including|include[sd]?|deliveries to"
    r"|delivered to)(?![a-z])"
    r"[\s:：、()（）是]{0,3}[^，,。;；|\n]{0,24}$"
)
_CLIENTS = re.compile(
    r"(?:\b(?:clients?|customers?|brands?|accounts)(?: list| portfolio| base)?(?: include[ds]?| including|:| are| were)"
    r"|(?:客户|合作方|品牌|甲方|供应商)(?:名单|群)?(?:包括|有|为|是|涵盖|：|:|如))[^。.;；\n]{0,50}$"
)
"""A list of clients begins: each in it is one."""
_PRODUCT = re.compile(
    r"(?<=日产)[量能出]|\s?[约达]?\d[\d,.]{0,9}\s?[万千]?[件双吨台套只个份箱片米辆]|\s?(?:云(?!计算|智能|事业|集团)|1688|课堂|大学|学院(?!派)|会议|文档|视频号|大厦|大楼|办公室|总部大|办公楼|餐厅|食堂|班车"
    r"|数据库|地图|小程序|支付|手机|系统|生态|服务器|旗舰店|广告|推广|脚本|店铺"
    rf"|直播间|号|指数|财报|年报|园区(?:附近|旁)|4s|店主|带货|达人|博主|号主|主播|网店|卖家|商家|专卖店|体验店|授权|[{CJK}]{{0,6}}(?:附近|旁|对面|楼下|隔壁)"
    r"|的?[一二三]?级?(?:供应商|代理商|经销商|合作伙伴|客户|加盟|学员|认证|证书|课程|门口|offer)|(?:出来|出身|背景|离职)的?"
    r"(?:老板|创始人|团队|同事|导师|领导|$)|出来的"
    r"|web services|script|cloud|database|db\b|api|sdk|ads\b|analytics|pay\b|watch|store(?! (?:associate|manager|clerk"
    r"|assistant|lead|team))|silicon|orchard|picking|dba\b|erp\b|crm\b|ebs\b|fusion|fba\b|azure|office|excel|teams|account|certifi|classroom"
    r"|workspace|play\b|drive\b|forms\b|scholar|trends|tag manager|marketplace|seller|prime|maps|docs|sheets"
    r"|(?:'s)? ?(?:supplier|vendor|reseller|dealer(?:ship)?|franchise|distributor|course|academy|scholarship|products?|devices?"
    r"|clients?|offer|pixel|phone|s3)\b|'s? campus caf|\s(?:was|is|are|were) (?:our|the|my)\b|是(?:我们|我司|公司|客户)|authori[sz]ed)"
)
_NOT_STAFF = re.compile(
    r"实习|外包|派驻|驻场|驻点|外派|借调|劳务派遣|派遣|第三方|兼职|人力外包|od\b|短期|供应商"
    r"|\b(?:secondment|seconded|contractor|contract|vendor|on[\s-]?site at|intern|interned|internship|outsourc\w+|agency|temp"
    r"|temporary|via|third[\s-]party|supplier|placement|freelance)\b"
)
_CONTRACT_OF_WORK = re.compile(r"合同额|contract value|contract manager|contracts? (?:law|worth)")


@dataclass(frozen=True)
class Employer:
    """text[start:end] names an employer of a class; less surely the class itself (0.7), or one next to it or that sent him (0.4)."""

    group: str
    start: int
    end: int
    certainty: float


@dataclass(frozen=True)
class _Class:
    """What names the class, the employers in it, and what stands next to it: the second row."""

    words: re.Pattern[str]
    names: re.Pattern[str]
    near: re.Pattern[str]
    near_words: re.Pattern[str]


def classes_named(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the classes that a text names, with their places; the longest name of a class counts ("big four bank")."""
    spans = [(match.start(), match.end(), group) for group, entry in _classes().items() for match in entry.words.finditer(text)]
    spans += [(match.start(), match.end(), "big_four") for match in _BIG_FOUR.finditer(text)]
    spans += [(match.start(), match.end(), "") for entry in _classes().values() for match in entry.near.finditer(text)]
    reached = 0
    for start, end, group in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reached:
            reached = end
            if group:
                yield group, start, end


_BACKGROUND = re.compile(r"等?(?:公司|企业|大厂)?(?:背景|工作经[验历]|出身)|\s(?:background|alum)")


_AS_CLIENT = re.compile(
    r"(?:审计|服务|辅导|承做|保荐|对接|维护|拜访|供货|供应)过?(?:的|给)?[^，。；\n]{0,4}$"
    r"|\b(?:audit(?:ed|ing|s)? of|auditing|serv(?:ed|ing)|selling to|sold to|sales to|clients?(?: such as| like)?"
    r"|suppl(?:y|ied|ying) (?:to )?)\s(?:the )?$"
)
"""What is done for employers of a class: 审计过上市公司3家以上."""


def classes_asked(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the classes that a job names: also by those next to them ("FTSE 250 or above") and by a list of employers."""
    yield from (named for named in classes_named(text) if not _AS_CLIENT.search(text, max(0, named[1] - 24), named[1]))
    for group, entry in _classes().items():
        yield from ((group, *match.span()) for match in entry.near_words.finditer(text))
    yield from _listed(text)


def names_neighbours(text: str) -> bool:
    """Return whether a job is content with employers next to a class: "Big Four or mid-tier"."""
    return any(entry.near_words.search(text) for entry in _classes().values())


def _listed(text: str) -> Iterator[tuple[str, int, int]]:
    """Two or more employers that stand for their class: "Deloitte, EY, KPMG or PwC"."""
    for group in ("big_four", "mbb", "magic_circle", "red_circle"):
        names = [match.span() for match in _classes()[group].names.finditer(text)]
        if len(names) > 1:
            yield group, names[0][0], names[-1][1]
    internet = [match.span() for match in _classes()["internet"].names.finditer(text)]
    if len(internet) > 1 and _BACKGROUND.match(text, internet[-1][1]):
        yield "internet", internet[0][0], internet[-1][1]


def find_employers(text: str) -> Iterator[Employer]:
    """Yield where the owner of a resume worked, by class; customers, tools and products that bear such a name are none."""
    start = 0
    for line in text.split("\n"):
        if _of_any_class().search(line):
            for employer in _find_in_line(line):
                yield replace(employer, start=start + employer.start, end=start + employer.end)
        start += len(line) + 1


def _find_in_line(line: str) -> Iterator[Employer]:
    is_of_work = _AT_WORK.search(line) is not None
    for group, entry in _classes().items():
        for kind, pattern in (("names", entry.names), ("near", entry.near)):
            for match in pattern.finditer(line):
                if _is_employer(line, *match.span()) and (is_of_work or (match.start() <= 8 and len(line) <= 60)):
                    certainty = 0.4 if kind == "near" or _was_sent(line, *match.span()) else 1.0
                    yield Employer(group, *match.span(), certainty)
    for group, left, right in classes_named(line):
        is_beside_name = is_of_work and line[:left].endswith("(")  # Target Corp. (Fortune 50)
        if (
            (is_beside_name or _SPEAKS_OF_WORK.search(line))
            and not _NOT_EMPLOYED.search(line, max(0, left - 30), left)
            and not _PRODUCT.match(line, right)
        ):
            yield Employer(group, left, right, 0.4 if _was_sent(line, left, right) else 0.7)


def _is_employer(line: str, start: int, end: int) -> bool:
    if _PRODUCT.match(line, end) or _NOT_EMPLOYED.search(line[max(0, start - 30) : start]):
        return False
    if _CLIENTS.search(line[max(0, start - 60) : start]):
        return False
    return _BEFORE.search(line[max(0, start - 16) : start]) is not None


def _was_sent(line: str, start: int, end: int) -> bool:
    """Return whether he worked there for another firm, or for a while only, by the words around."""
    around = line[max(0, start - 40) : end + 24]
    return _NOT_STAFF.search(_CONTRACT_OF_WORK.sub("", around)) is not None


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("employers.toml").read_text("utf-8"))


@cache
def _of_any_class() -> re.Pattern[str]:
    """All words of the table: few lines have one, and the others need no closer look."""
    words = {"四大"} | {word.lower() for entry in _table().values() for of_kind in entry.values() for word in of_kind}
    beginnings = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(rf"(?=[{beginnings}])(?:{'|'.join(sorted(map(re.escape, words)))})")  # sorted: alike ones share their beginning


@cache
def _classes() -> dict[str, _Class]:
    classes = {}
    for group, entry in _table().items():
        near_words = entry.get("near_words", [])
        lists = (entry["words"], entry["names"], near_words + entry.get("near", []), near_words)
        classes[group] = _Class(*(re.compile(_names(words), re.IGNORECASE) for words in lists))
    return classes


def _names(words: list[str]) -> str:
    return rf"(?<![a-z])(?<![a-wyz]-)(?:{any_of(words) or '(?!)'})(?!-[a-z])"
