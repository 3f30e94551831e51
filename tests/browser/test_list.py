"""The list as a recruiter works with it: searched, filtered, sorted, and still so after it was drawn again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import rank, upload

PEOPLE = {
    "王珊": "电话：13800000001\n工作经历\n东港精密制造有限公司  总账会计  2012.01-2023.01\n熟悉 Python，通过注册会计师考试。",
    "安然": "电话：13800000002\n工作经历\n西港商贸有限公司  出纳  2021.01-2022.01\n熟悉 Python 与报表。",
    "林晓": "电话：13800000003\n工作经历\n云桥网络有限公司  运维工程师  2018.01-2023.01\n负责网络与机房。",
}


@pytest.mark.long
def test_search_filters_and_order_leave_whom_they_say_and_outlive_a_reload(page: Page, tmp_path: Path):
    paths = [tmp_path / f"{name}.txt" for name in PEOPLE]
    for path in paths:
        path.write_text(f"{path.stem}\n{PEOPLE[path.stem]}", "utf-8")
    page.locator("#rr-job textarea").fill("任职要求：\n1. 必须熟悉 Python")
    upload(page, *paths)
    rank(page)
    shown, count = page.locator(".rr-row .rr-name"), page.locator(".rr-list-count")
    expect(shown).to_have_count(3)
    expect(page.locator(".rr-row", has_text="王珊").locator(".rr-job")).to_have_text("总账会计 @东港精密制造有限公司")

    search = page.get_by_role("searchbox", name="搜索姓名或简历内容")
    search.press_sequentially("注册会计师")  # in her text, not in what is shown of it
    expect(shown).to_have_text(["王珊"])
    expect(count).to_contain_text("显示 1 / 3")
    expect(search).to_be_focused()
    search.fill("谁也不是")
    expect(page.locator(".rr-nobody")).to_contain_text("没有符合搜索和筛选条件的候选人")
    page.locator(".rr-nobody").get_by_role("button", name="清除筛选").click()
    expect(shown).to_have_count(3)
    expect(search).to_have_value("")

    page.get_by_text("筛选", exact=True).click()
    page.get_by_label("必须项", exact=True).select_option("有未见的")
    expect(shown).to_have_text(["林晓"])
    expect(page.locator("[data-list-count]")).to_have_text("1")
    page.get_by_label("必须项", exact=True).select_option("没有未见的")
    page.get_by_label("排序", exact=True).select_option("按年限")
    expect(shown).to_have_text(["王珊", "安然"])

    page.locator(".rr-filter summary").click()  # closes what lies over the list
    page.locator(".rr-row", has_text="王珊").click()
    expect(page.locator(".rr-panel")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".rr-row[aria-current] .rr-name")).to_have_text("安然")
    page.reload()
    expect(shown).to_have_text(["王珊", "安然"])
    expect(page.get_by_label("排序", exact=True)).to_have_value("years")
    expect(count).to_contain_text("显示 2 / 3")
