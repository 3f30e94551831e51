"""Find watermarks, and the lines that job sites stamp on the files they export."""

import re
from bisect import bisect_right
from collections import defaultdict
from statistics import median

from preprocess.cleaning.placed import CELL_GAP, SAME_PLACE, Pages, Place, on_most_pages, removal_note, upright_lines
from preprocess.document import Line, Note, Page

_STAMP = re.compile(
    r"简历来[自源]|BOSS\s*直聘|智联招聘|前程无忧|51job|猎聘|拉勾|脉脉|简历(?:编号|ID)|内部资料|仅供.{0,12}(?:使用|参考)|严禁外传|请勿外传"
    r"|保密|机密|\bconfidential\b|do not distribute|for internal use|downloaded from",
    re.IGNORECASE,
)
_MAX_STAMP = 60
_MAX_HIGH_ROWS = 300
_NEIGHBOURS = 50  # lines that begin at about the same height, looked at for an overlap


def slanted_text(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Find text at 10 to 80 degrees, every copy, unless it is most of its page: then the page was scanned askew."""
    by_text: dict[str, list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        indexes = [index for index, line in enumerate(page.lines) if 10 <= abs(line.angle) % 90 <= 80]
        different = sum(map(len, {page.lines[index].text for index in indexes}))
        if different <= 40 + 0.3 * sum(len(line.text) for line in page.lines):
            for index in indexes:
                by_text[page.lines[index].text].append((number, index))
    notes = [removal_note("watermark_removed", text, places, pages) for text, places in by_text.items()]
    return {position: "" for places in by_text.values() for position in places}, notes


def overprints(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Find upright text that most pages have in the same place and that lies over other text, as no text of a resume does: every copy.

    The layout may have taken it for a cell of a row, or for the end of a word, in rows that are then higher than the text of the page.
    """
    candidates: dict[str, list[tuple[Place, Line]]] = defaultdict(list)  # copies that lie over something, or may do so in a high row
    lone_lines: dict[str, list[tuple[Place, Line]]] = defaultdict(list)
    high: list[tuple[Place, Line]] = []
    overlapping = {(number, index) for number, page in enumerate(pages) for index in _lying_over(page)}
    usual = [median([line.size for line in page.lines] or [0.0]) for page in pages]
    for position, line in upright_lines(pages):
        cells = CELL_GAP.split(line.text.strip())
        is_high = line.y1 - line.y0 > 1.25 * usual[position[0]]
        if len(cells) == 1:
            lone_lines[cells[0]].append((position, line))
        if is_high and len(high) < _MAX_HIGH_ROWS:
            high.append((position, line))
        for cell in cells if position in overlapping or (is_high and len(cells) > 1) else ():
            if 3 < len(cell) <= _MAX_STAMP:
                candidates[cell].append((position, line))
    texts: dict[Place, str] = {}
    notes = []
    for text, copies in candidates.items():
        merged = [
            (position, line)
            for position, line in high
            if text in line.text and any(_is_level(line, copy) for _, copy in copies[:_NEIGHBOURS])
        ]
        lying = [line for _, line in copies if line.text.strip() == text]
        is_glued = any(re.search(rf"[^\s(（]{re.escape(text)}", line.text) for _, line in merged)
        same = [(position, line) for position, line in lone_lines[text] if any(abs(line.size - copy.size) < 0.5 for copy in lying[:1])]
        proof = (lying or [copies[0][1]])[0]
        in_place = {position for position, line in merged if _is_level(line, proof)}
        in_place |= {position for position, line in same if abs(line.x0 - proof.x0) + abs(line.y0 - proof.y0) < SAME_PLACE}
        if (lying or is_glued or _STAMP.search(text)) and on_most_pages(in_place, pages):
            places = sorted({position for position, _ in [*merged, *same]})
            for position in places:
                before = texts.get(position, pages[position[0]].lines[position[1]].text)
                texts[position] = re.sub(r"\s{2,}", "  ", before.replace(text, "  ")).strip()
            notes.append(removal_note("watermark_removed", text, places, pages))
    return texts, notes


def _is_level(proof: Line, line: Line) -> bool:
    """Return whether two lines share a good part of their height."""
    shared = min(proof.y1, line.y1) - max(proof.y0, line.y0)
    return shared > 0.5 * min(proof.y1 - proof.y0, line.y1 - line.y0)


def _lying_over(page: Page) -> set[int]:
    """Return the lines whose box overlaps that of another upright line; rows of several sizes are left out, their boxes say too little."""
    lines = sorted(
        ((line, index) for index, line in enumerate(page.lines) if not line.angle and 0 < line.y1 - line.y0 < 1.1 * line.size),
        key=lambda entry: entry[0].y0,
    )
    tops = [line.y0 for line, _ in lines]
    overlapping = set()
    for position, (line, index) in enumerate(lines):
        last = min(bisect_right(tops, line.y1), position + _NEIGHBOURS)
        for other, other_index in lines[position + 1 : last]:
            em = min(line.size, other.size)
            if min(line.y1, other.y1) - other.y0 > 0.3 * em and min(line.x1, other.x1) - max(line.x0, other.x0) > 0.5 * em:
                overlapping |= {index, other_index}
    return overlapping


def repeated_stamps(pages: Pages) -> tuple[dict[Place, str], list[Note]]:
    """Find further copies, wherever they stand, of a line with the words of a stamp; a single one may be what a person wrote."""
    seen: dict[str, list[Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if len(line.text) <= _MAX_STAMP and _STAMP.search(line.text):
                seen[line.text.strip()].append((number, index))
    repeated = {text: places[1:] for text, places in seen.items() if len(places) > 1}
    notes = [removal_note("stamp_removed", text, places, pages) for text, places in repeated.items()]
    return {position: "" for places in repeated.values() for position in places}, notes
