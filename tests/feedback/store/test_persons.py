"""Who is one person: found, exported and erased together, blind or not; namesakes are offered and never erased unasked."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from feedback.files.imports import import_file
from feedback.labels import FULL
from feedback.store.candidate_data import candidate_data, find_candidates, find_person
from feedback.store.erase import erase
from feedback.store.page_sessions import KeptScore, add_resumes, add_scores, keep_state, kept_session
from feedback.store.saved.presets import INSTRUCTION, JOB, presets, save
from feedback.store.store import FILE_NAME, RunRow, Store
from preprocess.document import Resume
from preprocess.intake import File
from preprocess.pipeline import Cleaning, read_resume
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.stored import id_of, run_of

LIN = "姓名：林知遥\n电话：13900000022\n三年后端开发，用 Python 负责订单服务。"
LIN_ENGLISH = "Zhiyao Lin\nPhone: +86 139 0000 0022 · Mail: lin@example.com\nBackend engineer, three years of Python."
LIN_BY_MAIL = "林知遥的简历\n邮箱：LIN@example.com\n熟悉 Kafka 与 Redis，负责消息平台。"
NAMESAKE = "姓名：林知遥\n电话：13511112222\n会计，熟悉报表与税务。"
OTHER = "姓名：陈屿舟\n电话：13700000033\n熟悉 Java 与 MySQL。"
BLIND, PLAIN = Cleaning(blind=True), Cleaning()


@cache
def resume(text: str, name: str = "简历.txt", cleaning: Cleaning = PLAIN) -> Resume:
    return read_resume(File(name, text.encode()), cleaning)


def ranked(store: Store, *resumes: Resume, job: str = "job", instruction: str = "instruct", at: float = 1000.0) -> int:
    rows = tuple(
        RunRow(resume.id, resume.name, resume.text, rank, rank, {"logit": 5.0 - rank}, {}, resume.person)
        for rank, resume in enumerate(resumes, start=1)
    )
    return store.add_run(replace(run_of(job, [], at=at), instruction=instruction, rows=rows))


def texts_left(store: Store) -> set[str]:
    with store.reading() as db:
        return {text for [text] in db.execute("SELECT text FROM resumes")}


@pytest.mark.parametrize(
    "read_versions",  # when the test runs: each process of the suite collects this file
    [
        pytest.param(lambda: [resume(LIN), resume(LIN, cleaning=BLIND)], id="blind"),
        pytest.param(lambda: [resume(LIN), resume(f"──────\n{LIN}", cleaning=Cleaning(denoise=False))], id="cleaned otherwise"),
        pytest.param(lambda: [resume(LIN), resume(LIN_ENGLISH, "resume.txt")], id="same phone"),
        pytest.param(lambda: [resume(LIN_ENGLISH), resume(LIN_BY_MAIL)], id="same mail"),
        pytest.param(lambda: [resume(LIN), resume(LIN_ENGLISH), resume(LIN_BY_MAIL)], id="over another version"),
        pytest.param(
            lambda: [resume("熟悉 Python 的工程师"), resume("熟悉 Python 的工程师", "b.txt", BLIND)], id="no contact, the same text"
        ),
    ],
)
def test_versions_of_a_person_are_one_entry_and_are_erased_together(store: Store, read_versions: Callable[[], list[Resume]]):
    versions = read_versions()
    for number, version in enumerate(versions):
        run = ranked(store, version, resume(OTHER), job=f"job {number}", at=1000.0 + number)
    store.label(run, versions[-1].id, "anna", FULL)
    entries = [
        candidate
        for candidate in find_candidates(store, "简历")
        if versions[0].id in {version["resume_id"] for version in data(store, candidate)}
    ]
    count = len({version.id for version in versions})
    assert [(entry.versions, entry.runs, entry.labels, entry.last_at) for entry in entries] == [
        (count, len(versions), 1, 999.0 + len(versions))
    ]
    assert find_person(store, versions[0].id) == find_person(store, versions[-1].id)
    erased = erase(store, [versions[0].id], "hr")
    assert (erased.versions, erased.runs, erased.labels) == (count, len(versions), 1)
    assert texts_left(store) == {resume(OTHER).text}
    with store.reading() as db:
        assert db.execute("SELECT count(DISTINCT resume) FROM person_keys").fetchone() == (1,)


def data(store: Store, candidate) -> list:
    return candidate_data(store, candidate.resume_id)["versions"]


def test_a_person_who_was_only_ranked_blind_is_found_by_name_phone_and_mail(store: Store):
    blind = resume(LIN_ENGLISH, "b.txt", BLIND)
    ranked(store, blind, resume(OTHER))
    assert "Lin" not in blind.text
    for search in ("zhiyao LIN", "Lin Zhiyao", "13900000022", "lin@example.com"):
        assert [candidate.resume_id for candidate in find_candidates(store, search)] == [blind.id], search


def test_the_same_name_only_is_offered_and_stays_unless_it_is_ticked(store: Store):
    ranked(store, resume(LIN), resume(NAMESAKE), resume(OTHER))
    first, second = find_candidates(store, "林知遥")
    assert {first.resume_id, second.resume_id} == {resume(LIN).id, resume(NAMESAKE).id}
    assert [candidate.resume_id for candidate in first.also] == [second.resume_id] and [
        candidate.resume_id for candidate in second.also
    ] == [first.resume_id]
    erase(store, [resume(LIN).id], "hr")
    assert texts_left(store) == {resume(NAMESAKE).text, resume(OTHER).text}
    assert find_candidates(store, "林知遥")[0].also == ()


def test_whoever_is_ticked_is_erased_with_all_of_their_versions(store: Store):
    ranked(store, resume(LIN), resume(NAMESAKE), resume(NAMESAKE, cleaning=BLIND), resume(OTHER))
    [other] = next(candidate for candidate in find_candidates(store, "林知遥") if candidate.resume_id == resume(LIN).id).also
    assert other.versions == 2
    assert erase(store, [resume(LIN).id, other.resume_id], "hr").versions == 3
    assert texts_left(store) == {resume(OTHER).text}


def test_an_agency_s_contact_links_nobody_but_offers_them(store: Store):
    people = [
        resume(f"姓名：{name}\n邮箱：hr@agency.com\n熟悉 {skill}")
        for name, skill in (("林知遥", "Go"), ("陈屿舟", "Java"), ("周叙白", "C"))
    ]
    ranked(store, *people)
    entry = find_person(store, people[0].id)
    assert entry and entry.versions == 1 and {candidate.resume_id for candidate in entry.also} == {candidate.id for candidate in people[1:]}
    erase(store, [people[0].id], "hr")
    assert texts_left(store) == {person.text for person in people[1:]}


def test_two_names_on_one_resume_are_one_person_s_and_make_no_agency(store: Store):
    versions = [
        resume("张三丰（Jason）\n邮箱：z@example.com\n熟悉 Go"),
        resume("姓名：张三丰\n邮箱：z@example.com\n熟悉 Java"),
        resume("Name: Jason\nz@example.com\nC++"),
    ]
    ranked(store, *versions)
    assert erase(store, [versions[0].id], "hr").versions == 3


def test_a_masked_text_of_two_people_takes_neither_with_the_other(store: Store):
    texts = ["姓名：林知遥\n电话：13900000022\n熟悉 Python", "姓名：陈屿舟\n电话：13700000033\n熟悉 Python"]
    assert resume(texts[0], cleaning=BLIND).id == resume(texts[1], cleaning=BLIND).id
    ranked(store, *(resume(text) for text in texts))
    for text in texts:
        ranked(store, resume(text, cleaning=BLIND))
    erase(store, [resume(texts[0]).id], "hr")
    assert texts_left(store) == {resume(texts[1]).text}


def test_the_export_covers_all_versions(store: Store):
    first = ranked(store, resume(LIN), resume(OTHER))
    second = ranked(store, resume(LIN, "b.txt", BLIND), resume(OTHER), job="job 2")
    exported = candidate_data(store, resume(LIN).id)
    assert {version["text"] for version in exported["versions"]} == {resume(LIN).text, resume(LIN, cleaning=BLIND).text}
    assert [run["run_id"] for run in exported["runs"]] == [first, second] and set(exported["names"]) == {"简历.txt", "b.txt"}
    assert "陈屿舟" not in str(exported) and "digest" not in str(exported)


def test_rows_of_an_older_database_are_found_as_one_person(store: Store, tmp_path: Path):
    for number, text in enumerate((LIN, LIN_ENGLISH, OTHER)):
        ranked(store, resume(text), job=f"job {number}")
    store.close()
    db = sqlite3.connect(tmp_path / FILE_NAME)
    db.execute("DELETE FROM person_keys")
    db.execute("DELETE FROM hmac_keys")
    db.commit()
    db.close()
    again = Store(tmp_path / FILE_NAME)
    [candidates] = find_candidates(again, "林知遥")
    assert candidates.versions == 2
    assert erase(again, [resume(LIN_ENGLISH).id], "hr").versions == 2
    assert texts_left(again) == {resume(OTHER).text}
    again.close()


def test_digests_need_the_key_and_no_phone_number_lies_beside_a_blind_text(store: Store):
    ranked(store, resume(LIN, "b.txt", BLIND))
    stored = bytes_beside(store)
    assert b"13900000022" not in stored and "林知遥".encode() not in stored
    assert id_of("phone:13900000022").encode() not in stored


def test_the_name_goes_from_instructions_saved_texts_reasons_and_names_of_imported_files(store: Store, tmp_path: Path):
    run = ranked(store, resume(LIN, "b.txt", BLIND), resume(OTHER), instruction="优先林知遥，其次陈屿舟；Prefer zhiyao lin")
    ranked(store, resume(LIN_ENGLISH), job="job 2")
    store.label(run, resume(OTHER).id, "anna", FULL, "不如林知遥")
    save(store, INSTRUCTION, "给林知遥的", "重点看林知遥的项目", "hr")
    save(store, JOB, "岗位", "林知遥推荐的岗位", "hr")
    (tmp_path / "林知遥.csv").write_text(f'job,resume,label,rater\njob,"{OTHER}",1,ben\n', "utf-8")
    import_file(store, tmp_path / "林知遥.csv", tmp_path)
    (tmp_path / "林知遥.csv").unlink()
    erase(store, [resume(LIN_ENGLISH).id], "hr")
    assert store.run(run).instruction == "优先该候选人，其次陈屿舟；Prefer [erased]"
    assert [(preset.name, preset.text) for preset in presets(store, INSTRUCTION)] == [("给该候选人的", "重点看该候选人的项目")]
    assert presets(store, JOB)[0].text == "该候选人推荐的岗位"
    assert "林知遥".encode() not in bytes_beside(store)
    assert "不如该候选人".encode() in bytes_beside(store) and "该候选人.csv".encode() in bytes_beside(store)


@pytest.mark.parametrize("text", ["张三丰优先", "开张三天", "纸张三千", "张三光"])
def test_a_short_name_inside_a_longer_word_is_another_word(store: Store, text: str):
    run = ranked(store, resume("姓名：张三\n熟悉 Python"), resume(OTHER), instruction=text)
    erase(store, [resume("姓名：张三\n熟悉 Python").id], "hr")
    assert store.run(run).instruction == text


@pytest.mark.parametrize("text", ["张三优先", "请把张三排在第一", "不要张三", "重点看张三的项目", "张三、李四", "（张三）"])
def test_a_short_name_between_other_words_goes(store: Store, text: str):
    run = ranked(store, resume("姓名：张三\n熟悉 Python"), resume(OTHER), instruction=text)
    erase(store, [resume("姓名：张三\n熟悉 Python").id], "hr")
    assert store.run(run).instruction == text.replace("张三", "该候选人")


def test_what_a_tab_kept_goes_too(store: Store):
    pasted = f"候选人1：\n{LIN}\n---\n候选人2：\n{OTHER}"
    state = {"form": {"job": "招聘", "pasted": pasted, "instruction": "林知遥优先"}, "unread": [{"name": "林知遥.gif"}]}
    session = keep_state(store, "hr", "a" * 32, state)
    blind = resume(LIN, cleaning=BLIND)
    add_resumes(store, session, [resume(LIN), resume(OTHER)])
    add_scores(store, session, [KeptScore(blind.id, 0.5, 0), KeptScore("1" * 64, 0.5, 0)])
    ranked(store, blind)
    erase(store, [resume(LIN).id], "hr")
    kept = kept_session(store, "hr", "a" * 32)
    assert kept and [resume.text for resume in kept.resumes.values()] == [resume(OTHER).text]
    assert [score.resume_id for score in kept.scores] == ["1" * 64]
    assert kept.state["form"]["instruction"] == "该候选人优先" and kept.state["unread"] == [{"name": "该候选人.gif"}]
    assert kept.state["form"]["pasted"] == f"候选人2：\n{OTHER}"


def test_a_run_in_work_stores_no_version_of_somebody_erased_meanwhile(store: Store):
    ranked(store, resume(LIN), resume(OTHER))
    erase(store, [resume(LIN).id], "hr")
    with store.reading() as db:
        [at] = db.execute("SELECT at FROM erased").fetchone()
    blind = [resume(LIN, cleaning=BLIND), resume(LIN_ENGLISH), resume(OTHER, cleaning=BLIND)]
    assert [row.text for row in store.run(ranked(store, *blind, at=at - 5)).rows] == [blind[2].text]
    assert len(store.run(ranked(store, *blind, at=at + 5)).rows) == 3, "they have applied again"
    assert erase(store, [blind[0].id], "hr").versions == 2
