"""What must stay in view stays there, on a laptop and on a phone, and nothing runs off the screen: measured after scrolling."""

import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, ViewportSize, expect

from feedback.store.recording import as_run
from feedback.store.store import FILE_NAME, Run, Store
from preprocess.document import Resume
from reranker.engine import Query
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Ranking, Row
from tests.browser.looks import axe_problems
from tests.browser.steps import App, open_tab, visiting
from tests.engines import FALLBACK
from tests.feedback.stored import id_of

LAPTOP, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
LANDSCAPE = ViewportSize(width=844, height=390)
NAMES = [
    "Chloe_Marchetti",
    "何砚青_Java后端",
    "陈屿舟_AI平台工程师",
    "Bartholomew_Featherstone",
    *(f"候选人{number}" for number in range(5, 7)),
]
REQUIREMENTS = (
    "Python Kubernetes MySQL Kafka Redis Go Docker Spark Flink Vue Linux Java React Hadoop Nginx Terraform Ansible Milvus PyTorch Rust"
).split()
JOB = "后端工程师\n任职要求：\n" + "\n".join(f"{number}. 熟悉 {asked}" for number, asked in enumerate(REQUIREMENTS, start=1))

ON_A_PHONE = pytest.mark.parametrize("ranked", [PHONE], ids=["phone"], indirect=True)
"""For what the same lines of the style sheets and scripts do on every screen, and is tightest on a small one."""

VISIBLE = """element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isUncovered = seen && (element.contains(seen) || seen.contains(element)); // between two lines of a mark lies what it is in
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && isUncovered;
}"""
"""Whether the whole of an element is on the screen and nothing lies over it."""

ARRIVED = "new Promise((arrived) => document.querySelector('.rr-text').addEventListener('scrollend', arrived, { once: true }))"
"""Comes when the text has stopped scrolling."""

FAULTS = """() => {
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
    const faults = [...document.querySelectorAll("#rr-header *, #rr-notice *, #rr-tabs *")]
        .filter((element) => isShown(element) && element.getBoundingClientRect().right > innerWidth + 0.5)
        .map((element) => `runs off the screen: ${element.tagName} ${element.className}`);
    for (const name of [...document.querySelectorAll(".rr-name")].filter(isShown)) {
        const texts = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[^_]+/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((line) => line.top)).size > 1) faults.push(`broken: ${word[0]}`);
        }
    }
    const wider = document.scrollingElement.scrollWidth - innerWidth;
    return wider > 0 ? [...faults, `the page is ${wider} px too wide`] : faults;
}"""
"""What runs off the screen, and which words of names stand on more than one line."""


@pytest.fixture(scope="module")
def page(visitor: BrowserContext, embedded_process: App) -> Iterator[Page]:
    """Yield a page with an earlier ranking, opened from the history, whose candidates each quote a line for every requirement."""
    with closing(Store(embedded_process.feedback / FILE_NAME)) as store:
        store.add_run(stored_run())
    with visiting(visitor, embedded_process.address) as page:
        open_tab(page, "历史")
        page.locator("#rr-runs [data-action=open]").first.click()
        expect(page.locator(".rr-row")).to_have_count(len(NAMES))
        yield page


def stored_run() -> Run:
    """Return a ranking of resumes that are longer than a screen."""
    filler = "参与业务系统的日常开发，与同事讨论需求，编写接口说明。\n" * 2
    work = "".join(f"{proof(asked)}\n{filler}" for asked in REQUIREMENTS)
    resumes = [Resume(id_of(name), f"{name}.txt", f"{name}\n工作经历\n{work}{filler * 5}") for name in NAMES]
    rows = [
        Row(rank, rank, resume.id, resume.name, -float(rank), None, {"logit": -float(rank)}, points(resume.text), (), model_rank=rank)
        for rank, resume in enumerate(resumes, start=1)
    ]
    return as_run(Ranking(tuple(rows), len(rows), finished=True), Query(JOB, ""), resumes, FALLBACK, at=time.time(), user="hr")


