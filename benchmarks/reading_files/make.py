"""List all the generated files, format by format."""

from collections.abc import Iterator
from itertools import chain

from .containers import container_files
from .fixed_layout import fixed_layout_files
from .generated import GeneratedFile
from .mail import mail_files
from .old_office import old_office_files
from .open_document import open_document_files
from .outlook import outlook_files
from .pdf_columns import column_files
from .pdf_pages import one_column_files
from .pdf_special import special_files
from .plain import plain_files
from .rich_text import rich_text_files
from .scan_images import scan_files
from .sheets import sheet_files
from .slides import slide_files
from .web import web_files
from .word import word_files
from .word_special import special_word_files

__all__ = ["GeneratedFile", "files"]


def files() -> Iterator[GeneratedFile]:
    """Give every file with what a reader must find in it; the same bytes at every run."""
    yield from chain(
        one_column_files(),
        column_files(),
        special_files(),
        word_files(),
        special_word_files(),
        rich_text_files(),
        open_document_files(),
        web_files(),
        mail_files(),
        outlook_files(),
        old_office_files(),
        plain_files(),
        sheet_files(),
        slide_files(),
        fixed_layout_files(),
        container_files(),
        scan_files(),
    )
