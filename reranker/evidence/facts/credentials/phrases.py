"""Compare certificates that stand in no table: find what a phrase with a word for a certificate names, and how alike two phrases are.

"保育师资格证", "Approbation", "QBCC licence": a clause counts where it has a word for a certificate, and is compared by what is left of it
without such words: pairs of Chinese characters, stems of Latin words, acronyms with the initials of what they stand for. Levels
("乙级", "三级/高级工", "Level 3", "Cert IV") are put on the scale of their kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from preprocess.lexicon.characters import CJK, SENTENCE_END

MAX_PHRASES = 200
"""Nobody has more; whoever repeats the words takes no more time than that."""
_REACH = 160

HEAD = re.compile(
    r"(?:资格|执业|职业|上岗|操作|许可|从业|等级|作业|合格|结业|注册|岗位|驾驶|技能|专业|人员|等|相关|类|员|师|士|工|长|教|[检化]验|电|任何|有效|无|没|持)证(?:书|照)?(?![券明据实监件])"
    r"|高级技师|(?<=工)技师|技师(?=证|及以上|以上|资格|职业)|(?<!初)[初中高]级工(?![程资作艺])|证书|证照|执照|牌照|(?<!营业)许可证|技[术]士|[甲乙丙]级(?!医院|资质|写字楼|设计院|单位)|资格(?!审|考核|预审)|职称|会员资格|持牌|(?<![未经])注册(?!资|表|用|量|登|会员数|商标"
    r"|公司)|[两二三四]证(?=[都均皆])|(?<!凭)(?<!信用)(?<!验)证(?=[：:(（，,；;。、]|[都均也全]?[没无未]|$)"
    r"|\blicen[cs](?:e|es|ed|ure)\b|\blicencing\b|\bcertificat(?:e|es|ion|ions)\b|\bcertified\b|(?<!post-)(?<!post )\bregist(?:ration"
    r"|ered)\b|\bchartered\b|\baccredit(?:ed|ation)\b"
    r"|\bmember(?:ship)? of\b|\bmembership\b|(?<!post-)(?<!post )\bqualifications?\b|(?<!post-)\bqualified\b|\bcredentials?\b|\bticket\b"
    r"|\bcard\b(?! payment)|\bendorsements?\b|\bpermit\b|\badmitted\b|\badmission\b|\bclearance\b"
    r"|\bun(?:licensed|licenced|qualified|certified|registered|accredited)\b|\bcerts?\b|\blic\b|\bdip\b"
    r"|\bCity & Guilds\b|\b[NS]VQ ?\d?\b|\bBTEC\b|\b(?:QQI|FETAC|NZQA|SCQF|RQF|QCF|NCFE|CACHE|VTCT|TESDA)\b"
    r"|\bNC ?(?:I{1,3}|IV|[1-4])\b|\bpasser\b|\b(?:board|licensure|licensing) exams?\b|\blevel [1-7] (?:award|diploma|certificate|NVQ)\b",
    re.IGNORECASE,
)
_HEAD_ONLY = re.compile(r"证书|证照|证件|执照|牌照|许可证|证|资格|职称|技[术]士|会员|持牌|注册|复审|过期|到期|吊销|撤销|年检|取消|注销|被")
_CLAUSE = re.compile(rf"[，,、{SENTENCE_END}\n|•●]|(?<![A-Z])\. |\s{{3,}}|\s/\s")
_JOINED = re.compile(_CLAUSE.pattern + r"|[及和与或并+/]|\b(?:and|or|(?<!registration )(?<!registered )with|plus)\b|&", re.IGNORECASE)
_NOT_PERSONAL = re.compile(
    r"ISO ?\d{4,5}|津贴|补贴|报销|代办|工作证|学历|学位|英语|外语|日语|语言|CET|雅思|托福|毕业证"
    r"|身份证|营业执照|公司|企业|客户|供应商|产品|商标|证券|\b(?:degrees?|bachelor|master'?s|phd|software licen"
    r"|licen[cs]e management|business card"
    r"|credit card|graphics card|team member|company|customers?|suppliers?|products?|domain)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"没[考拿办]过?|[考拿办]过|领有|持有|持|具备|具有|具|须|需要|需|必须|应|要求|优先|者|有效|证件|有|的|电子|国家|全国|统一|相关|行业|相应|以上|以下|及|或|与|和|并|等|类|有效期内|期内|操作|作业|人员"
    r"|从业|职业|执业|资格|专业|注册|上岗|岗位|考试|取得|考取|获得|通过|已|初级|中级|高级|[一二三四五六]级|[甲乙丙单][一]?级|技[术]士|技师|初级工|中级工|高级工|水平|任何|无|没有|未"
    r"|本人|我自己|自己|我|目前|现|单一级|结业|合格|证书|证照|许可|香港|台湾|可|转|为|由|在|被|因|办|均"
)
_STOP = frozenset(
    "valid current active full clean unencumbered required essential must have has hold holds holder holding held "
    "possess preferred the a an of in "
    "with or and to for as at be is are by equivalent higher above minimum level class grade relevant good standing "
    "exam passed qualified own our "
    "license licence licensed licenced licensing licenses licences licensure certificate certificates certification "
    "certifications certified "
    "registration registered chartered accredited accreditation member membership qualification qualifications "
    "credential credentials ticket card "
    "endorsement endorsements permit admitted admission clearance diploma unlicensed unlicenced unqualified uncertified "
    "unregistered unaccredited state national professional i no "
    "not any all both you your we "
    "will can from on this that until since yes practise practice practising practicing annual work working "
    "least desirable advantage plus ideally role position "
    "none nil date present currently yet ever appropriate recognised recognized similar related industry nvq svq btec "
    "dip qqi fetac nzqa scqf rqf qcf ncfe cache vtct tesda nc nci ncii nciii passer award lvl board exam exams examination "
    "licensing once twice took guilds city got get it done did "
    "new other such using trainee apprentice cert certs lic reg surrendered struck suspended revoked "
    "cancelled canceled expired lapsed pending renewed renewal issued number first-year only never went strong "
    "experience years".split()
)
_WORD = re.compile(r"[A-Za-z][A-Za-z&.'+-]*[A-Za-z+]|[A-Z]\b|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d[A-Za-z\d]{2,}")
_SUFFIX = re.compile(r"(?:ations?|itions?|ings?|ians?|ists?|ants?|ents?|ors?|ers?|ing|ical|ity|ies|ed|es|al|cy|cs|s|y|e|n)$")
_HAN = re.compile(rf"[{CJK}]+")

_SCALES = (
    ("乙级", re.compile(r"(?P<_1>丙级)|(?P<_2>乙级)|(?P<_3>甲级)")),
    (
        "skill",
        re.compile(
            r"(?P<_5>高级技师|一级)|(?P<_4>(?<!高级)技师|二级)|(?P<_3>高级(?!工程师|会计)|三级)|(?P<_2>中级|四级)|(?P<_1>初级|五级)"
        ),
    ),
    ("cert", re.compile(r"(?i:cert(?:ificate)?) (?:(?P<_2>II|2)|(?P<_3>III|3)|(?P<_4>IV|4))\b")),
    (
        "level",
        re.compile(
            r"(?i:\b(?:level|lvl|[NS]VQ(?: level)?|(?:QQI|FETAC|NZQA)(?: level)?|NC|L|stage)\s?)"
            r"(?:(?P<_1>1|I)|(?P<_2>2|II)|(?P<_3>3|III)|(?P<_4>4|IV)"
            r"|(?P<_5>5)|(?P<_6>6)|(?P<_7>7))\b"
        ),
    ),
)


@dataclass(frozen=True)
class Phrase:
    """A clause about a certificate: `tokens` of its subject, `initials` of its words, `grade` (scale, rank) if it has one."""

    tokens: frozenset[str]
    initials: str = ""
    grade: tuple[str, int] | None = None


NOTHING = Phrase(frozenset())


def phrases(text: str, joined: bool = False) -> Iterator[tuple[int, int, Phrase]]:
    """Yield (start, end, phrase) of the clauses of a `folded` text that have a word for a certificate; `joined`: "
    ""and" ends a clause too."""
    start, ends = 0, _JOINED if joined else _CLAUSE
    for head in islice(HEAD.finditer(text), MAX_PHRASES):
        if head.start() < start:
            continue
        left, right = _clause(text, *head.span(), ends)
        start = right
        if not _NOT_PERSONAL.search(text, left, right):
            yield left, right, phrase(text[left:right])


