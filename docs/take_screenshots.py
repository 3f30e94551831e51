"""Takes the README's screenshots: starts the app with the embedded engine, ranks the examples, saves docs/screenshot-*.png."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1440, "height": 900}


def main(*flags: str) -> None:
    """Flags go to the app; without any the embedded engine is used."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    feedback = tempfile.TemporaryDirectory()
    command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(port), "--feedback", feedback.name]
    command += flags or ("--model", "embedded")
    app = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_until_ready(address)
        with sync_playwright() as playwright:
            arguments = ["--headless=new", "--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
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
    """The ranked list, an open candidate, two side by side, in this language."""
    page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    page.goto(address)
    page.wait_for_function("sessionStorage.getItem('rr-tab')")
    page.locator(f"#rr-language input[value={language}]").check(force=True)
    page.wait_for_timeout(1500)
    page.locator("#rr-example").click()
    page.locator(".rr-pile li").nth(3).wait_for()
    page.locator("#rr-pile .rr-progress").wait_for(state="detached")
    page.locator("#rr-run").click()
    page.locator(".rr-summary").wait_for(timeout=120_000)
    _save(page, f"screenshot-{language}.png")
    page.locator("button.rr-row").first.click()
    page.locator(".rr-panel").wait_for()
    _save(page, f"screenshot-candidate-{language}.png")
    page.locator("select[data-beside]").select_option(index=1)
    page.locator(".rr-beside").wait_for()
    _save(page, f"screenshot-beside-{language}.png")
    page.close()


def _save(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(600)
    page.screenshot(path=ROOT / "docs" / name)
    print(f"saved docs/{name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
