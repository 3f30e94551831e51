"""Blank out what a resume tells of wishes, aims and promises, and the job that it is written for: they prove nothing that was done.

Goals of a business ("目标5000万，完成5600万") and conditions that are accepted ("愿意出差") stay.
"""

import re
from collections.abc import Iterator

from preprocess.lexicon.characters import SENTENCE_END, simplified
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.facts.willingness import CONDITION

_CLAUSE = re.compile(rf"(?:[^，,{SENTENCE_END}\n.]|\.(?!\s))+")
_SELF = (
    r"^\W{0,4}(?:自我评价[:：])?(?:本人|我|个人|自己|现|目前|今后|未来|将来|同时|也|更|非常|很|一直|真诚|由衷|特别|并且?|因此|所以|故){0,3}"
)
_CAREER = (
    r"成为|做到|当上|升[至到为任]|晋升|晋级|转行|转做|转型|从事|担任|胜任|带领?(?!动|来)|管理|独立|独当|考取|考到|发展|做一?名|负责"
    r"|学习|积累|挑战|提升"
)
_WISH = re.compile(
    rf"{_SELF}(?:希望(?!小学|工程|之|杯|学校|中学|集团|教育)|期望(?!薪|值|职|岗|工作|月|年|城市|地点|行业)|期待|盼望|渴望|向往|打算|有意(?:向|愿)?(?!义|识|思)|立志|志在|有志|力争"
    r"|欲(?=从事|转|求)|拟(?=从事|转|考|应聘))"
    rf"|{_SELF}(?:愿意?|想要?|争取|计划|准备)(?=[^，。]{{0,12}}(?:{_CAREER}|往|转|进入|加入|投身|回到))(?!到供应商|到客户|到了|排产|部|员|书)"
    rf"|(?:目标|规划|梦想|理想|愿望)(?:是|为|[:：])(?=[^，。]{{0,40}}(?:{_CAREER}))"
    r"|(?:未来|今后|将来|入职后|接下来)[^，。]{0,8}(?:[将会想要]|希望|计划|争取|力争)"
    r"|(?:具备|具有|拥有|有)[^，。]{0,40}(?:潜力|潜质|潜能)$"
    r"|有(?:很大|足够|极大|较大)?的?(?:潜力|潜质|信心|决心|把握|意愿|兴趣)(?:成为|担任|胜任|做|带|从事|往|在)"
    rf"|{_SELF}(?:相信|坚信|自信|深信)(?=[^，。]{{0,40}}[能会可])"
    r"|^\W*(?:I(?:'m| am)? )?(?:(?:now |also |currently |really )?"
    r"(?:hop(?:e|ing)|aim(?:ing)?|want(?:ing)?|wish(?:ing)?|look(?:ing)?|seek(?:ing)?|plan(?:ning)?"
    r"|aspir(?:e|ing)|intend(?:ing)?|would (?:like|love)|eager|keen|ready) to\b|dream(?:ing)? (?:of|to)\b)"
    r"|^\W*(?:(?:my|career|professional|long-term|short-term) ){0,3}(?:goal|aim|objective|ambition|dream|aspiration)s?(?: is|:) to\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"^\W{{0,2}}(?:并|且|也|能够?|可以|从而|同时|逐步|进一步|最终){{0,2}}(?:{_CAREER}|完成|实现|与公司|和公司|为公司)(?![^，。]*[过了]|[^，。]*\d{{4}}年)"
)
"""What is wished for in the next clause: "…做到区域经理，带5人以上销售团队"."""
_DONE = re.compile(r"已经?(?!婚)|完成率|达成|超额|实际|目前[带管]|现[带管任]|曾|\bachieved\b")
_LABEL = re.compile(
    r"(?:求职(?:意向|意愿|目标|岗位|职位)|应聘(?:职位|岗位|意向)?|(?:期望|希望|意向|目标|申请|投递)(?:职位|岗位|工作|职务)|应[征聘](?:职位|职务|项目)?"
    r"|(?:desired|target) (?:position|role|job)|position (?:sought|applied for|desired))"
    r"\s*[:：|｜]\s*(?P<job>[^\s|｜，,；;][^|｜，,；;\n]*?)(?=\s{2,}|\s?[|｜，,；;\n]|$)",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[^|｜，,；;\n\t ]+(?: [^|｜，,；;\n\t ]+)*")
_LONGEST_JOB = 24
_TELLS = re.compile(r"\d\s?年|经[验历]|\byears?\b|[:：]")


def without_wishes(text: str) -> str:
    """Return the text with blanks in place of wishes and of the job applied for, so that every other character stays where it stood."""
    plain = simplified(text)
    characters = list(text)
    for start, end in _wished(plain):
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _wished(plain: str) -> Iterator[tuple[int, int]]:
    section = None
    for line in re.finditer(r"[^\n]+", plain):
        if kind := heading_kind(line[0].strip()):
            section = kind
            continue
        for label in _LABEL.finditer(plain, *line.span()):
            if not CONDITION.search(label["job"]):
                yield label.span("job")
        if section == "objective":
            for part in _SEGMENT.finditer(plain, *line.span()):
                if len(part[0]) <= _LONGEST_JOB and not (CONDITION.search(part[0]) or _TELLS.search(part[0])):
                    yield part.span()
        yield from _wished_clauses(plain, *line.span())


def _wished_clauses(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    is_wish, last = False, start
    for match in _CLAUSE.finditer(plain, start, end):
        clause = match[0].strip()
        is_new = re.search(rf"[{SENTENCE_END}.]", plain[last : match.start()]) is not None
        is_wish = _WISH.search(clause) is not None or (is_wish and not is_new and _GOES_ON.search(clause) is not None)
        is_wish = is_wish and not (CONDITION.search(clause) or _DONE.search(clause))
        last = match.end()
        if is_wish:
            lead = len(match[0]) - len(match[0].lstrip())
            yield match.start() + lead, match.start() + lead + len(clause)
