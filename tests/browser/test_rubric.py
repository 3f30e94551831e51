"""HR's criteria on the page: edited before ranking with mouse and keyboard, the list follows by stated amounts, and a reload keeps them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from feedback.store.store import FILE_NAME
from tests.browser.steps import App, names, rank, small_resumes, upload, wait_until_alive, wait_until_answered

JOB = "任职要求：\n1. 熟悉 Python 平台开发\n2. 熟悉 Java 者优先"


def stored_order(app: App) -> list[tuple[str, float, float]]:
    """Return (name, logit, sum of the stated amounts) of the newest run, by rank."""
    with closing(sqlite3.connect(app.feedback / FILE_NAME)) as store:
        rows = store.execute("SELECT name, features, shown FROM candidates WHERE run = (SELECT max(run) FROM candidates) ORDER BY rank")
        return [
            (Path(name).stem, json.loads(features)["logit"], sum(lift["amount"] for lift in json.loads(shown).get("lifts", ())))
            for name, features, shown in rows
        ]


def criteria(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator(".rr-rubric li[data-key] textarea").all()]


@pytest.mark.long
def test_edited_criteria_move_the_list_by_stated_amounts_and_outlive_a_reload(page: Page, embedded: App, tmp_path: Path):
    wait_until_alive(page)
    upload(page, *small_resumes(tmp_path))
    page.locator("#rr-job textarea").fill(JOB)
    line = page.locator(".rr-rubric-line")
    expect(line).to_contain_text("要求 2 条 · 必须 1 · 加分 1")
    rank(page)
    index = names(page).index("许朝暮.txt")
    assert names(page)[0] == "林晓.txt" and [lift for _, _, lift in stored_order(embedded)] == [0, 0, 0]

    line.get_by_role("button", name="编辑").press("Enter")
    panel = page.get_by_role("region", name="要求", exact=True)
    expect(panel.locator("h2")).to_be_focused()
    panel.locator("li[data-key] select[data-kind]").first.select_option("忽略")
    expect(line).to_contain_text("忽略 1")
    new = panel.get_by_label("添加一条要求")
    new.fill("限女性")
    new.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("《妇女权益保障法》")
    new.fill("熟悉报表与税务")
    new.press("Enter")
    expect(panel.locator("li[data-key]")).to_have_count(3)
    expect(new).to_be_focused()
    panel.locator("li[data-key]").last.get_by_role("button", name="删除").click()
    expect(panel.locator("li[data-key]")).to_have_count(2)
    page.keyboard.press("Control+z")  # the browser's own undo would empty the job description
    expect(panel.locator("li[data-key]")).to_have_count(3)
    assert criteria(page) == ["熟悉 Python 平台开发", "熟悉 Java 者优先", "熟悉报表与税务"] and new.input_value() == ""
    line.get_by_role("button", name="完成").press("Control+z")
    expect(page.locator("#rr-job textarea")).to_have_value(JOB)
    new.focus()
    new.press("Escape")
    expect(panel).to_have_count(0)
    expect(line.get_by_role("button", name="编辑")).to_be_focused()

    expect(page.locator(".rr-stale")).to_contain_text("清单已过期")
    page.get_by_role("button", name="重新排序").click()
    expect(page.locator(".rr-stale")).to_have_count(0)  # the run has begun
    expect(page.locator("[data-stop]")).to_have_count(0)  # and ended
    expect(page.locator(".rr-row .rr-lift").first).to_be_visible()
    ranked = stored_order(embedded)
    scores = [logit + lift for _, logit, lift in ranked]
    assert scores == sorted(scores, reverse=True) and names(page) == [f"{name}.txt" for name, _, _ in ranked]
    assert names(page).index("许朝暮.txt") < index, "the accountant, whom the model alone put below the developers"
    expect(page.locator(".rr-row .rr-lift").first).to_have_text(f"要求改动：得分 {ranked[0][2]:+.3f}")
    page.locator(".rr-row").first.click()
    expect(page.locator(".rr-why")).to_contain_text("熟悉报表与税务（新增）")
    expect(page.locator(".rr-why")).to_contain_text(f"要求改动合计 {ranked[0][2]:+.3f}")

    page.keyboard.press("Escape")
    expect(page.locator(".rr-panel")).to_have_count(0)

    page.reload()
    expect(line).to_contain_text("已改")
    expect(page.locator(".rr-summary")).to_be_visible()
    expect(page.locator(".rr-stale")).to_have_count(0)
    wait_until_answered(page)
    line.get_by_role("button", name="编辑").click()
    expect(panel.locator("h2")).to_contain_text("第 1 版")
    expect(panel.locator("li[data-key]")).to_have_count(3)
    assert criteria(page) == ["熟悉 Python 平台开发", "熟悉 Java 者优先", "熟悉报表与税务"]
