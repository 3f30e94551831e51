"""Import label files from the feedback folder into the store. The same file or label again changes nothing."""

import hashlib
import json
import re
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from feedback.files.label_files import ENDINGS, LabelLine, LineProblem, read_lines
from feedback.store.erase import erased_ids
from feedback.store.person_keys import add_keys
from feedback.store.store import Store, audit, job_key, resume_key, storable
from preprocess.document import Rejected, Resume, Unreadable
from preprocess.guarded.client import MAX_CHARACTERS
from preprocess.intake import AnyFile, PastedText, collect
from preprocess.pipeline import read_resumes

_PATH = re.compile(r".+\.(?:pdf|docx?|docm|dotx|dotm|wps|txt|text|md|markdown)", re.IGNORECASE)
_LONGEST_PATH = 1_000
_MB = 1024 * 1024


@dataclass(frozen=True)
class ImportLimits:
    """The largest file that is opened (of labels, or one that a line points to), and the longest text of one resume or job."""

    file_mb: int = 20
    characters: int = MAX_CHARACTERS


@dataclass(frozen=True)
class Imported:
    """The result of a file. Every line that is not blank is in one of the three counts, or the file was known.

    `repeated` lines say what is known, or are overruled by a later line on the same job, resume and rater.
    `is_known`: the same bytes were imported before, and only lines that had a problem then were tried again.
    """

    file: str
    added: int = 0
    repeated: int = 0
    problems: tuple[LineProblem, ...] = ()
    is_known: bool = False


