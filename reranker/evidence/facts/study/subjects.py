"""Subjects of study by families, so that 财务管理 answers a demand for 会计相关专业: what a job names, what an entry of a resume names."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import has_cjk
from reranker.evidence.facts.mentions import clauses, is_waived, pattern
from reranker.evidence.facts.study.levels import LevelMention

_TABLE = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))

# Chinese: a clause is cut into pieces, and what says nothing is taken off both ends of each.
_PIECE_GAP = re.compile(
    r"[、/／()\[\]:：\s+|·\"“”]|或者?|以及|及(?!其|以上)|和|与(?!自动|应用|新媒体|工程|技术|动力|教学|电视|计算|社会|情报|贸易|控制|环境|规划|艺术|信息)"
)
_WORK = re.compile(
    r"熟悉|精通|了解|掌握|熟练|负责|能够|经[验历]|工作|岗位|能力|操作|持证|资格|从事|英语[四六]级|专业[四八]级?"
    r"|专业(?:知识|技能|素养|英语|术语|培训|判断|精神|人|团队|服务|性|的?态度|水平|化)"
)
_YEARS_OF_WORK = re.compile(
    r"(?:\d+|[一两二三四五六七八九十]+)\s?[+＋]?\s?(?:年|个月)(?:及?以上)?[^，,。；;]{0,20}(?:经[验历]|工作|从业).*"
)
_OF_SUBJECT = re.compile(r"专业|科系|学系|系所|系畢|系毕|学科|学位|主修|修读|毕业|背景|方向|类|相关|相近|学院|系$")
_NAMES_ANY = re.compile(r"专业|科系|学系|系所|主修|学科")
_FILLER = (
    r"(?:及|或)?(?:以上|以下)|起|学历|学位|文凭|毕业证?书?|毕业生?|毕|生|应届|20\d\d|\d+|届|年|优先考虑|优先|要求|必须|须|需要?|具备|具有|持有?|拥有|取得|获得?|已|教育|文化程度|文化"
    r"|程度|背景|研究方向|方向|等?相关|相近|对口|所学|专业|科系|学系|系所|系|等|类别|类|领域|门类|学科|均可|亦可|皆可|也可|可|院校|高校|大学|学院|国家承认|国家|教育部|正规|公办|重点|普通|一本|二本"
    r"|统招|全日制|非全日制|日间部|第一|本地|认可|承认|海外|留学|境外|国内外|国内|985|211|双一流|C9|面向|在校|在读|至少|最好|本人|之|的|为|是|有|同等|学力|双证|齐全|经?留服认证|认证|自考|成考|函授|不限|主修|修读|者|以|人员"
    r"|同类|其他|其它|较|紧密|任一|任意|任何|一种|理想|最低|不低于|不少于|比如|例如|如|包括|但不限于|男|女|性"
)
_AT_START, _AT_END = re.compile(rf"^(?:{_FILLER})+"), re.compile(rf"(?:{_FILLER})+$")

# English: a list behind "in" or "of", names right behind an abbreviation, names before "degree".
_LIST = (
    r"(?P<list>[^.;()\n]{2,120}?)(?=,? or (?:in )?(?:an? )?(?:any )?(?:other )?(?:closely )?(?:related|equivalent|similar|comparable|relevant|allied|higher|above)"
    r"|,? (?:required|preferred|desired|desirable|mandatory|essential|needed|necessary|from|with|plus|at|is|are|must|who|only|completed|obtained|recogni[sz]ed|by|within)\b"
    r"| and \d|,? and (?:a |an )?(?:min|at least|valid|relevant exp)|[.;()\n]|$)"
)
_BEHIND = re.compile(
    r"(?:\s?\([^()\n]{1,30}\))?(?:['’]?s)?(?: level| honou?rs| \(?hons\)?)?,?(?: degree| qualification| diploma| course| graduates?| programme| program)?s?"
    r"(?: with (?:an? )?(?:major|speciali[sz]ation|concentration|focus))?\s?(?P<of> in| of|,? majoring in|:)?(?: an?| the| either)? "
    + _LIST,
    re.IGNORECASE,
)
_OF_SCIENCE = re.compile(
    r"(?: of)? (?:applied |social )?(?:science|arts|engineering|technology|philosophy)s?(?: degree)?(?:\s?\([^()\n]{1,30}\))?(?: degree)? in",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"(?:applied )?(?:sciences?|arts|philosophy|technology|research|coursework)", re.IGNORECASE)
_MAJOR = re.compile(
    r"\b(?:major(?:ed|ing)?|specialis(?:ed|ing)|graduates?|graduated|qualifications?|studies|background|discipline)\s?(?:in|of|:) (?:an? )?"
    + _LIST,
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?P<before>(?:[A-Za-z&/-]{1,20},? ){1,6})(?:degrees?|qualifications?|graduates?|majors?|diploma)\b", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s?[,/]\s?|\s?\bor\b\s?|\s?\band\b(?! design| crafts| language)\s?|\s?\be\.g\.?\s?", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:an?|the|any|other|another|related|relevant|similar|equivalent|comparable|fields?|subjects?|area|discipline|bachelor'?s?|master'?s?|doctorate|university"
    r"|college|first|good|strong|completed|accredited|recogni[sz]ed|honours|honors|undergraduate|postgraduate|required|preferred|advanced|degrees?|course|qualification|qualifying"
    r"|of|in|level|degree-level|tertiary|minimum|least|at|holder|specialisation|major|full-time|only|valid|closely|such as|preferably|ideally|must|have|hold|you|possess|your|with|to|educated|studies|four-year|graduate|who|completion|is|we)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SubjectDemand:
    """What a job names: `families` of the table, those `near` that count too where it says "related", `names` that the table lacks."""

    families: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    is_implied: bool = False
    """The subject is only that of the degree's name: MBA."""

    def __bool__(self) -> bool:
        return bool(self.families or self.names)

    def is_met_by(self, subjects: frozenset[str], words: str) -> bool:
        """Return whether an entry with these subjects, or these words, is of a subject asked for."""
        return bool((self.families | self.near) & subjects) or any(name.lower() in words.lower() for name in self.names)


