"""Render a resume's text: lines that answer requirements in colour, figures in bold, and anchors to jump to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from ui.html.templates import rendered

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


@dataclass(frozen=True)
class TextPiece:
    """A part of the text as it is shown, behind its `anchors`: all of it or none of it is a figure."""

    text: str
    anchors: Sequence[str]
    is_figure: bool


@dataclass(frozen=True)
class Stretch:
    """A part of the text in one colour, or in none: then `numbers` and `colour` are empty."""

    pieces: Sequence[TextPiece]
    numbers: str = ""
    colour: str = ""


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


def marked_html(text: str, marked: Sequence[Mark], figures: Sequence[tuple[int, int]], anchors: dict[int, list[str]]) -> Markup:
    """Return the first SHOWN_CHARACTERS of a text. `figures` are spans set in bold; `anchors` maps offsets in the text to element ids."""
    length = min(len(text), SHOWN_CHARACTERS)
    stretches, at = [], 0
    for mark in marked:
        end = min(mark.end, length)
        if mark.start >= end:
            break
        numbers = " ".join(str(number) for number in sorted(mark.numbers))
        stretches.append(Stretch(_pieces(text, at, mark.start, figures, anchors)))
        stretches.append(Stretch(_pieces(text, mark.start, end, figures, anchors), numbers, colour(min(mark.numbers))))
        at = end
    return rendered("marked", stretches=[*stretches, Stretch(_pieces(text, at, length, figures, anchors))])


def _pieces(text: str, start: int, end: int, figures: Sequence[tuple[int, int]], anchors: dict[int, list[str]]) -> list[TextPiece]:
    """Return text[start:end], cut at its anchors and figures."""
    edges = [edge for span in figures for edge in span] + list(anchors)
    cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    return [
        TextPiece(text[left:right], anchors.get(left, ()), any(first <= left < last for first, last in figures))
        for left, right in pairwise(cuts)
    ]


def colour(number: int) -> str:
    """Return the CSS class that requirement `number` (from 1) and its line in the text share."""
    return f"c{(number - 1) % COLOURS}"
