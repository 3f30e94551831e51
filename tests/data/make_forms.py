"""Make fillable PDFs for tests: fields with and without appearances, typed and other annotations, XFA forms, portfolios, attachments."""

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

MULTI_LINE, PASSWORD, COMBO, MULTI_SELECT, COMB = 1 << 12, 1 << 13, 1 << 17, 1 << 21, 1 << 24
HIDDEN, PRINT, NO_VIEW = 2, 4, 32
HEADING = "Application form of Brook University, faculty of engineering"
Box = tuple[float, float, float, float]


def pdf_object(value: Any) -> Any:
    """Return Python data as a PDF object: a str that begins with "/" is a name, others are text."""
    if type(value) is dict:
        return DictionaryObject({NameObject(key): pdf_object(entry) for key, entry in value.items()})
    if type(value) in (list, tuple):
        return ArrayObject([pdf_object(entry) for entry in value])
    if type(value) is str:
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if type(value) is float:
        return FloatObject(value)
    return NumberObject(value) if type(value) is int else value


def field(value: Any, box: Box, flags: int = 0, shown: int = PRINT, kind: str = "/Tx", ink: int = 0, **more: object) -> dict[str, Any]:
    """Return a form field without an appearance. `ink` is 0 for black, 1 for white."""
    entries = {"/Subtype": "/Widget", "/FT": kind, "/T": f"field {box}", "/V": value, "/Rect": box, "/Ff": flags, "/F": shown}
    return entries | {"/DA": TextStringObject(f"/Helv 10 Tf {ink} g")} | {f"/{key}": entry for key, entry in more.items()}


def annotation(subtype: str, contents: str, box: Box, shown: int = PRINT, **more: object) -> dict[str, Any]:
    """Return an annotation that is no form field."""
    entries = {"/Subtype": subtype, "/Contents": contents, "/Rect": box, "/F": shown}
    return entries | {f"/{key}": entry for key, entry in more.items()}


def appearance(content: bytes, width: float, height: float) -> StreamObject:
    """Return an appearance stream; its font /F1 is Helvetica."""
    stream = StreamObject()
    stream.set_data(content)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    entries = {"/Type": "/XObject", "/Subtype": "/Form", "/BBox": [0.0, 0.0, width, height], "/Resources": {"/Font": {"/F1": font}}}
    for key, entry in entries.items():
        stream[NameObject(key)] = pdf_object(entry)
    return stream


def form_pdf(
    annotations: Sequence[dict[str, Any]], lines: Sequence[str] = (HEADING,), rotation: int = 0, password: str | None = None
) -> bytes:
    """Return a PDF of one page of lines, 40 points apart from y 780 down, with the annotations. `password` is the owner's."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Rotate")] = NumberObject(rotation)
    font = writer._add_object(  # pyright: ignore[reportPrivateUsage]
        pdf_object({"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"})
    )
    content = StreamObject()
    content.set_data("BT /F1 11 Tf 40 TL 60 780 Td {} ET".format(" ".join(f"({line}) Tj T*" for line in lines)).encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(content)  # pyright: ignore[reportPrivateUsage]
    page[NameObject("/Resources")] = pdf_object({"/Font": {"/F1": font}})
    references = ArrayObject()
    for entries in annotations:
        entries = {key: _indirect(writer, entry) for key, entry in entries.items()}
        references.append(writer._add_object(pdf_object({"/Type": "/Annot", **entries})))  # pyright: ignore[reportPrivateUsage]
    page[NameObject("/Annots")] = references
    widgets = [reference for reference, entries in zip(references, annotations, strict=True) if entries["/Subtype"] == "/Widget"]
    form = {"/Fields": widgets, "/DR": {"/Font": {"/Helv": font}}, "/DA": TextStringObject("/Helv 10 Tf 0 g")}
    writer.root_object[NameObject("/AcroForm")] = pdf_object(form)
    if password:
        writer.encrypt("", password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _indirect(writer: PdfWriter, entry: Any) -> Any:
    """Return the entry with its streams as objects of the file."""
    if isinstance(entry, StreamObject):
        return writer._add_object(entry)  # pyright: ignore[reportPrivateUsage]
    return {key: _indirect(writer, value) for key, value in entry.items()} if type(entry) is dict else entry


def xfa_pdf(packets: dict[str, str], lines: Sequence[str], needs_rendering: bool = True) -> bytes:
    """Return a PDF of one page of lines with the packets of an XFA form: its template, its datasets."""
    writer = PdfWriter(clone_from=io.BytesIO(form_pdf([], lines)))
    entries = []
    for name, xml in {"preamble": '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">', **packets, "postamble": "</xdp:xdp>"}.items():
        stream = StreamObject()
        stream.set_data(xml.encode())
        entries += [TextStringObject(name), writer._add_object(stream)]  # pyright: ignore[reportPrivateUsage]
    writer.root_object[NameObject("/AcroForm")] = pdf_object({"/Fields": [], "/XFA": entries})
    if needs_rendering:
        writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_files(data: bytes, files: dict[str, bytes], is_portfolio: bool) -> bytes:
    """Return the PDF with files in it; those of a portfolio are all that its viewer shows."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for name, content in files.items():
        writer.add_attachment(name, content)
    if is_portfolio:
        writer.root_object[NameObject("/Collection")] = pdf_object({"/Type": "/Collection", "/View": "/D"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
