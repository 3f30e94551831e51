"""Run the preprocessing steps in order: bytes → Document → clean text → normalised technologies → screened → masked → Resume."""

import hashlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial

from preprocess.blind.mask import mask, mask_quote
from preprocess.cleaning.denoise import denoise
from preprocess.document import Document, Line, Note, Page, Rejected, Resume, Unreadable
from preprocess.guarded.client import MAX_CHARACTERS, Cancelled
from preprocess.guarded.pool import POOL, Upload
from preprocess.intake import AnyFile, PastedText, StoredFile
from preprocess.joining.text import joined_text
from preprocess.person import person_of
from preprocess.plain_text import pasted_document
from preprocess.read import read_document
from preprocess.screening.length import little_text
from preprocess.screening.model import SentenceEncoder
from preprocess.screening.screen import screen, screen_raw
from preprocess.tech_stack.normalise import normalise


@dataclass(frozen=True)
class Cleaning:
    """The switches of the steps. Cleaning is on unless a person switches it off, blind mode off unless a person switches it on."""

    denoise: bool = True
    """Remove boilerplate, rejoin lines, fold characters."""

    tech_stack: bool = True
    """Write technologies by their canonical names."""

    blind: bool = False
    """Mask name, gender, age, origin, family and contact. `Resume.id` is then the masked text's; its notes quote none of these."""

    hide_schools: bool = False
    """In blind mode, mask the names of schools too."""


def clean(document: Document, cleaning: Cleaning = Cleaning(), max_characters: int = 300_000) -> Resume:
    """Clean a document as read, without screening or masking. Raises Unreadable: `too_long`, or `no_text` if nothing is left to score."""
    if document.parts:
        return _clean_parts(document, cleaning, max_characters)
    _refuse_longer(sum(len(line.text) for page in document.pages for line in page.lines), max_characters)
    notes = [*document.notes, *screen_raw(line.text for page in document.pages for line in page.lines)]
    if cleaning.denoise:
        text, removed = denoise(document)
        notes += removed
    else:
        text = document.text
    if cleaning.tech_stack:
        text, renamed = normalise(text)
        notes += renamed
    cleaned = _resume(document.name, text, tuple(notes), max_characters)
    return replace(cleaned, person=person_of(cleaned.text, document.name), files=document.files)


def _clean_parts(document: Document, cleaning: Cleaning, max_characters: int) -> Resume:
    """Clean the files of one person and join what counts of them. Cleaning the result again does not change it."""
    resume = clean(document.parts[0], cleaning, max_characters)
    others: list[Resume] = []
    notes = list(document.notes)
    for part in document.parts[1:]:
        try:
            others.append(clean(part, cleaning, max_characters))
        except Unreadable:  # a blank page, say
            notes.append(Note("file_left_out", before=part.name))
    text, told = joined_text([resume, *others], max_characters)
    if cleaning.denoise and text != resume.text:
        text, _ = denoise(Document(document.name, "text", (Page(tuple(Line(line) for line in text.split("\n"))),)))
    joined = _resume(document.name, text, (*notes, *told), max_characters)
    return replace(joined, person=person_of(joined.text, document.name), files=document.files)


def cleaned_parts(document: Document, max_characters: int = 300_000) -> list[Resume]:
    """Return the files of one person, each cleaned by itself, without those that have no text."""
    parts: list[Resume] = []
    for part in document.parts:
        with suppress(Unreadable):
            parts.append(clean(part, max_characters=max_characters))
    return parts


def prepare(
    document: Document,
    cleaning: Cleaning = Cleaning(),
    max_characters: int = 300_000,
    job: str = "",
    encoder: SentenceEncoder | None = None,
) -> Resume:
    """Clean, screen and, in blind mode, mask a document. `job` is the job description, to find text copied from it.

    Instructions to the model are looked for only if there is an `encoder`. Raises Unreadable: `too_long`, or `no_text` if nothing is left
    to score.
    """
    cleaned = clean(document, cleaning, max_characters)
    text, notes = cleaned.text, [*cleaned.notes, *little_text(cleaned.text), *screen(cleaned.text, job, encoder, document.name)]
    if cleaning.blind:
        masked, blinded = text, []
        for name in cleaned.files:  # each may contain the candidate's name
            result = mask(masked, name, schools=cleaning.hide_schools)
            masked, blinded = result.text, [*blinded, *result.notes]
        notes = [*blinded, *(_blind(note, masked, text, document.name, cleaning.hide_schools) for note in notes)]
        text = masked
    resume = replace(_resume(document.name, text, tuple(notes), max_characters), person=cleaned.person, files=cleaned.files)
    return replace(resume, unmasked=replace(resume, text=cleaned.text)) if cleaning.blind else resume


