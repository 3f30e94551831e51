"""How much room a text takes without a layout: bounds that hold for every usual font, from the least to the most."""

import re

from preprocess.docx.geometry import Span

_WIDE = re.compile(r"[⺀-鿿가-힣豈-﫿＀-￯\U00020000-\U0003ffff]+")
_LEAST, _MOST = (0.9, 0.38), (1.05, 0.68)  # of the size: how wide a Chinese letter is, and how wide any other on the average
_LINE = Span(1.0, 1.7)  # of the size: how high a line is, with the gap that fonts ask for


def width(text: str, size: float, spacing: float = 0.0) -> Span:
    """How wide the text is in one line. `spacing` is what is put between its letters."""
    text = text.strip()
    wide = sum(map(len, _WIDE.findall(text)))
    narrow = len(text) - wide
    low, high = (size * (share[0] * wide + share[1] * narrow) + spacing * len(text) for share in (_LEAST, _MOST))
    return Span(max(low, 0.0), max(high, 0.0))


def advance(text: str, size: float) -> float:
    """How wide a letter of the text is on the average."""
    return (lambda span: (span.low + span.high) / 2 / max(len(text.strip()), 1))(width(text, size))


def line_height(size: float, line: str, rule: str, pitch: float = 0.0) -> Span:
    """How high a line is of letters of that size, by the attributes `line` and `lineRule`; `pitch` is the least of the page's grid."""
    given = float(line) if re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", line) else 240.0
    if rule == "exact":
        return Span(abs(given) / 20, abs(given) / 20)
    if rule == "atLeast":
        return Span(max(size, given / 20), max(size * _LINE.high, given / 20, pitch))
    return Span(size * given / 240, max(size * _LINE.high, pitch) * given / 240)


def lines(text_width: Span, room: float) -> Span:
    """How many lines a text of that width takes in a room of that width."""
    room = max(room, 4.0)
    return Span(max(text_width.low // room, 1.0), text_width.high // (room * 0.85) + 1)
