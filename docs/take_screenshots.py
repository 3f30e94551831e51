"""Takes the README's screenshots: starts the app with the embedded engine, ranks the examples, saves docs/screenshot-{zh,en}.png."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
            for language in ("zh", "en"):
                _take(browser, address, language, ROOT / "docs" / f"screenshot-{language}.png")
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


def _take(browser: Browser, address: str, language: str, path: Path) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="light")  # pyright: ignore[reportArgumentType]
    page.goto(address)
    page.locator(f"#rr-language input[value={language}]").check(force=True)
    page.locator("#rr-example").click()
    page.locator(".rr-pile li").nth(3).wait_for()
    page.locator("#rr-pile .rr-progress").wait_for(state="detached")
    page.locator("#rr-run").click()
    page.locator(".rr-summary").wait_for(timeout=120_000)
    page.mouse.move(0, 0)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.close()
    print(f"saved {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