_NO_SUBJECT = re.compile(
    r"(?:成人|网络|远程|继续|高等|开放|职业|义务|学历|国民)教育|教育(?:背景|经历|程度|情况|信息|部|学院|集团|机构)|(?:最高)?教育(?=\s?[:：])|^教育(?=\s)|政治面貌"
    r"|(?:大学|商务)?英语[四六]级|英语水平|专业[四八]级|\beducation(?:al)? ?(?:background|history)?(?=\s?[:\-–—|])|\bhigher education\b|^education\s*$"
    r"|\b(?:doctor|master|bachelor) of philosophy\b",
    re.IGNORECASE | re.MULTILINE,
)
_GENERAL_FAMILIES = frozenset({"general_engineering", "general_science"})
"""Of a degree by its name (B.Tech, 工学学士), whatever its subject."""
_RELATED = re.compile(r"相关|相近|类|related|similar|relevant|equivalent|comparable|allied|cognate", re.IGNORECASE)


def subjects_asked(text: str, mentions: Sequence[LevelMention]) -> SubjectDemand:
    """Return the subjects that a folded requirement names; `mentions` are its levels."""
    known: set[str] = set()
    names: list[str] = []
    for name, may_be_unknown in [*_chinese_names(text, mentions), *_english_names(text, mentions)]:
        found = families_asked(name)
        known |= found
        if not found and may_be_unknown:
            names.append(name)
    of_levels = [families(text[mention.start : mention.end]) for mention in mentions]
    is_implied = not known and not names
    if not is_implied:  # "M.Com or MBA (Finance)"
        known |= frozenset().union(*of_levels) - _GENERAL_FAMILIES
    elif of_levels and all(of_levels):  # "MBA", unless any other degree of its level will do
        known = set().union(*of_levels) - {"general_science"}
    near = frozenset(other for family in known for other in _TABLE["subjects"][family]["near"]) if _RELATED.search(text) else frozenset()
    return SubjectDemand(frozenset(known), near, tuple(dict.fromkeys(names)), is_implied)


def entry_words(text: str) -> str:
    """Return an entry without the words that look like subjects and are labels, kinds of study or tests: 教育背景, 成人教育, 英语六级."""
    return _NO_SUBJECT.sub(" ", text)


def families(words: str) -> frozenset[str]:
    """Return the families of subjects that a text names."""
    return frozenset(family for family, names in _subjects().items() if names.search(words))


def families_asked(name: str) -> frozenset[str]:
    """Return the families of a subject that a job names; those of a group where it names one (理工科, "engineering")."""
    bare = re.sub(
        r"(?:学科|学院|学系|[类科系])+$|\b(?:field|subject|discipline|science)s?$",
        lambda tail: tail[0] if "science" in tail[0] else "",
        name.strip(),
    ).strip()
    for group, members in _TABLE["groups"].items():
        if bare.lower().rstrip("s") in (group.lower(), group.lower().rstrip("类")):
            return families(name) | frozenset(members)
    return families(name)


