"""Employers by class: Big Four, large internet companies, Fortune Global 500, from employers.toml."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reranker.evidence.facts.amounts import any_of

_BIG_FOUR = re.compile(r"四大(?=$|\s|会计|审计|经验|背景|所|工作|从业|出身|或|及|和|/|、|优先|，|,|。|）|\))")
_CHINA_500 = re.compile(r"(?:中国|民营|民企|china |inc\. ?)(?:企业)?$", re.IGNORECASE)
_AT_WORK = re.compile(r"(?:19|20)\d\d|就职|任职|供职|曾在|工作|实习|加入|入职|\b(?:at|joined|for|with|intern)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:^|[|,，;；:：(（@/·•\-–—~\t]|\s\s|\d\s?|[今月年]\s?|\b(?:at|joined|for|with|from)\s|就职于|任职于|供职于|曾在|加入|入职|在|于|present\s|now\s)\s{0,2}[^\s,，|]{0,6}$",
    re.IGNORECASE,
)
_NOT_EMPLOYED = re.compile(
    r"(?:使用|用|基于|熟悉|精通|掌握|了解|服务|客户|对接|合作|竞品|供应商|如|投放|入驻|面试|为|给|clients?|customers?|using|used|on|via|like)"
    r"[\s:：、()（）]{0,3}[^，,。；;|\n]{0,12}$",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\s?(?:云(?!计算|智能|事业|集团)|数据库|地图|小程序|支付|手机|系统|生态|服务器|旗舰店|广告|推广|脚本|店铺|直播间|号|指数|web services"
    r"|script|cloud|database|db\b|api|sdk|ads\b|analytics|pay\b|watch|store|silicon|azure|office|excel|teams|account)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Employer:
    """text[start:end] names an employer of a class, or (less certainly) the class itself."""

    group: str
    start: int
    end: int
    certainty: float


def classes_named(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the classes that a text names, with their places."""
    for group, (words, _) in _groups().items():
        for match in words.finditer(text):
            if not _CHINA_500.search(text, max(0, match.start() - 6), match.start()):
                yield group, *match.span()
    for match in _BIG_FOUR.finditer(text):
        yield "big_four", *match.span()


def find_employers(text: str) -> Iterator[Employer]:
    """Yield where the owner of a resume worked, by class; customers, tools and products that bear such a name are none."""
    start = 0
    for line in text.split("\n"):
        is_of_work = _AT_WORK.search(line) is not None
        for group, (_, names) in _groups().items():
            for match in names.finditer(line):
                if _is_employer(line, *match.span()) and (is_of_work or (match.start() <= 8 and len(line) <= 60)):
                    yield Employer(group, start + match.start(), start + match.end(), 1.0)
        for group, left, right in classes_named(line):
            if not _NOT_EMPLOYED.search(line, max(0, left - 20), left):
                yield Employer(group, start + left, start + right, 0.7)
        start += len(line) + 1


def _is_employer(line: str, start: int, end: int) -> bool:
    if _PRODUCT.match(line, end) or _NOT_EMPLOYED.search(line[max(0, start - 20) : start]):
        return False
    return _BEFORE.search(line[max(0, start - 16) : start]) is not None


@cache
def _groups() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Each class: what names it, and the employers in it."""
    table = tomllib.loads(Path(__file__).with_name("employers.toml").read_text("utf-8"))
    return {
        group: tuple(re.compile(rf"(?<![A-Za-z])(?:{any_of(entry[kind])})", re.IGNORECASE) for kind in ("words", "names"))  # type: ignore[misc]
        for group, entry in table.items()
    }
