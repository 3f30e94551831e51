"""Bad documents of tests/bad_inputs.toml that no other test plays exactly: each is read without what is bad in it, or refused in time."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from i18n.texts import texts
from preprocess.document import Note, Unreadable
from preprocess.docx.reader import read_docx
from preprocess.guarded import children
from preprocess.guarded.readers import READERS
from preprocess.read import read_document
from tests.data import make_docx
from tests.data.make_hostile import deflated
from tests.data.make_pdf import one_page, raw_pdf, stream, text_pdf, without_unicode_maps
from tests.data.make_scans import EXAMPLES, upper_part
from tests.preprocess.contents import lines_of
from tests.preprocess.guarded.guarded_readers import CUT_OFF, exit_codes

RESUME = ["张三", "Java 开发工程师，五年经验，熟悉 Spring Boot 与 MySQL"]
TYPED = "Java developer, ten years of experience"
_DRAWN = stream(b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % TYPED.encode())
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def reason(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_document(data, name)
    return refused.value.reason


@pytest.mark.parametrize("lost", [b"trailer", b"xref\n0"])
def test_a_pdf_without_its_trailer_is_a_clean_error(lost: bytes) -> None:
    whole = text_pdf(RESUME)
    assert reason(whole[: whole.rindex(lost)], "resume.pdf") == "damaged"


def test_a_pdf_without_the_pointer_at_its_end_is_read() -> None:
    whole = text_pdf(RESUME)
    assert lines_of(read_document(whole[: whole.rindex(b"startxref")], "resume.pdf")) == RESUME


def test_a_stream_of_a_gigabyte_is_refused_within_two_seconds_of_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "pdf", replace(READERS["pdf"], seconds=2))
    packed = deflated(b" " * 1_000_000, 1000)
    bomb = one_page(b"5 0 R", b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    with exit_codes() as codes:
        assert reason(bomb, "resume.pdf") == "too_complex"
    assert codes and CUT_OFF not in codes, "the reader itself refuses it, before it is ended at its limit"


def test_of_20_000_pages_30_are_read_and_that_is_said() -> None:
    count = 20_000
    tree = b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>"
    kids = b" ".join(b"%d 0 R" % (5 + index) for index in range(count))
    pages = [b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"] * count
    document = read_document(raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree % (kids, count), _HELVETICA, _DRAWN, *pages), "resume.pdf")
    assert lines_of(document) == [TYPED] * 30
    assert document.notes == (Note("page_cap", page=30, count=count),)
    for language in ("zh", "en"):
        said = texts(language).note(document.notes[0])
        assert "30" in said and "20000" in said


def test_a_script_in_a_pdf_is_neither_run_nor_read() -> None:
    script = b"<< /S /JavaScript /JS (while \\(true\\) app.alert\\('hired'\\);) >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /AA << /O %s >> /Contents 5 0 R" % script
    document = read_document(
        raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s /Names << /JavaScript << /Names [(x) %s] >> >> >>" % (script, script),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page + b" /Resources << /Font << /F1 4 0 R >> >> >>",
            _HELVETICA,
            _DRAWN,
        ),
        "resume.pdf",
    )
    assert (lines_of(document), document.notes) == ([TYPED], ())


def test_fonts_that_do_not_say_what_they_draw_are_refused_where_nothing_can_recognise_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rapidocr.py").write_text("raise ImportError", "utf-8")
    monkeypatch.setitem(children.ENVIRONMENT, "PYTHONPATH", str(tmp_path))
    garbled = without_unicode_maps(upper_part(EXAMPLES / "zh" / "林知遥_2025届硕士.pdf", 0.3))
    assert reason(garbled, "resume.pdf") == "garbled"


@pytest.mark.parametrize("kind", ["400 MB", "a million paragraphs"])
def test_word_files_that_unpack_to_too_much_are_refused_before_anything_is_unpacked(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chunk, times = (b" " * 1_000_000, 400) if kind == "400 MB" else (b"<w:p/>" * 1_000, 1_000)
    bomb = io.BytesIO(make_docx.package({}))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(times):
            part.write(chunk)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(Unreadable) as refused:
        read_docx(bomb.getvalue(), "resume.docx")  # as the guarded process does
    assert refused.value.reason == "unpacks_too_large"
