"""List all the hostile files: each must be refused or survived, in little time and little memory."""

from collections.abc import Iterator
from itertools import chain

from .hostile_archives import hostile_archives
from .hostile_office import hostile_office
from .hostile_pdf import hostile_pdfs
from .hostile_text import hostile_texts


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of every hostile file, each under two megabytes."""
    yield from chain(hostile_archives(), hostile_office(), hostile_pdfs(), hostile_texts())
