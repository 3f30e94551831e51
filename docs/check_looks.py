"""Look at every view of the page in both languages, light and dark, at five widths, with axe-core: python -m docs.check_looks."""

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.looks import Look, problems
from tests.browser.steps import CHROMIUM, QUIET
from tests.server.process import app_process

WIDTHS = (390, 768, 1024, 1366, 1920)


def main() -> int:
    """Return 1 if anything is wrong in any look."""
    argparse.ArgumentParser(description="Look at every view of the page with axe-core, in both languages, light and dark.").parse_args()
    expect.set_options(timeout=60_000)  # the machine may be busy with other things
    total = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        app_process(Path(folder), "--model", "embedded") as (address, _),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        context = browser.new_context()
        for language, scheme, width in product(("zh", "en"), ("light", "dark"), WIDTHS):
            look = Look(language, scheme, width)
            problems_of_look = problems(context, address, look)
            print(f"{look}: {len(problems_of_look) or 'no'} problems", *problems_of_look, sep="\n  ", flush=True)
            total += len(problems_of_look)
        browser.close()
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
