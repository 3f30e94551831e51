"""The page as a person uses it: a real Chromium against the real process with the embedded engine."""

import csv
import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.steps import EXAMPLES, App, example_resumes, names, rank, small_resumes, upload, visiting


def upload_job(page: Page, job: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="上传JD").click()
    chooser.value.set_files(job)


def test_upload_rank_read_and_export(page: Page, tmp_path: Path):
    (job,) = (EXAMPLES / "zh").glob("JD_*")
    resumes = example_resumes("zh", 2)
    upload_job(page, job)
    expect(page.locator("#rr-job textarea")).to_have_value(re.compile("AI"))
    upload(page, *resumes)

    page.evaluate("""() => {
        window.seen = new Set();
        const note = () => window.seen.add(document.querySelectorAll(".rr-row").length);
        new MutationObserver(note).observe(document.querySelector("#rr-board"), { childList: true, subtree: true });
    }""")
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(len(resumes))
    assert sorted(names(page)) == sorted(path.name for path in resumes)
    expect(page.locator(".rr-move")).to_have_count(0)  # there is no order before that means something

    # The stand-in says so, and no row has a percentage.
    expect(page.locator(".rr-notice")).to_contain_text("不是 Qwen3-Reranker")
    assert "%" not in "".join(page.locator(".rr-match").all_inner_texts())

    # A row opens by keyboard into its requirements; a quoted line leads to its mark in the text.
    page.locator(".rr-row").first.press("Enter")
    panel = page.locator(".rr-panel")
    expect(panel).to_be_visible()
    panel.locator(".rr-reqs button[data-jump]").first.click()
    expect(panel.locator("mark.seen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)

    workbook = load_workbook(download(page, "#rr-xlsx", tmp_path / "out.xlsx"))
    title, *lines = workbook["结果"].iter_rows(values_only=True)
    assert [line[title.index("文件")] for line in lines] == names(page)
    table = csv.DictReader(download(page, "#rr-csv", tmp_path / "out.csv").open(encoding="utf-8-sig", newline=""))
    assert [line["文件"] for line in table] == names(page)


def download(page: Page, button: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(button).click()
    assert waiting.value.suggested_filename.endswith(path.suffix)
    waiting.value.save_as(path)
    return path


def test_language_template_and_no_batch_size_on_a_cpu(page: Page, tmp_path: Path):
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python\n2. 有大模型应用经验")
    upload(page, *small_resumes(tmp_path))
    instruction = page.locator("#rr-instruction textarea")
    expect(instruction).to_have_value(re.compile("own work proves"))
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name="管理岗评估").click()
    expect(instruction).to_have_value(re.compile("people management"))
    instruction.fill("Prefer candidates who write documentation")
    expect(page.locator("#rr-saved-instruction input")).to_have_value("自己写")

    page.locator("#rr-advanced > button").click()
    expect(page.locator("#rr-company-terms")).to_be_visible()
    expect(page.locator("#rr-batch-size")).not_to_be_visible()
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(3)

    # What is on the page already follows a switch of language, and nothing Chinese is left but what people wrote.
    before = names(page)
    page.locator("#rr-language").get_by_text("English").click()
    expect(page.locator("#rr-run")).to_have_text("Rank")
    expect(page.locator(".rr-notice")).to_contain_text("not Qwen3-Reranker")
    expect(page.locator(".rr-head")).to_contain_text("Key match points")
    assert names(page) == before
    assert "ranked" in page.locator(".rr-summary").inner_text()
    assert before
    chrome = page.locator("#rr-header, .rr-card-title, .rr-pile-head, .rr-head, .rr-summary, .rr-pill, .rr-kind, #rr-advanced, #rr-exports")
    assert re.findall("[\u4e00-\u9fff]", "".join(chrome.all_inner_texts()).replace("中文", "")) == []


def test_bad_input_is_said_and_the_rest_is_ranked(page: Page, tmp_path: Path):
    rank_button = page.locator("#rr-run")
    rank_button.click()
    expect(page.locator(".rr-message")).to_contain_text("还没有招聘JD")
    page.locator("#rr-job textarea").fill("任职要求：\n熟悉 Python，三年以上后端经验")
    rank_button.click()
    expect(page.locator(".rr-message")).to_contain_text("还没有简历")

    empty, fake, program = tmp_path / "空.pdf", tmp_path / "网页.pdf", tmp_path / "setup.exe"
    empty.touch()
    fake.write_text("<html><body>请登录</body></html>", "utf-8")
    program.write_bytes(b"MZ\x90\x00")
    good = tmp_path / "王五.txt"
    good.write_text("王五\n熟悉 Python，五年后端经验。<img src=x onerror=alert(1)>", "utf-8")
    upload(page, empty, fake, program, good)
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-pasted textarea").fill("候选人1：\n赵六，会计，十年经验。\n---\n候选人2：\n孙七，Python 后端，四年经验。")
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(3)
    unread = page.locator(".rr-unread li")
    expect(unread).to_have_count(3)
    assert {"空.pdf", "网页.pdf", "setup.exe"} == set(page.locator(".rr-unread b").all_inner_texts())
    assert page.locator("#rr-board img").count() == 0

    page.get_by_role("tab", name="上传文件").click()
    page.locator(".rr-pile li", has_text="王五.txt").get_by_role("button").click()
    expect(page.locator(".rr-pile li", has_text="王五.txt")).to_have_count(0)


def test_two_visitors_do_not_see_each_other(visitor: BrowserContext, colleague: BrowserContext, embedded: App, tmp_path: Path):
    resume = tmp_path / "只属于甲.txt"
    resume.write_text("甲，熟悉 Python 后端开发。", "utf-8")
    with visiting(visitor, embedded.address) as first, visiting(colleague, embedded.address) as second:
        first.locator("#rr-job textarea").fill("熟悉 Python")
        upload(first, resume)
        rank(first)
        second.locator("#rr-language").get_by_text("English").click()
        expect(second.locator("#rr-run")).to_have_text("Rank")
        assert second.locator(".rr-pile li").count() == 0
        assert names(first) == ["只属于甲.txt"]
        expect(first.locator("#rr-run")).to_have_text("重排序")
