"""The judge as it is served: a verdict depends on its requirement and the resume alone, and is computed once."""

from reranker.judge.judge import Judge
from tests.encoder import ENCODER

REQUIREMENTS = ["带过十人以上的团队", "Speaks German", "三年以上焊接经验"]
RESUME = "2016.05-2022.08 海宁重工 焊接班长\n带 12 人的焊接班组，焊了六年压力容器\n持有特种作业证"


def test_a_verdict_is_the_same_in_any_company_and_order_and_asked_twice():
    judge = Judge(ENCODER)
    together = judge.verdicts(REQUIREMENTS, RESUME)
    assert judge.verdicts(REQUIREMENTS[::-1], RESUME)[::-1] == together
    assert [Judge(ENCODER).verdicts([requirement], RESUME)[0] for requirement in REQUIREMENTS] == together


def test_one_more_requirement_costs_one_requirement(monkeypatch):
    judge = Judge(ENCODER)
    asked: list[list[str]] = []
    read = judge._read
    monkeypatch.setattr(judge, "_read", lambda requirements, text: asked.append(list(requirements)) or read(requirements, text))
    judge.verdicts(REQUIREMENTS[:2], RESUME)
    judge.verdicts(REQUIREMENTS, RESUME)
    judge.verdicts(REQUIREMENTS, RESUME)
    assert asked == [REQUIREMENTS[:2], REQUIREMENTS[2:]]


def test_what_is_done_is_told_from_what_is_not():
    led, german, welded = Judge(ENCODER).verdicts(REQUIREMENTS, RESUME)
    assert led.strength > german.strength and welded.strength > german.strength


def test_a_verdict_is_the_same_whoever_it_is_and_its_lines_are_the_resumes_own():
    people = ("姓名：陈浩　男　26岁　现居广州", "姓名：欧阳雪晴　女　47岁　现居周口\n邮箱：ouyang@mail.example")
    texts = [f"{top}\n{RESUME}" for top in people]
    judge = Judge(ENCODER)
    first, second = (judge.verdicts(REQUIREMENTS, text) for text in texts)
    assert [verdict.score for verdict in first] == [verdict.score for verdict in second]
    for text, verdicts in zip(texts, (first, second), strict=True):
        line = verdicts[0].lines[0]
        assert text[line.start : line.end] == RESUME.split("\n")[1]
