"""Place the characters of a Glyphs element of an XPS page."""

import re
from collections.abc import Iterator

from preprocess.docx.ooxml import Element, value
from preprocess.fixed_layout.coordinates import Matrix, first_number, natural_width
from preprocess.layout.glyphs import Glyph

_CLUSTER = re.compile(r"\(\s*(\d{1,4})(?:\s*:\s*(\d{1,4}))?\s*\)")
_MIN_SIZE, _MAX_SIZE = 0.1, 10_000.0  # points


def glyphs_of(element: Element, to_page: Matrix) -> Iterator[Glyph]:
    """Yield the characters of a Glyphs element. Indices say how far each glyph advances, or else the font, which is not looked at."""
    text = value(element, "UnicodeString").removeprefix("{}")
    em = first_number(value(element, "FontRenderingEmSize"), 0.0)
    x, y = (first_number(value(element, name), 0.0) for name in ("OriginX", "OriginY"))
    is_leftward = int(first_number(value(element, "BidiLevel"), 0.0)) % 2 == 1
    size = min(max(abs(em) * to_page.height, _MIN_SIZE), _MAX_SIZE)
    for character, width in zip(text, _advances(value(element, "Indices"), text), strict=False):
        x -= width * em if is_leftward else 0.0
        yield Glyph(character, *to_page.point(x, y), width * em * to_page.width, size, to_page.angle)
        x += 0.0 if is_leftward else width * em


def _advances(indices: str, text: str) -> list[float]:
    """Return the advance of each character in em: of a cluster, shares of that of its glyphs."""
    advances: list[float] = []
    entries = iter(indices.split(";") if indices.strip() else [])
    for entry in entries:
        if len(advances) >= len(text):
            break
        cluster = _CLUSTER.match(entry.strip())
        characters, glyphs = (int(cluster[1]), int(cluster[2] or 1)) if cluster else (1, 1)
        run = text[len(advances) : len(advances) + characters]
        parts = [entry, *(part for part, _ in zip(entries, range(glyphs - 1), strict=False))]
        told = [part.split(",")[1].strip() for part in parts if part.count(",") and part.split(",")[1].strip()]
        if told and len(told) == len(parts):
            advances += [sum(first_number(part, 0.0) for part in told) / 100 / max(characters, 1)] * len(run)
        else:
            advances += map(natural_width, run)
    return advances + [natural_width(character) for character in text[len(advances) :]]
