"""Two people at one list: one ticks two and sets their status, the other's page shows it without a click, and a note too."""

import csv
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from tests.browser.steps import LOOK_OFTEN, App, open_tab, visiting
from tests.ui.test_selection import stored

say, say_english = texts("zh"), texts("en")


@pytest.fixture
def pages(visitor: BrowserContext, colleague: BrowserContext, embedded: App) -> Iterator[tuple[Page, Page]]:
    """Yield two people who opened the same earlier ranking of four."""
    with closing(Store(embedded.feedback / FILE_NAME)) as store:
        stored(store, "招聘JD", "a", "b", "c", "d")
    with visiting(visitor, embedded.address) as own_page, visiting(colleague, embedded.address, LOOK_OFTEN) as colleague_page:
        for page in (own_page, colleague_page):
            open_tab(page, say("page.history_tab"))
            page.locator("#rr-runs [data-action=open]").click()
            expect(page.locator("select.rr-status")).to_have_count(4)
        yield own_page, colleague_page


@pytest.mark.long
def test_two_are_ticked_and_set_to_interview_and_a_colleague_sees_it_and_a_note_while_typing(pages: tuple[Page, Page]):
    own_page, colleague_page = pages
    colleague_page.locator("button.rr-row").first.click()
    draft = colleague_page.locator("textarea[data-note]")
    draft.fill("还在写")

    bar, boxes = own_page.locator(".rr-selection"), own_page.locator("input[data-tick]")
    expect(bar).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(bar.locator("[data-count]")).to_have_text(say("desk.ticked", count=3))
    boxes.nth(2).click()
    expect(bar.locator("[data-act=compare]")).to_be_enabled()
    bar.locator("[data-act=status][data-value=interview]").click()
    for page in pages:
        expect(page.locator("select.rr-status.interview")).to_have_count(2)
    expect(colleague_page.locator("#rr-saved")).to_have_text(say("desk.changed_elsewhere", count=2))
    expect(colleague_page.locator(".rr-panel .rr-statuses .interview")).to_have_attribute("aria-pressed", "true")
    expect(boxes.nth(0)).to_be_checked()

    own_page.locator("button.rr-row").first.click()
    own_page.locator("textarea[data-note]").fill("周三下午面试")
    own_page.locator("[data-note-add]").click()
    for page in pages:
        expect(page.locator(".rr-note-list p")).to_have_text("周三下午面试")
    expect(own_page.locator("textarea[data-note]")).to_have_value("")
    expect(draft).to_have_value("还在写")
    expect(draft).to_be_focused()

    own_page.locator("[data-close]").click()
    own_page.locator("select.rr-status").nth(1).select_option("declined")
    expect(colleague_page.locator("select.rr-status.declined")).to_have_count(1)
    expect(colleague_page.locator("select.rr-status").nth(1)).to_have_value("declined")

    with own_page.expect_download() as saved:
        bar.locator("[data-act=csv]").click()
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert [line[say("export.status")] for line in csv.DictReader(file)] == [say("desk.interview"), say("desk.declined")]

    own_page.locator("#rr-language input[value=en]").check(force=True)  # draws the whole list anew
    expect(bar.locator("[data-count]")).to_have_text(say_english("desk.ticked", count=2))
    expect(boxes.nth(1)).to_be_checked()
    bar.locator("[data-clear]").click()
    expect(bar).to_be_hidden()
    own_page.reload()
    boxes.nth(1).click()
    expect(bar.locator("[data-count]")).to_have_text(say_english("desk.ticked", count=1))
