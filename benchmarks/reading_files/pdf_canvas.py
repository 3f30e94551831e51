"""Set fonts, break lines and keep a page description that is drawn at the end, so that a layout may go back to an earlier page."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Mark = Callable[[Canvas], object]
_TRUE_TYPE = {
    "Liberation": "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "Liberation-Bold": "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "LiberationSerif": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold": "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
    "DejaVu": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "DejaVu-Bold": "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "ZenHei": "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
}
_NAMED_ONLY = ("STSong-Light", "MSung-Light")
_WIDE = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f\u201c\u201d"
_TOKEN = re.compile(f"[ ]+|[{_WIDE}]|[^ {_WIDE}]+")
_NEVER_FIRST = "，。；：、！？）》」』”％%,.;:)]"


@cache
def font(name: str) -> str:
    """Register a font at its first use and give its name back."""
    if name in _TRUE_TYPE:
        pdfmetrics.registerFont(TTFont(name, _TRUE_TYPE[name]))
    elif name in _NAMED_ONLY:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


def width(text: str, name: str, size: float, spacing: float = 0) -> float:
    """Measure a text."""
    return pdfmetrics.stringWidth(text, font(name), size) + spacing * len(text)


def _hyphenated(word: str, name: str, size: float, room: float) -> tuple[str, str] | None:
    if not re.fullmatch("[a-z]{6,}[,.;]?", word):
        return None
    for position in range(len(word) - 3, 1, -1):
        if word[position] not in "aeiouh" and re.search("[aeiou]", word[:position]) and width(word[:position] + "-", name, size) <= room:
            return word[:position] + "-", word[position:]
    return None


def wrap(text: str, name: str, size: float, room: float, hyphenate: bool = False) -> list[str]:
    """Break a text into lines that fit."""
    lines, line = [], ""
    for token in _TOKEN.findall(text):
        if width(line + token, name, size) <= room or not line or (token in _NEVER_FIRST and token):
            line += token
            continue
        pieces = _hyphenated(token, name, size, room - width(line, name, size)) if hyphenate else None
        if pieces:
            lines.append(line + pieces[0])
            line = pieces[1]
        else:
            lines.append(line.rstrip())
            line = token.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


@dataclass
class CanvasDrawing:
    """Pages of marks, drawn in the given or in a shuffled order when the file is made."""

    size: tuple[float, float] = A4
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    behind: dict[int, list[Mark]] = field(default_factory=dict)  # coloured areas, drawn before anything else

    def page(self, number: int) -> list[Mark]:
        """Give a page's marks, with new pages where needed."""
        while len(self.pages) <= number:
            self.pages.append([])
        return self.pages[number]

    def text(
        self,
        number: int,
        x: float,
        y: float,
        text: str,
        name: str,
        size: float,
        colour: str = "#000000",
        spacing: float = 0,
        stroke: bool = False,
    ) -> None:
        """Place one run of text."""

        def mark(canvas: Canvas) -> None:
            run = canvas.beginText(x, y)
            run.setFont(font(name), size)
            run.setFillColor(colour)
            run.setCharSpace(spacing)
            if stroke:  # the way word processors thicken a font that has no bold cut
                run.setStrokeColor(colour)
                canvas.setLineWidth(size / 40)
                run.setTextRenderMode(2)
            run.textOut(text)
            run.setTextRenderMode(0)
            canvas.drawText(run)

        self.page(number).append(mark)

    def box(self, number: int, x: float, y: float, wide: float, high: float, fill: str | None = None, line: str | None = None) -> None:
        """Place a rectangle."""

        def mark(canvas: Canvas) -> None:
            canvas.setFillColor(fill or "#ffffff")
            canvas.setStrokeColor(line or "#000000")
            canvas.setLineWidth(0.6)
            canvas.rect(x, y, wide, high, stroke=int(line is not None), fill=int(fill is not None))

        (self.behind.setdefault(number, []) if fill else self.page(number)).append(mark)

    def line(self, number: int, x: float, y: float, to_x: float, to_y: float, colour: str = "#888888", thickness: float = 0.7) -> None:
        """Place a line."""

        def mark(canvas: Canvas) -> None:
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(thickness)
            canvas.line(x, y, to_x, to_y)

        self.page(number).append(mark)

    def add(self, number: int, mark: Mark) -> None:
        """Place anything else that a canvas can draw."""
        self.page(number).append(mark)

    def data(self, title: str = "", shuffle: int | None = None, **options: object) -> bytes:
        """Draw the file; `shuffle` seeds an order of drawing that is not the order of reading."""
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=self.size, invariant=1, **options)  # pyright: ignore[reportArgumentType]
        canvas.setTitle(title or "resume")
        for number, marks in enumerate(self.pages):
            ordered = list(marks)
            if shuffle is not None:
                random.Random(shuffle).shuffle(ordered)
            for mark in [*self.behind.get(number, []), *ordered]:
                mark(canvas)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()
