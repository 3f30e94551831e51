"""Print texts of clean resumes as PDFs, in layouts that put text on, under and through all kinds of drawings, all of it to be read."""

import random
import re
import textwrap
from collections.abc import Callable
from html import escape

from reportlab.lib.colors import Color, black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.data.make_pdf import HEIGHT, SONG, WIDTH, Sheet, embedded_font, make_pdf

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
pdfmetrics.registerFont(TTFont("VeraIt", "VeraIt.ttf"))
_FONTS = {"zh": [SONG, embedded_font() or SONG], "en": ["Helvetica", "Times-Roman", "Times-Italic", "Courier", "Vera", "VeraIt"]}
_NAVY, _TEAL, _PALE, _GREY = Color(0.1, 0.15, 0.3), Color(0, 0.45, 0.45), Color(0.93, 0.95, 0.97), Color(0.82, 0.82, 0.82)

Under = Callable[[Sheet, random.Random], None]


def _plain(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas.setFillColor(order.choice([black, _NAVY, Color(0.35, 0.35, 0.35)]))


def _dark(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas.setFillColor(_NAVY)
    sheet.canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    sheet.canvas.setFillColor(white)


def _stripes(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas.setFillColor(_PALE)
    for row in range(0, 60, 2):
        sheet.canvas.rect(40, HEIGHT - 70 - 14 * row, WIDTH - 80, 14, stroke=0, fill=1)
    sheet.canvas.setFillColor(black)


def _gradient(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas.linearGradient(0, HEIGHT, 0, 0, (_NAVY, _TEAL))
    sheet.canvas.setFillColor(white)


def _watermark(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas.setFillColor(_GREY)
    text = "内部资料" if sheet.font in _FONTS["zh"] else "CONFIDENTIAL"
    sheet.text(order.uniform(80, 200), order.uniform(500, 700), text, order.uniform(30, 80), angle=order.choice([30, 45, 55]))
    sheet.canvas.setFillColor(black)


def _tight(sheet: Sheet, order: random.Random) -> None:
    sheet.canvas._code.append(f"{order.uniform(-0.7, 0.5):.2f} Tc {order.uniform(85, 110):.0f} Tz")  # pyright: ignore[reportAttributeAccessIssue]


UNDER: dict[str, Under] = {
    "plain": _plain, "dark": _dark, "stripes": _stripes, "gradient": _gradient, "watermark": _watermark, "tight": _tight,
}  # fmt: skip


def printed(text: str, language: str, layout: str, seed: int) -> bytes:
    """Return a PDF of the text over what UNDER[layout] draws; seeds differ in font, size and leading."""
    order = random.Random(f"{seed} {layout}")
    text = re.sub(r"[\u2460-\u27bf\ufe0f\U00010000-\U0010ffff]", "•", text)  # no font here has them
    font, size = order.choice(_FONTS[language]), order.uniform(8, 11)
    wide = 40 if language == "zh" else 85
    rows = [row for line in text.split("\n") for row in (textwrap.wrap(line, wide) or [""])]
    leading = size * order.uniform(1.15, 1.6)
    most = int((HEIGHT - 130) / leading)

    def page(part: list[str]) -> Callable[[Sheet], object]:
        def draw(sheet: Sheet) -> None:
            UNDER[layout](sheet, order)
            for number, row in enumerate(part):
                sheet.text(50, 60 + number * leading, row, size)

        return draw

    return make_pdf(*(page(rows[start : start + most]) for start in range(0, len(rows), most)), font=font)


_COLOURED = "html{-webkit-print-color-adjust:exact} "
STYLES = {
    "sidebar": _COLOURED
    + "main{border-left:55mm solid #22344c;position:relative} h1{position:absolute;left:-52mm;width:48mm;color:#fff;word-break:break-all}",
    "ligatures": "main{font-family:'DejaVu Serif','Noto Serif CJK SC';font-feature-settings:'dlig','tnum'} h1{font-variant:small-caps}",
    "justified": "p{text-align:justify;letter-spacing:-.35px;hyphens:auto} h1{letter-spacing:3px}",
    "dark": _COLOURED + "main{background:#151b26;color:#c9d2df} h1{color:#7fd1ff;text-shadow:0 0 1px #fff}",
    "gradient": _COLOURED + "h1{background:linear-gradient(90deg,#123,#a36);color:#fff;padding:3mm} main{opacity:.75}",
    "through": _COLOURED + "h1{background:linear-gradient(90deg,#06c,#c06);-webkit-background-clip:text;color:transparent}",
    "icons": "p::before{content:'\\2605\\2606\\25CF ☎ ✉ ';color:#888}",
    "upright": "main{writing-mode:vertical-rl;height:250mm;font:7pt 'Noto Sans CJK SC'}",
}


def as_html(texts: list[tuple[str, str]], style: str) -> str:
    """Return a page for each (language, text), for a browser to print."""
    pages = "".join(
        f'<main lang="{language}"><h1>{escape(text.split(chr(10))[0])}</h1>'
        + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n")[1:] if line.strip())
        + "</main>"
        for language, text in texts
    )
    common = "body{font:10pt/1.4 'Liberation Sans','WenQuanYi Zen Hei'} main{break-after:page} h1{font-size:15pt} p{margin:1mm 0}"
    return f'<!doctype html><meta charset="utf-8"><style>@page{{size:A4;margin:12mm}}{common}{STYLES[style]}</style>{pages}'
