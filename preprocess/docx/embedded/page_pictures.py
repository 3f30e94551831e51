"""Collect the pictures of a Word file or presentation that may hold text, such as a scan pasted into it. Recognises nothing."""

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PIL import Image

from preprocess.document import Line, Page
from preprocess.docx.geometry import BEHIND, PageSetup
from preprocess.docx.ooxml import Package
from preprocess.docx.pictures import Pictures
from preprocess.docx.shape import Shape
from preprocess.file_kind import PICTURES, kind_of

_FEW_CHARACTERS = 100
"""A file with less text beside its pictures says with those what it has to say."""
_MIN_SHARE, _MIN_SHARE_ALONE = 0.08, 0.04  # of the page; a portrait takes 0.03
_MIN_SHARE_UNKNOWN = 0.3  # of a drawing in a format that cannot be looked at
_MAX_BYTES = 30_000_000
_MAX_PIXELS = 120_000_000


class PagePicture(NamedTuple):
    """A picture: how many lines of the body stand before it, its part, what is cut off on each side (shares), its size in points."""

    position: int
    path: str
    crop: tuple[float, float, float, float]
    width: float
    height: float


class PictureCollector:
    """Collect the pictures of one file while its body is read."""

    def __init__(self, package: Package):
        self._package, self._looked_at = package, Pictures(package)
        self._shown: list[tuple[Shape, float]] = []
        self._collected: list[tuple[PagePicture, float, bool]] = []

    def add(self, shapes: Iterable[Shape], page: PageSetup) -> None:
        """Add the shapes of a paragraph that show a picture; `place` says later where they stand."""
        area = max(page.width * page.height, 1.0)
        self._shown += [(shape, shape.box.width * shape.box.height / area) for shape in shapes if shape.picture and not shape.is_hidden]

    def place(self, position: int) -> None:
        """Put the pictures added since the last call behind this many lines of the body."""
        for shape, share in self._shown:
            picture = PagePicture(position, shape.picture, shape.crop, shape.box.width, shape.box.height)
            self.put(picture, share, shape.is_floating and shape.box.depth[0] == BEHIND)
        self._shown = []

    def put(self, picture: PagePicture, share: float, is_behind: bool) -> None:
        """Add a picture that takes this share of its page; `is_behind`: text of the page stands on it."""
        self._collected.append((picture, share, is_behind))

    def with_text(self, characters: int) -> list[PagePicture]:
        """Return the pictures that may hold text, in order, of a file with this many characters beside them."""
        is_alone = characters < _FEW_CHARACTERS
        return [
            picture
            for picture, share, is_behind in self._collected
            if share >= (_MIN_SHARE_ALONE if is_alone else _MIN_SHARE)
            and (is_alone or not is_behind)
            and (share >= _MIN_SHARE_UNKNOWN or self._kind(picture) in PICTURES)
            and not self._looked_at.is_plain(picture.path)
        ]

    def _kind(self, picture: PagePicture) -> str:
        return kind_of(self._package.binary(picture.path, _MAX_BYTES), "")


def with_pictures(lines: Sequence[str], pictures: Sequence[PagePicture], headers: int) -> tuple[Page, ...]:
    """Return the lines as pages without layout, with an empty page of its size for each picture; `headers` lines stand before the body."""
    pages: list[Page] = []
    start = 0
    for picture in pictures:
        end = headers + picture.position
        if end > start:
            pages.append(Page(tuple(Line(line) for line in lines[start:end])))
        pages.append(Page((), picture.width, picture.height))
        start = end
    rest = Page(tuple(Line(line) for line in lines[start:]))
    return (*pages, rest) if rest.lines or not pages else tuple(pages)


def picture_bytes(package: Package, picture: PagePicture) -> bytes:
    """Return a picture as a file, without what the document cuts off of it; b"" if it is none that can be looked at."""
    data = package.binary(picture.path, _MAX_BYTES)
    if kind_of(data, "") not in PICTURES or not any(picture.crop):
        return data if kind_of(data, "") in PICTURES else b""
    left, top, right, bottom = picture.crop
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MAX_PIXELS:
                return b""
            box = (int(left * image.width), int(top * image.height), int((1 - right) * image.width), int((1 - bottom) * image.height))
            cut = io.BytesIO()
            image.convert("RGB").crop(box).save(cut, "PNG")
            return cut.getvalue()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # what Pillow raises on broken files
        return b""
