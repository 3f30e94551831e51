"""Find the tests of languages that a text names, and their scores, grades and lowest parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from preprocess.lexicon.date_forms import MONTH_NAME
from reranker.evidence.facts.language.words import TABLE, names, test_beginnings, test_patterns
from reranker.evidence.facts.mentions import line_around

MAX_TESTS = 200
"""Nobody states more; whoever repeats the words takes no more time than that."""
CLOSE_TO_PASS = 0.015
"""That part of the full score below the pass of a higher test shows the level below: CET-6 with 418."""

_DATE = rf"\(?(?:19|20)\d\d(?:\s?[./年-]\s?\d{{1,2}}(?!\d))?\s?[月年]?\)?|{MONTH_NAME}"
_WORD = (
    rf"{_DATE}|Academic|General|Training|Nursing|overall|total|average|result|score[ds]?|band|level|grade|lvl|L&R|of|iBT|ITP|English Test"
    r"|(?:Special )?Home Edition|UKVI|Online|Listening (?:&|and) Reading|test|exam|at least|minimum|min\.?|TDN|4\s?[x×*]|II|I"
    r"|考[了过]?[一二两三四五\d]次"
)
_SAID = r"[成绩分数总考试水平级金蓝绿橙棕色证书合格已通过达到得不低于少至最高须需要求均学术听读笔飞裸今年我了是为约科第口]"
_SEPARATOR = r"[®™\s:：，(),.=≥>–-]"
_NUMBER = r"(?<![\d.])(\d{1,3}(?:\.\d)?|[一二三四五六](?=级))(?!\d|[年月届次]|/(?:19|20)\d\d|\.\d\d)"
_SCORE = re.compile(rf"(?:{_SEPARATOR}{{0,3}}(?:{_WORD})){{0,5}}(?:{_SEPARATOR}|{_SAID}){{0,9}}?{_NUMBER}", re.IGNORECASE)
_SAME_TEST = r"(?!雅思|托福|[四六八]级|IELTS|TOEFL|PTE|CET)"
_OVERALL = re.compile(rf"(?:{_SAME_TEST}[^\n]){{0,70}}?(?:overall|总分)[^\d；;\n]{{0,14}}{_NUMBER}", re.IGNORECASE)
_POINTS = re.compile(rf"(?:{_SAME_TEST}[^。；;\n\d]){{0,10}}(?<![\d.])(\d{{1,3}}(?:\.\d)?)\s?分")
_SCORE_AHEAD = re.compile(
    r"(?:\blevel\s?(?P<level>\d)\s(?:in\s)?|(?<![\d.])(?P<score>\d{1,3}(?:\.\d)?)\+?\s?(?:分的?|(?:points?\s|overall\s)?(?:on|in|at|for)\s(?:the\s|my\s)?))$",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"[^，。；\d\n]{0,6}?([金蓝绿棕橙])色")
_SCORE_INSIDE = re.compile(r"([1-6一二三四五六])级$")
"""韩语四级: the grade is the end of the name."""
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_PART = re.compile(
    r"(?:听力|阅读|写作|口语|[听说读写]|\b(?:listening|reading|writing|speaking)|\b[LRWS])[\s:：]{0,2}(?<![\d.])(\d{1,2}(?:\.\d)?)(?![\d])",
    re.IGNORECASE,
)
_TOTAL_AHEAD, _BETWEEN = r"(?:(?:1[2-9]|20)\s?分?\s?[(:：,，]\s?)?", r"[-/,， ]{0,2}"
_FOUR_PARTS = re.compile(rf"[\s:：(]{{0,3}}{_TOTAL_AHEAD}(?:TDN\s?)?{_BETWEEN.join(['([2-5])'] * 4)}(?!\d)")
_EACH_PART = re.compile(
    r"(?:单项|各项|小分|每项|四项|各科|每科|各部分|每部分|\bno (?:band|score|skill|component|section|communicative skill)"
    r"|\beach (?:band|component|section|module|skill)|\ball (?:bands|components|sections|skills|parts))"
    r"[^\d\n]{0,20}(?P<behind>\d{1,2}(?:\.\d)?)|(?<![\d.])(?P<ahead>\d{1,2}(?:\.\d)?)\+?\s(?:or (?:above|higher|better)\s)?(?:in\s|for\s)?"
    r"(?:each\b|every\b|all (?:bands|parts|four|sections))",
    re.IGNORECASE,
)
_ALSO_NAMED = re.compile(r"\s?[(（/]\s?|\s")
_SHORT_BY = re.compile(r"[^。；;\n]{0,12}[差缺]\s?[\d一二两三几]{1,2}\s?分")
_GRADE = re.compile(r"(?<![A-Za-z])(J[1-5]|[A-F])\+?(?![A-Za-z+'-])")
_BARE_BEFORE = re.compile(
    r"(?:^|[，,；;。、(\n])\s?(?:今年|明年)?(?:\d{1,2}月)?(?:大[一二三四]|去年|今年|高中|中专|大学|本人|我)?(?:时|期间)?(?:已经?|均|都|也|刚|才|仅|只)?"
    r"(?:通过|过|取得|获得?|持有?|考过|考取|[再又要想]?考|冲|报名|报考|备考|参加)?了?(?:(?:20\d\d年)?\d{1,2}月)?(?:国家|大学|全国)?$"
)
_BARE_OF = {
    "english": re.compile(r"英语|英文|CET|外语|考试|[四六]级"),
    "mandarin": re.compile(r"普通话|普测|PSC"),
}
_OF_HOSPITAL = re.compile(r"[^，。；;\n]{0,6}医院")
_OF_JAPAN = re.compile(r"日语|日文|日本语|日检|[中英]日|日[中英]|JLPT|Japanese", re.IGNORECASE)
_IN_JAPAN = re.compile(r"日本|日企|日系|[留赴对]日|\bJapan\b")
_DEMANDED = re.compile(r"以上|优先|要求|\b(?:or|above|higher|better|required|preferred|level)\b|[\W及或需]", re.IGNORECASE)
_EXAMINED = re.compile(r"考|报名|合格|及格|成绩|能力试|\b(?:took|take|passed|failed|sat|exam|test|score|level|certif)", re.IGNORECASE)


@dataclass(frozen=True)
class TestMention:
    """A test that a text names: its row of the table, its `language`, and what is said of its result; `is_failed`: below the pass mark."""

    __test__ = False
    start: int
    end: int
    row: dict
    language: str
    level: int
    score: float | None = None
    lowest: float | None = None
    is_failed: bool = False


def find_tests(text: str) -> list[TestMention]:
    """Return the tests that a `folded` text names."""
    small = text.lower()
    rows = [row for row in TABLE["tests"] if any(beginning in small for beginning in test_beginnings(row["name"]))]
    mentions = [_mention(text, start, end, row) for row in rows for start, end in _merged(text, sorted(_spans(text, row)))]
    return [test for test in mentions if test.score is not None or not test.row.get("scored")]


def each_part_asked(text: str) -> float | None:
    """Return the least that a job asks of every part of a test: "单项不低于6.0"."""
    match = _EACH_PART.search(text)
    return float(match["behind"] or match["ahead"]) if match else None


def _spans(text: str, row: dict) -> Iterator[tuple[int, int]]:
    patterns = test_patterns(row["name"])
    named = (patterns[key].finditer(text) for key in ("words", "graded") if key in patterns)
    spans = [match.span() for matches in named for match in islice(matches, MAX_TESTS)]
    listed = patterns["listed"].finditer(text) if "listed" in patterns else ()
    spans += [
        span for match in islice(listed, MAX_TESTS) if (span := match.span("subject"))[0] > max((end for _, end in spans), default=-1)
    ]
    for match in islice(patterns["bare"].finditer(text), MAX_TESTS) if "bare" in patterns else ():
        start, end = match.span()
        if not any(left < end and start < right for left, right in spans) and _is_bare_test(text, start, end, row["language"]):
            spans.append((start, end))
    for start, end in spans:
        unlike = patterns.get("unlike")
        other = next(names().find(text, end, min(len(text), end + 16)), None) if row.get("of_any") else None
        is_course = other is not None and other[2] != row["language"] and not text[end : other[0]].strip()
        if not (is_course or (unlike and unlike.search(text, *line_around(text, start, end)))):
            yield start, end


def _merged(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans, those as one that are two names of one thing: "大学英语四级（CET-4）"."""
    for index, (start, end) in enumerate(spans):
        if index and _ALSO_NAMED.fullmatch(text, spans[index - 1][1], start):
            continue
        while index + 1 < len(spans) and _ALSO_NAMED.fullmatch(text, end, spans[index + 1][0]):
            index += 1
            end = spans[index][1]
        yield start, end


