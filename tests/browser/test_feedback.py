"""The feedback loop as a person goes through it, in a real browser: rank, label, learn, apply, rank again, go back."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from playwright.sync_api import Page, expect

from feedback.labels import FULL
from feedback.store.store import FILE_NAME, Store
from tests.browser.steps import App
from tests.browser.steps import rank as press_rank
from tests.feedback.stored import id_of

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


def job(skill: str) -> str:
    return f"{skill} 开发工程师\n任职要求：\n1. 熟悉 {skill}\n2. 有后端开发经验\n"


def pile(skill: str) -> str:
    """Five resumes; those called 实绩 say what came of the work, in figures."""
    lines = [(f"实绩{number}", text) for number, text in enumerate(RESULTS)] + [
        (f"平淡{number}", text) for number, text in enumerate(PLAIN)
    ]
    return "\n---\n".join(f"{name}：\n{name} {skill}\n工作经历\n使用 {skill} 做后端开发。\n{text}" for name, text in lines)


def rank(page: Page, skill: str) -> list[tuple[str, str]]:
    """Name and match of each row, in the order shown."""
    page.locator("#rr-job textarea").fill(job(skill))
    page.locator("#rr-pasted textarea").fill(pile(skill))
    press_rank(page)
    expect(page.locator(".rr-grades")).to_have_count(5)
    rows = page.locator("button.rr-row")
    return [(row.locator(".rr-name").inner_text(), row.locator(".rr-match").inner_html()) for row in rows.all()]


def label_all(page: Page) -> None:
    """Who has results is a full match, the others are none; each click waits until the server has it."""
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
    """The feedback tab follows a switch of language, and back."""
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
    expect(page.locator(".rr-summary")).to_contain_text("权重第 1 版")

    page.get_by_role("tab", name="反馈与调优").click()
    page.locator(".rr-versions li", has_text="模型原顺序").get_by_role("button", name="换用").click()
    expect(page.locator(".rr-versions li", has_text="模型原顺序")).to_contain_text("使用中")
    page.get_by_role("tab", name="重排序").click()
    assert rank(page, "PostgreSQL") == untouched
