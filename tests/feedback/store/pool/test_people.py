"""The pool: everybody whose file was read, once, found by words and facts while the terms allow it; nobody by what blind mode hides."""

import shutil
import time
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from feedback.labels import FULL, NONE
from feedback.store import audit
from feedback.store.candidate_data import candidate_data
from feedback.store.desk.statuses import DECLINED, INTERVIEW, set_status
from feedback.store.erase import erase
from feedback.store.history import delete_run
from feedback.store.pool.chosen import pooled_ids, take_resumes
from feedback.store.pool.facts import count_without_facts, fill_facts
from feedback.store.pool.leaving import take_out
from feedback.store.pool.people import PAGE, PoolReader, PoolSearch, find_numbers, find_people
from feedback.store.pool.terms import DAY_S, PoolTerms, put_in_force
from feedback.store.recording import FROM_POOL
from feedback.store.retention import sweep
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from preprocess.document import Document, Line, Page
from preprocess.pipeline import Cleaning, prepare
from tests.feedback.store.test_database import OLD_STORE
from tests.feedback.stored import ENGINE

NOW = time.time()
TERMS = PoolTerms(90, "招聘")
LIN = (
    "林知遥\n电话：13900000022\n现居：杭州\n本科 · 浙江大学 2012.09-2016.06\n2016.07-2024.07 青梧科技 高级后端工程师\n"
    "负责支付系统，Java 与 Kafka"
)
LIN_LATER = f"{LIN}\n2024.08-至今 山岚网络 技术经理"
EVERYBODY = PoolReader()
ZHOU = "周叙白\n电话：13700000033\n现居：上海\n大专 · 2020.09-2023.06\n2023.07-2024.07 会计\n熟悉报表"
WIFE = ZHOU.replace("周叙白", "许朝暮").replace("会计", "出纳")


def prepared(text: str, name: str, blind: bool = False):
    lines = tuple(map(Line, text.split("\n")))
    return prepare(Document(name, "text", (Page(lines),)), Cleaning(blind=blind))


def ranked(
    store: Store, *texts: str, days_ago: float = 0, user: str = "hr", job: str = "招聘后端", blind: bool = False, notes: Collection = ()
):
    """Store a ranking of these texts in this order; returns its id and the ids of the resumes."""
    resumes = [prepared(text, f"{text[:3]}.pdf", blind) for text in texts]
    shown = {"notes": [{"code": code, "before": "x"} for code in notes]}
    rows = tuple(
        RunRow(resume.id, resume.name, resume.text, index, index, {"logit": 0.0}, shown, resume.person, is_from_pool=FROM_POOL in notes)
        for index, resume in enumerate(resumes, start=1)
    )
    run = store.add_run(Run(job, "", {"blind": blind}, ENGINE, 0, user, NOW - days_ago * DAY_S, rows))
    return run, [resume.id for resume in resumes]


def names_found(store: Store, terms: PoolTerms = TERMS, reader: PoolReader = EVERYBODY, **search) -> list[str]:
    fill_facts(store, 100)
    page = find_people(store, terms, PoolSearch(**search), reader, NOW)
    assert page.total == len(page.people) == len(find_numbers(store, terms, PoolSearch(**search), reader, NOW, 100))
    return [person.name for person in page.people]


@pytest.fixture
def pool(store: Store) -> Store:
    """Return two people read ten and two days ago."""
    ranked(store, LIN, days_ago=10)
    ranked(store, ZHOU, days_ago=2, user="other", job="招聘财务")
    return store


def test_people_are_listed_with_their_facts_those_read_last_first(pool: Store):
    assert names_found(pool) == ["周叙白", "林知遥"]
    lin = find_people(pool, TERMS, PoolSearch("支付"), PoolReader(), NOW).people[0]
    assert (lin.employer, lin.years, lin.degree, lin.city) == ("青梧科技", 8, 4, "杭州")
    assert lin.read_at == pytest.approx(NOW - 10 * DAY_S) and lin.file == "林知遥.pdf"


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({"words": "java kafka"}, ["林知遥"]),
        ({"words": "java 报表"}, []),
        ({"words": "知遥"}, ["林知遥"]),
        ({"words": "%"}, []),
        ({"years": 5}, ["林知遥"]),
        ({"years": 1}, ["周叙白", "林知遥"]),
        ({"degree": 4}, ["林知遥"]),
        ({"city": "上海"}, ["周叙白"]),
        ({"days": 3}, ["周叙白"]),
        ({"status": "interview"}, []),
        ({"label": FULL}, []),
    ],
)
def test_they_are_found_by_words_and_facts(pool: Store, search, expected: list[str]):
    assert names_found(pool, **search) == expected


