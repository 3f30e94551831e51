"""Open pictures of a Word file as far as text over or under them needs: their transparency and their colours."""

import io
from typing import Protocol

from PIL import Image

from preprocess.docx.colours import Colour
from preprocess.docx.geometry import Visibility

_MAX_BYTES = 20_000_000
_MAX_PIXELS = 25_000_000
_MAX = 20  # pictures that are looked at
_SIDE = 48  # pixels of the small copy that is judged
_SOLID = 200  # of 255: how opaque a pixel is that hides what is behind it
_HIDING, _SHOWING = 0.97, 0.75  # shares of such pixels
_MIN_SHARE = 0.05  # of the pixels, for a colour to count
_PLAIN_SPREAD = 25  # grey levels
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")


class PictureSource(Protocol):
    """The place of the pictures of a file: its package, or PictureFiles."""

    def binary(self, path: str, limit: int) -> bytes:
        """Return a picture; b"" if it is missing or larger than `limit` bytes."""
        ...


class PictureFiles:
    """The pictures of a file without a package, under paths given here."""

    def __init__(self):
        self._files: dict[str, bytes] = {}

    def add(self, data: bytes) -> str:
        """Keep a picture, and return its path."""
        path = f"picture:{len(self._files)}"
        self._files[path] = data
        return path

    def binary(self, path: str, limit: int) -> bytes:
        data = self._files.get(path, b"")
        return data if len(data) <= limit else b""


class Pictures:
    """Open the pictures of one file, each once."""

    def __init__(self, source: PictureSource):
        self._source = source
        self._small: dict[str, Image.Image | None] = {}

    def covers(self, path: str) -> Visibility:
        """Return whether a picture hides what lies behind it (HIDDEN), or UNSURE if it cannot be opened."""
        picture = self._open(path)
        if picture is None:
            return Visibility.UNSURE
        solid = sum(picture.getchannel("A").histogram()[_SOLID:]) / (picture.width * picture.height)
        return Visibility.HIDDEN if solid >= _HIDING else Visibility.VISIBLE if solid < _SHOWING else Visibility.UNSURE

    def backgrounds(self, path: str) -> tuple[Colour, ...]:
        """Return the main colours of a picture; none if it cannot be opened or is mostly transparent."""
        picture = self._open(path)
        if picture is None or self.covers(path) is not Visibility.HIDDEN:
            return ()
        few = picture.convert("RGB").quantize(8).convert("RGB")
        counted = few.getcolors(_SIDE * _SIDE) or []
        colours = (colour for count, colour in counted if count >= _MIN_SHARE * few.width * few.height)
        return tuple((colour[0], colour[1], colour[2]) for colour in colours if isinstance(colour, tuple))

    def is_plain(self, path: str) -> bool:
        """Return whether a picture certainly shows nothing but one colour or so, as a background does."""
        picture = self._open(path)
        if picture is None:
            return False
        grey = picture.convert("L").tobytes()
        return max(grey) - min(grey) < _PLAIN_SPREAD

    def _open(self, path: str) -> Image.Image | None:
        if path not in self._small and len(self._small) < _MAX:
            self._small[path] = _small_copy(self._source.binary(path, _MAX_BYTES))
        return self._small.get(path)


def _small_copy(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                return None
            picture.draft("RGB", (_SIDE, _SIDE))
            return picture.convert("RGBA").resize((_SIDE, _SIDE), Image.Resampling.NEAREST)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # what Pillow raises on broken files
        return None
