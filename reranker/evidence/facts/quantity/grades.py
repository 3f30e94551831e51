"""Find marks on their scales ("GPA 3.7/4.0", "均分 88", "91.4 % in Class XII") and places among so many ("专业前 5%", "排名 3/120").

Works on text that is `folded` and in lower case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from preprocess.lexicon.characters import CJK
from preprocess.lexicon.numerals import chinese_number
from reranker.evidence.facts.quantity.honours import find_honours

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_SCALE = (
    rf"(?:(?:\s?(?:及?以上|\+|or (?:above|higher|better)))?\s?(?:/|out of|on an?|of|[(（]\s?(?:满分|out of|/)?\s?(?:为|:|：)?"
    rf"|满分|scale of)\s?(?P<scale>{_NUMBER})(?!\s?%))?"
)
_GPA = re.compile(
    r"(?P<name>(?<![a-z])c?gpa(?![a-z])|绩点|学分绩|均绩|均分|平均分|平均成绩|加权成绩|加权|(?:学业|成绩|各科|学科|课程|总)平均"
    r"|grade point average"
    r"|weighted average mark|(?<![a-z])wam(?![a-z]))[^\d\n，。；;]{0,20}?"
    rf"(?P<mark>{_NUMBER})(?!\d)(?![年月]|\s?%)" + _SCALE,
    re.IGNORECASE,
)
_AT_GRADUATION = re.compile(
    r"(?<![a-z])(?:graduat\w{1,8}|laude|honou?rs)[^\d\n.;]{0,20}(?P<mark>[1-4]\.\d{1,2})(?![\d.%]|\s?(?:years?|yrs?|%|[mk]\b))" + _SCALE,
    re.IGNORECASE,
)
_OF_FOUR = re.compile(r"(?<![\d.])(?P<mark>[1-4]\.\d{1,2})\s?(?:/|out of)\s?(?P<scale>4\.[03]|4)(?![\d.])")
_MARK_FIRST = re.compile(
    rf"(?<![\d.])(?P<mark>{_NUMBER})(?:\s?(?:/|out of)\s?(?P<scale>{_NUMBER}))?\s?(?:\+|以上|or (?:above|higher"
    rf"|better))?\s?(?:的|overall |cumulative |minimum )?"
    r"(?:c?gpa\b|绩点|grade point average)",
    re.IGNORECASE,
)
_SCALES = (4.0, 4.3, 5.0, 10.0, 100.0)
_PART = re.compile(r"last (?:two|2|three) years|major gpa|final year|专业课|后两年|大三")
"""Of a part of the studies."""
_LEVELS = {
    "xii": r"class\s?(?:xii|12)(?:th)?\b|12th|xii(?:th)?\b|hsc|higher secondary|intermediate|a-?levels?|plus two|\+2",
    "x": r"class\s?(?:x|10)(?:th)?\b|10th|\bx(?:th)?\b|ssc|matric\w*",
    "degree": (
        r"b\.?\s?e\.?\b|b\.?\s?tech|b\.?\s?sc|b\.?\s?com|b\.?\s?a\b\.?|m\.?\s?tech|m\.?\s?sc|mba|bca|mca|bba|bbm"
        r"|b\.?\s?pharm|b\.?\s?ed|m\.?\s?com|pgdm|pg|ug|diploma|bachelor\w*|degree|graduation|engineering|university"
        r"|college"
    ),
}
_OF_LEVEL = {level: re.compile(rf"(?<![a-z])(?:{words})") for level, words in _LEVELS.items()}
_MARKS = re.compile(rf"(?<![\d.])(?P<mark>{_NUMBER})\s?(?:%|per ?cent(?:age)?\b)")
_JOINED_LEVELS = re.compile(r"\b(?:in|throughout) (?:(?:each|all|both) of )?(?:[^,;%]{1,16}, ){0,2}[^,;%]{1,16}(?: and |&|/)[^,;%]{0,16}")
_OWN_LEVEL = re.compile(r"\s?(?:in|at|for) [^,;\d%]{0,14}\d{0,2}(?:th)?")
"""What a mark is said to be of, right behind it: "81% in Class XII"."""
_SPEAKS_OF_MARKS = re.compile(
    r"(?<![a-z])(?:aggregate|passed with|pass with|marks?"
    r"|percentage|(?:course|overall|degree|programme|program|module|weighted|diploma|academic|final|grade|year) average"
    r"|throughout|first class|first division|distinction|academics?|score[ds]?|secured|" + "|".join(_LEVELS.values()) + ")"
)
_NO_MARKS = re.compile(
    r"growth|increase|revenue|sales|attendance|travel|target|commission|margin|share|reduc|improv|rate\b|uptime|top\s|scholarship"
    r"|discount|以|前",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:排名|专业|年级|班级|班|全系|学院|院系|成绩|综合|学业|同届|绩点|rank(?:ed|ing)?|class|cohort|year)?[^\d\n，。；;]{0,12}?"
    r"(?:前|\btop[\s-]?)\s?(?:的)?(?P<share>\d{1,2}(?:\.\d{1,2})?)\s?(?:%|per ?cent)"
    r"|百分之(?P<hundredth>[一二三五十]{1,2})以内|\b(?:top|upper|highest) (?P<word>quarter|third|half|decile|quartile|tenth|fifth)\b"
    r"|(?P<percentile>\d{1,2}(?:\.\d{1,2})?)(?:th|st|nd|rd) percentile",
    re.IGNORECASE,
)
_SHARES = {"quarter": 0.25, "quartile": 0.25, "third": 1 / 3, "half": 0.5, "decile": 0.1, "tenth": 0.1, "fifth": 0.2}
_HUNDREDTHS = {"一": 0.01, "二": 0.02, "三": 0.03, "五": 0.05, "十": 0.1, "十五": 0.15, "二十": 0.2, "三十": 0.3, "五十": 0.5}
_OF = re.compile(
    r"(?:排名|名次|排行|位列|位居|列|排(?=\s?\d)|班级|年级|专业|全班|全年级|全系|成绩|\brank(?:ed|ing)?\b|\bplaced\b"
    r"|position)[^\d\n，。；;]{0,12}?(?:第\s?)?(?P<place>\d{1,4})(?:st|nd|rd|th)?(?:\s?名)?"
    r"\s?(?:/\s?共?|out of|of|among|in a class of|[,，]?\s?[(（]?\s?(?:共(?:计|有)?|全班|全年级|全专业|全系|总人数|班级人数"
    r"|一共))\s?(?:a class of |the |a )?(?P<all>\d{1,5})(?!\s?(?:%|percent))"
    r"|(?<![\d/.])(?P<place2>\d{1,4})(?:st|nd|rd|th)?\s(?:(?:out )?of|in a (?:[a-z]{2,12} )?(?:class|cohort|batch"
    r"|year) of)\s(?P<all2>\d{1,5})(?! (?:january|may|june|years|months))(?=[^.\n]{0,24}(?:class|student|batch"
    r"|cohort|graduat|year|$))"
    r"|(?P<all3>\d{1,5})\s?(?:人|名)(?:同学|学生)?(?:中|里)?(?:排名?|位列|名列|考)?第\s?(?P<place3>\d{1,4})",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:专业|年级|班级|班|全系|学院|院系|成绩|综合|排名|名次)[^\d\n，。；;]{0,6}?(?<!倒数)第\s?(?P<place>\d{1,3}"
    r"|[一二三四五六七八九十])(?:\s?名)?(?![年届期批\d])"
    r"|(?:专业|年级|班级|班|全系|学院|成绩|综合|排名)[^\d\n，。；;]{0,4}?前\s?(?P<first>\d{1,3}|[一二三四五六七八九十])(?:\s?名)?"
    r"(?![\d.]|\s?%)"
    r"|\branked\s(?:no\.?\s?|#)?(?P<rank>\d{1,3})(?:st|nd|rd|th)?\b(?!\s?(?:of|/|out|in a class of|among))"
    r"|(?<![a-z])(?:air|all india rank|rank within (?:the )?top|rank in (?:the )?top|rank top"
    r"|rank)\s?[:#-]?\s?(?P<exam>\d{1,5})(?![\d%/]|\s?(?:%|of|out|percent))"
    r"|\btop (?P<best>\d{1,3}) (?:of|in) (?:the |my |her |his )?(?:class|year|cohort|batch|graduat)"
    r"|(?<!top )(?<!upper )\b(?P<word>first|second|third|top) (?:in|of) (?:the |my |her |his )?(?:class|year|cohort|batch)\b",
    re.IGNORECASE,
)
_PLACES = {"first": 1, "top": 1, "second": 2, "third": 3}
_SELLERS = re.compile(
    r"(?:业绩|销售|销量|销售额|签单|个人业绩|出单)[^，,。；;\n\d]{0,8}?"
    rf"(?:排名|名列|位列|全[{CJK}]{{1,3}})?(?:第(?P<place>\d{{1,3}}|[一二三四五六七八九十])(?:名)?"
    r"|前(?P<first>\d{1,3}|[一二三四五六七八九十])(?:名)?(?!\s?%|[年月]))|"
    r"(?P<champion>销冠|销售冠军|top ?sales(?:person)?\b|(?:number one|no\.? ?1|#1|top) (?:sales ?(?:rep|person|man)|seller|biller))"
    r"|\b(?:ranked|rank|finished|placed) (?:no\.? ?|#)?(?P<rank>\d{1,3})(?:st|nd|rd|th)?(?: out)? of (?P<all>\d{1,4}) (?:[a-z]{2,12} )?"
    r"(?:reps?|sales\w*|sellers|agents|aes|consultants|advisers|advisors|stores|branches)\b"
    r"|\btop (?P<share>\d{1,2})\s?% of (?:all |the |my )?(?:[a-z]{2,12} )?(?:reps?|sales\w*|sellers|agents|aes|"
    r"consultants|advisers|advisors|team)\b"
)
_MIDDLE = re.compile(r"(?:成绩|排名|专业|年级|班级|班)[^，。；,;\n]{0,6}中(?:等偏下|下游|下水平|游|等)")
_LAST = re.compile(
    r"倒数(?:第)?[\d一二三四五六七八九十]|垫底|(?:专业|年级|班级|排名|位于|处于)[^\d，。\n]{0,4}后\s?\d{1,2}\s?%|\bbottom "
    r"(?:of the class|quartile|quarter|half"
    r"|third|\d)",
    re.IGNORECASE,
)
OF_PUPILS = re.compile(
    r"(?:学生|学员|孩子|女儿|儿子|弟弟|妹妹|同学)(?!会|干部|时代|期间|阶段|时)[^，。；,;\n]{0,12}$"
    r"|\b(?:tutored|coached|mentored|helped|taught|got|took|brought) (?:[a-z\d-]{1,12} ){1,3}to an? $|"
    r"(?:\b(?:my|our|his|her|whose)|^|\n)\s?(?:[a-z-]{1,20} )?(?:students?|pupils?|son|daughter|brother|sister|wife|husband|tutees?"
    r"|mentees?)\b[^,;.\n]{0,24}$"
)
_OF_SCHOOLDAYS = re.compile(r"(?:(?<![a-z])hs|high[ -]school|高中|初中)[^，。；,;\n]{0,8}$")
_OF_SCHOOL = re.compile(
    r"全国(?!.{0,4}(?:竞赛|大赛|销售))|全球|世界|亚洲|软科|泰晤士|母校|院校排|大学排|学校排|高校排|(?<![a-z])(?:qs"
    r"|us ?news|world|globally|nationally ranked|national ranking)(?![a-z])"
    r"|university ranked|school ranked|ranked university|ranked school|公司|医院"
    r"|酒店|马拉松|\bmarathon|\btriathlon"
    r"|(?:行业|市场|销量|销售|业绩|区域|同行|品类|榜单|搜索|应用|店铺)[^，。；\n]{0,4}(?:排名|前|top)|\s?of (?:all |the |my )?"
    r"(?:sales|reps|team|company"
    r"|sellers|region|stores|branch)"
)

_OF_CONTEST = re.compile(r"[^.;\n]{0,30}?(?:\bfinisher|\bmarathon|\btriathlon|\brace\b|马拉松|铁人三项|长跑)")


@dataclass(frozen=True)
class Grade:
    """text[start:end] states a mark as a share of its scale ("gpa"), a share of the best ("rank_share") or a place ("rank_place").

    `of` is the level that a percentage belongs to, "" where none is named."""

    kind: str
    amount: float
    start: int
    end: int
    certainty: float = 1.0
    of: str = ""


def find_grades(text: str) -> Iterator[Grade]:
    """Yield the marks and places of a text. A mark without a scale is on the smallest usual one that holds it, less certainly."""
    yield from _marks(text)
    yield from (Grade("honours", share, start, end) for share, start, end in find_honours(text))
    yield from _among_sellers(text)
    for kind, amount, match in _ranks(text):
        around = text[max(0, match.start() - 24) : match.start()].rpartition("\n")[2] + match[0]
        word = re.search(r"[前第\d]|top", match[0], re.IGNORECASE)
        own = text[max(0, match.start() - 24) : match.start() + (word.start() if word else 0)]
        if (
            not OF_PUPILS.search(own)
            and not _OF_SCHOOL.search(around)
            and not _OF_SCHOOL.match(text, match.end())
            and not _OF_CONTEST.match(text, match.end())
        ):
            yield Grade(kind, amount, *match.span())


def _marks(text: str) -> Iterator[Grade]:
    for pattern in (_GPA, _MARK_FIRST, _AT_GRADUATION, _OF_FOUR):
        for match in pattern.finditer(text):
            mark, scale = float(match["mark"]), float(match["scale"] or 0)
            if scale < mark or scale not in _SCALES:
                scale = next((usual for usual in _SCALES if mark <= usual), 0.0) if scale < mark else scale
            before = text[max(0, match.start() - 24) : match.start()].rpartition("\n")[2]
            if scale and not OF_PUPILS.search(before) and not _OF_SCHOOLDAYS.search(before):
                is_part = _PART.search(text, max(0, match.start() - 20), match.end() + 20) is not None
                yield Grade("gpa", mark / scale, *match.span(), certainty=0.4 if is_part else 1.0 if match["scale"] else 0.8)
    for match in _MARKS.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + 30].partition("\n")[0]
        if _SPEAKS_OF_MARKS.search(before + " " + after) and not _NO_MARKS.search(before[-24:] + " " + after[:12]):
            joined = _JOINED_LEVELS.search(text[match.end() : match.end() + 70].partition("\n")[0])
            for level in (joined and _levels(joined[0])) or (_level(before, after),):
                yield Grade("gpa", float(match["mark"]) / 100, *match.span(), of=level)


def _among_sellers(text: str) -> Iterator[Grade]:
    """Yield places among those who sell: 业绩第一, 销冠, "ranked 3 of 45 reps", "top 10 % of sales reps"."""
    for match in _SELLERS.finditer(text):
        rank = "1" if match["champion"] else match["place"] or match["first"] or match["rank"]
        if match["share"]:
            yield Grade("sales_share", float(match["share"]) / 100, *match.span())
        if rank:
            number = chinese_number(rank)
            yield Grade("sales_place", float(number), *match.span())
        if match["all"] and int(match["all"]) >= int(rank or 0) > 0:
            yield Grade("sales_share", int(rank or 0) / int(match["all"]), *match.span())


def _levels(words: str) -> frozenset[str]:
    """The levels of study that words name."""
    return frozenset(level for level, names in _OF_LEVEL.items() if names.search(words))


def _level(before: str, after: str) -> str:
    """The level of study that stands nearest to a mark."""
    if (own := _OWN_LEVEL.match(after)) and (levels := _levels(own[0])):
        return min(levels)
    nearest = [(len(before) - match.end(), level) for level, words in _OF_LEVEL.items() for match in words.finditer(before)]
    nearest += [(match.start() + 3, level) for level, words in _OF_LEVEL.items() if (match := words.search(after))]
    return min(nearest)[1] if nearest else ""


def _ranks(text: str) -> Iterator[tuple[str, float, re.Match[str]]]:
    for match in _SHARE.finditer(text):
        if match["share"]:
            share = float(match["share"]) / 100
        elif match["percentile"]:
            share = 1 - float(match["percentile"]) / 100
        else:
            share = _SHARES[match["word"].lower()] if match["word"] else _HUNDREDTHS.get(match["hundredth"], 0)
        if share:
            yield "rank_share", share, match
    for match in _OF.finditer(text):
        rank, everyone = (float(next(filter(None, (match[f"{part}{n}"] for n in ("", "2", "3"))))) for part in ("place", "all"))
        if 0 < rank <= everyone:
            yield "rank_share", rank / everyone, match
            yield "rank_place", rank, match
    for match in _PLACE.finditer(text):
        rank = match["place"] or match["first"] or match["rank"] or match["exam"] or match["best"]
        number = _PLACES[match["word"].lower()] if not rank else chinese_number(rank)
        yield "rank_place", float(number), match
    for match in _MIDDLE.finditer(text):
        yield "rank_share", 0.5, match
    for match in _LAST.finditer(text):
        yield "rank_share", 0.95, match
        yield "rank_place", 999.0, match
