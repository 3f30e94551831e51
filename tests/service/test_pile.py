"""A pile: files and pasted text become documents, and one place opens and closes what is being read."""

import errno
from email.message import EmailMessage
from pathlib import Path

import pytest

from preprocess.document import Rejected
from preprocess.guarded.children import FORK_SERVER
from preprocess.guarded.client import Cancelled
from service.pile import Pile, add_uploads, open_upload, read_pasted
from settings import Settings
from tests.service.desk import DEFAULTS, Desk, finish, order, ready


@pytest.mark.parametrize("start", ["%PDF-1.7", "PK\x03\x04", "{\\rtf1", "<html>"])
def test_pasted_text_is_text_whatever_it_begins_with(start: str):
    readers = FORK_SERVER.pid
    (document,), rejected = read_pasted(f"{start}\n张三，熟悉 Python", "粘贴的文本", DEFAULTS.max_characters)
    assert rejected == [] and document.kind == "text"
    assert [line.text for line in document.pages[0].lines] == [start.replace("\x03\x04", ""), "张三，熟悉 Python"]
    assert FORK_SERVER.pid == readers, "no file reader was asked"


def test_a_paste_that_begins_like_a_pdf_is_ranked():
    desk = finish(Desk(), order(pasted="%PDF-1.7\n张三，熟悉 Python\n---\n李四，会计，熟悉报表"), ready())
    assert desk.run.ranking and any("%PDF-1.7" in resume.text for resume in desk.run.resumes) and desk.run.rejected == []


def test_the_job_description_among_the_resumes_is_left_out(tmp_path: Path):
    (tmp_path / "JD.txt").write_text("任职要求：熟悉 Python", "utf-8")
    (tmp_path / "a.txt").write_text("张三，熟悉 Python", "utf-8")
    pile = Pile()
    for _ in add_uploads(pile, [tmp_path], DEFAULTS, keep=True, leave_out=(tmp_path / "JD.txt").read_bytes()):
        pass
    assert [document.name for document in pile.documents] == ["a.txt"] and pile.unread == []
    assert (tmp_path / "a.txt").exists(), "files that are ours stay"


def test_the_words_of_a_mail_take_no_place_beside_its_file(tmp_path: Path):
    for number in range(3):
        mail = EmailMessage()
        mail["Subject"] = f"应聘 {number}"
        mail.set_content("您好，附件是我的简历。")
        for part in range(2 if number == 2 else 1):
            resume = f"姓名：林{number}{part}\n电话：1390000{number}{part:03d}\n熟悉 Python，五年平台开发。"
            mail.add_attachment(resume.encode(), maintype="text", subtype="plain", filename=f"简历{number}{part}.txt")
        (tmp_path / f"{number}.eml").write_bytes(bytes(mail))
    pile = Pile()
    for _ in add_uploads(pile, [tmp_path], Settings(max_files=3), keep=True):
        pass
    assert len(pile.documents) == 3
    assert [(file.name, file.reason) for file in pile.unread if file.reason != "mail_words"] == [("简历21.txt", "too_many")]


def test_an_upload_is_the_piles_while_it_is_open_and_one_that_is_cancelled_ends_quietly():
    pile = Pile()
    with open_upload(pile) as upload:
        assert pile.uploads == [upload]
        pile.cancel_reading()
        assert upload.cancellation.is_cancelled
        raise Cancelled
    assert pile.uploads == []
    with pytest.raises(ValueError), open_upload(pile):
        raise ValueError
    assert pile.uploads == []


def test_reading_that_nobody_goes_on_with_leaves_nothing_open(tmp_path: Path):
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("张三，熟悉 Python", "utf-8")
    pile = Pile()
    steps = add_uploads(pile, paths, DEFAULTS)
    next(steps)
    next(steps)
    steps.close()  # pyright: ignore[reportAttributeAccessIssue]  # a generator
    assert (pile.reading, pile.reading_names, pile.uploads) == (None, [], [])
    assert not any(path.exists() for path in paths)


def test_files_are_read_where_they_are_while_there_is_no_room_for_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "cv.txt").write_text("林知遥，熟悉 Python，五年平台开发", "utf-8")
    monkeypatch.setattr("service.pile.tempfile.TemporaryDirectory", full)
    pile = Pile()
    for _ in add_uploads(pile, [tmp_path / "cv.txt"], DEFAULTS):
        pass
    assert [document.name for document in pile.documents] == ["cv.txt"] and not pile.unread and not list(tmp_path.iterdir())


def test_a_folder_that_is_uploaded_again_after_a_restart_adds_what_was_missing_and_nothing_twice(tmp_path: Path):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"姓名：林{number}\n电话：1390000000{number}\n熟悉 Python，五年平台开发。", "utf-8")
    pile = Pile(unread=[Rejected("2.txt", "lost_on_restart"), Rejected("3.txt", "lost_on_restart"), Rejected("x.txt", "no_text")])
    for paths in ([tmp_path / "0.txt", tmp_path / "1.txt"], [tmp_path]):
        for _ in add_uploads(pile, paths, Settings(max_files=4), keep=True):
            pass
    assert sorted(document.files for document in pile.documents) == [(f"{number}.txt",) for number in range(4)]
    assert pile.unread == [Rejected("x.txt", "no_text")]


def test_another_text_under_a_known_name_is_another_file(tmp_path: Path):
    pile = Pile()
    for text in ("姓名：林晓\n熟悉 Python", "姓名：周叙白\n熟悉 Java"):
        (tmp_path / "简历.txt").write_text(text, "utf-8")
        for _ in add_uploads(pile, [tmp_path / "简历.txt"], DEFAULTS, keep=True):
            pass
    assert [document.name for document in pile.documents] == ["简历.txt", "简历.txt"]