@lru_cache(4096)
def phrase(words: str) -> Phrase:
    """Return what a clause names."""
    return Phrase(_tokens(words), _initials(words), grade(words))


def likeness(asked: Phrase, stated: Phrase) -> float:
    """Return the share of what is asked that the other states, 0 to 1."""
    if not asked.tokens:  # 高级技师证: the level of any trade
        return float(asked.grade is not None and stated.grade is not None and asked.grade[0] == stated.grade[0])
    alike = sum(any(_is_same(token, other) for other in stated.tokens) or _is_spelled(token, stated.initials) for token in asked.tokens)
    spelled = any(_is_spelled(token, asked.initials) for token in stated.tokens)
    return max(alike / len(asked.tokens), 0.8 if spelled else 0.0)


def grade(words: str) -> tuple[str, int] | None:
    """Return (scale, rank) of the level in a clause, the lowest if there are several."""
    for scale, levels in _SCALES:
        if ranks := [int((match.lastgroup or "_0")[1:]) for match in levels.finditer(words)]:
            return scale, min(ranks)
    return None


def grade_steps(asked: tuple[str, int] | None, stated: tuple[str, int] | None) -> int:
    """Return by how many levels the stated one is too low; 0 where it is enough or the scales differ."""
    if asked is None or stated is None or asked[0] != stated[0]:
        return 0
    return max(0, asked[1] - stated[1])


