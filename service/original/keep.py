"""Hold on to the files that documents are read from, where an administrator keeps them (--keep-files)."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from feedback.store.kept_files import take_in
from preprocess.document import Document, Rejected, Unreadable
from preprocess.intake import StoredFile


def with_originals(files: Sequence[StoredFile], results: Iterator[Document | Rejected], beside: Path) -> Iterator[Document | Rejected]:
    """Yield the results of reading `files`, each document with its file, which waits in the folder of the database, `beside`.

    A file of an archive is unpacked once more for that. One that cannot be written is not kept; its text counts all the same.
    """
    for file, result in zip(files, results, strict=False):  # fewer results: the upload was cancelled
        if isinstance(result, Document):
            with suppress(OSError, Unreadable):
                result = replace(result, original=take_in(beside, file.data, result))
        yield result
