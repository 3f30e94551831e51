"""Draw PDFs for tests whose text is partly in pictures or paths, and pictures that hold no text."""

import ctypes
import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from tests.data.make_pdf import HEIGHT, Sheet

_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_TABLE = (("Skill", "Level", "Years"), ("Python", "expert", "9"), ("Kafka", "advanced", "5"), ("Rust", "basic", "1"))


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a font of this machine, or the one that comes with Pillow."""
    return ImageFont.truetype(_FONT, size) if _FONT.exists() else ImageFont.load_default(size)


def lines_picture(lines: Sequence[str], ink: str = "black", paper: str = "white", size: int = 28) -> Image.Image:
    """Return a picture of lines of text, 1000 pixels wide."""
    image = Image.new("RGB", (1000, 20 + 2 * size * len(lines)), paper)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((20, 20 + 2 * size * row), line, font=font(size), fill=ink)
    return image


def table_picture() -> Image.Image:
    """Return a picture of a table of skills."""
    image = Image.new("RGB", (900, 300), "white")
    draw = ImageDraw.Draw(image)
    for row, cells in enumerate(_TABLE):
        for column, cell in enumerate(cells):
            draw.rectangle((20 + 280 * column, 20 + 60 * row, 300 + 280 * column, 80 + 60 * row), outline="black", width=2)
            draw.text((34 + 280 * column, 32 + 60 * row), cell, font=font(26), fill="black")
    return image


def portrait() -> Image.Image:
    """Return a face in front of a wall, with the grain of a photograph."""
    image = Image.new("RGB", (300, 400), (180, 195, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((40, 260, 260, 520), fill=(40, 50, 80))
    draw.ellipse((90, 80, 210, 250), fill=(225, 180, 150))
    draw.pieslice((80, 60, 220, 220), 180, 360, fill=(70, 45, 30))
    for x in (125, 165):
        draw.ellipse((x, 150, x + 14, 160), fill=(50, 40, 40))
    draw.arc((125, 180, 180, 215), 20, 160, fill=(150, 60, 60), width=4)
    grain = np.random.default_rng(0).normal(0, 8, (400, 300, 3))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def ratings() -> Image.Image:
    """Return rows of dots, some of them filled."""
    image = Image.new("RGB", (600, 800), "white")
    for row in range(12):
        for column in range(8):
            box = (20 + 60 * column, 20 + 60 * row, 50 + 60 * column, 50 + 60 * row)
            ImageDraw.Draw(image).ellipse(box, fill=(30, 120, 200) if column < 5 - row % 3 else (210, 210, 210))
    return image


def chart() -> Image.Image:
    """Return a chart of bars without a legend."""
    image = Image.new("RGB", (700, 450), "white")
    for bar in range(8):
        ImageDraw.Draw(image).rectangle((80 + 70 * bar, 400 - 40 * bar, 130 + 70 * bar, 400), fill=(60, 90 + 15 * bar, 180))
    return image


def paper() -> Image.Image:
    """Return a background of slanted lines and specks."""
    image = Image.new("RGB", (800, 1100), (250, 250, 245))
    draw = ImageDraw.Draw(image)
    for x in range(0, 1900, 25):
        draw.line((x, 0, x - 1100, 1100), fill=(225, 225, 220), width=3)
    for x, y, size in np.random.default_rng(1).integers((0, 0, 2), (800, 1100, 12), (200, 3)).tolist():
        draw.ellipse((x, y, x + size, y + size), fill=(215, 210, 205))
    return image


def code() -> Image.Image:
    """Return a square code of black and white cells."""
    return Image.fromarray((np.random.default_rng(1).random((33, 33)) > 0.5).astype(np.uint8) * 255).resize((330, 330), 0).convert("RGB")


def put(sheet: Sheet, image: Image.Image, x: float, y: float, width: float) -> None:
    """Draw a picture with its top left corner at x, y, compressed as cameras and scanners do it."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    height = width * image.height / image.width
    sheet.canvas.drawImage(ImageReader(file), x, HEIGHT - y - height, width, height)


def icons(sheet: Sheet) -> None:
    """Draw a column of small curved shapes."""
    for row in range(12):
        path = sheet.canvas.beginPath()
        x, y = 30, HEIGHT - 90 - 30 * row
        path.moveTo(x, y)
        for step in range(8):
            turn = 2 * math.pi * step / 8
            path.curveTo(x + 2, y, x, y + 3, x + 8 * math.cos(turn * (1 + row % 3)), y + 8 * math.sin(turn))
        sheet.canvas.drawPath(path, fill=1, stroke=0)


def outlines(sheet: Sheet, text: str, x: float, y: float, size: float = 14.0) -> None:
    """Draw the letters of a text as paths, as designers export them."""
    document = pdfium.PdfDocument.new()
    typeface = raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    path = sheet.canvas.beginPath()
    advance, along, up = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    for letter in text:
        outline = raw.FPDFFont_GetGlyphPath(typeface, ord(letter), size)
        curve: list[float] = []
        for position in range(raw.FPDFGlyphPath_CountGlyphSegments(outline) if outline else 0):
            segment = raw.FPDFGlyphPath_GetGlyphPathSegment(outline, position)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(along), ctypes.byref(up))
            point = x + size * along.value, HEIGHT - y + size * up.value
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_BEZIERTO:
                curve += point
                if len(curve) == 6:
                    path.curveTo(*curve)
                    curve = []
            else:
                (path.moveTo if kind == raw.FPDF_SEGMENT_MOVETO else path.lineTo)(*point)
            if raw.FPDFPathSegment_GetClose(segment):
                path.close()
        raw.FPDFFont_GetGlyphWidth(typeface, ord(letter), size, ctypes.byref(advance))
        x += advance.value
    sheet.canvas.drawPath(path, fill=1, stroke=0)


def noise() -> Image.Image:
    """Return grains of every grey, some of which lie beside each other as letters do."""
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (800, 600), dtype=np.uint8)).convert("RGB")
