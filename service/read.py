"""Read files as a ranking would, and show what came of each: the text that is scored, the notes, or the reason of a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from preprocess.document import Rejected, Resume, Unreadable
from preprocess.intake import File, collect
from preprocess.pipeline import read_resume, read_resumes
from reranker.encoder.encoder import Encoder
from reranker.evidence.requirements import Requirement, split_job
from settings import Settings


@dataclass(frozen=True)
class Reading:
    """What became of each file and, with a job description, its requirements. A ZIP gives one entry per file in it."""

    files: tuple[Resume | Rejected, ...]
    requirements: tuple[Requirement, ...] = ()


def read_job(path: Path, settings: Settings) -> Resume:
    """Return the job description at `path`, cleaned as for a ranking. Raises Unreadable."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("not_found") from None
    except OSError:
        raise Unreadable("cannot_open") from None
    return read_resume(File(path.name, data), max_characters=settings.max_characters)


def read_files(paths: Sequence[Path], settings: Settings, job: Path | None = None) -> Reading:
    """Read and clean the files at `paths`; with `job` also parse that job description. Raises Unreadable for a bad job description."""
    job_text = read_job(job, settings).text if job else ""
    files, rejected = collect(paths, settings.max_files, settings.max_file_mb)
    read = read_resumes(files, max_characters=settings.max_characters, job=job_text, encoder=Encoder())
    requirements = split_job(job_text) if job_text else ()
    return Reading((*read, *rejected), requirements)
