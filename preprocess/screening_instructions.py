"""Sentences of a resume that tell the reading program what to answer. The wordings are in screening.toml.

A pattern list cannot know every wording. It is a flag for a person, never a reason to reject; benchmarks/attacks.py says how much it finds.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from preprocess.screening_characters import plain

Span = tuple[int, int]

_PIECE = 240  # characters of a "sentence" without an end that are looked at together
_SENTENCE = re.compile(r"(?:[^。！？；!?;.\n]|\.(?!\s|$)|[!?;](?=[\"'”’]))+(?:[。！？；!?;.]+[\"'”’）)]*)?\n?")
_END = re.compile(r"[。！？；!?;.：:]['\"”’）)]*\s*$")
_QUOTED = re.compile(r"(?:[\"'“‘(（「]|such as|e\.g\.|like|例如|比如|诸如|如|让|使|防止|检测)\s?:?\s?[\"'“]?$")
_ENGLISH_NAME = re.compile(
    r"(?!.*(?:Manager|Engineer|Director|Assistant|Technology|Specialist|Teacher|Developer|Resum|Summary|Name|City|Profile|Vitae)\b)"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}"
)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_SECURITY = re.compile(
    r"注入|越狱|对抗|红队|攻击|防护|防御|劫持|安全|jail ?break|injection|red[- ]team|adversarial|attack|guardrail|defen[cs]e|malicious"
)


@dataclass(frozen=True)
class _Cue:
    points: int
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class _Wordings:
    """screening.toml, compiled. Whom a sentence speaks to or of, what verdict it is about, and what else tells of its intent."""

    least: int
    certain: re.Pattern[str]
    addressed: tuple[_Cue, ...]
    verdict: tuple[_Cue, ...]
    besides: tuple[_Cue, ...]


@cache
def _wordings() -> _Wordings:
    lists = tomllib.loads(Path(__file__).with_name("screening.toml").read_text("utf-8"))
    words: dict[str, str] = {}

    def spelled_out(alternatives: str | list[str]) -> str:
        pattern = alternatives if isinstance(alternatives, str) else "|".join(alternatives)
        return "(?:" + re.sub("@([a-z_]+)", lambda name: words[name[1]], pattern) + ")"

    for name, alternatives in lists["words"].items():
        words[name] = spelled_out(alternatives)
    groups = (
        tuple(_Cue(cue["points"], re.compile(spelled_out(cue["pattern"]))) for cue in lists[group].values())
        for group in ("addressed", "verdict", "besides")
    )
    return _Wordings(lists["least"], re.compile(spelled_out(lists["certain"])), *groups)


def instructions(text: str) -> list[Span]:
    """The spans of the sentences that speak to the reading program, in order. Linear in the length of the text."""
    pieces = list(_pieces(text))
    name = _name(text)
    hits = [_is_instruction(plain(text[start:end]), name) for start, end in pieces]
    for place, (one, two) in enumerate(pairwise(pieces)):
        if not hits[place] and not hits[place + 1] and _goes_on(text[slice(*one)]) and _is_instruction(plain(text[one[0] : two[1]])):
            hits[place] = hits[place + 1] = True
    return [piece for piece, hit in zip(pieces, hits, strict=True) if hit]


def without_instructions(text: str) -> str:
    """The text without those sentences, "" where nothing else is in it: what to score beside the text as it is."""
    kept, position = [], 0
    for start, end in instructions(text):
        kept.append(text[position:start])
        is_whole_line = not start or text[start - 1] == "\n"
        position = end if is_whole_line or text[end - 1] != "\n" else end - 1
    return "".join([*kept, text[position:]]).strip("\n") if kept else text


def _pieces(text: str) -> Iterator[Span]:
    for sentence in _SENTENCE.finditer(text):
        start = sentence.start()
        while start < sentence.end():
            end = min(start + _PIECE, sentence.end())
            if end < sentence.end() and (space := text.rfind(" ", start + _PIECE // 2, end)) > 0:
                end = space
            yield start, end
            start = end


def _goes_on(sentence: str) -> bool:
    """Whether it may have been broken at the end of its line."""
    return sentence.endswith("\n") and not _END.search(sentence)


def _name(text: str) -> tuple[str, str] | None:
    """The candidate's name, where the first line is one, and what it stands for: who writes it into a sentence speaks of himself."""
    line = text.lstrip().split("\n", 1)[0].strip()
    if _ENGLISH_NAME.fullmatch(line):
        return plain(line), "this candidate"
    return (plain(line), "该候选人") if _CHINESE_NAME.fullmatch(line) else None


def _is_instruction(sentence: str, name: tuple[str, str] | None = None) -> bool:
    """Of a sentence as `plain` makes it."""
    if name and sentence != name[0]:
        sentence = sentence.replace(*name)
    wordings = _wordings()
    if any(not _is_quoted(sentence, match) for match in wordings.certain.finditer(sentence)):
        return True
    verdict = _found(wordings.verdict, sentence)
    addressed = verdict and _found(wordings.addressed, sentence)
    if not verdict or not addressed:
        return False
    return sum(cue.points for cue in (*verdict, *addressed, *_found(wordings.besides, sentence))) >= wordings.least


def _found(cues: tuple[_Cue, ...], sentence: str) -> list[_Cue]:
    return [cue for cue in cues if cue.pattern.search(sentence)]


def _is_quoted(sentence: str, match: re.Match[str]) -> bool:
    """An engineer who writes of attacks may quote one, as long as the quote asks for no verdict."""
    before = sentence[: match.start() + 1]
    return bool(_SECURITY.search(sentence) and (_QUOTED.search(before) or _QUOTED.search(before[:-1])))
