"""Label files: every good line counts once, every bad line is reported with its number, and texts are those of an upload."""

import csv
import io
import json
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from feedback.files.imports import Imported, ImportLimits, import_file, import_folder
from feedback.files.label_files import NOBODY, LabelLine, LineProblem, read_lines
from feedback.labels import FULL, NONE, PARTIAL
from feedback.learning.groups import groups, unscored
from feedback.store.erase import erase
from feedback.store.store import Store
from preprocess.document import Unreadable
from preprocess.intake import File, collect
from preprocess.pipeline import read_resume
from tests.each import each
from tests.feedback.stored import id_of, run_of

EXAMPLES = Path("examples/zh")


def write_csv(folder: Path, *rows: str, name: str = "labels.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("".join(row + "\r\n" for row in rows).encode(encoding))
    return path


def labels_in(store: Store) -> list[tuple[str, str, str, int]]:
    with store.reading() as db:
        return db.execute(
            "SELECT jobs.text, resumes.text, rater, grade FROM current_labels AS label JOIN jobs ON jobs.id = label.job"
            " JOIN resumes ON resumes.id = label.resume ORDER BY label.id"
        ).fetchall()


# What a line says


@each(
    "word, grade",
    [
        ("完全匹配", FULL),
        ("部分匹配", PARTIAL),
        ("不匹配", NONE),
        ("2", FULL),
        (" 1 ", PARTIAL),
        ("0", NONE),
        ("Full match", FULL),
        ("partial", PARTIAL),
    ],
)
def test_labels_are_words_or_numbers(word: str, grade: int):
    lines, problems = read_lines("x.csv", f"job,resume,label\nj,r,{word}\n".encode())
    assert (lines, problems) == ([LabelLine(2, "j", "r", grade)], [])


@pytest.mark.parametrize("word", ["", "3", "-1", "2.5", "匹配", "yes", "10"])
def test_what_is_no_label_is_reported(word: str):
    assert read_lines("x.csv", f"job,resume,label\nj,r,{word}\n".encode()) == ([], [LineProblem(2, "bad_label")])


@pytest.mark.parametrize(
    "header",
    ["job,resume,label,job_id,rater", "JD,CV,Label,Job ID,RATER", "招聘JD,简历,标注,职位编号,标注人", "职位描述,候选人,标签,职位ID,rater"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_headers_and_encodings(header: str, encoding: str):
    text = f"{header}\n招聘后端工程师，负责支付系统,五年支付经验的简历,完全匹配,7,王经理\n"
    assert read_lines("x.csv", text.encode(encoding)) == (
        [LabelLine(2, "招聘后端工程师，负责支付系统", "五年支付经验的简历", FULL, "7", "王经理")],
        [],
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_may_be_in_any_order_and_others_beside_them(delimiter: str):
    text = "\n".join(delimiter.join(row) for row in (("note", "label", "resume", "job"), ("x", "1", "r", "j")))
    assert read_lines("x.csv", text.encode())[0] == [LabelLine(2, "j", "r", PARTIAL)]


def test_line_numbers_count_lines_of_the_file_also_after_cells_with_line_breaks():
    text = 'job,resume,label\n"a job\nof three\nlines",r,2\n\nj,r,nonsense\nj,,1\n,r,1\nj,r\n'
    lines, problems = read_lines("x.csv", text.encode())
    assert [(line.number, line.job) for line in lines] == [(2, "a job\nof three\nlines")]
    assert problems == [LineProblem(6, "bad_label"), LineProblem(7, "no_resume"), LineProblem(8, "no_job"), LineProblem(9, "bad_label")]


def test_a_quote_that_is_never_closed_costs_one_line_and_not_the_rest():
    text = 'job,resume,label\nj,r1,2\nj,"r2,2\nj,r3,1\nj,"r4",0\nj,r5,2\n'
    lines, problems = read_lines("x.csv", text.encode())
    assert [line.resume for line in lines] == ["r1", "r3", "r4", "r5"]
    assert problems == [LineProblem(3, "bad_line")]


def test_a_cell_may_be_longer_than_csv_allows_by_itself():
    resume = "长" * 200_000
    assert read_lines("x.csv", f"job,resume,label\nj,{resume},2\n".encode())[0][0].resume == resume


def test_json_lines():
    rows = [
        json.dumps({"job": "j\n2", "resume": "r", "label": 2, "job_id": 7, "rater": "anna", "more": [1]}),
        "",
        '{"job": "j", "resume": "r", "label": ',
        '["j", "r", 2]',
        json.dumps({"job": "j", "resume": ["r"], "label": 2}),
        json.dumps({"job": "j", "resume": "r", "label": True}),
        json.dumps({"招聘JD": "j", "简历": "r", "标注": "不匹配"}, ensure_ascii=False),
    ]
    lines, problems = read_lines("x.jsonl", "\n".join(rows).encode())
    assert lines == [LabelLine(1, "j\n2", "r", FULL, "7", "anna"), LabelLine(7, "j", "r", NONE)]
    assert problems == [LineProblem(3, "bad_line"), LineProblem(4, "bad_line"), LineProblem(5, "no_resume"), LineProblem(6, "bad_label")]


def test_excel(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["职位", "简历", "标注", "job_id"], ["j", "r\n1", 2, 12], [], ["j", "r2", "部分匹配", 12.0], ["j", "r3", 5, None]):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    lines, problems = read_lines("x.xlsx", (tmp_path / "x.xlsx").read_bytes())
    assert lines == [LabelLine(2, "j", "r\n1", FULL, "12"), LabelLine(4, "j", "r2", PARTIAL, "12")]
    assert problems == [LineProblem(5, "bad_label")]


def test_excel_files_that_state_a_wrong_size_are_read_whole(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["job", "resume", "label"], ["j", "r", 2]):
        sheet.append(row)
    book.save(tmp_path / "right.xlsx")
    with zipfile.ZipFile(tmp_path / "right.xlsx") as right, zipfile.ZipFile(tmp_path / "wrong.xlsx", "w") as wrong:
        for name in right.namelist():
            wrong.writestr(name, right.read(name).replace(b'<dimension ref="A1:C2"', b'<dimension ref="A1"'))
        assert b'<dimension ref="A1"' in wrong.read("xl/worksheets/sheet1.xml")
    assert read_lines("x.xlsx", (tmp_path / "wrong.xlsx").read_bytes())[0] == [LabelLine(2, "j", "r", FULL)]


@pytest.mark.parametrize(
    ("name", "data", "reason", "detail"),
    [
        ("x.csv", b"", "no_columns", "job, resume, label"),
        ("x.csv", "job,简历\nj,r\n".encode(), "no_columns", "label"),
        ("x.csv", bytes(range(256)) * 40, "not_text", ""),
        ("x.xlsx", b"no workbook", "damaged", ""),
        ("x.txt", b"job,resume,label\nj,r,2\n", "unsupported_type", "TXT"),
    ],
)
def test_a_file_without_any_line_to_be_had_says_why(name: str, data: bytes, reason: str, detail: str):
    with pytest.raises(Unreadable) as caught:
        read_lines(name, data)
    assert (caught.value.reason, caught.value.detail) == (reason, detail)


def test_a_job_may_be_given_once_and_referred_to_by_its_id():
    text = "job_id,job,resume,label\n1,first,a,2\n1,,b,1\n2,,c,1\n,,d,1\n1,first in other words,e,0\n"
    lines, problems = read_lines("x.csv", text.encode())
    assert [(line.number, line.job) for line in lines] == [(2, "first"), (3, "first"), (6, "first in other words")]
    assert problems == [LineProblem(4, "no_job"), LineProblem(5, "no_job")]


# What becomes of it


def test_a_file_becomes_labels(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume,label,rater", "job 1,resume a,完全匹配,anna", "job 1,resume b,0,", "job 2,resume a,1,anna")
    assert import_file(store, path, tmp_path) == Imported("labels.csv", added=3)
    assert labels_in(store) == [
        ("job 1", "resume a", "anna", FULL),
        ("job 1", "resume b", NOBODY, NONE),
        ("job 2", "resume a", "anna", PARTIAL),
    ]


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,b,1")
    import_file(store, path, tmp_path)
    before = labels_in(store)
    assert import_file(store, path.rename(tmp_path / "renamed.csv"), tmp_path) == Imported("renamed.csv", is_known=True)
    assert labels_in(store) == before


def test_the_same_label_in_another_file_changes_nothing(store: Store, tmp_path: Path):
    import_file(store, write_csv(tmp_path, "job,resume,label", "j,a,2", "j,b,1"), tmp_path)
    grown = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,b,1", "j,c,0", "j,c,0")
    assert import_file(store, grown, tmp_path) == Imported("labels.csv", added=1, repeated=3)
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM labels").fetchone() == (3,)


def test_a_corrected_label_replaces_the_one_before(store: Store, tmp_path: Path):
    for label in ("2", "0", "2"):
        assert (
            import_file(
                store, write_csv(tmp_path, "job,resume,label", f"j,a,{label}", "", *[" " * len(labels_in(store))]), tmp_path
            ).problems
            == ()
        )
    import_file(store, write_csv(tmp_path, "job,resume,label", "j,a,2", "j,a,1"), tmp_path)
    assert [grade for *_, grade in labels_in(store)] == [PARTIAL], "of two lines of one file the later counts"


def test_a_label_given_on_the_page_after_the_import_stays_in_force_when_the_file_grows(store: Store, tmp_path: Path):
    import_file(store, write_csv(tmp_path, "job,resume,label,rater", "j,a,2,anna"), tmp_path)
    run = store.add_run(run_of("j", ["a"]))
    store.label(run, id_of("a"), "anna", NONE)
    import_file(store, write_csv(tmp_path, "job,resume,label,rater", "j,a,2,anna", "j,b,2,anna"), tmp_path)
    assert [label.grade for label in store.labels_of_run(run)[id_of("a")]] == [NONE]


def test_a_label_without_a_name_does_not_overrule_the_page_without_a_login(store: Store, tmp_path: Path):
    run = store.add_run(run_of("j", ["a"]))
    store.label(run, id_of("a"), "", FULL)
    import_file(store, write_csv(tmp_path, "job,resume,label", "j,a,0"), tmp_path)
    assert {label.rater: label.grade for label in store.labels_of_run(run)[id_of("a")]} == {"": FULL, NOBODY: NONE}


def test_bad_lines_are_skipped_and_reported_and_the_good_ones_count(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,missing.pdf,2", "j,b,perhaps", "j,../../etc/x.txt,1", "j,c,1")
    assert import_file(store, path, tmp_path) == Imported(
        "labels.csv", added=2, problems=(LineProblem(3, "not_found"), LineProblem(4, "bad_label"), LineProblem(5, "outside_folder"))
    )


def test_a_line_whose_file_was_missing_is_tried_again_and_nothing_else(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,late.txt,1")
    import_file(store, path, tmp_path)
    (tmp_path / "late.txt").write_text("it came late", "utf-8")
    assert import_file(store, path, tmp_path) == Imported("labels.csv", added=1, is_known=True)
    assert [resume for _, resume, *_ in labels_in(store)] == ["a", "it came late"]
    assert import_file(store, path, tmp_path) == Imported("labels.csv", is_known=True)


def test_a_file_name_is_found_composed_and_in_pieces(store: Store, tmp_path: Path):
    (tmp_path / unicodedata.normalize("NFD", "José.txt")).write_text("stored by macOS", "utf-8")
    (tmp_path / "Zoë.txt").write_text("stored by Windows", "utf-8")
    path = write_csv(tmp_path, "job,resume,label", "j,José.txt,2", unicodedata.normalize("NFD", "j,Zoë.txt,1"))
    assert import_file(store, path, tmp_path).added == 2
    assert [resume for _, resume, *_ in labels_in(store)] == ["stored by macOS", "stored by Windows"]


def test_a_file_that_could_not_be_read_is_reported_until_it_is_mended(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume", "j,a")
    for _ in range(2):
        assert import_file(store, path, tmp_path).problems == (LineProblem(0, "no_columns", "label"),)


def test_text_and_id_are_those_of_an_upload(store: Store, tmp_path: Path):
    files, _ = collect([EXAMPLES], 200, 20)
    chosen = [file for file in files if Path(file.name).suffix in (".pdf", ".docx", ".txt")][:6]
    assert {Path(file.name).suffix for file in chosen} >= {".pdf", ".docx"}
    (tmp_path / "resumes").mkdir()
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(["job", "resume", "label"])
    job_text = "高级后端工程师\n要求：\n1. 3年以上 SpringBoot 经验\n2. 熟悉 k8s、ReactJS"
    for file in chosen:
        (tmp_path / "resumes" / file.name).write_bytes(file.data)
        writer.writerow([job_text, f"resumes\\{file.name}" if file is chosen[0] else f"resumes/{file.name}", 1])
    (tmp_path / "labels.csv").write_text(rows.getvalue(), "utf-8")
    assert import_file(store, tmp_path / "labels.csv", tmp_path).added == len(chosen)
    uploads = [read_resume(file) for file in chosen]
    [(job, resumes)] = unscored(store, "f1")
    assert {(resume.id, resume.name, resume.text) for resume in resumes} == {(resume.id, resume.name, resume.text) for resume in uploads}
    assert job == read_resume(File("JD.txt", job_text.encode())).text


def test_a_path_leads_out_of_the_folder_only_for_the_owner_of_the_machine(store: Store, tmp_path: Path):
    folder = tmp_path / "feedback"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("resume outside", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    path = write_csv(folder, "job,resume,label", f"j,{tmp_path}/outside.txt,2", "j,../outside.txt,2", "j,link.txt,2")
    assert [problem.reason for problem in import_file(store, path, folder).problems] == ["outside_folder"] * 3
    assert labels_in(store) == []
    assert import_file(store, path, folder, anywhere=True) == Imported("labels.csv", added=1, repeated=2, is_known=True)


def test_every_label_file_of_a_folder_is_imported_and_nothing_else(store: Store, tmp_path: Path):
    for name in ("b.csv", "A.CSV", "~$b.csv", ".hidden.csv", "notes.txt"):
        write_csv(tmp_path, "job,resume,label", f"j,resume of {name.strip('~$.')},2", name=name)
    (tmp_path / "folder.csv").mkdir()
    assert [(imported.file, imported.added) for imported in import_folder(store, tmp_path)] == [("A.CSV", 1), ("b.csv", 1)]


def test_an_erased_candidate_does_not_come_back_with_a_file(store: Store, tmp_path: Path):
    path = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,b,1")
    import_file(store, path, tmp_path)
    assert erase(store, [id_of("a")], "hr").files == ("labels.csv",)
    assert import_file(store, path, tmp_path).added == 0
    grown = write_csv(tmp_path, "job,resume,label", "j,a,2", "j,b,1", "j,c,1")
    assert import_file(store, grown, tmp_path) == Imported("labels.csv", added=1, repeated=1, problems=(LineProblem(2, "erased"),))
    assert [resume for _, resume, *_ in labels_in(store)] == ["b", "c"]


def test_imported_pairs_become_groups_once_an_engine_has_scored_them(store: Store, tmp_path: Path):
    run = store.add_run(run_of("ranked job", ["a", "b"]))
    import_file(store, write_csv(tmp_path, "job,resume,label", "ranked job,a,2", "new job,c,1", "new job,d,0"), tmp_path)
    [group] = groups(store, "f1")
    assert (group.job, [len(candidate.labels) for candidate in group.candidates]) == ("ranked job", [1, 0]), (
        "features exist: nothing is to be scored"
    )
    assert len(store.labels_of_run(run)[id_of("a")]) == 1
    [(job, resumes)] = unscored(store, "f1")
    assert (job, [resume.text for resume in resumes]) == ("new job", ["c", "d"])
    store.add_run(run_of(job, [resume.text for resume in resumes], shown=False))
    assert unscored(store, "f1") == []
    assert [(group.text, group.rank, group.labels[0].grade) for group in groups(store, "f1")[1].candidates] == [("d", 0, 0), ("c", 0, 1)]
    assert [shown.id for shown in store.runs(10)] == [run]


def test_a_name_from_an_upload_is_not_lost_to_a_file_that_has_none(store: Store, tmp_path: Path):
    run = store.add_run(run_of("j", ["张三的简历"]))
    import_file(store, write_csv(tmp_path, "job,resume,label", "j,张三的简历,2"), tmp_path)
    assert store.run(run).rows[0].name == "张三的简历.pdf"


def test_a_text_that_was_deleted_comes_back_and_keeps_its_name(store: Store, tmp_path: Path):
    run = store.add_run(run_of("j", ["张三的简历"]))
    with store.writing() as db:
        db.execute("UPDATE resumes SET text = ''")
    import_file(store, write_csv(tmp_path, "job,resume,label", "j,张三的简历,2"), tmp_path)
    assert [(row.name, row.text) for row in store.run(run).rows] == [("张三的简历.pdf", "张三的简历")]


def test_half_a_surrogate_pair_in_json_does_no_harm(store: Store, tmp_path: Path):
    (tmp_path / "x.jsonl").write_text('{"job": "j\\ud800", "resume": "r\\ud83d", "label": 2, "rater": "\\udfff"}', "utf-8")
    assert import_file(store, tmp_path / "x.jsonl", tmp_path).added == 1
    assert labels_in(store) == [("j?", "r?", "?", FULL)]


@pytest.mark.parametrize("name", ["labels.csv", "labels.jsonl", "labels.xlsx"])
def test_a_file_over_the_limit_is_refused_whole(store: Store, tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(b"job,resume,label\nj,a,2\n" + b"\n" * 1024 * 1024)
    refused = Imported(name, problems=(LineProblem(0, "too_large", "1 MB"),))
    assert import_file(store, path, tmp_path, limits=ImportLimits(file_mb=1)) == refused
    assert import_folder(store, tmp_path, limits=ImportLimits(file_mb=1)) == [refused]
    assert labels_in(store) == []


def test_texts_and_files_over_the_limits_are_problems_of_their_lines(store: Store, tmp_path: Path):
    (tmp_path / "large.txt").write_text("a resume\n" * 130_000)
    long, fits = "long " * 10, "fits"
    path = write_csv(tmp_path, "job,resume,label", f"j,{long},2", f"{long},a,1", f"j,{fits},2", "j,large.txt,0")
    too_long = [LineProblem(number, "too_long", "20") for number in (2, 3)]
    imported = import_file(store, path, tmp_path, limits=ImportLimits(file_mb=1, characters=20))
    assert imported == Imported("labels.csv", added=1, problems=(*too_long, LineProblem(5, "too_large", "1 MB")))
    assert labels_in(store) == [("j", "fits", NOBODY, FULL)]
    (tmp_path / "large.txt").write_text("a resume\n")
    assert import_file(store, path, tmp_path, limits=ImportLimits(file_mb=1, characters=100)).added == 3, "once there is room for them"
