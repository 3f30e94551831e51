"""Read a PPTX file into a Document: its slides one by one, shape by shape. Speaker's notes and hidden slides are left out."""

from collections.abc import Iterator
from dataclasses import replace

from preprocess.document import Document, Note, Unreadable
from preprocess.docx.embedded.graphics import Graphics
from preprocess.docx.embedded.page_pictures import PictureCollector
from preprocess.docx.ooxml import Element, Package, child, children, find, value
from preprocess.office.assembly import Parts, assemble
from preprocess.office.blocks import Block, Container
from preprocess.office.slides import order
from preprocess.office.slides.shapes import Shapes

_MICROSOFT = "http://schemas.microsoft.com/office/"
_UNDERSTOOD = frozenset(
    {
        *("http://schemas.openxmlformats.org/presentationml/2006/main", "http://purl.oclc.org/ooxml/presentationml/main"),
        *(f"{_MICROSOFT}powerpoint/{name}" for name in ("2010/main", "2012/main", "2015/main", "2018/4/main")),
        f"{_MICROSOFT}drawing/2008/diagram",
    }
)


def read_pptx(data: bytes, name: str) -> Document:
    """Read a presentation into one Page without layout. A picture that may hold text is an empty Page between two others.

    Raises Unreadable: `damaged`, `unpacks_too_large`, `too_complex`, `needs_password`.
    """
    return _SlideReader(Package(data, _UNDERSTOOD)).document(name)


def pptx_pictures(data: bytes) -> Iterator[bytes]:
    """Return the pictures that `read_pptx` left empty pages for, as files; b"" for one in a format that cannot be looked at."""
    reader = _SlideReader(Package(data, _UNDERSTOOD))
    return reader.pictures.files(len(reader.document("").text))


class _SlideReader:
    """One presentation while it is read."""

    def __init__(self, package: Package):
        self.package = package
        self.pictures = PictureCollector(package)
        self._graphics = Graphics(package)
        self._around: list[Block] = []
        """Footers of slides, and text that layouts and masters draw."""

        self._speaker_notes = self._embedded = 0
        self._drawn: set[str] = set()
        self._size = (0, 0)

    def document(self, name: str) -> Document:
        document = assemble(name, "pptx", Parts(list(self._slides()), footers=self._around, pictures=self.pictures))
        codes = {"speaker_notes": self._speaker_notes, "embedded_not_read": self._embedded + self._graphics.unread}
        notes = [Note(code, count=count) for code, count in codes.items() if count]
        return replace(document, notes=(*document.notes, *notes))

    def _slides(self) -> Iterator[Block]:
        """Yield a box for each slide."""
        main = next((path for kind, path in self.package.relationships("").values() if kind == "officeDocument"), "ppt/presentation.xml")
        if main not in self.package:
            raise Unreadable("damaged")
        root, related = self.package.part(main), self.package.relationships(main)
        self._size = tuple(order.number(value(child(root, "sldSz"), name)) for name in ("cx", "cy"))
        for reference in children(child(root, "sldIdLst"), "sldId"):
            identity = next((str(text) for key, text in reference.attrib.items() if str(key).endswith("}id")), "")
            _, path = related.get(identity, ("", ""))
            if path in self.package:
                yield self._slide(path)

    def _slide(self, path: str) -> Container:
        slide = self.package.part(path)
        shapes = Shapes(self.package, path, self._size, self._graphics)
        blocks = [*shapes.background_picture(slide), *shapes.blocks(child(child(slide, "cSld"), "spTree"))]
        is_hidden = value(slide, "show") in ("0", "false")
        if not is_hidden:
            self._around += shapes.around
            self._embedded += shapes.embedded
            self._draw_layouts(shapes, slide)
        self._speaker_notes += self._has_speaker_notes(path)
        return Container(blocks, shapes.background, is_hidden)

    def _draw_layouts(self, shapes: "Shapes", slide: Element) -> None:
        """Add the text that the layout and the master of a slide draw on it."""
        shown = value(slide, "showMasterSp") not in ("0", "false")
        for path, layout in shapes.layouts.items():
            if shown and path not in self._drawn:
                self._drawn.add(path)
                drawn = Shapes(self.package, path, self._size, self._graphics)
                tree = child(child(layout, "cSld"), "spTree")
                self._around.append(Container(list(drawn.blocks(tree, is_layout=True)), shapes.background))
            shown = shown and value(layout, "showMasterSp") not in ("0", "false")

    def _has_speaker_notes(self, slide: str) -> bool:
        for kind, path in self.package.relationships(slide).values():
            if kind == "notesSlide" and path in self.package:
                bodies = (shape for shape in find(self.package.part(path), {"sp"}) if value(order.placeholder(shape), "type") == "body")
                return any((text.text or "").strip() for body in bodies for text in body.iter("{*}t"))
        return False
