"""Finds what belongs to the page and not to the resume: page numbers, headers and footers; with watermarks.py, all boilerplate.

Wording alone never decides: where the file has a layout, a header takes the same place in the margin of most pages; where it has none,
only numbers that say in words that they count pages go. Without the rule on places, body lines of similar pages would be swallowed.
"""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from preprocess.document import Line, Note
from preprocess.page_numbers import PageNumber, counting, page_number, running, without_page_number
from preprocess.placed import (
    CELL_GAP,
    MARGIN,
    SAME_PLACE,
    WIDER_MARGIN,
    Pages,
    Place,
    has_layout,
    in_margin,
    on_most_pages,
    removal,
    upright,
    with_texts,
    without_cell,
)
from preprocess.watermarks import slanted, stamped_over, stamps


class Cleaned(NamedTuple):
    """The pages without boilerplate; headers and footers of which one copy is kept, to stand before and after the text; notes.

    Left where they were, the kept copies would break sentences that go on over a page or a column.
    """

    pages: Pages
    before: list[str]
    after: list[str]
    notes: list[Note]


def remove_boilerplate(pages: Pages) -> Cleaned:
    """Takes out of the pages what belongs to them and not to the resume."""
    notes: list[Note] = []
    before: list[str] = []
    after: list[str] = []
    for find in (slanted, stamped_over, stamps, _page_numbers, _headers_and_footers):
        texts, found = find(pages)
        if find is _headers_and_footers:
            for place, text in sorted(texts.items()):
                if text:
                    is_heading = place[0] == 0 and pages[0].lines[place[1]].y0 < 0.5 * pages[0].height
                    (before if is_heading else after).append(text)
            texts = dict.fromkeys(texts, "")
        pages, notes = with_texts(pages, texts), notes + found
    return Cleaned(pages, before, after, notes)


def _page_numbers(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Page numbers as lines, or as cells of lines, near the edge; without a layout only whole lines that say so in words."""
    near_edge: list[tuple[Place, str, PageNumber]] = []
    anywhere: list[tuple[Place, str, PageNumber]] = []
    outermost = _outermost(pages)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            whole = page_number(line.text)
            is_placed = has_layout(page, line)
            if is_placed and not line.angle and (in_margin(page, line, MARGIN) or (number, index) in outermost):
                for cell in [line.text.strip()] if whole else CELL_GAP.split(line.text.strip()):
                    if found := page_number(cell):
                        near_edge.append(((number, index), cell, found))
            elif whole and (not is_placed or whole.total):
                anywhere.append(((number, index), line.text.strip(), whole))
    numbers = counting({(place[0] + 1, found) for place, _, found in near_edge}, len(pages))
    lone = running({found for _, _, found in anywhere})
    removed = [entry for entry in near_edge if (entry[0][0] + 1, entry[2]) in numbers] + [entry for entry in anywhere if entry[2] in lone]
    texts: dict[Place, str] = {}
    by_form: dict[int, list[tuple[Place, str]]] = defaultdict(list)
    for place, cell, found in removed:
        before = texts.get(place, pages[place[0]].lines[place[1]].text).strip()
        texts[place] = "" if before == cell else without_cell(before, cell)
        by_form[found.form].append((place, cell))
    return texts, [removal("page_number", group[0][1], [place for place, _ in group], pages) for group in by_form.values()]


def _outermost(pages: Pages) -> set[Place]:
    """The highest and the lowest upright line of each page, where they are not far from the edge."""
    highest: dict[int, tuple[float, Place]] = {}
    lowest: dict[int, tuple[float, Place]] = {}
    for place, line in upright(pages):
        highest[place[0]] = min(highest.get(place[0], (line.y0, place)), (line.y0, place))
        lowest[place[0]] = max(lowest.get(place[0], (line.y1, place)), (line.y1, place))
    places = {place for _, place in [*highest.values(), *lowest.values()]}
    return {(number, index) for number, index in places if in_margin(pages[number], pages[number].lines[index], WIDER_MARGIN)}


def _headers_and_footers(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Lines in the margin that most pages have in the same place: the first copy loses a page number in it, the others go."""
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
    for places in groups.values():
        first, *others = sorted(set(places))
        line = pages[first[0]].lines[first[1]]
        if others:
            texts |= {first: without_page_number(line.text), **dict.fromkeys(others, "")}
            notes.append(removal("header_removed", line.text, others, pages))
    return texts, notes


def _attached(pages: Pages) -> set[Place]:
    """Lines near the edge that stand close to one further in, on the same left edge and in the same size: text of the body."""
    by_edge: dict[tuple[int, int], list[tuple[float, Place, Line]]] = defaultdict(list)
    for place, line in upright(pages):
        by_edge[place[0], round(line.x0)].append((line.y0, place, line))
    found = set()
    for (number, _), lines in by_edge.items():
        lines.sort(key=lambda entry: entry[:2])
        for (_, upper_place, upper), (_, lower_place, lower) in pairwise(lines):
            if lower.y0 - upper.y0 < 1.8 * upper.size and abs(lower.size - upper.size) < 0.05 * upper.size:
                outer, inner = (upper_place, lower) if upper.y0 < 0.5 * pages[number].height else (lower_place, upper)
                found |= {outer} if not in_margin(pages[number], inner, MARGIN) else set()
    return found


def _goes_with(outer: Line, line: Line) -> bool:
    """Whether a line further in than the margin is another line of the header: as small, and right next to it."""
    return abs(line.size - outer.size) < 0.1 * outer.size and abs(line.y0 - outer.y0) < 1.8 * outer.size


def _repeated_in_place(pages: Pages) -> dict[Place, str]:
    """Lines near the edge whose text, but for a page number in it, most pages have in the same place → a name for their group."""
    by_text: dict[str, list[tuple[float, Place]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if has_layout(page, line) and in_margin(page, line, WIDER_MARGIN):
                by_text[re.sub(r"\s+", "", without_page_number(line.text))].append((line.y0, (number, index)))
    by_text.pop("", None)
    attached = _attached(pages)
    repeated: dict[Place, str] = {}
    for text, copies in by_text.items():
        copies.sort()
        clusters = [[copies[0]]]
        for copy in copies[1:]:
            if copy[0] - clusters[-1][-1][0] > SAME_PLACE:
                clusters.append([])
            clusters[-1].append(copy)
        for cluster in clusters:
            places = [place for _, place in cluster]
            if on_most_pages(places, pages) and 2 * sum(place in attached for place in places) <= len(places):
                repeated |= dict.fromkeys(places, text)
    return repeated
