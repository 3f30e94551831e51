"""Collect the pictures of an office file, mail or web page that may hold text, such as a scan pasted into it. Recognise nothing."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PIL import Image

from preprocess.document import Line, Note, Page
from preprocess.docx.geometry import BEHIND, PageSetup
from preprocess.docx.pictures import Pictures, PictureSource
from preprocess.docx.shape import Shape
from preprocess.file_kind import PICTURES, kind_of

_FEW_CHARACTERS = 100
"""A file with less text beside its pictures says with those what it has to say."""
_MIN_SHARE, _MIN_SHARE_ALONE = 0.08, 0.04  # of the page; a portrait takes 0.03
_MIN_SHARE_UNKNOWN = 0.3  # of a drawing in a format that cannot be looked at
_MAX_BYTES = 30_000_000
_MAX_PIXELS = 120_000_000
PAGE_AREA = 595.0 * 842.0  # square points, of files that have no pages
_PER_PIXEL = 0.75  # points, where a file does not say how large a picture is shown


class PagePicture(NamedTuple):
    """A picture: how many lines of the body stand before it, its part, what is cut off on each side (shares), its size in points."""

    position: int
    path: str
    crop: tuple[float, float, float, float]
    width: float
    height: float


class PictureCollector:
    """Collect the pictures of one file while its body is read."""

    def __init__(self, source: PictureSource):
        self.source, self._looked_at = source, Pictures(source)
        self._shown: list[tuple[Shape, float]] = []
        self._within: list[tuple[int, PagePicture]] = []
        self._collected: list[tuple[PagePicture, float, bool]] = []

    def add(self, shapes: Iterable[Shape], page: PageSetup) -> None:
        """Add the shapes of a paragraph that show a picture; `place` says later where they stand."""
        area = max(page.width * page.height, 1.0)
        self._shown += [(shape, shape.box.width * shape.box.height / area) for shape in shapes if shape.picture and not shape.is_hidden]

    def add_within(self, lines_behind: int, path: str, width: float, height: float) -> None:
        """Add a picture of a file in this one, which `place` puts before this many of the lines that it is called for."""
        self._within.append((lines_behind, PagePicture(0, path, (0.0, 0.0, 0.0, 0.0), width, height)))

    def place(self, position: int) -> None:
        """Put the pictures added since the last call behind this many lines of the body."""
        for lines_behind, picture in self._within:
            share = picture.width * picture.height / PAGE_AREA
            self.put(picture._replace(position=max(position - lines_behind, 0)), share, is_behind=False)
        self._within = []
        for shape, share in self._shown:
            picture = PagePicture(position, shape.picture, shape.crop, shape.box.width, shape.box.height)
            self.put(picture, share, shape.is_floating and shape.box.depth[0] == BEHIND)
        self._shown = []

    def put(self, picture: PagePicture, share: float, is_behind: bool) -> None:
        """Add a picture that takes this share of its page; `is_behind`: text of the page stands on it."""
        self._collected.append((picture, share, is_behind))

    def put_sized(self, position: int, path: str, width: float, height: float) -> None:
        """Add a picture of a file without pages. A size of 0 is not known: the picture's own then decides."""
        if width <= 0 or height <= 0:
            own_width, own_height = natural_size(self.source.binary(path, _MAX_BYTES))
            scale = width / own_width if width > 0 < own_width else height / own_height if height > 0 < own_height else 1.0
            width, height = own_width * scale, own_height * scale
        self.put(PagePicture(position, path, (0.0, 0.0, 0.0, 0.0), width, height), width * height / PAGE_AREA, is_behind=False)

    def with_text(self, characters: int) -> list[PagePicture]:
        """Return the pictures that may hold text, in order, of a file with this many characters beside them."""
        is_alone = characters < _FEW_CHARACTERS
        return [
            picture
            for picture, share, is_behind in sorted(self._collected, key=lambda collected: collected[0].position)
            if share >= (_MIN_SHARE_ALONE if is_alone else _MIN_SHARE)
            and (is_alone or not is_behind)
            and (share >= _MIN_SHARE_UNKNOWN or self._kind(picture) in PICTURES)
            and not self._looked_at.is_plain(picture.path)
        ]

    def files(self, characters: int) -> Iterator[bytes]:
        """Yield those that `with_text` returns, as files; b"" for one in a format that cannot be looked at."""
        for picture in self.with_text(characters):
            yield picture_bytes(self.source, picture)

    def _kind(self, picture: PagePicture) -> str:
        return kind_of(self.source.binary(picture.path, _MAX_BYTES), "")


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


def picture_notes(pages: Iterable[Page]) -> Iterator[Note]:
    """Yield a note for each page that `with_pictures` left empty for a picture."""
    return (Note("picture_not_read", page=number) for number, page in enumerate(pages, 1) if page.height)


def natural_size(data: bytes) -> tuple[float, float]:
    """Return the width and height of a picture in points, as programs show it that are told no size; 0 if it cannot be opened."""
    if kind_of(data, "") not in PICTURES:
        return 0.0, 0.0
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.width * _PER_PIXEL, image.height * _PER_PIXEL
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # what Pillow raises on broken files
        return 0.0, 0.0


def may_hold_text(data: bytes) -> bool:
    """Return whether a picture is so large that it may be recognised where it is shown as it is."""
    width, height = natural_size(data)
    return width * height >= _MIN_SHARE_ALONE * PAGE_AREA


def picture_bytes(source: PictureSource, picture: PagePicture) -> bytes:
    """Return a picture as a file, without what the document cuts off of it; b"" if it is none that can be looked at."""
    data = source.binary(picture.path, _MAX_BYTES)
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
