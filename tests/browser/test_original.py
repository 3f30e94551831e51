"""The original file beside its text: pages, marks, jumps, download; gone when the person is erased, and not for a stranger."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.steps import App, open_tab, rank, visiting
from tests.data.make_pdf import text_pdf

JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"
COVER = ["姓名：林知遥", "电话：13900000022", *["其他经历：整理资料，参加会议。"] * 40]
LINES = ["负责推理平台。", "五年 Python 开发经验，熟悉 Python。", "熟悉 Kubernetes，管理过 GPU 集群。"]


@pytest.mark.long
def test_the_original_stands_beside_its_text(page: Page, colleague: BrowserContext, embedded: App, tmp_path: Path):
    (tmp_path / "林知遥.pdf").write_bytes(text_pdf(COVER, LINES))
    (tmp_path / "陈屿舟.txt").write_text("姓名：陈屿舟\n会计，熟悉报表与税务。", "utf-8")
    page.locator("#rr-job textarea").fill(JOB)
    page.locator("#rr-files input[type=file]").set_input_files([tmp_path / "林知遥.pdf", tmp_path / "陈屿舟.txt"])
    expect(page.locator(".rr-pile li")).to_have_count(2)
    rank(page)
    page.locator(".rr-row", has_text="林知遥").click()
    panel = page.locator(".rr-panel")
    expect(panel.locator(".rr-text")).to_be_visible()
    with page.expect_response(lambda answer: "/original/" in answer.url) as asked:
        panel.get_by_role("button", name="原件", exact=True).click()
    pages = panel.locator(".rr-original-pages figure")
    expect(pages).to_have_count(2)
    expect(panel.locator(".rr-text")).to_be_hidden()
    expect(pages.first.get_by_role("img", name="第 1 页")).to_be_visible()

    panel.locator(".rr-jump").first.click()
    mark = pages.nth(1).locator("[data-targets~=r1]").first
    expect(mark).to_be_in_viewport()
    expect(pages.nth(1).locator("img")).to_be_visible()
    assert page.evaluate("document.querySelector('.rr-original-pages img').naturalWidth") > 1000

    erase, question = panel.get_by_role("button", name="删除这位候选人的全部资料"), page.locator(".rr-question")
    erase.click()  # the markup is new, the pages are not
    expect(question).to_be_visible()
    expect(pages.locator("img")).to_have_count(2)
    assert page.evaluate("document.querySelector('.rr-original-pages').scrollTop") > 100
    question.locator("[data-erase-ask='']").click()
    expect(question).to_have_count(0)
    with page.expect_download() as download:
        panel.get_by_role("button", name="下载原件").click()
    assert download.value.suggested_filename == "林知遥.pdf"
    assert download.value.path().read_bytes() == (tmp_path / "林知遥.pdf").read_bytes()

    page.locator(".rr-row", has_text="陈屿舟").click()  # the choice holds, and text has no pages
    expect(panel.locator(".rr-original-file:visible")).to_contain_text("这种格式没有页面图片")
    expect(panel.locator(".rr-text")).to_be_visible()

    path = asked.value.url
    with visiting(colleague, embedded.address) as stranger:
        stranger.wait_for_function("sessionStorage.getItem('rr-tab')")
        look = "path => fetch(path, { headers: { 'X-Reranker-Tab': sessionStorage.getItem('rr-tab') } }).then((answer) => answer.status)"
        assert page.evaluate(look, path) == 200
        assert stranger.evaluate(look, path) == stranger.evaluate(look, f"{path}/0") == stranger.evaluate(look, f"{path}/file") == 404

    def slow(route: Route) -> None:  # a file that cannot be drawn in time: everything else goes on
        route.fulfill(status=422, body="")

    page.route("**/original/*/*/0", slow)
    page.locator(".rr-row", has_text="林知遥").click()
    expect(pages.first).to_have_attribute("data-problem", "这个文件的页面显示不出来，请看读出的文字。")
    panel.get_by_role("button", name="文字", exact=True).click()
    expect(panel.locator(".rr-text")).to_contain_text("管理过 GPU 集群")

    kept = embedded.feedback / "kept_files" / path.rpartition("/")[2]
    assert kept.exists()
    open_tab(page, "数据与审计")
    expect(page.locator("#rr-data")).to_contain_text("2 个简历原件")
    open_tab(page, "排序")
    erase.click()
    question.locator("[data-erase]").click()
    expect(page.locator(".rr-row", has_text="林知遥")).to_have_count(0)
    assert not kept.exists() and "林知遥".encode() not in embedded.stored_bytes()
