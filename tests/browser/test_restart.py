"""The server is restarted under an open page: the page comes back by itself, with what was typed, the pile, the list and the run.

The servers run in this process, on one port and one store: to the page each is another one. tests/faults/test_killed.py kills a real one.
"""

import re
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from feedback.learning.groups import groups
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from settings import Settings
from tests.browser.steps import LOOK_OFTEN, App, own_port, sign_in, visiting
from tests.browser.test_run_in_work import SCORED
from tests.server.serving import PASSWORD, serving
from tests.service.desk import ready
from tests.ui.samples import WaitingEngine

say = texts("zh")

JOB = "任职要求：\n1. 熟悉 Python，三年以上经验\n2. 熟悉 Kubernetes"
COUNT = 6


@pytest.fixture
def pile(tmp_path: Path) -> list[Path]:
    """Return more resumes than the waiting engine scores."""
    paths = []
    for number in range(COUNT):
        duties = [f"负责第 {number * 31 + line} 号模块的开发与上线，用 Python 编写服务，接口平均耗时 {line} 毫秒。" for line in range(3)]
        paths.append(tmp_path / f"候选人{number:02d}.txt")
        paths[-1].write_text(f"候选人{number:02d}\n工作经历\n2018.03-2023.05 汀山科技 工程师\n" + "\n".join(duties), "utf-8")
    return paths


def fill_in(page: Page, pile: list[Path]) -> None:
    page.fill("#rr-job textarea", JOB)
    page.set_input_files("#rr-files input[type=file]", pile)
    expect(page.locator(".rr-pile-head")).to_contain_text(say("pile.count", count=COUNT))


def expect_all_there(page: Page) -> None:
    expect(page.locator("#rr-stop")).to_be_hidden()  # no run is in work; the other button may be out of sight
    expect(page.locator(".rr-row")).to_have_count(COUNT)
    expect(page.locator("#rr-job textarea")).to_have_value(JOB)
    expect(page.locator(".rr-pile-head")).to_contain_text(say("pile.count", count=COUNT))
    expect(page.locator(".rr-row .rr-pill").first).to_be_attached()  # out of sight where a candidate is open


def expect_no_english(page: Page) -> None:
    shown = page.locator(".toast-body:visible, .rr-lost:visible, .rr-message:visible").all_inner_texts()
    assert not [text for text in shown if re.search("[A-Za-z]{4,}", text)]


@pytest.mark.long
def test_a_run_goes_on_after_a_restart_and_an_idle_page_is_alive_after_another(visitor: BrowserContext, pile, tmp_path: Path):
    port, store, waiting = own_port(), Store(tmp_path / FILE_NAME), WaitingEngine(SCORED)
    with ExitStack() as first:
        client = first.enter_context(serving(Settings(), ready(waiting), store, port))
        with visiting(visitor, str(client.base_url), LOOK_OFTEN) as page:
            fill_in(page, pile)
            page.click("#rr-run")
            expect(page.locator(".rr-row").nth(2)).to_be_visible(timeout=60_000)
            assert page.locator("#rr-stop").is_visible(), "the run is in work"
            first.close()
            expect(page.locator(".rr-lost")).to_have_text(say("page.lost"))
            expect_no_english(page)
            with serving(Settings(), ready(), store, port):
                expect(page.locator(".rr-lost")).to_be_hidden()
                expect(page.locator(".rr-message")).to_contain_text(say("message.run_resumed_done"), timeout=60_000)
                expect_all_there(page)
            page.evaluate("window.isOfTheOldServer = true")
            with serving(Settings(), ready(), store, port) as client:
                page.locator(".rr-row").nth(1).click()  # if before the page knows, nothing is lost; if after, this opens the candidate
                page.wait_for_function("!window.isOfTheOldServer")  # it looks as it should before it has come back, too
                expect(page.locator(".rr-lost")).to_be_hidden()
                expect_all_there(page)
                assert "run" not in client.get("/alive").text
                row = page.locator(".rr-row").nth(2)
                row.click()
                expect(page.locator("#rr-detail .rr-panel")).to_have_attribute("data-number", str(row.get_attribute("data-select")))
                page.locator("input[data-reason]").fill("做过同类系统")
                page.click("#rr-detail [data-grade='2']")
                expect(page.locator("#rr-detail [data-grade='2']")).to_have_attribute("aria-pressed", "true")
                page.keyboard.press("Escape")
                page.click("#rr-run")
                expect(page.locator(".rr-summary")).to_contain_text(say("summary.count", count=COUNT), timeout=60_000)
                expect_no_english(page)
    waiting.go.set()
    labels = [label for group in groups(store, waiting.info.fingerprint) for candidate in group.candidates for label in candidate.labels]
    assert [(label.grade, label.reason) for label in labels] == [(2, "做过同类系统")], "what showed as saved was saved"
    store.close()


@pytest.mark.long
def test_with_sign_in_the_page_leads_to_the_form_and_back_to_what_it_showed(visitor: BrowserContext, pile, tmp_path: Path):
    """Nobody is signed in at the second server."""
    settings, port, store, engine = Settings(auth=f"hr:{PASSWORD}"), own_port(), Store(tmp_path / FILE_NAME), WaitingEngine(SCORED)
    with ExitStack() as first:
        client = first.enter_context(serving(settings, ready(engine), store, port))
        with visiting(visitor, str(client.base_url), LOOK_OFTEN) as page:
            sign_in(page, "hr", PASSWORD, "zh")
            fill_in(page, pile)
            page.click("#rr-run")
            expect(page.locator(".rr-row").nth(2)).to_be_visible(timeout=60_000)
            first.close()
            with serving(settings, ready(), store, port):
                expect(page.locator("[name=password]")).to_be_visible()
                sign_in(page, "hr", PASSWORD, "zh")
                expect_all_there(page)
    engine.go.set()


def test_a_page_of_an_earlier_process_is_refused_in_words(embedded: App):
    url = f"{embedded.address}/gradio_api/queue/join"
    answer = httpx.post(url, json={}, headers={"X-Reranker-Process": "0123456789abcdef"}, trust_env=False)
    assert answer.status_code == httpx.codes.CONFLICT and answer.json() == {"detail": say("refused.restarted")}
