"""The page as a person uses it: a real Chromium against the real process, with the embedded engine and with the Qwen3 path."""

import csv
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.server.serving import PASSWORD
from ui.texts import texts

expect.set_options(timeout=20_000)  # the machine may be busy with other things; what must be fast is held elsewhere
ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
CHINESE = EXAMPLES / "zh"
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@contextmanager
def running(*flags: str, wait_for_model: bool = True) -> Iterator[str]:
    """The app on a free port; yields its address."""
    with tempfile.TemporaryDirectory() as feedback, serving(Path(feedback), *flags, wait_for_model=wait_for_model) as (address, _):
        yield address


@contextmanager
def serving(feedback: Path, *flags: str, wait_for_model: bool = True) -> Iterator[tuple[str, subprocess.Popen]]:
    """The app on a free port with this folder of feedback; yields its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port), "--feedback", str(feedback), *flags]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment())
    address = f"http://127.0.0.1:{port}"
    try:
        _until_healthy(process, address, wait_for_model)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("RERANKER_") or name == "RERANKER_FEEDBACK"} | {
        "HF_HUB_OFFLINE": "1"
    }


def _until_healthy(process: subprocess.Popen, address: str, wait_for_model: bool) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if not wait_for_model or b"ready" in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("the app did not come up")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def embedded() -> Iterator[str]:
    with running("--model", "embedded", "--max-files", "60") as address:
        yield address


@pytest.fixture
def page(browser: Browser, embedded: str) -> Iterator[Page]:
    """A new tab of a new visitor. Fails if the page asks anything of another machine, or runs into an error of JavaScript."""
    with visiting(browser, embedded) as page:
        yield page


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    elsewhere, errors = [], []
    page.on("request", lambda request: None if _is_local(request.url, address) else elsewhere.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert elsewhere == []
    assert errors == []


def _is_local(url: str, address: str) -> bool:
    return url.startswith((address, "data:", f"blob:{address}"))


def upload(page: Page, *files: Path) -> None:
    page.locator("#rr-files input[type=file]").set_input_files(list(files))
    expect(page.locator(".rr-pile li")).to_have_count(len(files))
    expect(page.locator("#rr-run")).to_be_visible()


def upload_job(page: Page, job: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="上传JD").click()
    chooser.value.set_files(job)


def rank(page: Page) -> None:
    page.evaluate("document.querySelector('.rr-board').dataset.old = 1")  # a new list replaces it
    page.locator("#rr-run").click()
    expect(page.locator(".rr-board[data-old]")).to_have_count(0)
    expect(page.locator(".rr-summary")).to_be_visible(timeout=60_000)


def names(page: Page) -> list[str]:
    return page.locator(".rr-row .rr-name").all_inner_texts()


def test_upload_rank_read_and_export(page: Page, tmp_path: Path):
    (job,) = CHINESE.glob("JD_*")
    resumes = sorted(path for path in CHINESE.iterdir() if path != job)[:5]
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
    moves = page.locator(".rr-move").all_inner_texts()
    assert sorted(int(move.split(" →")[0]) for move in moves) == list(range(1, len(resumes) + 1))

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
    listed = [row[2] for row in workbook["结果"].iter_rows(min_row=2, values_only=True)]
    assert listed == names(page)
    lines = list(csv.reader(download(page, "#rr-csv", tmp_path / "out.csv").open(encoding="utf-8-sig", newline="")))
    assert [line[2] for line in lines[1:]] == names(page)


def download(page: Page, button: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(button).click()
    assert waiting.value.suggested_filename.endswith(path.suffix)
    waiting.value.save_as(path)
    return path


def test_language_template_and_batch_size(page: Page):
    page.locator("#rr-job textarea").fill("任职要求：\n1. 熟悉 Python\n2. 有大模型应用经验")
    upload(page, *sorted(path for path in CHINESE.iterdir() if not path.name.startswith("JD_"))[:5])
    instruction = page.locator("#rr-instruction textarea")
    expect(instruction).to_have_value(re.compile("technical requirements"))
    page.locator("#rr-saved-instruction input").click()
    page.get_by_role("option", name="管理岗评估").click()
    expect(instruction).to_have_value(re.compile("people management"))
    instruction.fill("Prefer candidates who write documentation")
    expect(page.locator("#rr-saved-instruction input")).to_have_value("自己写")

    page.locator("#rr-advanced > button").click()
    page.locator("#rr-batch-size input[type=number]").fill("2")
    rank(page)
    expect(page.locator(".rr-row")).to_have_count(5)

    # What is on the page already follows a switch of language, and nothing Chinese is left but what people wrote.
    before = names(page)
    page.locator("#rr-language").get_by_text("English").click()
    expect(page.locator("#rr-run")).to_have_text("Rank")
    expect(page.locator(".rr-notice")).to_contain_text("not Qwen3-Reranker")
    expect(page.locator(".rr-head")).to_contain_text("Key match points")
    assert names(page) == before
    assert "ranked" in page.locator(".rr-summary").inner_text()
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


def test_two_visitors_do_not_see_each_other(browser: Browser, embedded: str, tmp_path: Path):
    resume = tmp_path / "只属于甲.txt"
    resume.write_text("甲，熟悉 Python 后端开发。", "utf-8")
    with visiting(browser, embedded) as first, visiting(browser, embedded) as second:
        first.locator("#rr-job textarea").fill("熟悉 Python")
        upload(first, resume)
        rank(first)
        second.locator("#rr-language").get_by_text("English").click()
        expect(second.locator("#rr-run")).to_have_text("Rank")
        assert second.locator(".rr-pile li").count() == 0
        assert names(first) == ["只属于甲.txt"]
        expect(first.locator("#rr-run")).to_have_text("重排序")


def test_the_real_model_path_with_login(browser: Browser, tiny_checkpoint: Path):
    with running("--model", str(tiny_checkpoint), "--auth", "hr:密码", "--language", "en") as address, visiting(browser, address) as page:
        sign_in(page, "hr", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("wrong")
        sign_in(page, "hr", "密码")
        page.locator("#rr-job textarea").fill("Requirements:\n- 3 years of backend development in Go or Java")
        upload(page, *sorted(path for path in (EXAMPLES / "en").iterdir() if not path.name.startswith("JD_"))[:3])
        rank(page)
        assert page.locator(".rr-notice").count() == 0
        assert set(page.locator(".rr-match b").all_inner_texts()) <= {"High", "Medium", "Low"}
        hints = [band.get_attribute("title") or "" for band in page.locator(".rr-band").all()]
        assert len(hints) == 3
        assert all(hint.endswith("%") for hint in hints)


def sign_in(page: Page, user: str, password: str, language: str = "en") -> None:
    words = texts(language)
    page.get_by_label(words("login.user")).fill(user)
    page.get_by_label(words("login.password")).fill(password)
    page.get_by_role("button", name=words("login.button")).click()


def open_signed_in(page: Page, address: str, language: str = "en") -> None:
    """The page of a server whose user "hr" has the usual password of the tests, in its language."""
    page.goto(address)
    sign_in(page, "hr", PASSWORD, language)
    expect(page.locator("#rr-run")).to_be_visible()


def test_a_running_list_can_be_stopped(page: Page, tmp_path: Path):
    page.locator("#rr-job textarea").fill("任职要求：\n熟悉 Python 后端开发\n熟悉 Kubernetes\n熟悉 MySQL")
    page.get_by_role("tab", name="粘贴文本").click()
    heads = [f"候选人{number}：\n候选人第 {number} 号。" + f"负责第 {number} 个 Python 平台的开发与维护。" * 60 for number in range(1, 41)]
    page.locator("#rr-pasted textarea").fill("\n".join(heads))
    page.locator("#rr-run").click()
    page.locator(".rr-row").first.wait_for()
    page.locator("#rr-stop").click()
    expect(page.locator("#rr-run")).to_be_visible()
    expect(page.locator(".rr-summary")).to_contain_text("已停止")
    assert page.locator(".rr-row").count() > 0


@pytest.mark.parametrize(
    ("flags", "said", "code"),
    [
        (["--port", "99999"], "--port", 2),
        (["--model", "/nowhere/at/all"], "no such folder", 1),
    ],
)
def test_what_cannot_work_ends_with_one_clear_line(flags, said, code):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    result = subprocess.run(
        [sys.executable, "app.py", "--host", "127.0.0.1", "--port", port, *flags],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env=_environment(),
    )
    assert result.returncode == code
    assert said in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


def test_a_busy_port_is_told_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, env=_environment())
    assert result.returncode == 1
    assert f"127.0.0.1:{port}" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_nothing_of_the_uploads_stays_when_the_app_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with running("--model", "embedded", wait_for_model=False):
        assert list(tmp_path.glob("reranker-*")), "the folder of uploads, while it runs"
    assert list(tmp_path.glob("reranker-*")) == []
