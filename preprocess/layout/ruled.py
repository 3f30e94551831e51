"""Arrange the text inside tables and cards with drawn borders cell by cell, whatever columns its words seem to form.

Cells are found by cutting the frame at the lines that run right across it, down and across in turn (merged cells end a line). Without
borders, or with text beside the table, the words alone tell (columns.py).
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from preprocess.layout.cards import BorderedArea, Rule, lone_cards, rows_of_cards
from preprocess.layout.cells import beside, cell_rows
from preprocess.layout.glyphs import Row, TextFragment
from preprocess.lexicon.dates import is_date
from preprocess.lexicon.periods import is_range

_TOUCH = 3.0  # points between lines that meet
_MIN_SIDE = 8.0  # points of a cell
_MAX_DEPTH = 12
_MAX_LINES = 120
_MOST_OVER = 0.08  # of the texts in a table


class Rules(NamedTuple):
    """The lines of a page."""

    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()


NO_RULES = Rules()


def _holds(area: BorderedArea, fragment: TextFragment) -> bool:
    """Return whether a fragment begins in an area, by a point of its first letter."""
    return area.x0 <= fragment.x0 + 0.3 * fragment.size <= area.x1 and area.y0 <= fragment.y - 0.3 * fragment.size <= area.y1


def with_tables(fragments: Sequence[TextFragment], rules: Rules, arranged: Callable[[Sequence[TextFragment]], list[Row]]) -> list[Row]:
    """Return the rows of a page in reading order: what `arranged` makes of the text between its tables, and of the text of each cell."""
    rest = list(fragments)
    rows: list[Row] = []
    cards, drawn = rows_of_cards(*rules), rules
    rules = Rules(_whole(rules.horizontal), _whole(rules.vertical))
    framed = [(area, [area]) for area in _tables(rules)] + [(BorderedArea(*row[0][:2], *row[-1][2:]), row) for row in cards]
    dated = _dated(lone_cards(*drawn), fragments)
    framed += [(card, [card]) for card in dated]
    for area, boxes in sorted(framed, key=lambda frame: frame[0].y0):
        inside = [fragment for fragment in rest if any(_holds(box, fragment) for box in boxes)]
        dates = dated.get(area, [])
        others = [fragment for fragment in rest if fragment not in dates]
        if _is_alone(area, inside, others) and _keep_to_cells(inside, area, rules):
            table = ([dates] if dates else []) + _side_by_side(boxes, inside, rules, arranged, 0)
            rest = others
            above = [fragment for fragment in rest if fragment.y < area.y0]
            rows += (arranged(above) if above else []) + table
            rest = [fragment for fragment in rest if fragment.y >= area.y0 and not _holds(area, fragment)]
    return rows + (arranged(rest) if rest else [])


def _dated(cards: Sequence[BorderedArea], fragments: Sequence[TextFragment]) -> dict[BorderedArea, Row]:
    """Return the cards that nothing but dates stands beside, as on a timeline, with these; {} if there is only one."""
    dated: dict[BorderedArea, Row] = {}
    for card in cards:
        level = [part for part in fragments if card.y0 < part.y < card.y1 and not card.x0 <= part.x0 <= card.x1]
        if level and all(is_range(part.text) or is_date(part.text) for part in level):
            dated[card] = level
    return dated if len(dated) > 1 else {}


def _whole(lines: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the lines that are drawn in pieces, cell by cell, as one each."""
    whole: list[Rule] = []
    by_place: dict[int, list[Rule]] = {}
    for line in lines:
        by_place.setdefault(round(line.at), []).append(line)
    for pieces in by_place.values():
        for piece in sorted(pieces, key=lambda piece: piece.start):
            if whole and round(whole[-1].at) == round(piece.at) and piece.start <= whole[-1].end + _TOUCH:
                whole[-1] = whole[-1]._replace(end=max(whole[-1].end, piece.end))
            else:
                whole.append(piece)
    return tuple(whole)


def _tables(rules: Rules) -> list[BorderedArea]:
    """Return the frames of lines that meet, three or more across and two or more down, from top to bottom."""
    if not rules.vertical or not rules.horizontal or len(rules.horizontal) + len(rules.vertical) > _MAX_LINES:
        return []
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for down in sorted(rules.vertical, key=lambda rule: rule.start):
        across = [rule for rule in rules.horizontal if _meet(rule, down)]
        touching = set(across)
        joined = [group for group in groups if not touching.isdisjoint(group[0])]
        others = [group for group in groups if touching.isdisjoint(group[0])]
        merged = ([*across, *(rule for group in joined for rule in group[0])], [down, *(rule for group in joined for rule in group[1])])
        groups = [*others, merged] if across else groups
    areas = [
        BorderedArea(min(r.start for r in across), min(r.at for r in across), max(r.end for r in across), max(r.at for r in across))
        for across, down in groups
        if len(_places(r.at for r in across)) >= 3 and len(_places(r.at for r in down)) >= 3
    ]
    return sorted(areas, key=lambda area: area.y0)


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - _TOUCH <= down.at <= across.end + _TOUCH and down.start - _TOUCH <= across.at <= down.end + _TOUCH


