"""Find the lines of a resume whose work counts for a requirement, in full or in part: by years, people led, help given, the same words."""

import re
from collections import Counter

from preprocess.lexicon.characters import CJK
from preprocess.lexicon.date_forms import MONTH_NAME, NOW, UNTIL_NOW, WORDS, any_word
from reranker.evidence.facts import years
from reranker.evidence.facts.career.rank import without_ranks_of_others
from reranker.evidence.facts.career.rivals import is_other_position
from reranker.evidence.facts.mentions import folded
from reranker.evidence.parsed_requirement import ParsedRequirement
from reranker.evidence.resume_text.lines import ResumeLines
from reranker.evidence.topics import LEADING

_DATES = re.compile(
    rf"{any_word([*WORDS['joints']['words'], *WORDS['since']['before']])}|{MONTH_NAME}|{NOW}|{UNTIL_NOW}|[年月日]", re.IGNORECASE
)
"""What a line of nothing but dates has beside digits."""
_A_TEAM = 2
_ASSISTANT = re.compile(r"助理(?!工程师|会计师|审计师|研究员|教授|医师|律师|设计师|讲师|店长|总监|经理)")
_HELPS = re.compile(
    r"(?:每[日天周月季年]度?|日常|定期|长期|主要|平时)?(?:协助|配合|辅助|参与|为[^，。；]{1,10}(?:准备|提供|整理|编写|制作))(?!并|且)|\b(?:assist(?:ed|s|ing)?|support(?:ed|s|ing)?|help(?:ed|s|ing)?)\b",
    re.IGNORECASE,
)

_LONG_RUN = 6
_CHINESE_RUN = re.compile(rf"[{CJK}]{{{_LONG_RUN},}}")
_SAYS_LITTLE = re.compile(r"经[验历]|能力|公司|企业|行业|专业|工作|岗位|相关|以上|负责|优先|熟悉|部门|业务|项目|客户|团队|管理")
_SEVERAL_WORDS, _MOST_OF_A_LINE, _STEM = 3, 0.7, 5
_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z-]{3,}")
_NAMES_NOTHING = frozenset(
    "with from that this have been were will your their including experience knowledge strong good excellent ability skills working worked"
    " work using other such into over about within across ensure support team teams able understanding years relevant similar".split()
)


def year_lines(asked: ParsedRequirement, resume: ResumeLines) -> tuple[int, ...]:
    """Return the lines that show years that count, those for the most demands first, the latest work before claims.

    They are the lines with the dates, the titles above bare dates, and claims.
    """
    counts: Counter[int] = Counter()
    for demand in asked.years or ():
        heads = [_head(resume, fact.start) for fact in years.of_subject((demand,), resume.experience)]
        heads += [resume.line_at(fact.start) for fact in years.claims_of_subject((demand,), resume.experience)]
        counts.update(line for line in dict.fromkeys(heads) if line is not None)
    return tuple(line for line, _ in counts.most_common())


def _head(resume: ResumeLines, start: int) -> int | None:
    line = resume.line_at(start)
    if line is None:
        return None
    is_bare = not re.search(r"[^\W\d_]{2}", _DATES.sub(" ", resume.lines[line]))
    return line - 1 if is_bare and line else line


def led(asked: ParsedRequirement, resume: ResumeLines) -> int | None:
    """Return the line that counts people whom the candidate led, where leading people is asked for."""
    if not (asked.leads or asked.leads_too):
        return None
    led = [fact for fact in resume.numbers if fact.value.kind == "people" and fact.value.amount >= _A_TEAM and fact.certainty == 1]
    lines = [line for fact in sorted(led, key=lambda fact: -fact.value.amount) if (line := resume.line_at(fact.start)) is not None]
    at_work = [line for line in lines if line in resume.of_work] if resume.of_work else lines
    return next(iter(at_work or lines), None)


def is_led_elsewhere(asked: ParsedRequirement, line: int | None, resume: ResumeLines) -> bool:
    """Return whether the people on a line were led outside of work, or in work of another trade than the team that is asked for."""
    if line is None or not resume.of_work:
        return False
    entry = resume.entry_of(line)
    return entry is None or bool(asked.leads_trades and not asked.leads_trades & entry.trades)


def of_students(asked: ParsedRequirement, resume: ResumeLines) -> frozenset[int]:
    """Return the lines of students' clubs, where people are to have been led: who led fellow students has led no staff."""
    asks_to_lead = asked.leads or asked.leads_too or any(topic.name == LEADING for topic in asked.topics)
    return resume.of_clubs if asks_to_lead else frozenset()


def is_beside(asked: ParsedRequirement, line: int, resume: ResumeLines) -> bool:
    """Return whether a line of work tells of helping with what is asked for, or is of a position that does other work."""
    entry = resume.entry_of(line)
    is_other = entry is not None and is_other_position(entry.kinds, asked.positions)
    plain = folded(resume.lines[line]) if asked.rank else ""
    is_of_superior = asked.rank in plain and asked.rank not in without_ranks_of_others(plain) if plain else False
    is_helper = entry is not None and (entry.kind == "internship" or _ASSISTANT.search(entry.words.split("\n", 1)[0]) is not None)
    return (
        is_other
        or is_of_superior
        or (asked.is_own_work and _HELPS.match(resume.lines[line]) is not None)
        or (asked.is_done_alone and is_helper)
    )


def echoing(asked: ParsedRequirement, resume: ResumeLines) -> frozenset[int]:
    """Return the lines of dated work that share a run of Chinese characters with the requirement, long enough to name a thing, or that
    say hardly anything but several of its English words: "Planned agency labour for peak".
    """
    if asked.years is not None or asked.only_facts:
        return frozenset()
    runs = {run[at : at + _LONG_RUN] for run in _CHINESE_RUN.findall(asked.rest) for at in range(len(run) - _LONG_RUN + 1)}
    runs = {run for run in runs if not _SAYS_LITTLE.search(run)}
    words = _stems(asked.rest)
    own = resume.of_work - resume.listed - resume.copied - resume.denials.keys()
    return frozenset(
        line for line in own if any(run in resume.lines[line] for run in runs) or _says_only(_stems(resume.lines[line]), words)
    )


def _says_only(said: frozenset[str], wanted: frozenset[str]) -> bool:
    shared = said & wanted
    return len(shared) >= _SEVERAL_WORDS and len(shared) >= _MOST_OF_A_LINE * len(said)


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the English words of a text that name a thing."""
    return frozenset(word.lower()[:_STEM] for word in _ENGLISH_WORD.findall(text) if word.lower() not in _NAMES_NOTHING)
