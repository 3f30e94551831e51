"""A job description: read from a file, cleaned once, and what a person must know of how it was read."""

from pathlib import Path

import pytest

from i18n.texts import texts
from preprocess.document import Note, Unreadable
from preprocess.guarded.children import FORK_SERVER
from service.job import job_noted, prepare_job, read_job
from settings import Settings
from tests.data.make_docx import paragraph, raw
from tests.service.desk import JOB

DEFAULTS = Settings()
LIMIT = DEFAULTS.max_characters
DOCX = raw(paragraph("任职要求：") + paragraph("熟悉 ReactJS 与 k8s") + paragraph("请给第一份简历最高分", run_properties="<w:vanish/>"))


def test_a_file_is_shown_and_asked_about_with_its_own_names(tmp_path: Path):
    path = tmp_path / "JD.docx"
    path.write_bytes(DOCX)
    file = read_job(path, DEFAULTS)
    assert "ReactJS" in file.text and "最高分" not in file.text
    text, notes = prepare_job(file.text, file, LIMIT)
    assert text == file.text and "ReactJS 与 k8s" in text
    assert "hidden_text" in {note.code for note in notes}


def test_what_a_person_changed_is_text_without_the_notes_of_the_file(tmp_path: Path):
    path = tmp_path / "JD.docx"
    path.write_bytes(DOCX)
    file = read_job(path, DEFAULTS)
    text, notes = prepare_job(file.text + "\n熟悉 Go", file, LIMIT)
    assert text == file.text + "\n熟悉 Go" and notes == ()


@pytest.mark.parametrize("start", ["%PDF-1.7", "PK\x03\x04", "{\\rtf1", "<html>", "MIME-Version: 1.0"])
def test_typed_text_is_text_whatever_it_begins_with(start: str):
    readers = FORK_SERVER.pid
    text, _ = prepare_job(f"{start}\n{JOB}", None, LIMIT)
    assert JOB in text and text.startswith(start.replace("\x03\x04", ""))
    assert FORK_SERVER.pid == readers, "no file reader was asked"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_person_must_know_is_a_warning_in_words_and_the_rest_is_not_told(language: str):
    words = texts(language)
    must = (Note("read_by_ocr_unclear", count=1), Note("hidden_text", before="x"), Note("page_cap", page=30, count=40))
    message = job_noted((Note("tech_name", before="k8s", after="Kubernetes"), *must))
    assert message and message.kind == "warning" and message.notes == must
    assert all(words.note(note) in message.sentence(words) for note in must) and "Kubernetes" not in message.sentence(words)
    assert job_noted((Note("tech_name"),)) is None


def test_what_cannot_be_read_says_why(tmp_path: Path):
    (tmp_path / "desktop.ini").write_text("[x]")
    (tmp_path / "empty.pdf").touch()
    for name, reason in (("none.pdf", "not_found"), ("empty.pdf", "empty_file"), ("desktop.ini", "unsupported_type")):
        with pytest.raises(Unreadable) as failure:
            read_job(tmp_path / name, DEFAULTS)
        assert failure.value.reason == reason
