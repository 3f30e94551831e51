"""Sort paragraphs of a Word file that stand in frames (framePr) one after another by where the frames stand on the page.

Word writes the tables of older templates so, in any order; of paragraphs with equal frames it makes one frame.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from preprocess.docx.embedded.reading_order import BoxEdges, order_of
from preprocess.docx.geometry import Bounds, PageSetup
from preprocess.docx.measure import line_height, lines, width
from preprocess.docx.ooxml import Element, child, find, local, value
from preprocess.docx.paragraphs import Paragraphs, frame_box

_SIZE = 10.5  # points of the letters, about: only the order counts

Frame = tuple[tuple[str, str], ...]
"""The attributes of a frame, by which frames are told apart."""


def by_frames(blocks: Sequence[Element], page: PageSetup, paragraphs: Paragraphs) -> Iterator[Element]:
    """Yield blocks in their order, but those that stand in frames one after another in the order in which the frames are read.

    Only frames that have a place on the page are sorted.
    """
    frames = [paragraphs.resolve(child(block, "pPr"))[0].get("framePr") if local(block) == "p" else None for block in blocks]
    for is_placed, group in groupby(zip(blocks, frames, strict=True), key=lambda pair: _is_placed(pair[1])):
        run = list(group)
        yield from _sorted(run, page) if is_placed else (block for block, _ in run)


def _is_placed(frame: Element | None) -> bool:
    """Return whether a frame stands at a place of the page; a drop cap does not."""
    if frame is None or value(frame, "dropCap") in ("drop", "margin") or value(frame, "yAlign"):
        return False
    return value(frame, "vAnchor") in ("page", "margin", "") and value(frame, "y") != ""


def _sorted(run: Sequence[tuple[Element, Element | None]], page: PageSetup) -> Iterator[Element]:
    framed = [list(group) for _, group in groupby(run, key=lambda pair: _attributes(pair[1]))]
    rects = {number: _rect([block for block, _ in pairs], page, pairs[0][1]) for number, pairs in enumerate(framed)}
    for number in order_of(rects):
        yield from (block for block, _ in framed[number])


def _attributes(frame: Element | None) -> Frame:
    return () if frame is None else tuple(sorted((str(name), str(text)) for name, text in frame.attrib.items()))


def _rect(blocks: Sequence[Element], page: PageSetup, frame: Element | None) -> BoxEdges:
    assert frame is not None
    line = line_height(_SIZE, "", "auto")
    texts = [width("".join(piece.text or "" for piece in find(block, {"t"}, frozenset())), _SIZE) for block in blocks]
    widest = Bounds(max(text.low for text in texts), max(text.high for text in texts))
    box = frame_box(frame, page, blocks[0], widest, Bounds(0.0, 0.0))
    height = max(box.height, line.low * sum(lines(text, box.width).low for text in texts))
    return BoxEdges(box.x.low, box.x.low + box.width, box.y, box.y + height)
