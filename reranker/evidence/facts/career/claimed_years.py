"""Find the years that candidates claim for themselves; never those of a company, a client or a father."""

import re
from collections.abc import Iterator, Sequence

from preprocess.lexicon import relatives
from preprocess.lexicon.characters import CJK, has_cjk
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.facts.career.denied_work import without_denials
from reranker.evidence.facts.career.durations import find_durations
from reranker.evidence.facts.career.experience import INTERNSHIP, JOB_TITLE, TO_NOW, Experience, ResumeLine, words_of
from reranker.evidence.facts.career.rivals import kinds_of
from reranker.evidence.facts.career.trades import WORDS, trades_of
from reranker.evidence.facts.contract import Fact
from reranker.evidence.facts.degrees import names_degree
from reranker.evidence.facts.mentions import clause_around, pattern

_LABEL = re.compile(r"\W{0,3}(?P<name>[^:：\n]{2,24}?)\s?[:：]")
_NO_CLAIM_LABEL = re.compile(r"(?:employer|company|firm|organisation|client|referees?|references?|interests|work rights|visa|notice|family|hobbies"
    r"|公司|单位|雇主|公司简介|推荐人|证明人|家庭|家庭成员|爱好|兴趣爱好|兴趣|到岗时间|期望|期望薪资|求职意向|婚姻|婚姻状况|教育背景)", re.IGNORECASE)
