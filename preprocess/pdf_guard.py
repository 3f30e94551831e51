"""What pypdf, with tight limits, knows of a PDF: whether it is a bomb or locked, and its plain text where pdfium fails.

pdfium has no limits of its own, so this runs before it. Runs in the guarded process only (see pdf_worker.py).
"""

import io

from pypdf import PdfReader, overwrite_configuration
from pypdf.errors import LimitReachedError

from preprocess.document import Unreadable

# Every bomb tried was stopped within 0.2 s, and no ordinary resume comes near: its page holds some 10 KB, 20,000 operands.
_LIMITS = {
    "zlib_maximum_output_length": 5_000_000,
    "array_based_stream_maximum_output_length": 5_000_000,
    "stream_parsing_work_maximum_count": 300_000,
    "page_tree_maximum_page_entries": 500_000,
    "xform_maximum_invocations_per_extraction": 200,
    "jbig2dec_binary": None,
}


def plain_text(data: bytes, max_pages: int) -> list[str] | None:
    """The text of the first pages in drawing order, or None where pypdf cannot make sense of the file.

    Raises Unreadable: `needs_password`, and `too_complex` where a limit on size was reached.
    """
    overwrite_configuration(**_LIMITS)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("needs_password")
        return [reader.pages[index].extract_text() for index in range(min(max_pages, len(reader.pages)))]
    except LimitReachedError as error:
        if "number of tokens" in str(error):  # a page full of vector graphics, which pdfium reads in no time
            return None
        raise Unreadable("too_complex") from None
    except (Unreadable, MemoryError):
        raise
    except Exception:  # pypdf lets many kinds of errors out of broken files; pdfium may still read them
        return None
