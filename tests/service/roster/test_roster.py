"""A list uploaded with files: its ids stay with the candidates, its statuses and labels are taken over, said in the log, and taken back."""

from pathlib import Path

import pytest

from feedback.labels import FULL, NONE, PARTIAL
from feedback.store.audit import entries
from feedback.store.candidate_data import candidate_data
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE, TO_READ, set_status
from feedback.store.erase import erase
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.roster import Listed
from service.erase import take_out_of_pile
from service.output.as_csv import csv_bytes
from service.output.candidates import Said, listed_people
from service.pile import Pile
from service.reopen import reopen
from service.roster.marks import label_of, status_of, take_marks, take_marks_back
from service.run_state import RunState
from tests.service.desk import Desk, finish, order, ready, upload
from ui.html.audit import about_words

LIST = """候选人编号,姓名,简历文件,状态,标注
000123,林晓,林晓.pdf,面试,完全匹配
000124,周叙白,周叙白.txt,已淘汰,不匹配
9,钱八,钱八.pdf,offer,
"""
RESUMES = {
    "林晓": "姓名：林晓\n电话：13800001111\n熟悉 Python，五年平台开发",
    "周叙白": "姓名：周叙白\n熟悉 Java",
    "孙七": "测试工程师孙七",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "feedback" / FILE_NAME)


def ranked(folder: Path, store: Store) -> Desk:
    files = folder / "files"
    files.mkdir()
    for name, text in RESUMES.items():
        (files / f"{name}.txt").write_text(text, "utf-8")
    (files / "候选人.csv").write_bytes(LIST.encode("gbk"))
    desk = Desk()
    upload(desk, [files])
    return finish(desk, order(), ready(), store)


def by_name(desk: Desk) -> dict[str, str]:
    """Return the id of each resume by its name."""
    return {row.name.removesuffix(".txt"): row.id for row in desk.run.ranking.rows} if desk.run.ranking else {}


def test_ids_and_marks_of_the_list_come_out_again(tmp_path: Path, store: Store):
    desk = ranked(tmp_path, store)
    ids, run = by_name(desk), desk.run
    assert run.ranking
    assert sorted(document.name for document in desk.pile.documents) == ["周叙白.txt", "孙七.txt", "林晓.txt"], "the list is no resume"
    assert not desk.pile.unread, "what does not match is said with the list"
    assert run.listed == {ids["林晓"]: Listed("000123", "林晓"), ids["周叙白"]: Listed("000124", "周叙白")}
    assert {name: run.statuses[ids[name]].status for name in ("林晓", "周叙白")} == {"林晓": INTERVIEW, "周叙白": DECLINED}
    assert [run.labels[ids[name]][0].grade for name in ("林晓", "周叙白")] == [FULL, NONE]
    assert run.labels[ids["林晓"]][0].reason == "候选人.csv"
    assert run.marks and run.marks.unknown == () and ids["孙七"] not in run.statuses

    said = [about_words(entry, texts("zh")) for entry in entries(store) if entry.resume_id]
    assert len(said) == 4 and all("来自候选人名单" in line for line in said)
    assert not any("林晓" in str(entry.facts) for entry in entries(store))

    data = candidate_data(store, ids["林晓"])
    assert data["runs"][0]["rows"][0]["listed"] == {"id": "000123", "name": "林晓"}, "part of what is stored about them"

    people = listed_people(run.ranking, run.resumes, Said(run.labels, run.statuses, run.notes, run.listed))
    lines = csv_bytes(people, run.ranking, (), texts("zh")).decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"名次","编号","姓名",') and any(',"000123","林晓",' in line for line in lines)
    blind = listed_people(run.ranking, run.resumes, Said({}, {}, {}, run.listed), is_blind=True)
    assert "000123" not in csv_bytes(blind, run.ranking, (), texts("zh")).decode("utf-8-sig")


def test_marks_can_be_taken_back_and_do_not_come_again(tmp_path: Path, store: Store):
    desk = ranked(tmp_path, store)
    ids = by_name(desk)
    set_status(store, desk.run.run_id, [ids["周叙白"]], RESERVE, "")  # HR decided otherwise since
    take_marks_back(desk.run, store, "")
    assert desk.run.statuses[ids["林晓"]].status == TO_READ and desk.run.statuses[ids["周叙白"]].status == RESERVE
    assert desk.run.labels == {} and desk.run.marks is None
    desk.pile.roster = desk.pile.roster.without_sheet("没有这份")
    finish(desk, order(), ready(), store)
    assert desk.run.statuses[ids["林晓"]].status == TO_READ, "the status that HR gave is the newest"


def test_with_private_rankings_what_colleagues_decided_neither_replaces_a_mark_nor_its_undoing(tmp_path: Path, store: Store):
    desk = ranked(tmp_path, store)
    lin, run = by_name(desk)["林晓"], desk.run.run_id
    row = next(row for row in desk.pile.roster.rows if row.name == "林晓")
    bens = RunState(run_id=run, runs_of="ben")
    take_marks(bens, store, "ben", {lin: row})
    assert bens.statuses[lin].status == INTERVIEW and bens.statuses[lin].user == "ben", "that a colleague's is the same does not count"
    set_status(store, run, [lin], TO_READ, "")
    take_marks_back(bens, store, "ben")
    assert bens.statuses[lin].status == TO_READ


def test_a_reopened_ranking_keeps_the_ids_when_it_is_ranked_again(tmp_path: Path, store: Store):
    desk = ranked(tmp_path, store)
    listed, pile, state = desk.run.listed, Pile(), RunState()
    reopen(state, pile, store.run(desk.run.run_id), store)
    assert state.listed == listed
    again = finish(Desk(pile, state), order("任职要求：\n熟悉 Java"), ready(), store)
    assert again.run.listed == listed and again.run.marks is None


def test_who_is_erased_goes_out_of_the_list(tmp_path: Path, store: Store):
    desk = ranked(tmp_path, store)
    erased = erase(store, [by_name(desk)["林晓"]], "")
    assert erased.person
    take_out_of_pile(desk.pile, erased.person)
    assert [row.name for row in desk.pile.roster.rows] == ["周叙白", "钱八"]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("完全匹配", FULL),
        ("Partial match", PARTIAL),
        ("partial-match", PARTIAL),
        ("不匹配（王芳）：不对口", NONE),
        ("1", None),
        ("4 星", None),
        ("", None),
    ],
)
def test_labels_are_words(text: str, grade: int | None):
    assert label_of(text) == grade


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("待筛选", TO_READ),
        ("复试", INTERVIEW),
        ("On Hold", RESERVE),
        ("not-selected", DECLINED),
        ("暫不", DECLINED),
        ("offer", None),
        ("", None),
    ],
)
def test_words_of_other_systems(word: str, status: str | None):
    assert status_of(word) == status