_NO_CLAIMS = frozenset({"education", "objective", "project", "training", "hobbies", "references"})
_PART_OF, _WITHIN, _WISH, _BEGAN = map(words_of, ("part_of", "within", "wish", "began"))
_OWNERS = words_of("owners")
_NO_SPAN = re.compile(
    rf"(?:{pattern(WORDS['no_span'])})[^，。,\d]{{0,4}}$|持[^，。,]{{0,8}}证$"
    r"|\b(?:the|our|its|this) [\w-]{1,20}'s (?:first |last )?$|(?<!\bI )(?<!\bwe )\b(?:ran|runs|running|lasted|operated|survived) for $",
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
    rf"(?!\s?[驾工教]龄|[^\s，。,;；(]{{0,4}}前[端台厅])(?:['’]s?)?\s?(?:[^\s，。,;；(]{{0,4}}?)"
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
_OF_THESE = re.compile(r"\bof (?:these|those)\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) of $|\b(?:aged?|ages)\b[^.,;]{0,16}$", re.IGNORECASE)
_CLOSED = re.compile(rf"\s?(?:以上|[多余左右+])*\s?(?:[^\w\s]|$|工作|从业|相关|[{CJK}]{{0,8}}经[验历]|\s*\()")
"""What follows years told of among the deeds of one job, if they are years of work."""
_STUDIED = re.compile(
    r"\b(?:studied|studying|study|learnt|learned|learning)\b|培训班|自学|学习|学过|(?:大学|在校|上学|求学)期间", re.IGNORECASE
)
_OF_EACH = re.compile(r"[^,.;\n]{0,30}\b(?:each|apiece|on average)\b|[^，。；\n]{0,8}(?:不等|的平均)", re.IGNORECASE)
_SOMEBODY_WITH = re.compile(
    r"\b(?:teams?|groups?|panels?|crews?|pools?) of [a-z ]{2,30} with $|\b(?:to|by|under|for|with|from|alongside|beside|supported|served) (?:an?|the|my) (?:[\w-]{1,20} ){1,2}(?:with|who|of) ", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"-(?:year|yr)$", re.IGNORECASE)
_EXPERIENCE = re.compile(r"['’]?s?\s?(?:[\w-]{1,20}\s){0,3}(?:experience|exp|career|veteran|track record)\b", re.IGNORECASE)
_DURATION_OF_PERIOD = re.compile(r"[(,]\s{0,2}(?:共|约|total:?|about|approx\.?)?\s{0,2}$", re.IGNORECASE)
_HALF = re.compile(r"[，,;；:：(]\s?[前后头]$")
"""人力10年，前6年做招聘，后4年 HRBP."""
_AGO = re.compile(r"\s?(?:ago\b|以?前(?![端台厅])|之前)")
_RECENTLY = re.compile(r"(?:\bfor|\bspent|\bwith|\band|[,;:(-]|^)\s?(?:these |the )?(?:last|past|first)\s$", re.IGNORECASE)
_SEGMENT = re.compile(r"[，,;；、。|]|\s/\s|(?<=[年月s])\)\s?(?=[^()\n]{1,24}\()|(?<![A-Za-z+])\+(?!\+)|其中|\bthen\b|\band\b|\.\s")
_NEWLY = re.compile(
    r"\bnewly[\s-](?:qualified|registered|licensed|certified)\b|刚(?:入行|(?:拿|取得|考取|领)[^，。,\n]{0,10}证)", re.IGNORECASE
)
"""No years yet."""
_ITEM_END = re.compile("[;；]")
_CLOSES = re.compile(r"\s?(?:[，,;；。.]|$)")
_LICENCE = re.compile("驾龄")
_SHARED = re.compile(r"[都均全]是|[都均]为|都在|\ball\b")
_DEED = re.compile(r"招聘|招募|面试|指导|带教")
_LONGEST_CLAUSE = 60


def claims(plain: str, lines: Sequence[ResumeLine]) -> Iterator[Fact[Experience]]:
    """Yield the years that the candidate claims, with the words that say of what."""
    jobs = [line for line in lines if _is_job(plain[line.start : line.end])]
    jobs = jobs if len(jobs) > 1 else []
    for line in lines:
        if line.section in _NO_CLAIMS or _tells_of_others(plain, line):
            continue
        for match in _NEWLY.finditer(plain, line.start, line.end):
            words = plain[slice(*clause_around(plain, *match.span()))]
            yield Fact(Experience("claim", words, trades=trades_of(words), head_trades=trades_of(words)), *match.span())
        durations = find_durations(plain[line.start : line.end])
        spans = [(line.start + duration.start, line.start + duration.end) for duration in durations]
        own = [(index, span) for index, span in enumerate(spans) if _is_own(plain, line, *span)]
        for index, (start, end) in own:
            left = _opened(plain, spans[index - 1][1], start, spans[index - 1][1]) if index else line.start
            right = _opened(plain, end, spans[index + 1][0], spans[index + 1][0]) if index + 1 < len(spans) else line.end
            words = without_denials(_listed(plain, left, start, end, right) or _segment(plain, left, start, end, right))
            if len(own) > 1 and (shared := _SHARED.search(plain, spans[-1][1], line.end)):
                words += " " + plain[shared.start() : line.end]
            kind = "internship" if INTERNSHIP.search(words) else "licence" if _LICENCE.search(words) else "claim"
            is_part = (
                len(own) > 1
                or line in jobs
                or line.is_of_entry
                or _OF_THESE.search(plain, start, end)
                or _PART_OF.search(plain, line.start, line.end)
            )
            words = _headed(plain, line, spans[0][0], (left, start)) + words if index else words
            is_within = (
                index > 0
                and (_WITHIN.search(plain, spans[index - 1][1], start) or _HALF.search(plain, spans[index - 1][1], start)) is not None
            )
            trades = trades_of(words)
            head_trades = trades
            if line in jobs:
                words, head_trades = plain[line.start : line.end], trades_of(plain[line.start : line.end])
                trades = head_trades
            elif len(own) == 1:
                left = max(line.start, start - 2 * _LONGEST_CLAUSE)
                before = trades_of(without_denials(plain[left:start]))
                trades |= before
                head_trades = head_trades or before
                words = without_denials(plain[left : min(line.end, end + 2 * _LONGEST_CLAUSE)])
            yield Fact(
                Experience(kind, words, None, durations[index].years, bool(is_part), is_within, trades, head_trades, kinds_of(words)),
                start,
                end,
            )


def _tells_of_others(plain: str, line: ResumeLine) -> bool:
    """Return whether the label of a line says that its years are none of work, or an employer's: "Interests: guitar, 12 years"."""
    label = _LABEL.match(plain, line.start, line.end)
    return label is not None and (heading_kind(label["name"]) in _NO_CLAIMS or _NO_CLAIM_LABEL.fullmatch(label["name"]) is not None)


def _is_job(line: str) -> bool:
    """Return whether a line names a position and ends with its years: "Sales Executive, Bajaj Auto - 3 yrs"."""
    durations = find_durations(line)
    is_closed = len(durations) == 1 and not line[durations[0].end :].strip(" ).")
    return is_closed and JOB_TITLE.search(line, 0, durations[0].start) is not None


def _segment(plain: str, left: int, start: int, end: int, right: int) -> str:
    """The words around years that say of what they are: up to the marks beside them, if something stands there."""
    marks = [mark.end() for mark in _SEGMENT.finditer(plain, max(left, start - _LONGEST_CLAUSE), start)]
    first = next((mark for mark in reversed(marks) if plain[mark:start].strip(" 约近了满有:：")), max(left, start - _LONGEST_CLAUSE))
    if marks and not plain[marks[-1] : start].strip(" 约近了满有:："):
        first = first if _CLOSES.match(plain, end, right) else marks[-1]
    after = _SEGMENT.search(plain, end, min(right, end + _LONGEST_CLAUSE))
    return plain[first : after.start() if after else min(right, end + _LONGEST_CLAUSE)].strip()


def _listed(plain: str, left: int, start: int, end: int, right: int) -> str:
    """The item of a list that semicolons part, if years stand in each: "Surveyor, Gammon, 7 years; Assistant, Leighton, 3 years"."""
    marks = [mark.start() for mark in _ITEM_END.finditer(plain, left, right)]
    before = max((mark + 1 for mark in marks if mark < start), default=left if left == 0 or plain[left - 1] == "\n" else -1)
    behind = min((mark for mark in marks if mark >= end), default=right if plain[right : right + 1] in ("", "\n") else -1)
    return plain[before:behind].strip() if marks and before >= 0 <= behind else ""


def _opened(plain: str, start: int, end: int, otherwise: int) -> int:
    """Return where a bracket opens between two counts of years, if the second stands in it: 调酒师2年（之前外场服务3年）.

    A bracket of nothing but years belongs to what stands before it: SQL（3年）、Python（1年）.
    """
    bracket = plain.rfind("(", start, end)
    is_aside = bracket >= 0 and plain.find(")", bracket, end) < 0 and plain[bracket + 1 : end].strip(" 约近") != ""
    return bracket if is_aside else otherwise


def _headed(plain: str, line: ResumeLine, first: int, before: tuple[int, int]) -> str:
    """Return what stands before a colon at the head of a line, for years further on: "Sales: 3 yrs cars + 2 yrs homes"."""
    colon = plain.find(":", line.start, first)
    has_own = colon < 0 or re.search(r"[:：]|\.\s|[;；]", plain[slice(*before)])
    return "" if has_own else plain[line.start : colon] + " "


def _is_own(plain: str, line: ResumeLine, start: int, end: int) -> bool:
    """Return whether years are of the candidate's own work: not of somebody else's, of a thing's, nor those of a period beside them."""
    if any(period.end <= start and _DURATION_OF_PERIOD.search(plain, period.end, start) for period in line.periods):
        return False
    if any(period.start <= start < period.end for period in line.periods) or _OF_EACH.match(plain, end):
        return False
    before, after = plain[max(line.start, start - 120) : start], plain[end : min(line.end, end + _LONGEST_CLAUSE)]
    left, right = clause_around(plain, start, end)
    left, right = max(left, line.start), min(right, line.end)
    if (
        _STUDIED.search(plain, left if has_cjk(before) else line.start, start)
        or _OF_SOME.search(before)
        or _WISH.search(plain, left, start)
        or before.rfind("《") > before.rfind("》")
    ):
        return False
    if _NO_SPAN.search(before) and not (_RECENTLY.search(before) or _EVER_SINCE.match(after)) and not after.startswith("头"):
        return False
    if _AGO.match(after):
        if not _BEGAN.search(plain, left, right):
            return False
    elif _NO_WORK.match(after) and not TO_NOW.search(after):
        return False
    if _ARTICLE.search(before) and _OF_A_PAPER.search(plain, start, min(line.end, end + _LONGEST_CLAUSE)):
        return False
    if _ADJECTIVE.search(plain[start:end]) and not _EXPERIENCE.match(after):
        return False
    if line.is_of_entry and not (_CLOSED.match(after) or _EXPERIENCE.match(after) or _OF_THESE.search(plain, start, end)):
        return False
    sentence = re.split(r"[。！？!?]|(?<!\b[A-Z])(?<!\.[A-Z][a-z])(?<!\.[A-Z][a-z]{2})\.\s", before)[-1]
    if _ANOTHER.search(sentence) and _OWN.search(plain, end, line.end):
        return False
    if has_cjk(plain[line.start : line.end]):
        clause, *earlier = reversed(re.split(r"[，,]", sentence)[-2:])
        clause = _SEGMENT.split(clause)[-1]
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
