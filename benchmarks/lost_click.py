"""Count the clicks that Gradio's page loses when the stream of answers ends.

    python benchmarks/lost_click.py [--tries 200] [--late 0 5 100]

A plain Gradio page with two buttons in headless Chromium. The first event ends when the second one arrives, which the server then holds
back for 0 to 10 ms, so that it joins just as the stream ends. An answer is lost if the page has no stream half a second after it heard
that the second event has joined. Counted with Gradio as it is, with a page that hears of a join 60 ms late (the workaround of earlier
versions), and with server/gradio_patches/open_stream.py. `--late`: milliseconds by which the stream lags behind other answers, as on a
slow or shared network. See docs/gradio-lost-click.md.
"""

import argparse
import asyncio
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).parents[1]))

from server.gradio_patches.fast_import import import_gradio

import_gradio()

import gradio as gr  # noqa: E402
import uvicorn  # noqa: E402
from fastapi import FastAPI  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from starlette.requests import Request  # noqa: E402
from starlette.types import ASGIApp, Message, Receive, Scope, Send  # noqa: E402

from server.gradio_patches.open_stream import OpenStream  # noqa: E402
from server.guard.allowed_routes import JOIN, STREAM  # noqa: E402
from tests.browser.steps import CHROMIUM, QUIET  # noqa: E402

MOST_HELD_MS, LOST_MS = 10, 500
LOCAL_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"  # Gradio's plain page asks for fonts from elsewhere
NETWORK = """(() => {
    CONSTANTS
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)), ask = window.fetch;
    window.joins = window.unanswered = 0; // unanswered: joins and streams of which something is still to come
    window.fetch = async (what, options) => {
        const url = what.url ?? String(what), is_join = url.includes("/queue/join"), is_stream = url.includes("/queue/data");
        if (is_join) window.joins += 1;
        if (is_join || is_stream) window.unanswered += 1;
        if (is_stream) what.signal.addEventListener("abort", () => { window.unanswered -= 1; });
        const answer = await ask(what, options);
        if (is_join) {
            if (JOIN_MS) await sleep(JOIN_MS);
            setTimeout(() => { window.unanswered -= 1; }, LOST_MS); // in which Gradio's client opens a stream if it believes to have none
        }
        if (!LATE_MS || !is_stream) return answer;
        const late = new TransformStream({
            transform: (piece, out) => { sleep(LATE_MS).then(() => out.enqueue(piece)); },
            flush: () => sleep(LATE_MS),
        });
        return new Response(answer.body.pipeThrough(late), answer);
    };
})()"""
TRY = """async ([number, rest]) => {
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const until = async (is_true) => {
        const end = performance.now() + 30000;
        for (; !is_true(); await sleep(5)) if (performance.now() > end) throw new Error(`not: ${is_true}`);
    };
    const has_come = async (button, box) => {
        const joins = window.joins, is_shown = () => document.querySelector(`#${box} textarea`).value === String(number);
        document.querySelector(`#${button}`).click();
        await until(() => window.joins > joins && (is_shown() || window.unanswered === 0));
        return is_shown();
    };
    await sleep(rest); // the stream of the try before has ended by then
    if (!await has_come("first", "running")) throw new Error("the first event did not start");
    if (await has_come("second", "answer")) return true;
    if (!await has_come("rescue", "answer")) throw new Error("the answer is nowhere"); // a new stream brings what lies there for the page
    return false;
}"""


class App:
    """The page, and what provokes the fault: `arrived` is set when the second event arrives at the server."""

    def __init__(self, is_mended: bool):
        self.arrived = asyncio.Event()
        self.tries = 0
        app = FastAPI()
        self._streams = OpenStream(app) if is_mended else None
        self._app: ASGIApp = app
        with gr.Blocks(analytics_enabled=False) as page:
            running, answer = gr.Textbox(elem_id="running"), gr.Textbox(elem_id="answer")
            gr.Button(elem_id="first").click(self._first, None, running, concurrency_limit=None)
            second = gr.Button(elem_id="second").click(lambda: str(self.tries), None, answer, concurrency_limit=None)
            gr.Button(elem_id="rescue").click(lambda: None, None, None, concurrency_limit=None)
        self._second = second["id"]
        gr.mount_gradio_app(app, page, path="/", ssr_mode=False, mcp_server=False)

    async def _first(self):
        self.tries += 1
        self.arrived.clear()
        yield str(self.tries)
        await self.arrived.wait()
        yield str(self.tries)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, an event late; through the mend where there is one."""
        app = self._app
        if scope["type"] == "http" and scope["path"] == JOIN:
            body = await Request(scope, receive).body()
            event = json.loads(body)

            async def replay() -> Message:
                return {"type": "http.request", "body": body, "more_body": False}

            if event["fn_index"] == self._second:
                self.arrived.set()
                await asyncio.sleep(self.tries % (10 * MOST_HELD_MS) / 10_000)
            if self._streams:
                return await self._streams.join(event["session_hash"], scope, replay, send)
            return await app(scope, replay, send)
        if scope["type"] == "http" and scope["path"] == STREAM and self._streams:
            session = parse_qs(scope["query_string"].decode())["session_hash"][0]
            return await self._streams.listen(session, scope, receive, send)
        await app(scope, receive, send)


@contextmanager
def serving(app: App) -> Iterator[str]:
    """Yield the address of the app, which runs in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def count_lost(browser: Browser, is_mended: bool, join_ms: int, late_ms: int, tries: int) -> tuple[int, float]:
    """Return how many answers did not come, and the seconds of a try in which one did."""
    with serving(App(is_mended)) as address:
        page = browser.new_page()
        constants = f"const JOIN_MS = {join_ms}, LATE_MS = {late_ms}, LOST_MS = {LOST_MS};"
        page.add_init_script(NETWORK.replace("CONSTANTS", constants))
        page.goto(address)
        page.wait_for_selector("#answer textarea")
        page.wait_for_load_state("networkidle")
        times, rest_ms = [], 2 * late_ms + 50
        for number in range(1, tries + 1):
            start = time.perf_counter()
            if page.evaluate(TRY, [number, rest_ms]):
                times.append(time.perf_counter() - start)
        page.close()
    return tries - len(times), sum(times) / max(1, len(times))


def main() -> None:
    """Print how many clicks are lost and the milliseconds of a try, with and without our patch, for each lateness of the stream."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--late", type=int, nargs="*", default=[0, 5, 100], help="milliseconds by which the stream lags behind")
    arguments = parser.parse_args()
    modes = {"Gradio as it is": (False, 0), "join told 60 ms late": (False, 60), "open_stream.py": (True, 0)}
    print(f"{'':24}{'stream late by':>16}{f'lost of {arguments.tries}':>16}{'ms for a try':>16}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET.split(), LOCAL_ONLY])
        for late_ms in arguments.late:
            for name, (is_mended, join_ms) in modes.items():
                lost, seconds = count_lost(browser, is_mended, join_ms, late_ms, arguments.tries)
                print(f"{name:24}{f'{late_ms} ms':>16}{lost:>16}{1000 * seconds:>16.0f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
