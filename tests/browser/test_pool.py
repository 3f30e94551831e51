"""The pool, private rankings and administrators as people meet them: three users of one server, each in a browser of their own.

Anna has ranked before; boss administers.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback.store.pool.facts import fill_facts
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from i18n.texts import texts
from preprocess.document import Document, Line
from preprocess.document import Page as DocumentPage
from preprocess.pipeline import prepare
from server.auth import accounts
from service.model import Model
from settings import Settings
from tests.browser.conftest import PERSON
from tests.browser.steps import names, open_data_tab, open_tab, rank, sign_in
from tests.encoder import JUDGE
from tests.feedback.stored import ENGINE
from tests.server.serving import PASSWORD, QUICK_HASHER, serving
from tests.ui.samples import CountingEngine

say = texts("zh")
PEOPLE = 35
USERS = ("anna", "ben", "boss")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a server with private rankings and a pool, in whose store Anna's ranking of 35 people lies."""
    folder = tmp_path_factory.mktemp("pool")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", QUICK_HASHER)
        for user in USERS:
            accounts.write_user(folder / "users", user, PASSWORD, is_admin=user == "boss")
    store, model = Store(folder / FILE_NAME), Model()
    model.ready(CountingEngine(), JUDGE)
    written = [
        f"{'林周许陈'[number % 4]}{'晓白'[number % 2]}{chr(0x4E00 + 7 * number)}\n电话：1390000{number:04d}\n"
        f"现居：{'杭州' if number % 2 else '上海'}\n2016.07-2024.07 青梧科技 工程师\n熟悉 {'Java' if number % 5 else 'Kafka'}"
        for number in range(PEOPLE)
    ]
    resumes = [
        prepare(Document(f"候选{n}.pdf", "pdf", (DocumentPage(tuple(map(Line, text.split("\n")))),))) for n, text in enumerate(written)
    ]
    rows = tuple(
        RunRow(resume.id, resume.name, resume.text, index, index, {"logit": -float(index)}, {"notes": []}, resume.person)
        for index, resume in enumerate(resumes, start=1)
    )
    store.add_run(Run("职位名称：秘密岗位\n熟悉 Java", "", {}, ENGINE, 0, "anna", time.time() - 86_400, rows))
    fill_facts(store, PEOPLE)
    settings = Settings(users=str(folder / "users"), private_runs=True, pool_days=30, pool_purpose="招聘", max_files=50)
    with serving(settings, model, store) as client:
        yield str(client.base_url)


@contextmanager
def signed_in(browser: Browser, address: str, user: str) -> Iterator[Page]:
    context = browser.new_context(**PERSON)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.add_init_script("try { localStorage.setItem('rr-form-stays', '1') } catch {}")
    page.goto(address)
    sign_in(page, user, PASSWORD, "zh")
    expect(page.locator(".rr-empty")).to_be_visible(timeout=60_000)  # nothing is cached
    page.wait_for_function("sessionStorage.getItem('rr-tab')")
    try:
        yield page
    finally:
        context.close()


@pytest.mark.long
def test_people_are_chosen_from_the_pool_by_words_page_and_blindly_and_are_ranked(browser: Browser, address: str):
    with signed_in(browser, address, "anna") as page:
        dialog = page.locator("dialog.rr-pool")
        rows, boxes = dialog.locator("li"), dialog.locator("li input")
        page.locator("#rr-pool-open").click()
        expect(dialog.locator(".rr-pool-said")).to_contain_text(say("pool.found", count=PEOPLE))
        expect(dialog.locator(".rr-pool-terms")).to_contain_text("招聘")
        expect(rows).to_have_count(30)
        boxes.first.check()
        dialog.locator("[data-pool-page='1']").click()
        expect(rows).to_have_count(PEOPLE - 30)
        boxes.last.check()
        dialog.locator("[data-find=words]").fill("kafka")
        expect(rows).to_have_count(7)
        dialog.locator("[data-find=city]").fill("杭州")
        expect(rows).to_have_count(3)
        boxes.first.check()
        expect(dialog.locator("[data-pool-count]")).to_have_text(say("pool.ticked", count=3))
        dialog.locator("[data-pool-add]").click()
        expect(dialog).to_be_hidden()
        expect(page.locator(".rr-pile li")).to_have_count(3)
        expect(page.locator(".rr-message")).to_have_text(say("message.pool_added", count=3))

        page.locator("#rr-advanced > button").click()
        page.locator("#rr-blind input").check()
        expect(page.locator(".rr-pile li").first).to_contain_text(say("blind.name", letter="A"))
        page.locator("#rr-pool-open").click()
        expect(rows).to_have_count(7)  # what was searched for stands there, but for the city
        expect(dialog.locator("[data-find=city]")).to_be_hidden()
        expect(boxes.and_(page.locator(":disabled"))).to_have_count(2)
        expect(rows.first.locator("b")).to_have_text(say("blind.name", letter="A"))
        dialog.locator("[data-pool-all]").click()
        expect(page.locator(".rr-pile li")).to_have_count(8)
        page.locator("#rr-blind input").uncheck()
        page.locator("#rr-job textarea").fill("任职要求：\n熟悉 Java")
        rank(page)
        assert len(names(page)) == 8
        page.locator("button.rr-row").first.click()
        expect(page.locator("#rr-detail")).to_contain_text(say("notes.from_pool", before="").strip())
        page.reload()
        expect(page.locator(".rr-pile li")).to_have_count(8)


@pytest.mark.long
def test_a_colleague_sees_nothing_of_it_and_forging_an_administrators_click_changes_nothing(browser: Browser, address: str):
    with signed_in(browser, address, "ben") as page:
        expect(page.locator("#rr-recent [data-run]")).to_have_count(0)
        page.locator("#rr-pool-open").click()
        expect(page.locator("dialog .rr-pool-nobody")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog.rr-pool")).to_be_hidden()
        open_tab(page, say("page.history_tab"))
        expect(page.locator("#rr-runs")).to_contain_text(say("history.empty"))
        open_data_tab(page)
        expect(page.locator("#rr-people-search")).to_be_hidden()
        assert "秘密岗位" not in page.content() and "anna" not in page.content()

        expect(page.locator("#rr-title p").first).not_to_contain_text(say("page.admin"))
        expect(page.locator("#rr-sweep")).to_be_hidden()
        expect(page.locator("#rr-audit-export")).to_be_hidden()
        page.evaluate("document.querySelectorAll('[data-no-admin]').forEach((mark) => mark.removeAttribute('data-no-admin'))")
        page.locator("#rr-sweep").click()
        expect(page.locator("#rr-people")).to_have_text(say("message.admins_only"))


@pytest.mark.long
def test_an_administrator_sees_the_log_and_clears_up(browser: Browser, address: str):
    with signed_in(browser, address, "boss") as page:
        expect(page.locator("#rr-title p").first).to_contain_text(say("page.admin"))
        open_data_tab(page)
        expect(page.locator("#rr-audit")).to_contain_text(say("event.ranked"))
        expect(page.locator("#rr-audit")).not_to_contain_text(say("event.retention"))
        page.locator("#rr-sweep").click()
        expect(page.locator("#rr-audit")).to_contain_text(say("event.retention"))
        open_tab(page, say("page.feedback_tab"))
        expect(page.locator("#rr-learn")).to_be_visible()
