"""The landing page offers the latest rankings: one click, and the list is back."""

import time
from dataclasses import replace

from playwright.sync_api import BrowserContext, ViewportSize, expect

from feedback.store.store import FILE_NAME, Store
from tests.browser.steps import App, visiting
from tests.feedback.stored import run_of


def test_a_recent_ranking_is_one_click_away(visitor: BrowserContext, embedded: App):
    store = Store(embedded.feedback / FILE_NAME)
    now = time.time()
    for number in range(6):
        run = run_of(f"职位名称：第 {number} 个岗位\n要求：Python", ["林知遥会 Python", "陈屿舟会 Java"], at=now + number)
        store.add_run(replace(run, rows=tuple(replace(row, input_position=row.rank) for row in run.rows)))  # nobody is number 0
    store.close()
    with visiting(visitor, embedded.address) as page:
        runs = page.locator("#rr-recent button")
        expect(runs).to_have_count(5)
        expect(runs.first).to_contain_text("第 5 个岗位")
        expect(runs.first).to_contain_text("2 份简历 · hr")
        expect(runs.first.locator("time")).to_contain_text("今天")
        page.set_viewport_size(ViewportSize(width=390, height=844))
        expect(runs.first).to_be_in_viewport(ratio=1)  # whoever comes with a phone comes to read them
        expect(runs.nth(3)).to_be_hidden()
        runs.nth(1).click()
        expect(page.locator(".rr-row")).to_have_count(2)
        page.locator("button.rr-row").first.click()
        expect(page.locator(".rr-panel")).to_be_visible()
        page.go_back()  # to the list, then to where lists are opened, and not out of the program
        expect(page.locator(".rr-panel")).to_have_count(0)
        page.go_back()
        expect(page.locator("#rr-history")).to_be_visible()
        page.go_forward()
        expect(page.locator("button.rr-row").first).to_be_visible()
        page.set_viewport_size(ViewportSize(width=1440, height=900))
        expect(page.locator("#rr-job textarea")).to_have_value("职位名称：第 4 个岗位\n要求：Python")
        expect(runs.first).to_be_hidden()