def test_they_are_found_by_the_labels_and_the_newest_status_that_they_have(store: Store):
    run, [lin, zhou] = ranked(store, LIN, ZHOU)
    store.label(run, lin, "anna", FULL)
    store.label(run, zhou, "anna", NONE)
    store.label(run, zhou, "anna", None)
    set_status(store, run, [lin], INTERVIEW, "anna")
    assert (names_found(store, label=FULL), names_found(store, label=NONE), names_found(store, status=INTERVIEW)) == (
        ["林知遥"],
        [],
        ["林知遥"],
    )
    [person] = find_people(store, TERMS, PoolSearch(label=FULL), PoolReader(), NOW).people
    assert (person.label, person.status, person.job) == (FULL, INTERVIEW, "招聘后端")
    set_status(store, run, [lin], DECLINED, "ben")
    assert (names_found(store, status=INTERVIEW), names_found(store, status=DECLINED)) == ([], ["林知遥"])


def test_somebody_of_several_rankings_is_one_with_the_newest_text(store: Store):
    ranked(store, LIN, days_ago=9)
    _, [later] = ranked(store, LIN_LATER, days_ago=5)
    ranked(store, LIN, days_ago=7)
    assert names_found(store) == ["林知遥"]
    [person] = find_people(store, TERMS, PoolSearch(), PoolReader(), NOW).people
    assert person.resume_id == later


def test_two_people_of_one_phone_are_two(store: Store):
    ranked(store, ZHOU, WIFE)
    assert sorted(names_found(store)) == ["周叙白", "许朝暮"]


def test_of_a_text_that_was_masked_too_the_one_before_masking_is_taken(store: Store):
    _, [plain] = ranked(store, LIN, days_ago=9)
    _, [masked] = ranked(store, LIN, days_ago=3, blind=True)
    assert plain != masked and names_found(store) == ["林知遥"]
    [person] = find_people(store, TERMS, PoolSearch(), PoolReader(), NOW).people
    assert (person.resume_id, person.read_at) == (plain, pytest.approx(NOW - 3 * DAY_S))


def test_a_masked_text_that_is_ranked_again_stays_a_version_of_its_person(store: Store):
    _, [masked] = ranked(store, LIN, days_ago=3, blind=True)
    [number] = store_numbers(store)
    [resume] = take_resumes(store, TERMS, [number], PoolReader(), "hr")
    assert resume.id == masked
    ranked(store, resume.text, blind=True)
    ranked(store, LIN)
    fill_facts(store, 100)
    assert len(find_people(store, TERMS, PoolSearch(), PoolReader(), NOW).people) == 1


def test_blind_mode_shows_no_name_and_finds_nobody_by_what_it_masks(pool: Store):
    blind = PoolReader(hides_names=True)
    assert names_found(pool, reader=blind) == ["", ""]
    assert [person.city + person.file for person in find_people(pool, TERMS, PoolSearch(), blind, NOW).people] == ["", ""]
    assert names_found(pool, reader=blind, words="kafka") == [""]
    for hidden in ("知遥", "林知遥", "13900000022", "杭州", "浙江大学"):
        assert names_found(pool, reader=blind, words=hidden) == [], hidden
    assert names_found(pool, reader=blind, city="上海") == ["", ""], "it is no filter there"


def test_a_reader_of_their_own_rankings_finds_nobody_else_nor_what_others_said(pool: Store):
    run, [lin] = ranked(pool, LIN, days_ago=8, user="other")
    pool.label(run, lin, "other", FULL)
    set_status(pool, run, [lin], INTERVIEW, "other")
    own = PoolReader("hr")
    assert (names_found(pool, reader=own), names_found(pool, reader=PoolReader("other"))) == (["林知遥"], ["周叙白", "林知遥"])
    assert (names_found(pool, reader=own, label=FULL), names_found(pool, reader=own, status=INTERVIEW)) == ([], [])
    [person] = find_people(pool, TERMS, PoolSearch(), own, NOW).people
    assert (person.label, person.status, person.read_at) == (None, "", pytest.approx(NOW - 10 * DAY_S))
    everybody = store_numbers(pool)
    assert len(everybody) == 2 and len(pooled_ids(pool, TERMS, everybody, own)) == 1
    assert [resume.id for resume in take_resumes(pool, TERMS, everybody, own, "hr")] == [lin]
    assert names_found(pool, reader=PoolReader("nobody")) == []


