"""Assign texts of a page to layers without overlaps, so that a visible text never lends its ink to one hidden behind it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from preprocess.pdf.page_view import Rect

PILED = -1
_LAYERS = 3
_BIG = _LAYERS  # the layer of slanted and huge texts, whose boxes say little about where they are
_CELL_WIDTH, _CELL_HEIGHT = 20, 10  # points; a line of text takes some 50 cells
_MAX_CELLS = 150
_MAX_IN_CELL = 20  # many times what any page to be read has; keeps the work linear
_OVERLAP = 0.1  # of the smaller one's area
_PILE = 0.5  # of the larger one's area


def layers(texts: Sequence[str], boxes: Sequence[Rect]) -> list[int]:
    """Return the layer of each text, or PILED where so many overlap that nobody can read them.

    The same text twice in one place, as fake bold and shadows are drawn, is no overlap. Linear in the number of texts.
    """
    cells: dict[tuple[int, int], list[tuple[str, Rect, int, int]]] = defaultdict(list)
    placed: list[int] = []
    lines: list[int] = []  # the number of the line of each text
    piled: set[int] = set()
    for line, (text, box, count) in enumerate(_lines(texts, boxes)):
        placed += [_layer_of(cells, text, box, line, piled)] * count
        lines += [line] * count
    return [PILED if line in piled else layer for line, layer in zip(lines, placed, strict=True)]


def _lines(texts: Sequence[str], boxes: Sequence[Rect]) -> Iterator[tuple[str, Rect, int]]:
    """Join texts drawn one to the right of the other, as browsers print single letters; yield each with its box and their number."""
    line, around, count = "", Rect(0, 0, 0, 0), 0
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


def _layer_of(cells: dict[tuple[int, int], list[tuple[str, Rect, int, int]]], text: str, box: Rect, line: int, piled: set[int]) -> int:
    """Return the layer of a line. If none is free, the lines that it covers fully are added to `piled` with it."""
    columns = range(int(box.x0 // _CELL_WIDTH), int(box.x1 // _CELL_WIDTH) + 1)
    rows = range(int(box.y0 // _CELL_HEIGHT), int(box.y1 // _CELL_HEIGHT) + 1)
    if len(columns) * len(rows) > _MAX_CELLS:
        return _BIG
    own_cells = [cells[column, row] for column in columns for row in rows]
    x0, y0, x1, y1 = box
    area = (x1 - x0) * (y1 - y0)
    used_layers: set[int] = set()
    covered_lines: set[int] = set()
    for cell in own_cells:
        if len(cell) >= _MAX_IN_CELL:
            return PILED
        for other, (left, top, right, bottom), layer, other_line in cell:
            if other_line in covered_lines or left >= x1 or right <= x0 or top >= y1 or bottom <= y0 or other == text:
                continue
            shared = (min(x1, right) - max(x0, left)) * (min(y1, bottom) - max(y0, top))
            if shared > _OVERLAP * min(area, (right - left) * (bottom - top)):
                used_layers.add(layer)
                if shared > _PILE * max(area, (right - left) * (bottom - top)):
                    covered_lines.add(other_line)
    free = next((layer for layer in range(_LAYERS) if layer not in used_layers), PILED)
    if free == PILED:
        piled |= covered_lines
    else:
        for cell in own_cells:
            cell.append((text, box, free, line))
    return free
