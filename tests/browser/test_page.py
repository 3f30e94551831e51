"""The page as a person uses it: a real Chromium against the real process with the embedded engine.

Also under its security headers: everything works and the console stays clean. No test of this folder passes with a violation of the policy
or an error of JavaScript; see steps.visiting.
"""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, expect

from tests.browser.steps import App, names, open_tab, rank, small_resumes, upload, visiting

HOSTILE = "<img src=x onerror=alert(1)>.txt"


def upload_job(page: Page, job: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="上传JD").click()
    chooser.value.set_files(job)


def test_upload_rank_read_and_export(page: Page, tmp_path: Path):
    """What is wrong is said, the rest is ranked, read and exported, and nothing of it runs in the page."""
    wrong: list[object] = []

    def note_dialog(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def note_error(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append((message.text, message.location))

    page.on("console", note_error)
    page.on("dialog", note_dialog)

    page.locator("#rr-run").click()
    expect(page.locator(".rr-message")).to_contain_text("还没有招聘JD")
    (tmp_path / "招聘.txt").write_text("任职要求：\n1. 熟悉 Python，三年以上后端经验\n2. 有大模型应用经验", "utf-8")
    upload_job(page, tmp_path / "招聘.txt")
    expect(page.locator("#rr-job textarea")).to_have_value(re.compile("大模型"))
    page.locator("#rr-run").click()
    expect(page.locator(".rr-message")).to_contain_text("还没有简历")

    unread, (hostile, good) = files_that_cannot_be_read(tmp_path), files_that_can(tmp_path)
    upload(page, *unread, hostile, good)
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-pasted textarea").fill("候选人1：\n赵六，会计，十年经验。\n---\n候选人2：\n孙七，Python 后端，四年经验。")
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(4)
    expect(page.locator(".rr-unread li")).to_have_count(len(unread))
    assert {file.name for file in unread} == set(page.locator(".rr-unread b").all_inner_texts())
    assert good.name in names(page)  # of the other name Gradio keeps the letters
    assert page.locator("#rr-board img").count() == 0
    expect(page.locator(".rr-move")).to_have_count(0)  # there is no order before that means something

    # The stand-in says so, and no row has a percentage.
    expect(page.locator(".rr-notice")).to_contain_text("不是 Qwen3-Reranker")
    assert "%" not in "".join(page.locator(".rr-match").all_inner_texts())

    # A row opens by keyboard into its requirements; a quoted line leads to its mark in the text.
    page.locator(".rr-row", has_text="王五").press("Enter")
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
    assert [line["文件"] for line in table if line["名次"]] == names(page)  # those that could not be read follow
    with page.context.expect_page() as opening:
        page.locator("#rr-print").click()
    printout = opening.value
    expect(printout.get_by_text("王五.txt").first).to_be_visible()
    assert printout.evaluate("document.styleSheets.length") > 0
    printout.close()

    for tab, view in (("反馈与调优", "feedback"), ("历史", "history"), ("数据与审计", "data"), ("排序", "board")):
        open_tab(page, tab)
        expect(page.locator(f"#rr-{view}")).to_be_visible()
    page.get_by_role("tab", name="上传文件").click()
    page.locator(".rr-pile li", has_text="王五.txt").get_by_role("button").click()
    expect(page.locator(".rr-pile li", has_text="王五.txt")).to_have_count(0)
    assert not wrong, wrong


def files_that_cannot_be_read(folder: Path) -> list[Path]:
    empty, fake, program = folder / "空.pdf", folder / "网页.pdf", folder / "setup.exe"
    empty.touch()
    fake.write_text("<html><body>请登录</body></html>", "utf-8")
    program.write_bytes(b"MZ\x90\x00")
    return [empty, fake, program]


def files_that_can(folder: Path) -> tuple[Path, Path]:
    """Return two files: one whose name and text are markup, and a plain one."""
    hostile, good = folder / HOSTILE, folder / "王五.txt"
    hostile.write_text("Ann\nPython backend <script>alert(2)</script><img src=x onerror=alert(1)>", "utf-8")
    good.write_text("王五\n熟悉 Python，五年后端经验。", "utf-8")
    return hostile, good


def download(page: Page, button: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(button).click()
    assert waiting.value.suggested_filename.endswith(path.suffix)
    waiting.value.save_as(path)
    return path


@pytest.mark.long
def test_templates_saved_texts_blind_mode_and_language(page: Page, colleague: BrowserContext, embedded: App, tmp_path: Path):
    instruction = page.locator("#rr-instruction textarea")
    expect(instruction).to_have_value(re.compile("own work proves"))
    choose_template(page, "管理岗评估")
    expect(instruction).to_have_value(re.compile("people management"))
    page.locator("#rr-advanced > button").click()
    expect(page.locator("#rr-company-terms")).to_be_visible()
    expect(page.locator("#rr-batch-size")).not_to_be_visible()  # on a CPU it means nothing
    save_own_texts(page)

    ranked_blindly = ["候选人 A", "候选人 B", "候选人 C"]
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python\n2. 有大模型应用经验")
    upload(page, *small_resumes(tmp_path))
    page.locator("#rr-blind input").check()
    expect(page.locator(".rr-pile li").first).to_contain_text("候选人 A")
    rank(page)
    assert sorted(names(page)) == ranked_blindly

    with visiting(colleague, embedded.address) as other:
        other.locator("#rr-language").get_by_text("English").click()
        expect(other.locator("#rr-run")).to_have_text("Rank")
        assert other.locator(".rr-pile li").count() == other.locator(".rr-row").count() == 0, "everybody has a list of their own"
        assert sorted(names(page)) == ranked_blindly
        expect(page.locator("#rr-run")).to_have_text("重排序")
        takes_and_drops_saved_texts(other)

    page.locator("button.rr-row").first.click()
    expect(page.locator(".rr-panel")).to_be_visible()
    body = page.locator("#rr-columns").inner_text()
    page.keyboard.press("Escape")
    page.locator("button[data-action=names]").click()
    expect(page.locator("button[data-action=names]")).to_have_count(0)
    before = names(page)
    people = [name.removesuffix(".txt") for name in before]
    assert sorted(people) == ["周叙白", "林晓", "许朝暮"]
    assert "熟悉" in body and [person for person in people if person in body] == []

    # What is on the page already follows a switch of language, and nothing Chinese is left but what people wrote.
    page.locator("#rr-language").get_by_text("English").click()
    expect(page.locator("#rr-run")).to_have_text("Rank")
    expect(page.locator(".rr-notice")).to_contain_text("not Qwen3-Reranker")
    expect(page.locator(".rr-head")).to_contain_text("Key match points")
    assert names(page) == before
    assert "ranked" in page.locator(".rr-summary").inner_text()
    chrome = page.locator("#rr-header, .rr-card-title, .rr-pile-head, .rr-head, .rr-summary, .rr-pill, .rr-kind, #rr-advanced, #rr-exports")
    assert re.findall("[\u4e00-\u9fff]", "".join(chrome.all_inner_texts()).replace("中文", "")) == []


def choose_template(page: Page, name: str) -> None:
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name=name).click()


def save_own_texts(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept("Ours"))
    page.locator("#rr-instruction textarea").fill("Prefer people who write documentation")
    expect(page.locator("#rr-saved-instruction input")).to_have_value("自己写")
    page.locator("#rr-keep-instruction").click()
    expect(page.locator("#rr-saved-instruction input")).to_have_value("★ Ours")
    page.locator("#rr-job textarea").fill("Requirements:\nRust")
    page.locator("#rr-keep-job").click()
    expect(page.locator("#rr-saved-job input")).to_have_value("★ Ours")


def takes_and_drops_saved_texts(later: Page) -> None:
    """Take and drop saved texts on another visit, in English."""
    later.on("dialog", lambda dialog: dialog.accept())
    later.locator("#rr-saved-job input").click()
    later.get_by_role("option", name="★ Ours").click()
    expect(later.get_by_role("option")).to_have_count(0)
    expect(later.locator("#rr-job textarea")).to_have_value("Requirements:\nRust")
    choose_template(later, "★ Ours")
    expect(later.locator("#rr-instruction textarea")).to_have_value("Prefer people who write documentation")
    for kind in ("instruction", "job"):
        later.locator(f"#rr-drop-{kind}").click()
        expect(later.locator(f"#rr-drop-{kind}")).to_have_count(0)
