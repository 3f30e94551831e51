"""One person's files are one row, while files are read and later; they can be split, are erased together, and blind mode hides them."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from feedback.labels import FULL
from feedback.store.erase import erase
from feedback.store.store import Store
from i18n.texts import texts
from preprocess.document import Document, Rejected
from preprocess.intake import StoredFile
from preprocess.joining.join import is_kept_apart
from preprocess.pipeline import Cleaning, clean, read_documents
from service.erase import take_out_of_pile, take_out_of_run
from service.joining import PersonJoiner, people_as_read, split_up
from service.label import give_label
from service.output.as_json import reading_as_json
from service.output.blind_names import shown_ranking
from service.pile import add_uploads, joined_document
from service.read import read_files
from service.reopen import as_document, reopen
from tests.preprocess.joining import papers
from tests.service.desk import DEFAULTS, Desk, finish, order, ready, steps, upload

JOB = "熟悉 Python"  # one requirement: looking for more takes longer


def written(folder: Path, **files: str) -> list[Path]:
    """Write these texts to files of these names."""
    paths = [folder / f"{name}.txt" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


def listed(desk: Desk) -> list[tuple[str, ...]]:
    """Return the files of each document of the pile."""
    return sorted(document.files for document in desk.pile.documents)


def ranked(desk: Desk) -> list[tuple[str, ...]]:
    """Return the files of each row."""
    assert desk.run.ranking
    return sorted(row.files for row in desk.run.ranking.rows)


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        (papers.RESUME, papers.SIGNED_LETTER, True),
        (papers.SIGNED_LETTER, papers.RESUME, True),
        (papers.RESUME, papers.NEWER, True),
        (papers.ENGLISH, papers.RESUME, True),
        (papers.RESUME, papers.CERTIFICATE + "\n联系电话：13900000022", True),
        (papers.RESUME, "实习鉴定\n实习期间林知遥表现优秀。\n电话 13900000022", True),
        (papers.RESUME, "获奖证书\n兹证明陈屿舟同学荣获一等奖。\n电话 13900000022", False),
        (papers.RESUME.replace("林知遥", "张三"), papers.ENGLISH.replace("Zhiyao LIN", "Zhang San"), True),
        (papers.RESUME, papers.NAMESAKE, False),
        (papers.RESUME, papers.LETTER, False),
        (papers.RESUME, papers.OTHER.replace("13700000033", "13900000022"), False),
    ],
    ids=[
        "letter",
        "letter first",
        "version",
        "language",
        "certificate",
        "paper",
        "another's",
        "pinyin",
        "same name",
        "letter without contact",
        "same phone",
    ],
)
def test_files_are_joined_where_name_and_contact_agree(tmp_path: Path, first: str, second: str, are_one: bool):
    desk = Desk()
    upload(desk, written(tmp_path, a=first))
    upload(desk, written(tmp_path, b=second))
    assert len(desk.pile.documents) == (1 if are_one else 2)
    assert sorted(name for files in listed(desk) for name in files) == ["a.txt", "b.txt"]


def test_an_agencys_phone_joins_nobody(tmp_path: Path):
    agency = [text.replace("13900000022", "4008123456").replace("13700000033", "4008123456") for text in (papers.RESUME, papers.OTHER)]
    same_name = papers.NAMESAKE.replace("13700000033", "4008123456")
    desk = Desk()
    upload(desk, written(tmp_path, a=agency[0], b=agency[1], c=same_name))
    assert listed(desk) == [("a.txt",), ("b.txt",), ("c.txt",)]


def test_a_contact_is_an_agencys_whichever_file_comes_first(tmp_path: Path):
    desk, number = Desk(), "13900000022"
    upload(desk, written(tmp_path, a=papers.RESUME, b=papers.NAMESAKE.replace("13700000033", number)))
    assert listed(desk) == [("a.txt", "b.txt")]
    upload(desk, written(tmp_path, c=papers.OTHER.replace("13700000033", number)))
    assert listed(desk) == [("a.txt",), ("b.txt",), ("c.txt",)]


def test_files_that_agree_without_the_agencys_phone_stay_joined(tmp_path: Path):
    desk = Desk()
    for name, text in {"a": papers.RESUME, "b": papers.NEWER, "c": papers.OTHER.replace("13700000033", "13900000022")}.items():
        upload(desk, written(tmp_path, **{name: text}))
    assert listed(desk) == [("b.txt", "a.txt"), ("c.txt",)]


@pytest.mark.parametrize("more", ["证明人：林知遥 13900000022", "推荐人\n林知遥 某某科技总监 13900000022"])
def test_a_person_whom_others_name_as_referee_is_not_an_agency(tmp_path: Path, more: str):
    desk = Desk()
    upload(desk, written(tmp_path, a=papers.RESUME, b=f"{papers.OTHER}\n{more}", c=papers.NEWER))
    assert listed(desk) == [("b.txt",), ("c.txt", "a.txt")]


def test_a_letter_without_a_resume_is_a_row_with_a_note(tmp_path: Path):
    desk = Desk()
    upload(desk, written(tmp_path, a=papers.LETTER, b=papers.OTHER))
    noted = {
        document.name: [note.code for note in clean(document).notes if note.code == "cover_letter"] for document in desk.pile.documents
    }
    assert noted == {"a.txt": ["cover_letter"], "b.txt": []}
    upload(desk, written(tmp_path, c=papers.RESUME))
    assert listed(desk) == [("a.txt",), ("b.txt",), ("c.txt",)], "the name alone joins nobody"


def test_the_files_of_a_mail_wait_for_each_other():
    def stored(name: str, text: str, origin: str) -> StoredFile:
        return StoredFile(name, len(text.encode()), text.encode, origin)

    files = [
        stored("正文.txt", papers.BODY, "1/"),
        stored("别人.txt", papers.OTHER, ""),
        stored("空.txt", "", "1/"),
        stored("简历.txt", papers.RESUME, "1/"),
    ]
    seen = [[result.name for result in complete] for complete in people_as_read(files, read_documents(files))]
    assert seen == [[], ["别人.txt"], ["空.txt"], ["简历.txt"]]
    *_, (person,) = people_as_read(files, read_documents(files))
    assert isinstance(person, Document) and person.files == ("简历.txt", "正文.txt")
    last_fails = [files[0], stored("空.txt", "", "1/")]
    refused = [*people_as_read(last_fails, read_documents(last_fails))][-1]
    assert refused == [Rejected("空.txt", "empty_file"), Rejected("正文.txt", "mail_words")], "nothing is lost, and words are no candidate"


@pytest.mark.parametrize(
    ("words", "attached", "expected"),
    [
        ("FYI see attached", [papers.RESUME], ["简历0.txt"]),
        ("请看附件", [papers.RESUME, papers.OTHER], ["简历0.txt", "简历1.txt"]),
        ("Kate\nHR department\n+86 137 0000 9999", [papers.RESUME, papers.OTHER], ["简历0.txt", "简历1.txt"]),
        (papers.OTHER, [papers.CERTIFICATE.replace("林知遥", "陈屿舟")], ["转发 - body.txt"]),
        (papers.OTHER, [papers.RESUME], ["简历0.txt", "转发 - body.txt"]),
        ("FYI see attached", ["\x00" * 9], []),
        ("请看附件。\n李娜\n某某公司人力资源部", [], []),
    ],
    ids=["one", "two", "a signature", "a resume", "a resume beside another", "nothing that can be read", "nothing attached"],
)
def test_the_words_of_a_mail_are_no_candidate_unless_they_are_a_resume(
    tmp_path: Path, words: str, attached: list[str], expected: list[str]
):
    mail = EmailMessage()
    mail["Subject"] = "简历"
    mail.set_content(words)
    for number, text in enumerate(attached):
        mail.add_attachment(text.encode(), maintype="text", subtype="plain", filename=f"简历{number}.txt")
    (tmp_path / "转发.eml").write_bytes(mail.as_bytes())
    desk = Desk()
    upload(desk, [tmp_path / "转发.eml"])
    assert sorted(document.name for document in desk.pile.documents) == expected
    assert not any("0000 9999" in clean(document).text for document in desk.pile.documents)
    refused = [rejected.reason for rejected in desk.pile.unread]
    assert ("mail_words" in refused) == (not expected)


def test_a_run_in_work_takes_out_what_it_has_of_a_person_when_another_file_comes(tmp_path: Path):
    desk, store = Desk(), Store(tmp_path / "feedback.sqlite3")
    reading = add_uploads(desk.pile, written(tmp_path, a=papers.SIGNED_LETTER, b=papers.OTHER, c=papers.RESUME), DEFAULTS)
    while len(desk.pile.documents) < 2:
        next(reading)
    ranking = steps(desk, order(JOB), ready(), store)
    while not (desk.run.ranking and len(desk.run.ranking.rows) == 2):
        next(ranking)
    assert ranked(desk) == [("a.txt",), ("b.txt",)]
    for _ in reading:
        pass
    for _ in ranking:
        pass
    assert ranked(desk) == [("b.txt",), ("c.txt", "a.txt")]
    assert desk.run.ranking and desk.run.ranking.total == 2 and [row.rank for row in desk.run.ranking.rows] == [1, 2]
    assert not any(note.code == "duplicate" for row in desk.run.ranking.rows for note in row.notes)
    joined = next(row for row in desk.run.ranking.rows if row.name == "c.txt")
    give_label(desk.run, store, "", {"label": joined.id, "grade": FULL, "reason": ""})
    again = Desk()
    reopen(again.run, again.pile, store.run(desk.run.run_id), store)
    assert ranked(again) == ranked(desk) and again.run.labels[joined.id][0].grade == FULL
    assert joined.id in {clean(document).id for document in again.pile.documents}, "ranked again it is the same resume"


def test_what_is_split_stays_split(tmp_path: Path):
    desk = Desk()
    upload(desk, written(tmp_path, a=papers.RESUME, b=papers.SIGNED_LETTER, c=papers.OTHER))
    finish(desk, order(JOB), ready())
    resume = next(resume for resume in desk.run.resumes if len(resume.files) == 2)
    document = joined_document(desk.pile, resume)
    assert document
    split_up(desk.pile.documents, document)
    assert joined_document(desk.pile, resume) is None
    upload(desk, written(tmp_path, d=papers.NEWER))
    finish(desk, order(JOB), ready())
    assert ranked(desk) == listed(desk) == [("a.txt",), ("b.txt",), ("c.txt",), ("d.txt",)]
    assert desk.run.ranking
    told = {row.name: [note.before for note in row.notes if note.code == "file_split"] for row in desk.run.ranking.rows}
    assert told == {"a.txt": ["b.txt"], "b.txt": ["a.txt"], "c.txt": [], "d.txt": []}
    restored = [as_document(clean(document)) for document in desk.pile.documents]
    assert [document.name for document in restored if is_kept_apart(document)] == ["a.txt", "b.txt"], "also after a restart"


def test_mails_with_files_of_the_same_names_are_told_apart(tmp_path: Path):
    desk = Desk()
    for number, text in enumerate((papers.RESUME, papers.OTHER)):
        folder = tmp_path / str(number)
        folder.mkdir()
        upload(desk, written(folder, 简历=text, 信=f"您好，谢谢！\n{text[:40]}"))
    finish(desk, order(JOB), ready())
    documents = [joined_document(desk.pile, resume) for resume in desk.run.resumes]
    assert [document is desk.pile.documents[number] for number, document in enumerate(documents)] == [True, True]


@pytest.mark.parametrize("blind", [False, True])
def test_a_person_is_erased_with_all_files(tmp_path: Path, blind: bool):
    desk, store, model = Desk(), Store(tmp_path / "feedback.sqlite3"), ready()
    upload(desk, written(tmp_path, a=papers.RESUME, b=papers.SIGNED_LETTER, c=papers.OTHER))
    finish(desk, order(JOB, cleaning=Cleaning(blind=blind)), model, store)
    gone = next(resume for resume in desk.run.resumes if len(resume.files) == 2)
    erased = erase(store, [gone.id], "hr")
    assert erased.person and erased.versions == 1
    take_out_of_run(desk.run, erased.person, model)
    take_out_of_pile(desk.pile, erased.person)
    assert listed(desk) == ranked(desk) == [("c.txt",)]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("feedback.sqlite3*"))
    assert b"a.txt" not in stored and "非常希望加入".encode() not in stored


def test_a_joined_person_without_contact_in_the_resume_is_erased_with_a_letter_that_has_a_recruiters(tmp_path: Path):
    desk, store, model = Desk(), Store(tmp_path / "feedback.sqlite3"), ready()
    resume = papers.RESUME.replace("电话：13900000022 | 邮箱：linzhiyao@example.com\n", "")
    files = [
        StoredFile("信.txt", 1, papers.FORWARDED.encode, "1/"),
        StoredFile("简历.txt", 1, resume.encode, "1/"),
        StoredFile("别人.txt", 1, papers.OTHER.encode),
    ]
    for complete in people_as_read(files, read_documents(files)):
        for document in complete:
            assert isinstance(document, Document)
            PersonJoiner().add(desk.pile.documents, document)
    assert listed(desk) == [("别人.txt",), ("简历.txt", "信.txt")]
    finish(desk, order(JOB), model, store)
    erased = erase(store, [next(resume.id for resume in desk.run.resumes if len(resume.files) == 2)], "hr")
    assert erased.person
    take_out_of_pile(desk.pile, erased.person)
    assert listed(desk) == [("别人.txt",)]


def test_blind_mode_shows_no_files(tmp_path: Path):
    desk = Desk()
    upload(desk, written(tmp_path, 林知遥_简历=papers.RESUME, 林知遥_求职信=papers.SIGNED_LETTER))
    finish(desk, order(JOB, cleaning=Cleaning(blind=True)), ready())
    shown = shown_ranking(desk.run, texts("zh"))
    assert shown and "林知遥" not in str(tuple(shown.rows)) and shown.rows[0].files == ()
    assert "林知遥" not in desk.run.resumes[0].text
    desk.run.is_blind = False  # somebody asked for the names
    revealed = shown_ranking(desk.run, texts("zh"))
    assert revealed and revealed.rows[0].files == ("林知遥_简历.txt", "林知遥_求职信.txt")


def test_read_lists_the_files_of_each_person(tmp_path: Path):
    written(tmp_path, a=papers.SIGNED_LETTER, b=papers.OTHER, c=papers.RESUME, d="")
    reading = read_files([tmp_path], replace(DEFAULTS), Cleaning())
    entries = reading_as_json(reading, texts("zh"))["files"]
    assert [(entry["name"], entry["files"]) for entry in entries] == [
        ("b.txt", ["b.txt"]),
        ("c.txt", ["c.txt", "a.txt"]),
        ("d.txt", ["d.txt"]),
    ]
    assert entries[1]["text"].startswith("林知遥") and entries[2]["refused"]
