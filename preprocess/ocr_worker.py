"""The guarded process that recognises the text of one scan: bytes on stdin, JSON on stdout.

python -m preprocess.ocr_worker THREADS MAX_PAGES [PAGE…]
"""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from preprocess.document import Page, Unreadable
from preprocess.guarded import limit_resources
from preprocess.layout import read_lines
from preprocess.ocr_boxes import glyphs
from preprocess.ocr_pictures import Picture, is_blank, pdf_pages, picture_pages
from preprocess.sandbox import confine

_MAX_MEMORY = 3 << 30  # bytes of address space; ordinary pages take 1.4 GB of it, and 0.8 GB of memory
_SECONDS, _SECONDS_A_PAGE = 20, 30  # of processor time; an ordinary page takes 5 to 9, twice that upside down
_LEGIBLE = 0.8  # confidence in a page; below it every tenth character or more was wrong
_FEWEST_CHARACTERS = 20  # on a page; a stamp of the scanning app, or all that could be made out of a blurred one


def main() -> None:
    """Read stdin, write {"pages": {number: …}, "total": …, "confidence": …} or {"reason": …, "detail": …}."""
    threads, max_pages, *numbers = map(int, sys.argv[1:])
    limit_resources(_MAX_MEMORY, _SECONDS + _SECONDS_A_PAGE * min(max_pages, len(numbers) or max_pages))
    if hasattr(os, "nice"):
        os.nice(5)  # whoever waits for a ranking goes first
    try:
        import preprocess.ocr_recognition  # noqa: F401  # before the process is confined
    except ImportError:
        sys.modules["preprocess.ocr_recognition"] = None  # pyright: ignore[reportArgumentType]  # it is not looked for again
    confine()
    try:
        reply = read(sys.stdin.buffer.read(), numbers, max_pages, threads)
    except Unreadable as error:
        reply = {"reason": error.reason, "detail": error.detail}
    except ImportError:
        reply = {"reason": "no_ocr", "detail": ""}
    except (MemoryError, RecursionError):
        reply = {"reason": "too_complex", "detail": ""}
    sys.stdout.write(json.dumps(reply, default=vars))


def read(data: bytes, numbers: Sequence[int], max_pages: int, threads: int) -> dict[str, Any]:
    """Of the pages `numbers` of a PDF (none: all), or of a picture file, the first `max_pages`, as far as they have legible text.

    `total` says how many pages there were to read, `confidence` how sure the model is of the worst of those that it read.
    """
    pages = pdf_pages(data, numbers) if b"%PDF-" in data[:1024] else picture_pages(data)
    read = {}
    for number, drawn in list(zip(numbers or range(1, len(pages) + 1), pages, strict=True))[:max_pages]:
        page, confidence = _page(drawn(), threads)
        if confidence >= _LEGIBLE and sum(len(line.text) for line in page.lines) >= _FEWEST_CHARACTERS:
            read[number] = page, confidence
    worst = min((confidence for _, confidence in read.values()), default=0.0)
    return {"pages": {number: page for number, (page, _) in read.items()}, "total": len(pages), "confidence": worst}


def _page(picture: Picture | None, threads: int) -> tuple[Page, float]:
    if picture is None or is_blank(picture.image):
        return Page(()), 0.0
    from preprocess.ocr_recognition import confidence, recognise  # not there on every machine

    boxes, image = recognise(picture.image, threads)
    lines = read_lines(glyphs(boxes, picture.zoom))
    return Page(lines, image.width / picture.zoom, image.height / picture.zoom), confidence(boxes)


if __name__ == "__main__":
    main()
