"""Read a job description from a file for the user to check, and clean it for a run with the code that cleans resumes.

Technologies keep the names that HR gives them: requirements are shown and judged in HR's words, and what compares them with resumes knows
that k8s is Kubernetes.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from preprocess.document import Document, Note, Unreadable
from preprocess.guarded.client import Cancelled
from preprocess.guarded.pool import POOL, Upload
from preprocess.intake import PastedText, collect
from preprocess.pipeline import Cleaning, prepare, read_documents, read_pasted
from preprocess.screening.attention import JOB_WARNINGS
from service.message import Message
from settings import Settings

_CLEANING = Cleaning(tech_stack=False)

_NAME = "JD.txt"


@dataclass(frozen=True)
class JobFile:
    """A job description as read. `text` is what a person is shown of it, and may change before it is used."""

    document: Document
    text: str
    notes: tuple[Note, ...]


def read_job(path: str | Path, settings: Settings, upload: Upload | None = None) -> JobFile:
    """Read the job description at `path`. Raise Unreadable if it cannot be read, Cancelled if the upload is cancelled."""
    upload = upload or POOL.upload()
    files, unread = collect([path], 1, settings.max_file_mb, upload)
    if unread or not files:  # neither: a file of the system or of an editor
        raise Unreadable(unread[0].reason, unread[0].detail) if unread else Unreadable("unsupported_type", Path(path).name)
    result = next(read_documents(files[:1], settings.max_characters, upload), None)
    if result is None:
        raise Cancelled
    if not isinstance(result, Document):
        raise Unreadable(result.reason, result.detail)
    shown = prepare(result, _CLEANING, settings.max_characters)
    return JobFile(result, shown.text, shown.notes)


def prepare_job(text: str, file: JobFile | None, max_characters: int) -> tuple[str, tuple[Note, ...]]:
    """Return the cleaned job description and its notes. Raise Unreadable if nothing of it is left or it is too long.

    If `text` is unchanged since `file` was read, clean it from the file, with its layout; otherwise treat it as plain text, whatever it
    begins with. It is cleaned alike whatever the switches for resumes say: HR sees and edits the requirements of this text before a run.
    """
    as_read = file.document if file and file.text == text else None
    document = replace(as_read, name=_NAME) if as_read else read_pasted(PastedText(_NAME, text), max_characters)
    job = prepare(document, _CLEANING, max_characters)
    return job.text, tuple(note for note in job.notes if note.code != "little_text")  # a job may be short


def job_noted(notes: tuple[Note, ...]) -> Message | None:
    """Return a warning about how the job description was read, None if there is nothing to warn of."""
    warnings = tuple(note for note in notes if note.code in JOB_WARNINGS)
    return Message("message.job_notes", notes=warnings, kind="warning") if warnings else None
