"""Find words that name a level of education: 本科, B.Sc., HND (levels.toml). Knows nothing of whose it is and how it stands."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import folded, pattern
from reranker.evidence.facts.study.doubtful import CLEAR, is_spelled_out, names_level, names_level_in_job

PRIMARY, MIDDLE_SCHOOL, HIGH_SCHOOL, ASSOCIATE, BACHELOR, MASTER, DOCTOR = range(7)

_GENERIC = re.compile(r"(?:an? |my |ou |uni )?degree(?: in| from| level)?", re.IGNORECASE)
_ALONE = rf"(?:(?<![{CJK}A-Za-z])|(?<=本人)|(?<=自己)|(?<=[我仅招制到完是为了])|(?<=普通)|(?<=民办))(?:{{}})"
_ALONE += r"(?=$|[\s|/、，,;；。.:：()（）\-·没未读念上辍都就在入]"
_ALONE += r"|一?毕业?|肄业|学历|文凭|文化|水平|[一二三四五六]年级|[学读念]的|主修|所学|四年|部|程度|(?:及|或)以上|以上|\d)"
_BETWEEN_ONE = re.compile(r"[；;。|\n]|->|→")
_SCHOOL = re.compile(r"大学|学院|学校|\b(?:university|univ|college|institute|polytechnic)\b", re.IGNORECASE)
_LOWER_CASE_WORDS = frozenset(
    {
        "bed",
        "med",
        "be",
        "me",
        "ma",
        "ba",
        "as",
        "aa",
        "bs",
        "ms",
        "mis",
        "mph",
        "mpa",
        "bit",
        "mti",
        "md",
        "jd",
        "march",
        "bee",
        "mem",
        "mps",
        "sci",
        "dds",
        "bacc",
    }
)


_TITLE = re.compile(r"\b(Dr|Mrs?|Ms|Prof|St|Univ)\.(?= [A-Z])")
_FRAMEWORK = re.compile(
    r"\b(?:[NS]VQ|BTEC|RQF|QCF|EQF|City (?:&|and) Guilds|C&G)(?: \d{4}(?:-\d\d)?)?,? ?\(?(?:level |L)?(?P<first>[1-8])(?!\d)"
    r"|\b(?:level |L)(?P<second>[1-8])\)? (?:[a-z&]{2,14} ){0,2}"
    r"(?:NVQ|diploma|certificate|qualification|apprenticeship|extended diploma|BTEC)s?\b"
    r"|\bapprenticeship,? \(?(?:level |L)(?P<third>[1-8])(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LevelMention:
    """A word, or several in a row, for one level: text[start:end]. `kind` is a key of [levels] in levels.toml."""

    kind: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class _LevelPatterns:
    kind: str
    level: int
    sure: re.Pattern[str]
    doubtful: re.Pattern[str] | None
    never: re.Pattern[str] | None


@cache
def table() -> dict[str, Any]:
    """Return levels.toml."""
    return tomllib.loads(Path(__file__).with_name("levels.toml").read_text("utf-8"))


def levels_folded(text: str) -> str:
    """Return a text as `folded`; words of Taiwan that name another level (高職) become those that do here, and the dot of a
    title ("Dr.") ends no sentence; characters stay where they are."""
    for word, meant in table()["taiwan"].items():
        text = text.replace(word, meant)
    return _TITLE.sub(r"\1 ", folded(text))


def levels_stated(text: str) -> list[LevelMention]:
    """Return the levels that a resume names, in the order of the text, which is `folded`."""
    mentions = _merged(text, _found(text, in_job=False))
    return [
        mention
        for mention in mentions
        if not _GENERIC.fullmatch(text[mention.start : mention.end]) or _is_only_one(text, mention, mentions)
    ]


def levels_asked(text: str) -> list[LevelMention]:
    """Return the levels that a requirement names, in the order of the text, which is `folded`."""
    return _merged(text, _found(text, in_job=True))


def _numbered(text: str) -> Iterator[LevelMention]:
    """The levels of vocational frameworks, which have numbers: "NVQ Level 2", "Level 3 Diploma"."""
    for match in _FRAMEWORK.finditer(text):
        kind = table()["framework"][next(filter(None, match.groups()))]
        yield LevelMention(kind, table()["levels"][kind]["rank"], *match.span())


def _found(text: str, in_job: bool) -> list[LevelMention]:
    mentions = list(_numbered(text))
    for patterns in _level_patterns(in_job):
        blocked = [match.span() for match in patterns.never.finditer(text)] if patterns.never else []
        spans = [match.span() for match in patterns.sure.finditer(text)]
        if patterns.doubtful:
            names = names_level_in_job if in_job else names_level
            context = table()["context"]
            spans += [
                match.span()
                for match in patterns.doubtful.finditer(text)
                if names(text, *match.span(), patterns.level, context.get(match[0]))
            ]
        mentions += [
            LevelMention(patterns.kind, patterns.level, *span)
            for span in spans
            if not any(left < span[1] and span[0] < right for left, right in blocked) and not is_spelled_out(text, *span)
        ]
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end))


def _merged(text: str, mentions: Iterable[LevelMention]) -> list[LevelMention]:
    """The mentions with those of one level that belong to one degree as one: "Bachelor of Science (B.Sc.)", "专升本，2019年本科毕业"."""
    merged: list[LevelMention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and mention.start < last.end:  # "高职" in "高职中", "Diplom" in "Diplom (FH)"
            if mention.end > last.end and mention.level == last.level:
                merged[-1] = replace(last, end=mention.end)
        elif last and mention.level == last.level and _is_one_degree(text, last, mention):
            merged[-1] = replace(last, end=mention.end)
        else:
            merged.append(mention)
    return merged


def _is_one_degree(text: str, first: LevelMention, second: LevelMention) -> bool:
    between = text[first.end : second.start]
    if len(between) > 40 or _BETWEEN_ONE.search(between):
        return False
    if len(between) <= 3 or not _SCHOOL.search(between):
        return True
    line_start, line_end = text.rfind("\n", 0, first.start) + 1, text.find("\n", second.end, second.end + 60)
    return not (_SCHOOL.search(text[max(line_start, first.start - 60) : first.start]) or _SCHOOL.search(text[second.end : line_end]))


def _is_only_one(text: str, generic: LevelMention, mentions: Iterable[LevelMention]) -> bool:
    """Return whether a line names no other level of a university beside "degree"."""
    left, right = text.rfind("\n", 0, generic.start), text.find("\n", generic.end)
    end = right if right >= 0 else len(text)
    return not any(mention is not generic and mention.level >= BACHELOR and left < mention.start < end for mention in mentions)


@cache
def _level_patterns(in_job: bool) -> list[_LevelPatterns]:
    compiled = []
    for kind, level in table()["levels"].items():
        abbreviations = level.get("abbreviations", [])
        sure = [pattern(level["words"] + (level.get("asked", []) if in_job else [])), *_abbreviated(abbreviations, is_doubtful=False)]
        if level.get("alone"):
            sure.append(_ALONE.format("|".join(level["alone"])))
        if level.get("label"):
            sure.append(rf"(?<![{CJK}]){level['label']}(?=\s?[:：])")
        doubtful = [pattern(level["doubtful"])] if level.get("doubtful") else []
        if in_job and level.get("asked_doubtful"):
            doubtful.append(pattern(level["asked_doubtful"]))
        doubtful += _abbreviated(abbreviations, is_doubtful=True)
        compiled.append(
            _LevelPatterns(
                kind,
                level["rank"],
                re.compile("|".join(sure)),
                re.compile("|".join(doubtful)) if doubtful else None,
                re.compile(pattern(level["never"])) if level.get("never") else None,
            )
        )
    return compiled


def _is_doubtful(letters: str) -> bool:
    return len(letters) == 2 or (len(letters) == 3 and letters.isupper() and letters not in CLEAR)


def _abbreviated(abbreviations: Iterable[str], is_doubtful: bool) -> Iterator[str]:
    """Patterns of abbreviations: "B.Sc" with or without dots, in any case that is no other word; of two letters doubtful without."""
    bare = {word: word.replace(".", "") for word in abbreviations}
    if is_doubtful:
        short = [letters.upper() for letters in bare.values() if _is_doubtful(letters)]
        if short:
            yield rf"(?<![A-Za-z0-9.])(?:{'|'.join(short)})(?![A-Za-z0-9])"
        return
    dotted = []
    for word, letters in sorted(bare.items(), key=lambda item: -len(item[0])):
        parts = word.split(".")
        joined = r"\.\s?".join(parts) if len(letters) == 2 else r"[.-]?\s?".join(parts)
        if len(letters) == 3 and _is_doubtful(letters):
            joined = r"\.\s?".join(parts)
        cases = [joined, joined.upper().replace(r"\S", r"\s")]
        if letters.lower() not in _LOWER_CASE_WORDS and not _is_doubtful(letters):
            cases += [letters.lower(), letters.capitalize()]
        dotted += dict.fromkeys(cases)
    if dotted:
        yield rf"(?<![A-Za-z0-9.])(?:{'|'.join(dotted)})(?:\.|'s)?(?![A-Za-z0-9])"
