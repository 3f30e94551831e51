"""Nobody's work is destroyed by one click: what a click replaced comes back with another, also after a reload."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.test_browser import browser, embedded, page, pytestmark  # noqa: F401  # fixtures and marks
from ui.texts import texts

say = texts("zh")
EXAMPLE_COUNT = 12
JOB = "任职要求：\n1. 熟悉 Python，三年以上经验"


def count(page: Page, number: int) -> None:  # noqa: F811
    expect(page.locator(".rr-pile-head")).to_contain_text(say("pile.count", count=number))


def own_files(folder: Path) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in ("林晓", "周叙白", "许朝暮")]
    for path in paths:
        path.write_text(f"{path.stem}\n熟悉 Python，负责平台开发，五年经验。", "utf-8")
    return paths


def test_the_example_the_clearing_and_a_removal_can_be_taken_back(page, tmp_path):  # noqa: F811
    page.fill("#rr-job textarea", JOB)
    page.set_input_files("#rr-files input[type=file]", own_files(tmp_path))
    count(page, 3)
    page.click("#rr-run")
    expect(page.locator(".rr-row .rr-pill").first).to_be_visible()
    expect(page.locator("#rr-run")).to_be_visible()
    first = page.locator(".rr-row .rr-name").all_inner_texts()

    page.click("#rr-example")
    count(page, EXAMPLE_COUNT)
    expect(page.locator(".rr-row")).to_have_count(0)
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.example_loaded"))
    page.reload()
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.example_loaded"))
    page.click(".rr-undo button")
    count(page, 3)
    expect(page.locator("#rr-job textarea")).to_have_value(JOB)
    assert page.locator(".rr-row .rr-name").all_inner_texts() == first
    expect(page.locator(".rr-undo")).to_have_count(0)

    page.click("#rr-pile [data-remove='all']")
    expect(page.locator(".rr-pile-head")).to_have_count(0)
    page.click(".rr-undo button")
    count(page, 3)
    page.locator("#rr-pile [data-remove='document']").first.click()
    count(page, 2)
    page.click(".rr-undo button")
    count(page, 3)


def test_own_files_take_the_place_of_the_examples(page, tmp_path):  # noqa: F811
    page.click("#rr-example")
    count(page, EXAMPLE_COUNT)
    expect(page.locator(".rr-undo")).to_have_count(0)  # nothing was there that could have been lost
    page.set_input_files("#rr-files input[type=file]", own_files(tmp_path))
    count(page, 3)
    expect(page.locator(".rr-undo")).to_contain_text(say("undo.examples_replaced"))
    page.click(".rr-undo button")
    count(page, EXAMPLE_COUNT)


def test_the_offer_goes_by_itself(page):  # noqa: F811
    page.fill("#rr-job textarea", JOB)
    page.click("#rr-example")
    expect(page.locator(".rr-undo")).to_be_visible()
    expect(page.locator(".rr-undo")).to_have_count(0)  # after its ten seconds
    expect(page.locator("#rr-job textarea")).not_to_have_value(JOB)


def test_stopping_keeps_a_list_that_can_be_labelled_and_found_again(page, tmp_path):  # noqa: F811
    paths = [tmp_path / f"{number}.txt" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(
            f"候选人{number}\n" + "\n".join(f"负责第 {number * 7 + line} 号服务的开发，用 Python 编写。" for line in range(12)), "utf-8"
        )
    page.fill("#rr-job textarea", JOB)
    page.set_input_files("#rr-files input[type=file]", paths)
    count(page, 40)
    page.click("#rr-run")
    expect(page.locator(".rr-row").first).to_be_visible()
    page.click("#rr-stop")
    expect(page.locator("#rr-run")).to_be_visible()
    expect(page.locator(".rr-summary.warn")).to_contain_text("已停止：完成")
    assert 0 < page.locator(".rr-row").count() < 40
    expect(page.locator(".rr-row .rr-pill").first).to_be_visible()  # with match points
    page.locator(".rr-list [data-grade='2']").first.click()
    expect(page.locator(".rr-list [data-grade='2']").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("tab", name=say("page.history_tab")).click()
    expect(page.locator("#rr-runs li").first).to_contain_text("熟悉 Python")
