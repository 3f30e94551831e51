"""Text boxes over a sheet of an XLSX: many forms write in them."""

from collections.abc import Iterator

from preprocess.docx.ooxml import child, find, local, value
from preprocess.xml_text import Element


def drawn_texts(drawing: Element) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the text boxes that are shown."""
    for anchor in drawing.iterchildren("*"):
        start = child(anchor, "from")
        row, column = (_number(child(start, name)) for name in ("row", "col"))
        for shape in find(anchor, {"sp"}):
            if not any(value(properties, "hidden") in ("1", "true") for properties in find(shape, {"cNvPr"})):
                paragraphs = ("".join(map(_text, find(paragraph, {"t", "br"}))) for paragraph in find(shape, {"p"}))
                if text := "\n".join(filter(str.strip, paragraphs)):
                    yield row, column, text


def _text(piece: Element) -> str:
    return "\n" if local(piece) == "br" else piece.text or ""


def _number(element: Element | None) -> int:
    text = "" if element is None else element.text or ""
    return int(text) if text.isdecimal() else 0
