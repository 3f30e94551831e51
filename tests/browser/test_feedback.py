"""The feedback loop as a person goes through it, in a real browser: rank, label, learn, apply, rank again, go back."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from feedback.glossary.terms import propose
from feedback.labels import FULL, Term
from feedback.store.desk.statuses import DECLINED, INTERVIEW, set_status
from feedback.store.store import FILE_NAME, Store
from reranker.embedded.engine import EmbeddedEngine
from reranker.judge.judge import Judge
from tests.browser.steps import App
from tests.browser.steps import rank as press_rank
from tests.feedback.stored import id_of, run_of

FIRST, *OTHERS = ("Java", "Go", "Python", "Kafka", "Redis", "MySQL", "Spark", "Flink", "Docker", "Vue")
RESULTS = [
    "将接口延迟从 800ms 降到 120ms。\n上线后吞吐提升 3 倍，成本下降 37%。\n支撑日均 500 万请求。",
    "压测后峰值从 2 千 QPS 提升到 3 万 QPS。\n故障率降低 62%。\n每月节省 40 万元。",
]
PLAIN = [
    "负责日常开发与维护，参与需求讨论。\n按时完成排期内的工作。",
    "参与业务系统开发，配合测试修复问题。\n编写文档，整理接口。",
    "完成上级交办的开发任务。\n熟悉开发流程，工作认真。",
]


FINANCE = (
    "财务会计\n岗位职责：\n1. 审核凭证，编制月度与年度合并报表\n2. 增值税、企业所得税的申报与汇算清缴\n"
    "任职要求：\n1. 会计专业本科，中级会计职称\n2. 熟悉企业会计准则与税法\n3. 配合事务所审计\n"
)


def job(skill: str) -> str:
    return f"{skill} 开发工程师\n任职要求：\n1. 熟悉 {skill}\n2. 有后端开发经验\n"


def pile(skill: str) -> str:
    """Return five resumes; those called 实绩 say what came of the work, in figures."""
    lines = [(f"实绩{number}", text) for number, text in enumerate(RESULTS)] + [
        (f"平淡{number}", text) for number, text in enumerate(PLAIN)
    ]
    return "\n---\n".join(f"{name}：\n{name} {skill}\n工作经历\n使用 {skill} 做后端开发。\n{text}" for name, text in lines)


def rank(page: Page, skill: str, description: str = "") -> list[tuple[str, str]]:
    """Name and match of each row, in the order shown."""
    page.locator("#rr-job textarea").fill(description or job(skill))
    page.locator("#rr-pasted textarea").fill(pile(skill))
    press_rank(page)
    expect(page.locator(".rr-grades")).to_have_count(5)
    rows = page.locator("button.rr-row")
    return [(row.locator(".rr-name").inner_text(), row.locator(".rr-match").inner_html()) for row in rows.all()]


def label_all(page: Page) -> None:
    """Label those with results as full matches and the others as none; wait after each click until the server has it."""
    for number, name in enumerate(page.locator("#rr-board .rr-name").all_inner_texts()):
        button = page.locator(".rr-grades").nth(number).locator(".full" if name.startswith("实绩") else ".none")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


def labelled_by_colleagues(app: App, skills: Sequence[str]) -> None:
    """Store what the page ranked last as rankings for other jobs, too, and label them."""
    with closing(Store(app.feedback / FILE_NAME)) as store:
        ranked = store.run(1)
        for skill in skills:
            rows = [replace(row, text=row.text.replace(FIRST, skill)) for row in ranked.rows]
            rows = tuple(replace(row, resume_id=id_of(row.text)) for row in rows)
            run = store.add_run(replace(ranked, job=job(skill), rows=rows))
            for row in rows:
                store.label(run, row.resume_id, "amy", FULL if row.name.startswith("实绩") else 0)


def look_at_it_in_english(page: Page) -> None:
    """Check that the feedback tab follows a switch of language, and back."""
    page.get_by_role("tab", name="反馈与调优").click()
    expect(page.locator("#rr-versions")).to_contain_text("模型原顺序")
    page.locator("#rr-language input[value=en]").check(force=True)
    expect(page.locator("#rr-learn")).to_have_text("Learn and propose")
    expect(page.locator("#rr-versions")).to_contain_text("The model's own order")
    body = page.locator("#rr-feedback").inner_text()
    assert body
    assert not any("\u4e00" <= character <= "\u9fff" for character in body), body
    page.locator("#rr-language input[value=zh]").check(force=True)
    expect(page.locator("#rr-versions")).to_contain_text("模型原顺序")
    page.get_by_role("tab", name="重排序").click()


@pytest.mark.long
def test_ten_labelled_jobs_change_the_next_ranking_and_going_back_restores_it(page: Page, embedded: App):
    look_at_it_in_english(page)
    page.get_by_role("tab", name="粘贴文本").click()
    rank(page, FIRST)
    full = page.locator(".rr-grades .full").first
    full.click()
    expect(full).to_have_attribute("aria-pressed", "true")
    full.click()  # takes it back
    expect(full).to_have_attribute("aria-pressed", "false")
    label_all(page)
    labelled_by_colleagues(embedded, OTHERS)
    untouched = rank(page, "PostgreSQL")

    page.get_by_role("tab", name="反馈与调优").click()
    page.locator("#rr-learn").click()
    expect(page.locator(".rr-verdict.yes")).to_be_visible()
    report = page.locator("#rr-report").inner_text()
    assert "量化成果" in report.split("本公司更看重")[1].split("。")[0]
    assert "nDCG@5" in report and "10 个岗位的 50 条标注" in report
    page.locator("#rr-apply").click()
    expect(page.locator(".rr-versions li").first).to_contain_text("使用中")

    page.get_by_role("tab", name="重排序").click()
    changed = rank(page, "PostgreSQL")
    assert [name[:2] for name, _ in changed[:2]] == ["实绩", "实绩"], changed
    assert changed != untouched
    page.locator("button.rr-row", has=page.locator(".rr-learned")).first.click()
    expect(page.locator(".rr-panel .rr-why")).to_contain_text("量化成果")
    page.keyboard.press("Escape")
    expect(page.locator(".rr-summary")).to_contain_text("按 10 个相近岗位的标注调整")
    expect(page.locator(".rr-summary")).to_contain_text("权重第 1 版")
    rank(page, "Java", FINANCE)
    expect(page.locator(".rr-summary")).to_contain_text("都不相近：按模型原顺序")
    expect(page.locator(".rr-learned")).to_have_count(0)

    page.get_by_role("tab", name="反馈与调优").click()
    page.locator(".rr-versions li", has_text="不使用任何学到的权重").get_by_role("button", name="换用").click()
    expect(page.locator(".rr-versions li", has_text="不使用任何学到的权重")).to_contain_text("使用中")
    page.get_by_role("tab", name="重排序").click()
    assert rank(page, "PostgreSQL") == untouched


@pytest.mark.long
def test_company_terms_are_decided_and_rewritten_one_by_one(page: Page, embedded: App):
    store = Store(embedded.feedback / FILE_NAME)
    propose(
        store,
        {Term("高并发", "#万qps"): {"full": 3, "full_of": 4, "jobs": 2}, Term("数据驱动", "看板"): {"full": 3, "full_of": 3, "jobs": 2}},
    )
    store.close()
    page.get_by_role("tab", name="反馈与调优").click()
    terms = page.locator("#rr-terms")
    pair = terms.locator("li", has_text="高并发")
    pair.get_by_role("button", name="采纳", exact=True).click()
    expect(terms.locator("li", has_text="高并发").get_by_role("button", name="采纳", exact=True)).to_have_count(0)

    other = terms.locator("li", has_text="数据驱动")
    other.locator("summary").click()
    other.locator("input[name=newResume]").fill("北极星看板")
    other.get_by_role("button", name="保存并采纳").click()
    expect(terms.locator("li", has_text="北极星看板")).to_contain_text("决定于")
    expect(terms.locator(".rr-decided > summary")).to_contain_text("不采纳的（1）")

    own = terms.locator(".rr-own")
    own.locator("summary").click()
    own.locator("input[name=newJob]").fill("高并发")
    own.locator("input[name=newResume]").fill("5 万 QPS")
    own.locator("input[name=newResume]").press("Enter")
    expect(terms.get_by_role("alert")).to_contain_text("已经在列表中")
    terms.locator("li", has_text="高并发").get_by_role("button", name="不采纳", exact=True).click()
    expect(terms.locator(".rr-decided > summary")).to_contain_text("不采纳的（2）")


@pytest.mark.long
def test_the_weekly_report_waits_for_ten_labels_and_can_be_printed(page: Page, embedded: App):
    page.get_by_role("tab", name="反馈与调优").click()
    page.locator("#rr-weekly-make").click()
    expect(page.locator(".rr-weekly")).to_contain_text("还差 10 条标注")
    store, engine = Store(embedded.feedback / FILE_NAME), EmbeddedEngine(Judge()).info
    for skill in (FIRST, *OTHERS[:2]):
        texts = [f"{skill} {number}" for number in range(5)]
        run = store.add_run(run_of(job(skill), texts, at=time.time(), fingerprint=engine.fingerprint))
        for number, text in enumerate(texts):
            store.label(run, id_of(text), "amy", FULL if number in (0, 2) else 0)
            set_status(store, run, [id_of(text)], INTERVIEW if number in (0, 2) else DECLINED, "amy")
    store.close()
    page.locator("#rr-weekly-make").click()
    report = page.locator(".rr-weekly")
    expect(report).to_contain_text("前 5 名共 15 人，约面试 6 人（40%）")
    expect(report.locator(".rr-trend i")).to_have_attribute("style", "height:40%")
    expect(report).to_contain_text("3 个岗位，15 条标注，18 对比较")
    with page.context.expect_page() as opened:
        page.locator("#rr-weekly-print").click()
    expect(opened.value.locator("h1")).to_have_text("周报")
    expect(opened.value.locator("main")).to_contain_text("约面试 6 人（40%）")
    opened.value.close()
