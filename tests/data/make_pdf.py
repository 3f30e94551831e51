"""Draw PDFs for tests with reportlab: placed text in Chinese and English, several pages, passwords, and the raw bytes of hostile ones."""

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
SONG = "STSong-Light"  # needs no font file: the reader of the PDF has to know its characters
EMBEDDED_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


def embedded_font() -> str | None:
    """Name of a Chinese TrueType font that is embedded with a Unicode map; None where the system has none."""
    try:
        pdfmetrics.registerFont(TTFont("WenQuanYi", str(EMBEDDED_FILE)))
    except (TTFError, OSError):
        return None
    return "WenQuanYi"


class Sheet:
    """One page to draw on. Unlike reportlab's, `y` goes down from the top; it is the baseline of the text."""

    def __init__(self, canvas: Canvas, font: str = SONG):
        self.canvas = canvas
        self.font = font

    def text(self, x: float, y: float, text: str, size: float = 10.5, angle: float = 0.0, spacing: float = 0.0) -> None:
        """Draw one line, turned counter-clockwise by `angle`, with `spacing` points between its letters."""
        self.canvas.saveState()
        self.canvas.translate(x, HEIGHT - y)
        self.canvas.rotate(angle)
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(0, 0, text, charSpace=spacing)
        self.canvas.restoreState()

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 10.5, leading: float = 15.75) -> float:
        """Draw lines below each other; gives the y of the line that would come next."""
        for line in lines:
            self.text(x, y, line, size)
            y += leading
        return y

    def glyphs(self, x: float, y: float, text: str, size: float = 10.5) -> None:
        """Draw every character as a text of its own, and no spaces: only the gaps tell where they were."""
        for character in text:
            if character != " ":
                self.text(x, y, character, size)
            x += pdfmetrics.stringWidth(character, self.font, size)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a grey picture, top left corner at x, y."""
        png = b"\x89PNG\r\n\x1a\n" + b"".join(
            len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
            for kind, body in (
                (b"IHDR", b"\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"),
                (b"IDAT", zlib.compress((b"\0" + b"\x99" * 8) * 8)),
                (b"IEND", b""),
            )
        )
        self.canvas.drawImage(ImageReader(io.BytesIO(png)), x, HEIGHT - y - height, width, height)


def make_pdf(*pages: Callable[[Sheet], object], font: str = SONG, user_password: str | None = None, owner_password: str = "owner") -> bytes:
    """Return a PDF with one page per function. A `user_password` is asked for on opening; "" encrypts with the owner password only."""
    out = io.BytesIO()
    encryption = None if user_password is None else StandardEncryption(user_password, owner_password, canPrint=0, strength=128)
    canvas = Canvas(out, pagesize=A4, encrypt=encryption)
    for draw in pages:
        draw(Sheet(canvas, font))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text_pdf(*pages: Sequence[str], font: str = SONG) -> bytes:
    """Return a PDF of plain lines, one sequence of lines per page."""
    return make_pdf(*(lambda sheet, lines=lines: sheet.lines(60, 80, lines) for lines in pages), font=font)


def raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF of the objects given (the first is the catalog), numbered from 1, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(contents: bytes, *more: bytes, resources: bytes = b"/Font << /F1 4 0 R >>") -> bytes:
    """Return a PDF whose only page has /Contents `contents`; object 4 is Helvetica, `more` objects are numbered from 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %s >>" % (resources, contents)
    return raw_pdf(_CATALOG, _ONE_PAGE, page, _HELVETICA, *more)


def flate_bomb(megabytes: int) -> bytes:
    """Return a page whose content stream unpacks to that many megabytes of operators."""
    return one_page(b"5 0 R", stream(b"BT /F1 12 Tf (x) Tj ET " * (megabytes * 1_000_000 // 23)))


def many_contents(count: int) -> bytes:
    """Return a page whose /Contents is an array that names the same stream `count` times."""
    return one_page(b"[" + b"5 0 R " * count + b"]", stream(b"BT /F1 12 Tf 72 720 Td (text) Tj ET " * 200))


def nested_forms(depth: int, width: int) -> bytes:
    """Return a page that draws a form that draws `width` forms that draw … : width ** depth drawings in a small file."""
    forms = [
        stream(
            b"/X Do " * width if level < depth - 1 else b"BT /F1 12 Tf (x) Tj ET",
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 4 0 R >> /XObject << /X %d 0 R >> >>"
            % (level + 7),
        )
        for level in range(depth)
    ]
    return one_page(b"5 0 R", stream(b"/X Do"), *forms, resources=b"/XObject << /X 6 0 R >>")


def cyclic_pages() -> bytes:
    """Return a page tree that contains itself."""
    return raw_pdf(_CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>")


def many_pages(count: int) -> bytes:
    """Return a PDF of so many small pages, each with the text "Page N of a long resume"."""
    kids = b" ".join(b"%d 0 R" % (4 + index) for index in range(count))
    pages = [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
        % (4 + count + index)
        for index in range(count)
    ]
    contents = [stream(b"BT /F1 12 Tf 72 720 Td (Page %d of a long resume) Tj ET" % (index + 1)) for index in range(count)]
    return raw_pdf(_CATALOG, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), _HELVETICA, *pages, *contents)


def without_unicode_maps(data: bytes) -> bytes:
    """Return the same PDF with the map from glyphs to characters taken from its fonts, as some exporters leave it out."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # pyright: ignore[reportIndexIssue]
            font.get_object().pop("/ToUnicode", None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
