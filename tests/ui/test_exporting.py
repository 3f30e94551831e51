"""What is handed to a candidate who asks: a page in their language that a person can read, the same as JSON, and their kept file."""

import json
import time
from dataclasses import asdict, replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

from feedback.labels import FULL
from feedback.store.candidate_data import candidate_data
from feedback.store.desk.notes import add_note
from feedback.store.desk.statuses import INTERVIEW, set_status
from feedback.store.kept_files import take_in
from feedback.store.page_sessions import KeptScore, add_resumes, add_scores, keep_listed, keep_state
from feedback.store.pool.facts import fill_facts
from feedback.store.pool.leaving import take_out
from feedback.store.pool.people import PoolReader
from feedback.store.pool.terms import NO_POOL, PoolTerms
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from preprocess.document import Document, Resume
from preprocess.roster import Listed, RosterRow
from tests.feedback.stored import id_of, run_of
from tests.ui.samples import HOSTILE
from ui.exporting import person_zip

TEXT = f"林知遥\n电话 13900000000\n负责支付系统\n{HOSTILE}"
POINT = {"requirement": "熟悉支付", "kind": "must", "status": "met", "start": 19, "end": 25, "strength": 0.9}
ENGLISH = "Nadia Brennan\nBuilt payment services"


def handed(store: Store, text: str, terms: PoolTerms = NO_POOL) -> dict[str, bytes]:
    with ZipFile(BytesIO(person_zip(candidate_data(store, id_of(text), terms), store))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_person_gets_a_page_in_their_language_that_names_nobody_else(tmp_path):
    store, words = Store(tmp_path / FILE_NAME), texts("zh")
    run = run_of("职位名称：支付工程师\n要求：熟悉支付", [TEXT, ENGLISH, "陈屿舟"])
    files = [(Document("林知遥.pdf", "pdf", ()), b"%PDF own"), (Document("资料.docm", "docm", ()), b"macro")]
    originals = tuple(take_in(tmp_path, data, document) for document, data in files)
    own = replace(run.rows[0], originals=originals, shown={"match_points": [POINT], "notes": []})
    number = store.add_run(replace(run, user="wang", rows=(own, *run.rows[1:])))
    store.label(number, id_of(TEXT), "anna", FULL, "led payments")
    set_status(store, number, [id_of(TEXT)], INTERVIEW, "anna")
    add_note(store, number, id_of(TEXT), "ben", "周三面谈")
    packed = handed(store, TEXT)
    assert sorted(packed) == ["candidate.html", "candidate.json", "files/1-林知遥.pdf"] and packed["files/1-林知遥.pdf"] == b"%PDF own"
    page, data = packed["candidate.html"].decode(), packed["candidate.json"].decode()
    for said in (
        words("person.title"),
        "支付工程师",
        "熟悉支付",
        "负责支付系统",
        words("status.met"),
        "led payments",
        "周三面谈",
        "资料.docm",
    ):
        assert said in page
    assert (
        words("person.rank", rank=1, count=3) in page
        and "<img" not in page
        and words("label.full") in page
        and words("desk.interview") in page
    )
    for document in (page, data):
        assert not any(name in document for name in ("wang", "anna", '"ben"', "陈屿舟", "Nadia"))
    assert json.loads(data)["versions"][0]["text"] == TEXT
    english = handed(store, ENGLISH)["candidate.html"].decode()
    assert texts("en")("person.title") in english and 'lang="en"' in english and "林知遥" not in english


def test_the_page_says_what_the_pool_knows_and_what_lists_had_and_the_json_has_the_rest(tmp_path):
    store, words, pool = Store(tmp_path / FILE_NAME), texts("zh"), PoolTerms(30, "招聘")
    text = "林知遥\n电话 13900000000\n现居城市：杭州\n工作经历\n2019.03-至今 青梧科技 支付工程师\n学历：本科"
    listed = {id_of(text): Listed("A-7", "林知遥")}
    run = run_of("支付工程师", [text], at=time.time())
    shown = {"match_points": None, "notes": [], "listed": asdict(listed[id_of(text)])}
    store.add_run(replace(run, rows=(replace(run.rows[0], input_position=1, shown=shown),)))
    page = keep_state(store, "hr", "c" * 32, {"job": "岗位：测试开发", "order": {}})
    row = RosterRow(3, "A-8", "林知遥", "林知遥.pdf", ("13900000000",), "面试", "", "ats.xlsx", "d" * 64)
    [key] = add_resumes(store, page, [Resume(id_of(text), "林知遥.pdf", text)])
    keep_listed(store, {key: row})
    add_scores(store, page, [KeptScore(id_of(text), 0.5, 0)])
    fill_facts(store, 10)
    packed = handed(store, text, pool)
    said, data = packed["candidate.html"].decode(), json.loads(packed["candidate.json"])
    [facts] = data["pool"]["facts"]
    today = date.today()
    assert words("person.in_pool", purpose="招聘", since=today, until=today + timedelta(30)) in said
    assert "杭州" in facts["city"] and facts["masked_text"] and "林知遥" not in facts["masked_text"]
    assert all(part in said for part in ("杭州", "支付工程师", "本科", "A-8", "ats.xlsx", "A-7"))
    assert data["in_work"] == [{"job": "岗位：测试开发", "score": 0.5}] and words("person.in_work") in said and "测试开发" in said
    [pile] = data["piles"]
    assert pile["listed"] == {**asdict(row), "contacts": ["13900000000"]} and pile["name"] == "林知遥.pdf"
    assert data["runs"][0]["rows"][0]["listed"]["id"] == "A-7"
    with store.reading() as db:
        [number] = db.execute("SELECT id FROM resumes").fetchone()
    assert take_out(store, pool, number, PoolReader(), "hr")
    left = handed(store, text, pool)["candidate.html"].decode()
    assert words("person.taken_out", day=today) in left and words("person.not_in_pool") in left and "杭州" not in left.split("<pre>")[0]
