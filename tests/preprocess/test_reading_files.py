"""A dozen files written without sight of the readers, one a format, are read whole: the small part of benchmarks/reading_quality.py."""

from collections.abc import Callable, Iterator

import pytest

from benchmarks.reading_files.fixed_layout import fixed_layout_files
from benchmarks.reading_files.generated import GeneratedFile
from benchmarks.reading_files.old_office import old_office_files
from benchmarks.reading_files.open_document import open_document_files
from benchmarks.reading_files.outlook import outlook_files
from benchmarks.reading_files.plain import plain_files
from benchmarks.reading_files.rich_text import rich_text_files
from benchmarks.reading_files.sheets import sheet_files
from benchmarks.reading_files.slides import slide_files
from benchmarks.reading_files.web import web_files
from preprocess.document import Resume
from preprocess.intake import collect
from preprocess.pipeline import Cleaning, read_resumes
from preprocess.screening.screen import WARNINGS
from tests.data.formats.score import score

LISTS: dict[Callable[[], Iterator[GeneratedFile]], tuple[str, ...]] = {
    rich_text_files: ("rtf_code_page_936_seller.rtf", "rtf_form_nurse.rtf", "rtf_hidden_director.rtf"),
    open_document_files: ("odt_rows_electrician.odt", "odt_flat_chef.fodt"),
    web_files: ("html_gbk_declared_gb2312_programmer.html", "html_job_site_named_doc_director_zh.doc"),
    outlook_files: ("msg_html_scientist.msg",),
    old_office_files: ("doc_97_pieces_lawyer.doc", "xls_97_form_electrician.xls"),
    plain_files: ("txt_gb18030_nurse.txt", "markdown_scientist.md"),
    sheet_files: ("xlsx_form_nurse.xlsx",),
    slide_files: ("pptx_groups_marketer.pptx",),
    fixed_layout_files: ("ofd_plant_director.ofd",),
}
AS_WRITTEN = Cleaning(tech_stack=False)


@pytest.fixture(scope="module")
def written() -> dict[str, GeneratedFile]:
    return {file.name: file for make, names in LISTS.items() for file in make() if file.name in names}


@pytest.fixture(scope="module")
def read(written: dict[str, GeneratedFile], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resume]:
    """Return the resumes by the files that they came in."""
    folder = tmp_path_factory.mktemp("files")
    for file in written.values():
        (folder / file.name).write_bytes(file.data)
    files, rejected = collect([folder], 50, 20)
    assert not rejected
    return {resume.name: resume for resume in read_resumes(files, AS_WRITTEN) if isinstance(resume, Resume)}


def test_each_file_is_a_resume(written: dict[str, GeneratedFile], read: dict[str, Resume]):
    assert len(written) == sum(map(len, LISTS.values())) >= 12
    assert read.keys() == written.keys()


def test_characters_and_lines_come_in_the_right_order(written: dict[str, GeneratedFile], read: dict[str, Resume]):
    scores = {name: score(list(file.body), read[name].text) for name, file in written.items()}
    assert {name: entry for name, entry in scores.items() if entry["recall"] < 0.98} == {}
    for measure, share in (("recall", 0.995), ("lines", 0.95)):
        assert sum(entry[measure] for entry in scores.values()) >= share * len(scores), scores


def test_what_nobody_sees_is_left_out_and_nobody_is_accused_of_anything_else(written: dict[str, GeneratedFile], read: dict[str, Resume]):
    assert any(file.absent for file in written.values())
    for name, file in written.items():
        accusing = {note.code for note in read[name].notes} & (WARNINGS | {"hidden_unsure"})
        assert accusing <= {*file.notes, *(["hidden_text"] if file.absent else [])}, (name, accusing)
        if "header and footer" not in file.notes:  # a head that stands once may be all that names the person
            assert not [text for text in file.absent if text in read[name].text], name
