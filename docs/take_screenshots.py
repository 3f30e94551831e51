"""Take screenshots of the app with the embedded engine ranking the examples:  python -m docs.take_screenshots [--matrix FOLDER]

Without --matrix, those of the README are taken, docs/screenshot-*.png. With it, every view in both languages, light and dark, at the sizes
that people use, goes into FOLDER, to be looked at before a release.
"""

import argparse
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
SIZE = (1440, 900)
DOCS = ROOT / "docs"
SIZES = ((1366, 768), (1920, 1080), (820, 1180), (844, 390), (390, 844))


def main() -> None:
    """Start the app, take the screenshots of the README and, with --matrix, of many sizes, and stop the app."""
    parser = argparse.ArgumentParser(description="Take screenshots of the app.")
    parser.add_argument("--matrix", type=Path, metavar="FOLDER")
    folder = parser.parse_args().matrix
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    feedback = tempfile.TemporaryDirectory()
    command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port), "--feedback", feedback.name]
    command += ["--model", "embedded"]
    app = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_until_ready(address)
        with sync_playwright() as playwright:
            arguments = ["--headless=new", "--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                for language, scheme, size in product(("zh", "en"), ("light", "dark"), SIZES):
                    _take_all(browser, address, language, scheme, size, folder)
            else:
                for language, scheme in (("zh", "light"), ("en", "dark")):
                    _take(browser, address, language, scheme)
    finally:
        app.terminate()
        app.wait()
        feedback.cleanup()


def _wait_until_ready(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz") as answer:
                if b"ready" in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the app did not come up")


def _take(browser: Browser, address: str, language: str, scheme: str) -> None:
    """Take the ranked list, an open candidate, and two side by side."""
    page = _ranked(browser, address, language, scheme, SIZE)
    _save(page, DOCS / f"screenshot-{language}.png")
    _open_first(page)
    _save(page, DOCS / f"screenshot-candidate-{language}.png")
    _compare(page)
    _save(page, DOCS / f"screenshot-beside-{language}.png")
    page.close()


def _take_all(browser: Browser, address: str, language: str, scheme: str, size: tuple[int, int], folder: Path) -> None:
    """Take every view at this size: empty page, list, requirements, candidate, two side by side, and the other tabs."""

    def save(view: str) -> None:
        _save(page, folder / f"{language}-{scheme}-{size[0]}-{view}.png")

    page = _opened(browser, address, language, scheme, size)
    save("empty")
    _rank_the_example(page)
    save("list")
    _open_first(page)
    save("candidate")
    _compare(page)
    save("beside")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    for number, tab in enumerate(("feedback", "history", "data"), start=1):
        page.get_by_role("tab").nth(number).click()
        page.wait_for_timeout(1500)
        save(tab)
    page.close()


def _ranked(browser: Browser, address: str, language: str, scheme: str, size: tuple[int, int]) -> Page:
    page = _opened(browser, address, language, scheme, size)
    _rank_the_example(page)
    return page


def _opened(browser: Browser, address: str, language: str, scheme: str, size: tuple[int, int]) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    locale = {"zh": "zh-CN", "en": "en-US"}[language]
    is_touched = size[0] <= 1000
    page = browser.new_page(viewport=viewport, color_scheme=scheme, locale=locale, has_touch=is_touched, is_mobile=is_touched)  # pyright: ignore[reportArgumentType]
    page.goto(address)
    page.locator("[data-alive]").wait_for()
    return page


def _rank_the_example(page: Page) -> None:
    page.locator("#rr-example").click()
    page.locator(".rr-pile li").nth(3).wait_for()
    page.locator("#rr-pile .rr-progress").wait_for(state="detached")
    page.locator("#rr-run").click()
    page.locator(".rr-summary").wait_for(timeout=120_000)


def _open_first(page: Page) -> None:
    page.locator("button.rr-row").first.click()
    page.locator(".rr-panel").wait_for()


def _compare(page: Page) -> None:
    page.locator("select[data-beside]").select_option(index=1)
    page.locator(".rr-beside").wait_for()


def _save(page: Page, file: Path) -> None:
    page.mouse.move(0, 0)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(600)
    page.screenshot(path=file)
    print(f"saved {file}")


if __name__ == "__main__":
    main()
