"""Compute features of a resume's wording, independent of the job: results in figures, ownership, collaboration, projects, years."""

import re
from collections.abc import Sequence

from preprocess.lexicon.characters import ENGLISH_SENTENCE_END, SENTENCE_END
from preprocess.lexicon.headings import heading_kind
from reranker.evidence.facts import years
from reranker.evidence.facts.career.experience import Experience
from reranker.evidence.facts.contract import Fact
from reranker.evidence.outcomes import is_result
from reranker.evidence.resume_text.lines import read_lines

MAX_CHARACTERS = 20_000
ENOUGH = 3
"""Sentences of a kind that give 0.5; the tenth adds next to nothing."""

_SENTENCE = re.compile(rf"[\n\r{SENTENCE_END}]+|{ENGLISH_SENTENCE_END.pattern}")
_OWNERSHIP = re.compile(
    r"(?<!未)(?:主导|负责|牵头|主持|全权|独立(?:完成|设计|开发|负责|承担|搭建|推动|主持)|独自"
    r"|从\s?[0零]\s?(?:到|至|开始|搭建)|带领|创建|发起|创立|拍板)"
    r"|\b(?:led|owned?|owner of|architected|spearheaded|founded|headed|drove|initiated|championed"
    r"|sole (?:developer|engineer|author)|single-handedly|took ownership|responsible for|from scratch|end[- ]to[- ]end)\b",
    re.IGNORECASE,
)
_COLLABORATION = re.compile(
    r"跨(?:部门|团队|职能|组|地域|端)|协作|协同|协调|配合|对接|联合|共同|沟通|带教|指导|培养|辅导|结对|分享会|内部分享|评审会"
    r"|\b(?:cross[- ](?:functional|team)|collaborat\w+|partner(?:ed|ing) with|work(?:ed|ing) (?:closely )?with|together with"
    r"|alongside|stakeholders?|coordinat\w+|mentor\w*|coach\w*|paired with|liais\w+|facilitat\w+|presented (?:\w+ )?to)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"(?:良好|较强|优秀|出色|很强|强|具备|具有|善于|擅长|乐于|注重|富有)[^，。；\n]{0,14}(?:能力|精神|意识|协作|合作|沟通|责任心)"
    r"|(?:能力|意识|精神)强"
    r"|\b(?:team player|(?:good|strong|excellent|great) (?:\w+ ){0,3}skills|able to|ability to|willing to)\b",
    re.IGNORECASE,
)
_PROJECTS = frozenset({"project", "open_source"})
"""Kinds of sections that tell of projects."""
_PROJECT = re.compile(
    r"项目|上线|落地|从\s?[0零]\s?(?:到|至|开始|搭建)|搭建|自研|重构|开源|原型|交付"
    r"|\b(?:projects?|built|shipped|launched|rebuilt|prototyp\w+|open[- ]source\w*|hackathon|from scratch|delivered|delivery of)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of the first MAX_CHARACTERS characters, stripped, without empty ones."""
    return [part for piece in _SENTENCE.split(text[:MAX_CHARACTERS]) if (part := piece.strip())]


def wording(text: str) -> dict[str, float]:
    """Return five features in 0..1, in linear time.

    `quantified`, `ownership`, `collaboration`: n / (n + ENOUGH) for n sentences that state a result in figures, that tell of work led, of
    work with others; for the latter two, mere claims of being good at something do not count. `projects`: the share of the text that tells
    of projects. `tenure`: years of work / (years + 5).
    """
    parts = sentences(text)
    told = [part for part in parts if not _CLAIM.search(part)]
    worked = years.held(_experience(text[:MAX_CHARACTERS])) or 0.0
    return {
        "quantified": _saturating(sum(is_result(part) for part in parts)),
        "ownership": _saturating(sum(_OWNERSHIP.search(part) is not None for part in told)),
        "collaboration": _saturating(sum(_COLLABORATION.search(part) is not None for part in told)),
        "projects": _project_share(parts),
        "tenure": worked / (worked + 5),
    }


def _experience(text: str) -> Sequence[Fact[Experience]]:
    """Return what a text says of experience; what was read of it for its match points is not read again."""
    lines = read_lines(text)
    return lines.experience if lines.is_complete else years.stated(text)


def _saturating(count: int) -> float:
    return count / (count + ENOUGH)


def _project_share(parts: list[str]) -> float:
    """Return the share of the characters outside headings that are in a section on projects or in a sentence about one."""
    is_section, of_projects, total = False, 0, 0
    for part in parts:
        if kind := heading_kind(part):
            is_section = kind in _PROJECTS
            continue
        total += len(part)
        of_projects += len(part) if is_section or _PROJECT.search(part) else 0
    return of_projects / total if total else 0.0
