"""Do what a person does in a tab, step by step, each until the page shows that it is done."""

import os
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from feedback.store.store import FILE_NAME
from i18n.chosen import LANGUAGE_COOKIE
from i18n.texts import texts
from tests.server.process import ROOT
from tests.server.serving import PASSWORD

EXAMPLES = ROOT / "examples"
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)

_CONNECTION = (ROOT / "server" / "connection.js").read_text("utf-8")
(_LOOK_MS,) = re.findall(r"\bLOOK_MS = (\d+)", _CONNECTION)


@cache
def own_port() -> int:
    """Return a port for the servers of this process: of a page at an address that it knows, Chromium has the compiled scripts.

    The system gives ports above 32,767 to connections of other programs.
    """
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def _looking_every(ms: int) -> str:
    """Return a script that, run before the page's own, changes how often the page asks the server for news."""
    return f"const timeout = setTimeout; window.setTimeout = (work, ms, ...args) => timeout(work, ms === {_LOOK_MS} ? {ms} : ms, ...args);"


LOOK_OFTEN, LOOK_ONCE = _looking_every(300), _looking_every(600_000)
"""Nobody has to wait for news; and: after it was loaded a page hears no news, and is as old as can be when something is clicked in it."""


@dataclass(frozen=True)
class App:
    """A running app, and its store as it was at the start."""

    address: str
    feedback: Path
    empty: sqlite3.Connection

    def empty_store(self) -> None:
        """Put the store back to what it was, under the running app: to SQLite this is a transaction like any other."""
        with closing(sqlite3.connect(self.feedback / FILE_NAME, timeout=30)) as store:
            self.empty.backup(store)
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def stored_bytes(self) -> bytes:
        """Return all that lies in the folder of feedback."""
        data = b"".join(path.read_bytes() for path in self.feedback.rglob("*") if path.is_file())
        assert b"SQLite format 3" in data
        return data


@contextmanager
def visiting(context: BrowserContext, address: str, script: str = "", folds: bool = False, waits: bool = True) -> Iterator[Page]:
    """Yield a new tab, which is a new visit, with this script before all others. Fails if the page asks anything of another machine, or
    runs into an error of JavaScript or a violation of the policy that the server sends. `folds`: the form folds away when a run begins.
    `waits`: nobody types or clicks before the server has answered, whose answer would overwrite it.
    """
    context.clear_cookies(name=LANGUAGE_COOKIE)  # a visit before may have switched
    page = context.new_page()
    page.add_init_script(script)
    page.add_init_script(f"try {{ localStorage.setItem('rr-form-stays', '{'' if folds else 1}') }} catch {{}}")
    elsewhere, errors = [], []
    page.on("request", lambda request: None if _is_local(request.url, address) else elsewhere.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    if waits and not page.locator("[name=password]").count():
        wait_until_alive(page)
    try:
        yield page
    finally:
        context.set_offline(False)  # the next test shares the browser
        page.close()
    assert not elsewhere, elsewhere
    assert not errors, errors


def _is_local(url: str, address: str) -> bool:
    return url.startswith((address, "data:", f"blob:{address}"))


def wait_until_alive(page: Page) -> None:
    """Wait until the server has answered a page that was loaded without sign-in."""
    expect(page.locator(".rr-empty")).to_be_attached()  # on a phone with earlier rankings those stand in its place
    page.wait_for_function("sessionStorage.getItem('rr-tab')")


def wait_until_answered(page: Page) -> None:
    """Wait until nothing is on its way from the server: what comes late replaces what is being clicked."""
    trackers = "[...document.querySelectorAll('[data-testid=status-tracker]')]"
    page.wait_for_function(f"{trackers}.every((tracker) => !tracker.textContent.trim())")


def sign_in(page: Page, user: str, password: str, language: str = "en") -> None:
    """Send the form of the login page, in its language."""
    words = texts(language)
    page.get_by_label(words("login.user")).fill(user)
    page.get_by_label(words("login.password")).fill(password)
    page.get_by_role("button", name=words("login.button")).click()


def open_signed_in(page: Page, address: str, language: str = "en") -> None:
    """Open the page of a server whose user "hr" has the usual password of the tests, in its language."""
    page.goto(address)
    sign_in(page, "hr", PASSWORD, language)
    expect(page.locator("#rr-run")).to_be_visible()


def example_resumes(language: str, count: int) -> list[Path]:
    """Return the first so many resumes of the example."""
    resumes = sorted(path for path in (EXAMPLES / language).iterdir() if not path.name.startswith("JD_"))[:count]
    assert len(resumes) == count
    return resumes


def small_resumes(folder: Path) -> list[Path]:
    """Write three resumes of two lines, which are read and ranked in no time."""
    texts = {"林晓": "熟悉 Python，负责平台开发，五年经验。", "周叙白": "熟悉 Java，三年后端经验。", "许朝暮": "会计，熟悉报表与税务。"}
    paths = [folder / f"{name}.txt" for name in texts]
    for path in paths:
        path.write_text(f"姓名：{path.stem}\n{texts[path.stem]}", "utf-8")
    return paths


def upload(page: Page, *files: Path) -> None:
    page.locator("#rr-files input[type=file]").set_input_files(list(files))
    expect(page.locator(".rr-pile li")).to_have_count(len(files))
    expect(page.locator("#rr-run")).to_be_visible()


def rank(page: Page) -> None:
    page.evaluate("document.querySelector('.rr-board').dataset.old = 1")  # a new list replaces it
    page.locator("#rr-run").click()
    expect(page.locator(".rr-board[data-old]")).to_have_count(0)
    expect(page.locator(".rr-summary")).to_be_visible(timeout=60_000)


def names(page: Page) -> list[str]:
    """Return the names of the files in the list, in its order."""
    return page.locator(".rr-row .rr-name").evaluate_all("names => names.map((name) => name.title)")


def open_tab(page: Page, name: str) -> None:
    page.locator("#rr-tabs").get_by_role("tab", name=name).click()


def open_data_tab(page: Page) -> None:
    """Open 数据与审计 for the first time, and wait for all of it: what was found before that comes is taken away again."""
    open_tab(page, "数据与审计")
    expect(page.locator("#rr-audit-verdict")).to_have_text(re.compile(r"\S"))  # the log itself is empty for who did nothing yet


def find_person(page: Page, search: str) -> None:
    """Search under 数据与审计, where the page must be."""
    page.locator("#rr-people-search :is(input, textarea)").fill(search)
    page.keyboard.press("Enter")
