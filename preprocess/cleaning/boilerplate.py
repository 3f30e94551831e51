"""Remove what belongs to the pages and not to the resume: watermarks, stamps, page numbers, headers and footers, in this order.

With a layout, a line is boilerplate only if it repeats in the same place on most pages. Without one, only worded page numbers and
repeated stamps are removed.
"""

from collections import defaultdict
from typing import NamedTuple

from preprocess.cleaning.headers import headers_and_footers
from preprocess.cleaning.page_numbers import PageNumber, consistent_page_numbers, page_number, worded_page_numbers
from preprocess.cleaning.placed import (
    CELL_GAP,
    MARGIN,
    WIDER_MARGIN,
    Pages,
    Place,
    has_layout,
    in_margin,
    removal_note,
    remove_cell,
    replace_lines,
    upright_lines,
)
from preprocess.cleaning.watermarks import overprints, repeated_stamps, slanted_text
from preprocess.document import Note


class Cleaned(NamedTuple):
    """The pages without boilerplate; one copy of each header and footer, to stand before and after the text; notes.

    Left in place, the kept copies would break sentences that continue over a page or a column.
    """

    pages: Pages
    before: list[str]
    after: list[str]
    notes: list[Note]


def remove_boilerplate(pages: Pages) -> Cleaned:
    """Remove boilerplate from the pages; return them with the kept headers and footers, and notes of what was removed."""
    notes: list[Note] = []
    before: list[str] = []
    after: list[str] = []
    for finder in (slanted_text, overprints, repeated_stamps, _page_numbers, headers_and_footers):
        texts, new_notes = finder(pages)
        if finder is headers_and_footers:
            for place, text in sorted(texts.items()):
                if text:
                    is_heading = place[0] == 0 and pages[0].lines[place[1]].y0 < 0.5 * pages[0].height
                    (before if is_heading else after).append(text)
            texts = dict.fromkeys(texts, "")
        pages, notes = replace_lines(pages, texts), notes + new_notes
    return Cleaned(pages, before, after, notes)


def _page_numbers(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Find page numbers as lines, or as cells of lines, near the edge; without a layout only whole lines that say so in words."""
    near_edge: list[tuple[Place, str, PageNumber]] = []
    anywhere: list[tuple[Place, str, PageNumber]] = []
    outermost = _outermost(pages)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            whole = page_number(line.text)
            is_placed = has_layout(page, line)
            if is_placed and not line.angle and (in_margin(page, line, MARGIN) or (number, index) in outermost):
                for cell in [line.text.strip()] if whole else CELL_GAP.split(line.text.strip()):
                    if parsed := page_number(cell):
                        near_edge.append(((number, index), cell, parsed))
            elif whole and (not is_placed or whole.total):
                anywhere.append(((number, index), line.text.strip(), whole))
    numbers = consistent_page_numbers({(place[0] + 1, parsed) for place, _, parsed in near_edge}, len(pages))
    lone = worded_page_numbers({parsed for _, _, parsed in anywhere})
    removed = [entry for entry in near_edge if (entry[0][0] + 1, entry[2]) in numbers] + [entry for entry in anywhere if entry[2] in lone]
    texts: dict[Place, str] = {}
    by_form: dict[int, list[tuple[Place, str]]] = defaultdict(list)
    for place, cell, parsed in removed:
        before = texts.get(place, pages[place[0]].lines[place[1]].text).strip()
        texts[place] = "" if before == cell else remove_cell(before, cell)
        by_form[parsed.form].append((place, cell))
    return texts, [removal_note("page_number", group[0][1], [place for place, _ in group], pages) for group in by_form.values()]


def _outermost(pages: Pages) -> set[Place]:
    """Return the highest and the lowest upright line of each page, where they are near the edge."""
    highest: dict[int, tuple[float, Place]] = {}
    lowest: dict[int, tuple[float, Place]] = {}
    for place, line in upright_lines(pages):
        highest[place[0]] = min(highest.get(place[0], (line.y0, place)), (line.y0, place))
        lowest[place[0]] = max(lowest.get(place[0], (line.y1, place)), (line.y1, place))
    places = {place for _, place in [*highest.values(), *lowest.values()]}
    return {(number, index) for number, index in places if in_margin(pages[number], pages[number].lines[index], WIDER_MARGIN)}
