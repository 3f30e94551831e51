"""Render a resume's text: lines that answer requirements in colour, figures in bold, and anchors to jump to."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

SHOWN_CHARACTERS = 20_000
"""Of one resume's text, in the browser: enough for any real one, and an absurd one stays bearable."""

COLOURS = 8
"""So many requirements have colours of their own (c0, c1, … in styles/candidate.css); then they repeat."""


@dataclass(frozen=True)
class Mark:
    """text[start:end] answers the requirements of these numbers; it is coloured like the first of them."""

    start: int
    end: int
    numbers: tuple[int, ...]


def marks(spans: Sequence[tuple[int, int, int]]) -> list[Mark]:
    """Merge overlapping spans (start, end, number of the requirement), given in any order, into marks in the order of the text."""
    merged: list[Mark] = []
    for start, end, number in sorted(spans):
        if merged and start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Mark(last.start, max(last.end, end), (*last.numbers, number))
        else:
            merged.append(Mark(start, end, (number,)))
    return merged


def marked_html(text: str, marked: Sequence[Mark], figures: Sequence[tuple[int, int]], anchors: dict[int, list[str]]) -> str:
    """Return the first SHOWN_CHARACTERS of a text. `figures` are spans set in bold; `anchors` maps offsets in the text to element ids."""
    length = min(len(text), SHOWN_CHARACTERS)
    parts, at = [], 0
    for mark in marked:
        end = min(mark.end, length)
        if mark.start >= end:
            break
        numbers = " ".join(str(number) for number in sorted(mark.numbers))
        inner = f"<sup>{numbers}</sup>{_plain(text, mark.start, end, figures, anchors)}"
        parts.append(_plain(text, at, mark.start, figures, anchors))
        parts.append(f'<mark class="{colour(min(mark.numbers))}" data-numbers="{numbers}">{inner}</mark>')
        at = end
    return "".join([*parts, _plain(text, at, length, figures, anchors)])


def _plain(text: str, start: int, end: int, figures: Sequence[tuple[int, int]], anchors: dict[int, list[str]]) -> str:
    """Return text[start:end] without marks, but with its anchors and bold figures."""
    edges = [place for span in figures for place in span] + list(anchors)
    cuts = sorted({start, end, *(place for place in edges if start < place < end)})
    parts = []
    for left, right in pairwise(cuts):
        parts += [f'<a id="{name}"></a>' for name in anchors.get(left, ())]
        part = escape(text[left:right])
        parts.append(f"<b>{part}</b>" if any(one <= left < other for one, other in figures) else part)
    return "".join(parts)


def colour(number: int) -> str:
    """Return the CSS class that requirement `number` (from 1) and its line in the text share."""
    return f"c{(number - 1) % COLOURS}"