def store_numbers(store: Store) -> list[int]:
    fill_facts(store, 100)
    return find_numbers(store, TERMS, PoolSearch(), PoolReader(), NOW, 100)


def test_a_choice_is_logged_noted_and_no_reading_that_lets_them_stay_longer(store: Store):
    ranked(store, LIN, days_ago=80, notes=("page_number", "duplicate", FROM_POOL))
    assert names_found(store) == [], "who came from a pool was not read from a file"
    ranked(store, LIN, days_ago=80, notes=("page_number", "duplicate"))
    [resume] = take_resumes(store, TERMS, store_numbers(store), PoolReader(), "anna")
    assert [note.code for note in resume.notes] == ["page_number", FROM_POOL]
    assert resume.notes[1].before == time.strftime("%Y-%m-%d", time.localtime(NOW - 80 * DAY_S))
    [entry] = [entry for entry in audit.entries(store) if entry.event == audit.POOL_CHOSEN]
    assert (entry.user, entry.resume_id) == ("anna", resume.id)
    ranked(store, LIN, notes=(FROM_POOL,))
    assert find_people(store, TERMS, PoolSearch(), PoolReader(), NOW).people[0].read_at == pytest.approx(NOW - 80 * DAY_S)
    assert find_people(store, TERMS, PoolSearch(), PoolReader(), NOW + 11 * DAY_S).total == 0


def test_nobody_is_there_after_their_time_nor_without_terms(pool: Store):
    assert names_found(pool, replace(TERMS, days=5)) == ["周叙白"]
    assert names_found(pool, PoolTerms()) == []
    assert take_resumes(pool, PoolTerms(), store_numbers(pool), PoolReader(), "hr") == []


def test_erasure_retention_and_a_deleted_ranking_take_them_out_with_all_that_was_computed(pool: Store):
    run, _ = ranked(pool, WIFE, days_ago=1)
    assert len(store_numbers(pool)) == 3
    delete_run(pool, run)
    assert names_found(pool) == ["周叙白", "林知遥"]
    erase(pool, [prepared(ZHOU, "周叙白.pdf").id], "hr")
    assert names_found(pool) == ["林知遥"]
    assert sweep(pool, 9, NOW, confirmed=True).candidates == 1
    assert names_found(pool) == []
    with pool.reading() as db:
        assert [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("readings", "pool_facts", "pool_texts")] == [
            0,
            0,
            0,
        ]
    stored = b"".join(path.read_bytes() for path in pool.path.parent.iterdir() if path.is_file())
    for name in ("林知遥", "周叙白", "许朝暮", "青梧科技"):
        assert name.encode() not in stored


def test_a_candidates_export_says_for_what_and_until_when_they_are_in_the_pool(pool: Store):
    fill_facts(pool, 100)
    lin = prepared(LIN, "林知遥.pdf").id
    told = candidate_data(pool, lin, TERMS)["pool"]
    assert (told["is_in_pool"], told["purpose"], told["facts"][0]["city"]) == (True, "招聘", "杭州")
    assert told["until"] > told["since"]
    assert candidate_data(pool, lin, replace(TERMS, days=5))["pool"].keys() == {"is_in_pool", "facts"}
    assert candidate_data(pool, lin)["pool"]["is_in_pool"] is False


def test_terms_are_logged_when_they_change_and_closing_the_pool_deletes_the_facts(pool: Store):
    for terms in (PoolTerms(), TERMS, TERMS, replace(TERMS, purpose="内部推荐")):
        put_in_force(pool, terms)
    assert fill_facts(pool, 100) == 2
    put_in_force(pool, PoolTerms())
    put_in_force(pool, PoolTerms())
    events = [(entry.event, entry.facts.get("purpose")) for entry in reversed(audit.entries(pool)) if entry.event.startswith("pool")]
    assert events == [("pool_opened", "招聘"), ("pool_opened", "内部推荐"), ("pool_closed", None)]
    assert count_without_facts(pool) == 2