def proof(asked: str) -> str:
    return f"做过 {asked} 项目，上线后稳定运行。"


def points(text: str) -> tuple[MatchPoint, ...]:
    """Return a match point for each requirement, which quotes its line."""
    starts = {asked: text.index(proof(asked)) for asked in REQUIREMENTS}
    return tuple(
        MatchPoint(f"熟悉 {asked}", "must", "met", proof(asked), start, start + len(proof(asked)), 0.8) for asked, start in starts.items()
    )


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def ranked(page: Page, request: pytest.FixtureRequest) -> Page:
    """Return the page in one of the sizes, with the list alone, at its top."""
    page.set_viewport_size(LAPTOP)
    page.locator("#rr-tabs button[role=tab]:visible").first.click()
    if page.locator(".rr-pair").count():
        page.keyboard.press("Escape")
        expect(page.locator(".rr-pair")).to_have_count(0)
    if page.locator(".rr-panel").count():
        page.keyboard.press("Escape")
        expect(page.locator(".rr-panel")).to_have_count(0)
    page.set_viewport_size(request.param)
    page.evaluate("scrollTo(0, 0)")
    return page


def open_candidate(page: Page, index: int = 1) -> None:
    page.locator("button.rr-row").nth(index).click()
    expect(page.locator(".rr-panel")).to_be_visible()


def scroll_to_bottom(page: Page) -> None:
    page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
    page.wait_for_function("Math.ceil(scrollY + innerHeight) >= document.scrollingElement.scrollHeight")


def assert_in_view(page: Page, *selectors: str) -> None:
    """Wait until the first element of each selector is wholly on the screen: after a change of size the page takes a moment."""
    for selector in selectors:
        try:
            page.wait_for_function(f"(selector) => ({VISIBLE})(document.querySelector(selector))", arg=selector, timeout=5_000)
        except TimeoutError:
            raise AssertionError(f"{selector} is not in view") from None


def faults(page: Page) -> list[str]:
    """Return what is left of FAULTS when the page has settled."""
    with suppress(TimeoutError):
        page.wait_for_function(f"() => !({FAULTS})().length", timeout=5_000)
    return page.evaluate(FAULTS)


@pytest.mark.long
def test_the_run_button_is_in_view_wherever_the_page_is_scrolled(ranked: Page):
    assert_in_view(ranked, "#rr-run")
    ranked.evaluate("scrollTo(0, document.scrollingElement.scrollHeight / 2)")
    assert_in_view(ranked, "#rr-run")
    scroll_to_bottom(ranked)
    assert_in_view(ranked, "#rr-run")


def test_the_keyboard_is_never_under_the_run_button(ranked: Page):
    ranked.locator("button.rr-row").first.focus()
    stops = ("full", "partial", "none", "rr-status to_read", "tick", "rr-row")  # those of a row, and the first of the next
    for stop in (stops * len(NAMES))[:-2]:
        ranked.keyboard.press("Tab")
        assert ranked.evaluate("document.activeElement.className || Object.keys(document.activeElement.dataset)[0]") == stop
        if stop != "rr-row":  # which may be taller than the screen
            assert_in_view(ranked, ":focus")


@pytest.mark.long
def test_beside_an_open_candidate_everything_stays_in_view(ranked: Page):
    open_candidate(ranked)
    tools = [".rr-panel .rr-grades button.full", "[data-step='-1']", "[data-step='1']", "[data-close]"]
    beside = [".rr-panel .rr-text", ".rr-row[aria-current]"] if ranked.viewport_size == LAPTOP else []
    assert_in_view(ranked, *tools)
    ranked.locator(".rr-reqs li").last.scroll_into_view_if_needed()
    assert_in_view(ranked, *tools, *beside)
    scroll_to_bottom(ranked)
    assert_in_view(ranked, *tools, *beside)


