"""Earlier rankings: opened exactly as they were shown, found fast, and deleted with what nothing else needs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.glossary.terms import propose, terms
from feedback.labels import FULL, Weights
from feedback.learning.groups import groups, unscored
from feedback.learning.learned import learned
from feedback.learning.versions import add_weights, versions
from feedback.store.erase import erase
from feedback.store.history import MAX_TITLE, delete_run, entries, job_title
from feedback.store.recording import as_run, reopened
from feedback.store.store import FILE_NAME, Store
from preprocess.document import Note, Resume
from reranker.engine import EngineInfo, Query
from reranker.judge.judge import Judge
from reranker.ranking import rank
from reranker.rows import Ranking
from tests.each import each
from tests.encoder import JUDGE
from tests.feedback.glossary.test_terms import QPS
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.stored import id_of, run_of
from tests.ui.samples import CountingEngine

QUERY = Query("AI平台工程师\n任职要求：\n1. 熟悉 Python\n2. 有支付合规经验\n加分项：\n了解 Kubernetes", "Given a job…")


def resume(name: str, text: str, *notes: Note) -> Resume:
    return Resume(id_of(text), name, text, notes)


TWIN = "Go 工程师\n负责订单服务的日常开发与维护，参与需求讨论，按时完成排期内的各项工作任务，整理文档"
RESUMES = [
    resume("张三.pdf", "张三\n熟悉 Python 与 FastAPI\n负责推理服务", Note("page_number", page=2, before="第 2 页")),
    resume("twin.txt", TWIN),
    resume("李四.docx", "李四\n用 Kubernetes 部署推理平台\n负责 PCI DSS 认证，通过支付合规审计", Note("hidden_text", 1, "white", "", 3)),
    resume("twin again.txt", TWIN, Note("joined", count=2)),
]

NAMES = {"张三.pdf": "张三", "李四.docx": "李四"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return JUDGE


def ranked(judge: Judge, store: Store, resumes: list[Resume], has_probability: bool = True) -> tuple[Ranking, EngineInfo]:
    """Return a ranking in which weights moved somebody and the engine cut somebody's end, and the info of its engine."""
    options = learned(store, "0").options | {"weights": {"logit": 1.0, "must_strength": 60.0}}
    ranking = rank(QUERY, resumes, CountingEngine(), judge, **options)
    rows = tuple(replace(row, truncated=7 * row.rank, probability=row.probability if has_probability else None) for row in ranking.rows)
    return replace(ranking, rows=rows), replace(CountingEngine.info, score_scale="probability" if has_probability else "relative")


def kept(store: Store, ranking: Ranking, engine: EngineInfo, resumes: list[Resume], **settings: object) -> int:
    return store.add_run(as_run(ranking, QUERY, resumes, engine, at=9.0, weights_version=2, settings=settings, user="hr"))


@pytest.mark.parametrize("has_probability", [True, False])
def test_a_run_opens_again_exactly_as_it_was_shown(store: Store, judge: Judge, has_probability: bool):
    ranking, engine = ranked(judge, store, RESUMES, has_probability)
    assert any(row.rank != row.model_rank for row in ranking.rows)
    assert any(point.quote for row in ranking.rows for point in row.match_points or ())
    again, query, resumes = reopened(store.run(kept(store, ranking, engine, RESUMES)))
    assert again == replace(ranking, timing={})
    assert (query, list(resumes)) == (QUERY, RESUMES)


def test_a_run_stored_before_engines_described_themselves_opens_as_it_was_shown(store: Store, judge: Judge):
    ranking, engine = ranked(judge, store, RESUMES)
    run = kept(store, ranking, engine, RESUMES)
    old = {"name": "Qwen3", "device": "cpu", "dtype": "FP32", "max_tokens": 9, "batch_size": 4, "fingerprint": "f", "has_probability": True}
    with store.writing() as db:
        db.execute("UPDATE runs SET engine = ? WHERE id = ?", (json.dumps(old), run))
    again = store.run(run)
    assert reopened(again)[0] == replace(ranking, timing={})
    assert (again.engine.name, again.engine.score_scale, again.engine.is_fallback) == ("Qwen3", "probability", False)


