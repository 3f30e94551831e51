"""One browser and one app with the embedded engine per test process; each test gets an empty store.

The browser keeps its cache between tests, so that a page loads twice as fast as on a machine that has never seen it. A test that kills
the app, signs in or damages something starts one of its own, and one that needs another model or other examples serves them from its own
process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from feedback.store.store import FILE_NAME
from tests.browser.steps import CHROMIUM, QUIET, App, visiting
from tests.server.process import app_process

expect.set_options(timeout=20_000)  # the machine may be busy with other things; what must be fast is held elsewhere


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked as a browser test."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of one person; each tab is a new visit."""
    yield from _person(browser)


@pytest.fixture(scope="package")
def colleague(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of another person."""
    yield from _person(browser)


def _person(browser: Browser) -> Iterator[BrowserContext]:
    options = {"viewport": {"width": 1440, "height": 900}, "accept_downloads": True, "locale": "zh-CN"}
    context = browser.new_context(**options, reduced_motion="reduce")  # drawing animations takes half of a core here
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(scope="package")
def embedded_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with the embedded engine, whatever its store has by now."""
    folder = tmp_path_factory.mktemp("embedded")
    feedback = folder / "feedback"
    with (
        (folder / "log").open("wb") as log,
        app_process(feedback, "--model", "embedded", "--max-files", "60", output=log) as (address, _),
        closing(sqlite3.connect(":memory:")) as empty,
    ):
        with closing(sqlite3.connect(feedback / FILE_NAME)) as store:
            store.backup(empty)
        yield App(address, feedback, empty)


@pytest.fixture
def embedded(embedded_process: App) -> App:
    """The app with the embedded engine and nothing in its store."""
    embedded_process.empty_store()
    return embedded_process


@pytest.fixture
def page(visitor: BrowserContext, embedded: App) -> Iterator[Page]:
    """A new tab on the embedded engine."""
    with visiting(visitor, embedded.address) as page:
        yield page