def read_documents(
    files: Iterable[AnyFile], max_characters: int = MAX_CHARACTERS, upload: Upload | None = None
) -> Generator[Document | Rejected]:
    """Read files in guarded processes, several at a time, yielding in the order given; an unreadable file becomes a Rejected.

    Ends early when `upload` is cancelled; closing the iterator cancels it. Pasted text is read at once.
    """
    files = list(files)
    jobs = [partial(_read, file, max_characters) for file in files if not isinstance(file, PastedText)]
    with closing((upload or POOL.upload()).map(jobs)) as results:
        for file in files:
            result = _read(file, max_characters) if isinstance(file, PastedText) else next(results, None)
            if result is None:
                return
            yield result


def _read(file: AnyFile, max_characters: int) -> Document | Rejected:
    try:
        if isinstance(file, PastedText):
            return read_pasted(file, max_characters)
        document = read_document(file.data, file.name, max_characters)
        return replace(document, origin=file.origin) if isinstance(file, StoredFile) and file.origin else document
    except Unreadable as error:
        return Rejected(file.name, error.reason, error.detail)
    except OSError:
        return Rejected(file.name, "cannot_open")


def read_pasted(pasted: PastedText, max_characters: int = MAX_CHARACTERS) -> Document:
    """Return pasted text as a Document. Raises Unreadable: `too_long`, `empty_file`."""
    lines = pasted.text.count("\n")
    _refuse_longer(max(lines, len(pasted.text) - lines), max_characters)
    return pasted_document(pasted.text, pasted.name)


def read_resume(
    file: AnyFile,
    cleaning: Cleaning = Cleaning(),
    max_characters: int = MAX_CHARACTERS,
    job: str = "",
    encoder: SentenceEncoder | None = None,
    upload: Upload | None = None,
) -> Resume:
    """Read and clean one file: a resume or a job description. Raises Unreadable, and Cancelled."""
    document = next(read_documents([file], max_characters, upload), None)
    if document is None:
        raise Cancelled
    if isinstance(document, Rejected):
        raise Unreadable(document.reason, document.detail)
    return prepare(document, cleaning, max_characters, job, encoder)


def read_resumes(
    files: Iterable[AnyFile],
    cleaning: Cleaning = Cleaning(),
    max_characters: int = MAX_CHARACTERS,
    job: str = "",
    encoder: SentenceEncoder | None = None,
) -> Iterator[Resume | Rejected]:
    """Read and clean files, yielding in the order given, reading ahead; an unreadable file becomes a Rejected."""
    for document in read_documents(files, max_characters):
        if isinstance(document, Rejected):
            yield document
            continue
        try:
            yield prepare(document, cleaning, max_characters, job, encoder)
        except Unreadable as error:
            yield Rejected(document.name, error.reason, error.detail)


def _blind(note: Note, masked: str, text: str, file_name: str, hide_schools: bool) -> Note:
    """Mask a note of another step, since what it removed may hold the name.

    Only technologies that still stand in the masked text are quoted, the day on which a resume was read, and instructions to the model,
    with the names in them masked, so that a person can judge them.
    """
    if note.code == "from_pool" or (note.code == "tech_name" and note.after in masked):
        return note
    quotable = note.code == "instruction_to_model" and note.before in " ".join(text.split())  # a file's name is not
    return replace(note, before=mask_quote(note.before, text, file_name, schools=hide_schools) if quotable else "…", after="…")


def _refuse_longer(length: int, max_characters: int) -> None:
    if length > max_characters:
        raise Unreadable("too_long", f"{max_characters:,}")


def _resume(name: str, text: str, notes: tuple[Note, ...], max_characters: int) -> Resume:
    """Return the Resume, its length checked again: cleaning and masking may have lengthened the text."""
    _refuse_longer(len(text), max_characters)
    if not text.strip():
        raise Unreadable("no_text")
    digest = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
    return Resume(id=digest, name=name, text=text, notes=notes)
