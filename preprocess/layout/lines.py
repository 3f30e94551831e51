"""Convert the glyphs of a page to lines in reading order, with their boxes. Turned text (watermarks) has lines of its own, last."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from preprocess.document import Line
from preprocess.layout import bidi
from preprocess.layout.columns import Row, in_reading_order
from preprocess.layout.glyphs import Glyph, TextFragment, fragments_of, needs_space, turned
from preprocess.layout.hanging import with_headings_above
from preprocess.layout.rtl import from_the_right
from preprocess.layout.ruled import NO_RULES, Rules, with_tables
from preprocess.layout.stacks import with_whole_stacks
from preprocess.lexicon.headings import heading_kind

_CELL_GAP = 1.5  # em; from here on two cells, kept apart by two spaces
_OVERLAP = 0.5  # em
_UPWARDS = 90  # degrees
_SAME_BLOCK = 1.35  # times the line spacing
_MAX_HEADINGS = 20  # of a page
_AT_EDGE, _RAGGED = 1.0, 2.0  # em from the edges of a page's text, of a line that stands at one of them
_SHIFT = 0.25  # em between the baselines of texts of one size


def read_lines(glyphs: Iterable[Glyph], rules: Rules = NO_RULES) -> tuple[Line, ...]:
    """Return the lines in reading order of glyphs in drawing order, in points from the page's top left, y downwards.

    `rules` are the drawn lines of the page, which bound the cells of tables.
    Boxes are those of em squares (0.8 em above the baseline, 0.2 em below); a turned line's box is the upright one around it.
    """
    by_angle: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        angle = round(glyph.angle) % 360
        by_angle.setdefault(0 if angle < 3 or angle > 357 else angle, []).append(glyph)
    is_rtl_page = bidi.is_rtl("".join(glyph.text for group in by_angle.values() for glyph in group))
    arranged = from_the_right if is_rtl_page else _from_the_left
    lines: list[Line] = []
    for angle in sorted(by_angle):
        group = by_angle[angle]
        if angle:
            group = [glyph._replace(x=u, y=v) for glyph in group for u, v in [turned(glyph.x, glyph.y, angle)]]
        fragments = with_whole_stacks(fragments_of(group))
        rows = arranged(fragments) if angle or is_rtl_page else with_tables(fragments, rules, arranged)
        rows = [part for row in rows for part in _headings_apart(row)] if angle else rows
        edges = _edges(rows) if not angle else [bidi.Edge.NONE] * len(rows)
        lines += [_line(row, angle, is_rtl_page, edge) for row, edge in zip(rows, edges, strict=True)]
    return tuple(_with_turned_headings(lines))


def _headings_apart(row: Row) -> list[Row]:
    """Return the headings of a row that runs along the margin as rows of their own, and what is left of it."""
    headings = [fragment for fragment in row if len(row) > 1 and _is_side_heading(fragment.text)]
    rest = [fragment for fragment in row if fragment not in headings]
    return [*([heading] for heading in headings), *([rest] if rest else [])]


def _is_side_heading(text: str) -> bool:
    return heading_kind(text) not in (None, "title")


def _with_turned_headings(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each heading that stands turned in the margin before the first line of the text beside it."""
    headings = [line for line in lines if abs(line.angle) == _UPWARDS and _is_side_heading(line.text)]
    ordered = [line for line in lines if not line.angle]
    if not ordered or len(headings) > _MAX_HEADINGS:
        return list(lines)
    for heading in sorted(headings, key=lambda line: line.y0):
        ordered.insert(_start_beside(heading, ordered), heading)
    inserted = set(map(id, headings))
    return [*ordered, *(line for line in lines if line.angle and id(line) not in inserted)]


def _start_beside(heading: Line, lines: Sequence[Line]) -> int:
    """Return where the text beside a turned heading begins, which may be above it; the number of lines if there is none."""
    beside = [
        index
        for index, line in enumerate(lines)
        if not line.angle and line.x0 >= heading.x1 and line.y1 > heading.y0 and line.y0 < heading.y1
    ]
    if not beside:
        return len(lines)
    start = beside[0]
    pitch = min((lower.y0 - upper.y0 for upper, lower in pairwise(lines[start : beside[-1] + 1]) if lower.y0 > upper.y0), default=0.0)
    while start and 0 < lines[start].y0 - lines[start - 1].y0 <= _SAME_BLOCK * pitch and not lines[start - 1].angle:
        start -= 1
    return start


def _from_the_left(fragments: Sequence[TextFragment]) -> list[Row]:
    return with_headings_above(in_reading_order(fragments))


def _edges(rows: Sequence[Row]) -> list[bidi.Edge]:
    """Return at which edge of the text each row stands: lines of a column that ends elsewhere stand at none."""
    starts, ends = Counter(round(row[0].x0) for row in rows), Counter(round(row[-1].x1) for row in rows)
    left, right = min(starts, default=0), max(ends, default=0)
    edges: list[bidi.Edge] = []
    for row in rows:
        before, after = round(row[0].x0) - left, right - round(row[-1].x1)
        at, ragged = _AT_EDGE * row[0].size, _RAGGED * row[0].size
        if before < at and after > ragged and ends[right - after] == 1:
            edges.append(bidi.Edge.LEFT)
        elif after < at and before > ragged and starts[left + before] == 1:
            edges.append(bidi.Edge.RIGHT)
        else:
            edges.append(bidi.Edge.NONE)
    return edges


def _line(row: Row, angle: int, is_rtl_page: bool, edge: bidi.Edge) -> Line:
    text = row[0].text
    for left, right in pairwise(row):
        text += _space_between(left, right) + right.text
    x0, x1 = row[0].x0, max(fragment.x1 for fragment in row)
    y0, y1 = min(fragment.top for fragment in row), max(fragment.bottom for fragment in row)
    if angle:
        corners = [turned(x, y, -angle) for x in (x0, x1) for y in (y0, y1)]
        (x0, x1), (y0, y1) = ((min(values), max(values)) for values in zip(*corners, strict=True))
    size = max(row, key=lambda fragment: len(fragment.text)).size
    return Line(
        bidi.in_reading_order(text, is_rtl_page, edge),
        round(x0, 2),
        round(y0, 2),
        round(x1, 2),
        round(y1, 2),
        round(size, 2),
        float(angle if angle <= 180 else angle - 360),
        row[-1].cell,
    )


def _space_between(left: TextFragment, right: TextFragment) -> str:
    size = min(left.size, right.size)
    gap = (right.x0 - left.x1) / size
    if right.opens_cell or gap >= _CELL_GAP or (_are_cells(left, right) and not bidi.has_rtl(left.text + right.text)):
        return "  "
    return " " if right.spaced or needs_space(left.text[-1], right.text[0], gap) else ""


def _are_cells(left: TextFragment, right: TextFragment) -> bool:
    """Return whether two texts that touch are no word: they lie over each other, are shifted, or were drawn at different times."""
    size = min(left.size, right.size)
    if left.x1 - right.x0 > _OVERLAP * size or (abs(left.y - right.y) > _SHIFT * size and abs(left.size - right.size) < 0.1 * size):
        return True
    return right.order != left.order + 1 and min(len(left.text), len(right.text)) > 1 and (left.text[-1] + right.text[0]).isalnum()
