"""Read the text of DrawingML shapes, on slides and over sheets, as paragraphs with their looks, and what shapes paint behind them."""

from collections.abc import Iterator

from preprocess.docx.colours import Palette, is_transparent
from preprocess.docx.ooxml import Element, child, children, local, value
from preprocess.office.blocks import Look, Paragraph, Surface

FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
USUAL_SIZE = 18.0
"""Points, where a shape names no size."""

_BULLETS = ("buChar", "buAutoNum", "buBlip")


def paragraphs(palette: Palette, body: Element | None) -> Iterator[Paragraph]:
    """Yield the paragraphs of a txBody."""
    for paragraph in children(body, "p"):
        runs: list[tuple[str, Look]] = []
        for run in paragraph.iterchildren("{*}r", "{*}br", "{*}fld"):
            text = "\n" if local(run) == "br" else "".join(piece.text or "" for piece in children(run, "t"))
            runs.append((text.replace("\v", "\n"), _look(palette, child(run, "rPr"))))
        yield Paragraph(runs, is_item=any(child(child(paragraph, "pPr"), name) is not None for name in _BULLETS))


def surface(palette: Palette, shape: Element) -> Surface | None:
    """Return what a shape paints behind its text; None for nothing."""
    properties = child(shape, "spPr")
    for fill in properties.iterchildren("*") if properties is not None else ():
        if local(fill) in FILLS:
            return Surface(palette.filling(fill)) if not is_transparent(fill) else None
        if local(fill) == "noFill":
            return None
    referred = child(child(shape, "style"), "fillRef")
    return Surface(palette.filling(referred)) if value(referred, "idx") not in ("", "0") else None


def _look(palette: Palette, properties: Element | None) -> Look:
    size = value(properties, "sz")
    fill = child(properties, "solidFill")
    is_unpainted = child(properties, "noFill") is not None and child(properties, "ln") is None
    highlight = child(properties, "highlight")
    return Look(
        is_unpainted or (fill is not None and is_transparent(fill)),
        int(size) / 100 if size.isdecimal() and len(size) < 7 else USUAL_SIZE,
        palette.filling(fill),
        Surface(palette.filling(highlight)) if highlight is not None else None,
    )
