"""Convert the tree of a web page to lines in reading order, and list the texts in it that nobody sees.

A block is a line or several, a list item begins with "- ", a table row is joined as those of Word files are.
"""

import re
from typing import Any

from preprocess.docx.table import join_row
from preprocess.lexicon.characters import BULLETS, CJK
from preprocess.web.look import ComputedStyle, look, pixels
from preprocess.web.pictures import PlacedPicture
from preprocess.web.positioned import in_order
from preprocess.web.stylesheet import StyleSheet
from preprocess.web.svg import svg_texts

Element = Any

_NEVER_SHOWN = frozenset("script style head title noscript noframes object iframe applet audio video canvas math button rt rp xml".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption legend".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TEXT_FIELDS = ("", "text", "email", "tel", "url", "number", "date", "month", "search")
_BLOCK_DISPLAYS = ("block", "list-item", "table", "table-cell", "table-row-group", "flow-root")
_ROW_DISPLAYS = ("flex", "inline-flex", "grid", "inline-grid", "table-row")
_TRACKS = re.compile(r"repeat\( {0,9}(\d{1,2}) {0,9},[^()]{0,80}(?:\([^()]{0,80}\))?[^()]{0,20}\)|[^\s()]{1,40}(?:\([^()]{0,80}\))?")
_MAX_SIDE_BY_SIDE = 6
_MAX_PICTURES = 2_000
_POINTS = 0.75  # of a pixel
_GAP = 6.0  # pixels; a wider margin between words is more than a space
_C1 = {number: bytes([number]).decode("cp1252") for number in range(0x80, 0xA0) if number not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""`&#150;` is an en dash: browsers read these numbers as Windows-1252."""

_WIDE = rf"{CJK}\u3001-\u303f\uff00-\uffef"
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t]*+[\r\n][ \t\r\n]*+(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_KEPT = "\v"  # a line break of <br> or <pre>, among those that are only blanks
_LETTERS = re.compile(r"\w.*\w", re.S)
_BULLET = re.compile(rf"[{BULLETS}·\uf000-\uf0ff]\s*")


class PageLines:
    """Collect the lines of one part of a page: the whole of it, or a cell."""

    def __init__(self, styles: StyleSheet, hidden: list[str]):
        """Texts that nobody sees are added to `hidden`."""
        self.lines: list[str] = []
        self.pictures: list[PlacedPicture] = []
        self._styles, self._hidden = styles, hidden
        self._pieces: list[str] = []
        self._mark = ""
        self._is_begun = False
        """Return whether there is text that `end_line` will make a line of."""

    def add(self, element: Element, outer: ComputedStyle) -> None:
        """Add the text of an element and all in it; `outer` is the look of what is around it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _NEVER_SHOWN or (tag == "template" and not (element.get("shadowmode") or element.get("shadowrootmode"))):
            return
        style = self._styles.style(element)
        own = look(element, style, outer)
        if not own.is_shown or tag == "del":  # nothing in it can be seen
            self._hide("".join(element.itertext()))
        elif style.get("mso-list") == "ignore":  # Word's own bullet or number of a list item
            self._mark = "" if self._is_heading(element) else "- "
        elif tag == "img":
            self._add_picture(element, own, style)
        elif tag == "svg":
            self._add_drawing(element, outer)
        elif tag == "br":
            self._pieces.append(_KEPT)
        elif tag in ("input", "select", "textarea"):
            self._add_field(element, own)
        elif tag == "tr" or (style.get("display") in _ROW_DISPLAYS and _is_row(element, style)):
            self._add_rows(element, own, _columns(style))
        else:
            self._add_inside(element, own, style)

    def end_line(self) -> None:
        """End the line or lines begun."""
        text = _BROKEN.sub("", "".join(self._pieces).translate(_C1))
        self._pieces, self._is_begun = [], False
        for line in text.split(_KEPT):
            line = re.sub(r" {3,}", "  ", _BLANKS.sub(" ", line).replace("\xa0", " ")).strip()
            if line:
                self.lines.append(self._mark + (_BULLET.sub("", line, count=1) if self._mark and _BULLET.match(line) else line))
                self._mark = ""

    def _add_inside(self, element: Element, own: ComputedStyle, style: dict[str, str]) -> None:
        display = style.get("display", "")
        is_block = display in _BLOCK_DISPLAYS or (element.tag in _BLOCKS and not display.startswith("inline"))
        gap = "" if is_block else "  " if _is_apart(style, own.size) else " " if display.startswith("inline-") else ""
        if is_block:
            self.end_line()
        if element.tag == "li":
            self._mark = "- "
        self._pieces.append(gap)
        self._add_text(element.text, own)
        holds_boxes = display in _ROW_DISPLAYS
        for child in in_order(element, self._styles):
            if holds_boxes and "column" in style.get("flex-direction", ""):
                self.end_line()
            self._pieces.append("  " if holds_boxes else "")
            self.add(child, own)
            self._add_text(child.tail, own)
        self._pieces.append(gap)
        if is_block:
            self.end_line()
        if element.tag == "li":
            self._mark = ""

    def _add_rows(self, element: Element, own: ComputedStyle, columns: int) -> None:
        """Add a table row, or boxes side by side, so many in each row: short cells on one line."""
        self.end_line()
        cells: list[list[str]] = []
        for child in (None, *element):
            cell = PageLines(self._styles, self._hidden)
            if child is not None:
                cell.add(child, own)
            cell._add_text(element.text if child is None else child.tail, own)
            cell.end_line()
            cells.append(cell.lines)
            self.pictures += [picture._replace(position=picture.position + len(self.lines)) for picture in cell.pictures]
        cells = cells if cells[0] else cells[1:]
        for start in range(0, len(cells), columns):
            self.lines += join_row(cells[start : start + columns])

    def _add_field(self, element: Element, own: ComputedStyle) -> None:
        """Add what was filled into a form."""
        kind = (element.get("type") or "").lower()
        if element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            self._add_text(" ".join("".join(option.itertext()) for option in chosen), own)
        elif element.tag == "textarea":
            self._add_text("".join(element.itertext()), own)
        elif kind in ("checkbox", "radio"):
            self._add_text("☑" if element.get("checked") is not None else "☐", own)
        elif kind in _TEXT_FIELDS:
            self._add_text(element.get("value"), own)

    def _add_picture(self, element: Element, own: ComputedStyle, style: dict[str, str]) -> None:
        """Take note of a picture, and of how large it is shown."""
        if own.is_visible and len(self.pictures) < _MAX_PICTURES:
            width, height = (
                _POINTS * (pixels(style.get(name) or element.get(name) or "", own.size) or 0.0) for name in ("width", "height")
            )
            self.pictures.append(PlacedPicture(len(self.lines) + self._is_begun, element.get("src") or "", width, height))

    def _add_drawing(self, element: Element, outer: ComputedStyle) -> None:
        """Add the texts of a drawing, each a line; icons have none."""
        texts = list(svg_texts(element, self._styles, outer))
        if any(is_seen for _, is_seen in texts):
            self.end_line()
        for text, is_seen in texts:
            if is_seen:
                self.lines.append(text)
            else:
                self._hide(text)

    def _add_text(self, text: str | None, own: ComputedStyle) -> None:
        if not text:
            return
        if own.is_hidden:
            self._hide(text)
        else:
            self._pieces.append(re.sub(r"\r\n?|\n", _KEPT, text) if own.keeps_lines else text)
            self._is_begun = self._is_begun or not text.isspace()

    def _hide(self, text: str) -> None:
        if _LETTERS.search(text):
            self._hidden.append(" ".join(text.split()))

    def _is_heading(self, element: Element) -> bool:
        return any(ancestor.tag in _HEADINGS for ancestor in element.iterancestors())


def _is_row(element: Element, style: dict[str, str]) -> bool:
    """Return whether the boxes in an element stand side by side like the cells of a row: few, and no list."""
    is_few = len(element) <= _MAX_SIDE_BY_SIDE or "grid" in style.get("display", "")
    return "column" not in style.get("flex-direction", "") and is_few and element.find("li") is None


def _columns(style: dict[str, str]) -> int:
    """Return how many boxes stand side by side: as many as a grid has columns, or all."""
    if "grid" not in style.get("display", ""):
        return _MAX_SIDE_BY_SIDE + 1
    tracks = style.get("grid-template-columns", "")
    return max(1, sum(int(track[1] or 1) for track in _TRACKS.finditer(tracks))) if tracks else 1


def _is_apart(style: dict[str, str], size: float) -> bool:
    """Return whether there is a gap around an element within a line."""
    sides = [style.get(name, "") for name in ("margin-left", "margin-right", "padding-left")]
    for name in ("margin", "padding"):
        parts = style.get(name, "").split()
        sides += [parts[1] if len(parts) > 1 else parts[0]] if parts else []
    return any((pixels(side, size) or 0.0) >= _GAP for side in sides)
