"""Read files as a ranking would, and show the result of each: the text that is scored, the notes, or why it was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from preprocess.document import Note, Rejected, Resume
from preprocess.intake import collect
from preprocess.pipeline import Cleaning, read_resumes
from reranker.encoder.encoder import Encoder
from reranker.evidence.requirements import Requirement, split_job
from service.job import prepare_job, read_job
from settings import Settings


@dataclass(frozen=True)
class Reading:
    """What became of each file and, with a job description, of that. A ZIP gives one entry per file in it."""

    files: tuple[Resume | Rejected, ...]
    job: str = ""
    """Its text as a ranking asks about it."""

    job_notes: tuple[Note, ...] = ()
    requirements: tuple[Requirement, ...] = ()


def read_files(paths: Sequence[Path], settings: Settings, cleaning: Cleaning, job: Path | None = None) -> Reading:
    """Read and clean the files at `paths`; with `job`, parse that job description too. Raise Unreadable if it cannot be read."""
    job_text, notes = "", ()
    if job:
        file = read_job(job, settings)
        job_text, notes = prepare_job(file.text, file, cleaning, settings.max_characters)
    files, rejected = collect(paths, settings.max_files, settings.max_file_mb)
    read = read_resumes(files, cleaning, settings.max_characters, job_text, Encoder())
    requirements = split_job(job_text) if job_text else ()
    return Reading((*read, *rejected), job_text, notes, requirements)
