"""What a person sees when something is refused, in a real Chromium: a sentence that says what to do; then the next try works."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, TimeoutError, expect

from reranker.judge.judge import Judge
from service.model import Model
from settings import Settings
from tests.browser.steps import open_signed_in, own_port, sign_in
from tests.server.serving import PASSWORD, serving
from tests.ui.samples import CountingEngine

KB_FOR_MB = 1000
"""The limits of the server, in MB, hold in KB here: nobody wants to send a gigabyte in a test."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    model = Model()
    model.ready(CountingEngine(), Judge())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("server.guard.limits.MB", KB_FOR_MB)
        patch.setattr("server.guard.ownership.MB", KB_FOR_MB)
        with serving(Settings(max_files=3, auth=f"hr:{PASSWORD}"), model, port=own_port()) as client:
            yield str(client.base_url)


@pytest.fixture(scope="module")
def page(visitor: BrowserContext, address: str) -> Iterator[Page]:
    visitor.clear_cookies()  # a test before may have switched the language
    page = visitor.new_page()
    with page.expect_response(lambda answer: "queue/data" in answer.url):  # what belongs to loading the page
        open_signed_in(page, address, "zh")
    expect(page.locator(".rr-model.ready")).to_be_visible()
    yield page
    page.close()
    visitor.clear_cookies()


@pytest.fixture(autouse=True)
def a_fresh_start(page: Page) -> Iterator[None]:
    yield
    for close in page.get_by_test_id("toast-close").all():
        close.click()
    expect(page.get_by_test_id("toast-text")).to_have_count(0)
    if page.locator(".rr-pile-head button").count():
        page.locator(".rr-pile-head button").click()
    expect(page.locator(".rr-pile li")).to_have_count(0)


def file(name: str, size: int) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": (f"{name} Python backend\n" * (size // 20 + 1)).encode()}


def upload(page: Page, *files: FilePayload) -> None:
    page.locator("#rr-files input[type=file]").set_input_files(list(files))


def expect_refusal(page: Page, *said: str) -> None:
    """Expect a toast with these words, under our title; the drop zone says nothing of its own and can be used."""
    for words in said:
        expect(page.get_by_test_id("toast-text").first).to_contain_text(words)
    title = "element => getComputedStyle(element, '::before').content + getComputedStyle(element).fontSize"
    assert page.locator(".toast-title").first.evaluate(title) == '"没有完成"0px'
    expect(page.locator("#rr-files").get_by_text("错误")).to_be_hidden()


def expect_upload_works(page: Page) -> None:
    upload(page, file("ok.txt", 100))
    expect(page.locator(".rr-pile li.document")).to_have_count(1)


@pytest.mark.long
def test_a_file_that_is_too_large(page: Page):
    upload(page, file("small.txt", 100), file("large.zip", 250_000))
    expect_refusal(page, "有文件超过 200 MB", "拆分")
    expect_upload_works(page)


@pytest.mark.long
def test_files_that_are_too_large_together(page: Page):
    upload(page, *(file(f"part {number}.txt", 190_000) for number in range(6)))
    expect_refusal(page, "一次最多 1000 MB", "分批")
    expect_upload_works(page)


@pytest.mark.long
def test_no_room_for_uploads(page: Page, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr("server.uploads.MOST_BYTES", -1)
        upload(page, file("ok.txt", 100))
        expect_refusal(page, "暂存区已满", "几分钟后再上传")
    expect_upload_works(page)


def test_too_many_files(page: Page):
    upload(page, *(file(f"{number}.txt", 100) for number in range(5)))
    expect(page.locator(".rr-pile li.document")).to_have_count(3)
    expect(page.locator(".rr-pile-head")).to_contain_text("2 份未能读取")
    for left_out in page.locator(".rr-pile li.unread").all():
        expect(left_out).to_contain_text("请分批排序")


def test_too_many_people_at_once(page: Page, monkeypatch: pytest.MonkeyPatch):
    page.locator("#rr-job textarea").fill("任职要求：熟悉 Python")
    with monkeypatch.context() as patch:
        patch.setattr("gradio.queueing.Queue.__len__", lambda queue: 10_000)
        page.locator("#rr-run").click()
        expect_refusal(page, "使用的人太多", "再试")
    expect(page.locator("#rr-job textarea")).to_have_value("任职要求：熟悉 Python")
    page.locator("#rr-run").click()
    expect(page.locator(".rr-message")).to_contain_text("还没有简历")


def test_a_text_that_is_too_long(page: Page):
    """tests/service/test_run.py has the others: two megabytes take the browser seconds."""
    page.locator("#rr-job textarea").fill("任职要求：熟悉 Python")
    page.locator("#rr-instruction textarea").fill("x" * 4_001)
    page.locator("#rr-run").click()
    expect(page.locator(".rr-message")).to_contain_text("超过 4,000 字，请缩短")
    page.locator("#rr-instruction textarea").fill("Prefer hands-on experience")


@pytest.mark.long
def test_signing_in_again_loses_nothing_that_was_typed_or_uploaded(page: Page, address: str):
    expect_upload_works(page)
    page.locator("#rr-instruction textarea").fill("Prefer people who write documentation")
    expect(page.locator("#rr-saved-instruction input")).to_have_value("自己写")
    page.locator("#rr-job textarea").fill("任职要求：熟悉 Rust")
    page.get_by_role("tab", name="粘贴文本").click()
    page.locator("#rr-pasted textarea").fill("赵六，会计，十年经验。")
    assert page.context.request.get(f"{address}/logout").url.endswith("/login")  # signed out elsewhere
    with suppress(TimeoutError):  # it may have looked before the click, and left by itself
        page.locator("#rr-run").click(timeout=5000)
    expect(page.get_by_label("密码")).to_be_visible()
    sign_in(page, "hr", "wrong", "zh")
    expect(page.get_by_role("alert")).to_contain_text("不正确")
    open_signed_in(page, address, "zh")
    expect(page.locator("#rr-job textarea")).to_have_value("任职要求：熟悉 Rust")
    expect(page.locator("#rr-instruction textarea")).to_have_value("Prefer people who write documentation")
    expect(page.locator(".rr-pile li.document")).to_have_count(1)
    page.get_by_role("tab", name="粘贴文本").click()
    expect(page.locator("#rr-pasted textarea")).to_have_value("赵六，会计，十年经验。")
    page.get_by_role("tab", name="上传文件").click()
