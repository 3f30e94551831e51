"""The connection is lost for a while: a click waits for it, or is said not to have been done; what was typed is never lost."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from i18n.texts import texts
from tests.browser.steps import LOOK_OFTEN, App, visiting
from tests.browser.test_handling import JOB, RESUMES

say = texts("zh")
OTHER_JOB = "面点师\n任职要求：\n1. 会做面包"


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("[data-lost]")).to_be_visible()


def test_clicks_and_words_outlive_a_lost_connection_and_a_reload(visitor: BrowserContext, embedded: App):
    with visiting(visitor, embedded.address, LOOK_OFTEN, folds=True) as page:
        page.get_by_role("tab", name=say("page.paste_tab")).click()
        page.fill("#rr-pasted textarea", RESUMES)
        page.fill("#rr-job textarea", JOB)
        page.click("#rr-run")
        expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)

        page.locator(".rr-row").first.click()
        note = page.locator("textarea[data-note]")
        go_offline(page)
        note.fill("周一再联系")
        page.click("[data-note-add]")
        expect(page.locator("[data-lost]")).to_have_text(say("page.lost_waiting"))
        page.context.set_offline(False)
        expect(page.locator(".rr-note-list li")).to_have_count(1)
        expect(note).to_have_value("")

        note.fill("还没写完")
        page.locator("input[data-reason]").fill("做过同类系统")
        page.reload()
        expect(note).to_have_value("还没写完")
        expect(page.locator("input[data-reason]")).to_have_value("做过同类系统")
        page.keyboard.press("Escape")

        page.click("[data-unfold]")
        page.fill("#rr-job textarea", OTHER_JOB)
        go_offline(page)
        page.click("#rr-run")
        expect(page.locator("[data-lost]")).to_have_text(re.compile(f"{say('page.lost_waiting')}|{say('page.lost_dropped')}"))
        expect(page.locator("#rr-form")).to_be_visible()
        page.context.set_offline(False)
        page.reload()  # as Gradio does where its stream was cut off
        expect(page.locator("[data-unsent]")).to_contain_text(say("page.unsent", name=say("page.run")))
        expect(page.locator("#rr-form")).to_be_visible()  # no run has begun
        expect(page.locator("#rr-job textarea")).to_have_value(OTHER_JOB)
        expect(page.locator(".rr-conditions > span")).not_to_contain_text("面点师")
        page.click("[data-again]")
        expect(page.locator(".rr-conditions > span")).to_contain_text("面点师")
        expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)
        assert page.evaluate("Object.keys(localStorage).every((key) => key === 'rr-form-stays')")
        assert page.evaluate("sessionStorage.getItem('rr-typed')") is None