def import_folder(
    store: Store, folder: Path, anywhere: bool = False, limits: ImportLimits = ImportLimits(), user: str = ""
) -> list[Imported]:
    """Import every label file directly in the folder, by name. See `import_file`."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")))
    return [import_file(store, path, folder, anywhere, limits, user) for path in paths if path.is_file()]


def import_file(
    store: Store, path: Path, folder: Path, anywhere: bool = False, limits: ImportLimits = ImportLimits(), user: str = ""
) -> Imported:
    """Import one file, all of its good lines or none; the audit log has `user`. Raises OSError.

    A job or resume that is one line and ends like a file name is a path, relative to `folder`; `anywhere` lets it lead out of it, which
    is for the files of the person who owns this machine, never for files that came over the network. Reasons beside those of
    `label_files.LineProblem`: `outside_folder`, `erased` (somebody had this candidate erased), and what `intake.collect` and
    `pipeline.read_resume` give. A file that has no line to be had, or is `too_large`, is not remembered as known.
    """
    if path.stat().st_size > limits.file_mb * _MB:
        return Imported(path.name, problems=(LineProblem(0, "too_large", f"{limits.file_mb} MB"),))
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with store.reading() as db:
        known = db.execute("SELECT unread FROM imports WHERE sha256 = ?", (digest,)).fetchone()
    unread = set(json.loads(known[0])) if known else set()
    if known and not unread:
        return Imported(path.name, is_known=True)
    try:
        lines, problems = read_lines(path.name, data)
    except Unreadable as error:
        return Imported(path.name, problems=(LineProblem(0, error.reason, error.detail),))
    if known:
        lines = [line for line in lines if line.number in unread]
    texts = read_texts({line.job for line in lines} | {line.resume for line in lines}, folder, anywhere, limits)
    ready: list[_Ready] = []
    for line in lines:
        job, resume = texts[line.job], texts[line.resume]
        if isinstance(job, Resume) and isinstance(resume, Resume):
            ready.append(_Ready(line, job, resume))
        else:
            failed = resume if isinstance(job, Resume) else job
            assert isinstance(failed, Rejected)
            problems.append(LineProblem(line.number, failed.reason, failed.detail))
    return _keep(store, path.name, digest, ready, problems, bool(known), user)


@dataclass(frozen=True)
class _Ready:
    """A line whose job and resume were read and cleaned like uploads."""

    line: LabelLine
    job: Resume
    resume: Resume


def read_texts(cells: Iterable[str], folder: Path, anywhere: bool, limits: ImportLimits = ImportLimits()) -> dict[str, Resume | Rejected]:
    """Return every cell, a text or the path of a file, as clean text: equal to that of the file uploaded, or of the same text pasted.

    `folder`, `anywhere` and `limits` are those of `import_file`.
    """
    outcome: dict[str, Resume | Rejected] = {}
    files: dict[str, AnyFile] = {}
    for cell in sorted(cells):
        file = _at(cell, folder, anywhere, limits.file_mb) if _is_path(cell) else PastedText("", storable(cell))
        if isinstance(file, Rejected):
            outcome[cell] = file
        else:
            files[cell] = file
    return outcome | dict(zip(files, read_resumes(files.values(), max_characters=limits.characters), strict=True))


def _is_path(cell: str) -> bool:
    return len(cell) <= _LONGEST_PATH and _PATH.fullmatch(cell) is not None  # "." matches no line break


def _stored(folder: Path, name: str) -> Path:
    """Return the path of a file whose name may be stored composed or in pieces, as macOS stores it."""
    forms = (folder / unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    return next((path for path in (folder / name, *forms) if path.exists()), folder / name)


def _at(cell: str, folder: Path, anywhere: bool, max_file_mb: int) -> AnyFile | Rejected:
    try:
        path = _stored(folder, cell.replace("\\", "/"))
        if not anywhere and not path.resolve().is_relative_to(folder.resolve()):
            return Rejected(path.name, "outside_folder")
        files, problems = collect([path], 1, max_file_mb)
    except (OSError, ValueError):  # a null byte, a loop of links
        return Rejected(PurePath(cell.replace("\\", "/")).name, "not_found")
    return problems[0] if problems else files[0]


def _keep(
    store: Store, name: str, digest: str, ready: Sequence[_Ready], problems: list[LineProblem], is_known: bool, user: str
) -> Imported:
    added = repeated = 0
    last: dict[tuple[int, int, str], int] = {}
    with store.writing() as db:
        db.execute("INSERT OR IGNORE INTO imports (sha256, name, at, unread) VALUES (?,?,?,'')", (digest, storable(name), time.time()))
        [key] = db.execute("SELECT id FROM imports WHERE sha256 = ?", (digest,)).fetchone()
        erased = erased_ids(db)
        problems += [LineProblem(entry.line.number, "erased") for entry in ready if entry.resume.id in erased]
        ready = [entry for entry in ready if entry.resume.id not in erased]
        jobs = {job.id: job_key(db, job.text) for job in {entry.job.id: entry.job for entry in ready}.values()}
        resumes = {
            resume.id: resume_key(db, resume.id, resume.name, resume.text)
            for resume in {entry.resume.id: entry.resume for entry in ready}.values()
        }
        for resume in {entry.resume.id: entry.resume for entry in ready}.values():
            add_keys(db, resumes[resume.id], resume.person)
        for entry in ready:
            whose = jobs[entry.job.id], resumes[entry.resume.id], storable(entry.line.rater)
            repeated += whose in last
            last[whose] = entry.line.grade
        for (job, resume, rater), grade in last.items():
            before = db.execute(  # what a file said last: a label given on the page since then is newer, and stays in force
                "SELECT grade FROM labels WHERE job = ? AND resume = ? AND rater = ? AND import IS NOT NULL ORDER BY id DESC LIMIT 1",
                (job, resume, rater),
            ).fetchone()
            if before == (grade,):
                repeated += 1
                continue
            db.execute(
                "INSERT INTO labels (job, resume, import, rater, grade, reason, at) VALUES (?,?,?,?,?,'',?)",
                (job, resume, key, rater, grade, time.time()),
            )
            added += 1
        problems.sort(key=lambda problem: problem.line)
        db.execute("UPDATE imports SET unread = ? WHERE id = ?", (json.dumps([problem.line for problem in problems]), key))
        audit.append(db, audit.LABELS_IMPORTED, user, file=digest, added=added)
    return Imported(name, added, repeated, tuple(problems), is_known)
