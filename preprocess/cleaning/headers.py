"""Find page headers and footers: lines in the margins that most pages have in the same place.

Without the rule on places, body lines of similar pages would be swallowed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

from preprocess.cleaning.page_numbers import without_page_number
from preprocess.cleaning.placed import (
    MARGIN,
    SAME_PLACE,
    WIDER_MARGIN,
    Pages,
    Place,
    has_layout,
    in_margin,
    on_most_pages,
    removal_note,
    upright_lines,
)
from preprocess.document import Line, Note
from preprocess.lexicon.headings import heading_kind


def headers_and_footers(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Find lines in the margin that most pages have in the same place: the first copy loses its page number, the others are removed."""
    groups: dict[str, list[Place]] = defaultdict(list)
    repeated = _repeated_in_place(pages)
    for number, page in enumerate(pages):
        order = sorted((index for index, line in enumerate(page.lines) if has_layout(page, line)), key=lambda index: page.lines[index].y0)
        for inwards in (order, order[::-1]):
            outer: Line | None = None  # the header line next to this one, nearer to the edge
            for index in inwards:
                line = page.lines[index]
                if not in_margin(page, line, MARGIN) and not (outer and _goes_with(outer, line)):
                    break
                outer = line if (number, index) in repeated else None
                if outer:
                    groups[repeated[number, index]].append((number, index))
    texts: dict[Place, str] = {}
    notes = []
    # Turned lines are read after all others of their page, so the last copy is the one that parts nothing.
    for places in [*map(sorted, map(set, groups.values())), *(sorted(places, reverse=True) for places in _turned_heads(pages))]:
        first, *others = places
        line = pages[first[0]].lines[first[1]]
        if others:
            texts |= {first: without_page_number(line.text), **dict.fromkeys(others, "")}
            notes.append(removal_note("header_removed", line.text, others, pages))
    return texts, notes


def _turned_heads(pages: Pages) -> list[list[Place]]:
    """Return the lines, no headings, that run along the left or right edge of most pages in the same place, ignoring page numbers."""
    by_text: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            middle = (line.x0 + line.x1) / 2
            is_at_edge = not WIDER_MARGIN * page.width < middle < (1 - WIDER_MARGIN) * page.width
            if abs(line.angle) == 90 and has_layout(page, line) and is_at_edge and heading_kind(line.text) in (None, "title"):
                text = re.sub(r"\s+", "", without_page_number(line.text))
                by_text[text, round(middle / (2 * SAME_PLACE))].append((number, index))
    return [places for places in by_text.values() if on_most_pages(places, pages)]


def _goes_with(outer: Line, line: Line) -> bool:
    """Return whether a line further in than the margin is another line of the header: as small, and right next to it."""
    return abs(line.size - outer.size) < 0.1 * outer.size and abs(line.y0 - outer.y0) < 1.8 * outer.size


def _repeated_in_place(pages: Pages) -> dict[Place, str]:
    """Return the lines near the edge that most pages have in the same place, ignoring page numbers, with the text of their group."""
    by_text: dict[str, list[tuple[float, Place]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if has_layout(page, line) and in_margin(page, line, WIDER_MARGIN):
                by_text[re.sub(r"\s+", "", without_page_number(line.text))].append((line.y0, (number, index)))
    by_text.pop("", None)
    repeated: dict[Place, str] = {}
    for text, copies in by_text.items():
        copies.sort()
        clusters = [[copies[0]]]
        for copy in copies[1:]:
            if copy[0] - clusters[-1][-1][0] > SAME_PLACE:
                clusters.append([])
            clusters[-1].append(copy)
        for cluster in clusters:
            places = [position for _, position in cluster]
            if on_most_pages(places, pages):
                repeated |= dict.fromkeys(places, text)
    attached = Counter(repeated[position] for position in _attached(pages, repeated))
    sizes = Counter(repeated.values())
    return {position: text for position, text in repeated.items() if 2 * attached[text] <= sizes[text]}


def _attached(pages: Pages, repeated: Mapping[Place, str]) -> set[Place]:
    """Return the repeated lines that stand close to one further in that is not repeated, on the same left edge and no smaller than it.

    They are text of the body, or a heading that opens several pages.
    """
    by_edge: dict[tuple[int, int], list[tuple[float, Place, Line]]] = defaultdict(list)
    for position, line in upright_lines(pages):
        by_edge[position[0], round(line.x0)].append((line.y0, position, line))
    attached = set()
    for (number, _), lines in by_edge.items():
        lines.sort(key=lambda entry: entry[:2])
        for upper, lower in pairwise(lines):
            is_above = upper[0] < 0.5 * pages[number].height
            (_, position, outer), (_, inner_place, inner) = (upper, lower) if is_above else (lower, upper)
            if position not in repeated or inner_place in repeated:
                continue
            if (
                abs(outer.y0 - inner.y0) < 1.8 * outer.size
                and outer.size > 0.95 * inner.size
                and not in_margin(pages[number], inner, MARGIN)
            ):
                attached.add(position)
    return attached
