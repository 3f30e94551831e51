"""Sentences of a resume that tell the reading program what to answer.

No list of cues can know every wording. It is a flag for a person, never a reason to reject; benchmarks/attacks.py says how much it finds.
"""

import re
from collections.abc import Iterator

from preprocess.screening_characters import plain, respelled
from preprocess.screening_cues import cues, is_instruction

Span = tuple[int, int]

_PIECE = 240  # characters of a "sentence" without an end that are looked at together
_LINES, _JOINED = 3, 160  # a sentence may go on over so many lines, as long as they are so short
_FEWEST_CUES = 3  # in the lines of a sentence that goes on, so that not every pair of lines is looked at again
_SENTENCE = re.compile(r"(?:[^。！？；!?;.\n]|\.(?!\s|$)|[!?;](?=[\"'”’]))+(?:[。！？；!?;.]+[\"'”’）)]*)?\n?")
_END = re.compile(r"[。！？；!?;.：:]['\"”’）)]*\s*$")
_ENGLISH_NAME = re.compile(
    r"(?!.*(?:Manager|Engineer|Director|Assistant|Technology|Specialist|Teacher|Developer|Resum|Summary|Name|City|Profile|Vitae)\b)"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}"
)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


def instructions(text: str) -> list[Span]:
    """The spans of the sentences that speak to the reading program, in order. Linear in the length of the text."""
    pieces = list(_pieces(text))
    name = _name(text)
    found = [cues(sentence(text[start:end], name)) for start, end in pieces]
    hits = list(map(is_instruction, found))
    for first, last in _joined(text, pieces):
        are_suspicious = len(set().union(*found[first : last + 1])) >= _FEWEST_CUES and not any(hits[first : last + 1])
        if are_suspicious and is_instruction(cues(sentence(text[pieces[first][0] : pieces[last][1]], name))):
            hits[first : last + 1] = [True] * (last + 1 - first)
    return [piece for piece, hit in zip(pieces, hits, strict=True) if hit]


def without_instructions(text: str) -> str:
    """The text without those sentences, "" where nothing else is in it: what to score beside the text as it is."""
    kept, position = [], 0
    for start, end in instructions(text):
        kept.append(text[position:start])
        is_whole_line = not start or text[start - 1] == "\n"
        position = end if is_whole_line or text[end - 1] != "\n" else end - 1
    return "".join([*kept, text[position:]]).strip("\n") if kept else text


def sentences(text: str) -> Iterator[str]:
    """What `instructions` looks at, as it looks at it: each sentence, and short lines that may be one sentence together."""
    pieces = list(_pieces(text))
    name = _name(text)
    yield from (sentence(text[start:end], name) for start, end in pieces)
    yield from (sentence(text[pieces[first][0] : pieces[last][1]], name) for first, last in _joined(text, pieces))


def sentence(text: str, name: tuple[str, str] | None = None) -> str:
    """For matching only; the candidate's name is replaced by what it stands for."""
    text = plain(text)
    return respelled(text.replace(*name) if name and text != name[0] else text)


def _pieces(text: str) -> Iterator[Span]:
    for sentence in _SENTENCE.finditer(text):
        start = sentence.start()
        while start < sentence.end():
            end = min(start + _PIECE, sentence.end())
            if end < sentence.end() and (space := text.rfind(" ", start + _PIECE // 2, end)) > 0:
                end = space
            yield start, end
            start = end


def _joined(text: str, pieces: list[Span]) -> Iterator[tuple[int, int]]:
    """First and last of the pieces that may be one sentence, broken at the ends of its lines; the first line is a heading."""
    for first in range(1, len(pieces)):
        for last in range(first + 1, min(first + _LINES, len(pieces))):
            before = text[slice(*pieces[last - 1])]
            if not before.endswith("\n") or _END.search(before) or pieces[last][1] - pieces[first][0] > _JOINED:
                break
            yield first, last


def _name(text: str) -> tuple[str, str] | None:
    """The candidate's name, where the first line is one, and what it stands for: who writes it into a sentence speaks of himself."""
    line = text.lstrip().split("\n", 1)[0].strip()
    if _ENGLISH_NAME.fullmatch(line):
        return plain(line), "this candidate"
    return (plain(line), "该候选人") if _CHINESE_NAME.fullmatch(line) else None