def _places(values: Iterable[float]) -> list[float]:
    """Return the different places of lines; those that nearly touch are one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH:
            places.append(value)
    return places


def _is_alone(area: BorderedArea, inside: Sequence[TextFragment], fragments: Sequence[TextFragment]) -> bool:
    """Return whether no text stands beside the table."""
    inner_ids = set(map(id, inside))
    return bool(inside) and not any(area.y0 < fragment.y < area.y1 and id(fragment) not in inner_ids for fragment in fragments)


def _keep_to_cells(fragments: Sequence[TextFragment], area: BorderedArea, rules: Rules) -> bool:
    """Return whether hardly any text runs over a border, as a long one does in a sheet, or two that were recognised as one."""
    borders = [rule for rule in rules.vertical if area.x0 - _TOUCH <= rule.at <= area.x1 + _TOUCH]
    over = sum(any(_runs_over(fragment, border) for border in borders) for fragment in fragments)
    return over <= _MOST_OVER * len(fragments)


def _runs_over(fragment: TextFragment, border: Rule) -> bool:
    middle = fragment.y - 0.3 * fragment.size
    return border.start < middle < border.end and fragment.x0 < border.at - _TOUCH and fragment.x1 > border.at + _TOUCH


def _rows_of(
    area: BorderedArea,
    fragments: Sequence[TextFragment],
    rules: Rules,
    arranged: Callable[[Sequence[TextFragment]], list[Row]],
    depth: int = 0,
) -> list[Row]:
    """Return the rows of a table or a part of it."""
    if not fragments:
        return []
    bands = _cut(area, rules, is_down=False) if depth < _MAX_DEPTH else [area]
    if len(bands) > 1:
        return [row for band in bands for row in _rows_of(band, _within(band, fragments), rules, arranged, depth + 1)]
    cells = _with_common_lines(_cut(area, rules, is_down=True), rules) if depth < _MAX_DEPTH else [area]
    if len(cells) == 1:
        return cell_rows(arranged(fragments), _text_edges(area, fragments))
    return _side_by_side(cells, fragments, rules, arranged, depth)


def _text_edges(area: BorderedArea, fragments: Sequence[TextFragment]) -> tuple[float, float]:
    """Return where the text of a cell may begin and end: as far from its left border as from its right one."""
    margin = max(min(min(fragment.x0 - area.x0, area.x1 - fragment.x1) for fragment in fragments), 0.0)
    return area.x0 + margin, area.x1 - margin


def _side_by_side(
    cells: Sequence[BorderedArea],
    fragments: Sequence[TextFragment],
    rules: Rules,
    arranged: Callable[[Sequence[TextFragment]], list[Row]],
    depth: int,
) -> list[Row]:
    """Return the rows of cells one after the other, those of a single line in one row."""
    rows: list[Row] = []
    line: Row = []
    for cell in cells:
        part = _rows_of(cell, _within(cell, fragments), rules, arranged, depth + 1)
        if len(part) == 1 or (line and part and cell is cells[-1] and _is_level(line, part[0])):
            line = beside(line, part.pop(0))
        if part:
            rows += [*([line] if line else []), *part]
            line = []
    return [*rows, *([line] if line else [])]


def _is_level(row: Row, other: Row) -> bool:
    return abs(row[-1].y - other[0].y) < 0.15 * other[0].size


def _with_common_lines(cells: Sequence[BorderedArea], rules: Rules) -> list[BorderedArea]:
    """Return the cells of a band, neighbours that lines run across together as one: the rows beside a cell that is merged over them."""
    areas: list[BorderedArea] = []
    is_open = False  # lines run across the last area
    for cell in cells:
        wider = _joined(areas[-1], cell) if is_open else cell
        is_across = len(_cut(wider, rules, is_down=False)) > 1
        if is_open and is_across:
            areas[-1] = wider
            continue
        is_open = is_across if wider is cell else len(_cut(cell, rules, is_down=False)) > 1
        areas.append(cell)
    return areas


def _joined(left: BorderedArea, right: BorderedArea) -> BorderedArea:
    return BorderedArea(left.x0, left.y0, right.x1, left.y1)


def _within(area: BorderedArea, fragments: Sequence[TextFragment]) -> list[TextFragment]:
    return [fragment for fragment in fragments if _holds(area, fragment)]


def _cut(area: BorderedArea, rules: Rules, is_down: bool) -> list[BorderedArea]:
    """Cut an area at the lines that run right across it; the area itself if there are none."""
    lines = rules.vertical if is_down else rules.horizontal
    near, far, start, end = (area.x0, area.x1, area.y0, area.y1) if is_down else (area.y0, area.y1, area.x0, area.x1)
    inner = [rule for rule in lines if near + _MIN_SIDE < rule.at < far - _MIN_SIDE and rule.end > start and rule.start < end]
    places = [position for position in _places(rule.at for rule in inner) if _runs_across(inner, position, start, end)]
    edges = [near, *places, far]
    if is_down:
        return [BorderedArea(left, area.y0, right, area.y1) for left, right in pairwise(edges)]
    return [BorderedArea(area.x0, top, area.x1, bottom) for top, bottom in pairwise(edges)]


def _runs_across(lines: Sequence[Rule], position: float, start: float, end: float) -> bool:
    """Return whether the lines at a place together run from one side of an area to the other."""
    reached = start + _TOUCH
    for rule in sorted((rule for rule in lines if 0 <= rule.at - position <= _TOUCH), key=lambda rule: rule.start):
        if rule.start > reached + _TOUCH:
            return False
        reached = max(reached, rule.end)
    return reached >= end - 2 * _TOUCH
