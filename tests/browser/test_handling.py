"""One person at work on a list: from the keyboard, with a form that folds away, and through a connection that is lost for a while.

Without a connection a click waits for it, or is said not to have been done; what was typed is never lost.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, ViewportSize, expect

from i18n.texts import texts
from tests.browser.steps import LOOK_OFTEN, App, visiting

say = texts("zh")

JOB = "后端工程师\n任职要求：\n1. 熟悉 Python\n2. 有支付系统经验"
RESUMES = "\n---\n".join(
    f"候选人{number}\n工作经历\n2018.03-2023.05 汀山科技 工程师\n用 Python 写支付服务 {number} 年" for number in range(1, 4)
)
OTHER_JOB = "面点师\n任职要求：\n1. 会做面包"
ALIVE = re.compile("/alive$")
WIDE, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@pytest.fixture(scope="module")
def page(visitor: BrowserContext, embedded_process: App) -> Iterator[Page]:
    """Yield a tab that ranked three people without a mouse, and hears of news at once."""
    with visiting(visitor, embedded_process.address, LOOK_OFTEN, folds=True) as page:
        page.get_by_role("tab", name=say("page.paste_tab")).click()
        page.fill("#rr-pasted textarea", RESUMES)
        page.fill("#rr-job textarea", JOB)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)
        yield page


def pressed(page: Page, row: int) -> list[str]:
    """Return the labels of a row that are given."""
    buttons = page.locator("#rr-board .rr-list > li").nth(row).locator("[data-grade][aria-pressed=true]")
    return [button.get_attribute("data-grade") or "" for button in buttons.all()]


@pytest.mark.long
def test_ranking_labelling_and_going_on_need_no_mouse(page: Page):
    expect(page.locator("#rr-form")).to_be_hidden()
    expect(page.locator(".rr-stale")).to_have_count(0)

    page.locator(".rr-row").first.focus()
    page.keyboard.press("j")
    expect(page.locator(".rr-row").nth(1)).to_be_focused()
    page.keyboard.press("2")
    expect(page.locator("#rr-board .rr-list > li").nth(1).locator("[data-grade='1']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".rr-row").nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#rr-detail .rr-panel")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("#rr-detail .rr-panel [data-grade='1']")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    expect(page.locator(".rr-keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".rr-keys")).to_be_hidden()
    page.evaluate("document.querySelector('.rr-board').dataset.old = 1")
    page.locator("input[data-reason]").press("Control+Enter")
    page.fill("textarea[data-note]", "周五面谈")
    page.keyboard.press("Escape")  # leaves the note, and neither the list of keys nor this has closed the candidate
    expect(page.locator("textarea[data-note]")).not_to_be_focused()
    expect(page.locator("textarea[data-note]")).to_have_value("周五面谈")
    page.focus("textarea[data-note]")
    page.keyboard.press("Control+Enter")  # adds the note
    expect(page.locator(".rr-note-list li p")).to_have_text("周五面谈")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-note-delete]")
    expect(page.locator(".rr-note-list li")).to_have_count(0)
    expect(page.locator(".rr-board[data-old]")).to_have_count(1)  # neither has ranked anew
    page.keyboard.press("Escape")
    assert [pressed(page, row) for row in range(3)] == [[], ["1"], []]

    page.keyboard.press("?")
    expect(page.locator(".rr-keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".rr-keys")).to_be_hidden()

    page.click("[data-unfold]")
    expect(page.locator("#rr-form")).to_be_visible()
    page.fill("#rr-job textarea", JOB + "\n3. 熟悉 Kubernetes")
    page.locator("#rr-job textarea").blur()
    expect(page.locator(".rr-stale")).to_contain_text(say("conditions.job"))
    page.click("[data-rank]")
    expect(page.locator(".rr-stale")).to_have_count(0)  # the run has begun
    expect(page.locator("[data-stop]")).to_have_count(0)  # and ended
    expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)

    label = page.locator("#rr-board .rr-list > li").nth(2).locator("[data-grade='0']")
    label.click()
    expect(label).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")  # opens, and does not take the label back
    expect(page.locator("#rr-detail .rr-panel [data-grade='0']")).to_have_attribute("aria-pressed", "true")
    expect(label).to_be_visible()  # beside the open candidate too
    page.keyboard.press("Escape")
    expect(page.locator("#rr-run")).to_be_hidden()
    page.set_viewport_size(PHONE)
    expect(page.locator("[data-unfold]")).to_be_visible()
    expect(page.locator("#rr-run")).to_be_hidden()  # which would lie over the list, under the thumb
    page.set_viewport_size(WIDE)


def go_offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator(".rr-lost")).to_be_visible()


@pytest.mark.long
def test_clicks_and_words_outlive_a_lost_connection_and_a_reload(page: Page):
    page.locator(".rr-row").first.click()
    note = page.locator("textarea[data-note]")
    expect(note).to_be_visible()
    go_offline(page)
    note.fill("周一再联系")
    page.click("[data-note-add]")
    expect(page.locator(".rr-lost")).to_have_text(say("page.lost_waiting"))
    page.context.set_offline(False)
    expect(page.locator(".rr-note-list li")).to_have_count(1)
    expect(note).to_have_value("")
    for answer in (Dialog.dismiss, Dialog.accept):  # a slip of the hand destroys no note
        page.once("dialog", answer)
        page.click("[data-note-delete]")
    expect(page.locator(".rr-note-list li")).to_have_count(0)

    note.fill("还没写完")
    page.locator("input[data-reason]").fill("做过同类系统")
    page.reload()
    expect(note).to_have_value("还没写完")
    expect(page.locator("input[data-reason]")).to_have_value("做过同类系统")
    page.click("[data-step='1']")  # to somebody about whom nothing was typed
    second = page.locator(".rr-row").nth(1).get_attribute("data-select")
    expect(page.locator(".rr-panel")).to_have_attribute("data-number", str(second))
    expect(note).to_have_value("")
    expect(page.locator("input[data-reason]")).to_have_value("")
    page.click("[data-step='-1']")
    expect(note).to_have_value("还没写完")
    page.keyboard.press("Escape")

    page.click("[data-unfold]")
    page.fill("#rr-job textarea", OTHER_JOB)
    go_offline(page)
    page.click("#rr-run")
    expect(page.locator(".rr-lost")).to_have_text(re.compile(f"{say('page.lost_waiting')}|{say('page.lost_dropped')}"))
    expect(page.locator("#rr-form")).to_be_visible()
    page.route(ALIVE, lambda route: route.abort())  # the page still believes that it is lost, and sends nothing
    page.context.set_offline(False)
    page.reload()  # as Gradio does where its stream was cut off
    page.unroute(ALIVE)
    expect(page.locator("[data-unsent]")).to_contain_text(say("page.unsent", name=say("page.run")))
    expect(page.locator("#rr-form")).to_be_visible()  # no run has begun
    expect(page.locator("#rr-job textarea")).to_have_value(OTHER_JOB)
    expect(page.locator(".rr-conditions > span")).not_to_contain_text("面点师")
    page.click("[data-again]")
    expect(page.locator(".rr-conditions > span")).to_contain_text("面点师")
    expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)
    assert page.evaluate("Object.keys(localStorage).every((key) => key === 'rr-form-stays')")
    assert page.evaluate("sessionStorage.getItem('rr-typed')") is None
