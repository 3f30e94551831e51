"""Draw pictures of pages: scans, photographs and screenshots of resumes."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .generated import GeneratedFile
from .people import person
from .resume import Block, InventedPerson, Phrasing, blocks_of, texts

_REGULAR = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
_SIMPLIFIED, _TRADITIONAL = 2, 3  # positions of the faces in the collection
SIZE = (1240, 1754)


@cache
def _face(bold: bool, size: int, traditional: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_BOLD if bold else _REGULAR, size, index=_TRADITIONAL if traditional else _SIMPLIFIED)


def _broken(text: str, face: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    line = ""
    for piece in text.replace(" ", " \0").split("\0") if text.isascii() else text:
        if face.getlength(line + piece) > room and line:
            yield line.rstrip()
            line = ""
        line += piece
    yield line


def page_image(blocks: Sequence[Block], who: InventedPerson, turn: float = 0, seed: int = 0, noise: bool = True) -> Image.Image:
    """Draw blocks as a printed page, then turn and soil it as a scanner does."""
    image = Image.new("L", SIZE, 252)
    pen = ImageDraw.Draw(image)
    y = 90.0
    for block in blocks:
        size = {"name": 52, "heading": 32}.get(block.kind, 25)
        face = _face(block.kind in ("name", "heading", "entry"), size, who.traditional)
        y += 18 if block.kind == "heading" else 0
        indent = 34 if block.kind == "bullet" else 0
        if block.kind == "bullet":
            pen.ellipse((112, y + 14, 120, y + 22), fill=30)
        for line in _broken(block.text, face, SIZE[0] - 200 - indent):
            pen.text((100 + indent, y), line, font=face, fill=25)
            y += size * 1.5
        if block.kind == "heading":
            pen.line((100, y, SIZE[0] - 100, y), fill=90, width=2)
            y += 6
    if turn:
        image = image.rotate(turn, Image.Resampling.BICUBIC, fillcolor=250)
    return _soiled(image, seed) if noise else image


def _soiled(image: Image.Image, seed: int) -> Image.Image:
    spots = random.Random(seed)
    pen = ImageDraw.Draw(image)
    for _ in range(250):
        x, y = spots.randrange(SIZE[0]), spots.randrange(SIZE[1])
        pen.point((x, y), fill=spots.randrange(120, 220))
    return image.filter(ImageFilter.GaussianBlur(0.6))


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def scan_files() -> Iterator[GeneratedFile]:
    """Give the picture files; few, for recognition is slow."""
    for name, key, turn, kind in (
        ("scan_turned_programmer.png", "programmer", 0.8, "PNG"),
        ("scan_chef.jpg", "chef", -0.5, "JPEG"),
        ("scan_traditional_process_engineer.png", "process_engineer", 0.0, "PNG"),
        ("scan_driver.tiff", "driver", 0.4, "TIFF"),
    ):
        who = person(key)
        blocks = blocks_of(who, Phrasing("brackets", contacts=""))
        image = page_image(blocks, who, turn, seed=len(name))
        options = {"quality": 82} if kind == "JPEG" else {"compression": "tiff_adobe_deflate"} if kind == "TIFF" else {"optimize": True}
        yield GeneratedFile(name, _saved(image, kind, dpi=(150, 150), **options), texts(blocks), notes=("a picture of a page",))
    who = person("schoolgirl")
    blocks = blocks_of(who, Phrasing("brackets", contacts=""))
    screen = Image.merge("RGB", [page_image(blocks, who, noise=False)] * 3)
    inverted = Image.eval(screen, lambda value: 255 - value)
    yield GeneratedFile("screenshot_dark_schoolgirl.webp", _saved(inverted, "WEBP", lossless=True), texts(blocks), notes=("light on dark",))
