"""Tell whether years are of the candidate's own work: never those of a company, a father or a child, nor of a contract or a hobby."""

import re

from preprocess.lexicon import relatives
from preprocess.lexicon.characters import CJK, has_cjk
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.facts.career.experience import JOB_TITLE, TO_NOW, ResumeLine, has_school, words_of
from reranker.evidence.facts.career.trades import WORDS, trades_of
from reranker.evidence.facts.degrees import names_degree
from reranker.evidence.facts.mentions import clause_around, pattern

SEGMENT = re.compile(r"[，,;；、。|]|\s/\s|(?<=[年月s])\)\s?(?=[^()\n]{1,24}\()|(?<![A-Za-z+])\+(?!\+)|其中|\bthen\b|\band\b|\.\s")
"""Joints between the years of one thing and those of the next."""
OF_THESE = re.compile(r"\bof (?:these|those)\b", re.IGNORECASE)
LONGEST_CLAUSE = 80

_WISH, _BEGAN = map(words_of, ("wish", "began"))
_LABEL = re.compile(r"\W{0,3}(?P<name>[^:：\n]{2,24}?)\s?[:：]")
_NO_CLAIM_LABEL = re.compile(
    r"(?:employer|company|firm|organisation|client|referees?|references?|interests|work rights|visa|notice|family|hobbies"
    r"|公司|单位|雇主|公司简介|推荐人|证明人|家庭|家庭成员|爱好|兴趣爱好|兴趣|到岗时间|期望|期望薪资|求职意向|婚姻|婚姻状况|教育背景)",
    re.IGNORECASE,
)
_NO_CLAIMS = frozenset({"education", "objective", "project", "training", "hobbies", "references"})
_OWNERS = words_of("owners")
_NO_SPAN = re.compile(
    rf"(?:{pattern(WORDS['no_span'])})[^，。,\d]{{0,4}}$|持[^，。,]{{0,8}}证$"
    r"|\b(?:the|our|its|this) [\w-]{1,20}'s (?:first |last )?$|(?<!\bI )(?<!\bwe )\b(?:ran|runs|running|lasted|operated|survived) for $"
    r"|\b(?:lived?|living|resid(?:ed|ent)|married|engaged|together|retired|sober)\b[^.,;\n]{0,24}\bfor (?:the (?:last|past) )?$",
    re.IGNORECASE,
)
_OF_A_PAPER = re.compile(
    r"-?(?:year|yr)s?\s(?:[\w-]{1,16}\s){0,2}?(?:contract|lease|warranty|visa|mortgage|loan|agreement|tender|licence|license|sentence|plan|course"
    r"|diploma|degree|programme|program)\b(?!\s(?:work|manag|admin|law|staff|engineer|develop))",
    re.IGNORECASE,
)
"""Behind the count of "a 3 yr cleaning contract"."""
_ARTICLE = re.compile(r"\b(?:an?|the|on|signed|this)\s$", re.IGNORECASE)
_EVER_SINCE = re.compile(r"[，,]\s?(?:一直|始终|都)")
"""Behind the years since a graduation: 本科毕业4年，一直做店铺运营."""
_NO_WORK = re.compile(
    rf"(?!\s?[驾工教]龄|\s?月[嫂子]|[^\s，。,;；(]{{0,4}}前[端台厅])(?:['’]s?)?\s?(?:[^\s，。,;；(]{{0,4}}?)"
    rf"(?:{pattern(WORDS['no_work'])}|running(?=\s?(?:[,.;)]|$)))",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"本人|自己|(?<![带教跟])我(?![司们国家父母爸妈哥姐弟妹叔伯舅姑姨爷奶]|爱人|先生|太太|老公|老婆|师[傅父]|儿子|女儿|[表堂]|外[公婆]|朋友|同学|[男女]友|的(?!工作|从业|经[验历]|[工教驾]龄))"
    r"|\b(?:I|I've|my|myself)\b"
)
_KIN_WORDS = [*relatives.CHINESE, *WORDS["kin"]]
_KIN = re.compile(rf"\s?(?:我|我的|家里|本人的?)?(?:{pattern(_KIN_WORDS)})")
_KINS_FIRM = re.compile(rf"在?(?:{pattern(_KIN_WORDS)})的?(?:公司|店|厂|工厂|餐馆|饭店|诊所|农场)")
"""A relative's firm is where one works oneself: 在丈夫的公司记账三年."""
_ANOTHER = re.compile(
    rf"[{CJK}](?:老师|师傅|总|经理|主任|医生|教授|院长|大厨)"
    r"(?:拥有|具有|具备|有|从业|从事|做了|干了|已)[^，,。]{0,4}$"
)
"""李老师拥有15年HR经验: somebody else, if the writer tells of himself behind."""
_OTHERS = re.compile(rf"{pattern([*WORDS['others'], *_KIN_WORDS, *relatives.ENGLISH])}", re.IGNORECASE)
_POSSESSIVE = re.compile(
    r"\b[a-z]{2,16}(?:'s|s')\s(?!name\b|occupation\b)(?=[a-z])|\bteams? (?:of \d+|lead|manager|member)"
    r"|\b(?:led|managed|headed|supervised|coached|ran) (?:[\w-]{1,16} ){0,3}(?:teams?|crews?|departments?)\b"
    r"|\b(?:to|for|with|serving|supporting|helping) (?:[a-z-]{1,16} ){0,2}(?:clients?|customers|teams?|crews?|departments?|colleagues)\b",
    re.IGNORECASE,
)
"""My parents' restaurant, a team of 12: the years there are one's own."""
_TRADE_SCHOOL = re.compile(r"\bapprenticeship\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) of $|\b(?:aged?|ages)\b[^.,;]{0,16}$", re.IGNORECASE)
_CLOSED = re.compile(rf"\s?(?:以上|[多余左右+])*\s?(?:[^\w\s]|$|工作|从业|相关|[{CJK}]{{0,8}}经[验历]|\s*\()")
"""Words behind years that are told of among the deeds of one job and are years of work."""
_STUDIED = re.compile(
    r"\b(?:studied|studying|study|learnt|learned|learning)\b|培训班|自学|学习|学过|(?:大学|在校|上学|求学)期间", re.IGNORECASE
)
_OF_EACH = re.compile(r"[^,.;\n]{0,30}\b(?:each|apiece|on average)\b|[^，。；\n]{0,8}(?:不等|的平均)", re.IGNORECASE)
_SOMEBODY_WITH = re.compile(
    r"\b(?:teams?|groups?|panels?|crews?|pools?) of [a-z ]{2,30} with $"
    r"|\b(?:to|by|under|for|with|from|alongside|beside|supported|served) (?:an?|the|my) (?:[\w-]{1,20} ){1,2}(?:with|who|of) ",
    re.IGNORECASE,
)
_RECENTLY_I = re.compile(r"\b(?:over|during|in|throughout|across) (?:the|my) (?:last|past|first)\s$", re.IGNORECASE)
_I_DID = re.compile(r",? (?:I(?:'ve| have)?\b|have |has been|been |working|as an?\b|of (?:my )?(?:work|career))")
_ADJECTIVE = re.compile(r"-(?:year|yr)$", re.IGNORECASE)
_EXPERIENCE = re.compile(r"['’]?s?\s?(?:[\w-]{1,20}\s){0,3}(?:experience|exp|career|veteran|track record)\b", re.IGNORECASE)
_DURATION_OF_PERIOD = re.compile(r"[(,]\s{0,2}(?:共|约|total:?|about|approx\.?)?\s{0,2}$", re.IGNORECASE)
_AGO = re.compile(r"\s?(?:ago\b|以?前(?![端台厅])|之前)")
_RECENTLY = re.compile(r"(?:\bfor|\bspent|\bwith|\band|[,;:(-]|^)\s?(?:these |the )?(?:last|past|first)\s$", re.IGNORECASE)
_DEED = re.compile(r"招聘|招募|面试|指导|带教")


