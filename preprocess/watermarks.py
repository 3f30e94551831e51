"""Finds what was put over the pages of a resume: watermarks, and the lines that job sites stamp on what they export."""

import re
from bisect import bisect_right
from collections import defaultdict

from preprocess.document import Line, Note, Page
from preprocess.placed import CELL_GAP, SAME_PLACE, Pages, Place, has_layout, on_most_pages, removal, upright, without_cell

_STAMP = re.compile(
    r"简历来[自源]|BOSS\s*直聘|智联招聘|前程无忧|51job|猎聘|拉勾|脉脉|简历(?:编号|ID)|内部资料|仅供.{0,12}(?:使用|参考)|严禁外传|请勿外传"
    r"|保密|机密|\bconfidential\b|do not distribute|for internal use|downloaded from",
    re.IGNORECASE,
)
_LONGEST_STAMP = 60
_NEIGHBOURS = 50  # lines that begin at about the same height, looked at for an overlap


def slanted(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Text at 10 to 80 degrees, every copy, unless it is most of what is on its page: then the page was scanned askew."""
    by_text: dict[str, list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        found = [index for index, line in enumerate(page.lines) if 10 <= abs(line.angle) % 90 <= 80]
        different = sum(map(len, {page.lines[index].text for index in found}))
        if different <= 40 + 0.3 * sum(len(line.text) for line in page.lines):
            for index in found:
                by_text[page.lines[index].text].append((number, index))
    notes = [removal("watermark_removed", text, places, pages) for text, places in by_text.items()]
    return {place: "" for places in by_text.values() for place in places}, notes


def stamped_over(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Upright text that most pages have in the same place and that lies over other text there, as no text of a resume does: every copy."""
    found: dict[str, list[tuple[Place, Line]]] = defaultdict(list)
    for place, line in upright(pages):
        text = line.text.strip()
        cells = CELL_GAP.split(text)
        is_merged = len(cells) > 1 and line.y1 - line.y0 > 1.25 * line.size  # perhaps the layout took a stamp for a cell of a row
        for cell in {text, *cells} if is_merged else {text}:
            if 1 < len(cell) <= _LONGEST_STAMP:
                found[cell].append((place, line))
    over = {(number, index) for number, page in enumerate(pages) for index in _lying_over(page)}
    texts: dict[Place, str] = {}
    notes = []
    for text, copies in found.items():
        proofs = [line for place, line in copies if place in over and line.text.strip() == text]
        places = _in_place_of(proofs[0], text, copies) if proofs else []
        if on_most_pages(places, pages):
            texts |= {place: without_cell(texts.get(place, pages[place[0]].lines[place[1]].text), text) for place in places}
            notes.append(removal("watermark_removed", text, places, pages))
    return texts, notes


def _in_place_of(proof: Line, text: str, copies: list[tuple[Place, Line]]) -> list[Place]:
    """The copies that stand where the proven one does; of a row with more cells only the height is known."""
    middle = (proof.y0 + proof.y1) / 2
    return [
        place
        for place, line in copies
        if (line.y0 <= middle <= line.y1 and line.x0 <= proof.x0 + SAME_PLACE and line.x1 >= proof.x1 - SAME_PLACE)
        and (line.text.strip() != text or abs(line.x0 - proof.x0) + abs(line.y0 - proof.y0) <= 2 * SAME_PLACE)
    ]


def _lying_over(page: Page) -> set[int]:
    """Lines whose box shares a good part with the box of another upright line."""
    lines = sorted(
        ((line, index) for index, line in enumerate(page.lines) if not line.angle and has_layout(page, line)),
        key=lambda entry: entry[0].y0,
    )
    tops = [line.y0 for line, _ in lines]
    found = set()
    for position, (line, index) in enumerate(lines):
        last = min(bisect_right(tops, line.y1), position + _NEIGHBOURS)
        for other, other_index in lines[position + 1 : last]:
            em = min(line.size, other.size)
            if min(line.y1, other.y1) - other.y0 > 0.3 * em and min(line.x1, other.x1) - max(line.x0, other.x0) > 0.5 * em:
                found |= {index, other_index}
    return found


def stamps(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Further copies, wherever they stand, of a line with the words of a stamp; a line that occurs once may be what a person wrote."""
    seen: dict[str, list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if len(line.text) <= _LONGEST_STAMP and _STAMP.search(line.text):
                seen[line.text.strip()].append((number, index))
    repeated = {text: places[1:] for text, places in seen.items() if len(places) > 1}
    notes = [removal("stamp_removed", text, places, pages) for text, places in repeated.items()]
    return {place: "" for places in repeated.values() for place in places}, notes
