"""What needs no judgement decides: stated facts and technologies by name; the rest is learned from what speaks for it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reranker.evidence.answers import answer, answer_weights
from reranker.evidence.facts.contract import FactAnswer, Verdict
from reranker.evidence.parsed_requirement import ParsedRequirement, parse_requirement
from reranker.evidence.signals import LINE_SIGNALS, SIGNALS, Signals
from tests.each import each

NOTHING = Signals(np.zeros(len(SIGNALS)), np.zeros((3, len(LINE_SIGNALS))), is_used=False)
ANYTHING = parse_requirement("推动过跨部门的流程改造")


def signals(is_used: bool = False, **values: float) -> Signals:
    array = NOTHING.values.copy()
    for name, value in values.items():
        array[SIGNALS.index(name)] = value
    return replace(NOTHING, values=array, is_used=is_used)


def status(evidence: Signals, asked: ParsedRequirement = ANYTHING, facts: Sequence[Verdict] = ()) -> str:
    return answer(evidence, asked, [FactAnswer(verdict) for verdict in facts]).status


def test_the_surer_the_judge_the_stronger():
    strengths = [answer(signals(judge=score), ANYTHING, ()).strength for score in (-6.0, -1.0, 0.0, 1.0, 6.0)]
    assert strengths == sorted(strengths) and strengths[0] < 0.2 and strengths[-1] > 0.8
    assert (status(signals(judge=-6)), status(signals(judge=6))) == ("missing", "met")


@each(
    "requirement, verdicts, expected",
    [
        ("本科及以上学历", [Verdict.MET], "met"),
        ("本科及以上学历", [Verdict.NOT_MET], "missing"),
        ("本科及以上学历，五年以上工作经验", [Verdict.MET, Verdict.NOT_MET], "partial"),
        ("持有注册会计师证", [Verdict.NOT_SAID], "met"),  # a table may not know it: the judge decides
        ("五年以上冷链物流经验", [Verdict.NOT_MET], "met"),  # years of what, the judge reads too
    ],
)
def test_a_stated_fact_decides_where_nothing_else_is_asked_for(requirement: str, verdicts: list[Verdict], expected: str):
    assert status(signals(judge=9), parse_requirement(requirement), verdicts) == expected


@each(
    "names, is_used, judge, expected",
    [(0, False, 9, "missing"), (0.5, True, 9, "partial"), (1, True, -9, "met"), (1, False, 9, "met"), (1, False, -9, "partial")],
)
def test_technologies_by_name_are_there_or_not_and_a_list_is_believed_if_the_judge_believes_it(
    names: float, is_used: bool, judge: float, expected: str
):
    measured = signals(is_used, judge=judge, asks_names=1, names=names, no_name=float(not names))
    assert status(measured, parse_requirement("熟悉 Kafka、Redis")) == expected


def test_the_line_to_quote_has_the_names_where_only_names_are_asked_for():
    lines = np.zeros((3, len(LINE_SIGNALS)))
    lines[0, LINE_SIGNALS.index("similarity")] = 9
    lines[2, LINE_SIGNALS.index("names")] = 0.5
    evidence = replace(signals(True, judge=9, asks_names=1, names=0.5), lines=lines)
    assert answer(evidence, parse_requirement("熟悉 Kafka、Redis"), ()).line == 2
    assert answer(evidence, ANYTHING, ()).line == 0


def test_years_of_the_subject_decide_where_nothing_else_is_asked_for():
    asked = parse_requirement("6+ years of professional backend development")
    dated = replace(signals(judge=-9), has_years=True, years=Verdict.MET, year_lines=(1,))
    assert (answer(dated, asked, ()).status, answer(dated, asked, ()).line) == ("met", 1)
    other_work = replace(signals(judge=9), years=Verdict.NOT_MET)
    assert answer(other_work, asked, ()).status == "missing"
    too_few = replace(signals(judge=9), years=Verdict.PARTLY, year_lines=(2,))
    assert (answer(too_few, asked, ()).status, answer(too_few, asked, ()).line) == ("partial", 2)


def test_work_with_a_technology_is_a_part_and_a_long_list_or_a_course_no_more_than_one():
    asked = parse_requirement("Docker and Kubernetes in production")
    used = replace(signals(True, judge=-9), named=frozenset({1}))
    assert (answer(used, asked, ()).status, answer(used, asked, ()).line) == ("partial", 1)
    listed = replace(signals(judge=9), named=frozenset({1}), listed=frozenset({1}))
    assert answer(listed, asked, ()).status == "partial"
    assert answer(replace(listed, named=frozenset({1, 2})), asked, ()).line == 2


def test_people_led_answer_leading():
    evidence = replace(signals(judge=-9), led=2)
    assert (answer(evidence, parse_requirement("Leading a small team"), ()).status, answer(evidence, ANYTHING, ()).line) == ("met", 2)


def test_a_resume_without_lines_answers_nothing():
    empty = replace(signals(judge=9), lines=np.zeros((0, len(LINE_SIGNALS))))
    assert answer(empty, ANYTHING, ()).status == "missing" and answer(empty, ANYTHING, ()).line is None


def test_what_speaks_for_it_has_a_positive_weight():
    weights = dict(zip(SIGNALS, answer_weights().signals, strict=True))
    assert min(weights[name] for name in ("judge", "met")) > 0 > weights["no_name"]