def test_somebody_taken_out_stays_out_with_every_text_while_their_rankings_stay(pool: Store):
    ranked(pool, LIN_LATER, days_ago=1)
    ranked(pool, WIFE, days_ago=1)
    assert sorted(names_found(pool)) == ["周叙白", "林知遥", "许朝暮"]
    [number] = [person.number for person in find_people(pool, TERMS, PoolSearch("知遥"), EVERYBODY, NOW).people]
    assert not take_out(pool, TERMS, number, PoolReader("other"), "other"), "whom somebody does not see"
    assert take_out(pool, TERMS, number, EVERYBODY, "anna") and not take_out(pool, TERMS, number, EVERYBODY, "anna")
    assert sorted(names_found(pool)) == ["周叙白", "许朝暮"], "one phone is not one person"
    [entry] = [entry for entry in audit.entries(pool) if entry.event == audit.POOL_LEFT]
    assert (entry.user, entry.resume_id) == ("anna", prepared(LIN_LATER, "林知遥.pdf").id)
    ranked(pool, LIN)  # the same file again, seen and blind
    ranked(pool, LIN_LATER, blind=True)
    assert sorted(names_found(pool)) == ["周叙白", "许朝暮"] and count_without_facts(pool) == 0
    told = candidate_data(pool, prepared(LIN, "林知遥.pdf").id, TERMS)
    assert told["pool"]["is_in_pool"] is False and told["pool"]["taken_out"] and not told["pool"]["facts"]
    assert len(told["runs"]) == 4, "rankings stay"
    ranked(pool, f"{LIN}\n2025.01-至今 海棠数据 架构师")
    assert sorted(names_found(pool)) == ["周叙白", "林知遥", "许朝暮"], "a new resume is another matter"
    erase(pool, [prepared(LIN, "林知遥.pdf").id], "hr")
    with pool.reading() as db:
        assert db.execute("SELECT count(*) FROM pool_left").fetchone() == (0,)


def test_years_grow_with_a_job_that_goes_on_and_with_no_other(store: Store):
    this_month = date.fromtimestamp(NOW)
    started = f"{this_month.year - 4}.{this_month.month:02d}"
    ended = f"{this_month.year - 1}.01"
    ranked(store, f"林知遥\n电话：13900000022\n{started}-至今 山岚网络 工程师", f"周叙白\n电话：13700000033\n{started}-{ended} 会计")
    assert sorted(names_found(store, years=4)) == ["林知遥"] and names_found(store, years=5) == []
    year_later = NOW + 366 * DAY_S
    longer = replace(TERMS, days=1000)
    people = find_people(store, longer, PoolSearch(years=5), EVERYBODY, year_later).people
    assert [(person.name, person.years) for person in people] == [("林知遥", 5)]
    facts = candidate_data(store, people[0].resume_id, longer)["pool"]["facts"]
    assert facts[0]["years"] == 4, "the export says what is so today"


def test_a_page_holds_so_many_and_the_next_one_goes_on(store: Store):
    texts = [f"候选{number:03d}号\n电话：1380000{number:04d}\n熟悉 Java" for number in range(PAGE + 5)]
    ranked(store, *texts)
    while fill_facts(store, 7):
        pass
    first, second = (find_people(store, TERMS, PoolSearch("java", page=page), PoolReader(), NOW) for page in (0, 1))
    assert (len(first.people), len(second.people), first.total) == (PAGE, 5, PAGE + 5)
    assert not {person.number for person in first.people} & {person.number for person in second.people}


def test_a_database_of_an_earlier_version_has_its_people_in_the_pool(tmp_path: Path):
    shutil.copy(OLD_STORE, tmp_path / FILE_NAME)
    store = Store(tmp_path / FILE_NAME)
    with store.reading() as db:
        shown = db.execute("SELECT count(DISTINCT resume) FROM candidates WHERE rank > 0").fetchone()[0]
    assert shown > 0 and count_without_facts(store) == shown
    assert fill_facts(store, 1000) == shown
    page = find_people(store, PoolTerms(100_000, "招聘"), PoolSearch(), PoolReader(), NOW)
    assert 0 < page.total <= shown
    taken = take_resumes(store, PoolTerms(100_000, "招聘"), [person.number for person in page.people], PoolReader(), "hr")
    assert len(taken) == page.total and all(resume.text and resume.name for resume in taken)
    store.close()