def _chinese_names(text: str, mentions: Sequence[LevelMention]) -> Iterator[tuple[str, bool]]:
    """Yield the names in Chinese clauses, and whether a name that the table lacks is one there."""
    if not has_cjk(text):
        return
    blanked = _blanked(text, mentions)
    is_degree_line = bool(mentions)
    for start, end in clauses(blanked):
        clause = _YEARS_OF_WORK.sub("", blanked[start:end])
        if not has_cjk(clause) or "不限" in clause:
            continue
        says_subject = _OF_SUBJECT.search(clause) is not None or any(start <= mention.start < end for mention in mentions)
        names_any = _NAMES_ANY.search(clause) is not None
        if _WORK.search(clause) and not re.search(
            r"(?<!非)专业(?!知识|技能|素养|英语|术语|培训|判断|精神|人|团队|服务|性|的?态度|水平|化|[四八])", clause
        ):
            continue
        if not says_subject and not is_degree_line:
            continue
        for piece in _PIECE_GAP.split(clause):
            name = _bare(piece)
            if len(name) < 2:
                continue
            if _WORK.search(name):
                continue
            if families_asked(name):
                if says_subject or len(name) <= 6:
                    yield name, False
            elif names_any and len(name) <= 10 and has_cjk(name):
                yield re.sub(r"(?<=..)学$", "", name), True


def _bare(piece: str) -> str:
    """A piece without the words at its ends that name no subject, unless it is a subject with them (工程类)."""
    piece = piece.strip(" .,，")
    if len(piece) > 30:
        return ""
    bare = _AT_START.sub("", piece)
    while len(shorter := _AT_END.sub("", bare)) >= 2 and shorter != bare:
        if not families_asked(shorter) and families_asked(bare):
            break
        bare = shorter
    return bare if _AT_END.sub("", bare) else ""


def _english_names(text: str, mentions: Sequence[LevelMention]) -> Iterator[tuple[str, bool]]:
    """Yield the names behind levels and before "degree", and whether a name that the table lacks is one there."""
    spans = [(mention.start, mention.end) for mention in mentions]
    for start, end in spans:
        mention = text[start:end].lower()
        if is_waived(text, start, end):
            continue
        if science := _OF_SCIENCE.match(text, end):
            end = science.end() - 3
        if match := _BEHIND.match(text, end):
            is_list = bool(match["of"]) or mention.endswith((" in", " of"))
            is_of = match["of"] == " of" or mention.endswith(" of")
            if not (is_of and _GENERAL.fullmatch(match["list"].strip())):
                yield from _listed(match["list"], is_list)
        elif inner := re.match(r"\s?\((?P<list>[A-Z][^()\n]{2,40})\)", text[end:]):
            yield from _listed(inner["list"], False)
        if re.search(r" (?:in|of) [a-z]", mention):
            yield from _listed(re.sub(r"^.*? (?:in|of) ", "", mention), False)
    if spans or re.search(r"\b(?:degree|major|qualification|graduate)", text, re.IGNORECASE):
        for match in _MAJOR.finditer(text):
            yield from _listed(match["list"], True)
        for match in _BEFORE.finditer(text):
            yield from _listed(match["before"], False)


def _listed(names: str, is_list: bool) -> Iterator[tuple[str, bool]]:
    if re.match(r"\s?any\b", names, re.IGNORECASE) and not re.search(r"\bany of\b", names, re.IGNORECASE):
        return
    for part in _LIST_GAP.split(names):
        name = re.sub(r"\s{2,}", " ", _NO_NAME.sub(" ", part)).strip(" -,'&")
        if (
            len(name) >= 2
            and not has_cjk(name)
            and not re.search(r"\d", name)
            and (is_list or not _GENERAL.fullmatch(name))
            and (is_list or name.lower() != "education")
        ):
            yield name, is_list and len(name.split()) <= 4
    if families(names) and is_list and not any(families(part) for part in _LIST_GAP.split(names)):
        yield names, False


def _blanked(text: str, mentions: Iterable[LevelMention]) -> str:
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


@cache
def _subjects() -> dict[str, re.Pattern[str]]:
    return {family: re.compile(pattern(entry["names"])) for family, entry in _TABLE["subjects"].items()}
