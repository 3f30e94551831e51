"""Rows of a list and files find each other; whatever is not sure stays with the person."""

import unicodedata

import pytest

from preprocess.document import Document, Line, Page
from preprocess.roster import RosterRow
from service.roster.matching import OTHER_CONTACT, OTHER_NAME, SAME_FILE, SEVERAL_FILES, DocumentFacts, Matching, match


def document(name: str, text: str = "负责平台开发") -> DocumentFacts:
    return DocumentFacts(Document(name, "text", (Page(tuple(map(Line, text.split("\n")))),)))


def matched(rows: list[RosterRow], *documents: DocumentFacts) -> tuple[dict[int, str], Matching]:
    matching = match(rows, documents)
    return {index: row.id for index, row in matching.rows.items()}, matching


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("林晓.pdf", "林晓.pdf"),
        ("LIN Xiao.PDF", "lin xiao.pdf"),
        ("林晓", "林晓.docx"),
        ("林晓.doc", "林晓.pdf"),
        (r"D:\简历\林晓.pdf", "林晓.pdf"),
        ("batch1/林晓.pdf", "batch1 - 林晓.pdf"),
        ("（林晓）１.pdf", "(林晓)1.pdf"),
        (unicodedata.normalize("NFD", "José Müller.pdf"), "José Müller.pdf"),
        ("v1.2 林晓", "v1.2 林晓.pdf"),
    ],
)
def test_a_file_is_found_without_its_folder_extension_and_case(written: str, name: str):
    by_row, matching = matched([RosterRow(2, "007", "", written)], document("别人.pdf"), document(name))
    assert by_row == {1: "007"}
    assert matching.without_row == (0,)


def test_the_folder_tells_files_of_one_name_apart_and_else_the_contact():
    files = [document("A - resume.pdf", "甲 13800001111"), document("B - resume.pdf", "乙 13800002222")]
    assert matched([RosterRow(2, "1", "", "B/resume.pdf"), RosterRow(3, "2", "", "A/resume.pdf")], *files)[0] == {1: "1", 0: "2"}
    twice = [document("resume.pdf", "甲 13800001111"), document("resume.pdf", "乙 13800002222")]
    assert matched([RosterRow(2, "1", "", "resume.pdf", ("13800002222",))], *twice)[0] == {1: "1"}
    by_row, matching = matched([RosterRow(2, "1", "", "resume.pdf")], *twice)
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [SEVERAL_FILES])


def test_several_rows_of_one_file_are_doubtful_unless_its_text_names_one():
    rows = [RosterRow(2, "1", "林晓", "简历.pdf"), RosterRow(3, "2", "周叙白", "简历.pdf")]
    by_row, matching = matched(rows, document("简历.pdf", "工程师"))
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [SAME_FILE])
    by_row, matching = matched(rows, document("简历.pdf", "姓名：周叙白"))
    assert by_row == {0: "2"}
    assert [row.id for row in matching.without_file] == ["1"]
    assert matched([rows[0], rows[0]], document("简历.pdf"))[0] == {0: "1"}, "the same row twice"


def test_a_contact_counts_with_the_name_only():
    row = RosterRow(2, "1", "林晓", "", ("13800001111", "lin@example.com"))
    assert matched([row], document("a.pdf", "林 晓\n林晓，电话 138-0000-1111"))[0] == {0: "1"}
    assert matched([row], document("a.pdf", "林晓\nＬＩＮ@example.com"), document("b.pdf", "林晓"))[0] == {0: "1"}
    by_row, matching = matched([row], document("a.pdf", "周叙白 13800001111"))
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [OTHER_NAME])
    agency = [document("a.pdf", "林晓 13800001111"), document("b.pdf", "周叙白 13800001111")]
    assert matched([row], *agency)[0] == {0: "1"}, "a recruiter's number stands in both"


def test_a_name_alone_counts_if_nobody_else_has_it_and_is_said():
    by_row, matching = matched([RosterRow(2, "1", "林晓")], document("林晓_5年.pdf"), document("b.pdf", "周叙白"))
    assert (by_row, matching.by_name) == ({0: "1"}, {0})
    assert matched([RosterRow(2, "1", "Zhiyao LIN")], document("lin zhiyao cv.pdf"))[0] == {0: "1"}
    assert matched([RosterRow(2, "1", "陳嶼舟")], document("陈屿舟.pdf"))[0] == {0: "1"}
    by_row, matching = matched([RosterRow(2, "1", "林晓")], document("林晓.pdf"), document("林晓2.pdf"))
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [SEVERAL_FILES])
    by_row, matching = matched([RosterRow(2, "1", "林晓"), RosterRow(3, "2", "林晓")], document("林晓.pdf"))
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [SAME_FILE])
    by_row, matching = matched([RosterRow(2, "1", "林晓", "", ("13900009999",))], document("林晓.pdf", "林晓 13800001111"))
    assert (by_row, [doubt.reason for doubt in matching.doubts]) == ({}, [OTHER_CONTACT])
    assert matched([RosterRow(2, "1", "Li Na")], document("Lina Nakamura.pdf"))[0] == {}


def test_two_thousand_rows_find_two_thousand_files_in_one_look_at_each():
    count = 2_000
    files = [document(f"{number:05d}.pdf", f"候选人 {number:05d}") for number in range(count)]
    by_row, matching = matched([RosterRow(number + 2, str(number), "", f"{number:05d}.PDF") for number in reversed(range(count))], *files)
    assert by_row == {number: str(number) for number in range(count)}
    assert not matching.doubts
    assert not any("text" in vars(facts) or "contacts" in vars(facts) for facts in files), "names of files need no text"
