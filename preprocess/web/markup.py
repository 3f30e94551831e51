"""Prepare the markup of a web page for an HTML parser: open or remove what Word, Outlook and browsers put around the text."""

import html
import re
from collections.abc import Mapping

_DRAWING, _DRAWING_END = re.compile(r"<!--\[if gte vml 1\]>", re.I), "<![endif]-->"
_TEXT_BOX, _TEXT_BOX_END = re.compile(r"<v:textbox\b[^<>]{0,2000}>", re.I), "</v:textbox>"
_FOR_BROWSERS = re.compile(r"\s{0,99}<!\[if !vml\]>", re.I)
_CONDITION = re.compile(r"<!\[(?:if\b[^\[\]<>]{0,200}|endif)\]>", re.I)
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]{0,500}\?>", re.I)
_FRAME = re.compile(r"<i?frame\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{1,1000})[^<>]{0,2000}>", re.I)
_WRITTEN_FRAME = re.compile(r"<iframe\b([^<>]{0,2000}?)\bsrcdoc\s{0,9}=\s{0,9}(?:\"([^\"]*+)\"|'([^']*+)')([^<>]{0,2000})>", re.I)
_NO_SIZE = re.compile(r"\b(?:width|height)\s{0,9}=\s{0,9}[\"']?[01]\b", re.I)
_MAX_SELECTORS = 15_000  # of all style sheets of a web archive; a page may have some of its own, too
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.I)
_TARGET = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,1000})", re.I)
_END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,9}>", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def prepared(text: str) -> str:
    """Return the markup without conditions and without characters that no parser takes, text boxes of Word and frames opened.

    It ends with the text, and not with </html>: browsers show what stands behind that, such as the next text of a mail; libxml2 drops it.
    """
    text = _CONTROL.sub("", text).removeprefix("\ufeff")
    text = _WRITTEN_FRAME.sub(_frame, _DECLARATION.sub("", text))
    first, *drawings = _DRAWING.split(text)
    return _END_OF_PAGE.sub("", _CONDITION.sub("", first + "".join(map(_text_boxes, drawings))))


def with_frames(text: str, pages: Mapping[str, str]) -> str:
    """Return the markup with its frames replaced by the pages in them, by address."""

    def page(frame: re.Match[str]) -> str:
        return f"<div>{pages[frame[1]]}</div>" if frame[1] in pages else frame[0]

    return _FRAME.sub(page, text)


def with_styles(text: str, sheets: Mapping[str, str]) -> str:
    """Return the markup with its links to style sheets replaced by the sheets, by address; those too long together are left out."""
    room = _MAX_SELECTORS

    def sheet(link: re.Match[str]) -> str:
        nonlocal room
        target = _TARGET.search(link[0])
        css = sheets.get(target[1], "") if target else ""
        room -= css.count("{") + css.count(",")
        return f"<style>{css.replace('</', '')}</style>" if css and room >= 0 else link[0]

    return _LINK.sub(sheet, text) if sheets else text


def _frame(frame: re.Match[str]) -> str:
    """Return the page that is written in a frame, as a part of the page around it; one of no size is not shown."""
    attributes = f"{frame[1]} {frame[4]}"
    is_hidden = " hidden" if _NO_SIZE.search(attributes) else ""
    return f"<div {attributes}{is_hidden}>{html.unescape(frame[2] or frame[3] or '')}</div>"


def _text_boxes(text: str) -> str:
    """Return the text boxes of a drawing that only Word sees, and what follows it; browsers get a picture of them."""
    drawing, _, after = text.partition(_DRAWING_END)
    boxes = [box.partition(_TEXT_BOX_END)[0] for box in _TEXT_BOX.split(drawing)[1:]]
    if boxes and (picture := _FOR_BROWSERS.match(after)):
        after = after[picture.end() :].partition("<![endif]>")[2]
    return "".join(f"<div>{box}</div>" for box in boxes) + after
