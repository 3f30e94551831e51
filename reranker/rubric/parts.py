"""Split the text of a criterion into the things that it asks for, as HR would; alternatives stay together."""

import re
from collections.abc import Iterable, Iterator

_LEVELS = (
    re.compile(r"[；;。]\s*"),
    re.compile(r"，\s*|,(?!\d)\s*"),
    re.compile(r"、|以及|(?<![平温饱总缓])和(?![谐睦平气])|(?<!参)与(?![时会众])|\band\b", re.IGNORECASE),
)
"""What a criterion is split at: the first of these that occurs. "或" and "or" never: these are one requirement."""
_ALTERNATIVES = re.compile(
    r"或|之一|任一|任意|至少一|(?:相关|等|类)(?:专业|行业|领域)(?![知技能术素])|\bor\b|\beither\b|\bone of\b|\bany of\b|/", re.IGNORECASE
)
_ASIDE = re.compile(r"[（(][^（()）]*[)）]|【[^【】]*】|“[^“”]*”|《[^《》]*》")
"""Brackets and quotation marks: a criterion is not split inside them."""


def parts(text: str) -> list[str]:
    """Return what a criterion would be split into: [text] if it is one thing, as alternatives ("A 或 B") always are."""
    outline = _ASIDE.sub(lambda aside: "_" * len(aside[0]), text)
    for level in _LEVELS:
        if level is _LEVELS[-1] and _ALTERNATIVES.search(outline):
            break
        pieces = [piece for part in _cut(text, level.finditer(outline)) if (piece := part.strip(" ，,；;。、"))]
        if len(pieces) > 1 and all(len(piece) >= 2 for piece in pieces):
            return pieces
    return [text]


def _cut(text: str, marks: Iterable[re.Match[str]]) -> Iterator[str]:
    """Yield what stands between the marks, which were found in a text of the same length."""
    start = 0
    for mark in marks:
        yield text[start : mark.start()]
        start = mark.end()
    yield text[start:]
