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
            for position, text in sorted(texts.items()):
                if text:
                    is_heading = position[0] == 0 and pages[0].lines[position[1]].y0 < 0.5 * pages[0].height
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
    numbers = consistent_page_numbers({(position[0] + 1, parsed) for position, _, parsed in near_edge}, len(pages))
    lone = worded_page_numbers({parsed for _, _, parsed in anywhere})
    removed = [entry for entry in near_edge if (entry[0][0] + 1, entry[2]) in numbers] + [entry for entry in anywhere if entry[2] in lone]
    texts: dict[Place, str] = {}
    by_form: dict[int, list[tuple[Place, str]]] = defaultdict(list)
    for position, cell, parsed in removed:
        before = texts.get(position, pages[position[0]].lines[position[1]].text).strip()
        texts[position] = "" if before == cell else remove_cell(before, cell)
        by_form[parsed.form].append((position, cell))
    return texts, [removal_note("page_number", group[0][1], [position for position, _ in group], pages) for group in by_form.values()]


def _outermost(pages: Pages) -> set[Place]:
    """Return the highest and the lowest upright line of each page, where they are near the edge."""
    highest: dict[int, tuple[float, Place]] = {}
    lowest: dict[int, tuple[float, Place]] = {}
    for position, line in upright_lines(pages):
        highest[position[0]] = min(highest.get(position[0], (line.y0, position)), (line.y0, position))
        lowest[position[0]] = max(lowest.get(position[0], (line.y1, position)), (line.y1, position))
    places = {position for _, position in [*highest.values(), *lowest.values()]}
    return {(number, index) for number, index in places if in_margin(pages[number], pages[number].lines[index], WIDER_MARGIN)}
