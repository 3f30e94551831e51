"""Make scans for tests out of the example resumes, whose fonts are in the files: drawn, grained, put into PDFs of pictures only."""

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfWriter

from tests.data.make_pdf import one_page

EXAMPLES = Path(__file__).parents[2] / "examples"
_DPI = 150


def drawn(path: Path, share: float) -> tuple[Image.Image, str]:
    """Return the upper `share` of the first page of a PDF as a picture, and its characters."""
    page = pdfium.PdfDocument(path)[0]
    width, height = page.get_size()
    image = page.render(scale=_DPI / 72, crop=(0, (1 - share) * height, 0, 0)).to_pil().convert("RGB")  # pyright: ignore[reportArgumentType]
    return image, page.get_textpage().get_text_bounded(0, (1 - share) * height, width, height)


def scanned(image: Image.Image, askew: float = 0.7, grain: float = 10.0) -> Image.Image:
    """Return the picture as a scanner gives it: a little askew, grey, and grainy."""
    turned = image.convert("L").rotate(askew, Image.Resampling.BICUBIC, expand=True, fillcolor=245)
    noise = np.random.default_rng(0).normal(0, grain, (turned.height, turned.width))
    return Image.fromarray(np.clip(np.asarray(turned) + noise, 0, 255).astype(np.uint8))


def photo(image: Image.Image, orientation: int) -> bytes:
    """Return a JPEG whose pixels lie as the camera was held, with the EXIF `orientation` that says so: 6 (a quarter turn) or 3 (half a
    turn).
    """
    exif = Image.Exif()
    exif[274] = orientation
    lying = image.transpose({6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180}[orientation])
    out = io.BytesIO()
    lying.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def file_of(image: Image.Image, kind: str) -> bytes:
    """Return a picture file; `kind` is Pillow's name of the format."""
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def scan_pdf(images: Sequence[Image.Image]) -> bytes:
    """Return a PDF of pictures only, one a page."""
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=_DPI, save_all=True, append_images=images[1:])
    return out.getvalue()


def upper_part(path: Path, share: float) -> bytes:
    """Return a PDF whose pages show only their upper `share`."""
    writer = PdfWriter(clone_from=path)
    for page in writer.pages:
        page.mediabox.bottom = page.cropbox.bottom = (1 - share) * float(page.mediabox.top)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def joined(*files: bytes) -> bytes:
    """Return the pages of several PDFs in one."""
    writer = PdfWriter()
    for data in files:
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png_bomb(side: int) -> bytes:
    """Return a PNG of a few hundred KB that unpacks to side × side white pixels."""
    chunks = (
        (b"IHDR", side.to_bytes(4, "big") * 2 + b"\x01\0\0\0\0"),
        (b"IDAT", zlib.compress((b"\0" + b"\xff" * (side // 8)) * side, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big") for kind, body in chunks
    )


def pdf_bomb(side: int) -> bytes:
    """Return a PDF whose page is one such picture."""
    pixels = zlib.compress((b"\xf0" * (side // 8)) * side, 9)
    picture = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray" % (side, side)
    picture += b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(pixels), pixels)
    draw = b"595 0 0 842 0 0 cm /P Do"
    contents = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw)
    return one_page(b"5 0 R", contents, picture, resources=b"/XObject << /P 6 0 R >>")
