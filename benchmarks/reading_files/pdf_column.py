"""Set a column of text that flows down a page and on to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .pdf_canvas import CanvasDrawing, width, wrap
from .resume import Block


@dataclass(frozen=True)
class Design:
    """Fonts, marks and colours of a layout."""

    regular: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 10
    leading: float = 1.4
    bullet: str = "•"
    bullet_font: str = ""
    heading: Literal["plain", "rule", "band", "spaced", "letters", "twice"] = "rule"
    colour: str = "#222222"
    accent: str = "#1f4e79"
    entry: Literal["right", "gutter"] = "right"
    justify: bool = False
    hyphenate: bool = False
    grid: bool = False
    centred_name: bool = False
    gap: float = 6

    @property
    def inset(self) -> float:
        """Give how far text stands right of dates in the margin."""
        return 118 if self.entry == "gutter" else 0

    @property
    def thickened(self) -> bool:
        """Say whether the bold is drawn by outlining the regular font."""
        return self.bold == self.regular


@dataclass
class BlockColumn:
    """A place where blocks are set one under another."""

    drawing: CanvasDrawing
    look: Design
    left: float
    wide: float
    top: float
    bottom: float
    number: int = 0
    y: float = -1
    next_top: float = -1

    def __post_init__(self) -> None:
        self.y = self.top if self.y < 0 else self.y
        self.next_top = self.top if self.next_top < 0 else self.next_top

    def _down(self, by: float) -> float:
        if self.y - by < self.bottom:
            self.number += 1
            self.y = self.next_top
        self.y -= by
        return self.y

    def lines(self, text: str, name: str, size: float, colour: str, indent: float = 0, bold: bool = False, right: float = 0) -> None:
        """Set a paragraph."""
        look = self.look
        room = self.wide - indent - right
        broken = wrap(text, name, size, room, look.hyphenate)
        for position, line in enumerate(broken):
            y = self._down(size * look.leading)
            x = self.left + indent
            last = position == len(broken) - 1
            if look.justify and not last and " " in line:
                self._spread(line, x, y, room, name, size, colour)
            elif look.justify and not last:
                spacing = max(0.0, (room - width(line, name, size)) / max(1, len(line) - 1))
                self.drawing.text(self.number, x, y, line, name, size, colour, spacing=min(spacing, size / 2))
            else:
                self.drawing.text(self.number, x, y, line, name, size, colour, stroke=bold and look.thickened)

    def _spread(self, line: str, x: float, y: float, room: float, name: str, size: float, colour: str) -> None:
        words = line.split()
        gap = (room - sum(width(word, name, size) for word in words)) / max(1, len(words) - 1)
        for word in words:
            self.drawing.text(self.number, x, y, word, name, size, colour)
            x += width(word, name, size) + gap

    def flow(self, blocks: Iterable[Block]) -> BlockColumn:
        """Set blocks one after another."""
        for block in blocks:
            self.block(block)
        return self

    def block(self, block: Block) -> None:
        """Set one block."""
        look, size = self.look, self.look.size
        if block.kind == "name":
            self._name(block.text)
        elif block.kind == "heading":
            self._heading(block.text)
        elif block.kind == "entry":
            self._entry(block)
        elif block.kind == "row":
            self._row(block)
        elif block.kind == "bullet":
            y = self._down(0)
            if y - size * look.leading < self.bottom:
                self.number, self.y = self.number + 1, self.next_top
            mark_font = look.bullet_font or look.regular
            mark_y = self.y - size * look.leading
            self.drawing.text(self.number, self.left + look.inset + 4, mark_y, look.bullet, mark_font, size, look.accent)
            self.lines(block.text, look.regular, size, look.colour, look.inset + 8 + width(look.bullet + " ", mark_font, size))
        elif block.kind == "paragraph":
            self.lines(block.text, look.regular, size, look.colour, look.inset)
        else:
            self.lines(block.text, look.regular, size, look.colour)

    def _name(self, text: str) -> None:
        look, size = self.look, self.look.size * 2
        y = self._down(size * 1.3)
        x = self.left + ((self.wide - width(text, look.bold, size)) / 2 if look.centred_name else 0)
        self.drawing.text(self.number, x, y, text, look.bold, size, look.accent, stroke=look.thickened)
        self.y -= 3

    def _heading(self, text: str) -> None:
        look, size = self.look, self.look.size * 1.2
        self.y -= look.gap
        if self.y - size * 1.6 - look.size * 3 < self.bottom:  # a heading stays with the lines under it
            self.number, self.y = self.number + 1, self.next_top
        y = self._down(size * 1.6)
        if look.heading == "band":
            self.drawing.box(self.number, self.left, y - 4, self.wide, size * 1.5, fill=look.accent)
        colour = "#ffffff" if look.heading == "band" else look.accent
        inset = 4 if look.heading == "band" else 0
        if look.heading == "letters":
            x = self.left
            for letter in text:
                self.drawing.text(self.number, x, y, letter, look.bold, size, colour)
                x += width(letter, look.bold, size) + size * 0.35
        else:
            spacing = size * 0.3 if look.heading == "spaced" else 0
            stroke = look.thickened
            self.drawing.text(self.number, self.left + inset, y, text, look.bold, size, colour, spacing, stroke)
            if look.heading == "twice":  # a printed bold: the same words again, a hair to the right
                self.drawing.text(self.number, self.left + inset + 0.3, y, text, look.bold, size, colour, spacing)
        if look.heading == "rule":
            self.drawing.line(self.number, self.left, y - 3, self.left + self.wide, y - 3, look.accent)
        self.y -= 4

    def _entry(self, block: Block) -> None:
        look, size = self.look, self.look.size
        self.y -= 2
        if look.entry == "gutter" and len(block.cells) == 2:
            y = self._down(0)
            if y - size * look.leading < self.bottom:
                self.number, self.y = self.number + 1, self.next_top
            self.drawing.text(self.number, self.left, self.y - size * look.leading, block.cells[0], look.regular, size, look.accent)
            self.lines(block.cells[1], look.bold, size, look.colour, look.inset, bold=True)
            return
        date = block.cells[1] if len(block.cells) == 2 else ""
        room = width(date, look.regular, size) + 8 if date else 0
        if date:
            if self.y - size * look.leading < self.bottom:
                self.number, self.y = self.number + 1, self.next_top
            x = self.left + self.wide - room + 8
            self.drawing.text(self.number, x, self.y - size * look.leading, date, look.regular, size, look.accent)
        self.lines(block.cells[0], look.bold, size, look.colour, bold=True, right=room)

    def _row(self, block: Block) -> None:
        look, size = self.look, self.look.size
        count = len(block.cells)
        wides = [self.wide * 0.3, self.wide * 0.7] if count == 2 else [self.wide / count] * count
        broken = [wrap(cell, look.regular, size, wide - 8) for cell, wide in zip(block.cells, wides, strict=True)]
        high = max(len(lines) for lines in broken) * size * look.leading + 4
        y = self._down(high)
        x = self.left
        for lines, wide in zip(broken, wides, strict=True):
            if look.grid:
                self.drawing.box(self.number, x, y, wide, high, line="#999999")
            for position, line in enumerate(lines):
                line_y = y + high - (position + 1) * size * look.leading
                self.drawing.text(self.number, x + 4, line_y, line, look.regular, size, look.colour)
            x += wide
