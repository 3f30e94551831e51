"""Place the characters of a text object of an OFD file."""

from collections.abc import Iterator
from itertools import accumulate

from preprocess.docx.ooxml import Element, children, value
from preprocess.fixed_layout.coordinates import Matrix, first_number, natural_width
from preprocess.layout.glyphs import Glyph

_TRACKED = 1.6  # em; advances up to here are those of letters, more is a gap
_MIN_SIZE, _MAX_SIZE = 0.1, 10_000.0  # points


def text_glyphs(element: Element, to_page: Matrix) -> Iterator[Glyph]:
    """Yield the characters of a text object. A piece of it that does not say where it begins does so where the last one did."""
    em = first_number(value(element, "Size"), 0.0)
    size = min(max(abs(em) * to_page.height, _MIN_SIZE), _MAX_SIZE)
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = code.text or ""
        x, y = first_number(value(code, "X"), x), first_number(value(code, "Y"), y)
        across, down = (_deltas(value(code, name), len(text)) for name in ("DeltaX", "DeltaY"))
        natural = [em * natural_width(character) for character in text]
        if not across and not any(down):
            across = natural
        xs, ys = (_places(start, deltas, len(text)) for start, deltas in ((x, across), (y, down)))
        for index, character in enumerate(text):
            advance = across[index] if index < len(across) else 0.0
            width = advance if 0 < advance <= _TRACKED * em else natural[index]
            yield Glyph(character, *to_page.point(xs[index], ys[index]), width * to_page.width, size, to_page.angle)


def _places(start: float, deltas: list[float], count: int) -> list[float]:
    """Return the place of each character: those that no advance is left for stand where the last one does."""
    places = list(accumulate([start, *deltas]))[:count]
    return places + places[-1:] * (count - len(places))


def _deltas(text: str, most: int) -> list[float]:
    """Return at most so many advances; "g n d" stands for n times d."""
    parts = text.split()[: 3 * most + 3]
    deltas: list[float] = []
    index = 0
    while index < len(parts) and len(deltas) < most:
        if parts[index] == "g" and index + 2 < len(parts):
            count = first_number(parts[index + 1], 0.0)
            deltas += [first_number(parts[index + 2], 0.0)] * int(min(max(count, 0.0), most - len(deltas)))
            index += 3
        else:
            deltas.append(first_number(parts[index], 0.0))
            index += 1
    return deltas