def test_a_later_run_with_the_same_text_in_another_file_does_not_rename_the_earlier_one(store: Store, judge: Judge):
    run = kept(store, *ranked(judge, store, RESUMES), RESUMES)
    renamed = [replace(resume, name=f"new {resume.name}") for resume in RESUMES]
    kept(store, *ranked(judge, store, renamed), renamed)
    assert [resume.name for resume in reopened(store.run(run))[2]] == [resume.name for resume in RESUMES]


def test_who_was_erased_leaves_no_gap_and_the_others_are_still_told_apart(store: Store, judge: Judge):
    ranking, engine = ranked(judge, store, RESUMES)
    run = kept(store, ranking, engine, RESUMES)
    gone = next(row for row in ranking.rows if row.rank == 2)
    erase(store, [gone.id], "hr")
    again, _, resumes = reopened(store.run(run))
    left = [row for row in ranking.rows if row.id != gone.id]
    assert [row.rank for row in again.rows] == list(range(1, len(left) + 1))
    assert [(row.id, row.input_position, row.logit) for row in again.rows] == [(row.id, row.input_position, row.logit) for row in left]
    assert again.total == len(left) and again.finished
    assert all(resumes[row.input_position - 1].id == row.id for row in again.rows)
    assert {resume.text for resume in resumes} == {resume.text for resume in RESUMES if resume.id != gone.id} | {""}


def test_what_a_row_showed_is_erased_with_the_candidate(store: Store, judge: Judge):
    noted = [*RESUMES[:2], resume("secret-name.pdf", "secret-text: 熟悉 Python", Note("hidden_text", before="secret-note"))]
    kept(store, *ranked(judge, store, noted), noted)
    assert all(secret in bytes_beside(store) for secret in (b"secret-name", b"secret-text", b"secret-note"))
    erase(store, [noted[2].id], "hr")
    assert b"secret" not in bytes_beside(store) and b"FastAPI" in bytes_beside(store)


def test_a_run_that_nobody_was_shown_keeps_nothing_that_was_shown(store: Store, judge: Judge):
    ranking, engine = ranked(judge, store, RESUMES)
    run = store.run(store.add_run(as_run(ranking, QUERY, RESUMES, engine, at=9.0, is_shown=False)))
    assert [(row.shown, row.rank) for row in run.rows] == [({}, 0)] * len(RESUMES)


def test_a_run_without_match_points_opens_without_them(store: Store):
    again, query, resumes = reopened(store.run(store.add_run(run_of("job", ["a", "b", "c"]))))
    assert [(row.rank, row.logit, row.match_points, row.notes) for row in again.rows] == [(n, 5.0 - n, None, ()) for n in (1, 2, 3)]
    assert query == Query("job", "instruct") and len(resumes) == 2, "places of these runs count from 0"


def test_an_entry_says_what_was_ranked_for_whom(store: Store, judge: Judge):
    ranking, engine = ranked(judge, store, RESUMES)
    run = kept(store, ranking, engine, RESUMES, blind=True, rubric=3)
    store.label(run, RESUMES[0].id, "anna", FULL)
    store.label(run, RESUMES[0].id, "ben", FULL)
    store.label(run, RESUMES[2].id, "anna", FULL)
    store.label(run, RESUMES[2].id, "anna", None)
    [entry] = entries(store)
    assert (entry.run_id, entry.at, entry.user, entry.title, entry.instruction) == (run, 9.0, "hr", "AI平台工程师", QUERY.instruction)
    assert (entry.candidates, entry.top) == (4, tuple(("", row.input_position) for row in ranking.rows[:3]))
    assert (entry.labelled, entry.engine, entry.weights_version, entry.is_blind, entry.rubric_version) == (1, "counting", 2, True, 3)


def test_an_entry_names_people_as_their_resumes_do_and_files_where_these_do_not_say(store: Store, judge: Judge):
    ranking, engine = ranked(judge, store, RESUMES)
    run = kept(store, ranking, engine, RESUMES)
    first_three = tuple((NAMES.get(row.name, row.name), row.input_position) for row in ranking.rows[:3])
    assert entries(store)[0].top == first_three and not {name for name, _ in first_three}.isdisjoint(NAMES.values())
    with store.writing() as db:
        db.execute("UPDATE candidates SET called = NULL")  # as before names were stored
    assert [entry.top for entry in entries(store)] == [first_three]
    assert all(row.called is None for row in store.run(run).rows)


