"""The page is worked with from the keyboard: rank, go down the list, label; the form folds away, and an old list says that it is old."""

from playwright.sync_api import BrowserContext, Page, expect

from i18n.texts import texts
from tests.browser.steps import App, visiting

say = texts("zh")

JOB = "任职要求：\n1. 熟悉 Python\n2. 有支付系统经验"
RESUMES = "\n---\n".join(
    f"候选人{number}\n工作经历\n2018.03-2023.05 汀山科技 工程师\n用 Python 写支付服务 {number} 年" for number in range(1, 4)
)


def pressed(page: Page, row: int) -> list[str]:
    """The labels of a row that are given."""
    buttons = page.locator("#rr-board .rr-list > li").nth(row).locator("[data-grade][aria-pressed=true]")
    return [button.get_attribute("data-grade") or "" for button in buttons.all()]


def test_ranking_labelling_and_going_on_need_no_mouse(visitor: BrowserContext, embedded: App):
    with visiting(visitor, embedded.address, folds=True) as page:
        page.get_by_role("tab", name=say("page.paste_tab")).click()
        page.fill("#rr-pasted textarea", RESUMES)
        page.fill("#rr-job textarea", JOB)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".rr-list.labelled .rr-row")).to_have_count(3)
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
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.locator("[data-unfold]")).to_be_visible()
        expect(page.locator("#rr-run")).to_be_hidden()  # which would lie over the list, under the thumb
