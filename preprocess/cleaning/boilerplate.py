"""Takes out what belongs to the pages and not to the resume: watermarks, stamps, page numbers, headers and footers, in this order.

Wording alone never decides: where the file has a layout it is the place on most pages that does; where it has none, only page numbers
that say in words what they are go, and further copies of stamps.
"""

from collections import defaultdict
from typing import NamedTuple

from preprocess.cleaning.headers import headers_and_footers
from preprocess.cleaning.page_numbers import PageNumber, counting, page_number, running
from preprocess.cleaning.placed import (
    CELL_GAP,
    MARGIN,
    WIDER_MARGIN,
    Pages,
    Place,
    has_layout,
    in_margin,
    removal,
    upright,
    with_texts,
    without_cell,
)
from preprocess.cleaning.watermarks import slanted, stamped_over, stamps
from preprocess.document import Note


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
    for find in (slanted, stamped_over, stamps, _page_numbers, headers_and_footers):
        texts, found = find(pages)
        if find is headers_and_footers:
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