def test_somebody_erased_is_named_no_more_and_found_by_name_no_more(store: Store, judge: Judge):
    renamed = [replace(resume, name=f"file {number}.pdf") for number, resume in enumerate(RESUMES)]
    kept(store, *ranked(judge, store, renamed), renamed)
    [entry] = entries(store, search="李四")
    assert "李四" in [name for name, _ in entry.top] and "李四".encode() in bytes_beside(store)
    erase(store, [renamed[2].id], "hr")
    assert "李四" not in [name for name, _ in entries(store)[0].top] and entries(store, search="李四") == []
    assert "李四".encode() not in bytes_beside(store) and "张三".encode() in bytes_beside(store)


def test_entries_come_newest_first_and_page_by_page_without_runs_that_nobody_was_shown(store: Store):
    runs = [store.add_run(run_of(f"job {number}", ["a"])) for number in range(5)]
    store.add_run(run_of("job", ["a"], shown=False))
    assert [entry.run_id for entry in entries(store, limit=2)] == [runs[4], runs[3]]
    assert [entry.run_id for entry in entries(store, limit=9, before=runs[3])] == [runs[2], runs[1], runs[0]]
    assert entries(store)[0].is_blind is False


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("  PYTHON ", ["python"]),
        ("财务", ["finance"]),
        ("张三", ["finance"]),
        ("100%", ["percent"]),
        ("a_b", ["percent"]),
        ("\\", ["percent"]),
        ("instruct", ["percent", "finance", "python"]),
        ("' OR 1=1 --", []),
        ("", ["percent", "finance", "python"]),
    ],
)
def test_a_search_looks_into_job_instruction_and_names_and_takes_every_sign_as_it_is(store: Store, search: str, expected: list[str]):
    jobs = {"python": "Python developer, 1005 axb", "finance": "财务会计", "percent": "100% a_b \\ c"}
    names = {store.add_run(run_of(job, ["张三的简历" if key == "finance" else f"resume {key}"])): key for key, job in jobs.items()}
    assert [names[entry.run_id] for entry in entries(store, search=search)] == expected


class CountingStore(Store):
    """Counts the instructions of SQLite's machine, by the hundred, that its readers take: the same however busy the computer is."""

    instructions = 0

    def _count(self) -> None:
        self.instructions += 1

    @contextmanager
    def reading(self) -> Iterator:
        with super().reading() as db:
            db.set_progress_handler(self._count, 100)
            yield db


def add_runs(store: Store, numbers: range) -> None:
    """Add runs of fifty candidates each, as they would be after years of work."""
    features, shown = json.dumps({f"feature {n}": n / 7 for n in range(13)}), json.dumps({"match_points": ["熟悉支付系统" * 40]})
    pile = [(run, 50 * run + position, position) for run in numbers for position in range(1, 51)]
    with store.writing() as db:
        db.executemany("INSERT INTO jobs VALUES (?,?,?)", ((n, str(n), f"岗位 {n}\n{'熟悉支付系统' * 150}") for n in numbers))
        db.executemany("INSERT INTO resumes VALUES (?,?,?,'')", ((key, str(key), f"{key}.pdf") for _, key, _ in pile))
        db.executemany("INSERT INTO runs VALUES (?,?,'Given','{}',?,'f',0,'hr',1.0)", ((n, n, json.dumps({"name": "q"})) for n in numbers))
        db.executemany(
            "INSERT INTO candidates (run, resume, previous_rank, rank, name, features, shown) VALUES (?,?,?,?,?,?,?)",
            ((run, key, position, position, f"{key}.pdf", features, shown) for run, key, position in pile),
        )


