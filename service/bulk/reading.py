"""Turn the files of a pool into clean resumes, one unit (a file, or a mail) at a time."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from preprocess.document import Document, Rejected, Resume, Unreadable
from preprocess.guarded.pool import POOL
from preprocess.intake import StoredFile
from preprocess.joining.join import noted_if_letter
from preprocess.joining.mail import people_of_mail
from preprocess.listing import PoolListing
from preprocess.pipeline import prepare
from preprocess.reading_ahead import Unit, read_units
from service.bulk.job import BulkJob
from service.joining import listed
from service.pile import has_content


@dataclass(frozen=True)
class ReadUnit:
    """A unit with the people in it, as read and cleaned, and what cannot be used. `is_known`: it was not read, as nobody wanted it.

    `path` is where it lies, for people: that of the first file.
    """

    position: int
    digest: bytes
    path: str
    people: tuple[tuple[Document, Resume], ...]
    rejected: tuple[Rejected, ...]
    is_known: bool


class PoolReading:
    """Read the files of a job: iterate once. `only`: the positions of the units that are looked at."""

    def __init__(self, job: BulkJob, is_wanted: Callable[[bytes], bool], only: Container[int] | None = None):
        self._job, self._is_wanted, self._only = job, is_wanted, only
        self._upload = POOL.upload()
        self._listing = PoolListing(job.paths, job.settings.max_file_mb, self._upload)
        self.expected = self._listing.expected

    def __iter__(self) -> Iterator[ReadUnit]:
        for unit in read_units(self._files(), self._is_wanted, self._job.settings.max_characters, self._upload, self._only):
            yield self._cleaned(unit)

    def _files(self) -> Iterator[StoredFile | Rejected]:
        own = str(self._job.output.absolute())  # the result may be written among the resumes
        for file in self._listing:
            path = file.name if isinstance(file, Rejected) else file.path
            if str(Path(path).absolute()).startswith(own):
                continue
            if isinstance(file, Rejected) or not self._job.leave_out or not has_content(file, self._job.leave_out):
                yield file

    def _cleaned(self, unit: Unit) -> ReadUnit:
        path = unit.files[0].path if unit.files else ""
        if unit.results is None:
            return ReadUnit(unit.position, unit.digest, path, (), (), is_known=True)
        people: list[tuple[Document, Resume]] = []
        rejected = [result for result in unit.results if isinstance(result, Rejected)]
        for document in _people([result for result in unit.results if isinstance(result, Document)]):
            try:
                if isinstance(document, Rejected):
                    raise Unreadable(document.reason, document.detail)
                people.append((document, prepared(self._job, document)))
            except Unreadable as error:
                rejected.append(Rejected(path if len(unit.files) == 1 else f"{path} …{document.name}", error.reason, error.detail))
        digest = unit.digest or f"unloaded {unit.position}".encode()  # such a unit is never taken for known
        return ReadUnit(unit.position, digest, path, tuple(people), tuple(rejected), is_known=False)


def prepared(job: BulkJob, document: Document) -> Resume:
    """Return a document cleaned as the job wants it. Raise Unreadable."""
    return prepare(document, job.cleaning, job.settings.max_characters, job.query.job, job.judge.encoder)


def _people(documents: list[Document]) -> list[Document | Rejected]:
    """Return one document a person: a file by itself, those of a mail together."""
    if documents and documents[0].origin:
        return [listed(person) for person in people_of_mail(documents)]
    return [noted_if_letter(document) for document in documents]
