"""Which lines state results and which are vague: measured on lines labelled by hand, literal spans, linear time."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reranker.evidence.outcomes import outcomes
from tests.each import each
from tests.fuzzing import reached, reaches
from tests.growth.clock import is_linear, thread_seconds

LABELLED = tomllib.loads(Path(__file__).with_name("outcome_lines.toml").read_text("utf-8"))


def kind(line: str) -> str:
    spans = outcomes(line)
    return spans[0].kind if spans else "neither"


def quality(half: str, wanted: str) -> tuple[float, float]:
    """Return (precision, recall) of one kind."""
    pairs = [(label, kind(line)) for label, lines in LABELLED[half].items() for line in lines]
    right = sum(label == wanted == predicted for label, predicted in pairs)
    precision, recall = right / sum(predicted == wanted for _, predicted in pairs), right / sum(label == wanted for label, _ in pairs)
    print(f"{half}, {wanted}: precision {precision:.3f}, recall {recall:.3f}")
    return precision, recall


def test_the_labelled_set_is_large_and_its_halves_share_no_line():
    halves = [{line for lines in half.values() for line in lines} for half in LABELLED.values()]
    assert min(map(len, halves)) >= 60 and not halves[0] & halves[1]
    assert all(min(map(len, half.values())) >= 25 for half in LABELLED.values())


@pytest.mark.parametrize("half", LABELLED)
def test_results_are_found_and_nothing_else_is_called_one(half: str):
    precision, recall = quality(half, "result")
    assert precision >= 0.9 and recall >= 0.8


@pytest.mark.parametrize("half", LABELLED)
def test_what_is_called_vague_is_vague(half: str):
    precision, recall = quality(half, "vague")
    assert precision >= 0.85 and recall >= 0.8


@each(
    "line, figure",
    [
        ("接口耗时降低 37%，并完成文档整理", "37%"),
        ("支撑万级QPS的网关", "万级QPS"),
        ("2023 年完成销售额 4,600 万元，同比增长 32%", "32%"),
        ("核心接口 P99 从 480ms 降到 95ms，无资损", "480ms 降到 95ms"),
        ("支付成功率由 91.3% 提升到 95.8%。", "91.3% 提升到 95.8%"),
        ("日均交易 1,800 万笔，大促无故障", "1,800 万笔"),
        ("年节省算力成本约 900 万元。", "900 万元"),
        ("重构检索服务，Top-5 命中率由 78% 提升到 93%", "78% 提升到 93%"),
        ("用 A100 训练，吞吐提高两倍", "两倍"),
        ("月结周期由 8 个工作日缩短到 4 个工作日", "8 个工作日缩短到 4 个工作日"),
        ("- Cut infrastructure cost by 31% by moving to ARM machines", "31%"),
        ("Median page weight dropped from 4.2 MB to 1.1 MB.", "4.2 MB to 1.1 MB"),
        ("Saved £220k a year by renegotiating supplier contracts.", "£220k"),
        ("Doubled the conversion rate of the sign-up page", "Doubled"),
    ],
)
def test_the_figure_is_what_one_would_set_in_bold(line: str, figure: str):
    text = f"李四\n工作经历\n{line}\n"
    (outcome,) = outcomes(text)
    assert outcome.kind == "result"
    assert text[outcome.figure_start : outcome.figure_end] == figure
    assert text[outcome.start : outcome.end] == line.removeprefix("- ")


@each(
    "line",
    [
        "负责日常 Kubernetes 集群的维护",  # a technology is something
        "参与《信息安全技术》相关标准的编写",
        "参与公司产品的开发，通过客户验收",
        "具有良好的沟通能力，能够完成日常工作",
        "参与医保结算系统的开发",
        "Worked on the settlement ledger with the team",
        "前端项目团队负责人",
        "协助工作",
        "Support included",
        "学分绩点排名提升至前 5%",
        "日常维护与系统开发",  # a heading says who did nothing
        "Training and development",
        "Maintained the software of Northwind",
        "Worked on the team that won the safety award",
    ],
)
def test_what_names_something_or_tells_of_no_duty_is_not_vague(line: str):
    assert outcomes(line) == ()


@reaches("result", "span")
@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from([line for lines in LABELLED["tuning"].values() for line in lines]), max_size=12))
def test_spans_quote_the_text_in_its_order(lines: list[str]):
    text = "\r\n".join(lines)
    spans = outcomes(text)
    ends = [0]
    for outcome in spans:
        assert ends[-1] <= outcome.start <= outcome.figure_start <= outcome.figure_end <= outcome.end <= len(text)
        reached("result" if outcome.kind == "result" else "span")
        assert (outcome.figure_start < outcome.figure_end) == (outcome.kind == "result")
        assert "\n" not in text[outcome.start : outcome.end]
        ends.append(outcome.end)


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "9 ",
        "从5s",
        "9.9,",
        "负责",
        "负责开发\n",
        "led ",
        "by \n",
        "from 1 ",
        "1万",
        "提升1%",
        "针对",
        "原有",
        "通过",
        "a-",
        "\n",
        "，",
        "降1到1",
    ],
)
def test_time_is_linear_even_on_text_made_to_be_slow(unit: str):
    assert is_linear(lambda length: thread_seconds(lambda: outcomes(unit * (length // len(unit)))), 4_000)