@ON_A_PHONE
def test_in_landscape_the_bar_is_one_line_and_no_tool_lies_over_another(ranked: Page):
    ranked.set_viewport_size(LANDSCAPE)
    ranked.evaluate("document.querySelector('[data-list=sort]').scrollIntoView({ block: 'center' })")
    assert_in_view(ranked, "[data-list=sort]")
    open_candidate(ranked)
    assert_in_view(ranked, ".rr-panel .rr-grades button.full", ".rr-statuses .declined", "[data-close]")
    bar = ranked.locator(".rr-tools").bounding_box()
    assert bar and bar["width"] == LANDSCAPE["width"] and bar["height"] < LANDSCAPE["height"] / 5


@pytest.mark.long
@ON_A_PHONE
def test_a_jump_shows_the_line(ranked: Page):
    open_candidate(ranked)
    for jump in (ranked.locator(".rr-reqs [data-jump]").last, ranked.locator(".rr-reqs [data-jump]").first):
        jump.evaluate("jump => jump.scrollIntoView()")
        ranked.evaluate(f"() => {{ window.arrived = {ARRIVED}; }}")
        jump.click()
        ranked.evaluate("window.arrived")
        assert_in_view(ranked, "mark.seen")
        ranked.evaluate("document.querySelector('mark.seen').classList.remove('seen')")


@pytest.mark.long
@ON_A_PHONE
def test_whoever_closes_a_candidate_is_back_at_its_row(ranked: Page):
    open_candidate(ranked, len(NAMES) - 1)
    ranked.locator("[data-close]").click()
    expect(ranked.locator(".rr-panel")).to_have_count(0)
    expect(ranked.locator("button.rr-row").last).to_be_focused()
    expect(ranked.locator("button.rr-row").last.locator(".rr-name")).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_a_comparison_keeps_names_and_arrows_in_view(ranked: Page):
    open_candidate(ranked)
    ranked.locator("select[data-beside]").select_option(index=1)
    expect(ranked.locator(".rr-beside")).to_be_visible()
    ranked.locator(".rr-beside tbody tr").last.scroll_into_view_if_needed()
    scroll_to_bottom(ranked)
    assert_in_view(ranked, ".rr-beside thead .rr-name", ".rr-beside thead th:last-child .rr-name", "[data-step='1']", "[data-close]")
    cells = ranked.locator(".rr-beside td").evaluate_all("cells => cells.map((cell) => cell.clientWidth)")
    assert min(cells) > 150, "wide enough to read"
    ranked.keyboard.press("Escape")
    expect(ranked.locator(".rr-beside")).to_have_count(0)
    expect(ranked.locator(".rr-panel .rr-reqs")).to_be_visible()  # the candidate whom the comparison began with


@ON_A_PHONE
def test_no_view_runs_off_the_screen_or_breaks_a_name(ranked: Page):
    problems = {}

    def look(view: str) -> None:
        problems[view] = faults(ranked)

    look("list")
    ranked.locator(".rr-filter summary").click()
    expect(ranked.locator(".rr-filter-box")).to_be_visible()
    look("filter")
    ranked.locator(".rr-filter summary").click()
    open_candidate(ranked)
    look("candidate")
    ranked.locator("select[data-beside]").select_option(index=1)
    expect(ranked.locator(".rr-beside")).to_be_visible()
    look("comparison")
    for index, view in ((1, "feedback"), (2, "history"), (3, "data")):
        ranked.locator("#rr-tabs button[role=tab]:visible").nth(index).click()
        expect(ranked.locator(f"#rr-{view}")).to_be_visible()
        look(view)
    assert {view: view_faults for view, view_faults in problems.items() if view_faults} == {}


@pytest.mark.long
@pytest.mark.parametrize("ranked", [LAPTOP], ids=["laptop"], indirect=True)
def test_the_list_beside_an_open_candidate_is_clean_in_axe(ranked: Page):
    """docs/check_looks.py goes through every view, language, colour scheme and width."""
    open_candidate(ranked)
    assert axe_problems(ranked, "list and candidate") == []