def tells_of_others(plain: str, line: ResumeLine) -> bool:
    """Return whether a line's section or label says that its years are none of work, or an employer's: "Interests: guitar, 12 years"."""
    label = _LABEL.match(plain, line.start, line.end)
    named = label is not None and (heading_kind(label["name"]) in _NO_CLAIMS or _NO_CLAIM_LABEL.fullmatch(label["name"]) is not None)
    return line.section in _NO_CLAIMS or named


def is_own(plain: str, line: ResumeLine, start: int, end: int) -> bool:
    """Return whether years are of the candidate's own work: not of somebody else's, of a thing's, nor those of a period beside them."""
    if any(period.end <= start and _DURATION_OF_PERIOD.search(plain, period.end, start) for period in line.periods):
        return False
    if any(period.start <= start < period.end for period in line.periods) or _OF_EACH.match(plain, end):
        return False
    if line.periods and has_school(plain[line.start : line.end]) and not JOB_TITLE.search(plain, line.start, line.end):
        return False
    before, after = plain[max(line.start, start - 120) : start], plain[end : min(line.end, end + LONGEST_CLAUSE)]
    left, right = clause_around(plain, start, end)
    left, right = max(left, line.start), min(right, line.end)
    if (
        _STUDIED.search(plain, left if has_cjk(before) else line.start, start)
        or _OF_SOME.search(before)
        or _WISH.search(plain, left, start)
        or before.rfind("《") > before.rfind("》")
    ):
        return False
    is_recent = _RECENTLY.search(before) or (_RECENTLY_I.search(before) and _I_DID.match(after))
    if _NO_SPAN.search(before) and not (is_recent or _EVER_SINCE.match(after)) and not after.startswith("头"):
        return False
    if _AGO.match(after):
        if not _BEGAN.search(plain, left, right):
            return False
    elif _NO_WORK.match(after) and not TO_NOW.search(after):
        return False
    if _ARTICLE.search(before) and _OF_A_PAPER.search(plain, start, min(line.end, end + LONGEST_CLAUSE)):
        return False
    if _ADJECTIVE.search(plain[start:end]) and not _EXPERIENCE.match(after):
        return False
    if line.is_of_entry and not (_CLOSED.match(after) or _EXPERIENCE.match(after) or OF_THESE.search(plain, start, end)):
        return False
    sentence = re.split(r"[。！？!?]|(?<!\b[A-Z])(?<!\.[A-Z][a-z])(?<!\.[A-Z][a-z]{2})\.\s", before)[-1]
    if _ANOTHER.search(sentence) and _OWN.search(plain, end, line.end):
        return False
    if has_cjk(plain[line.start : line.end]):
        clause, *earlier = reversed(re.split(r"[，,]", sentence)[-2:])
        clause = SEGMENT.split(clause)[-1]
        if _OWN.search(clause):
            return True
        return not (_names_others(clause) or _OWNERS.search(sentence) or (earlier and _KIN.match(earlier[0])))
    sentence = _POSSESSIVE.sub(" ", sentence)
    if (names_degree(_TRADE_SCHOOL.sub(" ", sentence)) and "teaching" not in trades_of(sentence)) or _SOMEBODY_WITH.search(sentence):
        return False
    return _OWN.search(re.split(r"\bmy\b", sentence)[0]) is not None or not (_OTHERS.search(sentence) or _OWNERS.search(sentence))


def _names_others(clause: str) -> bool:
    """Return whether a clause up to its years names somebody else; of 招聘4年 the word is what the years are of."""
    clause = _KINS_FIRM.sub("", clause)
    subject = clause.rstrip(" 约近了满有")
    return any(other.end() < len(subject) or not _DEED.fullmatch(other[0]) for other in _OTHERS.finditer(clause))
