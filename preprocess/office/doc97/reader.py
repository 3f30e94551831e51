"""Read a Word 97 file into a Document: every text that its pages show, once, and notes on hidden text."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from preprocess.document import Document, Unreadable
from preprocess.docx.colours import WHITE
from preprocess.docx.controls import EMPTY, TICKED
from preprocess.docx.embedded.page_pictures import PictureCollector
from preprocess.docx.pictures import PictureFiles
from preprocess.office.assembly import Parts, assemble
from preprocess.office.blocks import Block, Container, Paragraph, PictureBlock, Surface
from preprocess.office.doc97.fields import checkbox_state, field_codes
from preprocess.office.doc97.pictures import floating_pictures, inline_picture
from preprocess.office.doc97.properties import Properties
from preprocess.office.doc97.sprms import ParagraphFormat
from preprocess.office.doc97.stories import Range, headers_and_footers, text_boxes
from preprocess.office.doc97.word_file import WordFile
from preprocess.office.flow import Flow

_BROKEN = (struct.error, IndexError, ValueError, KeyError, OSError, OverflowError, TypeError, AttributeError)
_MARKS = re.compile("([\x01\x07\x08\x0b-\x0e\r\x1e(])")
_TEXT = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-"}  # breaks of lines and columns, a hyphen that does not break
_END, _CELL, _PAGE_BREAK = "\r", "\x07", "\x0c"
_PICTURE, _DRAWING, _SIGN = "\x01", "\x08", "("


def read_doc(data: bytes, name: str) -> Document:
    """Read a Word 97 file into one Page without layout: a Line per paragraph (or part of one, at a line break) and per table row.

    Raises Unreadable: `needs_password`, `old_word`, `damaged`, `too_complex`.
    """
    return _read(data, name)[0]


def doc_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_doc` left empty pages for, as files."""
    document, pictures = _read(data, "")
    return pictures.files(len(document.text))


def _read(data: bytes, name: str) -> tuple[Document, PictureCollector]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if not ole.exists("WordDocument"):
                raise Unreadable("needs_password" if ole.exists("EncryptedPackage") else "damaged")
            file = WordFile(ole)
        reader = _DocReader(file)
        return assemble(name, "doc", reader.parts()), reader.pictures
    except _BROKEN:
        raise Unreadable("damaged") from None


class _DocReader:
    """One file while its parts are read."""

    def __init__(self, file: WordFile):
        self._file = file
        self._properties = Properties(file)
        self._boxes, self._unanchored, self._has_floating = text_boxes(file)
        self._files = PictureFiles()
        self._floating = floating_pictures(file, self._files)
        self.pictures = PictureCollector(self._files)

    def parts(self) -> Parts:
        parts = self._file.parts
        headers, footers = headers_and_footers(self._file)
        body = self._blocks(parts["body"])
        boxes = [box for position in list(self._boxes) for box in self._boxes.pop(position)] + self._unanchored
        return Parts(
            body=[*body, *map(self._box, boxes)],
            headers=[*self._all(headers), self._box(parts["header_boxes"])],
            footers=self._all(footers),
            notes=self._all([parts["footnotes"], parts["endnotes"]]),
            page=Surface(WHITE, is_sure=not self._has_floating),
            pictures=self.pictures,
        )

    def _all(self, ranges: list[Range]) -> list[Block]:
        return [block for bounds in ranges for block in self._blocks(bounds)]

    def _box(self, bounds: Range) -> Container:
        """Return a text box; what it is filled with, the text does not say."""
        return Container(self._blocks(bounds), Surface(WHITE, is_sure=False))

    def _blocks(self, bounds: Range) -> list[Block]:
        """Return the blocks of a range of the text."""
        first, last = bounds
        codes = field_codes(self._file.text[first:last])
        story = _Story(self._properties)
        for segment in self._file.within(first, last):
            for start, end, properties in self._properties.runs(segment):
                position = segment.first + start
                for text in _MARKS.split(segment.text[start:end]):
                    if text and not (text[0] == _PICTURE and self._draw(story, properties)):
                        offset = segment.offset + (position - segment.first) * segment.width
                        self._add(story, text, codes[position - first : position - first + len(text)], properties, offset)
                        if text == _DRAWING:
                            story.boxes += map(self._box, self._boxes.pop(position, ()))
                            self._draw_floating(story, position, properties)
                    position += len(text)
        return story.blocks()

    def _draw(self, story: "_Story", properties: bytes) -> bool:
        """Add the sign of a check box, or the picture, that the character is; return whether it is one."""
        characters = self._properties.of_run(0, properties)
        state = checkbox_state(self._file.data, characters.data)
        if state is not None:
            story.runs.append((TICKED if state else EMPTY, properties))
            return True
        picture = inline_picture(self._file.data, characters.data, self._files)
        if picture and not characters.is_hidden and not characters.is_deleted:
            story.boxes.append(picture)
        return picture is not None

    def _draw_floating(self, story: "_Story", position: int, properties: bytes) -> None:
        """Add the picture that is anchored to the character."""
        picture = self._floating.pop(position, None)
        characters = self._properties.of_run(0, properties)
        if picture and not characters.is_hidden and not characters.is_deleted:
            story.boxes.append(picture)

    def _add(self, story: "_Story", text: str, is_code: bytes, properties: bytes, offset: int) -> None:
        """Add a mark, or the shown part of a text without marks."""
        if text in (_END, _CELL, _PAGE_BREAK):
            if not is_code[0]:
                story.end(text, self._properties.paragraph(offset))
        elif text == _SIGN:
            characters = self._properties.of_run(0, properties)
            if not is_code[0]:
                story.runs.append((characters.symbol or text, properties))
        else:
            shown = text if not any(is_code) else "".join(c for c, code in zip(text, is_code, strict=True) if not code)
            story.runs.append((_TEXT.get(shown, shown), properties))


class _Story:
    """Collects the runs of paragraphs until the mark that ends them."""

    def __init__(self, properties: Properties):
        self._properties = properties
        self._flow = Flow()
        self.runs: list[tuple[str, bytes]] = []
        """Texts with the SPRMs of their characters."""

        self.boxes: list[Container | PictureBlock] = []
        self._last_ended = ""

    def end(self, mark: str, paragraph: ParagraphFormat) -> None:
        """End a paragraph, and the cell or row that its mark ends."""
        is_row = paragraph.ends_row or (mark == self._last_ended == _CELL and not paragraph.is_in_table and not self.runs)
        depth = max(paragraph.depth, 1) if mark == _CELL or paragraph.is_in_table else 0
        self._last_ended = mark
        if is_row:
            self.runs.clear()
            self._flow.end_row(1, paragraph.cells)
            return
        if paragraph.ends_inner_row:
            self.runs.clear()
            self._flow.end_row(depth, paragraph.cells)
            return
        self._flush(paragraph, depth)
        if mark == _CELL:
            self._flow.end_cell(1)
        elif paragraph.ends_cell:
            self._flow.end_cell(depth)

    def blocks(self) -> list[Block]:
        self._flush(ParagraphFormat(), self._flow.depth)
        return self._flow.blocks()

    def _flush(self, paragraph: ParagraphFormat, depth: int) -> None:
        runs = [
            (text, self._properties.look(paragraph, properties))
            for text, properties in self.runs
            if not self._properties.of_run(paragraph.style, properties).is_deleted
        ]
        is_item = paragraph.numbering not in (0, 0xF801) and not paragraph.is_heading
        if runs:
            self._flow.add(Paragraph(runs, is_item), depth)
        for box in self.boxes:
            self._flow.add(box, depth)
        self.runs, self.boxes = [], []
