"""Read files as a ranking would, and show the result of each: the text that is scored, the notes, or why it was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from preprocess.document import Document, Note, Rejected, Resume, Unreadable
from preprocess.guarded.pool import POOL, Upload
from preprocess.intake import StoredFile, collect
from preprocess.pipeline import Cleaning, prepare, read_documents
from reranker.encoder.encoder import Encoder
from reranker.evidence.forbidden import Forbidden, forbidden
from reranker.evidence.requirements import REFUSED, Requirement, parse_job
from service.job import prepare_job, read_job
from service.joining import PersonJoiner, people_as_read
from settings import Settings


@dataclass(frozen=True)
class Reading:
    """The outcome of each person's files and, with a job description, of that. A ZIP gives one entry per person in it."""

    files: tuple[Resume | Rejected, ...]
    job: str = ""
    """Its text as a ranking asks about it."""

    job_notes: tuple[Note, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    refused: tuple[Forbidden, ...] = ()
    """What the job asks for that the law forbids to ask."""


def read_files(
    paths: Sequence[Path],
    settings: Settings,
    cleaning: Cleaning,
    job: Path | None = None,
    upload: Upload | None = None,
    encoder: Encoder | None = None,
) -> Reading:
    """Read and clean the files at `paths`; with `job`, parse that job description too. Raise Unreadable if it cannot be read.

    Cancelling `upload` ends it early: raises Cancelled, or returns what was read by then. `encoder` is one that is loaded already.
    """
    upload = upload or POOL.upload()
    job_text, notes = "", ()
    if job:
        file = read_job(job, settings)
        job_text, notes = prepare_job(file.text, file, settings.max_characters)
    files, rejected = collect(paths, settings.max_files, settings.max_file_mb, upload)
    read = _read_people(files, settings, cleaning, job_text, upload, encoder or Encoder())
    asked = parse_job(job_text) if job_text else ()
    refused = tuple(reason for requirement in asked if requirement.kind == REFUSED and (reason := forbidden(requirement.text)))
    requirements = tuple(requirement for requirement in asked if requirement.kind != REFUSED)
    return Reading((*read, *rejected), job_text, notes, requirements, refused)


def _read_people(
    files: Sequence[StoredFile], settings: Settings, cleaning: Cleaning, job: str, upload: Upload, encoder: Encoder
) -> list[Resume | Rejected]:
    """Return what became of each person's files, in the order of the resumes."""
    documents: list[Document] = []
    outcomes: list[Resume | Rejected] = []
    joiner = PersonJoiner()
    for complete in people_as_read(files, read_documents(files, settings.max_characters, upload)):
        for result in complete:
            if isinstance(result, Document):
                joiner.add(documents, result)
            else:
                outcomes.append(result)
    for document in documents:
        try:
            outcomes.append(prepare(document, cleaning, settings.max_characters, job, encoder))
        except Unreadable as error:
            outcomes.append(Rejected(document.name, error.reason, error.detail))
    places = {file.name: index for index, file in enumerate(files)}
    return sorted(outcomes, key=lambda outcome: places[outcome.name])
