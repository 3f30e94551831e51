"""Read the files of a pool of any size: a bounded number ahead of whoever takes them, and none that is known by its content already."""

import hashlib
from collections.abc import Callable, Container, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from preprocess.document import Document, Rejected, Unreadable
from preprocess.guarded.pool import Upload
from preprocess.intake import StoredFile
from preprocess.read import read_document

AHEAD = 64
"""Units that may be read before they are asked for: some batches of a fast engine."""


@dataclass(frozen=True)
class Unit:
    """A unit that is read together: one file, or all files of one mail. `position` is its place in the list of units, from 0.

    `digest` is that of the names and contents, empty where one of them could not be loaded. `results` are in the order of the files; None:
    it was not wanted.
    """

    position: int
    files: tuple[StoredFile, ...]
    digest: bytes
    results: tuple[Document | Rejected, ...] | None


def read_units(
    files: Iterable[StoredFile | Rejected],
    is_wanted: Callable[[bytes], bool],
    max_characters: int,
    upload: Upload,
    only: Container[int] | None = None,
) -> Generator[Unit]:
    """Yield the units of `files` in their order; those whose digest is not wanted are loaded, but not read.

    `only`: the positions of the units that are looked at at all. Ends early when `upload` is cancelled; closing the iterator cancels it.
    """
    units = ((position, unit) for position, unit in enumerate(_units(files)) if only is None or position in only)
    jobs = (partial(_read_unit, position, unit, is_wanted, max_characters) for position, unit in units)
    with closing(upload.map(jobs, AHEAD)) as results:
        yield from results


def _units(files: Iterable[StoredFile | Rejected]) -> Iterator[list[StoredFile | Rejected]]:
    """Yield files of one mail together: they come one after another."""
    for origin, group in groupby(files, lambda file: file.origin if isinstance(file, StoredFile) else ""):
        if origin:
            yield list(group)
        else:
            yield from ([file] for file in group)


def _read_unit(position: int, unit: list[StoredFile | Rejected], is_wanted: Callable[[bytes], bool], max_characters: int) -> Unit:
    contents: list[tuple[StoredFile, bytes]] = []
    results: list[Document | Rejected] = []
    for file in unit:
        if isinstance(file, Rejected):
            return Unit(position, (), b"", (file,))
        try:
            contents.append((file, file.data))
        except Unreadable as error:
            results.append(Rejected(file.path, error.reason, error.detail))
        except OSError:
            results.append(Rejected(file.path, "cannot_open"))
    digest = b"" if results else _digest(contents)
    files = tuple(file for file, _ in contents)
    if digest and not is_wanted(digest):
        return Unit(position, files, digest, None)
    results += [_read(file, data, max_characters) for file, data in contents]
    return Unit(position, files, digest, tuple(results))


def _read(file: StoredFile, data: bytes, max_characters: int) -> Document | Rejected:
    try:
        return replace(read_document(data, file.name, max_characters), origin=file.origin)
    except Unreadable as error:
        return Rejected(file.path, error.reason, error.detail)


def _digest(contents: list[tuple[StoredFile, bytes]]) -> bytes:
    """Return the digest of a unit; a name counts too, as it may be the only place that says whose a resume is."""
    whole = hashlib.sha256()
    for file, data in contents:
        whole.update(hashlib.sha256(file.name.encode("utf-8", "replace")).digest() + hashlib.sha256(data).digest())
    return whole.digest()
