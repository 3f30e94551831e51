"""How the page holds up for everyone: axe-core in both languages, light and dark, at three widths; nothing scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from preprocess.read import read_document
from tests.test_browser import EXAMPLES, browser, pytestmark, running, upload  # noqa: F401  # a fixture and the marks of this module, too
from tests.test_browser import rank as press_rank

LOOKS = [("zh", "light", 1440), ("en", "dark", 1024), ("zh", "dark", 768)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running("--model", "embedded") as address:
        yield address


def faults(page: Page) -> list[str]:
    """What axe-core finds, a line per element."""
    page.wait_for_timeout(300)  # colours fade in
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} — {node['failureSummary'][-200:]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_every_view_is_clean_in_axe_and_fits_its_width(browser: Browser, address: str, language: str, scheme: str, width: int):  # noqa: F811
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    page.goto(address)
    expect(page.locator(".rr-empty")).to_be_visible()
    page.wait_for_function("sessionStorage.getItem('rr-tab')")  # the page has come alive
    page.locator(f"#rr-language input[value={language}]").check(force=True)
    expect(page.locator("#rr-run")).to_have_text({"zh": "重排序", "en": "Rank"}[language])
    seen = {"empty": faults(page)}
    job, *resumes = sorted((EXAMPLES / language).iterdir(), key=lambda path: not path.name.startswith("JD_"))
    page.locator("#rr-job textarea").fill("".join(line.text + "\n" for line in read_document(job.read_bytes(), job.name).pages[0].lines))
    upload(page, *resumes[:4])
    press_rank(page)
    page.locator("#rr-advanced > button").click()
    seen["ranked"] = faults(page)
    page.locator("button.rr-row").first.click()
    expect(page.locator(".rr-panel")).to_be_visible()
    seen["opened"] = faults(page)
    page.locator("select[data-beside]").select_option(index=1)
    expect(page.locator(".rr-beside")).to_be_visible()
    seen["beside"] = faults(page)
    page.keyboard.press("Escape")
    for place, name in ((1, "feedback"), (2, "history"), (3, "data")):
        page.locator("#rr-tabs button[role=tab]:visible").nth(place).click()
        expect(page.locator(f"#rr-{name}")).to_be_visible()
        seen[name] = faults(page)
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    problems = [f"{view}: {fault}" for view, found in seen.items() for fault in found]
    assert not problems, "\n".join(problems)
    assert sideways <= 0
