"""A list of candidates from a tracking system, uploaded with the files, and a watched folder, in the page of one server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.steps import LOOK_OFTEN, rank, visiting
from tests.server.process import app_process

LIST = """候选人编号,姓名,手机,简历文件,状态,标注
000123,林晓,,林晓.PDF,面试,完全匹配
000124,周叙白,139-0000-2222,,已淘汰,
000126,钱八,,钱八.docx,offer,
"""
RESUMES = {
    "林晓": "姓名：林晓\n熟悉 Python，负责平台开发，五年经验。",
    "cv2": "姓名：周叙白\n电话：13900002222\n熟悉 Java，三年后端经验。",
    "孙七": "姓名：孙七\n测试",
}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which a mail rule puts resumes."""
    return tmp_path_factory.mktemp("inbox")


@pytest.fixture(scope="module")
def page(visitor: BrowserContext, inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Yield a tab of a server that watches the folder."""
    feedback = tmp_path_factory.mktemp("feedback")
    flags = ("--model", "embedded", "--watch", f"招聘邮箱={inbox}")
    with app_process(feedback, *flags) as (address, _), visiting(visitor, address, LOOK_OFTEN) as page:
        yield page


@pytest.mark.long
def test_a_list_is_matched_and_its_statuses_can_be_taken_back_and_a_watched_folder_offers_what_comes(
    page: Page, inbox: Path, tmp_path: Path
):
    for name, text in RESUMES.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "候选人.csv").write_bytes(LIST.encode("gbk"))
    page.locator("#rr-job textarea").fill("任职要求：\n熟悉 Python，三年以上经验")
    page.locator("#rr-files input[type=file]").set_input_files(sorted(tmp_path.iterdir()))
    expect(page.locator(".rr-pile li")).to_have_count(3)
    roster, watched = page.locator(".rr-roster"), page.locator("#rr-watched")
    expect(roster).to_contain_text("名单 3 行，2 行已对上简历")
    roster.get_by_text("1 行没有对应的简历").click()
    expect(roster).to_contain_text("第 4 行 000126 钱八：没有找到“钱八.docx”")
    roster.get_by_text("1 份简历不在名单里").click()
    expect(roster).to_contain_text("孙七.txt")
    expect(watched).to_contain_text("没有新的")

    (inbox / "许朝暮.txt").write_text("姓名：许朝暮\n会计，熟悉报表与税务。", "utf-8")
    expect(watched).to_contain_text("1 份新的", timeout=60_000)  # two looks, and the page hears of it by itself
    watched.get_by_role("button", name="加入").click()
    expect(page.locator(".rr-pile li")).to_have_count(4)
    expect(watched).to_contain_text("没有新的")

    rank(page)
    row = page.locator(".rr-board li", has_text="林晓")
    expect(row.locator(".rr-listed")).to_have_text("编号 000123")
    expect(row.get_by_role("combobox")).to_have_value("interview")
    marks = page.locator(".rr-roster-marks")
    expect(marks).to_contain_text("已从名单取用：面试 1 人、暂不 1 人、完全匹配 1 人。")
    marks.get_by_role("button", name="撤销").click()
    expect(marks).to_have_count(0)
    expect(row.get_by_role("combobox")).to_have_value("to_read")
    with page.expect_download() as waiting:
        page.locator("#rr-csv").click()
    assert "000123" in waiting.value.path().read_text("utf-8-sig")
