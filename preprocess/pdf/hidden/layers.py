"""Texts of a page → layers in which no text lies over another one, so that a visible text never lends its ink to one hidden behind it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from preprocess.pdf.page_view import Box

PILED = -1
_LAYERS = 3
_BIG = _LAYERS  # the layer of slanted and huge texts, whose boxes say little about where they are
_CELL_WIDTH, _CELL_HEIGHT = 20, 10  # points; a line of text takes some 50 cells
_MOST_CELLS = 150
_MOST_IN_CELL = 20  # many times what any page to be read has; keeps the work linear
_OVERLAP = 0.1  # of the smaller one's area
_PILE = 0.5  # of the larger one's area


def layers(texts: Sequence[str], boxes: Sequence[Box]) -> list[int]:
    """The number of the layer of each text, or PILED where so many lie over each other that nobody can read them.

    The same text twice in one place, as fake bold and shadows are drawn, is no overlap. Linear in the number of texts.
    """
    cells: dict[tuple[int, int], list[tuple[str, Box, int, int]]] = defaultdict(list)
    placed: list[int] = []
    lines: list[int] = []  # the number of the line of each text
    piled: set[int] = set()
    for line, (text, box, count) in enumerate(_lines(texts, boxes)):
        placed += [_place(cells, text, box, line, piled)] * count
        lines += [line] * count
    return [PILED if line in piled else layer for line, layer in zip(lines, placed, strict=True)]


def _lines(texts: Sequence[str], boxes: Sequence[Box]) -> Iterator[tuple[str, Box, int]]:
    """Texts drawn one to the right of the other, as browsers print single letters, put together; and of how many each is made."""
    line, around, count = "", Box(0, 0, 0, 0), 0
    for text, box in zip(texts, boxes, strict=True):
        height = around.y1 - around.y0
        if count and -0.1 * height < box.x0 - around.x1 < 2 * height and around.y0 < (box.y0 + box.y1) / 2 < around.y1:
            line, around, count = line + text, around.joined(box), count + 1
            continue
        if count:
            yield line, around, count
        line, around, count = text, box, 1
    if count:
        yield line, around, count


def _place(cells: dict[tuple[int, int], list[tuple[str, Box, int, int]]], text: str, box: Box, line: int, piled: set[int]) -> int:
    """The layer of a line. Where there is none left, those that it lies on in full are `piled` with it."""
    columns = range(int(box.x0 // _CELL_WIDTH), int(box.x1 // _CELL_WIDTH) + 1)
    rows = range(int(box.y0 // _CELL_HEIGHT), int(box.y1 // _CELL_HEIGHT) + 1)
    if len(columns) * len(rows) > _MOST_CELLS:
        return _BIG
    mine = [cells[column, row] for column in columns for row in rows]
    x0, y0, x1, y1 = box
    area = (x1 - x0) * (y1 - y0)
    taken: set[int] = set()
    under: set[int] = set()
    for cell in mine:
        if len(cell) >= _MOST_IN_CELL:
            return PILED
        for other, (left, top, right, bottom), layer, number in cell:
            if number in under or left >= x1 or right <= x0 or top >= y1 or bottom <= y0 or other == text:
                continue
            shared = (min(x1, right) - max(x0, left)) * (min(y1, bottom) - max(y0, top))
            if shared > _OVERLAP * min(area, (right - left) * (bottom - top)):
                taken.add(layer)
                if shared > _PILE * max(area, (right - left) * (bottom - top)):
                    under.add(number)
    free = next((layer for layer in range(_LAYERS) if layer not in taken), PILED)
    if free == PILED:
        piled |= under
    else:
        for cell in mine:
            cell.append((text, box, free, line))
    return free
