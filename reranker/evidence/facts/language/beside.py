"""Read what stands beside a language's name: a level, a use, a degree, or a deed of the owner's in that language."""

import re

from reranker.evidence.facts.language.skills import bare_skills_in, levels_in, skills_named
from reranker.evidence.facts.language.words import TABLE, of_people, said_ahead, with_people, words_of

_SKILLS_THAT_ARE_A_LEVEL = 3
"""So many skills that are only named show a level: "English - speak/read/write"."""

_ONLY = re.compile(r"[^，。；;\n]{0,4}(?:只会|就会|只懂)")
_SCALE = re.compile(r"(?<![A-Za-z])[ABC][12](?![A-Za-z0-9])")
_ENDS = re.compile(
    r"\s{0,3}(?:$|[^\sA-Za-z]|(?:and|or|with|for|at|in|to|every|daily|during|when|on|over|by|but|as|while|across|each|all|from|since"
    r"|throughout|literature|philology|studies|linguistics|language)\b)"
)
_IN = re.compile(r"\b(?:in|through|using|into)\s(?:both\s)?$", re.IGNORECASE)
_TAUGHT_IN = re.compile(
    r"\b(?:interest(?:s|ed)?|courses?|class(?:es)?|lessons?|degree|diploma|certificates?|major(?:ed|ing)?|minor|GCSE|A-?levels?|BA|MA"
    r"|bachelor\S{0,2}|master\S{0,2}|beginner|exam|qualification|streak|tuition|evening|books?|films?)\s(?:[a-z]{1,16}\s)?in\s$",
    re.IGNORECASE,
)
_HELD_IN = re.compile(r"\b(?:taught|held|conducted|delivered)\sin\s$", re.IGNORECASE)
_APPLY = re.compile(
    r"\b(?:apply|send|submit|cv|resume|applications?|available|based|located|printed|lessons?|courses?|training|version)\b", re.IGNORECASE
)
_SPEAKER = re.compile(r"(?:-speaking|\sspeaker)\s{0,2}(?:$|[^\sA-Za-z])")
_BUT_MUTE = re.compile(r"(?:会|能|可以)听(?:得?懂)?[，,]?(?:但|却)?不(?:太)?[会能][说讲]?$")
_READS = re.compile(
    r"(?:看|读|阅|听)得?懂$|(?:阅读|查阅|翻阅|浏览|查看)$|[能会可](?:以)?[看读]$|\b(?:reads?|reading|understands?) $", re.IGNORECASE
)
_WRITES = re.compile(r"写|回复|沟通|交流|会话|汇报|谈判|\b(?:writ|repl|speak|convers|present)", re.IGNORECASE)
_READING = 3
"""The level of whoever reads mails or documents, and is not said to write or speak: 能看懂英文邮件."""
_WITH = re.compile(r"[跟和与同陪给向][^，。；、]{1,16}[讲说用以聊谈]\s?$")
_DEED = re.compile(
    r"\W{0,3}(?:also |I (?:also )?)?(?:[A-Za-z]{1,16}(?:ed|ing)|led|taught|ran|gave|wrote|held|sold|spoke|dealt)\b",
    re.IGNORECASE,
)


def level_beside(ahead: str, behind: str, in_job: bool) -> tuple[int | None, float]:
    """Return (level, certainty) by the words in front of a name or list, or behind it; then by use and degree."""
    if not in_job and _ONLY.match(behind):
        return 1, 1.0
    if not in_job and of_people().match(behind):
        return None, 0.0
    is_label = behind.lstrip(" ")[:1] in (":", "：")
    pieces = (behind, ahead) if is_label or not ahead.strip(" (:：-") or _SCALE.search(behind) else (ahead, behind)
    if not in_job and not any(map(levels_in, pieces)) and any(words_of("both").search(words) for words in pieces):
        return TABLE["both"]["level"], 0.9
    said = (level for read in (levels_in, bare_skills_in) for words in pieces if (level := read(words)))
    used = 0 if in_job else _used(ahead, behind)
    if level := next(said, None):
        return (min(level) if in_job else max(*level, used if used == TABLE["use"]["level"] else 0)), 1.0
    if not in_job and (_SPEAKER.match(behind) or max(len(skills_named(ahead)), len(skills_named(behind))) >= _SKILLS_THAT_ARE_A_LEVEL):
        return TABLE["use"]["level"], 0.8
    if words_of("major").match(behind.lstrip(" ")) or (behind.strip() == "专业" and not in_job):
        return TABLE["major"]["level"], 0.7
    if not in_job and _READS.search(ahead) and not _WRITES.search(behind):
        return _READING, 0.8
    if words_of("use").search(behind) or words_of("use").search(ahead) or with_people().search(behind):
        return (TABLE["use"]["asked_level"] if in_job else TABLE["use"]["level"]), 0.8
    if used:
        return used, 0.8
    if _IN.search(ahead) and _ENDS.match(behind) and not (_TAUGHT_IN.search(ahead) or (in_job and _APPLY.search(ahead))):
        return TABLE["use"]["asked_level" if in_job else "level"], 0.8
    return None, 0.0


def _used(ahead: str, behind: str) -> int:
    """The level that the word right in front of a language shows, 0 for none: "用英语", "speak Polish"."""
    if _ENDS.match(behind) is None or behind.startswith(("的", "-")):
        return 0
    return next((level for level, words in said_ahead().items() if words.search(ahead)), 0)


def deed_before(ahead: str) -> int | None:
    """Return where the owner's deed begins in the words in front of a language: "Taught geography in", 跟居民讲; None if there is none."""
    if _IN.search(ahead) and (_DEED.match(ahead) or _HELD_IN.search(ahead)):
        return 0
    with_whom = _BUT_MUTE.search(ahead) or _WITH.search(ahead)
    return with_whom.start() if with_whom else None