def _is_bare_test(text: str, start: int, end: int, language: str) -> bool:
    """Return whether "六级" or "N1" by itself is of this language: it opens its clause, and its line (for N1 the text) names one."""
    left, right = line_around(text, start, end)
    is_first = _BARE_BEFORE.search(text, left, start) is not None and _OF_HOSPITAL.match(text, end) is None
    if language == "japanese":
        names_japanese = _OF_JAPAN.search(text) is not None or (is_first and _IN_JAPAN.search(text) is not None)
        return names_japanese or _EXAMINED.search(text, left, right) is not None or not _DEMANDED.sub("", text[:start] + text[end:])
    return is_first and _BARE_OF[language].search(text, left, right) is not None


def _mention(text: str, start: int, end: int, row: dict) -> TestMention:
    language = (_language_before(text, start) or row["language"]) if row.get("shared") else row["language"]
    _, right = line_around(text, start, end)
    if "grades" in row:
        grades = [row["grades"][grade] for grade in _GRADE.findall(text[end : min(right, end + 60)]) if grade in row["grades"]]
        level = min(grades, default=row["default"])
        return TestMention(start, end, row, language, level, float(level) if grades else None)
    if "limits" not in row:
        return TestMention(start, end, row, language, row["default"], is_failed=_SHORT_BY.match(text, end) is not None)
    match = _OVERALL.match(text, end) or _SCORE.match(text, end) or _POINTS.match(text, end)
    parts = [float(part) for part in _PART.findall(text[end : min(right, end + 70)])]
    match = match or _SCORE_INSIDE.search(text, start, end)
    score = float(_NUMERALS.get(match[1]) or match[1]) if match else sum(parts) / len(parts) if parts else None
    if row["kind"] == "TestDaF" and (four := _FOUR_PARTS.match(text, end)):
        parts = [float(part) for part in four.groups()]
        score = min(parts)
    elif match is None and (ahead := _SCORE_AHEAD.search(text, max(0, start - 24), start)):
        score = float(ahead["level"] or ahead["score"])
    if score is None and "colours" in row and (colour := _COLOUR.match(text, end)):
        score = float(row["colours"][colour[1]])
    if score is None or not row["limits"][0] <= score <= row["limits"][1]:
        return TestMention(start, end, row, language, row["default"], is_failed=_SHORT_BY.match(text, end) is not None)
    level = max((reached for least, reached in row["scores"] if score >= least), default=0)
    close = CLOSE_TO_PASS * row["limits"][1] if row.get("rank", 0) > 1 else 0.0
    is_failed = not level and score < row["scores"][0][0] - close
    return TestMention(
        start,
        max(end, match.end(1)) if match else end,
        row,
        language,
        level or (1 if is_failed else row["default"] - 1),
        score,
        min(parts, default=each_part_asked(text[end : min(right, end + 70)])),
        is_failed,
    )


def _language_before(text: str, start: int) -> str | None:
    names_before = list(names().find(text, max(0, start - 24), start))
    return names_before[-1][2] if names_before else None
