"""Find the lines that state a result in figures and those that stay vague. They help the reader and are no part of the score."""

import re
from dataclasses import dataclass

from preprocess.lexicon.characters import SENTENCE_END
from preprocess.lexicon.field_labels import label_pattern
from reranker.evidence.resume_text.lines import read_lines
from reranker.evidence.vague import is_vague

_NO_RESULT = re.compile(
    rf"@|https?:|{label_pattern('age', 'birth', 'contact')}(?:\s?[:：]|\s{{2}})"
    r"|GPA|绩点|排名|均分|平均分|学分|专业前|年级前|奖学金|\b(?:ranked|class rank)\b",
    re.IGNORECASE,
)
_SCALE = (
    r"(?:qps|tps|rps|dau|mau|pv|uv|gmv|用户|日活|月活|请求|订单|单|笔|次调用|次|条|并发|人次|下载|商户|访问|数据|文档|事件|流量"
    r"|元|美元|美金)"
)
_PEOPLE = r"(?:users?|customers?|requests?|events?|downloads?|queries|orders|transactions?|calls|records|rows|documents|subscribers)"
_CHANGE = r"降|减|缩|提前|提升|提高|增|升|压缩|优化"
_RESULT = re.compile(
    # 37%, where something rose, fell or was reached: a bar "Python 90%" is no result
    r"(?:[提增升降减节缩省占达超完率到由为比]|优化"
    r"|\b(?:by|to|of|from|rate|cut|under|below|over|reached|achiev\w*|increas\w*|reduc\w*|improv\w*))"
    r"[^%％。；\n]{0,24}(?<![\d.])\d[\d.,]{0,11}\s?(?:%|％|个百分点)"
    r"|(?<![\d.])\d[\d.,]{0,11}\s?[%％]\s?的?(?:提升|增长|下降|降低"
    r"|faster|slower|fewer|less|more|higher|lower|growth|increase|reduction|improvement|engagement)"
    # 3x, 两倍
    r"|(?<![\w.])\d+(?:\.\d+)?\s?[x×](?![\w×])|[\d一两二三四五六七八九十数]\s?倍"
    r"|\b(?:two|three|four|five|ten|\d+)[- ]?fold\b|\b(?:doubl|tripl|halv)ed\b"
    # 万级 QPS, 5 万 QPS, 日均 500 万单, 1.2 亿次, 1200 QPS, 10M+ users
    rf"|[\d上数几近百千十]\s?[十百千]?[万亿]\+?级?(?:以上|余|多)?\s?(?:的|个|家|名|次|日|峰值)?\s?{_SCALE}"
    rf"|[万亿]级(?:别)?(?:的|峰值)?\s?{_SCALE}|(?<![\d.])\d[\d.,]{{0,11}}\s?[kwm]?\+?\s?(?:qps|tps|rps)\b|\b(?:qps|tps)[^\d\n。；]{{0,8}}\d"
    rf"|(?<![\w.])\d[\d.,]{{0,11}}\s?(?:[kmb]|thousand|million|billion)?\s?\+?\s(?:\w+ ){{0,2}}{_PEOPLE}\b"
    # 120+ star
    r"|(?<![\d.])\d[\d.,]{0,11}\s?k?\+?\s?(?:个\s?)?(?:github\s)?stars?\b|\bstars?\s?[:：]?\s?\d|星标\s?\d"
    # 从 5s 降到 800ms, 4.2s 优化至 1.3s, from 4 s to 1.2 s (but not: from 2019 to 2021)
    rf"|\d\s?(?:ms|毫秒|s|秒|分钟?|小时|天|周|[gmt]b)?\s?[^\d\n。；]{{0,6}}(?:{_CHANGE})[^\d\n。；]{{0,6}}[到至为]\s?\d"
    r"|\bfrom (?:about |over |under )?[$€£¥]?(?!(?:19|20)\d\d\b)\d[\d.,]{0,11}\s?[\w%]{0,8} to (?:about |over |under )?[$€£¥]?\d"
    # money moved
    r"|(?:节[省约]|营收|收入|销售额|签约额|成交额|利润|回款|成本)[^\d\n。；]{0,8}\d[\d.,]{0,11}\s?[百千]?[万亿]"
    r"|[$€£¥]\s?\d[\d.,]{0,11}\s?(?:[kmb]\b|thousand|million|billion)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[A-Za-z]-?\d[\d.]*|(?P<number>[$€£¥]?\s?\d)")  # A100 and Top-5 are names
