"""Delete what Gradio keeps for page sessions that are gone. All that is known of Gradio's insides in this matter stands here."""

import math
from collections.abc import Container
from pathlib import Path

import gradio as gr
from gradio.caching import clear_session_caches
from gradio.routes import file_upload_statuses

_MOST_UNTOLD = 500
"""Messages that may wait for a page: a run sends four a second. A page so far behind does not read them."""


def keep_little(page: gr.Blocks) -> None:
    """Have Gradio keep nothing that the app does not use: figures of the last 10,000 events, by session."""
    page._queue.ANALYTICS_MAX_EVENTS = 0


async def forget_page(page: gr.Blocks, name: str) -> None:
    """Let go of everything under this name: state, components that were updated, messages, events that wait, streams, caches."""
    holder, queue = page.state_holder, page._queue
    await queue.clean_events(session_hash=name)  # what is in work goes on and tells nobody
    queue.pending_messages_per_session.pop(name, None)
    queue.pending_event_ids_session.pop(name, None)
    page.pending_streams.pop(name, None)
    page.pending_diff_streams.pop(name, None)
    clear_session_caches(name)
    holder.time_last_used.pop(name, None)
    if state := holder.session_data.pop(name, None):
        for number, value in list(state.state_data.items()):
            if block := state.blocks_config.blocks.get(number):
                block.delete_callback(value)  # pyright: ignore[reportAttributeAccessIssue]  # only gr.State has data here


async def forget_strays(page: gr.Blocks, pages: Container[str]) -> None:
    """Let go of all that is under a name which is none of the `pages`, and of messages that nobody reads."""
    holder, queue = page.state_holder, page._queue
    kept = (holder.session_data, holder.time_last_used, queue.pending_messages_per_session, queue.pending_event_ids_session)
    for name in {name for names in (*kept, page.pending_streams, page.pending_diff_streams) for name in names}:
        if name not in pages:
            await forget_page(page, name)
    for name, messages in list(queue.pending_messages_per_session.items()):
        if messages.qsize() > _MOST_UNTOLD:
            await queue.clean_events(session_hash=name)
            queue.pending_messages_per_session.pop(name, None)  # a stream that is open ends with this; the next click opens another one
            queue.pending_event_ids_session.pop(name, None)


def is_at_work(page: gr.Blocks, name: str) -> bool:
    """Return whether something that the page's session has started is not done yet: its state says so (`is_at_work`)."""
    state = page.state_holder.session_data.get(name)
    return state is not None and any(getattr(value, "is_at_work", False) for value in list(state.state_data.values()))


def outlives_breaks(page: gr.Blocks, name: str) -> None:
    """Keep the page's state when its heartbeat breaks: Gradio would delete it at once if the page was loaded more than an hour ago."""
    if state := page.state_holder.session_data.get(name):
        state.STATE_TTL_WHEN_CLOSED = math.inf  # pyright: ignore[reportAttributeAccessIssue]


def bytes_in_work(page: gr.Blocks, key: str) -> int:
    """Return the sum of what the requests behind all events, waiting or in work, have under this key of their scope."""
    return sum(event.request.scope.get(key, 0) for event in page._queue.event_ids_to_events.values())


def forget_upload(upload_id: str) -> None:
    """Let go of the progress of an upload, which Gradio keeps for whatever id is asked about."""
    file_upload_statuses.stop_tracking(upload_id)
    file_upload_statuses._signals.pop(upload_id, None)


def forget_deleted_files(page: gr.Blocks) -> None:
    """Let go of the paths of files that are gone; Gradio keeps them all. Looks at the disk, so not for the event loop."""
    for paths in page.temp_file_sets:
        paths -= {path for path in list(paths) if not Path(path).exists()}
