"""PPTX → Document: what the slides show, a slide after the other, shape by shape; speaker's notes and hidden slides are left out."""

from collections.abc import Iterator
from dataclasses import replace

from preprocess.document import Document, Note, Unreadable
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
    """Read a presentation into one Page without layout.

    Raises Unreadable: `damaged`, `unpacks_too_large`, `too_complex`, `needs_password`.
    """
    reader = _SlideReader(Package(data, _UNDERSTOOD))
    parts = Parts(list(reader.slides()), footers=reader.around)
    document = assemble(name, "pptx", parts)
    codes = {"speaker_notes": reader.speaker_notes, "embedded_not_read": reader.embedded}
    notes = [Note(code, count=count) for code, count in codes.items() if count]
    return replace(document, notes=(*document.notes, *notes))


class _SlideReader:
    """One presentation while it is read."""

    def __init__(self, package: Package):
        self._package = package
        self.around: list[Block] = []
        """Footers of slides, and text that layouts and masters draw."""

        self.speaker_notes = self.embedded = 0
        self._drawn: set[str] = set()
        self._size = (0, 0)

    def slides(self) -> Iterator[Block]:
        """Yield a box for each slide."""
        main = next((path for kind, path in self._package.relationships("").values() if kind == "officeDocument"), "ppt/presentation.xml")
        if main not in self._package:
            raise Unreadable("damaged")
        root, related = self._package.part(main), self._package.relationships(main)
        self._size = tuple(order.number(value(child(root, "sldSz"), name)) for name in ("cx", "cy"))
        for reference in children(child(root, "sldIdLst"), "sldId"):
            identity = next((str(text) for key, text in reference.attrib.items() if str(key).endswith("}id")), "")
            _, path = related.get(identity, ("", ""))
            if path in self._package:
                yield self._slide(path)

    def _slide(self, path: str) -> Container:
        slide = self._package.part(path)
        shapes = Shapes(self._package, path, self._size)
        blocks = list(shapes.blocks(child(child(slide, "cSld"), "spTree")))
        is_hidden = value(slide, "show") in ("0", "false")
        if not is_hidden:
            self.around += shapes.around
            self.embedded += shapes.embedded
            self._draw_layouts(shapes, slide)
        self.speaker_notes += self._has_speaker_notes(path)
        return Container(blocks, shapes.background, is_hidden)

    def _draw_layouts(self, shapes: "Shapes", slide: Element) -> None:
        """Add the text that the layout and the master of a slide draw on it."""
        shown = value(slide, "showMasterSp") not in ("0", "false")
        for path, layout in shapes.layouts.items():
            if shown and path not in self._drawn:
                self._drawn.add(path)
                drawn = Shapes(self._package, path, self._size)
                tree = child(child(layout, "cSld"), "spTree")
                self.around.append(Container(list(drawn.blocks(tree, is_layout=True)), shapes.background))
            shown = shown and value(layout, "showMasterSp") not in ("0", "false")

    def _has_speaker_notes(self, slide: str) -> bool:
        for kind, path in self._package.relationships(slide).values():
            if kind == "notesSlide" and path in self._package:
                bodies = (shape for shape in find(self._package.part(path), {"sp"}) if value(order.placeholder(shape), "type") == "body")
                return any((text.text or "").strip() for body in bodies for text in body.iter("{*}t"))
        return False
