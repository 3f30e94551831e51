"""What the page says of criteria: counts, laws in both languages, stated amounts; and nothing of it is markup."""

import re
from dataclasses import replace

import pytest

from i18n.texts import LANGUAGES, texts
from reranker.evidence.forbidden import GROUNDS, Forbidden, forbidden
from reranker.evidence.job_text.put_off import REASONS
from reranker.evidence.requirements import REFUSED, Requirement, parse_job
from reranker.rubric.criteria import Rubric, as_parsed
from reranker.rubric.edits import add, merge, set_kind
from reranker.rubric.lifts import Lift
from service.rubric.of_job import JobRubric
from tests.engines import FALLBACK, engine_info
from tests.ui.samples import HOSTILE, rows
from ui.html.listing.rubric import refusal_said, rubric_chips_html, rubric_line_html, rubric_panel_html, why_lifted_html
from ui.rubric_desk import Refusal, RubricDesk

ZH = texts("zh")


def desk(rubric: Rubric, **about) -> RubricDesk:
    return RubricDesk("text", JobRubric("text", rubric), is_open=True, **about)


def rubric(*texts_: str) -> Rubric:
    return as_parsed([Requirement(text, REFUSED if forbidden(text) else "must", ()) for text in texts_])


def said(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_the_line_counts_what_counts_and_says_what_does_not_by_law():
    line = said(rubric_line_html(desk(set_kind(rubric("熟悉金蝶", "本科及以上", "35岁以下"), 1, "nice")), ZH))
    assert line == "要求 2 条 · 必须 1 · 加分 1 · 1 条依法不计 已改 完成"
    assert said(rubric_line_html(desk(rubric("熟悉金蝶", "35岁以下")), ZH)) == "要求 1 条 · 必须 1 · 1 条依法不计 完成", (
        "HR changed nothing"
    )
    assert rubric_line_html(RubricDesk(), ZH) == ""


def test_the_panel_is_there_when_it_is_open_and_names_the_law():
    assert rubric_panel_html(replace(desk(rubric("熟悉金蝶")), is_open=False), [], None, ZH) == ""
    panel = rubric_panel_html(desk(rubric("熟悉金蝶", "女性优先")), ["财务岗"], engine_info(), ZH)
    assert "《妇女权益保障法》" in panel and "财务岗" in panel and panel.count("data-key=") == 2
    assert "+1.00" in said(panel)
    four = desk(rubric("熟悉金蝶", "本科", "英语六级", "有 CPA 证书"))
    assert "+0.125" in said(rubric_panel_html(four, [], FALLBACK, ZH)), "an eighth of its whole scale"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_can_be_judged_by_says_why(language: str):
    job = "岗位职责：\n1、负责总账核算\n2、完成领导交办的其他工作\n任职要求：\n1、本科\n2、能喝酒\n不考虑：\n- 频繁跳槽"
    panel = rubric_panel_html(desk(as_parsed(parse_job(job))), [], None, texts(language))
    for reason in REASONS:
        assert texts(language)(f"rubric.put_off_{reason}") in said(panel)


def test_lines_that_were_not_taken_for_requirements_are_shown():
    job = "任职要求：\n1、本科\n2、五险一金，双休\n福利\n免费下午茶"
    opened = RubricDesk("text", JobRubric(job, as_parsed(parse_job(job))), is_open=True)
    panel = said(rubric_panel_html(opened, [], None, ZH))
    assert "没有当作要求：五险一金，双休。" in panel and "下午茶" not in panel


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ground_has_a_law_in_both_languages(language: str):
    for ground in GROUNDS:
        refusal = refusal_said(Refusal("forbidden", "x", why=Forbidden(ground, "the part")), texts(language))
        assert "the part" in refusal and re.search("法》|Directive|Act", refusal), refusal
    assert refusal_said(Refusal("duplicate"), texts(language))


def test_nothing_that_was_typed_becomes_markup():
    hostile = add(rubric("熟悉金蝶"), HOSTILE)
    panel = rubric_panel_html(desk(hostile, refusal=Refusal("duplicate", HOSTILE)), [HOSTILE], FALLBACK, ZH)
    row = replace(rows()[1], lifts=(Lift(HOSTILE, "added", 0.5),))
    for markup in (panel, rubric_chips_html(row, ZH), why_lifted_html(row, ZH)):
        assert "<img" not in markup and "&lt;img" in markup


def test_a_row_states_the_musts_not_met_and_what_the_changes_add():
    row = rows()[1]
    assert said(rubric_chips_html(row, ZH)) == "必须项未满足 1" and why_lifted_html(row, ZH) == ""
    lifted = replace(row, model_rank=1, lifts=(Lift("能接受出差", "added", -0.25), Lift("本科", "weight", 0.75)))
    assert said(rubric_chips_html(lifted, ZH)) == "必须项未满足 1 要求改动：得分 +0.50"
    assert ZH("rubric.lifted_hint") in rubric_chips_html(lifted, ZH)
    assert said(why_lifted_html(lifted, ZH)).endswith("本科（改权重） +0.75 能接受出差（新增） -0.25")
    by_law = replace(row, lifts=(Lift("女性优先", "forbidden", 0.1),))
    assert "要求改动" not in said(rubric_chips_html(by_law, ZH)), "HR changed nothing"
    assert "女性优先（依法不计）" in said(why_lifted_html(by_law, ZH)), "but the amount is stated"


def test_amounts_that_would_show_as_nothing_are_not_shown():
    tiny = replace(rows()[1], lifts=(Lift("能接受出差", "added", 0.004), Lift("本科", "weight", -0.004)))
    assert "要求改动" not in said(rubric_chips_html(tiny, ZH))
    assert "出差" not in said(why_lifted_html(tiny, ZH))
    without_probability = replace(tiny, probability=None, lifts=(Lift("能接受出差", "added", 0.004),))
    assert "要求改动：得分 +0.004" in said(rubric_chips_html(without_probability, ZH)), "scores without a probability have a digit more"


def test_a_joined_criterion_does_not_say_its_own_words_again():
    panel = said(rubric_panel_html(desk(merge(rubric("持有初级会计职称", "有 CPA 证书"), 1)), [], None, ZH))
    assert "由几条合成" in panel and "改自" not in panel
