"""Share one browser and one app with the embedded engine per test process; each test gets an empty store.

The browser keeps its cache between tests, so that a page loads twice as fast as on a machine that has never seen it. A test that kills
the app, signs in or damages something starts one of its own, and one that needs another model or other examples serves them from its own
process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from feedback.store.store import FILE_NAME
from tests.browser.steps import CHROMIUM, QUIET, App, visiting
from tests.server.process import app_process

PERSON: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "accept_downloads": True,
    "locale": "zh-CN",
    "device_scale_factor": 0.5,  # so is drawing each point of it
    "reduced_motion": "reduce",  # drawing animations takes half of a core here
}

expect.set_options(timeout=20_000)  # the machine may be busy with other things; what must be fast is held elsewhere


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Yield the library that drives Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield a headless Chromium that remembers nothing between contexts: only for what needs one, since `visitor` costs half as much."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def visitor(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Yield the browser of one person; each tab is a new visit.

    Its profile lies on the disk, where Chromium keeps compiled scripts, and one process draws all its tabs: a page costs half as much.
    """
    profile, one_process = tmp_path_factory.mktemp("profile"), ["--renderer-process-limit=1", "--process-per-site"]
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*QUIET.split(), *one_process], **PERSON
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(scope="package")
def colleague(visitor: BrowserContext) -> BrowserContext:
    """Return the browser in which another person opens tabs. Without sign-in the server tells people apart by nothing but their tabs, so
    that a second browser, which costs 5 seconds of processor time, would show it nothing else.
    """
    return visitor


@pytest.fixture(scope="package")
def embedded_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Yield the app with the embedded engine, whatever its store has by now."""
    folder = tmp_path_factory.mktemp("embedded")
    feedback = folder / "feedback"
    with (
        (folder / "log").open("wb") as log,
        app_process(feedback, "--model", "embedded", "--max-files", "60", "--keep-files", output=log) as (address, _),
        closing(sqlite3.connect(":memory:")) as empty,
    ):
        with closing(sqlite3.connect(feedback / FILE_NAME)) as store:
            store.backup(empty)
        yield App(address, feedback, empty)


@pytest.fixture
def embedded(embedded_process: App) -> App:
    """Return the app with the embedded engine and nothing in its store."""
    embedded_process.empty_store()
    return embedded_process


@pytest.fixture
def page(visitor: BrowserContext, embedded: App) -> Iterator[Page]:
    """Yield a new tab on the embedded engine."""
    with visiting(visitor, embedded.address) as page:
        yield page
