"""A click just as the stream of answers ends, in a real Chromium: its answer comes, however late the page hears of the end."""

import gradio as gr
import pytest
from playwright.sync_api import BrowserContext, expect

from settings import Settings
from tests.browser.steps import own_port, visiting
from tests.server import serving as server
from tests.service.desk import ready
from tests.waiting import until
from ui.page import build_page

HOLD_THE_END = """(() => {
    const ask = window.fetch, holding = new Promise((resolve) => { window.letGo = resolve; });
    window.fetch = async (what, options) => {
        const answer = await ask(what, options);
        if (!String(what.url ?? what).includes("/queue/data")) return answer;
        const late = new TransformStream({ async transform(piece, out) {
            if (new TextDecoder().decode(piece).includes('"msg":"close_stream"')) { window.hasEnded = true; await holding; }
            out.enqueue(piece);
        } });
        return new Response(answer.body.pipeThrough(late), answer);
    };
})()"""


@pytest.mark.long
def test_a_click_while_the_stream_ends_is_answered(visitor: BrowserContext, monkeypatch: pytest.MonkeyPatch):
    pages: list[gr.Blocks] = []

    def noted_page(*arguments) -> gr.Blocks:
        pages.append(build_page(*arguments))
        return pages[-1]

    monkeypatch.setattr(server, "build_page", noted_page)
    monkeypatch.setattr("server.gradio_patches.open_stream._HANG_UP_S", 60)
    with (
        server.serving(Settings(), ready(), port=own_port()) as client,
        visiting(visitor, str(client.base_url), HOLD_THE_END, waits=False) as page,
    ):
        page.wait_for_function("window.hasEnded")  # what belongs to loading is done, and the page does not know that its stream is over
        page.locator("#rr-example").click()
        assert until(lambda: any(pages[0]._queue.pending_event_ids_session.values())), "the click has joined"
        page.evaluate("window.letGo()")
        expect(page.locator("#rr-job textarea")).not_to_have_value("")
