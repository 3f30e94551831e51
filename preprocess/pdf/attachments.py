"""List the files within a PDF, and return their bytes. Runs in guarded processes only."""

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from preprocess.document import Unreadable
from preprocess.pdf.text import open_pdf

_MAX_NAMES = 1_000
_MAX_BYTES = 50_000_000
_DATA = (".xml", ".json")  # what programs embed for programs: the same resume or invoice once more


def attachment_names(data: bytes) -> list[str]:
    """Return the names of the embedded files. Raises Unreadable: `damaged`."""
    document = _opened(data)
    return [_name(raw.FPDFDoc_GetAttachment(document.raw, index)) for index in range(_count(document))]


def attachment(data: bytes, index: str) -> bytes:
    """Return the bytes of an embedded file. Raises Unreadable: `damaged`, `too_complex` for a huge one."""
    document = _opened(data)
    handle = raw.FPDFDoc_GetAttachment(document.raw, int(index))
    length = ctypes.c_ulong()
    if not handle or not raw.FPDFAttachment_GetFile(handle, None, 0, ctypes.byref(length)):
        raise Unreadable("damaged")
    if length.value > _MAX_BYTES:
        raise Unreadable("too_complex")
    buffer = ctypes.create_string_buffer(length.value)
    raw.FPDFAttachment_GetFile(handle, buffer, length.value, ctypes.byref(length))
    return buffer.raw


def unread_attachments(document: pdfium.PdfDocument) -> int:
    """Return how many files are embedded that a person might have meant to be read."""
    names = (_name(raw.FPDFDoc_GetAttachment(document.raw, index)) for index in range(_count(document)))
    return sum(not name.lower().endswith(_DATA) for name in names)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return open_pdf(data)
    except pdfium.PdfiumError:
        raise Unreadable("damaged") from None


def _count(document: pdfium.PdfDocument) -> int:
    return min(max(raw.FPDFDoc_GetAttachmentCount(document.raw), 0), _MAX_NAMES)


def _name(handle: Any) -> str:
    length = raw.FPDFAttachment_GetName(handle, None, 0) if handle else 0
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAttachment_GetName(handle, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