_NUMERAL = re.compile(r"[一两二三四五六七八九十百千万亿数几]")
_UNIT = re.compile(
    r"(?:[\d.,]*\d)?(?:\s?(?:[%％]|个?百分点|毫秒|秒|分钟|小时|天|周|个?工作日|人日|个月|[十百千]?[万亿]?[元单倍]|[万亿]"
    r"|(?:ms|s|[gmt]b|[kmb]|seconds?|minutes?|hours?|days?|weeks?|months?)\b))?",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(rf"[，{SENTENCE_END}]|[,.](?!\d)")

_OUTCOME = re.compile(
    r"通过[^，。；\n]{0,20}(?:认证|验收|审计|检查|测评|评审)|(?:获得?|荣获)[^，。；\n]{0,16}(?:奖|称号|认可|好评)"
    r"|零(?:故障|事故|丢失|丢数|投诉|资损)|无(?:故障|事故|资损|感)|成功[^，。；\n]{0,8}(?:上线|交付|签约|落地)"
    r"|\b(?:passed|won|awarded|without (?:any )?(?:downtime|incidents?|findings|data loss)|no (?:downtime|incidents?)|zero[- ]downtime)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Outcome:
    """A line of a resume, text[start:end]. `kind` is "result" (a figure says what came of the work: 37%, 万级 QPS) or "vague" (a duty
    or project in words that fit anybody in the trade: no figure, no outcome, nothing named).

    text[figure_start:figure_end] is the figure of a result, for "vague" both are `start`.
    """

    kind: str
    start: int
    end: int
    figure_start: int
    figure_end: int


def outcomes(text: str) -> tuple[Outcome, ...]:
    """Return the lines that state a result or are vague, in the order of the text; lines that are neither are left out.

    A count of things made or a team size is a figure but no result, yet such a line is not vague either. Reads the lines of
    `lines.read_lines`. Linear time.
    """
    resume = read_lines(text)
    spans = []
    for (start, end), line in zip(resume.spans, resume.lines, strict=True):
        if figure := _figure(line):
            spans.append(Outcome("result", start, end, start + figure[0], start + figure[1]))
        elif is_vague(line) and not _OUTCOME.search(line):
            spans.append(Outcome("vague", start, end, start, start))
    return tuple(spans)


def is_result(sentence: str) -> bool:
    """Return whether a sentence states a result in figures; a date, phone, version, GPA, age or bare number is none."""
    return _RESULT.search(sentence) is not None and _NO_RESULT.search(sentence) is None


def tells_outcome(line: str) -> bool:
    """Return whether a line says what came of the work: a result in figures, or in words ("passed the audit", 零故障)."""
    return _figure(line) is not None or _OUTCOME.search(line) is not None


def _figure(line: str) -> tuple[int, int] | None:
    """Return (start, end) of a result's figure in its line, or None: the numbers in the last clause of the first match, with their unit."""
    if not is_result(line):
        return None
    first, *more = _RESULT.finditer(line)
    clause = max((mark.end() for mark in _CLAUSE_END.finditer(line, *first.span()) if mark.end() < first.end()), default=first.start())
    numbers = [match.start() for match in _NUMBER.finditer(line, clause, first.end()) if match["number"]]
    numbers += [match.start() for match in _NUMERAL.finditer(line, clause, first.end())]  # 两倍, 万级 QPS: where there are no digits
    start, end = next(iter(numbers), clause), first.end()
    for match in more:
        if match.start() - end > 2:
            break
        end = match.end()
    while start and line[start - 1] in "0123456789.,":  # a match may begin with the last digit of "420ms 降到"
        start -= 1
    unit = _UNIT.match(line, end)
    figure = line[start : unit.end() if unit else end]
    return start + len(figure) - len(figure.lstrip(" .,")), start + len(figure.rstrip(" .,"))
