"""A ranking under a rubric: to the bit the model's while nothing is changed, and moved by the stated amounts where something is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from preprocess.document import Resume
from reranker.embedded.engine import EmbeddedEngine
from reranker.engine import EngineInfo, Query
from reranker.evidence.requirements import parse_job, split_job
from reranker.ranking import rank, rank_stream
from reranker.rows import Row
from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import add, delete, merge, move, reword, set_kind, set_weight, split
from reranker.rubric.lifts import LOGIT_UNIT, unmet_musts
from tests.encoder import JUDGE
from tests.engines import engine_info
from tests.reranker.test_ranking import GivenScores

JOB = "岗位职责：\n1. 负责总账与报表\n任职要求：\n1. 本科及以上学历\n2. 熟悉 Python 或 Java\n3. 有 CPA 证书者优先"
QUERY = Query(JOB, "instruction")
RESUMES = [
    Resume("a" * 64, "销售.txt", "负责华东区销售，完成年度目标。"),
    Resume("b" * 64, "会计.txt", "本科，会计学。\n2018-2024 某公司 总账会计，负责总账核算与合并报表。\n持有 CPA 证书。"),
    Resume("c" * 64, "开发.txt", "大专。使用 Python 开发财务报表平台，能接受出差。"),
]
LOGITS = (1.0, 0.5, 0.75)


def ranked(rubric: Rubric | None, info: EngineInfo = engine_info()) -> list[Row]:  # noqa: B008
    return list(rank(QUERY, RESUMES, GivenScores(*LOGITS, info=info), JUDGE, rubric=rubric).rows)


def parsed() -> Rubric:
    return as_parsed(split_job(JOB))


def strengths(row: Row) -> dict[str, float]:
    return {point.requirement: point.strength for point in row.match_points or ()}


def of(name: str, rows: list[Row]) -> Row:
    return next(row for row in rows if row.name == name)


@pytest.mark.parametrize("rubric", [None, parsed(), move(parsed(), 1, 3)], ids=["none", "untouched", "moved"])
def test_an_untouched_rubric_leaves_the_order_of_the_model_to_the_bit(rubric: Rubric | None):
    rows = ranked(rubric)
    assert [(row.name, row.logit, row.lifts) for row in rows] == [("销售.txt", 1.0, ()), ("开发.txt", 0.75, ()), ("会计.txt", 0.5, ())]
    if rubric and rubric.is_untouched:
        assert rows == ranked(None)


def test_an_added_criterion_lifts_by_its_verdict_alone():
    rows, plain = ranked(add(parsed(), "能接受出差")), ranked(None)
    for row in rows:
        [lift] = row.lifts
        assert (lift.text, lift.change) == ("能接受出差", "added")
        assert lift.amount == pytest.approx(LOGIT_UNIT * (strengths(row)["能接受出差"] - 0.5))
        assert row.features == of(row.name, plain).features, "what learned weights know stays as it was"
    assert of("开发.txt", rows).lifts[0].amount > 0 > of("销售.txt", rows).lifts[0].amount
    scores = [row.logit + row.lifts[0].amount for row in rows]
    assert scores == sorted(scores, reverse=True) and rows[0].name == "开发.txt"


@pytest.mark.parametrize(
    "change, expected",
    [
        (lambda rubric: set_weight(rubric, 2, 2.0), {("本科及以上学历", "weight"): (1.0, "本科及以上学历")}),
        (lambda rubric: set_kind(rubric, 4, "must"), {("有 CPA 证书者优先", "kind"): (0.7, "有 CPA 证书者优先")}),
        (lambda rubric: set_kind(rubric, 2, "ignore"), {("本科及以上学历", "ignored"): (-1.0, "本科及以上学历")}),
        (lambda rubric: delete(rubric, 1), {("负责总账与报表", "deleted"): (-0.6, "负责总账与报表")}),
    ],
)
def test_a_change_of_kind_or_weight_counts_the_difference(
    change: Callable[[Rubric], Rubric], expected: dict[tuple[str, str], tuple[float, str]]
):
    plain = {row.name: strengths(row) for row in ranked(None)}
    for row in ranked(change(parsed())):
        assert {(lift.text, lift.change) for lift in row.lifts} == set(expected)
        for lift in row.lifts:
            difference, requirement = expected[lift.text, lift.change]
            assert lift.amount == pytest.approx(LOGIT_UNIT * difference * (plain[row.name][requirement] - 0.5))


@pytest.mark.parametrize(
    "change", [lambda rubric: reword(rubric, 1, "负责合并报表"), lambda rubric: split(rubric, 1), lambda rubric: merge(rubric, 2)]
)
def test_other_words_take_the_place_of_those_they_come_from(change: Callable[[Rubric], Rubric]):
    rubric = change(parsed())
    plain = {row.name: strengths(row) for row in ranked(None)}
    weight = {"duty": 0.6, "must": 1.0, "nice": 0.3}
    kinds = {requirement.text: requirement.kind for requirement in rubric.parsed}
    for row in ranked(rubric):
        now = sum(weight[criterion.kind] * (strengths(row)[criterion.text] - 0.5) for criterion in rubric.criteria)
        then = sum(weight[kinds[text]] * (plain[row.name][text] - 0.5) for text in kinds)
        assert sum(lift.amount for lift in row.lifts) == pytest.approx(LOGIT_UNIT * (now - then))


def test_points_follow_the_criteria_and_what_is_ignored_is_none_of_them():
    rubric = move(add(set_kind(delete(parsed(), 2), 1, "ignore"), "能接受出差", "nice"), 5, -9)
    points = ranked(rubric)[0].match_points or ()
    assert [(point.requirement, point.kind) for point in points] == [
        ("能接受出差", "nice"),
        ("熟悉 Python 或 Java", "must"),
        ("有 CPA 证书者优先", "nice"),
    ]


def test_a_must_that_is_not_shown_is_marked_and_nobody_is_dropped():
    rows = ranked(set_kind(parsed(), 4, "must"))
    assert len(rows) == 3
    assert [point.requirement for point in unmet_musts(of("会计.txt", rows).match_points)] == ["熟悉 Python 或 Java"]
    assert "有 CPA 证书者优先" in [point.requirement for point in unmet_musts(of("销售.txt", rows).match_points)]
    assert unmet_musts(None) == ()


def test_alternatives_are_one_requirement_however_many_are_met():
    python_only, both = (
        rank(QUERY, [Resume("d" * 64, "x.txt", f"2019-2024 后端工程师\n{text}")], GivenScores(0.0), JUDGE).rows[0]
        for text in ("用 Python 开发结算系统", "用 Python 开发结算系统\n用 Java 开发交易系统")
    )
    for row in (python_only, both):
        [point] = [point for point in row.match_points or () if point.requirement == "熟悉 Python 或 Java"]
        assert (point.status, point.strength) == ("met", 0.95)


def test_an_edited_criterion_asks_the_judge_about_that_one_only(monkeypatch):
    ranked(parsed())
    asked: list[str] = []
    read = type(JUDGE)._read
    monkeypatch.setattr(type(JUDGE), "_read", lambda judge, texts, resume: asked.extend(texts) or read(judge, texts, resume))
    ranked(reword(parsed(), 2, "硕士及以上学历，统计学"))
    assert asked == ["硕士及以上学历，统计学"] * len(RESUMES)


def test_the_offline_judge_ranks_as_if_the_job_had_said_so():
    """Its score is a weighted mean of the same verdicts, so the lifts make it that of the changed weights."""
    engine, query = EmbeddedEngine(JUDGE), replace(QUERY, instruction="")
    rubric = set_weight(set_kind(parsed(), 4, "must"), 2, 2.0)
    rows = rank(query, RESUMES, engine, JUDGE, rubric=rubric).rows
    weights = [0.6, 2.0, 1.0, 1.0]
    for row in rows:
        mean = sum(weight * (point.strength - 0.5) for weight, point in zip(weights, row.match_points or (), strict=True)) / 2.9
        plain = sum(w * (point.strength - 0.5) for w, point in zip((0.6, 1.0, 1.0, 0.3), row.match_points or (), strict=True)) / 2.9
        assert sum(lift.amount for lift in row.lifts) == pytest.approx(mean - plain)


def test_lifts_count_in_units_of_the_learned_coefficient_of_the_logit():
    rubric = add(parsed(), "能接受出差")
    rows = rank(QUERY, RESUMES, GivenScores(*LOGITS), JUDGE, rubric=rubric, weights={"logit": 0.5, "duty_strength": 3.0}).rows
    scores = [0.5 * (row.logit + row.lifts[0].amount) + 3.0 * row.features["duty_strength"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_a_list_that_was_stopped_half_way_is_in_the_order_of_the_model():
    rankings, stops = [], [0]
    options = {"rubric": add(parsed(), "能接受出差"), "stops": lambda: stops[0]}
    for ranking in rank_stream(QUERY, RESUMES, GivenScores(*LOGITS, info=engine_info(device="cuda:0")), JUDGE, **options):
        rankings.append(ranking)
        stops[0] = 2 if any(row.match_points for row in ranking.rows) else 0
    last = rankings[-1]
    assert [row.match_points is None for row in last.rows] == [False, True, True]
    assert [row.logit for row in last.rows] == [1.0, 0.75, 0.5] and all(not row.lifts for row in last.rows)


def test_on_the_cpu_match_points_come_with_the_score_and_the_last_order_is_that_of_a_gpu():
    rubric, answers = add(parsed(), "能接受出差"), []
    for info, along in ((engine_info(), True), (engine_info(device="cuda:0"), False)):
        *partial, last = rank_stream(QUERY, RESUMES, GivenScores(1.0, 0.9, 0.8, info=info), JUDGE, rubric=rubric)
        for ranking in partial[: len(RESUMES)]:
            assert [row.match_points is not None for row in ranking.rows] == [along] * len(ranking.rows)
            logits = [row.logit for row in ranking.rows]
            assert logits == sorted(logits, reverse=True), "the model's order while scores come in"
        answers.append(replace(last, timing={}))
    assert answers[0] == answers[1]
    assert [row.logit for row in answers[0].rows] != [1.0, 0.9, 0.8], "and what was changed counts at the end"


def test_what_the_law_forbids_moves_nobody_and_is_asked_of_nobody():
    job = JOB + "\n4. 35岁以下，能接受出差\n5. 女性优先"
    rubric = as_parsed(parse_job(job))
    assert [criterion.text for criterion in rubric.criteria if not criterion.counts] == ["35岁以下", "女性优先"]
    changed = list(
        rank(Query(job, "instruction"), RESUMES, GivenScores(*LOGITS, info=engine_info()), JUDGE, rubric=add(rubric, "熟悉金蝶")).rows
    )
    for row in changed:
        assert {lift.text for lift in row.lifts} <= {"熟悉金蝶"}
        assert not any("岁" in point.requirement or "女性" in point.requirement for point in row.match_points or ())
