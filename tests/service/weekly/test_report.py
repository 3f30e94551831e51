"""The weekly report: figures that a person can count, and nothing below ten labels."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from feedback.files.imports import import_file
from feedback.labels import FULL, NONE, Weights
from feedback.learning.labelled_points import LabelledPoint, labelled_points
from feedback.learning.versions import activate, add_weights
from feedback.store.desk.first_places import DecidedJob
from feedback.store.desk.statuses import DECLINED, INTERVIEW, RESERVE, TO_READ, set_status
from feedback.store.store import Store
from i18n.texts import texts
from service.weekly.report import FirstFiveWeek, WeightsChange, deciding_requirements, first_five, weekly_report, weights_change
from tests.encoder import ENCODER
from tests.feedback.stored import id_of, run_of
from ui.html.weekly import weekly_html

MONDAY = 1_780_272_000.0 + 86_400 / 2  # noon of a Monday, UTC
POINTS = {"match_points": [{"requirement": "熟悉 Java", "kind": "must", "strength": 1.0}]}


def labelled_job(store: Store, title: str, labels: int, at: float = MONDAY) -> int:
    """Store a ranking of twelve of which the first `labels` are labelled: best, worst, best, worst, …"""
    texts = [f"{title} {number}" for number in range(12)]
    run = run_of(f"{title}\n任职要求：\n1. 熟悉 Java 与 Spring\n2. 熟悉 MySQL", texts, at=at)
    key = store.add_run(replace(run, rows=tuple(replace(row, shown=POINTS) for row in run.rows)))
    for number, text in enumerate(texts[:labels]):
        store.label(key, id_of(text), "amy", NONE if number % 2 else FULL, at=at)
    return key


def test_below_ten_labels_it_says_how_many_are_missing_and_nothing_else(store: Store):
    run = labelled_job(store, "Java 后端开发", 9)
    set_status(store, run, [id_of("Java 后端开发 0")], INTERVIEW, "amy")
    report = weekly_report(store, "f1", ENCODER, now=MONDAY)
    assert (report.labels, report.missing) == (9, 1)
    assert report.weeks == report.kinds == report.requirements == () and report.weights is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_imported_labels_that_wait_for_scores_are_told(store: Store, tmp_path: Path, language: str):
    rows = "".join(f"Java 后端开发,Java 经历 {number},{number % 3}\n" for number in range(12))
    (tmp_path / "labels.csv").write_text(f"job,resume,label\n{rows}", "utf-8")
    import_file(store, tmp_path / "labels.csv", tmp_path)
    words, report = texts(language), weekly_report(store, "f1", ENCODER, now=MONDAY)
    assert (report.labels, report.missing, report.unscored) == (0, 10, 12)
    assert words("weekly.unscored", count=12).strip() in html.fromstring(weekly_html(report, words)).text_content()
    assert weekly_report(store, "f1", ENCODER, now=MONDAY, user="amy").unscored == 0, "are nobody's"


def test_ten_labels_are_a_report_and_statuses_are_counted_from_ten_on(store: Store):
    run = labelled_job(store, "Java 后端开发", 10)
    report = weekly_report(store, "f1", ENCODER, now=MONDAY)
    assert (report.missing, report.statuses_missing, report.weeks) == (0, 10, ())
    [kind] = report.kinds
    assert (kind.title, kind.jobs, kind.labels, kind.pairs, kind.right) == ("Java 后端开发", 1, 10, 25, 15)
    ids = [id_of(f"Java 后端开发 {number}") for number in range(12)]
    for status, chosen in ((INTERVIEW, [*ids[:3], ids[8]]), (DECLINED, ids[3:6]), (RESERVE, ids[9:]), (TO_READ, ids[6:7])):
        set_status(store, run, chosen, status, "amy")
    report = weekly_report(store, "f1", ENCODER, now=MONDAY)
    assert report.statuses_missing == 0
    assert [(week.jobs, week.first, week.called, week.called_below) for week in report.weeks] == [(1, 5, 3, 1)]
    assert weekly_report(store, "f1", ENCODER, now=MONDAY + 90 * 86_400).weeks == (), "of the last twelve weeks only"


def test_kinds_of_jobs_stand_apart_and_one_with_few_labels_is_left_out(store: Store):
    labelled_job(store, "Java 后端开发", 10)
    labelled_job(store, "Java 服务端开发", 4)
    labelled_job(store, "心内科护士", 8)
    [kind] = weekly_report(store, "f1", ENCODER, now=MONDAY).kinds
    assert (kind.jobs, kind.labels) == (2, 14) or (kind.jobs, kind.labels) == (3, 22)


def test_weeks_are_those_of_the_rankings():
    jobs = [DecidedJob(MONDAY, 3, {1: INTERVIEW, 3: DECLINED}), DecidedJob(MONDAY + 86_400, 20, {5: INTERVIEW, 6: INTERVIEW})]
    weeks = first_five([*jobs, DecidedJob(MONDAY + 8 * 86_400, 20, {1: RESERVE})])
    assert [replace(week, monday="") for week in weeks] == [FirstFiveWeek("", 2, 8, 2, 1), FirstFiveWeek("", 1, 5, 0, 0)]
    assert weeks[0].monday < weeks[1].monday


def points(requirement: str, full: list[float], none: list[float], job: int = 1, kind: str = "must") -> list[LabelledPoint]:
    return [LabelledPoint(requirement, kind, strength, grade, job) for grade, of in ((2.0, full), (0.0, none)) for strength in of]


def test_a_requirement_decides_that_full_matches_prove_and_the_others_do_not():
    [first, second] = deciding_requirements(
        [
            *points("熟悉 Go。", [1.0] * 5, [0.5] * 5),
            *points("熟悉 Java", [1.0] * 3, [0.0] * 3),
            *points("熟悉  Java；", [1.0] * 2, [0.0] * 2, job=2),
            *points("本科", [0.5] * 5, [1.0] * 5),
            *points("英语", [1.0] * 8, [0.0] * 2),
            *points("日语", [1.0] * 4, [0.0] * 4),
            *points("抗压能力好", [1.0] * 5, [0.0] * 5, kind="soft"),
        ]
    )
    assert (first.text, first.full, first.none, first.labels, first.jobs) == ("熟悉 Java", 1.0, 0.0, 10, 2)
    assert (second.text, second.full, second.none) == ("熟悉 Go", 1.0, 0.5)


def test_what_an_interview_asks_about_decides_nothing():
    soft = [replace(point, kind="soft") for point in points("沟通能力强", [1.0] * 5, [0.0] * 5)]
    assert [requirement.text for requirement in deciding_requirements([*soft, *points("熟悉 Java", [1.0] * 5, [0.5] * 5)])] == ["熟悉 Java"]


def test_a_users_own_report_knows_nothing_of_a_colleagues_ranking(store: Store):
    texts = [f"resume {number}" for number in range(12)]
    rows = tuple(replace(row, shown=POINTS) for row in run_of("", texts).rows)
    for user, order in (("amy", rows), ("ben", tuple(replace(row, rank=13 - row.rank) for row in rows))):
        run = store.add_run(replace(run_of("Java 后端开发", texts, at=MONDAY), user=user, rows=order))
        for number, text in enumerate(texts[: 10 if user == "amy" else 12]):
            store.label(run, id_of(text), user, FULL if number < 5 else NONE, at=MONDAY)
            set_status(store, run, [id_of(text)], INTERVIEW if number < 5 else DECLINED, user, is_private=True)
    amy, ben, everybody = (weekly_report(store, "f1", ENCODER, now=MONDAY, user=user) for user in ("amy", "ben", None))
    assert (amy.labels, ben.labels, everybody.labels) == (10, 12, 22)
    assert [(kind.pairs, kind.right) for report in (amy, ben) for kind in report.kinds] == [(25, 25), (35, 0)]
    assert [(week.first, week.called) for report in (amy, ben) for week in report.weeks] == [(5, 5), (5, 0)]
    assert [len(labelled_points(store, user)) for user in ("amy", "ben")] == [10, 12]
    assert weekly_report(store, "f1", ENCODER, now=MONDAY, user="cem").missing == 10


def test_weights_before_and_after_are_those_of_the_last_change(store: Store):
    assert weights_change(store) is None
    told = ({"logit": 1, "bm25": 0.5}, {"logit": 1, "tenure": -0.2})
    effects = [[{"name": name, "effect": effect} for name, effect in of.items()] for of in told]
    first, second = (add_weights(store, Weights(0, {"logit": 1.0}, "f1"), [], {"effects": of}, "hr") for of in effects)
    activate(store, first, "hr")
    assert weights_change(store) == WeightsChange(0, 1, (("bm25", 0.0, 0.5),))
    activate(store, second, "hr")
    assert weights_change(store) == WeightsChange(1, 2, (("bm25", 0.5, 0.0), ("tenure", 0.0, -0.2)))
    activate(store, first, "hr")
    assert weights_change(store) == WeightsChange(0, 1, (("bm25", 0.0, 0.5),)), "one step back"


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "feedback.sqlite3")
    yield opened
    opened.close()
