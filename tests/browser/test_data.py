"""The data tab as a person uses it: somebody asks what is stored about them, and wants it gone; the log tells; groups are compared."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import App, find_person, open_data_tab, open_tab, rank, wait_until_alive

PILE = """候选人1：
姓名：林知遥
三年后端开发，用 Python 负责订单服务的设计与实现，接口延迟下降 40%。
---
候选人2：
姓名：陈屿舟
会计，熟悉报表与税务。"""


@pytest.fixture
def data_tab(page: Page) -> Page:
    """Return the data tab, after a ranking of two people."""
    wait_until_alive(page)
    page.locator("#rr-job textarea").fill("任职要求：\n熟悉 Python\n三年后端经验")
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-pasted textarea").fill(PILE)
    rank(page)
    open_data_tab(page)
    return page


def compare_groups(page: Page, groups: Path) -> None:
    """Upload the groups that candidates declared, and read what the page says of them."""
    groups.write_text("name,group\n林知遥,甲组\n陈屿舟,乙组\n没有这个人,甲组\n", "utf-8")
    page.locator("#rr-impact-run input").click()
    page.get_by_role("option").first.click()
    page.locator("#rr-impact-top input").fill("1")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="上传自报群体").click()
    chooser.value.set_files(groups)
    rows = page.locator("#rr-impact tbody tr")
    expect(rows).to_have_count(2)
    said = page.locator("#rr-impact").inner_text()
    assert "甲组" in rows.first.inner_text()
    assert "低于五分之四" in rows.last.inner_text()
    assert "人数少于 30" in said
    assert "第 4 行" in said


@pytest.mark.long
def test_declared_groups_are_compared_and_not_kept_and_somebody_asks_what_is_stored_and_wants_it_gone(
    data_tab: Page, embedded: App, tmp_path: Path
):
    page = data_tab
    compare_groups(page, tmp_path / "groups.csv")
    assert "甲组".encode() not in embedded.stored_bytes()

    assert "林知遥".encode() in embedded.stored_bytes()
    find_person(page, "林知遥")
    expect(page.locator("#rr-people li")).to_have_count(1)
    with page.expect_download() as waiting:
        page.locator("#rr-people button[data-action=export]").click()
    with ZipFile(waiting.value.path()) as answer:
        data = json.loads(answer.read("candidate.json"))
        assert "林知遥" in answer.read("candidate.html").decode()
    assert "林知遥" in data["versions"][0]["text"]
    assert "陈屿舟" not in json.dumps(data, ensure_ascii=False)

    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#rr-people button[data-action=erase]").click()
    expect(page.locator("#rr-people")).to_contain_text("没有存过")
    expect(page.locator("#rr-people")).to_contain_text("已删除这位候选人")
    assert "林知遥".encode() not in embedded.stored_bytes()
    expect(page.locator("#rr-audit")).to_contain_text("删除候选人")
    expect(page.locator("#rr-audit-verdict")).to_contain_text("日志完整")
    open_tab(page, "重排序")
    expect(page.locator("button.rr-row")).to_have_count(1)