def _clause(text: str, start: int, end: int, ends: re.Pattern[str]) -> tuple[int, int]:
    left = max(0, start - _REACH)
    for mark in ends.finditer(text, left, start):
        left = mark.end()
    mark = ends.search(text, end, min(len(text), end + _REACH))
    return left, mark.start() if mark else min(len(text), end + _REACH)


def _tokens(words: str) -> frozenset[str]:
    latin = (word for word in _WORD.findall(words) if word.lower() not in _STOP)
    chinese = _HAN.findall(_FILLER.sub(" ", _HEAD_ONLY.sub(" ", words)))
    pairs = (a + b for run in chinese for a, b in pairwise(run))
    return frozenset([*(_stem(word) for word in latin), *pairs])


def _stem(word: str) -> str:
    plain = word.replace(".", "")
    if plain.isupper():
        return plain
    lower = plain.lower().removesuffix("'s")
    stem = _SUFFIX.sub("", _SUFFIX.sub("", lower)) if len(lower) > 7 else _SUFFIX.sub("", lower) if len(lower) > 4 else lower
    return stem if len(stem) >= 3 else lower


def _is_same(token: str, other: str) -> bool:
    if token == other or token.lower() == other.lower():
        return True
    short, long = sorted((token.lower(), other.lower()), key=len)
    return len(short) >= 4 and short.isascii() and not (token.isupper() or other.isupper()) and long.startswith(short[:6])


def _is_spelled(token: str, initials: str) -> bool:
    return len(token) >= 3 and token.isupper() and token.lower() in initials


def _initials(words: str) -> str:
    return "".join(word[0].lower() for word in re.findall(r"[A-Za-z]+", words) if word.lower() not in {"of", "the", "and", "in", "for"})
