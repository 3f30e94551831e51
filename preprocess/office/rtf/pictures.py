"""Read the pictures of an RTF file, whose bytes stand in it as digits or as they are."""

from preprocess.docx.embedded.page_pictures import PAGE_AREA
from preprocess.docx.pictures import PictureFiles
from preprocess.office.blocks import PictureBlock

_TWIPS = 20.0  # of a point
_MAX_BYTES = 30_000_000


class RtfPictures:
    """Collects the picture that is being read."""

    def __init__(self):
        self.files = PictureFiles()
        self._data = bytearray()
        self._digits = bytearray()
        self._sizes: dict[str, int] = {}
        self._is_behind = False

    def begin(self, is_behind: bool) -> None:
        """Begin a picture; `is_behind`: text stands on it."""
        self._data, self._digits, self._sizes, self._is_behind = bytearray(), bytearray(), {}, is_behind

    def declare(self, word: str, value: int) -> None:
        """Heed a control word of a picture."""
        self._sizes[word] = value

    def add(self, data: bytes) -> None:
        """Add bytes of the picture."""
        if len(self._data) + len(data) <= _MAX_BYTES:
            self._data += data

    def add_digits(self, digits: bytes) -> None:
        """Add bytes of the picture as two digits each; what is none is passed over."""
        if len(self._digits) + len(digits) <= 2 * _MAX_BYTES:
            self._digits += digits

    def end(self) -> PictureBlock | None:
        """Return the picture; None if there is nothing of it."""
        try:
            data = bytes(self._data) or bytes.fromhex(self._digits.decode("ascii"))
        except ValueError:
            data = b""
        width, height = (self._points(side) for side in ("w", "h"))
        if not data or width <= 0 or height <= 0:
            return None
        crop = tuple(self._share(side, width if side in "lr" else height) for side in ("l", "t", "r", "b"))
        left, top, right, bottom = crop if crop[0] + crop[2] < 1 and crop[1] + crop[3] < 1 else (0.0, 0.0, 0.0, 0.0)
        share = width * height * (1 - left - right) * (1 - top - bottom) / PAGE_AREA
        return PictureBlock(self.files.add(data), (left, top, right, bottom), width, height, share, self._is_behind)

    def _points(self, side: str) -> float:
        """Return the width ("w") or height ("h") of the whole picture as it is shown."""
        goal = self._sizes.get(f"pic{side}goal", 0) or 15 * self._sizes.get(f"pic{side}", 0)  # pixels of 96 to the inch
        return goal / _TWIPS * self._sizes.get("picscalex" if side == "w" else "picscaley", 100) / 100

    def _share(self, side: str, size: float) -> float:
        """Return how much of the picture is cut off on a side."""
        scale = self._sizes.get("picscalex" if side in "lr" else "picscaley", 100) / 100
        return min(max(self._sizes.get(f"piccrop{side}", 0) / _TWIPS * scale / size, 0.0), 1.0)