def test_the_work_of_a_list_and_of_a_search_grows_no_faster_than_the_runs(tmp_path: Path):
    store = CountingStore(tmp_path / FILE_NAME)
    store._db.execute("PRAGMA synchronous = OFF")
    took: dict[str, list[int]] = {"": [], "岗位 77": [], "1007.pdf": [], "nothing of the kind": []}
    for numbers in (range(1, 101), range(101, 401)):
        add_runs(store, numbers)
        for search, counts in took.items():
            store.instructions = 0
            listed = entries(store, search=search)
            counts.append(store.instructions)
            assert len(listed) == 50 if not search else bool(listed) == (search != "nothing of the kind")
    assert {search: counts for search, counts in took.items() if counts[0] < 1 or counts[1] > 5 * counts[0]} == {}
    assert took[""][1] < 1.5 * took[""][0], "fifty are shown, however many there are"
    with store.writing() as db:
        db.execute(
            "INSERT INTO labels (job, resume, rater, grade, reason, at) SELECT 90, resume, 'a', 2, '', 1 FROM candidates WHERE run = 90"
        )
    assert [(entry.candidates, entry.labelled) for entry in entries(store, search="岗位 90")] == [(50, 50)]
    store.close()


@each(
    "job, title",
    [
        ("Java 后端工程师\n公司：某某\n岗位职责", "Java 后端工程师"),
        ("招聘JD\n\n【岗位名称】高级 Java 工程师\n岗位职责", "高级 Java 工程师"),
        ("公司：某某\n职位：支付后端\n", "支付后端"),
        ("【招聘】AI平台工程师", "AI平台工程师"),
        ("【急招】总账会计（制造业）\n岗位职责", "【急招】总账会计（制造业）"),
        ("【JD】会计【上海】", "会计【上海】"),
        ("# Senior Backend Engineer\nLocation: Dublin", "Senior Backend Engineer"),
        ("Job description\nPosition: Nurse", "Nurse"),
        ("We are hiring!\nData Engineer", "Data Engineer"),
        ("岗位职责\n负责支付", "负责支付"),
        ("", ""),
        ("长" * 100, "长" * (MAX_TITLE - 1) + "…"),
        ("Warehouse Operations Manager – Northgate Distribution Centre (Leeds)", "Warehouse Operations Manager – Northgate Distribution…"),
    ],
)
def test_the_title_of_a_job_is_its_name_or_its_first_line(job: str, title: str):
    assert job_title(job) == title


def test_a_deleted_run_takes_the_texts_that_nothing_else_needs(store: Store):
    first = store.add_run(run_of("job text <<1>>", ["shared resume", "resume of one run only"]))
    second = store.add_run(run_of("job text <<2>>", ["shared resume"]))
    assert delete_run(store, first)
    left = bytes_beside(store)
    assert b"of one run only" not in left and b"<<1>>" not in left and b"shared resume" in left
    assert [entry.run_id for entry in entries(store)] == [second]
    with pytest.raises(LookupError):
        delete_run(store, first)


def test_labels_outlive_their_run_with_the_texts_that_they_are_about(store: Store):
    run = store.add_run(run_of("job", ["labelled", "taken back", "never labelled"]))
    store.label(run, id_of("labelled"), "anna", FULL)
    store.label(run, id_of("taken back"), "anna", FULL)
    store.label(run, id_of("taken back"), "anna", None)
    delete_run(store, run)
    [(job, resumes)] = unscored(store, "f1")
    assert (job, [resume.text for resume in resumes]) == ("job", ["labelled"]), "learning ranks it anew"
    again = store.add_run(run_of("job", ["labelled"]))
    assert list(store.labels_of_run(again)) == [id_of("labelled")]


def test_quotes_in_reports_go_with_the_texts_of_a_deleted_run(store: Store):
    run = store.add_run(run_of("job", ["a", "b"]))
    store.label(run, id_of("a"), "anna", FULL)
    quotes = [{"resume_id": id_of(text), "text": text} for text in ("a", "b")]
    add_weights(store, Weights(), groups(store, "f1"), {"moved": quotes}, "hr")
    propose(store, {QPS: {"quotes": quotes}})
    delete_run(store, run)
    assert versions(store)[0].report == {"moved": quotes[:1]}
    assert terms(store, "proposed")[0].evidence == {"quotes": quotes[:1]}
    assert erase(store, [id_of("a")], "hr").due_for_relearning == (1,), "what it taught is still known"
