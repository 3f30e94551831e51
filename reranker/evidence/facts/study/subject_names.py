"""Find the names of subjects in a requirement, Chinese and English, each with whether a name that no table has is a subject there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from preprocess.lexicon.characters import has_cjk
from reranker.evidence.facts.mentions import clauses, is_waived
from reranker.evidence.facts.study.levels import LevelMention
from reranker.evidence.facts.study.subjects import entry_words, families, families_asked, table

_PIECE_GAP = re.compile(
    r"[、/／()\[\]:：\s+|·\"“”]|或者?|以及|及(?!其|以上)"
    r"|和|与(?!自动|应用|新媒体|工程|技术|动力|教学|电视|计算|社会|情报|贸易|控制|环境|规划|艺术|信息)"
)
_NO_SUBJECT_OF_STUDY = r"专业(?:知识|技能|素养|英语|术语|培训|判断|精神|人|团队|服务|性|的?态度|水平|化|[四八]级?)"
_WORK = re.compile(
    rf"熟悉|精通|了解|掌握|熟练|负责|能够|经[验历]|(?<!社会)工作|岗位|能力|操作|持证|资格|从事|英语[四六]级|{_NO_SUBJECT_OF_STUDY}"
)
_YEARS_OF_WORK = re.compile(
    r"(?:\d{1,2}|[一两二三四五六七八九十])\s?[+＋]?\s?(?:年|个月)(?:及?以上)?[^，,。；;]{0,20}(?:经[验历]|工作|从业)"
)
_OF_SUBJECT = re.compile(r"专业|科系|学系|系所|系毕|学科|学位|主修|修读|毕业|背景|方向|类|相关|相近|学院|系$")
_NAMES_ANY = re.compile(r"专业|科系|学系|系所|主修|学科")
_PLAIN_SUBJECT = re.compile(rf"(?!{_NO_SUBJECT_OF_STUDY})专业")
_LONGEST_PIECE, _LONGEST_NAME, _LONGEST_ASIDE = 30, 10, 6

# English: a list behind "in" or "of", names right behind an abbreviation, names before "degree".
_LIST = (
    r"(?P<list>[^.;()\n]{2,120}?)"
    r"(?=,? or (?:in )?(?:an? )?(?:any )?(?:other )?(?:closely )?"
    r"(?:related|equivalent|similar|comparable|relevant|allied|higher|above)"
    r"|,? (?:required|preferred|desired|desirable|mandatory|essential|needed|necessary|from|with|plus|at|is|are|must|who|only|completed"
    r"|obtained|recogni[sz]ed|by|within)\b"
    r"| and \d|,? and (?:a |an )?(?:min|at least|valid|relevant exp)|[.;()\n]|$)"
)
_BEHIND = re.compile(
    r"(?:\s?\([^()\n]{1,30}\))?(?:['’]?s)?(?: level| honou?rs| \(?hons\)?)?,?"
    r"(?: degree| qualification| diploma| course| graduates?| programme| program)?s?"
    r"(?: with (?:an? )?(?:major|speciali[sz]ation|concentration|focus))?"
    rf"\s?(?P<of> in| of|,? majoring in|:)?(?: an?| the| either)? {_LIST}",
    re.IGNORECASE,
)
_OF_SCIENCE = re.compile(
    r"(?: of)? (?:applied |social )?(?:science|arts|engineering|technology|philosophy)s?(?: degree)?(?:\s?\([^()\n]{1,30}\))?"
    r"(?: degree)?(?= in)",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"(?:applied )?(?:sciences?|arts|philosophy|technology|research|coursework)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s?\((?P<list>[A-Z][^()\n]{2,40})\)")
_MAJOR = re.compile(
    r"\b(?:major(?:ed|ing)?|specialis(?:ed|ing)|graduates?|graduated|qualifications?|studies|background|discipline)\s?(?:in|of|:)"
    rf" (?:an? )?{_LIST}",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?P<before>(?:[A-Za-z&/-]{1,20},? ){1,6})(?:degrees?|qualifications?|graduates?|majors?|diploma)\b", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s?[,/]\s?|\s?\bor\b\s?|\s?\band\b(?! design| crafts| language)\s?|\s?\be\.g\.?\s?", re.IGNORECASE)
_NO_LIST = re.compile(
    r"\b(?:skills?|knowledge|experienced?|understanding|work|working|years?|certif\w+|licen[cs]e\w*)\b|[^\x00-\x7f’‘]", re.IGNORECASE
)
"""In a clause that asks for something of its own: "strong accounting skills"."""
_ANY = re.compile(r"\s?any\b(?! of\b)", re.IGNORECASE)


def chinese_names(text: str, mentions: Sequence[LevelMention]) -> Iterator[tuple[str, bool]]:
    """Yield the names in the Chinese clauses of a folded requirement, whose levels are `mentions`."""
    blanked = _blanked(text, mentions)
    for start, end in clauses(blanked):
        clause = entry_words(blanked[start:end])
        if years := _YEARS_OF_WORK.search(clause):
            clause = clause[: years.start()]
        if not has_cjk(clause) or "不限" in clause or (_WORK.search(clause) and not _PLAIN_SUBJECT.search(clause)):
            continue
        says_subject = _OF_SUBJECT.search(clause) is not None or any(start <= mention.start < end for mention in mentions)
        names_any = _NAMES_ANY.search(clause) is not None
        for piece in _PIECE_GAP.split(clause) if says_subject or mentions else ():
            name = _bare(piece)
            if len(name) < 2 or _WORK.search(name):
                continue
            if families_asked(name):
                if says_subject or len(name) <= _LONGEST_ASIDE:
                    yield name, False
            elif names_any and len(name) <= _LONGEST_NAME and has_cjk(name):
                yield name, True


def _bare(piece: str) -> str:
    """A piece without the words at its ends that name no subject, unless it is a subject with them (工程类, 教育)."""
    bare = piece.strip(" .,，")
    if len(bare) > _LONGEST_PIECE:
        return ""
    at_start, at_end = _fillers()
    while filler := next((filler for filler in at_start if bare.startswith(filler)), "") or bare[: bare[:1].isdigit()]:
        bare = bare[len(filler) :]
    while filler := next((filler for filler in at_end if bare.endswith(filler)), "") or bare[len(bare) - bare[-1:].isdigit() :]:
        if families_asked(bare) and not families_asked(bare[: -len(filler)]):
            break
        bare = bare[: -len(filler)]
    return bare


def english_names(text: str, mentions: Sequence[LevelMention]) -> Iterator[tuple[str, bool]]:
    """Yield the names behind the levels of a folded requirement, and before "degree"."""
    for mention in mentions:
        words, end = text[mention.start : mention.end].lower(), mention.end
        if is_waived(text, mention.start, end):
            continue
        if science := _OF_SCIENCE.match(text, end):
            end = science.end()
        if match := _BEHIND.match(text, end):
            is_of = match["of"] == " of" or words.endswith(" of")
            if not (is_of and _GENERAL.fullmatch(match["list"].strip())):
                yield from _listed(match["list"], bool(match["of"]) or words.endswith((" in", " of")))
            if aside := _IN_BRACKETS.match(text, match.end()):
                yield from _listed(aside["list"], False)
        elif match := _IN_BRACKETS.match(text, end):
            yield from _listed(match["list"], False)
        for gap in (" in ", " of "):
            yield from _listed(words.partition(gap)[2], False)
    if mentions or re.search(r"\b(?:degree|major|qualification|graduate)", text, re.IGNORECASE):
        for match in _MAJOR.finditer(text):
            yield from _listed(match["list"], True)
        for match in _BEFORE.finditer(text):
            yield from _listed(match["before"], False)


def _listed(names: str, is_list: bool) -> Iterator[tuple[str, bool]]:
    """The names of a list; unless `is_list`, words of any kind stand there, and only those of the table are subjects."""
    if not names or _ANY.match(names):
        return
    parts = _LIST_GAP.split(names)
    for part in parts:
        name = re.sub(r"\s{2,}", " ", _english_fillers().sub(" ", part)).strip(" -,'&")
        is_word = is_list or not (_GENERAL.fullmatch(name) or name.lower() == "education")
        if len(name) >= 2 and is_word and not has_cjk(name) and not re.search(r"\d", name):
            yield name, is_list and len(name.split()) <= 4
    if is_list and families(names) and not any(map(families, parts)):  # names that hold an "and" themselves
        yield names, False


def are_subjects(clause: str) -> bool:
    """Return whether an English clause names nothing but subjects, as one that goes on with a list does: "supply chain or similar"."""
    names = [name for part in _LIST_GAP.split(clause) if (name := _english_fillers().sub(" ", part).strip(" -'&()"))]
    return bool(names) and not _NO_LIST.search(clause) and all(map(families_asked, names))


def _blanked(text: str, mentions: Iterable[LevelMention]) -> str:
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


@cache
def _fillers() -> tuple[list[str], list[str]]:
    """Words to take off the start of a piece, and off its end, the longest first."""
    at_start = sorted(table()["asked"]["fillers"], key=len, reverse=True)
    return at_start, sorted([*at_start, *table()["asked"]["at_end"]], key=len, reverse=True)


@cache
def _english_fillers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table()['asked']['english'])})\b", re.IGNORECASE)
