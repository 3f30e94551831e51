"""What Gradio keeps of pages that are gone, a copy of the page's settings (240 KB) and a queue each, goes when their state has gone."""

from datetime import datetime, timedelta

import gradio as gr

_SETTLED = timedelta(minutes=1)
"""A page that was used within this time may be a new one whose state is still being made."""


def forget_gone_pages(blocks: gr.Blocks) -> None:
    """Let go of the pages whose state has ended: Gradio itself would hold on to 10,000 of them."""
    holder, queue = blocks.state_holder, blocks._queue
    now = datetime.now()
    for page, state in list(holder.session_data.items()):
        if not state.state_data and now - holder.time_last_used.get(page, now) > _SETTLED:
            holder.session_data.pop(page, None)
            holder.time_last_used.pop(page, None)
            queue.pending_messages_per_session.pop(page, None)
            queue.pending_event_ids_session.pop(page, None)
