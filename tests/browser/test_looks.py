"""How the page holds up for everyone: axe-core in all views and nothing scrolls sideways, in the two looks that differ most."""

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.looks import Look, problems
from tests.browser.steps import App


@pytest.mark.parametrize("look", [Look("zh", "light", 1366), Look("en", "dark", 390)], ids=str)
def test_every_view_is_clean_in_axe_and_fits_its_width(visitor: BrowserContext, embedded: App, look: Look):
    found = problems(visitor, embedded.address, look)
    assert not found, "\n".join(found)
